"""Which year 今年 means: in a section of plans the year that its heading names, in an address the year in which it was given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from archive.changed import changed
from archive.records import Document, Genre
from ingest.extract.periods import PeriodText, parse
from ingest.extract.plan_sections import planned_year

_LINE_HEADING = re.compile(
    r"^[ 　]*(?P<mark>[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])(?P<title>[^。\n]{2,40})", re.MULTILINE
)
_SESSION = re.compile(
    r"^[ 　—\-(（]{0,4}(20\d\d)年(\d{1,2})月\d{1,2}日[^。\n]{0,8}在[^。\n]{2,50}(?:会议|大会)上?[^。，\n]{0,16}$", re.MULTILINE
)
_ADDRESS = re.compile(r"各位(?:代表|委员)")
_OF_GOVERNMENT = re.compile(r"政府工作报告")
_TITLED = re.compile(r"(20\d\d)年[^，。\n\d]{0,16}政府工作报告|政府工作报告[^\n]{0,2}[(（](20\d\d)年?[)）]")
_AIMS = re.compile(r"(20\d\d)年[^，。；\n\d]{0,10}(?:工作的?(?:总体(?:要求|思路)|指导思想|基本思路)|(?:主要|预期)(?:预期)?目标|目标任务)")
_HEAD = 300  # characters in which an address is opened
_LOOK_BACK = 3000  # characters in which it tells what it looks back on
_FIRST_HALF = 6  # an address of January to June looks back on the year before
_RELATIVE = re.compile(r"[今去前明后上本]")
_PAST_YEAR = re.compile(r"过去的?[一1]年|(?<![\d十])[一1]年来|[一1]年间")
_THIS = re.compile(r"(?:^|[。；，、：:,;\n 　])今年")


def headings_of(doc: Document) -> list[tuple[int, int, str]]:
    """The sections of a document as (start, end, title): from its outline, else from its lines that are marked 一、 or （一）."""
    if doc.outline:
        return [(node.extent.start, node.extent.end, node.title) for node in doc.outline if node.span.end - node.span.start <= 40]
    lines = list(_LINE_HEADING.finditer(doc.text))
    return [(line.start(), _section_end(line, lines[at + 1 : at + 30], len(doc.text)), line["title"]) for at, line in enumerate(lines)]


def _section_end(line: re.Match[str], following: list[re.Match[str]], length: int) -> int:
    """Where the next heading of the same or a higher style stands: 一、 closes （一）."""
    low = line["mark"][0] in "(（"
    return next((other.start() for other in following if low or other["mark"][0] not in "(（"), length)


def is_address(doc: Document) -> bool:
    """Whether a document is a report given to a congress, whose 今年 is the year of the session."""
    return bool(_OF_GOVERNMENT.search(doc.title or "") or _ADDRESS.search(doc.text, 0, _HEAD))


def given_in(doc: Document) -> int | None:
    """The year in which an address was given: that of its session, its title or its plans; None where nothing says."""
    session = _session(doc)
    if session is not None:
        return int(session[1])
    if not is_address(doc):
        return None
    return looks_ahead(doc) or (_titled(doc) if year_before(doc) is not None else None)


def _session(doc: Document) -> re.Match[str] | None:
    parts = (doc.subtitle, doc.title, doc.kicker, doc.dateline_text, doc.text[:_HEAD])
    return next(filter(None, (_SESSION.search(part) for part in parts if part)), None)


def _titled(doc: Document) -> int | None:
    found = _TITLED.search(doc.title or "")
    return int(found[1] or found[2]) if found else None


def looks_ahead(doc: Document) -> int | None:
    """The year that an address plans for (2024年重点工作, 2024年工作的总体要求), unless it speaks of it as of 明年."""
    for start, end, title in headings_of(doc):
        year = planned_year(title)
        if year is not None:
            return _meant(doc.text[start:end], year, year)
    aims = _AIMS.search(doc.text)
    return int(aims[1]) if aims else None


def year_before(doc: Document) -> PeriodText | None:
    """The year on which an address looks back, where its title or its session has the year in which it was given; else None."""
    session = _session(doc)
    titled = _titled(doc) or (int(session[1]) if session is not None else None)
    if titled is None:
        return None
    head = doc.text[:_LOOK_BACK]
    early = session is not None and int(session[1]) == titled and int(session[2]) <= _FIRST_HALF
    if re.search(rf"{titled}年[^，。\n\d]{{0,10}}(?:回顾|总结|完成情况)", head) or looks_ahead(doc) == titled + 1:
        return None
    back = re.search(rf"{titled - 1}年(?![\d-])|过去的?一年|去年", head)
    if back is None or not (early or looks_ahead(doc) == titled or back[0][0] == "过"):
        return None
    found = parse(f"{titled - 1}年")
    return changed(found, text=back[0]) if found is not None else None


def _meant(text: str, planned: int, usual: int | None) -> int:
    """What 今年 means in a section that plans for a year: that year, but the one before where the section calls it 明年."""
    if "明年" not in text:
        return planned
    if not _THIS.search(text):
        return planned - 1
    return usual if usual in (planned - 1, planned) else planned


def dated(doc: Document, dates: Iterable[PeriodText], usual: int | None) -> Iterator[PeriodText]:
    """The dates of a text with 今年 and its like read by the section in which they stand, and 过去一年 by what the report looks back on.

    `usual` is the year by which they were read.
    """
    sections = []
    dates = list(dates)
    relative = any(_RELATIVE.match(date.text) for date in dates)
    for start, end, title in headings_of(doc) if relative else ():
        planned = planned_year(title)
        if planned is not None:
            sections.append((start, end, _meant(doc.text[start:end], planned, usual)))
    sections.sort()
    starts = [start for start, _, _ in sections]
    past = doc.period if doc.genre is Genre.WORK_REPORT and doc.period and re.fullmatch(r"\d{4}", doc.period) else None
    for date in dates:
        if past is not None and _PAST_YEAR.fullmatch(date.text):
            yield changed(date, normal=past)
            continue
        at = bisect_right(starts, date.span.start) - 1
        if at >= 0 and date.span.start < sections[at][1] and sections[at][2] != usual and _RELATIVE.match(date.text):
            found = parse(date.text, sections[at][2])
            yield changed(date, normal=found.normal) if found is not None and found.normal is not None else date
            continue
        yield date
