"""Lines to paragraphs by what the page shows: indentation, lines that end early, gaps, changes of size; also over columns and pages.

A small-print line or a table that interrupts an unfinished paragraph (a footnote, a caption, a figure at the head of a page) waits until
the paragraph is at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.printed_page import PrintedPage, PrintedTable
from ingest.readers.printed_rows import Column, Row
from ingest.readers.printed_tables import Beside, goes_on
from ingest.readers.printed_text import ITEM, SENTENCE_END, breaks_off, wide
from ingest.readers.table_titles import is_aside, is_date

SIZES_DIFFER = 0.08
"""Share by which the sizes of two lines of one paragraph may differ; a machine that reads pictures measures them less exactly."""
_SIZES_DIFFER_MEASURED = 0.3
_INDENT = 0.8
"""Characters from which on a line is indented; Chinese paragraphs are by two."""
_CENTRED = 2.5
_GAP = 0.5
"""How much wider than usual, in characters, the distance of two lines is where a paragraph begins."""
_SMALL = 0.93
_LARGE = 1.1
"""Size of a title, in sizes of the text; the lines of one are further apart than those of the text."""
_TITLE_LEAD = 1.9
_HEADLINE_LEAD = 1.5
"""The same within a column."""
_MOST_HELD = 40
"""Rows that wait for the end of a paragraph; a page of notes is no interruption."""
_SLACK, _MORE_SLACK = 0.5, 2.0
"""Characters of room that a line may leave beyond that of what it could not break off: behind a sentence, and in the middle of one."""
_ROOM = 0.4
"""Of its column's width what a line may leave that breaks off in a number, as machines do that count characters."""
_OPENING, _CLOSING = r"（《〈【「『(\[", r"，。、；：？！）》〉】」』%％,.;:?!)\]"
_UNIT = rf"(?:[A-Za-z0-9.,:/+-]+|.)[{_CLOSING}]*"
_UNBREAKABLE = re.compile(rf"[“‘{_OPENING}]*{_UNIT}(?:[“”‘’]+[{_CLOSING}{_OPENING}]*(?:{_UNIT})?)*", re.DOTALL)
"""What a line is not broken in: opening marks with what follows them, a word or a figure, closing marks with what they follow. LibreOffice
breaks on neither side of “ and ” (class QU of Unicode's rules, UAX 14): to it 么”“怎 is one."""


@dataclass(slots=True)
class Chunk:
    """A paragraph, or a table in one or more parts. `column` counts the columns of the file, `place` is that of the first row.

    `beside` are the parts of a table that go on at its right; one that is `unsure` is read row by row, as text.
    """

    rows: list[Row]
    columns: list[Column]
    table: list[tuple[PrintedPage, PrintedTable]] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    unsure: bool = False

    @property
    def size(self) -> float:
        """The size of its characters."""
        return self.rows[0].size

    @property
    def text(self) -> str:
        """Its rows, one behind the other: enough to look at, not to print."""
        return "".join(row.text for row in self.rows)


def paragraphs_of(columns: Iterable[Column], size: float) -> list[Chunk]:
    """The paragraphs and tables of `columns`, which come in reading order; most of the text is printed in `size`."""
    columns = list(columns)
    joiner = _Joiner(size, _indents(columns))
    for column in columns:
        for row in column.rows:
            joiner.add(row, column)
    joiner.flush()
    return joiner.chunks


def _indents(columns: Iterable[Column]) -> bool:
    """Whether paragraphs are told by their indentation: at least half of the lines below the end of one are indented."""
    indented = all_begun = 0
    for column in columns:
        for above, row in pairwise(column.rows):
            ends = above.lines and column.right - above.box.x1 > 2 * above.size and SENTENCE_END.search(above.text)
            if ends and row.lines and _of_one_size(above, row):
                all_begun += 1
                indented += _indented(row, column)
    return 2 * indented >= all_begun > 0


class _Joiner:
    """Takes rows one by one. `main` is the paragraph that may go on, `side` one of those that wait for its end."""

    def __init__(self, size: float, indents: bool) -> None:
        self.chunks: list[Chunk] = []
        self._size = size
        self._indents = indents
        self._main: Chunk | None = None
        self._held: list[Chunk] = []
        self._rows_held = 0
        self._interrupted = False

    def add(self, row: Row, column: Column) -> None:
        if row.table is not None:
            self._add_table(row, row.table, column)
            return
        if self._main and self._joins(self._main, row, column, self._interrupted):
            self._append(self._main, row, column)
            self._interrupted = False
            return
        side = self._held[-1] if self._held and not self._held[-1].table else None
        if side and self._joins(side, row, column, False):
            self._append(side, row, column)
            self._rows_held += 1
            return
        begun = Chunk([row], [column])
        if self._main and self._rows_held < _MOST_HELD and row.size < _SMALL * self._main.size and self._waits_for_more():
            self._held.append(begun)
            self._rows_held += 1
            self._interrupted = True
            return
        self.flush()
        self._main = begun

    def _add_table(self, row: Row, table: PrintedTable, column: Column) -> None:
        part = (row.page, table)
        last = self._held[-1] if self._held else self._main or (self.chunks[-1] if self.chunks else None)
        if last and last.table and last.table[-1][0].number + 1 == row.page.number and goes_on(last.table, table):
            last.table.append(part)
            return
        chunk = Chunk([row], [column], [part])
        if self._main and self._waits_for_more():
            self._held.append(chunk)
            self._rows_held += 1
            self._interrupted = True
            return
        self.flush()
        self.chunks.append(chunk)

    def flush(self) -> None:
        """End the paragraph and what waited for it."""
        if self._main:
            self.chunks.append(self._main)
        self.chunks += self._held
        self._main, self._held, self._rows_held, self._interrupted = None, [], 0, False

    @staticmethod
    def _append(chunk: Chunk, row: Row, column: Column) -> None:
        chunk.rows.append(row)
        chunk.columns.append(column)

    def _waits_for_more(self) -> bool:
        """Whether the paragraph breaks off: running text that fills its last line and ends no sentence."""
        main = self._main
        if main is None or main.table or abs(main.size - self._size) > 0.1 * self._size:
            return False
        last, column = main.rows[-1], main.columns[-1]
        return column.right - last.box.x1 < 2 * last.size and not SENTENCE_END.search(last.text) and len(main.text) >= 10

    def _joins(self, chunk: Chunk, row: Row, column: Column, interrupted: bool) -> bool:
        """Whether `row` goes on with the paragraph."""
        above, place = chunk.rows[-1], chunk.columns[-1]
        if chunk.table or is_aside(row.text) or row.lines[0].alone or above.lines[0].alone or not _of_one_size(above, row):
            return False
        adjoining = column is place and not interrupted
        if row.size > _LARGE * self._size:
            return adjoining and _is_title(above, row, column)
        if adjoining and not 0 < row.box.bottom - above.box.bottom <= column.lead + _GAP * row.size:
            return False
        if _centred(row, column) or _centred(above, place) or (column is not place and _alone(above, place)):
            return False
        cut = breaks_off(above.text, row.text) and place.right - above.box.x1 < _ROOM * (place.right - place.left)
        ended = not cut and bool(SENTENCE_END.search(above.text))
        begins = not (cut or _counts(above.text, row.text)) and (
            _short(above, place, row, _SLACK if ended or ITEM.match(row.text) else _MORE_SLACK)
            or (ended and bool(ITEM.match(row.text)))
            or (row.bold != above.bold and (ended or bool(ITEM.match(row.text))))
            or (ended and (_all_end(place) or not (adjoining or self._indents)))
        )
        return not begins and (not _indented(row, column) or (column is place and _hangs(chunk, row, column, ended or self._indents)))


def _of_one_size(above: Row, row: Row) -> bool:
    measured = row.lines[0].pieces[0].confidence is not None
    return abs(row.size - above.size) <= (_SIZES_DIFFER_MEASURED if measured else SIZES_DIFFER) * max(row.size, above.size)


def _centred(row: Row, column: Column) -> bool:
    left, right = row.box.x0 - column.left, column.right - row.box.x1
    return min(left, right) > _CENTRED * row.size and abs(left - right) < 2 * row.size


def _is_title(above: Row, row: Row, column: Column) -> bool:
    """Whether two large lines are one title that was broken: both are centred, or the upper one is full and the lower begins below it.

    Headlines in a column of a newspaper are broken where their sense allows, so that the upper line need not be full.
    """
    if (
        not 0 < row.box.bottom - above.box.bottom <= _TITLE_LEAD * row.size
        or row.bold != above.bold
        or ITEM.match(row.text)
        or is_date(row.text)
    ):
        return False
    off = abs(row.box.x0 + row.box.x1 - above.box.x0 - above.box.x1) / 2
    centred = off < row.size and above.box.x1 - above.box.x0 > 0.4 * (column.right - column.left)
    below = abs(row.box.x0 - above.box.x0) < row.size
    full = below and column.right - above.box.x1 < 2 * row.size
    narrow = below and row.box.bottom - above.box.bottom <= _HEADLINE_LEAD * row.size and column.right - column.left < 0.5 * row.page.width
    return (centred or full or narrow) and not SENTENCE_END.search(above.text)


def _all_end(column: Column) -> bool:
    """Whether each line of a column is a sentence by itself, so that what ends one ends a paragraph."""
    return len(column.rows) > 2 and sum(bool(SENTENCE_END.search(row.text)) for row in column.rows) > 0.8 * len(column.rows)


def _short(above: Row, column: Column, row: Row, slack: float) -> bool:
    """Whether the line above ended before the edge, although what comes next would have had room there, and `slack` characters more."""
    unit = _UNBREAKABLE.match(row.text)
    characters = unit.group() if unit else ""
    room = sum(1.0 if wide(char) else 0.6 for char in characters) * row.size
    return column.right - above.box.x1 > room + slack * row.size


def _counts(above: str, below: str) -> bool:
    """Whether a clause breaks off behind a number, and what it counts stands at the head of the next line: figures are narrow, so that a
    line of as many characters as the others is short."""
    return above[-1].isdigit() and "，" in above and wide(below[0]) and below[0].isalpha() and not ITEM.match(below)


def _alone(row: Row, column: Column) -> bool:
    """Whether a row is the only one of its column and fills less than half of the page, so that nobody knows where its line would end."""
    return len(column.rows) == 1 and column.right - column.left < 0.5 * row.page.width


def _indented(row: Row, column: Column) -> bool:
    return row.box.x0 - column.left > _INDENT * row.size


def _hangs(chunk: Chunk, row: Row, column: Column, begins: bool) -> bool:
    """Whether an indented line goes on all the same: hanging below the text of an item, or below a line as far indented.

    `begins` is set where two indented lines are rather two paragraphs: the first ends a sentence, or indentation tells paragraphs.
    """
    first, above = chunk.rows[0], chunk.rows[-1]
    if ITEM.match(first.text) and row.box.x0 > first.box.x0 + 0.5 * row.size:
        return not ITEM.match(row.text)
    level = abs(row.box.x0 - above.box.x0) < 0.4 * row.size
    return level and not ITEM.match(row.text) and (len(chunk.rows) > 1 or not begins) and _indented(above, column)
