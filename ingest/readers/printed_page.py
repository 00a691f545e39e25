"""What stands on a printed page, whichever way it was found: lines, tables, their places."""

from __future__ import annotations

import math
from functools import cached_property
from typing import NamedTuple

from archive.layout import Box


class Piece(NamedTuple):
    """Characters in a row that advance evenly: their text, their box, and the confidence of a machine that read them."""

    text: str
    box: Box
    confidence: float | None = None


class _Line(NamedTuple):
    pieces: tuple[Piece, ...]
    size: float
    bold: bool = False
    alone: bool = False


class PrintedLine(_Line):
    """A line as it is printed, from left to right. `size` is the height of its characters in points; `bold` where that is known.

    `alone` is a row of what may be a table: it joins no other line to a paragraph, and nothing joins it.
    What is made of its pieces is kept: a page's text and boxes are asked for a dozen times on the way to its columns and paragraphs.
    """

    @cached_property
    def text(self) -> str:
        """Its characters."""
        return "".join([piece.text for piece in self.pieces])

    @cached_property
    def box(self) -> Box:
        """The box around all of its pieces."""
        return around([piece.box for piece in self.pieces]) if len(self.pieces) > 1 else self.pieces[0].box


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
    left by which the page was turned so that its lines run from left to right, and `slant` the degrees by which they fell to the right
    then, as on a scan that lay askew; boxes count on the page turned and set straight.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PrintedTable, ...] = ()
    apart: tuple[str, ...] = ()
    turned: int = 0
    slant: float = 0.0


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def turned_back(box: Box, page: PrintedPage) -> Box:
    """`box` as it stands on the page before it was turned and set straight."""
    width, height = page.width, page.height
    if page.slant:
        corners = [rotated((x, y), page.slant, (width / 2, height / 2)) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
        box = Box(round(min(across), 1), round(min(down), 1), round(max(across), 1), round(max(down), 1))
    for _ in range(page.turned % 4):  # a quarter turn to the right: what is the page's height becomes its width
        box = Box(height - box.bottom, box.x0, height - box.top, box.x1)
        width, height = height, width
    return box


def rotated(point: tuple[float, float], degrees: float, middle: tuple[float, float]) -> tuple[float, float]:
    """`point` after a turn to the right around `middle`."""
    angle = math.radians(degrees)
    across, down = point[0] - middle[0], point[1] - middle[1]
    return (
        middle[0] + across * math.cos(angle) - down * math.sin(angle),
        middle[1] + across * math.sin(angle) + down * math.cos(angle),
    )
