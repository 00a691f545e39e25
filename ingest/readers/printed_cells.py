"""What stands side by side on a page: rows of words apart from each other, and the columns that the white space between them leaves."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple, TypeAlias

from archive.layout import Box
from ingest.readers.printed_page import Piece, PrintedLine
from ingest.readers.printed_text import wide

PARTED = 0.1
"""White space between two cells at the least, in sizes of the text: LibreOffice leaves 2 points between a figure and the next cell, 0.18 of
11 points. Within a line of prose it stands between Chinese and Latin characters, too, but not below each other."""
_CLIPPED = 0.18
"""White space left of the cell that covers the end of the one before it: LibreOffice's 2 points again."""
_FAR = 2.5
"""From one row to the next, in sizes of the text."""
_NEAR_EDGE = 0.35
"""How far beside the white space of a column a word may end that is cut there, in sizes of the text."""
_SPREAD = 4
"""Characters from which on the white space between them tells that a line is spread: 姓 名 may stand apart in its cell."""
_CALENDAR = "年月日季"
_WORDS = re.compile(r"[^\s\u3000](?:\u3000?[^\s\u3000])*")
"""What a piece holds between white space; one ideographic space is within a name that was drawn to the width of three characters."""


class Atom(NamedTuple):
    """Characters with no white space between them that could part two cells."""

    x0: float
    x1: float
    line: PrintedLine


class Band(NamedTuple):
    """From the left edge of what stands in a column to its right edge, and in how many `rows` something stands there."""

    x0: float
    x1: float
    rows: int = 1


Cells: TypeAlias = list[list[Atom] | None]
"""What stands in the columns of one row; None where a cell on the left reaches over the place."""


class PrintedRow(NamedTuple):
    """Lines on one level, taken apart into atoms from left to right."""

    top: float
    bottom: float
    size: float
    lines: tuple[PrintedLine, ...]
    atoms: tuple[Atom, ...]


def rows_of(lines: Sequence[PrintedLine]) -> list[PrintedRow]:
    """The rows of a page from top to bottom."""
    found: list[list[tuple[Box, PrintedLine]]] = []
    middle = 0.0
    boxed = [(line.box, line) for line in lines if line.text.strip()]
    for box, line in sorted(boxed, key=lambda one: one[0].top + one[0].bottom):
        at = (box.top + box.bottom) / 2
        if found and at - middle < 0.4 * line.size:
            found[-1].append((box, line))
        else:
            found.append([(box, line)])
            middle = at
    return [_row(sorted(row, key=lambda one: one[0].x0)) for row in found]


def _row(row: Sequence[tuple[Box, PrintedLine]]) -> PrintedRow:
    lines = tuple(line for _, line in row)
    top, bottom = min(box.top for box, _ in row), max(box.bottom for box, _ in row)
    return PrintedRow(top, bottom, max(line.size for line in lines), lines, tuple(atom for box, line in row for atom in _atoms(line, box)))


def _atoms(line: PrintedLine, box: Box) -> Iterator[Atom]:
    if len(line.pieces) == 1 and "\u3000" not in line.pieces[0].text:
        yield Atom(box.x0, box.x1, line)
        return
    words = [part for piece in line.pieces for part in _words(piece)]
    least = PARTED * line.size + max((_pitch(piece, line.size) for piece in words), default=0.0)
    taken: list[Piece] = []
    for piece in words:
        gap = piece.box.x0 - taken[-1].box.x1 if taken else 0.0
        if gap > least or -gap > PARTED * line.size:
            if gap < 0:  # the cell was too narrow for its words, and is painted only as far as the next one
                taken[-1] = taken[-1]._replace(box=taken[-1].box._replace(x1=max(taken[-1].box.x0, piece.box.x0 - _CLIPPED * line.size)))
            yield _atom(taken, line)
            taken = []
        taken.append(piece)
    if taken:
        yield _atom(taken, line)


def _atom(pieces: Sequence[Piece], line: PrintedLine) -> Atom:
    return Atom(pieces[0].box.x0, pieces[-1].box.x1, line._replace(pieces=tuple(pieces)))


def _words(piece: Piece) -> list[Piece]:
    text = piece.text
    if text.isspace():
        return []
    if "\u3000" not in text:
        return [piece]
    return [_part(piece, found.start(), found.end()) for found in _WORDS.finditer(text)]


def _part(piece: Piece, start: int, end: int) -> Piece:
    step = (piece.box.x1 - piece.box.x0) / len(piece.text)
    box = piece.box._replace(x0=round(piece.box.x0 + start * step, 1), x1=round(piece.box.x0 + end * step, 1))
    return piece._replace(text=piece.text[start:end], box=box)


def _pitch(piece: Piece, size: float) -> float:
    """The white space between the characters of a spread line, in points; a space stands out from it."""
    count = len(piece.text)
    return max(0.0, (piece.box.x1 - piece.box.x0 - count * size) / (count - 1)) if count >= _SPREAD else 0.0


def follows(above: PrintedRow, below: PrintedRow) -> bool:
    """Whether a row comes next below another in one table."""
    return below.top - above.bottom <= _FAR * below.size


def bands_of(row: PrintedRow) -> list[Band]:
    """A column for each atom of a row."""
    return [Band(atom.x0, atom.x1) for atom in row.atoms]


def widened(bands: Sequence[Band], row: PrintedRow) -> list[Band] | None:
    """The columns with what stands in `row`; None where it reaches over the white space between two of them."""
    apart = PARTED * row.size
    found = list(bands)
    for atom in row.atoms:
        at = bisect_right(found, atom.x0 - apart, key=attrgetter("x1"))
        end = bisect_left(found, atom.x1 + apart, key=attrgetter("x0"))
        if end - at > 1:
            return None
        if end > at:
            band = found[at]
            found[at] = Band(min(band.x0, atom.x0), max(band.x1, atom.x1), band.rows + 1)
        else:
            found.insert(at, Band(atom.x0, atom.x1))
    return found if all(right.x0 - left.x1 >= apart for left, right in pairwise(found)) else None


def fitted(bands: Sequence[Band], row: PrintedRow) -> Cells | None:
    """What stands in each column of `row`; what reaches over several is cut where two words meet, or spans those that are empty."""
    parts = [part for atom in row.atoms for part in _cut(atom, bands, row.size)]
    if len(parts) == len(bands) and (all(map(_between, parts, (None, *bands[:-1]), (*bands[1:], None))) or all(map(_over, parts, bands))):
        return [[part] for part in parts]
    cells: Cells = [[] for _ in bands]
    for part in parts:
        held = [number for number, band in enumerate(bands) if _over(part, band)] or [_beside(part, bands, cells)]
        middle = max(held, key=lambda number: min(part.x1, bands[number].x1) - max(part.x0, bands[number].x0))
        reach = [number for number in held if _reaches(part, bands[number], row.size)] or [middle]
        first = cells[reach[0]]
        if first is None or (len(reach) > 1 and any(cells[number] for number in reach)):
            return _one_each(parts, bands, row.size)
        first.append(part)
        for number in reach[1:]:
            cells[number] = None
    return cells


def _one_each(parts: Sequence[Atom], bands: Sequence[Band], size: float) -> Cells | None:
    """Each part in the column below which it mostly stands, where that is another one for each: heads that are set to the left, above
    figures that are set to the right, begin beside words on their left that are longer than their own head."""
    cells: Cells = [[] for _ in bands]
    for part in parts:
        over = [min(part.x1, band.x1) - max(part.x0, band.x0) for band in bands]
        own = max(range(len(bands)), key=over.__getitem__)
        if over[own] <= 0 or cells[own] or any(beside > size for number, beside in enumerate(over) if number != own):
            return None
        cells[own] = [part]
    return cells if 2 * len(parts) > len(bands) else None


def _between(part: Atom, left: Band | None, right: Band | None) -> bool:
    return (left is None or left.x1 <= part.x0 + 1) and (right is None or part.x1 - 1 <= right.x0)


def _over(part: Atom, band: Band) -> bool:
    return part.x0 < band.x1 and band.x0 < part.x1


def _reaches(part: Atom, band: Band, size: float) -> bool:
    return min(part.x1, band.x1) - max(part.x0, band.x0) > min(_NEAR_EDGE * size, 0.5 * (band.x1 - band.x0))


def _beside(part: Atom, bands: Sequence[Band], cells: Cells) -> int:
    """The column of what stands in white space: the next one, or the one on its right where words stand above figures set to the right."""
    at = (part.x0 + part.x1) / 2
    found = min(range(len(bands)), key=lambda number: abs((bands[number].x0 + bands[number].x1) / 2 - at))
    taken = bool(cells[found]) and bands[found].x1 <= part.x0 and found + 1 < len(bands)
    return found + 1 if taken else found


def _cut(atom: Atom, bands: Sequence[Band], size: float) -> list[Atom]:
    parts: list[list[Piece]] = [[]]
    gaps = [(left.x1 - _NEAR_EDGE * size, right.x0 + _NEAR_EDGE * size) for left, right in pairwise(bands)]
    gaps = [gap for gap in gaps if atom.x0 < gap[0] < atom.x1]
    for piece in atom.line.pieces:
        if (
            parts[-1]
            and piece.text[0].isalnum()
            and not _one_word(parts[-1][-1], piece)
            and any(left <= piece.box.x0 <= right for left, right in gaps)
        ):
            parts.append([])
        parts[-1].append(piece)
    return [_atom(part, atom.line) for part in parts] if len(parts) > 1 else [atom]


def _one_word(piece: Piece, next_: Piece) -> bool:
    """Whether the second piece names what the number in the first one counts: 2022年, 12月."""
    return piece.text[-1].isdigit() and next_.text[0] in _CALENDAR


def joined(atoms: Sequence[Atom]) -> PrintedLine:
    """The line that `atoms` of one cell in one row make; white space between them is a space, what word processors add is none."""
    pieces = list(atoms[0].line.pieces)
    for above, atom in pairwise(atoms):
        last, next_ = pieces[-1], atom.line.pieces[0]
        latin = not (wide(last.text[-1]) or wide(next_.text[0]))
        if atom.x0 - above.x1 > (0.15 if latin else 0.4) * atom.line.size:
            pieces.append(Piece(" ", last.box._replace(x0=min(last.box.x1, next_.box.x0), x1=next_.box.x0)))
        pieces += atom.line.pieces
    main = atoms[0].line
    return PrintedLine(tuple(pieces), median(atom.line.size for atom in atoms), main.bold)
