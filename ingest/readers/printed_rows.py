"""Rows: what stands side by side in one column of a page, and the measures of such a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from archive.layout import Box
from ingest.readers.printed_page import Piece, PrintedLine, PrintedPage, PrintedTable, around


class Item(NamedTuple):
    """A line or a table of a page, with its box."""

    box: Box
    line: PrintedLine | None = None
    table: PrintedTable | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Lines side by side, from left to right, or a table."""

    page: PrintedPage
    box: Box
    lines: tuple[PrintedLine, ...] = ()
    table: PrintedTable | None = None
    size: float = 0.0
    bold: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Rows from top to bottom between `left` and `right`. `lead` is the usual distance of two base lines."""

    rows: tuple[Row, ...]
    left: float
    right: float
    lead: float


def items_of(page: PrintedPage, lines: Iterable[PrintedLine]) -> list[Item]:
    """The `lines` of a page, without white space around them, and its tables."""
    trimmed = (cut for line in lines if (cut := _trimmed(line)) is not None)
    return [*(Item(line.box, line) for line in trimmed), *(Item(table.box, table=table) for table in page.tables)]


def column_of(page: PrintedPage, items: Sequence[Item], others: Sequence[Column]) -> Column:
    """The column that `items` make. One of a few rows has the edges of the fuller one among `others` into which it fits."""
    rows = tuple(_rows(page, items))
    written = [row for row in rows if row.lines]
    if not written:
        return Column(rows, min(row.box.x0 for row in rows), max(row.box.x1 for row in rows), 0.0)
    size = median(row.size for row in written)
    left = _left([row.box.x0 for row in written], size)
    right = max(row.box.x1 for row in written)
    leads = sorted(below.box.bottom - above.box.bottom for above, below in pairwise(written))
    leads = [lead for lead in leads if lead > 0.6 * size]
    lead = leads[len(leads) // 4] if leads else 1.6 * size
    if len(written) < 4:
        fitting = [
            other
            for other in others
            if len(other.rows) > len(written) and other.left - size < left < other.left + 3 * size and right < other.right + size
        ]
        fullest = max(fitting, key=lambda other: len(other.rows), default=None)
        if fullest is not None:
            left, right = min(left, fullest.left), max(right, fullest.right)
            lead = min(lead, fullest.lead or lead)
    return Column(rows, left, right, lead)


def body_size(pages: Iterable[PrintedPage]) -> float:
    """The size in which most characters are printed, to half a point; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += sum(len(piece.text) for piece in line.pieces)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _left(edges: Sequence[float], size: float) -> float:
    """The left edge of a column: the outermost one that more than one row in ten has; a single mark may stand further out."""
    needed = max(2, len(edges) // 10) if len(edges) > 3 else 1
    for edge in sorted(edges):
        if sum(abs(other - edge) < 0.35 * size for other in edges) >= needed:
            return edge
    return min(edges)


def _rows(page: PrintedPage, items: Sequence[Item]) -> list[Row]:
    groups: list[list[Item]] = []
    for item in sorted(items, key=lambda item: (item.box.top + item.box.bottom, item.box.x0)):
        group = groups[-1] if groups else None
        if group is not None and item.line and group[0].line and _side_by_side(group, item):
            group.append(item)
        else:
            groups.append([item])
    return [_row(page, group) for group in groups]


def _side_by_side(group: Sequence[Item], item: Item) -> bool:
    first, box = group[0].box, item.box
    level = abs((first.top + first.bottom) - (box.top + box.bottom)) < 0.9 * min(first.bottom - first.top, box.bottom - box.top)
    return level and all(other.box.x1 <= box.x0 + 1 or box.x1 <= other.box.x0 + 1 for other in group)


def _row(page: PrintedPage, group: Sequence[Item]) -> Row:
    lines = tuple(item.line for item in sorted(group, key=lambda item: item.box.x0) if item.line)
    box = around([item.box for item in group])
    if not lines:
        return Row(page, box, table=group[0].table)
    longest = max(lines, key=lambda line: len(line.text))
    return Row(page, box, lines, None, longest.size, all(line.bold for line in lines), " ".join(line.text for line in lines))


def _trimmed(line: PrintedLine) -> PrintedLine | None:
    if line.pieces and line.pieces[0].text[:1].strip() and line.pieces[-1].text[-1:].strip():
        return line
    pieces = list(line.pieces)
    while pieces and not pieces[0].text.strip():
        pieces.pop(0)
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    if not pieces:
        return None
    if pieces[0].text[0].isspace():
        pieces[0] = _part(pieces[0], len(pieces[0].text) - len(pieces[0].text.lstrip()), len(pieces[0].text))
    if pieces[-1].text[-1].isspace():
        pieces[-1] = _part(pieces[-1], 0, len(pieces[-1].text.rstrip()))
    return line._replace(pieces=tuple(pieces))


def _part(piece: Piece, start: int, end: int) -> Piece:
    step = (piece.box.x1 - piece.box.x0) / len(piece.text)
    box = piece.box._replace(x0=round(piece.box.x0 + start * step, 1), x1=round(piece.box.x0 + end * step, 1))
    return piece._replace(text=piece.text[start:end], box=box)
