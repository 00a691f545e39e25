"""Subjects of figures in lists: 分别 (A和B分别增长6%和7.4%), and further lists about the same."""

from __future__ import annotations

import re

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import change_of, joined, tidy
from ingest.extract.subjects_named import named
from ingest.extract.wording import lists, words

LISTED = re.compile(r"\s?(?:、|和|与|及|以及|,|，)?\s?")
"""What stands between the figures of one list."""
_YEAR = r"(?:\d{4}年(?:同期|[底末])?)?"
_RESPECTIVE = re.compile(
    rf"(?P<nouns>(?:[A-Za-z]{{1,4}}\d{{1,2}}(?:\.\d)?|[^，。；：,;:\n\d%]){{0,40}}?)(?:(?<![占价])[比较](?![例重率值大]){_YEAR}[^，。；：,;:\n\d%比]{{0,8}}?)?"
    rf"分别(?P<verb>(?:[比较]{_YEAR})?[^，。；\d%]{{0,10}})$"
)
_AGAIN = re.compile(r"^[，,]\s?(?P<verb>[^，。；\d%]{1,8})$")
_STOPS = re.compile(r"[。；;！？!?\n]")
LIST = re.compile(r"、|和|与|以及|及")
"""What links the items of a list."""


def respective(text: str, found: list[Figure], index: int, low: int, bases: list[str | None]) -> tuple[list[str], int]:
    """The subjects of the list that begins at `found[index]` after 分别, one a figure, and where its verb begins; none elsewhere.

    `low` is where the figure before ends, `bases` what the figures before count.
    """
    figure = found[index]
    low = max(low, figure.start - 60)
    match = _RESPECTIVE.search(text, low, figure.start) if text.find("分别", low, figure.start) >= 0 else None
    if match is None:
        return [], figure.start
    size = size_of(text, found, index)
    change, start = _said(match["verb"]), match.start("verb")
    nouns = _nouns(text, Span(*match.span("nouns")))
    if nouns:
        parts = [part for part in LIST.split(nouns) if part]
        if len(parts) != size:
            return [joined(nouns, change)] * size, start
        return [joined(part, change) for part in _completed(parts)], start
    near = [base for base in bases[-size:] if base]
    if len(near) != size or _has_own(text, low, match, change) or not _fit(found, index, size, bool(change)):
        return [], start
    return [joined(base, change) for base in near], start


def _has_own(text: str, low: int, match: re.Match[str], change: str) -> bool:
    """Whether the clause of 分别 has a list before it, or a noun or verb behind it, that the figures are of."""
    at = match.start("verb") - 2
    start = max((stop.end() for stop in _STOPS.finditer(text, low, at)), default=low)
    if LIST.search(text, start, at):
        return True
    return not change and named(words(text, match.start("verb"), match.end())).kind in ("NOUN", "CLAUSE", "VERB")


def _fit(found: list[Figure], index: int, size: int, change: bool) -> bool:
    """Whether each figure of a list can be said of what the one `size` before counts: a share or a change of it, or as many of the same."""
    pairs = zip(found[index - size : index], found[index : index + size], strict=True)
    return all(
        earlier.unit == figure.unit
        or (change and figure.measure is Measure.PERCENT)
        or (earlier.measure is figure.measure and figure.measure is not Measure.COUNT)
        for earlier, figure in pairs
    )


def _said(verb: str) -> str:
    """What is said of each of a list: a change (分别增长) or a share (分别占总人口的)."""
    phrase = tidy(verb)
    return "占比" if phrase in lists().shares else phrase if phrase.startswith("占") else change_of(verb)


def _completed(parts: list[str]) -> list[str]:
    """化肥、农药使用量: the first is 化肥使用量; 药占比、耗材占比 are whole."""
    last = parts[-1]
    if max(map(len, parts[:-1]), default=9) > 3 or len(last) <= 3 or any(part[-1] == last[-1] for part in parts[:-1]):
        return parts
    return [part + last[len(part) :] for part in parts[:-1]] + [last]


def size_of(text: str, found: list[Figure], index: int) -> int:
    """How many figures the list that begins at `found[index]` holds."""
    size = 1
    while index + size < len(found) and size < 12 and LISTED.fullmatch(text[found[index + size - 1].end : found[index + size].start]):
        size += 1
    return size


def again(text: str, found: list[Figure], index: int, bases: list[str]) -> list[str]:
    """A further list about the subjects of the list just before it: 分别达到7万元和4万元,增长5%和7%."""
    match = _AGAIN.match(text[found[index - 1].end : found[index].start])
    change = change_of(match["verb"]) if match else ""
    return [joined(base, change) for base in bases] if change and size_of(text, found, index) == len(bases) > 1 else []


def _nouns(text: str, span: Span) -> str:
    start = span.start
    if start and text[start - 1].isdigit() and text[start] == "年":  # 2019-2021年的支出分别为
        start += 1 + text.startswith("的", start + 1)
    found = named(words(text, start, span.end))
    return tidy(found.of(text)) if found.kind == "NOUN" else ""
