"""The text objects of an OFD page: each character at its place, then the lines that they stand on."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.layout import Box
from ingest.readers.ofd_xml import POINTS, Element, Matrix, deltas, matrix, named, number, numbers
from ingest.readers.printed_page import Piece, PrintedLine

ASCENT, DESCENT = 0.86, 0.14
"""Of a character's size above and below its base line, as in the common Song and Hei fonts."""
SAME_BASE = 0.3
"""Of a character's size by which base lines on one line may differ."""
GAP = 2.0
"""Of a character's size that parts two lines of one height: the space between two columns."""
SPACE = 0.3
"""Of a character's size between Latin letters or figures from which on a space was meant."""

GRID = 0.15
"""Of a character's size by which the steps of a text may be off that is set in squares."""


class Glyph(NamedTuple):
    """A character in points: where its base line begins, how wide and how high it is. `slant` in degrees is how its base line falls."""

    text: str
    x: float
    base: float
    width: float
    size: float
    slant: float = 0.0


def glyphs(element: Element, around: Matrix) -> Iterator[Glyph]:
    """The characters of a text object; `around` leads from what it stands in to the page, in millimetres."""
    boundary = numbers(element.get("Boundary"), 4) or [0.0] * 4
    own = matrix(element.get("CTM"))
    place = around.after(Matrix(e=boundary[0], f=boundary[1])).after(own)
    size = number(element.get("Size"))
    across = number(element.get("HScale"), 1.0) or 1.0
    direction = int(number(element.get("ReadDirection"))) % 360
    down = math.hypot(place.c, place.d) * size * POINTS
    wide = math.hypot(place.a, place.b) * size * across * POINTS
    slant = math.degrees(math.atan2(place.b, place.a)) + direction
    x = y = 0.0
    for code in named(element, "TextCode"):
        text = "".join(map(str, code.itertext())).strip("\r\n\t")
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        steps = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
        along, at = _steps(text, steps, size * across, direction), (x, y)
        full = _set_in_full(along, size * across)
        for char, (right, below) in zip(text, along, strict=True):
            left, base = place.point(*at)
            if char.isprintable():
                yield Glyph(char, left * POINTS, base * POINTS, wide * (1.0 if full else _em(char)), down, slant)
            at = at[0] + right, at[1] + below


def _steps(text: str, steps: tuple[list[float], list[float]], size: float, direction: int) -> list[tuple[float, float]]:
    """By how much each character moves on the next one; where no steps are given, by its width."""
    rights, belows = steps
    if not rights and not belows:
        turned = math.radians(direction)
        return [(size * _em(char) * math.cos(turned), size * _em(char) * math.sin(turned)) for char in text]
    last = rights[-1] if rights else 0.0, belows[-1] if belows else 0.0
    return [
        (rights[at] if at < len(rights) else last[0] if rights else 0.0, belows[at] if at < len(belows) else last[1] if belows else 0.0)
        for at in range(len(text))
    ]


def _set_in_full(along: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether each character, figures too, stands in a square of its own, as on squared paper: then no step between two is a space."""
    rights = [right for right, _ in along[:-1]]
    return bool(rights) and size > 0 and all(abs(right - size) <= GRID * size for right in rights)


def _em(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def lines_of(found: Iterable[Glyph]) -> tuple[PrintedLine, ...]:
    """The level characters as lines: those on one base line, parted where a column's space lies between them."""
    lines: list[list[Glyph]] = []
    for glyph in sorted((one for one in found if abs((one.slant + 180) % 360 - 180) < 1 and one.size > 0), key=lambda one: one.base):
        for line in reversed(lines[-4:]):
            if abs(line[-1].base - glyph.base) <= SAME_BASE * min(line[-1].size, glyph.size):
                line.append(glyph)
                break
        else:
            lines.append([glyph])
    return tuple(line for row in lines for line in _parted(sorted(row, key=lambda one: one.x)))


def _parted(row: list[Glyph]) -> Iterator[PrintedLine]:
    start = 0
    for at in range(1, len(row) + 1):
        if at == len(row) or row[at].x - _end(row[at - 1]) > GAP * row[at].size:
            pieces = tuple(_pieces(row[start:at]))
            if any(piece.text.strip() for piece in pieces):
                yield PrintedLine(pieces, round(max(one.size for one in row[start:at]), 1))
            start = at


def _pieces(row: list[Glyph]) -> Iterator[Piece]:
    """Runs that advance evenly: figures and Latin apart from Chinese. A character printed twice for weight counts once."""
    run: list[Glyph] = []
    for glyph in row:
        last = run[-1] if run else None
        if last and glyph.text == last.text and abs(glyph.x - last.x) < 0.2 * glyph.size:
            continue
        gap = last is not None and glyph.x - _end(last) > SPACE * glyph.size
        if last and (gap or glyph.text.isascii() != last.text.isascii()):
            yield _piece(run)
            if gap and glyph.text.isascii() and last.text.isascii() and " " not in (glyph.text, last.text):
                yield Piece(" ", Box(*_rounded(_end(last), last.base - ASCENT * last.size, glyph.x, last.base + DESCENT * last.size)))
            run = []
        run.append(glyph)
    yield _piece(run)


def _piece(run: list[Glyph]) -> Piece:
    top = min(one.base - ASCENT * one.size for one in run)
    bottom = max(one.base + DESCENT * one.size for one in run)
    return Piece("".join(one.text for one in run), Box(*_rounded(run[0].x, top, max(map(_end, run)), bottom)))


def _rounded(*values: float) -> tuple[float, ...]:
    return tuple(round(value, 1) for value in values)


def _end(glyph: Glyph) -> float:
    return glyph.x + glyph.width
