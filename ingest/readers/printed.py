"""Printed pages, whichever way their lines were found (a text layer, a machine that reads pictures): to text in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.layout import Location
from archive.records import Source, TextLayer
from archive.text import Span
from ingest.readers.builder import Built, TextBuilder
from ingest.readers.pages import pages_named
from ingest.readers.printed_columns import in_columns
from ingest.readers.printed_furniture import without_furniture
from ingest.readers.printed_heads import articles_of, headings_of, table_title
from ingest.readers.printed_page import Piece, PrintedLine, PrintedPage, PrintedTable, turned_back
from ingest.readers.printed_paragraphs import Chunk, paragraphs_of
from ingest.readers.printed_rows import Column, Row, body_size, column_of, items_of
from ingest.readers.printed_tables import add_table
from ingest.readers.printed_text import hyphenated, joint
from ingest.readers.printed_unruled import with_unruled
from ingest.readers.printed_wide import side_by_side, with_narrow_ends
from ingest.stages import FileMeta, RawText

__all__ = ["Composed", "Piece", "PrintedLine", "PrintedPage", "PrintedTable", "compose"]

_COLUMNS_COMPARED = 12
"""Columns before a short one, among which that is looked for whose edges it has."""

_UNSURE = "holds words in columns without lines that may be a table or not; they are read row by row, so hold figures against the page"

_PICTURED = "holds figures that stand alone in a picture, as in a table; they are read line by line, so hold figures against the page"
_OF_FIGURES = frozenset("0123456789,.，%％ ")
_LONE = 4
"""Lines of figures alone from which on there may be a table; a page number, a year and a sum in a seal may stand alone on any page."""

_NAMELESS = "holds columns of figures whose rows may be named on another page, which is not sure; they are read as text, without figures"


@dataclass(frozen=True, slots=True)
class Composed:
    """Pages as one text: `articles` and `set_apart` as in ingest.stages.RawText; broken lines are joined to paragraphs.

    `remarks` say on which pages it is not sure how the text is to be read; `title` is the line that names a table that is all there is.
    """

    built: Built
    articles: tuple[Span, ...] = ()
    set_apart: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    title: str | None = None

    def raw(self, source: Source, reader: str, pages: int, text_layer: TextLayer, meta: FileMeta = FileMeta()) -> RawText:
        """What a reader of pages returns."""
        return RawText(
            source,
            self.built.text,
            layout=self.built.layout,
            tables=self.built.tables,
            headings=self.built.headings,
            articles=self.articles,
            meta=meta if meta.title else replace(meta, title=self.title),
            paragraphs=True,
            reader=reader,
            pages=pages,
            text_layer=text_layer,
            set_apart=self.set_apart,
        )


def compose(pages: Sequence[PrintedPage]) -> Composed:
    """The text of `pages` in reading order: column by column, paragraphs whole, each line of the text one of them."""
    size = body_size(pages)
    pages = with_narrow_ends([with_unruled(page) for page in pages])
    kept, apart = without_furniture(pages, size)
    columns: list[Column] = []
    for page, lines in zip(pages, kept, strict=True):
        for items in in_columns(items_of(page, lines), size):
            columns.append(column_of(page, items, columns[-_COLUMNS_COMPARED:]))
    chunks = side_by_side(paragraphs_of(columns, size))
    headings = headings_of(chunks, size)
    builder = TextBuilder()
    starts = [_written(builder, chunk, headings.get(number)) for number, chunk in enumerate(chunks)]
    begun = [starts[number] for number in articles_of(chunks, headings, size)]
    articles = tuple(Span(start, end) for start, end in pairwise([*begun, builder.at])) if begun else ()
    unsure = [page.number for page in pages if any(line.alone for line in page.lines)]
    remarks = [f"{pages_named(unsure)} {_UNSURE}"] if unsure else []
    pictured = [page.number for page in pages if _has_lone_figures(page)]
    if pictured:
        remarks.append(f"{pages_named(pictured)} {_PICTURED}")
    nameless = [page.number for chunk in chunks if chunk.unsure for page, _ in chunk.table]
    if nameless:
        remarks.append(f"{pages_named(nameless)} {_NAMELESS}")
    return Composed(builder.built(), articles, apart, tuple(remarks), table_title(chunks))


def _has_lone_figures(page: PrintedPage) -> bool:
    """Whether lines of a page that a machine recognised are figures and nothing else, as the cells of a table are."""
    recognised = [line.text for line in page.lines if any(piece.confidence is not None for piece in line.pieces)]
    return sum(_OF_FIGURES.issuperset(text) and any(char.isdigit() for char in text) for text in recognised) >= _LONE


def _written(builder: TextBuilder, chunk: Chunk, heading: int | None) -> int:
    """Write a paragraph or a table; the offset at which it begins."""
    start = builder.at
    if chunk.table:
        if chunk.unsure:
            _write_rows(builder, chunk)
        else:
            add_table(builder, chunk.table, chunk.beside)
        return start
    above = ""
    for number, row in enumerate(chunk.rows):
        text = row.text
        if number:
            builder.piece(joint(above, text))
        follows = chunk.rows[number + 1].text if number + 1 < len(chunk.rows) else ""
        _write_row(builder, row, hyphenated(text, follows))
        above = text
    if heading is not None:
        builder.heading(Span(start, builder.at), heading)
    builder.newline()
    return start


def _write_rows(builder: TextBuilder, chunk: Chunk) -> None:
    """Write the rows of a table as lines of text."""
    for page, table in chunk.table:
        for row in table.rows:
            lines = tuple(line for cell in row if cell for line in cell)
            if lines:
                _write_row(builder, Row(page, table.box, lines), False)
                builder.newline()


def _write_row(builder: TextBuilder, row: Row, without_hyphen: bool) -> None:
    for number, line in enumerate(row.lines):
        if number:
            builder.piece(" ")
        pieces = [part for piece in line.pieces for part in _characters(piece)] if row.page.turned else list(line.pieces)
        if without_hyphen and number == len(row.lines) - 1:
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text[:-1])
        page = row.page
        straight = not (page.turned or page.slant)
        for text, box, confidence in pieces:
            if text.isspace():
                builder.piece(text)
            else:
                builder.piece(text, Location(page.number, box if straight else turned_back(box, page), None, None, confidence))


def _characters(piece: Piece) -> list[Piece]:
    """One piece a character: on a page that was turned, boxes cannot be narrowed from left to right."""
    step = (piece.box.x1 - piece.box.x0) / max(1, len(piece.text))
    return [
        Piece(char, piece.box._replace(x0=piece.box.x0 + index * step, x1=piece.box.x0 + (index + 1) * step), piece.confidence)
        for index, char in enumerate(piece.text)
    ]
