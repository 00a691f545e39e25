"""Says whether a figure is a fact, a plan or a rule, by the words of its sentence, paragraph and headings: rows of `statuses.toml`."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.findings import Status
from archive.records import Document
from ingest.extract.plan_sections import planned_sections

_ENDS = frozenset("。；;！!？?\n")
_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]")
_REACH = 160
_FROM = re.compile(r"(?:由|从)(?!事)[^，。；;,\n]{0,16}$")
_TO = re.compile(
    r"[^，。；;,\n\d]{0,3}(?:提高|上升|增加|增长|提升|扩大|发展|壮大|下降|减少|降低|缩短|缩小|压缩|压减|回落|增|升|涨|降|减|翻|跃升|攀升|变|调整|上调|下调|拓展|延伸){1,2}"
    r"(?:到|至|为|了)"
)


def is_base(folded: str, start: int, end: int) -> bool:
    """Whether a change starts from the figure at `[start, end)` (由67%提高到75%): a fact, and not of the period that its end has."""
    low = max(0, start - 20)
    if folded.find("由", low, start) < 0 and folded.find("从", low, start) < 0:
        return False
    return bool(_FROM.search(folded, low, start) and _TO.match(folded, end, end + 12))


@dataclass(frozen=True, slots=True)
class _Cues:
    """The rows of one scope as one pattern. It consumes the first character of a cue only, so that cues may overlap."""

    pattern: re.Pattern[str]
    statuses: tuple[Status, ...]

    def find(self, folded: str) -> Iterator[tuple[int, int, Status]]:
        """Where the cues of a text begin and end, and what they say."""
        for match in self.pattern.finditer(folded):
            row = (match.lastindex or 1) - 1
            yield match.start(), match.end(row + 1), self.statuses[row]


def status_rows() -> list[dict[str, str]]:
    """The rows of the table."""
    rows: list[dict[str, str]] = tomllib.loads(files("ingest.extract").joinpath("statuses.toml").read_text("utf-8"))["status"]
    return rows


@cache
def _cues(scope: str) -> _Cues:
    rows = [row for row in status_rows() if row["scope"] == scope]
    starts = re.escape("".join(row["starts"] for row in rows))
    cues = "|".join(f"({row['cue']})" for row in rows)
    return _Cues(re.compile(f"[{starts}](?<=(?={cues})[\\s\\S])"), tuple(Status(row["status"]) for row in rows))


@cache
def _cue(scope: str) -> re.Pattern[str]:
    return re.compile("|".join(row["cue"] for row in status_rows() if row["scope"] == scope))


class Breaks:
    """The ends of a text's sentences and clauses, found once."""

    def __init__(self, folded: str) -> None:
        self._clauses = [match.end() for match in _CLAUSE.finditer(folded)]
        self._sentences = [end for end in self._clauses if folded[end - 1] in _ENDS]
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
        self._breaks, self._folded = breaks, folded
        self._before = [(start, status) for start, _, status in _cues("before").find(folded) if not _is_over(doc, folded, start)]
        self._clause = list(_cues("clause").find(folded))
        self._past = [start for start, _, _ in _cues("section").find(folded)]
        self._plans = planned_sections(doc, _cue("heading"), _cue("paragraph"))
        self._starts = [span.start for span in self._plans]

    def at(self, start: int, end: int) -> Status:
        """The status of the figure at `[start, end)`."""
        if is_base(self._folded, start, end):
            return Status.ACTUAL
        low, high = self._breaks.clause(start, end)
        index = bisect_left(self._clause, (low,))
        while index < len(self._clause) and self._clause[index][0] <= min(end, high):
            if start - 24 < self._clause[index][1] <= high + 1:
                return self._clause[index][2]
            index += 1
        sentence = self._breaks.sentence(start)
        index = bisect_left(self._before, (start,)) - 1
        if index >= 0 and self._before[index][0] >= sentence:
            return self._before[index][1]
        index = bisect_left(self._past, start) - 1
        if index >= 0 and self._past[index] >= sentence:
            return Status.ACTUAL
        return Status.PLANNED if self._in_plans(start) else Status.ACTUAL

    def _in_plans(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._plans[index].end


def _is_over(doc: Document, folded: str, start: int) -> bool:
    """到2020年 in a document that was published later tells of the past."""
    return bool(doc.published and folded.startswith("到20", start) and doc.published[:4] > folded[start + 1 : start + 5])
