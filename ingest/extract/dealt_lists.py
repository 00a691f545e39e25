"""Periods and places that 分别 deals out to the figures behind it, one each (甲镇、乙镇分别…; 2021年、2022年…分别…)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import tidy
from ingest.extract.subjects_lists import LISTED, size_of
from ingest.extract.subjects_named import named
from ingest.extract.wording import lists, words

REACH = 60
"""Characters between the 分别 and its figure; and between the list and the 分别, which is as much as the longest list of names takes."""
_STOPS = re.compile(r"[。；：;:！？!?\n]")
_BETWEEN = re.compile(r"[，,]?[^，。；：,;:\n\d、]{0,16}")
"""What stands between a list of periods and 分别: nothing, or what is counted (2021年、2022年粮食产量分别为)."""
_COMPARED = frozenset("比较与同由从")
_PLACE = r"[^，。；：、,;:\n\d和与及]{1,9}?(?:镇|乡|村|县|市|区|州|旗|盟|省|街道|苏木|嘎查|场)"
_PLACES = re.compile(rf"(?P<list>{_PLACE}(?:(?:、|以及|和|与|及){_PLACE}){{1,11}})(?:则|也|还|又|已|各自)?[，,]?$")
_NOUN = re.compile(r"(?P<noun>[^，。；：、\d\n]{1,8}?)(?:、|和|与|及|以及|，)")
MOST = 12
"""Figures of a list at most."""
_AND = re.compile(r"、|以及|和|与|及")
_NO_PLACE = re.compile(r"(?:示范|重点|贫困|脱贫|薄弱|试点|先进|中心|空壳|监测|整治|项目|其他|其余|各)[镇乡村县市区]$")


def dealt_out(text: str, found: list[Figure], index: int, low: int, dates: Sequence[Span]) -> list[Span]:
    """The periods or places that 分别 deals out to the list that begins at `found[index]`, one a figure; none where it deals out others.

    `low` is where the figure before ends, `dates` are the periods before the figure.
    """
    figure = found[index]
    at = respective_at(text, figure, low)
    size = max(size_of(text, found, index), _size_with_nouns(text, found, index)) if at >= 0 else 0
    if size < 2:
        return []
    low = clause_of(text, at, low)
    inside = [date for date in dates if low <= date.start and date.end <= at]
    return _periods(text, Span(low, at), inside, size) or _places(text, _without_dates(text, Span(low, at), inside), size)


def _size_with_nouns(text: str, found: list[Figure], index: int) -> int:
    """How many figures a list holds that repeats its noun (分别有12个村和15个村)."""
    size = 1
    while index + size < len(found) and size < MOST:
        above, below = found[index + size - 1], found[index + size]
        between = _NOUN.fullmatch(text, above.end, below.start)
        if between is None or not text.startswith(between["noun"], below.end):
            break
        size += 1
    return size


def _without_dates(text: str, span: Span, dates: Sequence[Span]) -> Span:
    """The stretch behind its last period, or before it where the period ends it."""
    start, end = span
    for date in reversed(dates):
        if text[date.end : end] not in ("", "，"):
            return Span(max(start, date.end), end)
        end = date.start
    return Span(start, end)


def respective_at(text: str, figure: Figure, low: int) -> int:
    """Where the 分别 of a figure stands; -1 where there is none in its sentence behind `low`."""
    low = max(low, figure.start - REACH)
    at = text.rfind("分别", low, figure.start)
    return -1 if at >= 0 and _STOPS.search(text, at, figure.start) else at


def clause_of(text: str, at: int, low: int) -> int:
    """Where the sentence begins in which `at` stands, or `low` where that is later."""
    low = max(low, at - REACH)
    return max((stop.end() for stop in _STOPS.finditer(text, low, at)), default=low)


def _periods(text: str, span: Span, dates: Sequence[Span], size: int) -> list[Span]:
    """The last `size` periods of the stretch, where they are one list that speaks of no comparison."""
    last = list(dates[-size:])
    if len(last) < size or not _BETWEEN.fullmatch(text, last[-1].end, span.end) or text[last[0].start - 1 : last[0].start] in _COMPARED:
        return []
    if not all(LISTED.fullmatch(text, one.end, other.start) for one, other in pairwise(last)):
        return []
    more = dates[-size - 1] if len(dates) > size else None
    return [] if more and LISTED.fullmatch(text, more.end, last[0].start) else last


def _places(text: str, span: Span, size: int) -> list[Span]:
    match = _PLACES.search(text, *span)
    if match is None:
        return []
    start, stop = match.span("list")
    cuts = [cut.span() for cut in _AND.finditer(text, start, stop)]
    bounds = [(start, 0), *cuts, (stop, stop)]
    items = [Span(one[1] if at else start, other[0]) for at, (one, other) in enumerate(pairwise(bounds))]
    kinds = [text[item.start : item.end] in lists().areas or _NO_PLACE.search(text, *item) for item in items]
    return items if len(items) == size and not any(kinds) else []


def says_itself(text: str, figure: Figure, low: int) -> bool:
    """Whether the words between 分别 and its figure say what is counted (分别建成广场), and do not only lead to the figure (分别有)."""
    return named(words(text, respective_at(text, figure, low) + 2, figure.start)).kind != "NONE"


def named_before(text: str, first: Span) -> str | None:
    """The noun right before a list of periods that begins at `first`: 粮食产量2021年、2022年分别为."""
    start = clause_of(text, first.start, 0)
    start = max(start, text.rfind("，", start, first.start) + 1)
    found = named(words(text, start, first.start))
    return tidy(text[found.span.start : found.span.end]) or None if found.kind == "NOUN" and found.span.end == first.start else None
