"""Where a text stands in the file it was read from: page and box, paragraph, cell; and how sure the reading is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.text import Span


class Box(NamedTuple):
    """A rectangle on a page, in points (1/72 inch) from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Location(NamedTuple):
    """A place in the original. What its format does not have is None.

    `page` and `paragraph` count from 1; a scan or a photo is one page, its points are pixels at 72 to the inch. `paragraph` counts the
    paragraphs of the body in document order, those in cells too. `cell` is sheet or table, an exclamation mark and the address in A1
    notation (`人口!B3`, `表2!A1`). `confidence` (0 to 1) is given for what a machine recognised in a picture.
    """

    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    cell: str | None = None
    confidence: float | None = None


class Fragment(NamedTuple):
    """`length` code points from `start` that stand together at one place of the original; characters in it advance evenly."""

    start: int
    length: int
    location: Location

    @property
    def span(self) -> Span:
        """The code points as a range."""
        return Span(self.start, self.start + self.length)


Layout = tuple[Fragment, ...]
"""Sorted by start, without overlaps. Text in no fragment has no place but its offset."""


class Cell(NamedTuple):
    """A cell of a table. `row` and `column` count from 0; `rows` and `columns` are what it spans when merged.

    `span` is its text without white space around it, and may be empty. `head` is set where the file itself says that it is a head cell.
    """

    row: int
    column: int
    span: Span
    rows: int = 1
    columns: int = 1
    head: bool = False


class Table(NamedTuple):
    """The cells of one table, by row and column. `name` is the sheet it stands on; `span` covers all of its text."""

    span: Span
    cells: tuple[Cell, ...]
    name: str | None = None


class Heading(NamedTuple):
    """A line that the file itself marks as a heading; `level` counts from 1, and 0 is the title of the whole."""

    span: Span
    level: int


_UPRIGHT = 1.5
"""How many times as high as wide a box is at least that its three or more characters fill from top to bottom: `ill` is as high as wide."""


def locations(layout: Layout, spans: Iterable[Span]) -> tuple[Location, ...]:
    """The places that `spans` cover, in order, each once; a box is narrowed to the characters that are covered."""
    found: list[Location] = []
    for span in spans:
        index = max(0, bisect_right(layout, span.start, key=lambda fragment: fragment.start) - 1)
        for fragment in layout[index:]:
            if fragment.start >= span.end:
                break
            covered = Span(max(span.start, fragment.start), min(span.end, fragment.start + fragment.length))
            if covered.start < covered.end:
                found.append(fragment.location._replace(box=_narrowed(fragment, covered)))
    return tuple(dict.fromkeys(found))


def confidence(layout: Layout, spans: Sequence[Span]) -> float | None:
    """The least confidence of what `spans` cover; None where nothing was recognised in a picture."""
    known = [place.confidence for place in locations(layout, spans) if place.confidence is not None]
    return min(known, default=None)


def _narrowed(fragment: Fragment, covered: Span) -> Box | None:
    box = fragment.location.box
    if box is None or covered == fragment.span:
        return box
    across, down = box.x1 - box.x0, box.bottom - box.top
    if fragment.length > 2 and down > _UPRIGHT * across:  # below each other, or a line of a page that is turned to the right
        advance = down / fragment.length
        top = box.top + advance * (covered.start - fragment.start)
        return box._replace(top=round(top, 1), bottom=round(top + advance * (covered.end - covered.start), 1))
    advance = across / fragment.length
    x0 = box.x0 + advance * (covered.start - fragment.start)
    return box._replace(x0=round(x0, 1), x1=round(x0 + advance * (covered.end - covered.start), 1))
