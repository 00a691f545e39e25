"""Wide sheets printed over several pages: the columns of one page stand on the right of those of the page before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from ingest.readers.printed_cells import PrintedRow, joined, rows_of
from ingest.readers.printed_kinds import is_figure
from ingest.readers.printed_page import PrintedPage, PrintedTable, around
from ingest.readers.printed_paragraphs import Chunk
from ingest.readers.printed_tables import Beside, figure_columns, headed, repeated_rows, texts_of

_LEAST_ROWS = 3
_LEVEL = 0.3
"""How far rows that go on from one sheet of paper to the next may lie apart, in sizes of the text: LibreOffice moves them by 0.6 points."""
_NARROW = 2
"""Columns of a last page, which by themselves make no table without lines."""

_Place: TypeAlias = tuple[float, float, float] | None


def with_narrow_ends(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages; where one holds only a column or two whose rows are those of the table on the page before, these are a table."""
    found: list[PrintedPage] = []
    for page in pages:
        above = found[-1].tables[-1] if found and found[-1].tables else None
        found.append(page if page.tables or above is None or page.turned or page.slant else _with_end(page, above))
    return found


def _with_end(page: PrintedPage, above: PrintedTable) -> PrintedPage:
    places = [place for number in range(len(above.rows)) if (place := _place(above, number))]
    if len(places) < max(_LEAST_ROWS, len(above.rows)):
        return page
    rows = rows_of(page.lines)
    inside = [row for row in rows if row.bottom > places[0][0] and row.top < places[-1][1]]
    counts = {len(row.atoms) for row in inside}
    if len(inside) != len(places) or len(counts) != 1 or max(counts) > _NARROW:
        return page
    if not all(_level((row.top, row.bottom, row.size), place) for row, place in zip(inside, places, strict=True)):
        return page
    table = _table_of(inside)
    labels = [texts_of(row)[0] for row in above.rows]
    own = [texts_of(row)[0] for row in table.rows]
    if not headed(table) or not all(is_figure(text) for row in table.rows[1:] for text in texts_of(row)[int(own == labels) :]):
        return page
    taken = {id(line) for row in inside for line in row.lines}
    return page._replace(lines=tuple(line for line in page.lines if id(line) not in taken), tables=(table,))


def _table_of(rows: Sequence[PrintedRow]) -> PrintedTable:
    cells = tuple(tuple((joined([atom])._replace(alone=False),) for atom in row.atoms) for row in rows)
    return PrintedTable(around([line.box for row in rows for line in row.lines]), cells)


def side_by_side(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, with the tables whose rows go on in the next one set beside it.

    They do where both have heads and either the same words at the left of each row, or all rows on one level and no words at the left of
    the second. A table of figures alone that goes on in no such way says nothing: its rows are read as text (`Chunk.unsure`).
    """
    found: list[Chunk] = []
    for chunk in chunks:
        above = found[-1] if found and found[-1].table and not found[-1].unsure else None
        if above is None or not chunk.table or not headed(chunk.table[0][1]) or not _next_page(above, chunk):
            found.append(chunk)
            continue
        shared = _shared(above, chunk)
        if shared is not None:
            above.beside.append(Beside(tuple(chunk.table), shared))
            continue
        chunk.unsure = headed(above.table[0][1]) and _figures_alone(chunk) and not _figures_alone(above)
        found.append(chunk)
    return found


def _next_page(above: Chunk, below: Chunk) -> bool:
    last = above.beside[-1].parts if above.beside else above.table
    return last[-1][0].number + 1 == below.table[0][0].number


def _figures_alone(chunk: Chunk) -> bool:
    table = chunk.table[0][1]
    return len(figure_columns(table)) == len(table.rows[0]) and not _counted([texts_of(row)[0] for row in table.rows[1:]])


def _counted(texts: Sequence[str]) -> bool:
    """Whether a column names its rows by years or numbers that follow each other."""
    if len(texts) < _NARROW or not all(text.isdecimal() for text in texts):
        return False
    return {int(below) - int(above) for above, below in pairwise(texts)} in ({1}, {-1})


def _shared(above: Chunk, below: Chunk) -> int | None:
    """How many columns at the left of `below` repeat those of `above`; None where the one does not go on beside the other."""
    one, other = _rows(above), _rows(below)
    if len(one) != len(other) or len(one) < _LEAST_ROWS or not headed(above.table[0][1]):
        return None
    figures = figure_columns(above.table[0][1])
    count = 0
    for left, right in zip(zip(*(texts for texts, _ in one), strict=True), zip(*(texts for texts, _ in other), strict=True), strict=False):
        if left != right or not left[0]:
            break
        count += 1
    if any(number not in figures for number in range(count)):
        return count if count < len(other[0][0]) else None
    level = all(_level(place, beside) for (_, place), (_, beside) in zip(one, other, strict=True))
    return 0 if level and 0 not in figures and _figures_alone(below) else None


def _rows(chunk: Chunk) -> list[tuple[list[str], _Place]]:
    found = []
    for number, (_, table) in enumerate(chunk.table):
        repeated = repeated_rows(chunk.table[0][1], table) if number else 0
        found += [(texts_of(table.rows[row]), _place(table, row)) for row in range(repeated, len(table.rows))]
    return found


def _place(table: PrintedTable, row: int) -> _Place:
    """Top, bottom and size of what stands in a row."""
    lines = [line for cell in table.rows[row] if cell for line in cell]
    if not lines:
        return None
    return min(line.box.top for line in lines), max(line.box.bottom for line in lines), min(line.size for line in lines)


def _level(one: _Place, other: _Place) -> bool:
    if one is None or other is None:
        return one is other
    within = _LEVEL * min(one[2], other[2])
    return abs(one[0] - other[0]) <= within or abs(one[1] - other[1]) <= within
