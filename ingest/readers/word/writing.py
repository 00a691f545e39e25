"""Blocks of a Word document to lines and tables: what is a table to the eye stays one, what only frames text becomes paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from archive.layout import Location
from ingest.readers.builder import CellText, TextBuilder
from ingest.readers.word.blocks import Block, Paragraph, TableCell, TableRow, WordTable

LONG_CELL = 200
"""Code points in one cell from which on its row is a frame around prose, as in forms (主要做法 | three pages), which rules for sentences
must see; a remark in a table of figures has a sentence or two."""


class Writer:
    """Writes blocks with their places. `notes` are those whose marks were passed, `apart` the lines of a table of contents."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._carried: list[tuple[str, Location]] = []
        self.notes: list[tuple[str, str]] = []
        self.apart: list[str] = []
        self.title: str | None = None

    def write(self, blocks: Iterable[Block], cell: str | None = None) -> None:
        """Add `blocks`, which stand in `cell` of a table or in none."""
        for block in blocks:
            if isinstance(block, WordTable):
                self._table(block)
            else:
                self._paragraph(block, cell)

    def finish(self) -> None:
        """Write what waits for a paragraph to continue it."""
        if self._carried:
            for text, location in self._carried:
                self._builder.piece(text, location)
            self._builder.newline()
            self._carried = []

    def _paragraph(self, paragraph: Paragraph, cell: str | None) -> None:
        location = Location(paragraph=paragraph.number, cell=cell)
        self.notes += paragraph.notes
        if paragraph.contents:
            self.apart += paragraph.lines
        elif paragraph.runs_on:
            self._carried += [(line, location) for line in paragraph.lines]
        elif paragraph.heading is not None and paragraph.lines and not self._carried:
            text = joined(paragraph.lines)
            self._builder.line(text, location, paragraph.heading)
            if paragraph.heading == 0:
                self.title = self.title or text
        else:
            self._lines(paragraph.lines, location)
        self.write(paragraph.boxes, cell)

    def _lines(self, lines: Sequence[str], location: Location) -> None:
        if self._carried and lines:
            self._carried.append((lines[0], location))
            self.finish()
            lines = lines[1:]
        elif not lines and location.cell is None and not self._carried:
            self._builder.newline()
        for line in lines:
            self._builder.line(line, location)

    def _table(self, table: WordTable) -> None:
        self.finish()
        framed = max((len(row.cells) for row in table.rows), default=0) <= 1
        for prose, group in groupby(enumerate(table.rows), key=lambda numbered: framed or _is_prose(numbered[1])):
            rows = list(group)
            if prose:
                for index, row in rows:
                    for cell in row.cells:
                        if not cell.continues:
                            self.write(cell.blocks, _address(table, index, cell))
                            self.finish()
            else:
                self._grid(table, rows)

    def _grid(self, table: WordTable, rows: list[tuple[int, TableRow]]) -> None:
        last = rows[-1][0]
        grid: list[list[CellText | None]] = []
        for index, row in rows:
            columns: list[CellText | None] = []
            for cell in row.cells:
                columns += [CellText("")] * (cell.column - len(columns))
                above = cell.continues and index > rows[0][0]
                text = "" if cell.continues else self._cell_text(cell.blocks)
                place = Location(paragraph=_first_number(cell.blocks), cell=_address(table, index, cell))
                found = CellText(text, place, min(cell.rows, last - index + 1), cell.columns, row.head)
                columns += [None if above else found, *[None] * (cell.columns - 1)]
            grid.append(columns)
        if any(cell is not None and cell.text for columns in grid for cell in columns):
            self._builder.table(grid, f"表{table.number}")

    def _cell_text(self, blocks: Iterable[Block]) -> str:
        words = ""
        for paragraph in paragraphs_of(blocks):
            self.notes += paragraph.notes
            words += " ".join(paragraph.lines) + ("" if paragraph.runs_on else " ")
        return words.strip()


def joined(lines: Sequence[str]) -> str:
    """A heading that was broken by hand, on one line."""
    text = ""
    for line in lines:
        text += (" " if text and text[-1].isascii() and line[0].isascii() else "") + line
    return text


def paragraphs_of(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """All paragraphs of `blocks`, those of text boxes and nested tables too."""
    for block in blocks:
        if isinstance(block, WordTable):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
        else:
            yield block
            yield from paragraphs_of(block.boxes)


def _is_prose(row: TableRow) -> bool:
    return any(any(isinstance(block, WordTable) for block in cell.blocks) or _length(cell) >= LONG_CELL for cell in row.cells)


def _length(cell: TableCell) -> int:
    return sum(len(line) for paragraph in paragraphs_of(cell.blocks) for line in paragraph.lines)


def _first_number(blocks: Iterable[Block]) -> int | None:
    return next((paragraph.number for paragraph in paragraphs_of(blocks)), None)


def _address(table: WordTable, row: int, cell: TableCell) -> str:
    return f"表{table.number}!{_letters(cell.column)}{row + 1}"


def _letters(column: int) -> str:
    """A column (from 0) in A1 notation."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
