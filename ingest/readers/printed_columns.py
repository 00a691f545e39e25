"""The columns of a page in reading order: what stands across several of them parts them from top to bottom, gutters from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.readers.printed_rows import Item

_DEEPEST = 12
_MOST_EDGES = 24
"""Left edges that are tried as the edge of a column, the commonest first."""
_LEAST_ROWS = 3
_LEAST_WIDTH = 6.0
"""Width of a column of prose in characters; cells of a table without lines are narrower."""
_LEAST_FILL = 0.5
"""Share of its width that a line of a column fills, when a third of the lines are longer: paragraphs of two lines end in short ones."""
_GUTTER = 0.4
"""Width of a gutter in characters, at the least; lines are parted by less than a character only where many of them are below each other."""
_LONG = 8
"""Rows of a column from which on a single line beside it is another column, which ends there."""
_HEADLINE = 1.25
"""Size of a headline, in sizes of the text below it."""
_SMALL_HEADLINE = 1.15
"""The same of one with another on its level."""
_USUAL = 3
"""Paragraphs of a page that stand so far apart that a gap beside a headline may be one between two of them."""
_NEAR = 40
"""Lines among which the one below another is looked for, so that a page of very many lines takes no square of their number."""


class _Band(NamedTuple):
    """Items between two that stand across the gutter; `left` and `right` of it, or `across`."""

    left: list[Item]
    right: list[Item]
    across: list[Item]


def in_columns(items: Sequence[Item], size: float, depth: int = 0) -> list[list[Item]]:
    """The items of each column, columns in reading order. `size` is the size of the text in points."""
    if len(items) < 3 or depth > _DEEPEST:
        return [list(items)] if items else []
    gutter = _best_gutter(items, size)
    if gutter is None:
        return [list(items)]
    level = _level_cut(items, size)
    if level is not None:
        above = [item for item in items if item.box.top < level]
        below = [item for item in items if item.box.top >= level]
        return in_columns(above, size, depth + 1) + in_columns(below, size, depth + 1)
    found: list[list[Item]] = []
    rest: list[Item] = []
    for band in _bands(items, gutter):
        if _overlap(band, size) > 0:
            found += in_columns(rest, size, depth + 1)
            rest = []
            found += in_columns(band.left, size, depth + 1) + in_columns(band.right, size, depth + 1)
        else:
            rest += [*band.left, *band.right, *band.across]
    return found + in_columns(rest, size, depth + 1)


def _best_gutter(items: Sequence[Item], size: float) -> float | None:
    """Where the gutter lies beside which columns stand longest; None where there are no columns."""
    edges = Counter(round(item.box.x0) for item in items)
    best, longest = None, 0.0
    for edge, _ in sorted(edges.items(), key=lambda one: (-one[1], one[0]))[:_MOST_EDGES]:
        gutter = edge - 0.3 * size
        overlap = sum(_overlap(band, size) for band in _bands(items, gutter))
        if overlap > longest:
            best, longest = gutter, overlap
    return best


def _bands(items: Sequence[Item], gutter: float) -> list[_Band]:
    bands: list[_Band] = []
    left: list[Item] = []
    right: list[Item] = []
    for item in sorted(items, key=lambda item: (item.box.top + item.box.bottom, item.box.x0)):
        if item.box.x1 <= gutter:
            left.append(item)
        elif item.box.x0 >= gutter:
            right.append(item)
        else:
            if left or right:
                bands.append(_Band(left, right, []))
                left, right = [], []
            bands.append(_Band([], [], [item]))
    if left or right:
        bands.append(_Band(left, right, []))
    return bands


def _overlap(band: _Band, size: float) -> float:
    """How high two columns stand side by side, in points; 0 where they are none."""
    left, right = band.left, band.right
    fewest, most = sorted((left, right), key=len)
    if not fewest or len(most) < _LEAST_ROWS:
        return 0.0
    tables = sum(item.table is not None for item in (*left, *right))
    if len(fewest) < _LEAST_ROWS and not tables and (len(most) < _LONG or max(_widths(fewest)) < _LEAST_WIDTH * size):
        return 0.0
    if not (_is_prose(most, size) and (len(fewest) < _LEAST_ROWS or _is_prose(fewest, size))):
        return 0.0
    if min(item.box.x0 for item in right) - max(item.box.x1 for item in left) < _GUTTER * size:
        return 0.0
    top = max(min(item.box.top for item in left), min(item.box.top for item in right))
    bottom = min(max(item.box.bottom for item in left), max(item.box.bottom for item in right))
    return max(0.0, bottom - top)


def _widths(items: Sequence[Item]) -> list[float]:
    return [item.box.x1 - item.box.x0 for item in items]


def _is_prose(items: Sequence[Item], size: float) -> bool:
    width = max(item.box.x1 for item in items) - min(item.box.x0 for item in items)
    widths = _widths(items)
    if width < _LEAST_WIDTH * size:
        return False
    # Of several columns together each line fills its own part; the widest tells how wide that is.
    return sorted(widths)[2 * len(widths) // 3] >= _LEAST_FILL * max(widths)


def _level_cut(items: Sequence[Item], size: float) -> float | None:
    """Where a headline begins another article below a gap that goes through all columns; None where no such gap is."""
    ordered = sorted(items, key=lambda item: item.box.top)
    bottom, spaces = ordered[0].box.bottom, _spaces(items, size)
    for index, item in enumerate(ordered[1:], 1):
        if item.box.top - bottom > 0.6 * size and index >= 4 and len(ordered) - index >= 4:
            beside = [other for other in ordered[index:] if other.box.top < item.box.top + size]
            if _holds_headline(beside, size) and sum(space >= item.box.top - bottom for space in spaces) < _USUAL:
                return item.box.top
        bottom = max(bottom, item.box.bottom)
    return None


def _is_headline(item: Item, size: float, larger: float = _HEADLINE) -> bool:
    return item.line is not None and item.line.size >= larger * size


def _holds_headline(items: Sequence[Item], size: float) -> bool:
    """Whether a headline is among items on one level, or smaller ones in two columns."""
    small = [item for item in items if _is_headline(item, size, _SMALL_HEADLINE)]
    return any(_is_headline(item, size) for item in small) or (
        bool(small) and max(item.box.x0 for item in small) > min(item.box.x1 for item in small)
    )


def _spaces(items: Sequence[Item], size: float) -> list[float]:
    """The spaces below the lines of the text, as far as the paragraph below, where that is not far."""
    text = sorted((item.box for item in items if item.line and not _is_headline(item, size)), key=lambda box: box.top)
    found: list[float] = []
    for index, box in enumerate(text):
        near = text[index + 1 : index + _NEAR]
        below = next((other for other in near if other.x0 < box.x1 and box.x0 < other.x1 and other.top >= box.bottom), None)
        if below is not None and below.top - box.bottom < 3 * size:
            found.append(below.top - box.bottom)
    return found
