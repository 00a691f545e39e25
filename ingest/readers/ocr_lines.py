"""The geometry of lines in a picture: how the page is turned, and which pieces with which boxes a line that was read falls into."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import fmean, median
from typing import NamedTuple, TypeAlias

from archive.layout import Box
from ingest.readers.printed_page import Piece, PrintedLine, rotated

Point: TypeAlias = tuple[float, float]
Quad: TypeAlias = tuple[Point, Point, Point, Point]
"""The corners of a line as it reads: top left, top right, bottom right, bottom left."""

UNSURE = 0.8
"""Characters below this stand as pieces of their own, so that their places can be told from the sure ones beside them."""
TALL = 1.5
"""A line so many times higher than wide was printed sideways."""
LONG = 5
"""A line so many times wider than high tells how the page is turned; in short ones the corners are too unsure."""
LEAST_TURN = 0.1
"""Degrees below which a page stands straight: on A4 the ends of a line then differ by a point at most."""
MARGIN = 0.04
"""The finder leaves so much of a line's height free above the characters, and as much below (measured on 12 to 16 pt, 150 to 300 dpi)."""


class Straight(NamedTuple):
    """How to set a page straight: a turn by `degrees` around its middle; `scale` is how many pixels make a point."""

    degrees: float
    middle: Point
    scale: float

    @property
    def run(self) -> int:
        """So many characters in a row rise or fall by half their height at most; longer boxes would hold parts of other lines."""
        return max(1, int(0.5 / max(abs(math.tan(math.radians(self.degrees))), 0.001)))

    def point(self, point: Point) -> Point:
        """Where a point of the picture stands on the straight page, in points."""
        x, y = rotated(point, -self.degrees, self.middle)
        return x / self.scale, y / self.scale


class Character(NamedTuple):
    """A character that was read: how sure (0 to 1), and where its middle stands on its line (0 to 1); None where that was not said."""

    text: str
    sure: float
    middle: float | None


def sideways(quads: Sequence[Quad]) -> bool:
    """Whether most of what is printed runs up or down the page."""
    lengths = [(max(width(quad), height(quad)), height(quad) >= TALL * width(quad)) for quad in quads]
    return sum(length for length, tall in lengths if tall) > sum(length for length, tall in lengths if not tall)


def turn(quads: Sequence[Quad]) -> float:
    """The degrees by which lines fall to the right (clockwise); 0 for a page that stands straight."""
    angles = [
        math.degrees(math.atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0])) for quad in quads if width(quad) >= LONG * height(quad)
    ]
    angle = median(angles) if angles else 0.0
    return angle if abs(angle) >= LEAST_TURN else 0.0


def line_of(quad: Quad, characters: Sequence[Character], straight: Straight) -> PrintedLine:
    """The line that was read in `quad`, in the pieces that advance evenly."""
    edges = _edges(characters)
    pieces: list[Piece] = []
    at = 0
    for unsure, members in _runs(characters, straight.run):
        corners = _part(quad, edges[at], edges[at + len(members)])
        sure = [one.sure for one in members]
        weakest = unsure or any(one.text.isdigit() for one in members)
        pieces.append(
            Piece(
                "".join(one.text for one in members),
                _around([straight.point(corner) for corner in corners]),
                round(min(sure) if weakest else fmean(sure), 3),
            )
        )
        at += len(members)
    return PrintedLine(tuple(pieces), round(height(quad) * (1 - 2 * MARGIN) / straight.scale, 1))


def _runs(characters: Sequence[Character], longest: int) -> Iterator[tuple[bool, list[Character]]]:
    """Figures and Latin words apart from Chinese, for their widths differ; unsure characters apart from sure ones."""
    for (_, unsure), run in groupby(characters, key=lambda one: (one.text.isascii(), one.sure < UNSURE)):
        members = list(run)
        if members[0].text.isascii():
            yield unsure, members
        else:
            yield from ((unsure, members[at : at + longest]) for at in range(0, len(members), longest))


def _edges(characters: Sequence[Character]) -> list[float]:
    """Where each character begins, and where the last one ends: half way between two middles."""
    middles = [one.middle for one in characters]
    count = len(middles)
    known = [(index, middle) for index, middle in enumerate(middles) if middle is not None]
    if not known:
        return [index / count for index in range(count + 1)]
    filled: list[float] = []
    for index, middle in enumerate(middles):
        before = next(((at, value) for at, value in reversed(known) if at <= index), (-1, 0.0))
        after = next(((at, value) for at, value in known if at >= index), (count, 1.0))
        share = (index - before[0]) / ((after[0] - before[0]) or 1)
        filled.append(middle if middle is not None else before[1] + share * (after[1] - before[1]))
    between = [(one + other) / 2 for one, other in pairwise(filled)]
    return [max(0.0, 2 * filled[0] - between[0]) if between else 0.0, *between, min(1.0, 2 * filled[-1] - between[-1]) if between else 1.0]


def _part(quad: Quad, start: float, end: float) -> list[Point]:
    """The corners of what stands between two shares of a line's length, without the margin above and below."""
    left, right = [(_between(quad[0], quad[1], share), _between(quad[3], quad[2], share)) for share in (start, end)]
    return [_between(*edge, share) for edge in (left, right) for share in (MARGIN, 1 - MARGIN)]


def _around(points: Sequence[Point]) -> Box:
    across, down = [point[0] for point in points], [point[1] for point in points]
    return Box(round(min(across), 1), round(min(down), 1), round(max(across), 1), round(max(down), 1))


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def width(quad: Quad) -> float:
    """How long a line is."""
    return max(math.dist(quad[0], quad[1]), math.dist(quad[3], quad[2]))


def height(quad: Quad) -> float:
    """How high a line is, with the margin above and below."""
    return max(math.dist(quad[0], quad[3]), math.dist(quad[1], quad[2]))
