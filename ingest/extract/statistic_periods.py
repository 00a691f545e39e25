"""Says which period a figure speaks of: its own sentence's, else the paragraph's, else that of its section or of the document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from archive.findings import Status
from archive.records import Document
from ingest.extract.document_period import STORY, heading_period, latest_year, this_year_of
from ingest.extract.periods import PeriodText, in_year
from ingest.extract.plan_sections import is_plan
from ingest.extract.statistic_noise import Cover
from ingest.extract.statistic_parts import Dealt
from ingest.extract.statuses import Breaks, is_base
from ingest.extract.year_meant import headings_of

_ASIDE = re.compile(r"(?:着眼|面向|围绕|针对|迎接|聚焦|比|较|同|与|跟|相比|为|是|相当于|以|抓住|结合)$")
_OPENS = re.compile(r"(?:^|[。\n；;])[ 　]*(?:[一二三四五六七八九十]{1,2}是)?(?:截至|截止|自|从|到|至)?$")
_COMPARES = re.compile(r"^(?:的|同期)?(?:相比|增长|提高|下降|增加|减少)")
_ITEM = re.compile(  # a class leads, so that the search skips all else; an item at the very beginning is matched by itself
    r"[。；;：:\n](?:[ 　]*(?:[一二三四五六七八九十](?:是|要)|第[一二三四五六七八九十][,，、]|首先|其次|再次|最后"
    r"|[(（]\d{1,2}[)）]|[①-⑳]))"
)
_FIRST_ITEM = re.compile(_ITEM.pattern.partition("]")[2])
_NOW = re.compile(r"^(?:截至)?目前|^现?如今|^眼下|^当前|^现在|^近[期日]|^(?:去|前|上|明|后)年")
_STANDING = re.compile(r"(?:总人口|户籍人口|常住人口|总面积|国土面积|幅员|耕地面积|下辖|(?<![直管])辖|地处|海拔|平均年龄)[^，。；]{0,8}$")
_SPAN_OF_YEARS = re.compile(r"来$|间$|^近|^过去|以来$")


_EARLIER_VALUE = re.compile(r"(?:同期|[年月]?[末底])?的(?:约|近)?\d")


class FigurePeriod(NamedTuple):
    """A figure's period: its normal form, its words, and whether only the document states it."""

    normal: str | None
    text: str | None
    inherited: bool


class PeriodReader:
    """The periods of one document's figures."""

    def __init__(self, doc: Document, folded: str, dates: list[PeriodText], breaks: Breaks, noise: Cover) -> None:
        self._doc, self._folded, self._breaks = doc, folded, breaks
        self._dates = [date for date in dates if not noise.touches(*date.span) and not self._aside(date)]
        self._starts = [date.span.start for date in self._dates]
        self._leads = [self._leading(date) for date in self._dates]
        first = _FIRST_ITEM.match(folded)
        self._items = [*([first.end()] if first else []), *[match.end() for match in _ITEM.finditer(folded)]]
        self._sections = _sections(doc, this_year_of(doc))
        self._latest = latest_year(doc) or 0
        self._is_plan = is_plan(doc)
        self._section_starts = [start for start, _, _, _ in self._sections]

    def _aside(self, date: PeriodText) -> bool:
        """Whether a period is only spoken of: compared with, or aimed at."""
        before = self._folded[max(0, date.span.start - 4) : date.span.start]
        if before.endswith(("比", "较")) and _EARLIER_VALUE.match(self._folded, date.span.end):  # 比2022年的80万元增长
            return False
        return bool(
            (_ASIDE.search(before) and not before.endswith("作为")) or _COMPARES.match(self._folded[date.span.end : date.span.end + 4])
        )

    def _leading(self, date: PeriodText) -> bool:
        return bool(date.normal and _OPENS.search(self._folded[max(0, date.span.start - 6) : date.span.start]))

    def _starts_a_change(self, date: PeriodText, start: int) -> bool:
        """由2014年的18.6%下降到0.8%: the year holds for the first figure only."""
        from_ = self._folded[max(0, date.span.start - 1) : date.span.start] in ("由", "从", "比", "较")
        return from_ and start - date.span.end > 2

    def at(self, start: int, end: int, status: Status, dealt: Dealt | None = None) -> FigurePeriod:
        """The period of the figure at `[start, end)`, of known status; `dealt` is the period or place that 分别 deals out to it."""
        if dealt and self._starts[(index := bisect_left(self._starts, dealt.span.start)) : index + 1] == [dealt.span.start]:
            start = end = dealt.span.start
        year = dealt.year if dealt and start == dealt.span.start else None
        base = is_base(self._folded, start, end)
        stated = self._stated(start, base)
        if isinstance(stated, FigurePeriod):
            return stated._replace(normal=year or stated.normal)
        vague, index = stated
        if vague and _NOW.match(vague.text) and not (vague.text[0] in "截目当" and self._is_current()):
            return FigurePeriod(None, vague.text, False)
        if vague and _SPAN_OF_YEARS.search(vague.text) and not vague.text.startswith("今年"):
            return FigurePeriod(None, vague.text, False)
        if base:
            return FigurePeriod(None, None, False)
        if vague is None:
            carried = self._carried(start, index)
            if carried:
                return carried
        return self._inherited(start, status, vague)

    def _is_current(self) -> bool:
        """Whether 目前 falls into the period that the document reports on: nothing says that it was written in a later year."""
        period, published = self._doc.period, self._doc.published
        return bool(period and (published is None or published[:4] == period[:4]))

    def _stated(self, start: int, base: bool) -> FigurePeriod | tuple[PeriodText | None, int]:
        """What the sentence up to the figure states; else its last words that name no year, and where to look further back."""
        low = max(self._breaks.sentence(start), start - 160)
        index = bisect_right(self._starts, start) - 1
        vague: PeriodText | None = None
        while index >= 0 and self._starts[index] >= low:
            date = self._dates[index]
            index -= 1
            if self._starts_a_change(date, start) or (base and start - date.span.end > 2 and not self._opens_base(date, start)):
                continue
            if date.normal:
                if vague and _NOW.match(vague.text):
                    break
                return FigurePeriod(in_year(vague.text, date.normal) or date.normal if vague else date.normal, date.text, False)
            vague = vague or date
        return vague, index

    def _opens_base(self, date: PeriodText, start: int) -> bool:
        """由2012年底全县的12%提高到…: the year stands between 由 and the figure."""
        return bool(re.search(r"[由从]$", self._folded[max(0, date.span.start - 1) : date.span.start])) and start - date.span.end <= 8

    def _carried(self, start: int, index: int) -> FigurePeriod | None:
        """The period that opens an earlier sentence of the paragraph; one inside an item (一是) holds for that item only."""
        paragraph = self._folded.rfind("\n", max(0, start - 1200), start) + 1
        item = bisect_right(self._items, start) - 1
        for back in range(index, max(-1, index - 6), -1):
            if self._starts[back] < paragraph:
                return None
            if _NOW.match(self._dates[back].text) and self._opens(self._dates[back]):
                return None
            if self._leads[back] and self._holds_on(self._dates[back]):
                if (self._dates[back].normal or "").endswith("-") and self._stands(start):
                    return None
                own = bisect_right(self._items, self._starts[back]) - 1
                if own != item and own >= 0 and self._items[own] > paragraph:
                    return None
                return FigurePeriod(self._dates[back].normal, self._dates[back].text, False)
        return None

    def _stands(self, start: int) -> bool:
        """Whether a figure only describes the place (总人口33.6万人,辖11个乡镇), which no 2022年以来 made so."""
        return bool(_STANDING.search(self._folded, max(0, start - 14), start))

    def _holds_on(self, date: PeriodText) -> bool:
        """Whether what follows its sentence is of its period too: not after a year long past, nor after an event (2021年,村里引进企业)."""
        normal = date.normal or ""
        past = normal[:4].isdigit() and int(normal[:4]) < self._latest - 1 and not normal.endswith("-") and "/" not in normal
        return not past and not STORY.search(self._folded[date.span.end : date.span.end + 40].partition("。")[0])

    def _opens(self, date: PeriodText) -> bool:
        return bool(_OPENS.search(self._folded[max(0, date.span.start - 6) : date.span.start]))

    def _inherited(self, start: int, status: Status, vague: PeriodText | None) -> FigurePeriod:
        """The period of the section, else of the document; a plan is not of the year that the document reports on."""
        normal, words = self._section(start)
        if normal is None and not (status is Status.PLANNED and len(self._doc.period or "") == 4 and not self._is_plan):
            normal, words = self._doc.period, self._doc.period_text
        if normal is None:
            return FigurePeriod(None, vague.text if vague else None, False)
        part = in_year(vague.text, normal) if vague and normal[:4].isdigit() else None
        return FigurePeriod(part or normal, vague.text if vague else words, True)

    def _section(self, start: int) -> tuple[str | None, str | None]:
        """The period, and its words, of the innermost section around `start` whose heading states one."""
        last = bisect_right(self._section_starts, start) - 1
        for _, end, normal, words in reversed(self._sections[max(0, last - 7) : last + 1]):
            if start < end:
                return normal, words
        return None, None


def _sections(doc: Document, this_year: int | None) -> list[tuple[int, int, str, str]]:
    """The sections whose heading states a period, as (start, end, normal form, words), sorted."""
    found = []
    for start, end, title in headings_of(doc):
        stated = heading_period(title, this_year)
        if stated and stated.normal and not stated.normal.endswith("-"):
            found.append((start, end, stated.normal, stated.text))
    return sorted(found)
