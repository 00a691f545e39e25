"""Conditions on figures as people write them: >=300人, 超过1亿元, 500-1000人, 九成以上."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ingest.extract import numerals
from ingest.extract.figure_numbers import number_after
from ingest.extract.measures import unit_at
from schema.language.clauses import Bounds
from schema.language.rows import OperatorRow, operators

_SIGNS = str.maketrans("＞＜＝｜", "><=|")
_TO = re.compile(r"\s?(?:-|~|至|到)\s?")
_YEARS = range(1900, 2101)


class Condition(NamedTuple):
    """Bounds that are written up to `end`. `told` is how surely: an operator or a range stands there, and not merely a number."""

    bounds: Bounds
    end: int
    told: bool


class _Amount(NamedTuple):
    value: Decimal
    unit: str | None
    end: int
    times: int


def folded(text: str) -> str:
    """`text` with full-width digits, letters and signs made ASCII, one code point for one."""
    return numerals.fold(text).translate(_SIGNS)


def condition_at(text: str, at: int) -> Condition | None:
    """The condition that the folded `text` writes at `at` without a symbol; None where no number stands there."""
    before = _sign_at(text, at, "before")
    first = _amount_at(text, at + len(before or ""))
    if first is None:
        return None
    to = _TO.match(text, first.end)
    last = _amount_at(text, to.end()) if to else None
    if last is not None and not before:
        return _between(first, last)
    after = _sign_at(text, first.end, "after")
    row = operators("before")[before] if before else operators("after")[after] if after else None
    end = first.end + len(after or "")
    if row is None:
        return Condition(Bounds(first.value, first.value, unit=first.unit), end, told=False)
    return Condition(_bounded(row, first), end, told=first.unit is not None or not _a_year(first))


def symbol_at(text: str, at: int) -> str | None:
    """The symbol of comparison (>=, ≥) that stands at `at`."""
    return _sign_at(text, at, "symbol")


def compared_at(text: str, at: int, symbol: str) -> Condition | None:
    """The condition that `symbol` and what is written at `at` make; a range goes with `=` alone."""
    found = condition_at(text, at)
    if found is None or found.bounds.low is None:
        first = _amount_at(text, at)
        return Condition(_bounded(operators("symbol")[symbol], first), first.end, told=True) if first else None
    row = operators("symbol")[symbol]
    if row.low and row.high:
        return found._replace(told=True)
    amount = _Amount(found.bounds.low, found.bounds.unit, found.end, 1)
    return Condition(_bounded(row, amount), found.end, told=True)


def _sign_at(text: str, at: int, where: str) -> str | None:
    return next((sign for sign in operators(where) if text.startswith(sign, at)), None)


def _amount_at(text: str, at: int) -> _Amount | None:
    number = number_after(text, at)
    if number is None:
        return None
    if number.sign:
        return _Amount(number.value, number.sign, number.end, 1)
    if text[number.end : number.end + 1] == "成":
        return _Amount(number.value * 10, "%", number.end + 1, 1)
    end = number.end - text[number.end - 1].isspace()  # a number may end with the space that parts it from the next word
    unit = unit_at(text, end)
    if unit is None or unit.row.noun:
        return _Amount(number.value, None, end, number.times)
    return _Amount(number.value, text[number.end : unit.end], unit.end, number.times)


def _between(first: _Amount, last: _Amount) -> Condition:
    low = first.value * last.times if first.times == 1 and first.unit is None else first.value  # 3-5万
    bounds = Bounds(low, last.value, unit=last.unit or first.unit)
    if low > last.value:
        bounds = replace(bounds, low=last.value, high=low)
    return Condition(bounds, last.end, told=bounds.unit is not None)


def _bounded(row: OperatorRow, amount: _Amount) -> Bounds:
    return Bounds(
        low=amount.value if row.low else None,
        high=amount.value if row.high else None,
        low_open=row.low and not row.included,
        high_open=row.high and not row.included,
        unit=amount.unit,
    )


def _a_year(amount: _Amount) -> bool:
    return amount.value in _YEARS and amount.times == 1
