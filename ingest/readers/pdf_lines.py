"""Runs of characters to printed lines: what stands on one base line side by side, cut into pieces in which characters advance evenly."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import sub

from archive.layout import Box
from ingest.readers.pdf_run import Run
from ingest.readers.pdf_runs import LINE_GAP, WORD_GAP
from ingest.readers.printed_page import Piece, PrintedLine
from ingest.readers.printed_text import latin

SAME_LINE = 0.3
"""How far base lines may lie apart on one line, in sizes of the font."""
_EVEN = 0.06
"""How much advances may differ within a piece, in sizes of the font: at 12 points a run of 40 characters stays within a point."""
_STRETCH = re.compile(r"[^\x00-\u02ff\u0370-\u04ff\u20a9\uff61-\uffdc]+|[\x00-\u02ff\u0370-\u04ff\u20a9\uff61-\uffdc]+")
_WORD = re.compile(r"\s+|\S+")
_RADICAL = re.compile(r"[\u2e9f-\u2fd5]")
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3)}
"""Radicals of the Kangxi dictionary, which some fonts name in the place of the characters that look the same."""


def lines_of(runs: Iterable[Run]) -> list[PrintedLine]:
    """The lines that `runs` make, each broken where a gap is wider than a character."""
    found: list[PrintedLine] = []
    for row in _rows(runs):
        segment: list[Run] = []
        for run in _interleaved(row):
            if segment and run.xs[0] - segment[-1].x1 > LINE_GAP * max(run.size, segment[-1].size):
                found.append(_line(segment))
                segment = []
            segment.append(run)
        found.append(_line(segment))
    return [line for line in found if line.text.strip()]


def without_doubles(runs: Sequence[Run]) -> list[Run]:
    """The runs, without those that repeat one at nearly the same place (fake bold); what was doubled is bold."""
    seen: dict[str, dict[tuple[int, int], Run]] = {}
    kept: list[Run] = []
    for run in runs:
        x, y = round(run.xs[0] / 2), round(run.base / 2)
        same = seen.setdefault(run.text, {})
        if same:
            places = [(x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
            first = next((same[place] for place in places if place in same), None)
            near = 0.25 * run.size
            if first is not None and abs(first.xs[0] - run.xs[0]) < near and abs(first.base - run.base) < near:
                first.bold = True
                continue
        same[x, y] = run
        kept.append(run)
    return kept


def cut(run: Run, edges: Sequence[float]) -> list[Run]:
    """`run` in parts, cut at those of the `edges` (rising) that pass between two of its characters."""
    at = bisect_right(edges, run.xs[0])
    if at == len(edges) or edges[at] >= run.x1:
        return [run]
    rights = [*run.xs[1:], run.x1]
    columns = [bisect_right(edges, (x + right) / 2) for x, right in zip(run.xs, rights, strict=True)]
    parts: list[Run] = []
    start = 0
    for index in range(1, len(columns) + 1):
        if index == len(columns) or columns[index] != columns[start]:
            part = Run(run.chars[start:index], run.xs[start:index], run.base, run.size, run.top, run.bottom, rights[index - 1], run.bold)
            parts.append(part)
            start = index
    return parts


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs on one base line, from left to right; small ones (marks of footnotes) join the line beside which they stand."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.xs[0])):
        row = rows[-1] if rows else None
        if row is not None and run.base - row[0].base <= SAME_LINE * min(run.size, row[0].size):
            row.append(run)
        else:
            rows.append([run])
    taken: list[list[Run]] = []
    for index, row in enumerate(rows):
        row.sort(key=_left)
        if index + 1 < len(rows) and _raised(row, rows[index + 1]):
            rows[index + 1].extend(row)
        else:
            taken.append(row)
    return taken


def _left(run: Run) -> float:
    return run.xs[0]


def _interleaved(row: list[Run]) -> list[Run]:
    """The runs of a row, cut where another one fills a gap of theirs: LibreOffice draws quotation marks of another font behind the line."""
    found: list[Run] = []
    for run in row:
        left, right = run.xs[0], run.x1
        edges = [(small.xs[0] + small.x1) / 2 for small in row if left < small.xs[0] and small.x1 < right and _fills_gap(small, run)]
        if edges:
            found += filter(None, map(_without_ends, cut(run, sorted(edges))))
        else:
            found.append(run)
    return sorted(found, key=_left) if len(found) > 1 else found


def _fills_gap(small: Run, run: Run) -> bool:
    """Whether `small`, which begins and ends within `run`, stands between two of its neighbouring characters and touches neither."""
    near, at = 0.15 * run.size, small.xs[0]
    printed = [x for x, char in zip(run.xs, run.chars, strict=True) if not char.isspace()]
    before = max([x for x in printed if x <= at], default=None)
    behind = min([x for x in printed if x > at], default=None)
    return before is not None and behind is not None and before + 0.5 * run.size <= at + near and small.x1 <= behind + near


def _without_ends(run: Run) -> Run | None:
    """The run without white space at its ends; None where nothing else is in it."""
    kept = [index for index, char in enumerate(run.chars) if not char.isspace()]
    if not kept:
        return None
    first, last = kept[0], kept[-1]
    x1 = run.x1 if last + 1 == len(run.chars) else min(run.xs[last + 1], run.xs[last] + run.size)
    return Run(run.chars[first : last + 1], run.xs[first : last + 1], run.base, run.size, run.top, run.bottom, x1, run.bold)


def _raised(row: list[Run], below: list[Run]) -> bool:
    """Whether all runs of `row` are raised marks at runs of the line below."""
    smallest, largest = row[0].size, max([beside.size for beside in below])
    return smallest < 0.8 * largest and all(any(_is_mark(run, beside) for beside in below) for run in row)


def _is_mark(run: Run, beside: Run) -> bool:
    close = min(abs(run.xs[0] - beside.x1), abs(beside.xs[0] - run.x1)) < 0.5 * beside.size or beside.xs[0] < run.xs[0] < beside.x1
    return close and run.size < 0.8 * beside.size and 0 < beside.base - run.base < 0.7 * beside.size


def _line(runs: list[Run]) -> PrintedLine:
    pieces: list[Piece] = []
    above: Run | None = None
    for run in runs:
        if above is not None:
            gap = run.xs[0] - above.x1
            wide = gap > WORD_GAP * run.size and latin(above.chars[-1]) and latin(run.chars[0])
            if wide or gap > 0.8 * run.size:
                pieces.append(Piece(" ", Box(above.x1, run.top, run.xs[0], run.bottom)))
        pieces += _pieces(run)
        above = run
    main = max(runs, key=lambda run: len(run.chars))
    return PrintedLine(tuple(pieces), round(main.size, 1), all(run.bold for run in runs))


def _pieces(run: Run) -> list[Piece]:
    text = run.text
    if _RADICAL.search(text):
        text = text.translate(_RADICALS)
    top, bottom, edges = round(run.top, 1), round(run.bottom, 1), [*run.xs, run.x1]
    if len(text) != len(run.xs):  # a character that is written as two
        return [Piece(text, Box(round(edges[0], 1), top, round(edges[-1], 1), bottom))]
    steps: list[float] = []
    ends: list[int] = []
    for stretch in _STRETCH.finditer(text):
        start, stop = stretch.span()
        if stop - start == 1:
            ends.append(stop)
        elif stretch.group() > "\u02ff":
            steps = steps or list(map(sub, run.xs[1:], run.xs))
            while start < stop:
                start = _even_end(steps, start, stop, _EVEN * run.size)
                ends.append(start)
        else:
            ends += [start + word.end() for word in _WORD.finditer(stretch.group())]
    rights = run.rights or {}
    lefts = [round(edges[at], 1) for at in (0, *ends)]
    return [
        Piece(text[start:end], Box(left, top, round(rights[end], 1) if end in rights else right, bottom))
        for start, end, left, right in zip([0, *ends], ends, lefts, lefts[1:], strict=False)
    ]


def _even_end(steps: list[float], start: int, end: int, tolerance: float) -> int:
    """Where the characters from `start` stop to advance evenly; the last one of a piece may take any room."""
    part = steps[start : end - 1]
    if not part or max(part) - min(part) <= tolerance:
        return end
    for index, step in enumerate(part):
        if abs(step - part[0]) > tolerance:
            return start + max(1, index)
    return end
