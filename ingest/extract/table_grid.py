"""A table as a grid: which rows are its title and its head, which columns hold labels, and where the figures stand."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from archive.layout import Cell, Table
from ingest.extract.periods import parse
from ingest.extract.table_numbers import is_blank, is_class, number_in
from ingest.extract.table_words import HeadText, Role, taken_apart

MAX_HEAD_ROWS = 5
"""Rows of a head; the statistical bulletins seen have three at most."""
MAX_PLACES = 1_000_000
"""Rows times columns of a table that is looked at, so that a cell at a far address is no memory."""
_LONGEST_HEAD = 60
_YEAR = re.compile(r"(?:19|20)\d\d年?")


class Place(NamedTuple):
    """A cell at one of the places that it covers; `own` where its text stands."""

    cell: Cell
    text: str
    own: bool


class Grid(NamedTuple):
    """A table by rows and columns. `titles` are the texts of rows that stand across it; data begins at row `data`, head rows are `head` up
    to there. `labels` are the columns that say what a row is about; `units` is the column of units, if it has one."""

    places: tuple[tuple[Place | None, ...], ...]
    titles: tuple[str, ...]
    head: int
    data: int
    labels: tuple[int, ...]
    units: int | None

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.places[0]) if self.places else 0

    def text(self, row: int, column: int) -> str:
        """What stands at a place, also of a cell that covers it from elsewhere."""
        place = self.places[row][column]
        return place.text if place else ""

    def heads(self, column: int) -> tuple[HeadText, ...]:
        """The heads above a column, from the top, each once."""
        return self._apart(self.text(row, column) for row in range(self.head, self.data))

    def lowest_head(self, column: int) -> HeadText | None:
        """The head right above the figures or labels of a column: 项目 also where 收入 and 支出 stand above two columns of that name."""
        heads = self.heads(column)
        return heads[-1] if heads else None

    def labels_of(self, row: int, column: int) -> tuple[HeadText, ...]:
        """What the label columns say of a row, for the figure in `column`."""
        return self._apart(self.text(row, label) for label in self.labels_before(column))

    def labels_before(self, column: int) -> tuple[int, ...]:
        """The label columns that a column of figures belongs to: the first ones, unless their heads come again behind figures."""
        groups: list[list[int]] = []
        for label in self.labels:
            if not groups or (label > groups[-1][-1] + 1 and self.lowest_head(label) == self.lowest_head(groups[0][0])):
                groups.append([])
            groups[-1].append(label)
        before = [group for group in groups if group[0] < column]
        return tuple(before[-1] if before else groups[0] if groups else ())

    def _apart(self, texts) -> tuple[HeadText, ...]:  # type: ignore[no-untyped-def]
        return tuple(dict.fromkeys(taken_apart(text) for text in texts if text))


def grid_of(table: Table, text: str) -> Grid | None:
    """The grid of a table; None where it has no two rows and columns, or no head and label that a figure could be named by."""
    rows = max((cell.row + cell.rows for cell in table.cells), default=0)
    columns = max((cell.column + cell.columns for cell in table.cells), default=0)
    if not rows or columns < 2 or rows * columns > MAX_PLACES:
        return None
    places: list[list[Place | None]] = [[None] * columns for _ in range(rows)]
    for cell in table.cells:
        words = " ".join(cell.span.of(text).split())
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                places[row][column] = Place(cell, words, (row, column) == (cell.row, cell.column))
    fixed = tuple(tuple(row) for row in places)
    head = _titles(fixed)
    titles = tuple(dict.fromkeys(place.text for row in fixed[:head] for place in row if place and place.text))
    data = _data(fixed, head)
    if data is None:
        return None
    bare = Grid(fixed, titles, head, data, (), None)
    units = next((column for column in range(columns) if _is_units(bare, column)), None)
    labels = tuple(column for column in range(columns) if column != units and _is_label(bare, column))
    return bare._replace(labels=_leading(bare, labels), units=units)


def _titles(places: tuple[tuple[Place | None, ...], ...]) -> int:
    """How many rows stand across the table: a title, its unit, its time."""
    for index, row in enumerate(places):
        texts = {(place.cell.row, place.cell.column) for place in row if place and place.text}
        words = [place.text for place in row if place and place.own and place.text]
        across = len(texts) == 1 and (len(row) > 2 or any(place and place.cell.columns > 1 for place in row)) and not _vertical(row)
        aside = (
            bool(words)
            and all(re.search("[:：]|^(?:19|20)\\d\\d年[^:：]*$", word) for word in words)
            and any("单位" in word for word in words)
        )
        lone = len(words) == 1 and (number_in(words[0]) is not None or bool(_YEAR.fullmatch(words[0])))
        if not (texts and (across or aside) and not lone) and texts:
            return index
    return len(places)


def _vertical(row: tuple[Place | None, ...]) -> bool:
    """Whether the one text of a row stands in a cell that goes on below, as the heads of label columns do."""
    return any(place and place.text and place.cell.rows > 1 for place in row)


def _data(places: tuple[tuple[Place | None, ...], ...], head: int) -> int | None:
    """The first row of data: it holds a figure or a dash, or opens a section; None where there is none, or the head is too deep."""
    for index in range(head, min(len(places), head + MAX_HEAD_ROWS + 1)):
        row = places[index]
        if any(place and place.text for place in row) and all(place.cell.head for place in row if place and place.text):
            continue
        if not _names_classes(places, index, first=index == head) and _is_data(row, places[index - 1] if index > head else ()):
            return index
        if any(place and len(place.text) > _LONGEST_HEAD for place in row):
            return None
    return None


def _names_classes(places: tuple[tuple[Place | None, ...], ...], index: int, *, first: bool) -> bool:
    """Whether a row is one of heads that name classes (0-14岁, 15-59岁): two at least, other figures below, and no label of its own but
    in the first row of the table."""
    row = places[index]
    label = row[0].text if row[0] is not None and row[0].own else ""
    own = [(column, place.text) for column, place in enumerate(row) if column and place and place.own and place.text]
    classes = [column for column, text in own if is_class(text)]
    others = [text for column, text in own if column not in classes and number_in(text) is not None]
    if len(classes) < 2 or others or (label and not first):
        return False
    below = [place.text for line in places[index + 1 : index + MAX_HEAD_ROWS] for column in classes if (place := line[column])]
    return any(number_in(text) is not None and not is_class(text) for text in below)


def _is_data(row: tuple[Place | None, ...], above: tuple[Place | None, ...]) -> bool:
    """Whether a row holds data and is no part of a head; `above` is the row of the head above it, if there is one."""
    texts = [place.text for place in row[1:] if place and place.own and place.text]
    first = row[0].text if row[0] is not None and row[0].own else ""
    figures = [text for text in texts if number_in(text) is not None]
    if above and first and not any(place and place.text for place in row[1:]):
        return True  # a section: 一、人口
    if above and first and any(is_blank(text) for text in texts):
        return True
    if len(figures) > 2 and figures == texts == [str(number) for number in range(1, len(figures) + 1)]:
        return False  # 甲 乙 1 2 3: the columns are counted
    years = [text for text in figures if _YEAR.fullmatch(text)]
    if len(years) < len(figures):
        return True
    return bool(years and first) and any(_YEAR.fullmatch(place.text) for place in above if place)


def _is_units(grid: Grid, column: int) -> bool:
    named = any(head.role is Role.UNIT for head in grid.heads(column))
    texts = [grid.text(row, column) for row in range(grid.data, len(grid.places)) if grid.text(row, column)]
    known = sum(taken_apart(f"单位:{text}").unit is not None for text in texts)
    return bool(texts) and known * 2 > len(texts) and (named or known == len(texts))


def _is_label(grid: Grid, column: int) -> bool:
    """Whether a column mostly holds words, or the years of a series."""
    heads = grid.heads(column)
    if any(head.role is Role.ORDINAL for head in heads):
        return False
    texts = [grid.text(row, column) for row in range(grid.data, len(grid.places))]
    filled = [text for text in texts if not is_blank(text)]
    words = [text for text in filled if number_in(text) is None]
    years = [text for text in filled if _YEAR.fullmatch(text.replace(" ", ""))]
    if column == 0 and years and len(years) == len(filled):
        return True
    return bool(filled) and len(words) * 2 > len(filled) and not (len(filled) == 1 and len(texts) > 2)


def _leading(grid: Grid, labels: tuple[int, ...]) -> tuple[int, ...]:
    """The first column of words, with those beside it that it groups, and those whose heads come again further right."""
    figures = [column for column in range(grid.width) if column not in labels and column != grid.units and _has_figures(grid, column)]
    first = min(figures, default=grid.width)
    left = [column for column in labels if column < first]
    plain = [column for column in left if all(head.role is not Role.NO_FIGURE for head in grid.heads(column))] or left
    own = plain[:1]
    for one, other in pairwise(plain):
        if one != own[-1] or not _groups(grid, one, other):
            break
        own.append(other)
    heads = {head for column in own if (head := grid.lowest_head(column)) is not None}
    return tuple(own + [column for column in labels if column > first and grid.lowest_head(column) in heads])


def _groups(grid: Grid, column: int, beside: int) -> bool:
    """Whether the labels of a column stand for several of those beside it each: 教育 over 小学 and 中学."""
    rows = [row for row in range(grid.data, len(grid.places)) if grid.text(row, beside)]
    labels = [grid.text(row, column) for row in rows]
    under_one_head = any(
        (place := grid.places[row][column]) is not None and place.cell.column == column and place.cell.columns > beside - column
        for row in range(grid.head, grid.data)
    )
    return under_one_head or len({label for label in labels if label}) < len(rows)


def _has_figures(grid: Grid, column: int) -> bool:
    if any(head.role in (Role.ORDINAL, Role.NO_FIGURE, Role.UNIT) for head in grid.heads(column)):
        return False
    return any(number_in(grid.text(row, column)) is not None for row in range(grid.data, len(grid.places)))


def is_period(words: str) -> bool:
    """Whether a head or label is a stretch of time and nothing else: 2022年, 2022, 上半年, 1-6月."""
    if _YEAR.fullmatch(words):
        return True
    found = parse(words)
    return found is not None and len(found.text) >= len(words) - 1 and found.span.start <= 1
