"""Tables of printed pages into the text: what their cells span, the text of a cell, and tables that go on over a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from archive.layout import Location
from ingest.readers.builder import CellText, TextBuilder
from ingest.readers.printed_page import PrintedLine, PrintedPage, PrintedTable, around, turned_back
from ingest.readers.printed_text import joint

SAME_EDGE = 3.0
"""Points within which the columns of two parts of a table have the same left edge."""

_PADDING = 12.0
"""Points that a full line leaves on its two sides together; Word's cells have 5.4 on each."""
_NUMBER_END, _NUMBER_START = re.compile(r"[\d,.]*\d[,.]?$"), re.compile(r"[,.]?\d[\d,.]*|[%‰]")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%‰]?")


def add_table(builder: TextBuilder, parts: Sequence[tuple[PrintedPage, PrintedTable]]) -> None:
    """Add one table of one or more `parts`, each from its page; heads that later parts repeat are left out."""
    rows: list[list[CellText | None]] = []
    for number, (page, table) in enumerate(parts):
        repeated = repeated_rows(parts[0][1], table) if number else 0
        for row, cells in enumerate(table.rows[repeated:], repeated):
            rows.append([_cell(page, table, row, column) for column in range(len(cells))])
    builder.table(rows)


def goes_on(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether `below`, the first thing on its page, continues `above`, the last on the page before: the columns agree."""
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    return not (above.columns and below.columns) or all(
        abs(one - other) <= SAME_EDGE for one, other in zip(above.columns, below.columns, strict=True)
    )


def repeated_rows(first: PrintedTable, part: PrintedTable) -> int:
    """How many rows at the top of `part` repeat those at the top of `first`: its head."""
    count = 0
    for one, other in zip(first.rows, part.rows, strict=False):
        if _texts(one) != _texts(other) or not any(_texts(one)):
            break
        count += 1
    return count if count < len(part.rows) else 0


def _texts(row: Sequence[tuple[PrintedLine, ...] | None]) -> list[str]:
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
