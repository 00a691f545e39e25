"""The units that the lines above a table name, and which column has which where one line names several (单位：个、名、万元)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple

from archive.findings import Measure
from ingest.extract.numerals import fold
from ingest.extract.table_words import UnitWord, taken_apart, unit_of

_UNIT_LINE = re.compile(r"(?P<who>[^\s:：()（）]{0,8}?)(?:计量|数据|金额)?单位\s*[:：]\s*(?P<unit>[^\s:：()（）。]{1,16})")
"""`who` is set where the unit is an office (填报单位：某局)."""
_UNIT = r"[^\s:：()（）。、，,；;]{1,8}"
_LISTED = re.compile(rf"单位\s*[:：]\s*(?P<units>{_UNIT}(?:\s{{0,2}}[、，,；;]\s{{0,2}}{_UNIT}){{1,9}})(?=[\s)）]|$)")
_PART = r"[^\s:：()（）。、，,；;/／]{1,6}"
_STROKES = re.compile(rf"单位\s*[:：]\s*(?P<units>{_PART}(?:[/／]{_PART}){{1,9}})(?=[\s)）]|$)")
_MARKS, _STROKE = re.compile(r"\s*[、，,；;]\s*"), re.compile("[/／]")


class UnitsAbove(NamedTuple):
    """What the lines above a table say of its units: one for all, or several in a row. `ratio`: those may also be one unit (户/人)."""

    one: UnitWord | None = None
    listed: tuple[UnitWord, ...] = ()
    printed: str = ""
    ratio: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one is named, so that none of them is that of every column."""
        return bool(self.printed) and not self.ratio


class Column(NamedTuple):
    """A column of figures: its heads from the lowest, the unit that they print, and whether they say that it tells growth or shares."""

    number: int
    heads: tuple[str, ...]
    unit: UnitWord | None
    relative: bool


def units_above(titles: Sequence[str]) -> UnitsAbove:
    """The units that lines above a table name, the nearest line first."""
    for title in titles:
        if found := _listed(title):
            return found
        for line in _UNIT_LINE.finditer(title):
            head = taken_apart(f"单位:{line['unit']}")
            several = any(unit_of(part) for part in _MARKS.split(line["unit"])) and head.several
            if head.unit is not None or several or not line["who"]:
                return UnitsAbove(head.unit, printed=line["unit"] if several else "")
        if (head := taken_apart(title)).unit is not None:
            return UnitsAbove(head.unit)
    return UnitsAbove()


def _listed(title: str) -> UnitsAbove | None:
    for pattern, marks in ((_LISTED, _MARKS), (_STROKES, _STROKE)):
        for line in pattern.finditer(title):
            units = [unit_of(part) for part in marks.split(line["units"])]
            known = tuple(unit for unit in units if unit is not None)
            if len(known) == len(units):
                whole = unit_of(line["units"])
                return UnitsAbove(whole, known, fold(line["units"]), whole is not None)
    return None


def handed_out(above: UnitsAbove, columns: Sequence[Column], labels: Sequence[str]) -> Mapping[int, UnitWord]:
    """The unit of each column of figures by its number: those above the table in their order. Nothing where their number is another one,
    where a head says otherwise, or where no head says anything; where the labels of rows name what is counted every head must say so.
    """
    open_ = [column for column in columns if column.unit is None]
    for tried in (open_, [column for column in open_ if not column.relative], list(columns)):
        rounds, left = divmod(len(tried), len(above.listed)) if above.listed else (0, 1)
        if left or not rounds:
            continue
        pairs = list(zip(tried, above.listed * rounds, strict=True))
        fits = [_fits(column, unit) for column, unit in pairs]
        sure = rounds > 1 or above.ratio or any(_row_of(label) is not None for label in labels)
        if False not in fits and (None not in fits if sure else True in fits):
            return {column.number: unit for column, unit in pairs}
    return _to_groups(above, open_) or _beside_percent(above, open_)


def _to_groups(above: UnitsAbove, columns: Sequence[Column]) -> dict[int, UnitWord]:
    """One unit for each of the upper heads, in their order: 种植面积 over 早稻 and 晚稻, 产值 over 2022年. Every group must say so."""
    levels = [column for column in columns if not column.relative]
    groups = [list(group) for _, group in groupby(levels, key=lambda column: column.heads[-1:])]
    if len(groups) != len(above.listed) or len(groups) == len(levels):
        return {}
    found: dict[int, UnitWord] = {}
    for group, unit in zip(groups, above.listed, strict=True):
        upper = group[0]._replace(heads=group[0].heads[-1:])
        if _fits(upper, unit) is not True or any(_fits(column, unit) is False for column in group):
            return {}
        found |= {column.number: unit for column in group}
    return found


def _beside_percent(above: UnitsAbove, columns: Sequence[Column]) -> dict[int, UnitWord]:
    """Of two units one of which is per cent: that for what grew or is a share, the other one for all else, where every head says so."""
    amounts = [unit for unit in above.listed if unit.measure is not Measure.PERCENT]
    shares = [unit for unit in above.listed if unit.measure is Measure.PERCENT]
    if len(amounts) != 1 or len(shares) != 1:
        return {}
    found = {column.number: shares[0] if column.relative else amounts[0] for column in columns}
    return found if all(_fits(column, found[column.number]) for column in columns) else {}


def _fits(column: Column, unit: UnitWord) -> bool | None:
    """Whether the heads of a column say that it has this unit; None where they do not say."""
    if column.unit is not None:
        return column.unit == unit
    if column.relative:
        return unit.measure is Measure.PERCENT
    row = next((row for head in column.heads if (row := _row_of(head)) is not None), None)
    return None if row is None else unit.name in row.units or unit.measure is row.measure


class _Row(NamedTuple):
    pattern: re.Pattern[str]
    units: frozenset[str]
    measure: Measure | None


def unit_rows() -> list[dict[str, Any]]:
    """The rows of table_units.toml."""
    rows: list[dict[str, Any]] = tomllib.loads(files("ingest.extract").joinpath("table_units.toml").read_text("utf-8"))["row"]
    return rows


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(re.compile(row["pattern"]), frozenset(row.get("units", "").split()), Measure(row["measure"]) if "measure" in row else None)
        for row in unit_rows()
    )


@lru_cache(maxsize=4096)
def _row_of(head: str) -> _Row | None:
    return next((row for row in _rows() if row.pattern.search(head)), None)
