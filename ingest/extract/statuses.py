"""Says whether a figure is a fact, a plan or a rule, by the words of its sentence and of the headings above it: rows of `statuses.toml`."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.findings import Status
from archive.records import Document
from archive.text import Span

_ENDS = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]")
_REACH = 160
_HEADING_LINE = re.compile(
    r"^[ 　]*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])(?P<title>[^。\n]{2,40})", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class _Cues:
    before: tuple[tuple[Status, re.Pattern[str]], ...]
    clause: tuple[tuple[Status, re.Pattern[str]], ...]
    heading: re.Pattern[str]


def status_rows() -> list[dict[str, str]]:
    """The rows of the table."""
    rows: list[dict[str, str]] = tomllib.loads(files("ingest.extract").joinpath("statuses.toml").read_text("utf-8"))["status"]
    return rows


@cache
def _cues() -> _Cues:
    found: dict[str, list[tuple[Status, re.Pattern[str]]]] = {"before": [], "clause": [], "heading": []}
    for row in status_rows():
        found[row["scope"]].append((Status(row["status"]), re.compile(row["cue"])))
    heading = "|".join(pattern.pattern for _, pattern in found["heading"])
    return _Cues(tuple(found["before"]), tuple(found["clause"]), re.compile(heading))


def sentence_start(folded: str, at: int) -> int:
    """Where the sentence around `at` begins, `_REACH` characters back at most."""
    low = max(0, at - _REACH)
    last = low
    for match in _ENDS.finditer(folded, low, at):
        last = match.end()
    return last


class StatusReader:
    """The statuses of one document. Sections under a heading such as 下一步工作安排 are plans unless a sentence says otherwise."""

    def __init__(self, doc: Document, folded: str) -> None:
        self._folded = folded
        self._plans = _planned_sections(doc)
        self._starts = [span.start for span in self._plans]

    def at(self, start: int, end: int) -> Status:
        """The status of the figure at `[start, end)`."""
        cues, folded = _cues(), self._folded
        begin = sentence_start(folded, start)
        clause = begin
        for match in _CLAUSE.finditer(folded, begin, start):
            clause = match.end()
        finish = _CLAUSE.search(folded, end, end + 24)
        stop = finish.start() if finish else min(len(folded), end + 24)
        for status, pattern in cues.clause:
            if any(match.start() < end and match.end() > start - 24 for match in pattern.finditer(folded, clause, stop)):
                return status
        last, found = -1, Status.ACTUAL
        for status, pattern in cues.before:
            for match in pattern.finditer(folded, begin, min(stop, end + 16)):
                if match.start() < start and match.start() >= last:
                    last, found = match.start(), status
        if last < 0 and self._in_plans(start):
            return Status.PLANNED
        return found

    def _in_plans(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._plans[index].end


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
