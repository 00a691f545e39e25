"""The head of an article: kicker, title, subtitle, column, byline, source line; and the people and places in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import rjieba

from archive.text import MappedText, Span
from ingest.cleaning.lines import HAN, Line, LineKind, dateline_of, is_masthead

_LABEL = re.compile(
    r"(?:本报|本刊|本网|本台)?(?:特约|实习|全媒体|首席|驻地|见习)*(?:记者|通讯员|评论员|实习生|作者|撰稿人?)\s*[:：丨|]?"
    r"|(?:摄影|供稿|文|图|摄)\s*[:：丨|/／]|[/／]\s*(?:文|图|摄影?)|(?:摄影报道|报道|摄影|摄|整理)\s*$"
)
_SEPARATOR = re.compile(r"[\s、，,/／;；（）()◎□■●△▲○◇]+")
_NAME = re.compile(rf"[{HAN}]{{2,6}}(?:·[{HAN}]{{1,6}})*")
_NOT_A_NAME = re.compile(r"(?:日报|晚报|时报|晨报|网|社|台|部|局|县委|党校|办公室|委员会|中心|政府|课题组|调研组|学院|大学)$")
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})")
_DATED_NAMES = re.compile(
    rf"(?:19|20)\d{{2}}\s?[-年./]\s?\d{{1,2}}\s?[-月./]\s?\d{{1,2}}\s?日?(?:\s+\d{{1,2}}:\d{{2}})?\s*(?P<people>[{HAN}]{{2,12}})"
)
_AUTHOR_META = re.compile(r"(?:作者|撰稿|供稿|文)\s*[:：丨|]\s*(?P<people>[^:：|丨\n]{2,40}?)(?=\s+\S{2,6}\s*[:：]|$)")
_TITLE_META = re.compile(r"(?:标题|题目)\s*[:：]\s*(?P<title>\S.*)$")
_OFFICE = re.compile(
    r"^[（(]?(?:中共)?\S{2,30}(?:县委|市委|区委|旗委|州委|党委|党工委|组织部|宣传部|统战部|工作部|政法委|办公室|委员会|人民政府|街道办事处|研究室|党校|课题组|调研组|局|政协|人大|人大常委会|常委会|妇联|团[县市区州]?委|总工会|联合会|研究院|研究中心|工作组|领导小组|专班|指挥部|检察院|法院)[）)]?$"
)
_OFFICE_DATED = re.compile(
    r"(?P<office>\S{4,40})[\s\u3000]+[（(]?\s*(?:19|20)\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./](?:\s?\d{1,2}\s?日?)?\s*[）)]?$"
)
"""An office signs below the title, with the day (某县委组织部  2023年6月12日)."""
_OFFICIAL = re.compile(
    rf"(?:省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|主席|书记|主任|局长|部长|院长|检察长)[\s\u3000]*(?P<name>[{HAN}]{{1,2}}[\s\u3000]*[{HAN}]{{1,2}})$"
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄"
    "江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁宣邓单洪包左石崔吉龚程邢裴陆荣翁荀惠甄曲封储靳段焦巴侯宁仇武符刘景"
    "詹龙叶司韶黎白蒲鄂索籍赖卓屠蒙池阎胥苍闻党翟谭贡劳姬申冉桑桂牛寿通边燕冀尚农温庄晏柴瞿阎连茹习艾鱼容向古易廖耿满匡文寇广聂晁敖辛那"
    "简饶曾关肖付闫代缪兰欧覃阙粟占仝佘芦迟卞巩荆麦原苑商窦邸区车练官涂岳冷丛初隋甘苟晋佟丘帅尧门仲亢竺钮栾展"
)
"""First characters of the common Chinese surnames (百家姓 and its modern simplified forms)."""
_LONGEST_NAME = 4
_SPACED = re.compile(rf"(?<![{HAN}])([{HAN}])[ \u3000]([{HAN}])(?![{HAN}])")
"""A name of two characters that print spaces out to three: 李 纵."""
_LONGEST_MEDIA = 12
_MEDIA = re.compile(
    rf"[{HAN}]{{0,8}}(?:日报|晚报|晨报|都市报|商报|新闻网|新华网|人民网|中新网|央视网|央广网|光明网|文明网|政府网|在线|新闻|发布|客户端|融媒体?中心|融媒|电视台|头条|公众号)[{HAN}]{{0,4}}"
)
DOUBLE_SURNAMES = frozenset(
    ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "长孙", "宇文", "端木", "南宫", "呼延"]
)
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|pptx?|wps|txt|html?)(?:VIP)?$", re.IGNORECASE)
_PART_NUMBER = re.compile(r"\s*[（(]\d{1,2}[）)]$")
_OCCASION = re.compile(
    r"^[（(]?\s*(?:(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?)在\S{4,40}(?:会议?|大会|全会)上(?:的(?:讲话|报告|发言))?\s*[）)]?$"
    r"|^[（(]\s*(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\S{4,40}(?:会议|大会|全会)(?:上|通过)?\s*[）)]$"
)
"""When and where a speech was given (2024年1月8日在县第十八届人民代表大会第三次会议上): it stands below the title and is none."""
_DATE_ALONE = re.compile(
    r"^[（(]?\s*(?:(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|[一二][〇零Ｏ○九][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)\s*[）)]?$"
)
"""A month or a day below a title (（2023年10月）, 二〇二四年五月): when, never what."""
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
    whole = _SPACED.sub(r"\1\2", _LABEL.sub(" ", text))
    words = [name for word in _SEPARATOR.split(whole) for name in _run_together(word)]
    return tuple(dict.fromkeys(word for word in words if _NAME.fullmatch(word) and not _NOT_A_NAME.search(word)))


def _run_together(word: str) -> tuple[str, ...]:
    """The names of a run without spaces (王小明李建国), when surnames cut it in one way only; none when they cut it in several."""
    if len(word) < 4 or _NOT_A_NAME.search(word):
        return (word,)
    ways = [way for way in _cuts(word) if len(way) > 1]
    if len(ways) == 1:
        return ways[0]
    return () if ways and len(word) > _LONGEST_NAME else (word,)


def _cuts(word: str) -> list[tuple[str, ...]]:
    """Every way to cut a word of up to a dozen characters into names of two or three that begin with a surname, four with a double one."""
    if not word:
        return [()]
    if len(word) > 12:
        return []
    heads = [size for size in (2, 3) if size <= len(word) and word[0] in SURNAMES] + [
        size for size in (3, 4) if size <= len(word) and word[:2] in DOUBLE_SURNAMES
    ]
    return [(word[:size], *rest) for size in dict.fromkeys(heads) for rest in _cuts(word[size:])]


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
    published = issued = None
    for line in lines:
        labelled = _TITLE_META.match(line.text)
        if labelled:
            headlines.append(labelled["title"])
        elif not headlines and is_masthead(line.text):
            issued = issued or date_in(line.text)
        elif _DATE_ALONE.match(line.text):
            published = published or date_in(line.text)
        elif headlines and (office := _OFFICE_DATED.match(line.text)) and _OFFICE.search(office["office"]):
            byline = byline or line.text
            published = published or date_in(line.text)
        elif line.kind is LineKind.SUBTITLE or (headlines and _OCCASION.match(line.text)):
            subtitle = subtitle or line.text
        elif line.kind is LineKind.BYLINE or (any(len(text) >= SHORTEST_TITLE for text in headlines) and _is_signature(line.text)):
            byline = byline or line.text
            authors = authors or _signed_by(line.text)
        elif line.kind is LineKind.META or (headlines and len(line.text) <= _LONGEST_MEDIA and _MEDIA.fullmatch(line.text)):
            published = published or date_in(line.text)
            authors = authors or _named_in(line.text)
        else:
            headlines.append(_FILE_ENDING.sub("", line.text))
    column, kicker, title = _order(_deduplicated(headlines))
    return Head(title, kicker, subtitle, column, byline, authors, published or issued)


def headed(head: Head, title: str) -> Head:
    """The head of a text that is known to be called `title`: a headline below that one is its subtitle."""
    if head.title and "".join(title.split()) in "".join(head.title.split()):
        return head
    column, kicker = (None if name == title else name for name in (head.column, head.kicker))
    return replace(head, title=title, subtitle=head.subtitle or head.title, column=column, kicker=kicker)


def _named_in(text: str) -> tuple[str, ...]:
    """The persons of a source line: behind their label (作者：王小明), or run together behind a date (2022-09-19王小明李四)."""
    labelled = _AUTHOR_META.search(text)
    if labelled:
        return people_in(labelled["people"])
    dated = _DATED_NAMES.fullmatch(text)
    names = _run_together(dated["people"]) if dated else ()
    return names if all(_is_name(name) for name in names) else ()


_SIGNED_END = re.compile(rf"[（(]\s*(?P<names>[{HAN}]{{2,4}}(?:[\s、，,]+[{HAN}]{{2,4}}){{0,4}})\s*[）)]$")
_NO_PERSON = re.compile(r"[区县市镇乡村州旗局部委办所站组院校厂社队网报台]$")


def signed_end(text: str) -> re.Match[str] | None:
    """The bracket with its writers' names alone that ends an article (…取得实效。（王小明 李四））, or None."""
    found = _SIGNED_END.search(text)
    names = re.split(r"[\s、，,]+", found["names"]) if found else []
    return found if names and all(_is_name(name) and not _NO_PERSON.search(name) for name in names) else None


def _is_name(word: str) -> bool:
    return (2 <= len(word) <= 3 and word[0] in SURNAMES) or (len(word) in (3, 4) and word[:2] in DOUBLE_SURNAMES)


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
    names = [name for name in re.split(r"[\s,，、]+", text.lstrip("◎□■●△▲○◇")) if name]
    alone = len(names) == 1 and rjieba.tag(names[0])[0][0] == names[0] and rjieba.tag(names[0])[0][1] != "nr"  # 方法 and 展望 are words
    return bool(names) and all(_is_name(name) for name in names) and len(text) <= 24 and not alone


def cut_dateline(head: Head, body: MappedText) -> tuple[Head, MappedText]:
    """Take the dateline (`本报拉萨讯（记者 …）`) from the start of a body into the head: its place, its words and its authors."""
    found = dateline_of(body.text)
    if not found:
        return head, body
    end = found.end()
    while end < len(body.text) and (body.text[end].isspace() or body.text[end] in ":："):
        end += 1
    authors = head.authors or people_in(found["people"] or found["within"] or "")
    head = replace(head, dateline=found["place"], dateline_text=found.group().strip(), authors=authors)
    return head, body.slice(Span(end, len(body.text)))


def _deduplicated(headlines: list[str]) -> list[str]:
    """Headlines without repeats and without a run of key words that only spells the title (`党建` / `引领` / …)."""
    unique = list(dict.fromkeys(headlines))
    unique = [text for text in unique if _PART_NUMBER.sub("", text) == text or _PART_NUMBER.sub("", text) not in unique]
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
