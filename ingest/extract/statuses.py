"""Says whether a figure is a fact, a plan or a rule, by the words of its sentence and of the headings above it: rows of `statuses.toml`."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.findings import Status
from archive.records import Document
from archive.text import Span

_ENDS = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]")
_REACH = 160
_FROM = re.compile(r"(?:由|从)(?!事)[^，。；;,\n]{0,16}$")
_TO = re.compile(
    r"^[^，。；;,\n\d]{0,3}(?:提高|上升|增加|增长|提升|扩大|发展|壮大|下降|减少|降低|缩短|缩小|压缩|压减|回落|增|升|涨|降|减|翻|跃升|攀升|变|调整|上调|下调|拓展|延伸){1,2}"
    r"(?:到|至|为|了)"
)


def is_base(folded: str, start: int, end: int) -> bool:
    """Whether a change starts from the figure at `[start, end)` (由67%提高到75%): a fact, and not of the period that its end has."""
    return bool(_TO.match(folded[end : end + 12]) and _FROM.search(folded, max(0, start - 20), start))


_HEADING_LINE = re.compile(
    r"^[ 　]*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])(?P<title>[^。\n]{2,40})", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class _Cues:
    before: tuple[tuple[Status, re.Pattern[str]], ...]
    clause: tuple[tuple[Status, re.Pattern[str]], ...]
    heading: re.Pattern[str]
    section: re.Pattern[str]


def status_rows() -> list[dict[str, str]]:
    """The rows of the table."""
    rows: list[dict[str, str]] = tomllib.loads(files("ingest.extract").joinpath("statuses.toml").read_text("utf-8"))["status"]
    return rows


@cache
def _cues() -> _Cues:
    found: dict[str, list[tuple[Status, re.Pattern[str]]]] = {"before": [], "clause": [], "heading": [], "section": []}
    for row in status_rows():
        found[row["scope"]].append((Status(row["status"]), re.compile(row["cue"])))
    heading = "|".join(pattern.pattern for _, pattern in found["heading"])
    section = "|".join(pattern.pattern for _, pattern in found["section"])
    return _Cues(tuple(found["before"]), tuple(found["clause"]), re.compile(heading), re.compile(section))


class Breaks:
    """The ends of a text's sentences and clauses, found once."""

    def __init__(self, folded: str) -> None:
        self._sentences = [match.end() for match in _ENDS.finditer(folded)]
        self._clauses = [match.end() for match in _CLAUSE.finditer(folded)]
        self._length = len(folded)

    def sentence(self, at: int) -> int:
        """Where the sentence around `at` begins, 160 characters back at most."""
        index = bisect_right(self._sentences, at)
        return max(at - _REACH, self._sentences[index - 1] if index else 0, 0)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around `[start, end)`, within its sentence and 24 characters on at most."""
        index = bisect_right(self._clauses, start)
        low = max(self._clauses[index - 1] if index else 0, self.sentence(start))
        index = bisect_right(self._clauses, end)
        high = self._clauses[index] - 1 if index < len(self._clauses) else self._length
        return low, min(high, end + 24)


class StatusReader:
    """The statuses of one document. Sections under a heading such as 下一步工作安排 are plans unless a sentence says otherwise."""

    def __init__(self, doc: Document, folded: str, breaks: Breaks) -> None:
        cues = _cues()
        self._breaks, self._folded = breaks, folded
        self._before = sorted(
            (match.start(), order)
            for order, (_, cue) in enumerate(cues.before)
            for match in cue.finditer(folded)
            if not _is_over(doc, match)
        )
        self._clause = sorted((*match.span(), order) for order, (_, cue) in enumerate(cues.clause) for match in cue.finditer(folded))
        self._past = [match.start() for match in cues.section.finditer(folded)]
        self._plans = _planned_sections(doc)
        self._starts = [span.start for span in self._plans]

    def at(self, start: int, end: int) -> Status:
        """The status of the figure at `[start, end)`."""
        cues = _cues()
        if is_base(self._folded, start, end):
            return Status.ACTUAL
        low, high = self._breaks.clause(start, end)
        index = bisect_left(self._clause, (low,))
        while index < len(self._clause) and self._clause[index][0] < min(end, high):
            if start - 24 < self._clause[index][1] <= high + 1:
                return cues.clause[self._clause[index][2]][0]
            index += 1
        index = bisect_left(self._before, (start,)) - 1
        if index >= 0 and self._before[index][0] >= self._breaks.sentence(start):
            return cues.before[self._before[index][1]][0]
        index = bisect_left(self._past, start) - 1
        if index >= 0 and self._past[index] >= self._breaks.sentence(start):
            return Status.ACTUAL
        return Status.PLANNED if self._in_plans(start) else Status.ACTUAL

    def _in_plans(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._plans[index].end


def _is_over(doc: Document, match: re.Match[str]) -> bool:
    """到2020年 in a document that was published later tells of the past."""
    year = re.match(r"到(20\d\d)年", match[0])
    return bool(year and doc.published and doc.published[:4] > year[1])


def _planned_sections(doc: Document) -> list[Span]:
    """The sections whose heading announces plans, merged and sorted."""
    heading = _cues().heading
    if doc.outline:
        spans = sorted(node.extent for node in doc.outline if heading.search(node.title))
    else:
        lines = list(_HEADING_LINE.finditer(doc.text))
        ends = [match.start() for match in lines[1:]] + [len(doc.text)] * bool(lines)
        spans = [Span(match.start(), end) for match, end in zip(lines, ends, strict=True) if heading.search(match["title"])]
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
