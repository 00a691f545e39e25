"""Tables that a plain text prints as lines: rows of words and numbers with spaces between, below a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cleaning.lines import Line, LineKind, is_row_of_figures

_LEAST_CELLS = 3
_FURTHEST = 4
"""Lines of title, unit and head above the first row."""
_GAP = re.compile(r"\s*\t\s*|\s{2,}")
_NUMBER = re.compile(r"[-+－−]?\d[\d,.]*(?:[%％]|[\u4e00-\u9fff]{1,2})?")


def begins_rows(lines: Sequence[Line], index: int) -> bool:
    """Whether a row stands at `index` with another one below it, or the head of such rows."""
    if len(lines) <= index + 1 or not _is_row(lines[index + 1]):
        return False
    if _is_row(lines[index]):
        return True
    head, row = lines[index].text, lines[index + 1].text
    columns = len(_GAP.split(head))
    heads = len(head.split()) >= _LEAST_CELLS or (columns > 1 and columns == len(_GAP.split(row)))
    return heads and begins_rows(lines, index + 1)


def titles_rows(lines: Sequence[Line]) -> bool:
    """Whether the first line stands above rows and is none, with no more than a unit and a head between."""
    return bool(lines) and not begins_rows(lines, 0) and any(begins_rows(lines, index) for index in range(1, _FURTHEST))


def _is_row(line: Line) -> bool:
    if line.kind is LineKind.ROW:
        return True
    if line.ended or line.kind not in (LineKind.TEXT, LineKind.MARKED):
        return False
    cells = line.text.split()
    return is_row_of_figures(line.text) or (len(cells) >= _LEAST_CELLS and any(_NUMBER.fullmatch(cell) for cell in cells))
