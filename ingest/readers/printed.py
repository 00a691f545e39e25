"""Printed pages, whichever way their lines were found (a text layer, a machine that reads pictures): to text in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.layout import Location
from archive.text import Span
from ingest.readers.builder import Built, TextBuilder
from ingest.readers.printed_page import Piece, PrintedLine, PrintedPage, PrintedTable, turned_back
from ingest.readers.printed_tables import add_table

__all__ = ["Composed", "Piece", "PrintedLine", "PrintedPage", "PrintedTable", "compose"]


@dataclass(frozen=True, slots=True)
class Composed:
    """Pages as one text: `articles` and `set_apart` as in ingest.stages.RawText; broken lines are joined to paragraphs."""

    built: Built
    articles: tuple[Span, ...] = ()
    set_apart: tuple[str, ...] = ()


def compose(pages: Sequence[PrintedPage]) -> Composed:
    """The text of `pages` in reading order."""
    builder = TextBuilder()
    for page in pages:
        for line in sorted(page.lines, key=lambda line: (line.box.top, line.box.x0)):
            for piece in line.pieces:
                builder.piece(piece.text, Location(page=page.number, box=turned_back(piece.box, page), confidence=piece.confidence))
            builder.newline()
        for table in page.tables:
            add_table(builder, [(page, table)])
    return Composed(builder.built(), set_apart=tuple(dict.fromkeys(text for page in pages for text in page.apart)))
