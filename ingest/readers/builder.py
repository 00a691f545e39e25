"""Text while a reader puts it together, with the place in the file that each piece comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.layout import Cell, Fragment, Heading, Layout, Location, Table
from archive.text import Span

CELL_END = "\t"
"""Stands behind each cell of a row; a line that ends with it is a row (`ingest.cleaning.lines`)."""

_NOWHERE = Location()
_ONE_LINE = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


class CellText(NamedTuple):
    """A cell to add: its text on one line, where it stands, what it spans, and whether the file calls it a head cell."""

    text: str
    location: Location = _NOWHERE
    rows: int = 1
    columns: int = 1
    head: bool = False


class Built(NamedTuple):
    """What became of it: the fields of RawText of the same names."""

    text: str
    layout: Layout
    tables: tuple[Table, ...]
    headings: tuple[Heading, ...]


class TextBuilder:
    """Collects lines and tables in reading order. Empty lines are not added unless asked for."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self._layout: list[Fragment] = []
        self._tables: list[Table] = []
        self._headings: list[Heading] = []

    @property
    def at(self) -> int:
        """The offset at which the next piece will begin."""
        return self._at

    def piece(self, text: str, location: Location = _NOWHERE) -> Span:
        """Add a piece of a line, where it stands; `newline` ends the line. Tabs and line breaks in it become spaces."""
        if not text.isprintable():  # what breaks a line is not printable, and most texts are
            text = text.translate(_ONE_LINE)
        start = self._at
        if text and location is not _NOWHERE and location != _NOWHERE:
            self._layout.append(Fragment(start, len(text), location))
        self._parts.append(text)
        self._at = end = start + len(text)
        return Span(start, end)

    def newline(self, count: int = 1) -> None:
        """End the line; more than one leave blank lines, which part articles (`ingest.splitting.GAP`)."""
        self._put("\n" * count)

    def line(self, text: str, location: Location = Location(), heading: int | None = None) -> Span:
        """Add a whole line, one paragraph without line breaks in it. `heading` is its level where the file marks it as one."""
        span = self.piece(text, location)
        if heading is not None and text.strip():
            self.heading(span, heading)
        self.newline()
        return span

    def heading(self, span: Span, level: int) -> None:
        """Say that a line put together from pieces, which covers `span`, is a heading."""
        self._headings.append(Heading(span, level))

    def table(self, rows: Sequence[Sequence[CellText | None]], name: str | None = None) -> None:
        """Add a table, one line a row. None stands where a merged cell above or on the left covers the place."""
        start = at = self._at
        cells: list[Cell] = []
        put, place = self._parts.append, self._layout.append
        for row, columns in enumerate(rows):
            for column, cell in enumerate(columns):
                if cell is not None:
                    words, location, down, across, head = cell
                    text = " ".join(words.split())
                    end = at + len(text)
                    if text:
                        put(text)
                        if location is not _NOWHERE and location != _NOWHERE:
                            place(Fragment(at, end - at, location))
                    cells.append(Cell(row, column, Span(at, end), down, across, head))
                    at = end
                put(CELL_END)
                at += 1
            put("\n")
            at += 1
        self._at = at
        if cells:
            self._tables.append(Table(Span(start, at), tuple(cells), name))

    def built(self) -> Built:
        """All that was added."""
        return Built("".join(self._parts), tuple(self._layout), tuple(self._tables), tuple(self._headings))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)
