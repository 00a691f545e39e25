"""Tables without lines: rows of short cells that stand below each other in the same columns, most of them figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.layout import Box
from ingest.readers.printed_page import PrintedLine, PrintedPage, PrintedTable, around

_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_MOST_COLUMNS = 60
_LONGEST = 18
"""Characters of a cell; lines of a newspaper's column, which stand side by side too, are not all so short."""
_APART = 1.0
"""Space between two cells in sizes of the text: two sizes of white space do not stand within a line of prose."""
_FAR = 2.5
"""From one row to the next, in sizes of the text."""
_FIGURE = re.compile(r"[-+(（]?\d[\d,.，]*\s?[%％‰)）]?|[-—–/…]{1,2}")
_SHARE = 0.6


def with_unruled(page: PrintedPage) -> PrintedPage:
    """The page with its tables without lines as tables; a page that was recognised in a picture stays as it is."""
    if not page.lines or page.turned or page.slant or any(piece.confidence is not None for piece in page.lines[0].pieces):
        return page
    tables: list[PrintedTable] = []
    used: set[int] = set()
    for rows in _runs(page.lines):
        table = _table(rows)
        if table is not None:
            tables.append(table)
            used |= {id(line) for row in rows for line in row}
    if not tables:
        return page
    return page._replace(lines=tuple(line for line in page.lines if id(line) not in used), tables=(*page.tables, *tables))


def _runs(lines: Sequence[PrintedLine]) -> Iterator[list[list[PrintedLine]]]:
    """Rows of several lines side by side that follow each other with nothing between them."""
    run: list[list[PrintedLine]] = []
    for row in _rows(lines):
        partly = bool(run) and any(_FIGURE.fullmatch(line.text.strip()) for line in row[1:])
        if not (partly or len(row) >= _LEAST_COLUMNS) or (run and row[0].box.top - run[-1][0].box.bottom > _FAR * row[0].size):
            yield run
            run = []
        if partly or len(row) >= _LEAST_COLUMNS:
            run.append(row)
    yield run


def _rows(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    found: list[list[PrintedLine]] = []
    middle = 0.0
    for line in sorted((line for line in lines if line.text.strip()), key=lambda line: line.box.top + line.box.bottom):
        at = (line.box.top + line.box.bottom) / 2
        if found and at - middle < 0.4 * line.size:
            found[-1].append(line)
        else:
            found.append([line])
            middle = at
    return [sorted(row, key=lambda line: line.box.x0) for row in found]


def _table(rows: Sequence[Sequence[PrintedLine]]) -> PrintedTable | None:
    """The table that `rows` are; None where its cells are long, overlap, or are no figures but for the first column and the first row."""
    lines = [line for row in rows for line in row]
    if len(rows) < _LEAST_ROWS or any(len(line.text.strip()) > _LONGEST for line in lines):
        return None
    columns = _columns(rows, lines)
    if not _LEAST_COLUMNS <= len(columns) <= _MOST_COLUMNS:
        return None
    inner = [line.text.strip() for row in rows[1:] for line in row[1:]]
    if sum(_FIGURE.fullmatch(text) is not None for text in inner) < _SHARE * len(inner):
        return None
    cells: list[tuple[tuple[PrintedLine, ...] | None, ...]] = []
    for row in rows:
        held = [tuple(line for line in row if left <= line.box.x0 and line.box.x1 <= right) for left, right in columns]
        if any(len(one) > 1 for one in held):
            return None
        cells.append(tuple(held))
    edges = tuple(left for left, _ in columns)
    return PrintedTable(_around(lines), tuple(cells), edges)


def _columns(rows: Sequence[Sequence[PrintedLine]], lines: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """The columns from left to right: stretches across the page that lines cover, with white space between them in every row."""
    apart = _APART * max(line.size for line in lines)
    for row in rows:
        if any(other.box.x0 - one.box.x1 < apart for one, other in pairwise(row)):
            return []
    found: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        if found and line.box.x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], line.box.x1))
        else:
            found.append((line.box.x0, line.box.x1))
    return found


def _around(lines: Sequence[PrintedLine]) -> Box:
    return around([line.box for line in lines])
