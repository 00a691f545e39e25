"""The blocks of a Word document: paragraphs with their numbers and levels, tables with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from archive.errors import UnreadableFile
from ingest.readers.office_xml import Element
from ingest.readers.word.inline import Inline, Seen
from ingest.readers.word.names import ALTERNATE, alternative, number, switch, value, w
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.styles import Styles, heading_level, number_ref

MAX_PARAGRAPHS = 200_000
"""Of one document, those in cells too; each takes 80 µs. Ten million characters in paragraphs of 50 are as many."""

_TOO_MANY = "it has more than {:,} paragraphs, the limit; split it"

MAX_COLUMNS = 63
"""That Word lets one cell span."""

_STARTS = (b"<w:p>", b"<w:p ", b"<w:p/")
_TAGS_FOR_ONE = 2  # start tags that a paragraph may have: one in a text box stands there once more for programs that know no text boxes

_THROUGH = (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"))


def check_count(data: bytes) -> None:
    """Raise UnreadableFile when a part has far more paragraphs than are read, before any is: a million take 10 KB in their file."""
    if sum(map(data.count, _STARTS)) > MAX_PARAGRAPHS * _TAGS_FOR_ONE:
        raise UnreadableFile(_TOO_MANY.format(MAX_PARAGRAPHS))


@dataclass(slots=True)
class Paragraph:
    """A paragraph. `number` is its place among those of the body, or of the one that its text box hangs on; None for a note's.

    `lines` are more than one where it has line breaks. `heading` is its level (0: the title of the whole). `runs_on` is set where its end
    is deleted, so that the next one continues it. `contents` marks a line of a table of contents.
    """

    number: int | None
    lines: list[str]
    heading: int | None = None
    contents: bool = False
    runs_on: bool = False
    boxes: list[Block] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class TableCell:
    """A cell: the column where it begins (from 0), what it spans, and whether it only continues the one above it."""

    column: int
    blocks: list[Block]
    columns: int = 1
    continues: bool = False
    rows: int = 1


@dataclass(slots=True)
class TableRow:
    """A row; `head` where the document repeats it on every page."""

    cells: list[TableCell]
    head: bool


@dataclass(slots=True)
class WordTable:
    """A table and its place among the tables of the document, from 1."""

    number: int
    rows: list[TableRow]


Block: TypeAlias = Paragraph | WordTable


class Blocks:
    """Reads blocks in the order of the document: numbers, fields and paragraphs are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering, seen: Seen) -> None:
        self._styles = styles
        self._numbering = numbering
        self._seen = seen
        self._inline = Inline(styles, seen)
        self._paragraphs = 0
        self._tables = 0

    def of(self, element: Element) -> Iterator[Block]:
        """The blocks that an element right below the body is, or holds."""
        return self._of(element, counted=True, number=None)

    def below(self, parent: Element) -> Iterator[Block]:
        """The blocks of a story beside the body (a note, a header): its paragraphs have no numbers."""
        return self._below(parent, counted=False, number=None)

    def _below(self, parent: Element, *, counted: bool, number: int | None) -> Iterator[Block]:
        for child in parent:
            yield from self._of(child, counted=counted, number=number)

    def _of(self, element: Element, *, counted: bool, number: int | None) -> Iterator[Block]:
        if element.tag == w("p"):
            yield self._paragraph(element, counted=counted, number=number)
        elif element.tag == w("tbl"):
            yield self._table(element, counted=counted, number=number)
        elif element.tag in _THROUGH:
            yield from self._below(element, counted=counted, number=number)
        elif element.tag == ALTERNATE:
            chosen = alternative(element)
            yield from self._below(chosen, counted=counted, number=number) if chosen is not None else ()
        elif element.tag in (w("altChunk"), w("subDoc")):
            self._seen.foreign_parts += 1

    def _paragraph(self, element: Element, *, counted: bool, number: int | None) -> Paragraph:
        if counted:
            self._paragraphs += 1
            number = self._paragraphs
            if number > MAX_PARAGRAPHS:
                raise UnreadableFile(_TOO_MANY.format(MAX_PARAGRAPHS))
        words = self._inline.read(element)
        properties = element.find(w("pPr"))
        style_id = value(properties, "pStyle")
        style = self._styles[style_id]
        label = "" if words.mark_deleted else self._numbering.label(number_ref(properties, style.number), style_id)
        found = Paragraph(
            number,
            _labelled(label, words.lines),
            heading=0 if style.title else heading_level(properties, style.heading),
            contents=words.contents,
            runs_on=words.mark_deleted,
            notes=words.notes,
        )
        for box in words.boxes:
            found.boxes += self._below(box, counted=False, number=number)
        return found

    def _table(self, element: Element, *, counted: bool, number: int | None) -> WordTable:
        self._tables += 1
        table = WordTable(self._tables, [])
        heads = True
        for row in _within(element, w("tr")):
            properties = row.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                self._seen.changes = True
                continue
            heads = heads and bool(switch(properties, "tblHeader"))
            table.rows.append(TableRow(self._cells(row, properties, counted=counted, number=number), heads))
        _merge_down(table.rows)
        return table

    def _cells(self, row: Element, properties: Element | None, *, counted: bool, number: int | None) -> list[TableCell]:
        column = _span(properties, "gridBefore", least=0)
        cells: list[TableCell] = []
        for element in _within(row, w("tc")):
            cell = element.find(w("tcPr"))
            merge = cell.find(w("vMerge")) if cell is not None else None
            continues = merge is not None and merge.get(w("val"), "continue") == "continue"
            blocks = list(self._below(element, counted=counted, number=number))
            cells.append(TableCell(column, blocks, _span(cell, "gridSpan"), continues))
            column += cells[-1].columns
        return cells


def _labelled(label: str, lines: list[str]) -> list[str]:
    said = [line for line in lines if line]
    return [label + said[0], *said[1:]] if said else []


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _within(child, tag)


def _span(properties: Element | None, name: str, least: int = 1) -> int:
    said = number(properties, name)
    return least if said is None else min(max(said, least), MAX_COLUMNS)


def _merge_down(rows: list[TableRow]) -> None:
    """Count the rows that merged cells span; one that continues nothing is a cell of its own."""
    above: dict[int, TableCell] = {}
    for row in rows:
        open_cells: dict[int, TableCell] = {}
        for cell in row.cells:
            upper = above.get(cell.column)
            if cell.continues and upper is not None and upper.columns == cell.columns:
                upper.rows += 1
                open_cells[cell.column] = upper
            else:
                cell.continues = False
                open_cells[cell.column] = cell
        above = open_cells
