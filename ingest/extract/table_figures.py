"""The figures of one table: which cells count something, what, in which unit, when, and as fact or plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive.findings import Measure, Status
from archive.indicators import find_indicator
from ingest.extract.table_grid import Grid, Place
from ingest.extract.table_levels import Levels
from ingest.extract.table_naming import groups_places, naming_of, place_columns, site_columns
from ingest.extract.table_numbers import CellNumber, number_in
from ingest.extract.table_records import Context, Reading, TableFigure
from ingest.extract.table_subjects import PEOPLE_PARTS, SILENT_LABELS, Said, joined, noun_of_title, said_by, status_of_title
from ingest.extract.table_units import Column, handed_out, units_above
from ingest.extract.table_words import HeadText, Role, UnitWord, implied_unit, taken_apart, unit_of

_OUT = (Role.ORDINAL, Role.PERSON, Role.NO_FIGURE, Role.UNIT)
_BARE_UNIT = frozenset(("人", "户", "个", "次", "%"))
_EITHER = re.compile(r"增减|变化|升降|涨跌")
"""Words for a change that may be an amount as well as a percentage."""
_AMOUNT = re.compile(r"[额量数值]$")
_MOVES = re.compile(r"增[长减速幅]|同比|环比|[比较](?:上年|去年|上期|上月)|变[化动]|升降|涨跌")
_SHORT = 2
_GROWING = (Role.RATE_OF_GROWTH, Role.GROWTH)


def read_figures(grid: Grid, context: Context, places: Mapping[str, str]) -> Reading:
    """The figures of a table. `places` are the labels that name a place, with the name it goes under."""
    reader = _Reader(grid, context, places)
    rows = [row for row in range(grid.data, len(grid.places)) if not reader.repeats_head(row)]
    found = [reader.at(row, column) for row in rows for column in range(grid.width)]
    return Reading(
        [figure for figure in found if figure is not None], reader.without_unit, reader.above.printed, reader.unsettled, reader.unnamed
    )


class _Reader:
    """The heads of a table's columns, read once."""

    def __init__(self, grid: Grid, context: Context, places: Mapping[str, str]) -> None:
        self._grid, self._context, self._places = grid, context, places
        heads = self._heads = [grid.heads(column) for column in range(grid.width)]
        self._columns = [said_by(self._placeless(one), context.period, context.this_year) for one in heads]
        self._column_place = [self._place(one) for one in heads]
        self._ordinals = {column for column in range(grid.width) if _is_ordinal(grid, column)}
        self._out = [any(head.role in _OUT for head in one) or column in grid.labels for column, one in enumerate(heads)]
        self._years = {column for column in range(grid.width) if self._all_years(column)}
        self._fractions = {column for column in range(grid.width) if self._all_fractions(column)}
        self._of_places, self._sites = place_columns(grid, places), site_columns(grid)
        self.above = units_above(context.titles)
        self.without_unit = self.unsettled = self.unnamed = 0
        self._row_units: dict[int, UnitWord] = {}
        self._rows: dict[tuple[int, tuple[int, ...]], tuple[Said, str | None, str | None]] = {}
        numeric = [self._counts(column) for column in range(grid.width)]
        self._hand_out([column for column in range(grid.width) if numeric[column]])
        told = any(one.status is Status.PLANNED for one in self._columns)
        self._status = Status.ACTUAL if told else status_of_title(context.titles)
        self._noun = noun_of_title(context.titles, context.places)
        self._levels = Levels(heads, self._columns, numeric)

    def _placeless(self, heads: Sequence[HeadText]) -> tuple[HeadText, ...]:
        return tuple(head for head in heads if head.words not in self._places)

    def _place(self, heads: Sequence[HeadText]) -> str | None:
        return next((self._places[head.words] for head in heads if head.words in self._places), None)

    def _counts(self, column: int) -> bool:
        out = self._out[column] or column in self._ordinals or column in self._years or column == self._grid.units
        return not out and any(number_in(self._grid.text(row, column)) for row in range(self._grid.data, len(self._grid.places)))

    def _hand_out(self, numbers: Sequence[int]) -> None:
        """Gives the columns the units that one line above the table names in their order."""
        if not self.above.listed or self._grid.units is not None:
            return
        columns = [
            Column(
                one, tuple(head.words for head in reversed(self._heads[one])), self._columns[one].unit, self._columns[one].kind is not None
            )
            for one in numbers
        ]
        rows = range(self._grid.data, len(self._grid.places))
        labels = {self._grid.text(row, label) for row in rows for label in self._grid.labels}
        for one, unit in handed_out(self.above, columns, sorted(labels - set(self._places))).items():
            self._columns[one] = self._columns[one]._replace(unit=unit)
        if numbers and not any(self._columns[one].words or self._columns[one].unit for one in numbers):
            self._hand_to_rows(numbers)

    def _hand_to_rows(self, numbers: Sequence[int]) -> None:
        """The same for rows, where no head of a column names anything: 网格数 above 网格员数. A part has that of its whole."""
        rows: list[Column] = []
        parts: dict[int, int] = {}
        for row in range(self._grid.data, len(self._grid.places)):
            found = [number for column in numbers if (number := number_in(self._grid.text(row, column)))]
            said, _, whole = self._row(row, numbers[0])
            if whole is not None and rows:
                parts[row] = rows[-1].number
            elif said.words and not said.total and any(number.unit is None for number in found):
                rows.append(Column(row, (said.words,), said.unit, said.kind is not None))
        self._row_units = dict(handed_out(self.above, rows, [row.heads[0] for row in rows]))
        self._row_units |= {part: self._row_units[row] for part, row in parts.items() if row in self._row_units}

    def _numbers(self, column: int) -> list[CellNumber]:
        texts = (self._grid.text(row, column) for row in range(self._grid.data, len(self._grid.places)))
        return [number for number in map(number_in, texts) if number is not None]

    def _all_years(self, column: int) -> bool:
        numbers = self._numbers(column)
        return self._columns[column].unit is None and bool(numbers) and all(number.year for number in numbers)

    def _all_fractions(self, column: int) -> bool:
        """Whether shares are printed as parts of one (0.79), so that what they are in per cent nothing printed says."""
        numbers = self._numbers(column)
        return (
            bool(numbers)
            and all(number.unit is None and abs(number.value) <= 1 for number in numbers)
            and any(number.value % 1 for number in numbers)
        )

    def repeats_head(self, row: int) -> bool:
        """Whether a row is the head once more, as at the top of a printed page."""
        grid = self._grid
        return any(
            [grid.text(row, column) for column in range(grid.width)] == [grid.text(head, column) for column in range(grid.width)]
            for head in range(grid.head, grid.data)
        )

    def at(self, row: int, column: int) -> TableFigure | None:
        """The figure of a cell, or None."""
        grid = self._grid
        place = grid.places[row][column]
        if place is None or not place.own or self._out[column] or column in self._ordinals or column in self._years:
            return None
        number = number_in(place.text)
        return self._read(row, column, place, number) if number is not None else None

    def _read(self, row: int, column: int, place: Place, number: CellNumber) -> TableFigure | None:
        said, where, whole = self._row(row, column)
        head = self._columns[column]
        nameless = head.silent and not (head.period_text or said.words or said.period_text or said.total or where)
        moved = number.moved and not _MOVES.search("".join(one.words for one in self._heads[column]))
        if nameless or moved or not self._is_of_one(row, column):
            self.unsettled += moved
            self.unnamed += not moved
            return None
        subject, base, kind = self._subject(said, head, where, whole, column)
        if not subject:
            self.unsettled += kind in _GROWING
            self.unnamed += kind not in _GROWING
            return None
        unit = number.unit or head.unit or self._unit_told((row, column), said, head, kind, base)
        if unit is None:
            self.unsettled += kind is not None
            return None
        context = self._context
        beside = self._levels.beside(column) if kind in _GROWING else None
        compared = self._columns[beside] if beside is not None else head
        dated = next((one for one in (head, said, compared) if one.period_text), None)
        period = (dated.period, dated.period_text, False) if dated else (context.period, context.period_text, context.inherited)
        return TableFigure(
            row,
            column,
            place.cell.span,
            number,
            unit,
            subject,
            base,
            kind,
            head.status or said.status or self._status,
            *period,
            where or self._site(row) or self._column_place[column],
            said.total,
            said.part,
            self._levels.beside(column) if kind else None,
        )

    def _is_of_one(self, row: int, column: int) -> bool:
        """Whether a cell belongs to one row and one column: one that is merged over several labels counts all of them together."""
        cell = self._grid.places[row][column].cell  # type: ignore[union-attr]
        labels = self._grid.labels_before(column)
        last = row + cell.rows - 1
        same = all(self._grid.text(row, label) == self._grid.text(last, label) for label in labels)
        return same and (cell.columns == 1 or self._grid.heads(column) == self._grid.heads(column + cell.columns - 1))

    def _row(self, row: int, column: int) -> tuple[Said, str | None, str | None]:
        labels = self._grid.labels_before(column)
        if (row, labels) not in self._rows:
            self._rows[row, labels] = self._read_row(row, column)
        return self._rows[row, labels]

    def _site(self, row: int) -> str | None:
        """The place that a column beside the labels gives a row: 建设地点."""
        labels = (taken_apart(self._grid.text(row, column)).words for column in self._sites)
        return next((self._places[label] for label in labels if label in self._places), None)

    def _read_row(self, row: int, column: int) -> tuple[Said, str | None, str | None]:
        """What the labels of a row say, the place that they name, and for a part (其中, 男) what it is a part of."""
        labels = self._grid.labels_of(row, column)
        naming = self._placeless(labels)
        if len(naming) < len(labels):
            naming = tuple(label for label in naming if not groups_places(label.words))
        said = said_by(naming, self._context.period, self._context.this_year, SILENT_LABELS)
        whole = None
        if said.part or 0 < len(said.words) < _SHORT or said.words in PEOPLE_PARTS:
            whole = self._above(row, column)
            said = said._replace(part=whole is not None)
        return said, self._place(labels), whole

    def _above(self, row: int, column: int) -> str | None:
        """The label of the nearest row above that is no part itself."""
        for other in range(row - 1, max(self._grid.data - 1, row - 60), -1):
            labels = self._grid.labels_of(other, column)
            said = said_by(self._placeless(labels), self._context.period, self._context.this_year, SILENT_LABELS)
            if not said.part and len(said.words) >= _SHORT and said.words not in PEOPLE_PARTS:
                return said.words
        return None

    def _subject(self, said: Said, head: Said, where: str | None, whole: str | None, column: int) -> tuple[str, str, Role | None]:
        """The subject, the subject without growth and share, and which of them the figure is."""
        noun = self._noun or (f"{self._last_word(column)}合计" if said.total else None)
        if head.kind in _GROWING and not head.words:
            of = self._levels.words_of(column)
            if of is None:
                return "", "", head.kind
            head = head._replace(words=of)
        elif head.kind and not head.words and not said.words and (beside := self._levels.beside(column)) is not None:
            head = head._replace(words=self._columns[beside].words)
        if not head.words and not (head.kind or said.kind) and (not said.words or self._is_of_place(column)):
            head = head._replace(words=(self._noun if said.words else noun) or naming_of(self._heads[column]))
        subject = joined(said, head, whole, noun) or ""
        plain = joined(said._replace(kind=None), head._replace(kind=None), whole, noun) or ""
        return subject, plain, head.kind or said.kind

    def _unit_told(self, at: tuple[int, int], said: Said, head: Said, kind: Role | None, base: str) -> UnitWord | None:
        """The unit of a figure whose cell and head print none; one without a name where nothing tells it; None where what is printed does
        not settle it."""
        row, column = at
        if kind is Role.RATE_OF_GROWTH and _EITHER.search(head.kind_words or said.kind_words):
            return None
        if kind in (Role.SHARE, Role.RATE_OF_GROWTH):
            percent = said.unit if said.unit and said.unit.measure is Measure.PERCENT else unit_of("%")
            return None if column in self._fractions else percent
        if kind is Role.GROWTH and not _AMOUNT.search(head.kind_words or said.kind_words):
            return None
        in_column = self._grid.text(row, self._grid.units) if self._grid.units is not None else ""
        told = (unit_of(in_column) if in_column else None) or said.unit or self._row_units.get(row)
        implied = implied_unit(head.words or base) or implied_unit(said.words) or implied_unit(self._last_word(column))
        above = self.above
        if told is None and above.several:
            self.without_unit += implied is None
            return implied
        if told is None and above.one is not None and (implied is None or implied.name == above.one.name):
            told = above.one
        known = find_indicator(base) if told is None and implied is None else None
        thesaurus = unit_of(known.unit) if known and known.unit in _BARE_UNIT and known.unit is not None else None
        return told or implied or thesaurus or UnitWord("", 1, Measure.OTHER)

    def _is_of_place(self, column: int) -> bool:
        """Whether the label next to a column is that of a place, also one that no list knows."""
        labels = self._grid.labels_before(column)
        return bool(labels) and labels[-1] in self._of_places

    def _last_word(self, column: int) -> str:
        heads = self._grid.heads(column)
        return heads[-1].words if heads else ""


def _is_ordinal(grid: Grid, column: int) -> bool:
    """Whether a column counts the rows: 1, 2, 3, …"""
    if column and column - 1 not in grid.labels and column > 1:
        return False
    numbers = [grid.text(row, column) for row in range(grid.data, len(grid.places))]
    counted = [int(text) for text in numbers if text.isdecimal() and text.isascii() and len(text) < 6]
    return len(counted) > 1 and counted == list(range(1, len(counted) + 1)) and not grid.heads(column)
