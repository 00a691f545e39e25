"""Periods and places that 分别 deals out to the figures behind it, one each (甲镇、乙镇分别…; 2021年、2022年…分别…)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.statistic_parts import Dealt, Named
from ingest.extract.subjects import tidy
from ingest.extract.subjects_lists import LIST, LISTED, size_of
from ingest.extract.subjects_named import named
from ingest.extract.wording import lists, words

REACH = 60
"""Characters between the 分别 and its figure; and between the list and the 分别, which is as much as the longest list of names takes."""
_STOPS = re.compile(r"[。；：;:！？!?\n]")
_BETWEEN = re.compile(r"[，,]?[^，。；：,;:\n\d、]{0,16}")
"""What stands between a list of periods and 分别: nothing, or what is counted (2021年、2022年粮食产量分别为)."""
_TELL = ("NOUN", "VERB", "CLAUSE")
_COMPARED = frozenset("比较与同由从")
_SET_BESIDE = frozenset("比较与同")
_PLACE = r"[^，。；：、,;:\n\d和与及]{1,9}?(?:镇|乡|村|县|市|区|州|旗|盟|省|街道|苏木|嘎查|场)"
_PLACES = re.compile(rf"(?P<list>{_PLACE}(?:(?:、|以及|和|与|及){_PLACE}){{1,11}})(?:则|也|还|又|已|各自)?[，,]?$")
_NOUN = re.compile(r"(?P<noun>[^，。；：、\d\n]{1,8}?)(?:、|和|与|及|以及|，)")
MOST = 12
"""Figures of a list at most."""
_YEARS = re.compile(r"(?P<first>\d{4})年?\s?(?:-{1,2}|~|至|到)\s?(?P<last>\d{4})年度?")
_PAIRS = re.compile("城乡|男女|干群|进出口")
"""Words that name two things, to which two figures belong (城乡居民收入分别)."""
_BEHIND = re.compile(r"[于在]?")
_DONE = re.compile(r"[^，。；：、,;:\d\n]{0,16}")
_NEXT_DONE = re.compile(r"(?:、|和|与|及|以及|，)[^，。；：、,;:\d\n]{0,12}")
_AND = re.compile(r"、|以及|和|与|及")
_NO_PLACE = re.compile(r"(?:示范|重点|贫困|脱贫|薄弱|试点|先进|中心|空壳|监测|整治|项目|其他|其余|各)[镇乡村县市区]$")


def dealt_out(text: str, found: list[Figure], index: int, low: int, dates: Sequence[Span]) -> list[Dealt]:
    """The periods or places that 分别 deals out to the list that begins at `found[index]`, one a figure; none where it deals out others.

    `low` is where the figure before ends, `dates` are the periods before the figure.
    """
    figure = found[index]
    at = respective_at(text, figure, low)
    if at >= 0 and (behind := _behind(text, found, index, at, dates)):
        return [Dealt(date) for date in behind]
    size = max(size_of(text, found, index), _size_with_nouns(text, found, index)) if at >= 0 else 0
    if size < 2:
        return []
    low = clause_of(text, at, low)
    inside = [date for date in dates if low <= date.start and date.end <= at]
    if years := _years(text, figure, Span(low, at), inside, size):
        return years
    items = _periods(text, Span(low, at), inside, size) or _places(text, _without_dates(text, Span(low, at), inside), size)
    return [Dealt(item) for item in items]


def _behind(text: str, found: list[Figure], index: int, at: int, dates: Sequence[Span]) -> list[Span]:
    """The periods listed right behind the 分别 at `at`, where as many figures follow: 分别于2021年、2022年建成敬老院1所和食堂3个."""
    listed = [date for date in dates if date.start >= at]
    size = len(listed)
    if size < 2 or index + size > len(found) or not _BEHIND.fullmatch(text, at + 2, listed[0].start):
        return []
    if not all(LISTED.fullmatch(text, one.end, other.start) for one, other in pairwise(listed)):
        return []
    if not _DONE.fullmatch(text, listed[-1].end, found[index].start):
        return []
    linked = [_NEXT_DONE.fullmatch(text, one.end, other.start) for one, other in pairwise(found[index : index + size + 1])]
    return listed if all(linked[: size - 1]) and not any(linked[size - 1 :]) else []


def _years(text: str, figure: Figure, span: Span, dates: Sequence[Span], size: int) -> list[Dealt]:
    """The `size` years of a range (2021年至2023年), one a figure; none where more than one thing is counted or nothing says what."""
    range_ = _YEARS.fullmatch(text, *dates[-1]) if dates else None
    if range_ is None or not _BETWEEN.fullmatch(text, range_.end(), span.end) or text[range_.start() - 1 : range_.start()] in _SET_BESIDE:
        return []
    first, last = int(range_["first"]), int(range_["last"])
    between = text[range_.end() : span.end]
    if last - first + 1 != size or LIST.search(between) or _PAIRS.search(text, span.start, figure.start):
        return []
    told = between.strip("，,") or _named_before(text, dates[-1]) or named(words(text, span.end + 2, figure.start)).kind in _TELL
    return [Dealt(dates[-1], str(year)) for year in range(first, last + 1)] if told else []


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


def of_dealt(text: str, first: Named, low: int, items: list[Dealt], dates: Sequence[Span]) -> Named | None:
    """The first figure of a list to which periods or places are dealt out, where something but those names it and all the others."""
    period = items[0].span
    if period in dates:
        if period.start > respective_at(text, first.figure, low):  # 分别于2021年、2022年建成敬老院1所和食堂3个
            return None
        return first if first.subject else first._replace(subject=_named_before(text, period))
    return first if _says_itself(text, first.figure, low) else None


def _says_itself(text: str, figure: Figure, low: int) -> bool:
    """Whether the words between 分别 and its figure say what is counted (分别建成广场), and do not only lead to the figure (分别有)."""
    return named(words(text, respective_at(text, figure, low) + 2, figure.start)).kind != "NONE"


def _named_before(text: str, first: Span) -> str | None:
    """The noun right before a list of periods that begins at `first`: 粮食产量2021年、2022年分别为."""
    start = clause_of(text, first.start, 0)
    start = max(start, text.rfind("，", start, first.start) + 1)
    found = named(words(text, start, first.start))
    return tidy(text[found.span.start : found.span.end]) or None if found.kind == "NOUN" and found.span.end == first.start else None
