"""Tables without lines: rows of short cells that stand below each other in the same columns, however little white space parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from ingest.readers.printed_cells import Band, Cells, PrintedRow, bands_of, fitted, follows, joined, rows_of, widened
from ingest.readers.printed_kinds import Kind, is_figure, kind_of, text_of
from ingest.readers.printed_page import Piece, PrintedLine, PrintedPage, PrintedTable, around
from ingest.readers.printed_tables import SAME_EDGE
from ingest.readers.printed_wrapped import logical_rows

_MOST_ROWS = 400
_MOST_ATOMS = 120
_HEADS = 3
"""Rows of a head whose cells reach over columns, or touch their neighbours."""
_LABELS = "：:"


class _Block(NamedTuple):
    """Rows `start` to `end` (excluded) that stand in the columns `bands`."""

    start: int
    end: int
    bands: list[Band]

    @property
    def weight(self) -> int:
        """How much it has of a table; what stands in one row only is no column."""
        return (sum(band.rows > 1 for band in self.bands) - 1) * (self.end - self.start)


def with_unruled(page: PrintedPage) -> PrintedPage:
    """The page with its tables without lines as tables; a page that was recognised in a picture stays as it is.

    Rows that may be a table or not are lines that nothing joins (`PrintedLine.alone`).
    """
    if not page.lines or page.turned or page.slant or any(piece.confidence is not None for piece in page.lines[0].pieces):
        return page
    rows = rows_of(page.lines)
    tables: list[PrintedTable] = []
    apart: list[PrintedLine] = []
    alone: list[PrintedLine] = []
    used: set[int] = set()
    for block in _blocks(rows):
        start, cells = _read(rows, block)
        size = median(row.size for row in rows[start : start + len(cells)])
        kept = _trimmed(cells)
        start += kept.start
        cells = cells[kept]
        kind = kind_of(_dense(cells, len(block.bands)), block.bands, size)
        if kind is Kind.OTHER:
            continue
        lines = [line for row in rows[start : start + len(cells)] for line in row.lines]
        if kind is Kind.TABLE:
            logical = logical_rows(cells, rows[start : start + len(cells)])
            tables.append(PrintedTable(around([line.box for line in lines]), logical, _edges(cells, len(block.bands))))
        elif kind is Kind.PROSE:
            apart += [joined(cell) for row in cells for cell in row if cell]
        else:
            alone += [_in_a_row(row) for row in cells]
        used |= set(map(id, lines))
    if not used:
        return page
    kept_lines = tuple(line for line in page.lines if id(line) not in used)
    return page._replace(lines=(*kept_lines, *apart, *alone), tables=(*page.tables, *tables))


def _blocks(rows: Sequence[PrintedRow]) -> Iterator[_Block]:
    """Stretches of rows in columns; where two overlap, the one that has more of a table."""
    at = 0
    while at < len(rows) - 2:
        if not 2 <= len(rows[at].atoms) <= _MOST_ATOMS:
            at += 1
            continue
        block = _grown(rows, at)
        later = [
            _grown(rows, start) for start in range(at + 1, min(at + 1 + _HEADS, block.end)) if 1 < len(rows[start].atoms) <= _MOST_ATOMS
        ]
        best = max([block, *later], key=lambda one: (one.weight, -one.start))
        if best.end - best.start > 1 and best.weight > 1:
            yield best._replace(bands=_below_heads(best.bands, rows[best.start]))
            at = best.end
        else:
            at += 1


def _in_a_row(row: Cells) -> PrintedLine:
    """The cells of a row as one line, with a space between two."""
    lines = [joined(cell) for cell in row if cell]
    pieces = list(lines[0].pieces)
    for line in lines[1:]:
        last, next_ = pieces[-1].box, line.pieces[0].box
        pieces += [Piece(" ", last._replace(x0=min(last.x1, next_.x0), x1=next_.x0)), *line.pieces]
    return PrintedLine(tuple(pieces), max(line.size for line in lines), alone=True)


def _below_heads(bands: Sequence[Band], head: PrintedRow) -> list[Band]:
    """The columns without those of a word alone that stands above the white space beside its figures, which are set to the right."""
    headed = [any(atom.x0 < band.x1 and band.x0 < atom.x1 for atom in head.atoms) for band in bands]
    beside = [not (all(headed[number + 1 : number + 2]) and all(headed[max(0, number - 1) : number])) for number in range(len(bands))]
    return [band for number, band in enumerate(bands) if band.rows > 1 or not (headed[number] and beside[number])]


def _grown(rows: Sequence[PrintedRow], start: int) -> _Block:
    """The columns that row `start` begins, as far down as nothing reaches over their white space; single rows that do are passed over."""
    bands, end = bands_of(rows[start]), start + 1
    while end < min(len(rows), start + _MOST_ROWS) and len(rows[end].atoms) <= _MOST_ATOMS and follows(rows[end - 1], rows[end]):
        found = widened(bands, rows[end])
        if found is None and end - start > 2 and end + 1 < len(rows) and follows(rows[end], rows[end + 1]):
            found = widened(bands, rows[end + 1]) if _goes_between(bands, rows[end]) else None
        if found is None or len(found) < 2:
            break
        bands, end = found, end + 1
    while end - start > 1 and len(rows[end - 1].atoms) < 2:
        end -= 1
    return _Block(start, end, bands)


def _goes_between(bands: Sequence[Band], row: PrintedRow) -> bool:
    return fitted(bands, row) is not None and row.atoms[-1].x1 - row.atoms[0].x0 < 1.1 * (bands[-1].x1 - bands[0].x0)


def _read(rows: Sequence[PrintedRow], block: _Block) -> tuple[int, list[Cells]]:
    """The cells of a block and of the head above it, and the row with which they begin."""
    cells = [fitted(block.bands, row) or _unfit(block.bands, row) for row in rows[block.start : block.end]]
    start = block.start
    while start > max(0, block.start - _HEADS) and len(rows[start - 1].atoms) > 1 and follows(rows[start - 1], rows[start]):
        head = fitted(block.bands, rows[start - 1])
        if head is None or 2 * sum(cell is None or bool(cell) for cell in head) <= len(head):
            break
        cells.insert(0, head)
        start -= 1
    return start, cells


def _unfit(bands: Sequence[Band], row: PrintedRow) -> Cells:
    return [list(row.atoms), *(None for _ in bands[1:])]


def _trimmed(cells: Sequence[Cells]) -> slice:
    """Without rows of labels above and below (单位：元, 制表人：): they fill no column."""
    start, end = 0, len(cells)
    while end - start > 2 and _is_label(cells[start]):
        start += 1
    while end - start > 2 and _is_label(cells[end - 1]):
        end -= 1
    return slice(start, end)


def _is_label(row: Cells) -> bool:
    return any(mark in text_of(cell) for cell in row for mark in _LABELS) and not any(is_figure(text_of(cell)) for cell in row)


def _dense(cells: Sequence[Cells], count: int) -> list[Cells]:
    """The head and the rows that fill most columns: what stands between them belongs to cells of several lines."""
    filled = [row for row in cells if 2 * sum(bool(cell) for cell in row) >= count]
    return filled or list(cells)


def _edges(cells: Sequence[Cells], count: int) -> tuple[float, ...]:
    """Where the cells of each column are aligned: figures rather at the right edge, words at the left one."""
    found: list[float] = []
    for number in range(count):
        held = [cell for row in cells[1:] if (cell := row[number])]
        figures = 2 * sum(is_figure(text_of(cell)) for cell in held) > len(held)
        lefts, rights = [cell[0].x0 for cell in held], [cell[-1].x1 for cell in held]
        middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
        ways = [rights, lefts, middles] if figures else [lefts, rights, middles]
        aligned = min(ways, key=_spread)
        found.append(median(aligned) if held else 0.0)
    return tuple(found)


def _spread(places: list[float]) -> float:
    return (max(places) - min(places)) // SAME_EDGE if places else 0.0
