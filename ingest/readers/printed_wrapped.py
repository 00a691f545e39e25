"""Rows of a table without lines whose cells go on over several lines: which lines belong to which row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from ingest.readers.printed_cells import Cells, PrintedRow, joined
from ingest.readers.printed_page import PrintedLine

_Row: TypeAlias = tuple[tuple[PrintedLine, ...] | None, ...]
_TIE = 0.1
"""Points by which distances differ only because they were rounded."""


def logical_rows(cells: Sequence[Cells], rows: Sequence[PrintedRow]) -> tuple[_Row, ...]:
    """The rows of a table: a line that fills only a few columns belongs to the row above or below, from which it stands less far."""
    full = [2 * sum(cell is None or bool(cell) for cell in row) > len(row) for row in cells]
    if all(full) or not any(full):
        return tuple(_merged([row]) for row in cells)
    owners = _owners(full, rows)
    groups: dict[int, list[Cells]] = {}
    for row, owner in zip(cells, owners, strict=True):
        groups.setdefault(owner, []).append(row)
    return tuple(_merged(groups[owner]) for owner in sorted(groups))


def _owners(full: Sequence[bool], rows: Sequence[PrintedRow]) -> list[int]:
    """For each row the number of the full one to which it belongs."""
    anchors = [number for number, one in enumerate(full) if one]
    below = _hang(full)
    owners = list(range(len(full)))
    edges = [-1, *anchors, len(full)]
    for above, next_ in pairwise(edges):
        between = range(above + 1, next_)
        if not between:
            continue
        if above < 0 or next_ == len(full):
            owners[above + 1 : next_] = [next_ if above < 0 else above] * len(between)
            continue
        gaps = {number: rows[number].bottom - rows[number - 1].bottom for number in range(above + 1, next_ + 1)}
        widest = max(gaps.values())
        breaks = [number for number, gap in gaps.items() if gap > widest - _TIE]
        at = breaks[0] if len(breaks) == 1 else (next_ if below else above + 1)
        for number in between:
            owners[number] = above if number < at else next_
    return owners


def _hang(full: Sequence[bool]) -> bool:
    """Whether cells go on below the row in which they begin: they do so below the last one, or not above the first below the head."""
    return not full[-1] or full[1]


def _merged(group: Sequence[Cells]) -> _Row:
    found: list[tuple[PrintedLine, ...] | None] = []
    for column in zip(*group, strict=True):
        if all(cell is None for cell in column):
            found.append(None)
        else:
            found.append(tuple(joined(cell) for cell in column if cell))
    return tuple(found)
