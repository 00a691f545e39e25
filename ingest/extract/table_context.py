"""What stands above a table: its titles, their period, and of a table that goes on on another page what stood above its beginning."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from archive.layout import Table
from archive.records import Document, PlaceRole
from ingest.extract.document_period import heading_period, this_year_of
from ingest.extract.numerals import fold
from ingest.extract.table_grid import Grid
from ingest.extract.table_records import Context

_LINES_ABOVE = 3
_LONGEST_LINE = 60


def contexts_of(doc: Document, grids: Sequence[tuple[Table, Grid]]) -> Iterator[tuple[Table, Grid, Context]]:
    """The tables with what stands above them. One that goes on right behind another has the titles and the heads of that."""
    last: tuple[Table, Grid, Context] | None = None
    for table, grid in grids:
        whole = None
        if last is not None and last[0].name == table.name and not doc.text[last[0].span.end : table.span.start].strip():
            whole = _continued(last[1], grid)
        last = (table, whole, last[2]) if last is not None and whole is not None else (table, grid, _context(doc, table, grid))
        yield last


def _continued(before: Grid, grid: Grid) -> Grid | None:
    """The grid with the heads of the table before it, where it has the same; None where it has others.

    Of two heads one may begin with what a footer printed over it.
    """
    rows = range(before.head, before.data)
    if grid.titles or grid.width != before.width or grid.data - grid.head != len(rows) or not rows:
        return None
    pairs = [(before.text(row, column), grid.text(grid.head + row - before.head, column)) for row in rows for column in range(grid.width)]
    alike = sum(head == other for head, other in pairs)
    if any(not other.endswith(head) or (other and not head) for head, other in pairs) or 2 * alike <= len(pairs):
        return None
    if alike == len(pairs):
        return grid
    places = list(grid.places)
    for row in rows:
        at = grid.head + row - before.head
        places[at] = tuple(place and place._replace(text=before.text(row, column)) for column, place in enumerate(places[at]))
    return grid._replace(places=tuple(places))


def _context(doc: Document, table: Table, grid: Grid) -> Context:
    """The titles of a table, its own first, then the lines above it, then the title of the document where nothing else stands between."""
    titles = [*grid.titles, *titles_above(doc, table)]
    this_year = this_year_of(doc)
    for title in titles:
        stated = heading_period(fold(title), this_year)
        if stated and stated.normal:
            year = int(stated.normal[:4]) if stated.normal[:4].isdigit() else this_year
            return Context(tuple(titles), stated.normal, stated.text, False, year, _places_of(doc))
    if doc.tables[0].name != table.name:  # what dates a workbook stands in its first sheet
        return Context(tuple(titles), this_year=this_year, places=_places_of(doc))
    year = int(doc.period[:4]) if doc.period and doc.period[:4].isdigit() else this_year
    return Context(tuple(titles), doc.period, doc.period_text, doc.period is not None, year, _places_of(doc))


def titles_above(doc: Document, table: Table) -> tuple[str, ...]:
    """The lines above a table, the nearest first, and the title of its document where nothing else stands between."""
    lines, reaches_top = lines_above(doc, table)
    return (*lines, *([doc.title] if reaches_top and doc.title else []))


def _places_of(doc: Document) -> tuple[str, ...]:
    return tuple(place.name for place in doc.places if place.role is PlaceRole.PRIMARY)


def lines_above(doc: Document, table: Table) -> tuple[list[str], bool]:
    """The short lines right above a table, the nearest first, and whether the text begins with them."""
    before = bisect_left(doc.tables, table.span.start, key=lambda other: other.span.start)
    start = doc.tables[before - 1].span.end if before else 0
    above = doc.text[max(start, table.span.start - 400) : table.span.start].rstrip("\n").split("\n")
    found: list[str] = []
    for line in reversed(above):
        if len(found) == _LINES_ABOVE or len(line) > _LONGEST_LINE or re.search(r"[。；]", line):
            return found, False
        if line.strip():
            found.append(line.strip())
    return found, table.span.start <= 400 and start == 0
