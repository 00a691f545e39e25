"""What stands on a printed page, whichever way it was found: lines, tables, their places."""

from __future__ import annotations

from typing import NamedTuple

from archive.layout import Box


class Piece(NamedTuple):
    """Characters in a row that advance evenly: their text, their box, and the confidence of a machine that read them."""

    text: str
    box: Box
    confidence: float | None = None


class PrintedLine(NamedTuple):
    """A line as it is printed, from left to right. `size` is the height of its characters in points; `bold` where that is known."""

    pieces: tuple[Piece, ...]
    size: float
    bold: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def box(self) -> Box:
        """The box around all of its pieces."""
        return around([piece.box for piece in self.pieces])


class PrintedTable(NamedTuple):
    """A table on a page: rows of cells; None where a merged cell covers the place. A cell holds the lines in it, top to bottom.

    `columns` are the left edges of its columns, where they are known.
    """

    box: Box
    rows: tuple[tuple[tuple[PrintedLine, ...] | None, ...], ...]
    columns: tuple[float, ...] = ()


class PrintedPage(NamedTuple):
    """A page with its size in points; lines in any order, none of them inside a table.

    `apart` is text that was kept out of the lines when they were found (a slanting watermark). `turned` counts the quarter turns to the
    left by which the page was turned so that its lines run from left to right; boxes count on the turned page.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PrintedTable, ...] = ()
    apart: tuple[str, ...] = ()
    turned: int = 0


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`."""
    return Box(min(box.x0 for box in boxes), min(box.top for box in boxes), max(box.x1 for box in boxes), max(box.bottom for box in boxes))


def turned_back(box: Box, page: PrintedPage) -> Box:
    """`box` as it stands on the page before it was turned."""
    width, height = page.width, page.height
    for _ in range(page.turned % 4):  # a quarter turn to the right: what is the page's height becomes its width
        box = Box(height - box.bottom, box.x0, height - box.top, box.x1)
        width, height = height, width
    return box
