"""Tables of printed pages into the text: what their cells span, the text of a cell, and tables that go on over a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple, TypeAlias

from archive.layout import Location
from ingest.readers.builder import CellText, TextBuilder
from ingest.readers.printed_kinds import is_figure
from ingest.readers.printed_page import PrintedLine, PrintedPage, PrintedTable, around, turned_back
from ingest.readers.printed_text import joint

SAME_EDGE = 3.0
"""Points within which the columns of two parts of a table have the same left edge."""

_PADDING = 12.0
"""Points that a full line leaves on its two sides together; Word's cells have 5.4 on each."""
_NUMBER_END, _NUMBER_START = re.compile(r"[\d,.]*\d[,.]?$"), re.compile(r"[,.]?\d[\d,.]*|[%‰]")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%‰]?")


_MOSTLY = 0.5
"""Of the cells below the first row that are figures in a column of figures: a second row of heads may stand above a single one."""
_VALUE = re.compile(r"[约近超]?[-+]?\d[\d,.]*\s*[万亿千百]*[^\d年月日季]{0,2}|[-—–/…*]*|暂?无|未.{0,3}|缺.?|不详")
"""What stands in the place of a figure, and is no head."""
_YEAR = re.compile(r"(?:19|20)\d\d")

Parts: TypeAlias = Sequence[tuple[PrintedPage, PrintedTable]]
"""One table, each part on a page of its own."""


class Beside(NamedTuple):
    """The `parts` that go on beside a table, row by row; their first `shared` columns repeat its own."""

    parts: Parts
    shared: int


def add_table(builder: TextBuilder, parts: Parts, beside: Sequence[Beside] = ()) -> None:
    """Add one table of one or more `parts`, each from its page; heads that later parts repeat are left out."""
    rows = _cells(parts)
    for more in beside:
        for row, cells in zip(rows, _cells(more.parts), strict=True):
            row.extend(cells[more.shared :])
    builder.table(rows)


def _cells(parts: Parts) -> list[list[CellText | None]]:
    rows: list[list[CellText | None]] = []
    for number, (page, table) in enumerate(parts):
        repeated = repeated_rows(parts[0][1], table) if number else 0
        for row, cells in enumerate(table.rows[repeated:], repeated):
            rows.append([_cell(page, table, row, column) for column in range(len(cells))])
    return rows


def goes_on(parts: Parts, below: PrintedTable) -> bool:
    """Whether `below`, the first thing on its page, continues the table that ended the page before: its columns agree, and it has no head
    or repeats that of the table."""
    above = parts[-1][1]
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    if headed(below) and not repeated_rows(parts[0][1], below):
        return False
    return not (above.columns and below.columns) or all(
        abs(one - other) <= SAME_EDGE for one, other in zip(above.columns, below.columns, strict=True)
    )


def headed(table: PrintedTable) -> bool:
    """Whether the first row is a head: words of which each differs, above columns of figures."""
    figures = figure_columns(table)
    row = texts_of(table.rows[0])
    heads = [row[column] for column in figures if table.rows[0][column] is not None]
    if len(heads) > 2 and all(map(_YEAR.fullmatch, heads)):
        return len({int(above) - int(head) for above, head in pairwise(heads)}) == 1 and heads[0] != heads[1]
    return bool(heads) and len(set(heads)) == len(heads) and not any(map(_VALUE.fullmatch, heads))


def figure_columns(table: PrintedTable) -> list[int]:
    """The columns that hold figures below the first row."""
    columns = zip(*map(texts_of, table.rows[1:]), strict=True)
    held = [[text for text in column if text] for column in columns]
    return [number for number, texts in enumerate(held) if texts and sum(map(is_figure, texts)) >= _MOSTLY * len(texts)]


def repeated_rows(first: PrintedTable, part: PrintedTable) -> int:
    """How many rows at the top of `part` repeat those at the top of `first`: its head."""
    count = 0
    for one, other in zip(first.rows, part.rows, strict=False):
        if texts_of(one) != texts_of(other) or not any(texts_of(one)):
            break
        count += 1
    return count if count < len(part.rows) else 0


def texts_of(row: Sequence[tuple[PrintedLine, ...] | None]) -> list[str]:
    """The text of each cell of a row, empty where a merged one covers the place."""
    return ["".join(line.text for line in cell) if cell else "" for cell in row]


def _cell(page: PrintedPage, table: PrintedTable, row: int, column: int) -> CellText | None:
    lines = table.rows[row][column]
    if lines is None:
        return None
    rows, columns = _spanned(table, row, column)
    if not lines:
        return CellText("", rows=rows, columns=columns)
    sure = [piece.confidence for line in lines for piece in line.pieces if piece.confidence is not None]
    box = turned_back(around([line.box for line in lines]), page)
    return CellText(
        _text(lines, _width(table, column, columns)), Location(page=page.number, box=box, confidence=min(sure, default=None)), rows, columns
    )


def _width(table: PrintedTable, column: int, columns: int) -> float:
    """How wide a cell is, in points; infinite where the edges of the columns are not known."""
    edges = (*table.columns, table.box.x1)
    return edges[min(column + columns, len(edges) - 1)] - edges[column] if table.columns else inf


def _spanned(table: PrintedTable, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns a cell covers: the empty places on its right, and then those below all of them."""
    right = column + 1
    while right < len(table.rows[row]) and table.rows[row][right] is None and not _covered(table, row, right):
        right += 1
    below = row + 1
    while below < len(table.rows) and all(cell is None for cell in table.rows[below][column:right]):
        below += 1
    return below - row, right - column


def _covered(table: PrintedTable, row: int, column: int) -> bool:
    """Whether an empty place lies below a cell of the same column, so that it belongs to that one."""
    above = next((table.rows[up][column] for up in range(row - 1, -1, -1) if table.rows[up][column] is not None), None)
    return above is not None and row > 0


def _text(lines: Sequence[PrintedLine], width: float) -> str:
    """The text of a cell of `width` points: lines that reach its edge are joined, shorter ones are parted by a space."""
    right = max(line.box.x1 for line in lines)
    text = lines[0].text.strip()
    for above, line in pairwise(lines):
        below = line.text.strip()
        if _one_number(above.text.strip(), below, width - (above.box.x1 - above.box.x0) <= _PADDING + 0.6 * above.size):
            between = ""
        else:
            between = " " if right - above.box.x1 > 1.5 * above.size else joint(text, below)
        text = text + between + below
    return text


def _one_number(above: str, below: str, full: bool) -> bool:
    """Whether a number was broken between two lines: at its marks, within a group of three, or where its line is `full`."""
    head, tail = _NUMBER_END.search(above), _NUMBER_START.match(below)
    if head is None or tail is None:
        return False
    one, other = head.group(), tail.group()
    if not other[0].isdigit():
        return bool(_NUMBER.fullmatch(one + other)) or other[0] in "%‰"
    if "," in one or not one[-1].isdigit():
        return bool(_NUMBER.fullmatch(one + other)) and not _NUMBER.fullmatch(one)
    return full and one == above and len(other) < len(one)
