"""Whether what stands side by side in columns is a table, columns of prose, or something of which nobody can be sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from ingest.readers.printed_cells import Atom, Band, Cells

_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_MOST_COLUMNS = 60
_LONGEST = 18
"""Characters of a cell; only the cells of one column in three may be longer."""
_SHORT = 8
"""Characters of a cell in three rows that little white space parts."""
_MOST_LONG = 0.2
"""Share of the cells of a column that are longer than that, beyond which it is one of sentences."""
_FIGURE = re.compile(r"[-+(（]?\d[\d,.，]*\s?[%％‰)）]?|[-—–/…]{1,2}")
_SHARE = 0.6
"""Of a column's cells below the head, or of all cells inside, that are figures in a table of figures."""
_REPEATED = 0.5
"""Different ones among the cells of a column that says of which kind each row is (男, 女); names seldom repeat."""
_KIND_LONG = 6
_FILLED = 0.5
_PROSE_WIDTH, _PROSE_FULL = 6.0, 0.6
"""Width of a column of prose in characters, and the share of its lines that fill it to the edge."""
_LEAST_LINES = 5
_GUTTER = 0.4
"""Least width of a gutter in characters; the space that word processors set between Chinese and Latin characters is a quarter."""
_DIGIT, _DIGITS = re.compile(r"[\d.,-]"), 0.4
"""Share of its characters from which on a cell says a number, a day or a telephone."""
_ALIGNED = 0.7
_ALIGNED_WITHIN = 0.25
_PUNCTUATION = re.compile(r"[，。；！？]")
_MOST_PUNCTUATED = 0.25


class Kind(Enum):
    """What columns side by side are."""

    TABLE = "table"
    PROSE = "prose"
    UNSURE = "unsure"
    OTHER = "other"


def kind_of(rows: Sequence[Cells], bands: Sequence[Band], size: float) -> Kind:
    """What `rows`, the first of which is the head, are: a table has several columns of short cells, one of them of figures or of kinds."""
    if len(rows) < _LEAST_ROWS or not 2 <= len(bands) <= _MOST_COLUMNS:
        return Kind.OTHER
    columns = list(zip(*([text_of(cell) for cell in row] for row in rows), strict=True))
    full = _full(rows, columns, bands, size)
    if full > 1:
        return Kind.PROSE if full == len(bands) and len(rows) >= _LEAST_LINES and _gutters(bands, size) else Kind.OTHER
    if _is_written(columns) or _by_chance(columns, bands, size):
        return Kind.OTHER
    if not all(_aligned([row[number] for row in rows[1:]], size) for number in range(len(bands))):
        return Kind.OTHER
    return _of_cells([[text for text in column[1:] if text] for column in columns], _pages(columns[-1]))


def _of_cells(columns: Sequence[Sequence[str]], pages: bool) -> Kind:
    """What aligned `columns` of short cells are, heads and empty cells aside; the last ones may be `pages` of a table of contents."""
    figures = [_share(column) >= _SHARE for column in columns]
    if len(columns) < _LEAST_COLUMNS:
        return Kind.UNSURE if figures == [False, True] and not pages else Kind.OTHER
    inside = [text for column in columns[1:] for text in column]
    if pages and _contents(figures):
        return Kind.UNSURE
    return Kind.TABLE if any(figures) or _share(inside) >= _SHARE or any(map(_repeats, columns)) else Kind.UNSURE


def _by_chance(columns: Sequence[Sequence[str]], bands: Sequence[Band], size: float) -> bool:
    """Whether columns have few cells, or are three rows of long ones that little white space parts: in prose it may be so by chance."""
    texts = [text for column in columns for text in column[1:] if text]
    if len(texts) < _FILLED * len(columns) * (len(columns[0]) - 1):
        return True
    longest = max(len(text) for column in columns for text in column)
    return len(columns[0]) == _LEAST_ROWS and longest > _SHORT and not _gutters(bands, size)


def text_of(cell: Sequence[Atom] | None) -> str:
    """The characters of a cell."""
    return "".join(atom.line.text for atom in cell or ()).strip()


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or the dash that stands for none."""
    return _FIGURE.fullmatch(text) is not None


def _share(texts: Sequence[str]) -> float:
    return sum(map(is_figure, texts)) / len(texts) if texts else 0.0


def _repeats(texts: Sequence[str]) -> bool:
    short = all(len(text) <= _KIND_LONG for text in texts)
    return short and len(texts) >= _LEAST_ROWS and len(set(texts)) <= _REPEATED * len(texts)


def _pages(texts: Sequence[str]) -> bool:
    """Whether a column without a head is of numbers that never fall, as those of pages in a table of contents."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) == len(texts) >= _LEAST_ROWS and max(numbers) < 2000 and all(one <= other for one, other in pairwise(numbers))


def _contents(figures: Sequence[bool]) -> bool:
    return len(figures) == _LEAST_COLUMNS and not figures[1]


def _full(rows: Sequence[Cells], columns: Sequence[Sequence[str]], bands: Sequence[Band], size: float) -> int:
    """How many columns are as wide as those of prose, and filled to the edge by most of their lines."""
    count = 0
    for number, (band, texts) in enumerate(zip(bands, columns, strict=True)):
        edges = [cell[-1].x1 for row in rows if (cell := row[number])]
        words = sum(1 for text in texts if text and len(_DIGIT.findall(text)) < _DIGITS * len(text))
        if band.x1 - band.x0 >= _PROSE_WIDTH * size and 2 * words > len(edges):
            count += sum(band.x1 - edge < 1.2 * size for edge in edges) >= _PROSE_FULL * len(edges)
    return count


def _gutters(bands: Sequence[Band], size: float) -> bool:
    return all(right.x0 - left.x1 >= _GUTTER * size for left, right in pairwise(bands))


def _is_written(columns: Sequence[Sequence[str]]) -> bool:
    """Whether what stands in columns is sentences, or single characters that were set far apart."""
    written = [[text for text in column if text] for column in columns]
    texts = [text for column in written for text in column]
    long = sum(sum(len(text) > _LONGEST for text in column) > _MOST_LONG * len(column) for column in written)
    punctuated = sum(bool(_PUNCTUATION.search(text)) for text in texts)
    single = sum(len(text) == 1 and not is_figure(text) for text in texts)
    return long > len(columns) // 3 or punctuated > _MOST_PUNCTUATED * len(texts) or 2 * single > len(texts)


def _aligned(cells: Sequence[Sequence[Atom] | None], size: float) -> bool:
    """Whether most cells of a column have one left edge, one right edge or one middle."""
    places = [(cell[0].x0, cell[-1].x1) for cell in cells if cell]
    if len(places) < _LEAST_ROWS:
        return True
    edges = ([x0 for x0, _ in places], [x1 for _, x1 in places], [(x0 + x1) / 2 for x0, x1 in places])
    return any(_commonest(edge, _ALIGNED_WITHIN * size) >= _ALIGNED * len(places) for edge in edges)


def _commonest(places: Sequence[float], within: float) -> int:
    """How many of `places` lie within a window, at most."""
    ordered, start, most = sorted(places), 0, 0
    for end, place in enumerate(ordered):
        while place - ordered[start] > within:
            start += 1
        most = max(most, end - start + 1)
    return most
