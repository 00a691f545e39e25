"""Printed pages, whichever way their lines were found (a text layer, a machine that reads pictures): to text in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.layout import Box, Location
from archive.text import Span
from ingest.readers.builder import Built, TextBuilder


class Piece(NamedTuple):
    """Characters in a row that advance evenly: their text, their box, and the confidence of a machine that read them."""

    text: str
    box: Box
    confidence: float | None = None


class PrintedLine(NamedTuple):
    """A line as it is printed, from left to right. `size` is the height of its characters in points."""

    pieces: tuple[Piece, ...]
    size: float

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def box(self) -> Box:
        """The box around all of its pieces."""
        boxes = [piece.box for piece in self.pieces]
        return Box(
            min(box.x0 for box in boxes), min(box.top for box in boxes), max(box.x1 for box in boxes), max(box.bottom for box in boxes)
        )


class PrintedTable(NamedTuple):
    """A table on a page: rows of cells; None where a merged cell covers the place. A cell holds the lines in it, top to bottom."""

    box: Box
    rows: tuple[tuple[tuple[PrintedLine, ...] | None, ...], ...]


class PrintedPage(NamedTuple):
    """A page with its size in points; lines in any order, none of them inside a table."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PrintedTable, ...] = ()


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
                builder.piece(piece.text, Location(page=page.number, box=piece.box, confidence=piece.confidence))
            builder.newline()
    return Composed(builder.built())
