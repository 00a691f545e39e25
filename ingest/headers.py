"""The head of an article: kicker, title, subtitle, column, byline, source line; and the people and places in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.text import MappedText, Span
from ingest.cleaning.lines import HAN, Line, LineKind, dateline_of

_LABEL = re.compile(
    r"(?:本报|本刊|本网|本台)?(?:特约|实习|全媒体|首席|驻地|见习)*(?:记者|通讯员|评论员|实习生|作者|撰稿人?)\s*[:：丨|]?"
    r"|(?:摄影|供稿|文|图|摄)\s*[:：丨|/／]|[/／]\s*(?:文|图|摄影?)|(?:摄影报道|报道|摄影|摄|整理)\s*$"
)
_SEPARATOR = re.compile(r"[\s、，,/／;；（）()◎□■●△▲○◇]+")
_NAME = re.compile(rf"[{HAN}]{{2,6}}(?:·[{HAN}]{{1,6}})*")
_NOT_A_NAME = re.compile(r"(?:日报|晚报|时报|晨报|网|社|台|部|局|县委|党校|办公室|委员会|中心|政府|课题组|调研组|学院|大学)$")
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})")
_AUTHOR_META = re.compile(r"(?:作者|撰稿|供稿|文)\s*[:：丨|]\s*(?P<people>[^:：|丨\n]{2,40}?)(?=\s+\S{2,6}\s*[:：]|$)")
_TITLE_META = re.compile(r"(?:标题|题目)\s*[:：]\s*(?P<title>\S.*)$")
_OFFICE = re.compile(
    r"^[（(]?(?:中共)?\S{2,30}(?:县委|市委|区委|旗委|州委|党委|党工委|组织部|宣传部|统战部|工作部|政法委|办公室|委员会|人民政府|街道办事处|研究室|党校|课题组|调研组|局)[）)]?$"
)
_OFFICIAL = re.compile(
    rf"(?:省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|主席|书记|主任|局长|部长|院长|检察长)[\s\u3000]*(?P<name>[{HAN}]{{1,2}}[\s\u3000]*[{HAN}]{{1,2}})$"
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄"
    "江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁宣邓单洪包左石崔吉龚程邢裴陆荣翁荀惠甄曲封储靳段焦巴侯宁仇武符刘景"
    "詹龙叶司韶黎白蒲鄂索籍赖卓屠蒙池阎胥苍闻党翟谭贡劳姬申冉桑桂牛寿通边燕冀尚农温庄晏柴瞿阎连茹习艾鱼容向古易廖耿满匡文寇广聂晁敖辛那"
    "简饶曾关肖付闫代"
)
"""First characters of the common Chinese surnames (百家姓 and its modern simplified forms)."""
_REPORT_NOUN = re.compile(r"^(?:的)?(?:调研|调查|考察|工作|情况|研究)?(?:报告|总结|汇报|思考|启示|实践与思考|对策建议|探索与实践)$")
_YEARS_REPORT = re.compile(r"^(?:19|20)\d{2}年(?:度|上半年|下半年)?.{0,20}(?:总结|报告|汇报|要点|计划|打算|安排)$")
_COLUMN_EDGES = re.compile(r"^[【\[〔](?P<name>[^】\]〕]{2,12})[】\]〕]$")
SHORTEST_TITLE = 6
"""Code points: a name is looked for below a real title only, never among the key words that some sites print above one."""
COLUMN_LENGTH = 5
"""Code points: a column's name (党旗飘飘) is shorter than any headline; kickers seen have eight and more."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an article's body. Unknown parts are None or empty."""

    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    column: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    dateline_text: str | None = None


def people_in(text: str) -> tuple[str, ...]:
    """The persons that a byline names, in its order, each once: `本报记者 次仁片多 索朗琼珠 摄` names two."""
    words = _SEPARATOR.split(_LABEL.sub(" ", text))
    return tuple(dict.fromkeys(word for word in words if _NAME.fullmatch(word) and not _NOT_A_NAME.search(word)))


def date_in(text: str) -> str | None:
    """The first full date of a line as YYYY-MM-DD, or None."""
    found = _DATE.search(text)
    if not found:
        return None
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def read_head(lines: Sequence[Line]) -> Head:
    """Read the lines above a body: headlines in their order, then subtitle, byline and source line wherever they stand."""
    headlines: list[str] = []
    subtitle: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    for line in lines:
        labelled = _TITLE_META.match(line.text)
        if labelled:
            headlines.append(labelled["title"])
        elif line.kind is LineKind.SUBTITLE:
            subtitle = subtitle or line.text
        elif line.kind is LineKind.BYLINE or (any(len(text) >= SHORTEST_TITLE for text in headlines) and _is_signature(line.text)):
            byline = byline or line.text
            authors = authors or _signed_by(line.text)
        elif line.kind is LineKind.META:
            published = published or date_in(line.text)
            named = _AUTHOR_META.search(line.text)
            authors = authors or (people_in(named["people"]) if named else ())
        else:
            headlines.append(line.text)
    column, kicker, title = _order(_deduplicated(headlines))
    return Head(title, kicker, subtitle, column, byline, authors, published)


def _signed_by(text: str) -> tuple[str, ...]:
    """The persons of a signature: an office signs as itself, an official's name stands behind the title."""
    official = _OFFICIAL.search(text)
    if official:
        return ("".join(official["name"].split()),)
    return () if _OFFICE.search(text) else people_in(text)


def _is_signature(text: str) -> bool:
    """Whether a line below a headline is signed by an office, an official or persons, and is no headline itself."""
    if _OFFICE.search(text) or _OFFICIAL.search(text):
        return True
    office, *signers = text.split()
    if signers and _OFFICE.search(office) and len(office) > SHORTEST_TITLE:
        return all(_NAME.fullmatch(name) for name in signers)
    names = text.lstrip("◎□■●△▲○◇").split()
    return bool(names) and all(2 <= len(name) <= 4 and name[0] in SURNAMES for name in names) and len(text) <= 16


def cut_dateline(head: Head, body: MappedText) -> tuple[Head, MappedText]:
    """Take the dateline (`本报拉萨讯（记者 …）`) from the start of a body into the head: its place, its words and its authors."""
    found = dateline_of(body.text)
    if not found:
        return head, body
    end = found.end()
    while end < len(body.text) and (body.text[end].isspace() or body.text[end] in ":："):
        end += 1
    authors = head.authors or people_in(found["people"] or "")
    head = replace(head, dateline=found["place"], dateline_text=found.group().strip(), authors=authors)
    return head, body.slice(Span(end, len(body.text)))


def _deduplicated(headlines: list[str]) -> list[str]:
    """Headlines without repeats and without a run of key words that only spells the title (`党建` / `引领` / …)."""
    unique = list(dict.fromkeys(headlines))
    joined = {text: "".join(text.split()) for text in unique}
    titles = [text for text in unique if len(joined[text]) > 8]
    return [text for text in unique if not any(other != text and joined[text] in joined[other] for other in titles)]


def _order(headlines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Column, kicker and title: the title is the last headline, a kicker stands above it, a column's name above both.

    A last line that only names a kind of report (`…情况的` / `调研报告`) is the rest of the title above it, and so is a year's report below
    the name of its office (`中共某县委组织部` / `2024年工作总结`).
    """
    if not headlines:
        return None, None, None
    *above, title = headlines
    if above and (_REPORT_NOUN.match(title) or above[-1].endswith("的") or (_OFFICE.search(above[-1]) and _YEARS_REPORT.match(title))):
        title = above.pop() + title
    column = next((text for text in above if _COLUMN_EDGES.match(text) or len(text) <= COLUMN_LENGTH), None)
    kickers = [text for text in above if text != column]
    edges = _COLUMN_EDGES.match(column) if column else None
    return (edges["name"] if edges else column), (kickers[-1] if kickers else None), title
