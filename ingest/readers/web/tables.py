"""Tables of a page: told from those that only arrange it, and laid out as rows and columns with their merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from ingest.readers.web.elements import is_unshown, string_of
from ingest.readers.web.templates import is_body

MAX_PLACES = 200_000
"""Rows times columns: ten times the largest sheet that a county publishes as a page. A table beyond it is read as lines."""

_MAX_SPAN = 1_000
_MOST_ABOVE, _SHORTEST, _LONGEST = 3, 4, 60
_NO_TITLE = re.compile(r"^附[件表]\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?$|单位\s*[:：]|^[^\u4e00-\u9fff]+$|[。；!?！？]$")
"""What stands across a table, too, and is not its name."""
_WHOLE_PAGE = 0.6  # share of a table's characters in one cell of many lines: the cell is the page, the table arranges it
_LINES_OF_A_PAGE = 4
_PARTS_OF_A_PAGE = frozenset(("h1", "h2", "form", "article", "nav", "footer", "header"))


class GridCell(NamedTuple):
    """A cell: its text, what it spans, and whether the mark-up calls it a head."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


class Grid(NamedTuple):
    """The rows of a table, all of one length. None stands where a merged cell above or on the left covers the place."""

    rows: tuple[tuple[GridCell | None, ...], ...]


def is_data(table: etree._Element) -> bool:
    """Whether a table is one for its reader: two rows and two columns at least, no table and no page in its cells."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    if sum(bool(row) for row in rows) < 2 or max(map(len, rows), default=0) < 2:
        return False
    return not any(_is_page(element) for element in table.iterdescendants(tag=etree.Element)) and not _arranges(rows)


def _is_page(element: etree._Element) -> bool:
    return element.tag in _PARTS_OF_A_PAGE or is_body(element)


def _arranges(rows: list[list[etree._Element]]) -> bool:
    cells = [cell for row in rows for cell in row]
    sizes = [len(string_of(cell)) for cell in cells]
    largest = max(range(len(cells)), key=sizes.__getitem__)
    lines = sum(1 for _ in cells[largest].iterdescendants("p", "br", "div", "li"))
    return lines >= _LINES_OF_A_PAGE and sizes[largest] > _WHOLE_PAGE * sum(sizes)


class TooLarge(Exception):
    """A table has more places than MAX_PLACES."""


def to_grid(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Grid | None:
    """The rows and columns of a table; None when all of them are empty. Raises TooLarge."""
    rows = [(row, cells) for row in _rows(table) if (cells := list(_cells(row)))]
    places: list[dict[int, GridCell | None]] = [{} for _ in rows]
    taken = 0
    for number, (row, cells) in enumerate(rows):
        column = 0
        for cell in cells:
            while column in places[number]:
                column += 1
            columns = _span(cell.get("colspan"), _MAX_SPAN)
            deep = min(_span(cell.get("rowspan"), len(rows)), len(rows) - number)
            taken += columns * deep
            if taken > MAX_PLACES:
                raise TooLarge
            for covered in range(deep):
                places[number + covered].update((column + across, None) for across in range(columns))
            parent = row.getparent()
            head = cell.tag == "th" or (parent is not None and parent.tag == "thead")
            places[number][column] = GridCell(text_of(cell), deep, columns, head)
            column += columns
    width = max((max(line) + 1 for line in places), default=0)
    if width * len(rows) > MAX_PLACES:
        raise TooLarge
    if not any(cell and cell.text for line in places for cell in line.values()):
        return None
    return Grid(tuple(tuple(line.get(column, GridCell("")) for column in range(width)) for line in places))


def title_in(grid: Grid) -> str | None:
    """The first cell that stands across a table, above its head, and names it: no number of an annex, no unit, no sentence."""
    for row in grid.rows[:_MOST_ABOVE]:
        told = [cell for cell in row if cell is not None and cell.text]
        if len(told) != 1 or told[0].columns < len(row):
            return None
        text = " ".join(told[0].text.split())
        if _SHORTEST <= len(text) <= _LONGEST and not _NO_TITLE.search(text):
            return text
    return None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    if not is_unshown(row):
        yield from row.iterchildren("td", "th")


def _span(text: str | None, most: int) -> int:
    if text is None or not text.strip().isdecimal():
        return 1
    count = int(text.strip()[:6])
    return max(1, min(count, most)) if count else most  # 0 spans all rows that follow
