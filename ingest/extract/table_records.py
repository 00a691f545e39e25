"""What is known above a table, and what is read in it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from archive.findings import Status
from archive.text import Span
from ingest.extract.table_numbers import CellNumber
from ingest.extract.table_words import Role, UnitWord


class Context(NamedTuple):
    """What stands above a table, from its own rows outward: titles, and the period that they, or the document, state."""

    titles: tuple[str, ...]
    period: str | None = None
    period_text: str | None = None
    inherited: bool = False
    this_year: int | None = None
    places: tuple[str, ...] = ()


class TableFigure(NamedTuple):
    """A figure of a table. `half` is half a unit of its last digit; `row_place` and `column_place` are labels that may name a place."""

    row: int
    column: int
    span: Span
    number: CellNumber
    unit: UnitWord
    subject: str
    base: str
    kind: Role | None
    status: Status
    period: str | None
    period_text: str | None
    inherited: bool
    place: str | None
    total: Role | None
    part: bool
    of: int | None  # of a share or a growth: the column of what it is one of

    @property
    def value(self) -> Decimal:
        """The value with 万 and 亿 folded in."""
        return self.number.value * self.scale

    @property
    def last(self) -> Decimal | None:
        """The upper end of a range."""
        return None if self.number.last is None else self.number.last * self.scale

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return self.number.half * self.scale

    @property
    def scale(self) -> int:
        """What the unit in the head multiplies the cell's number by; a cell that prints its own 万 or unit is not multiplied again."""
        return 1 if self.number.unit or self.number.scaled else self.unit.scale


class Reading(NamedTuple):
    """What a table gives: its figures in the order of its cells, how many have no unit because the lines above name several, those, of how
    many that tell a growth or a share nothing settles the unit or what it is of, and how many nothing names."""

    figures: list[TableFigure]
    without_unit: int
    units: str
    unsettled: int
    unnamed: int
