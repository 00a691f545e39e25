"""Do the figures of a table add up? Totals against their parts, down the rows and across the columns, and shares against both.

A table says by its 合计 that something is the sum of something, and seldom of what: rows below may be parts of parts, columns beside may
overlap. So a relation is taken for one where most of the rows (or columns) that it is tried on hold, and only then does one that does not
hold count as false; a 小计 within, a blank cell or a rough figure means that nothing can be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from archive.findings import CheckKind, Measure
from ingest.extract.check_terms import show
from ingest.extract.table_grid import Grid
from ingest.extract.table_records import TableFigure
from ingest.extract.table_words import Role

_MOST = Decimal(2) / 3
_NEAR = Decimal("0.1")
"""By how much of itself a total may miss its parts and still be a slip of theirs where no other column speaks for the relation."""
_NO_AMOUNT = ("人均", "户均", "平均", "亩均", "每", "率", "单价", "指数", "价格", "排")
_MOST_PARTS = 400
_BESIDE, _FIRST_ROWS, _TOTALS = 24, 20, 24
"""Columns beside a total that may be its parts, rows that they are tried on, and columns of totals: a sheet of 1,000 columns is no reason
to try them all."""


class TableCheck(NamedTuple):
    """A relation of a table's figures: `figures` are their numbers among all figures of the document's tables, the stated one last."""

    kind: CheckKind
    relation: str
    holds: bool
    figures: tuple[int, ...]
    stated: float
    computed: float


class _Try(NamedTuple):
    """A total and the parts that it might be the sum of."""

    total: int
    parts: tuple[int, ...]
    holds: bool
    computed: Decimal


def checks_of(grid: Grid, figures: Sequence[TableFigure], first: int) -> list[TableCheck]:
    """The relations of one table's figures, which are numbered from `first`."""
    at = {(figure.row, figure.column): number for number, figure in enumerate(figures)}
    found = [*_down(figures, at), *_across(grid, figures, at), *_shares(figures, at)]
    moved = [check._replace(figures=tuple(first + number for number in check.figures)) for check in found]
    return list({check.figures: check for check in reversed(moved)}.values())[::-1]


def _down(figures: Sequence[TableFigure], at: Mapping[tuple[int, int], int]) -> Iterator[TableCheck]:
    """Rows of totals (合计) against the rows above, or below where the total comes first."""
    rows = sorted({figure.row for figure in figures})
    kinds = {figure.row: figure.total for figure in figures}
    totals = [row for row in rows if kinds[row] is Role.TOTAL]
    if Role.SUBTOTAL in kinds.values():
        yield from _told(figures, _subtotals(figures, at), alone=True)
        return
    if not totals:
        return
    inner = {figure.row for figure in figures if figure.part}
    ends = [rows.index(totals[0]), *(number for number, row in enumerate(rows) if kinds[row] is Role.TOTAL and row != totals[0]), len(rows)]
    for number, row in enumerate(totals):
        above = rows[ends[number - 1] + 1 if number else 0 : ends[number]]
        parts = [other for other in (rows[ends[number] + 1 : ends[number + 1]] if row == rows[0] else above) if other not in inner]
        yield from _told(figures, _columns(figures, at, row, parts), alone=True)


def _subtotals(figures: Sequence[TableFigure], at: Mapping[tuple[int, int], int]) -> list[_Try]:
    """Rows of subtotals (小计) against their rows, above or below them, and one row of totals against those and the rows that have none."""
    kinds = {figure.row: figure.total for figure in figures if not figure.part}
    totals = [row for row, kind in kinds.items() if kind is Role.TOTAL]
    rows = [row for row in sorted(kinds) if row not in totals]
    leading = kinds[rows[0]] is Role.SUBTOTAL
    found: list[_Try] = []
    parts: list[int] = []
    subtotals: list[int] = []
    for row in reversed(rows) if leading else rows:
        if kinds[row] is Role.SUBTOTAL:
            found += _columns(figures, at, row, sorted(parts))
            subtotals.append(row)
            parts = []
        else:
            parts.append(row)
    if len(totals) == 1:
        found += _columns(figures, at, totals[0], sorted([*subtotals, *parts]))
    return found


def _columns(figures: Sequence[TableFigure], at: Mapping[tuple[int, int], int], row: int, parts: Sequence[int]) -> list[_Try]:
    """A row of totals against rows of parts, in each column that has them all."""
    tries: list[_Try] = []
    for column in sorted({figure.column for figure in figures if figure.row == row}):
        cells = [at.get((other, column)) for other in parts]
        one = None if None in cells else _sum(figures, at[row, column], [cell for cell in cells if cell is not None])
        tries += [one] if one is not None else []
    return tries


def _across(grid: Grid, figures: Sequence[TableFigure], at: Mapping[tuple[int, int], int]) -> Iterator[TableCheck]:
    """Columns of totals against the columns beside them."""
    rows = sorted({figure.row for figure in figures})
    columns = sorted({figure.column for figure in figures})
    totals = [column for column in columns if (heads := grid.heads(column)) and heads[-1].role is Role.TOTAL]
    for column in totals[:_TOTALS]:
        heads = grid.heads(column)
        group = [other for other in columns if other != column and grid.heads(other)[: len(heads) - 1] == heads[:-1]]
        right = [other for other in group if other > column][:_BESIDE]
        for beside in (right, [other for other in group if other < column][-_BESIDE:]):
            for size in range(len(beside), 1, -1):
                parts = beside[:size] if beside is right else beside[-size:]
                if any(_told(figures, _rows(figures, at, rows[:_FIRST_ROWS], (column, parts)), alone=False)):
                    yield from _told(figures, _rows(figures, at, rows, (column, parts)), alone=False)
                    break


def _rows(
    figures: Sequence[TableFigure], at: Mapping[tuple[int, int], int], rows: Sequence[int], columns: tuple[int, Sequence[int]]
) -> list[_Try]:
    """A column of totals against columns of parts, in each of these rows that has them all."""
    found: list[_Try] = []
    for row in rows:
        cells = [at.get((row, other)) for other in columns[1]]
        total = at.get((row, columns[0]))
        one = None if total is None or None in cells else _sum(figures, total, [cell for cell in cells if cell is not None])
        found += [one] if one is not None else []
    return found


def _sum(figures: Sequence[TableFigure], total: int, parts: Sequence[int]) -> _Try | None:
    """A total against parts; None where they are no amounts of one kind, or not exact."""
    whole = figures[total]
    items = [figures[part] for part in parts]
    alike = all(item.unit.name == whole.unit.name and item.kind is None and item.number.exact for item in items)
    if not 2 <= len(parts) <= _MOST_PARTS or not alike or not whole.number.exact or not _adds_up(whole):
        return None
    computed = sum((item.value for item in items), Decimal(0))
    slack = sum((_rounding(item) for item in (whole, *items)), Decimal(0))
    return _Try(total, tuple(parts), abs(computed - whole.value) <= slack, computed)


def _adds_up(figure: TableFigure) -> bool:
    return (
        figure.kind is None
        and figure.unit.measure is not Measure.PERCENT
        and "/" not in figure.unit.name
        and not any(word in figure.subject for word in _NO_AMOUNT)
    )


def _rounding(figure: TableFigure) -> Decimal:
    """By how much the print may have rounded a figure; nothing for a count."""
    half = figure.half
    return half if half > Decimal("0.5") or figure.value % 1 or half < Decimal("0.5") else Decimal(0)


def _told(figures: Sequence[TableFigure], tries: Sequence[_Try], alone: bool) -> Iterator[TableCheck]:
    """The checks of tries that speak for each other: most of them hold; a single one is told where it holds or nearly does (`alone`)."""
    real = [one for one in tries if figures[one.total].value]
    holding = sum(one.holds for one in real)
    if not real or holding < _MOST * len(real) or (len(real) < 2 and not alone):
        near = alone and real and all(abs(one.computed - figures[one.total].value) <= _NEAR * abs(figures[one.total].value) for one in real)
        if not near:
            return
    for one in real:
        total = figures[one.total].value
        relation = "+".join(show(float(figures[part].value)) for part in one.parts).replace("+-", "-") + f"={show(float(total))}"
        yield TableCheck(CheckKind.SUM, relation, one.holds, (*one.parts, one.total), float(total), float(one.computed))


def _shares(figures: Sequence[TableFigure], at: Mapping[tuple[int, int], int]) -> Iterator[TableCheck]:
    """Columns of shares (占比) against their part and the total of its column."""
    totals = [figure.row for figure in figures if figure.total is Role.TOTAL]
    columns = sorted({figure.column for figure in figures if figure.kind is Role.SHARE and figure.unit.name == "%"})
    if not totals:
        return
    found: dict[int, list[TableCheck]] = defaultdict(list)
    for column in columns:
        level = next((figure.of for figure in figures if figure.column == column), None)
        whole = at.get((totals[0], level)) if level is not None else None
        if whole is None or not _adds_up(figures[whole]) or not figures[whole].value:
            continue
        for (row, other), number in at.items():
            part = at.get((row, level)) if other == column and level is not None else None
            if part is not None and row not in totals and figures[part].number.exact and figures[number].number.exact:
                found[column].append(_share(figures, part, whole, number))
    for checks in found.values():
        if len(checks) > 1 and sum(check.holds for check in checks) >= _MOST * len(checks):
            yield from checks


def _share(figures: Sequence[TableFigure], part: int, whole: int, share: int) -> TableCheck:
    one, other, stated = figures[part], figures[whole], figures[share]
    low = 100 * (one.value - _rounding(one)) / (other.value + _rounding(other))
    high = 100 * (one.value + _rounding(one)) / max(other.value - _rounding(other), Decimal("0.000001"))
    holds = low - stated.half <= stated.value <= high + stated.half
    relation = f"{show(float(one.value))}/{show(float(other.value))}={show(float(stated.value))}%"
    computed = round(float(100 * one.value / other.value), 6)
    return TableCheck(CheckKind.SHARE, relation, holds, (part, whole, share), float(stated.value), computed)
