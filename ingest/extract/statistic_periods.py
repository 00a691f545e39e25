"""Says which period a figure speaks of: the last that its own sentence states, else the paragraph's, else the document's."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from archive.records import Document
from ingest.extract.periods import PeriodText
from ingest.extract.statistic_noise import Cover
from ingest.extract.statuses import Breaks

_ASIDE = re.compile(r"(?:着眼|面向|围绕|针对|迎接|聚焦|比|较|同|与|跟|相比|为|是|相当于|以|抓住|结合)$")
_OPENS = re.compile(r"(?:^|[。\n；;])[ 　]*(?:[一二三四五六七八九十]{1,2}是)?(?:截至|截止|自|从|到|至)?$")
_COMPARES = re.compile(r"^(?:的|同期)?(?:相比|增长|提高|下降|增加|减少)")
_SPAN_OF_YEARS = re.compile(r"来$|间$|^近|^过去|以来$")


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

    def _aside(self, date: PeriodText) -> bool:
        """Whether a period is only spoken of: compared with, or aimed at."""
        before = self._folded[max(0, date.span.start - 4) : date.span.start]
        return bool(
            (_ASIDE.search(before) and not before.endswith("作为")) or _COMPARES.match(self._folded[date.span.end : date.span.end + 4])
        )

    def _leading(self, date: PeriodText) -> bool:
        return bool(date.normal and _OPENS.search(self._folded[max(0, date.span.start - 6) : date.span.start]))

    def _starts_a_change(self, date: PeriodText, start: int) -> bool:
        """由2014年的18.6%下降到0.8%: the year holds for the first figure only."""
        from_ = self._folded[max(0, date.span.start - 1) : date.span.start] in ("由", "从")
        return from_ and start - date.span.end > 2

    def at(self, start: int) -> FigurePeriod:
        """The period of the figure at `start`."""
        low = self._breaks.sentence(start)
        index = bisect_right(self._starts, start) - 1
        vague: PeriodText | None = None
        paragraph = self._folded.rfind("\n", max(0, start - 1200), start) + 1
        while index >= 0 and self._starts[index] >= max(low, start - 160):
            date = self._dates[index]
            if date.normal and not self._starts_a_change(date, start):
                return FigurePeriod(date.normal, date.text, False)
            vague = vague or date
            index -= 1
        if vague and _SPAN_OF_YEARS.search(vague.text) and not vague.text.startswith("今年"):
            return FigurePeriod(None, vague.text, False)
        for back in range(index, max(-1, index - 6), -1):
            if self._starts[back] < paragraph:
                break
            if self._leads[back]:
                return FigurePeriod(self._dates[back].normal, self._dates[back].text, False)
        if self._doc.period:
            return FigurePeriod(self._doc.period, vague.text if vague else self._doc.period_text, True)
        return FigurePeriod(None, vague.text if vague else None, False)
