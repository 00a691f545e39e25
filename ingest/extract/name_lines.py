"""Lines of names and nothing else (网格员：张山、王河、李春), and what stands under the name of one person (张山同志工作量统计)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.text import Span
from ingest.extract.name_evidence import are_names, is_headed, may_be_name
from ingest.extract.person_names import is_name

_HAN = "\u4e00-\u9fff"
_LABEL = re.compile(rf"[ \t\u3000]*(?P<label>[{_HAN}\d（()）]{{2,30}})[:：]")
_ALONE = re.compile(rf"[ \t\u3000]*[{_HAN}·・•]{{1,12}}(?:[、，,；;\t \u3000]{{1,6}}[{_HAN}·・•]{{1,12}}){{2,200}}[ \t\u3000]*[。；;]?")
_PARTS = re.compile(r"[、，,；;。\s]+")
_OFFICIAL = re.compile(
    r"(?:书记|主任|委员|主席|部长|局长|科长|处长|所长|站长|[省市县区镇乡]长|州长|旗长|专员|校长|院长)(?:人大|政协|县委|党委|、|兼)?$"
)
_WHO = re.compile(
    r"(?:村民|居民|[党社队学村会]员|网格员|护林员|保洁员|调解员|联户长|志愿者|(?:低保|贫困|脱贫|监测)户|农户|户主|老人|干部)$"
)
_COUNTED = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:度|上半年|下半年|第?[一二三四]季度|\d{1,2}月份?|全年|个人|年度|月度)*"
    r"(?:工作量|工作|走访|入户|考核|值班|帮扶|巡查|积分|业绩|考勤|下沉|服务|履职|绩效|收入|家庭|任务|办件).{0,12}?"
    r"(?:统计|情况|汇总|台账|清单|记录|一览|得分|明细|完成)(?:情况)?表?(?:[（(][^（）()]{1,20}[）)])?"
)
_ENDS = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]|附件)"
    r"|.{0,12}(?:[全各][省市州县区旗镇乡村社]|截至|截止|合计|总计|共计|下一步)"
)
_ITEM = re.compile(r"(?=[^\n]*\d)[^\n]{1,60}$|[^\n。]{0,15}$")
"""What stands under such a caption: short lines with figures, and heads."""
_LINES, _LONGEST_CAPTION, _LONGEST, _FAR = 40, 60, 600, 20


def lines_of_names(text: str) -> Iterator[Span]:
    """The lines that hold names of persons and nothing but a label before them."""
    at, above = 0, ""
    for line in text.split("\n"):
        label = _LABEL.match(line)
        names = line[label.end() :] if label else line
        if len(line) <= _LONGEST and _ALONE.fullmatch(names):
            before = label["label"] if label else above
            if are_names(_names(names), is_headed(before)):
                yield Span(at, at + len(line))
        above = line if line.strip() else above
        at += len(line) + 1


def _names(line: str) -> list[str]:
    """The names of a line, those put together again that spaces spread over the width of longer ones: 王 芳."""
    parts = [part for part in _PARTS.split(line) if part]
    found: list[str] = []
    for part in parts:
        if found and len(found[-1]) == len(part) == 1:
            found[-1] += part
        else:
            found.append(part)
    return found


def is_about_one(caption: str) -> bool:
    """Whether a caption announces what one private person did or got: 张山同志2023年工作量统计; not that of 县委书记张伟同志."""
    line = "".join(caption.split()).strip("：:")
    if not 4 <= len(line) <= _LONGEST_CAPTION or not _COUNTED.search(line):
        return False
    return any(_names_one(line, start) for start in range(min(len(line), _FAR)))


def _names_one(line: str, start: int) -> bool:
    """Whether a person's name begins there, followed by what is counted of them."""
    if _OFFICIAL.search(line, 0, start) or line[max(0, start - 1) : start] in ("向", "学"):
        return False
    for length in (2, 3, 4, 5, 6, 7, 8):
        name, rest = line[start : start + length], line[start + length :]
        told = rest.startswith("同志") or bool(_WHO.search(line, 0, start))
        if not (may_be_name(name) if told else is_name(name)):
            continue
        if _COUNTED.fullmatch(rest.removeprefix("同志").removeprefix("的")):
            return True
    return False


def about_one(text: str) -> Iterator[Span]:
    """The lines under a caption that announces what one private person did, with it: as far as a heading, or what is said of a place."""
    lines = text.split("\n")
    at, until = 0, 0
    starts: list[int] = []
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    for number, line in enumerate(lines):
        if number < until or not is_about_one(line):
            continue
        until = number + 1
        while until < min(len(lines), number + _LINES) and _ITEM.match(lines[until]) and not _ENDS.match(lines[until]):
            until += 1
        yield Span(starts[number], starts[until - 1] + len(lines[until - 1]))
