"""Tables that a plain text prints as rows of words and figures with runs of spaces or tabs between them, below a head.

Nothing is written into the text: the cells are found where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.layout import Cell, Table
from archive.text import Span
from ingest.readers.printed_text import wide
from ingest.readers.sheets import MAX_CELLS

LEAST_ROWS = 3
"""Rows below the head that must agree in their columns."""
_LOOKED_AT = 100
"""Rows that must agree before the ones below them are looked at, so that no text takes a square of its length."""
_LOOKED_BACK = 20
"""Rows that say where the columns stand."""
_MOST_COLUMNS = 40
_LONGEST_LINE = 400
_LONGEST_CELL = 30
_LONGEST_HEAD = 24
_BLANK = " \u3000\u00a0"
_APART = re.compile(rf"[{_BLANK}]*\t[{_BLANK}\t]*|[{_BLANK}]{{2,}}|\u3000(?=[\d-])|(?<=[\d%])\u3000")
"""What parts two cells. A single space stands within a cell, an ideographic one within a name of two characters (张　伟)."""
_SPACE = re.compile(rf"[{_BLANK}\t]+")
_TAB = re.compile("\t")
_FIGURE = re.compile(r"[-+－−△▲▼↑↓]?(?:\d{1,10}|\d{1,3}(?:,\d{3})+)(?:\.\d+)?[%％‰]?")
_MISSING = re.compile(r"[-－—–/…·]{1,3}|无")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_SENTENCE = re.compile(r"[。！？；，;=|]|[:：](?!\d)")
"""What no cell holds: marks of sentences, of labels (负责人：) and of code."""
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARK = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).．、]|[①-⑳●○■□◆·•*-]")
"""A mark of a list as a cell by itself."""
_CONTENTS = re.compile(r"页[码数次]?|目录|page", re.IGNORECASE)
_RULE = re.compile(rf"[-=─━—_+{_BLANK}\t]{{3,}}")


class _Line(NamedTuple):
    """A line that is not blank: where it stands, without white space around it, and how many blank lines are above it."""

    span: Span
    text: str
    blanks: int


class _Row(NamedTuple):
    cells: tuple[Span, ...]
    texts: tuple[str, ...]


def aligned_tables(text: str) -> tuple[Table, ...]:
    """The tables of a text, whose spans count in it."""
    found: list[Table] = []
    lines = _lines(text)
    index = cells = 0
    while index + LEAST_ROWS < len(lines) and cells < MAX_CELLS:
        rows = _table_at(text, lines, index)
        if not rows:
            index += 1
            continue
        found.append(_table(rows))
        cells += len(found[-1].cells)
        last = rows[-1].cells[-1].end
        while index < len(lines) and lines[index].span.start < last:
            index += 1
    return tuple(found)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    blanks = 0
    for match in re.finditer(r"[^\r\n]+|\r\n|\r|\n", text):
        stripped = match.group().strip()
        if stripped and not _RULE.fullmatch(stripped):
            start = match.start() + match.group().index(stripped[0])
            found.append(_Line(Span(start, start + len(stripped)), stripped, blanks))
            blanks = -1
        elif match.group() in ("\r\n", "\r", "\n"):
            blanks += 1
        if stripped and _RULE.fullmatch(stripped):
            blanks -= 1
    return found


def _table_at(text: str, lines: Sequence[_Line], index: int) -> list[_Row]:
    """The head at `index` with the rows below it; nothing where none is."""
    head_line = lines[index]
    if not _HAN.search(head_line.text) or len(head_line.text) > _LONGEST_LINE or _SENTENCE.search(head_line.text):
        return []
    for parting in (_APART, _TAB, _SPACE):
        head = _cut(head_line, _SPACE if parting is _APART and _single(head_line.text, lines, index) else parting)
        if not _is_head(head):
            continue
        first = _rows(text, lines, range(index + 1, min(len(lines), index + 1 + _LOOKED_AT)), head, parting)
        if len(first) < LEAST_ROWS or not _agrees(first, strictly=parting is _SPACE):
            continue
        rows = (
            _rows(text, lines, range(index + 1, min(len(lines), index + MAX_CELLS)), head, parting) if len(first) == _LOOKED_AT else first
        )
        return [head, *(rows if _agrees(rows, strictly=parting is _SPACE) else first)]
    return []


def _single(head: str, lines: Sequence[_Line], index: int) -> bool:
    """Whether the head alone is set with single spaces, or fewer gaps than the rows below it have."""
    if index + 1 >= len(lines) or len(lines[index + 1].text) > _LONGEST_LINE:
        return False
    below = _cut(lines[index + 1], _APART)
    return len(below.cells) > len(_APART.split(head)) and len(_SPACE.split(head)) == len(below.cells)


def _rows(text: str, lines: Sequence[_Line], places: range, head: _Row, parting: re.Pattern[str]) -> list[_Row]:
    found: list[_Row] = []
    for line in map(lines.__getitem__, places):
        if line.blanks > 1 or len(line.text) > _LONGEST_LINE or _SENTENCE.search(line.text):
            break
        row = _cut(line, parting)
        if 1 < len(row.cells) < len(head.cells) and parting is _APART and "\t" not in line.text:
            row = _placed(text, row, [head, *found[-_LOOKED_BACK:]]) or row
        if len(row.cells) != len(head.cells) or any(len(one) > _LONGEST_CELL for one in row.texts) or _MARK.fullmatch(row.texts[0]):
            break
        if not any(map(_may_be_figure, row.texts[1:])):
            break
        found.append(row)
    while found and not any(map(_is_figure, found[-1].texts)):
        found.pop()
    return found


def _cut(line: _Line, parting: re.Pattern[str]) -> _Row:
    spans: list[Span] = []
    at = 0
    for gap in (*parting.finditer(line.text), None):
        end = gap.start() if gap else len(line.text)
        piece = line.text[at:end]
        left = len(piece) - len(piece.lstrip())
        start = line.span.start + at + min(left, len(piece))
        spans.append(Span(start, start + len(piece.strip())))
        at = gap.end() if gap else end
        if len(spans) > _MOST_COLUMNS:
            break
    return _Row(tuple(spans), tuple(line.text[one.start - line.span.start : one.end - line.span.start] for one in spans))


def _is_head(head: _Row) -> bool:
    words = head.texts
    if not 2 <= len(words) <= _MOST_COLUMNS or len(set(words)) < len(words) or any(len(one) > _LONGEST_HEAD for one in words):
        return False
    if _CONTENTS.fullmatch("".join(words)) or _CONTENTS.fullmatch(words[-1]) or all(len(one) == 1 for one in words):
        return False
    return not any(_MARK.match(one) for one in words) and all(_WORD.search(one) or _YEAR.fullmatch(one) for one in words[1:] or words)


def _agrees(rows: Sequence[_Row], strictly: bool) -> bool:
    """Whether the first columns name and one or more others are figures in all rows.

    Where single spaces part the cells, all columns but the one or two first ones must be.
    """
    columns = list(zip(*(row.texts for row in rows), strict=True))
    figures = [all(map(_may_be_figure, column)) and sum(map(_is_figure, column)) >= LEAST_ROWS - 1 for column in columns]
    named = [sum(bool(_WORD.search(one) or _YEAR.fullmatch(one)) for one in column) >= 0.8 * len(rows) for column in columns]
    names = [number for number in (0, 1) if number < len(columns) and named[number]]
    if not names or not any(figures[names[0] + 1 :]):
        return False
    return not strictly or (len(columns) > 2 and all(figures[names[0] + 1 :]) and names[0] + sum(figures) >= len(columns) - 1)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _may_be_figure(text: str) -> bool:
    return not text or _is_figure(text) or _MISSING.fullmatch(text) is not None


def _placed(text: str, row: _Row, others: Sequence[_Row]) -> _Row | None:
    """A row with fewer cells than the others, each below the column that it stands in; None where that is not sure."""
    bands: list[tuple[int, int]] = []
    for column in range(len(others[0].cells)):
        places = [_place(text, other.cells[column]) for other in others if other.texts[column]]
        bands.append((min(start for start, _ in places), max(end for _, end in places)) if places else (-1, -1))
    cells: list[Span] = [Span(row.cells[0].start, row.cells[0].start)] * len(bands)
    for cell in row.cells:
        start, end = _place(text, cell)
        under = [number for number, band in enumerate(bands) if start < band[1] and band[0] < end]
        if len(under) != 1 or cells[under[0]].start < cells[under[0]].end:
            return None
        cells[under[0]] = cell
    at = row.cells[0].start
    for number, cell in enumerate(cells):
        cells[number] = cell if cell.start < cell.end else Span(at, at)
        at = cells[number].end
    return _Row(tuple(cells), tuple(cell.of(text) for cell in cells))


def _place(text: str, cell: Span) -> tuple[int, int]:
    """From which to which column of the screen a cell reaches; Chinese characters take two."""
    begin = max(text.rfind("\n", 0, cell.start), text.rfind("\r", 0, cell.start)) + 1
    start = sum(1 + wide(char) for char in text[begin : cell.start])
    return start, start + sum(1 + wide(char) for char in cell.of(text))


def _table(rows: Sequence[_Row]) -> Table:
    cells = tuple(Cell(row, column, span) for row, one in enumerate(rows) for column, span in enumerate(one.cells))
    return Table(Span(rows[0].cells[0].start, max(span.end for span in rows[-1].cells)), cells)
