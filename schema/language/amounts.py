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
_TO = re.compile(r"\s*(?:-|~|至|到)\s*")
_BLANK = re.compile(r"\s+")
_AND = re.compile(r"\s*[,，]?\s*(?:并且|而且|且|但)\s*")
_CLOSED = re.compile(r"$|[\s，。；、,;)）|的]")
_DENIED = frozenset("不没未非")
_GROUPS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_SPACED = re.compile(r"(?<=[<>=≥≤≧≦⩾⩽])\s*(?:\d{1,2}(?: \d{3})+|\d{3}(?: 0\d\d)+)(?!\d)")
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
    plain = _GROUPS.sub(",", numerals.fold(text).translate(_SIGNS))
    return _SPACED.sub(lambda found: found[0].replace(" ", ",") if unit_at(plain, found.end()) else found[0], plain)


def condition_at(text: str, at: int) -> Condition | None:
    """The condition that the folded `text` writes at `at` without a symbol (不少于300人, 超过300人且少于500人), if one stands there."""
    found = _one_at(text, at)
    joined = _AND.match(text, found.end) if found and found.told else None
    other = _one_at(text, joined.end()) if joined else None
    return _both(found, other) if found and other and other.told else found


def _one_at(text: str, at: int) -> Condition | None:
    before = _sign_at(text, at, "before")
    if before and text[at - 1 : at] in _DENIED and at:  # 不等于300人 is no bound
        return None
    first = _amount_at(text, _skipped(text, at + len(before)) if before else at)
    if first is None:
        return None
    to = _TO.match(text, first.end)
    last = _amount_at(text, to.end()) if to else None
    if last is not None and not before:
        return _between(first, last)
    behind = _skipped(text, first.end)
    after = None if before else _sign_at(text, behind, "after")
    if after and behind > first.end and not _CLOSED.match(text, behind + len(after)):
        after = None
    row = operators("before")[before] if before else operators("after")[after] if after else None
    end = behind + len(after) if after else first.end
    if row is None:
        return Condition(Bounds(first.value, first.value, unit=first.unit), end, told=False)
    return Condition(_bounded(row, first), end, told=not _a_year(first))


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
    start = _skipped(text, end)
    unit = unit_at(text, start)
    if unit is None or unit.row.noun or (start > end and not _closed(text, unit.end)):
        return _Amount(number.value, None, end, number.times)
    return _Amount(number.value, text[start : unit.end], unit.end, number.times)


def _skipped(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _closed(text: str, at: int) -> bool:
    """Whether a unit that stands apart from its number (300 人) is a word of its own: another sign or nothing follows."""
    return _CLOSED.match(text, at) is not None or _sign_at(text, at, "after") is not None or _AND.match(text, at) is not None


def _both(first: Condition, second: Condition) -> Condition:
    """Two bounds as one condition, where one is the lower and the other the upper; else the first alone."""
    low, high = (first.bounds, second.bounds) if first.bounds.high is None else (second.bounds, first.bounds)
    units = {one for one in (low.unit, high.unit) if one}
    if low.high is not None or high.low is not None or low.low is None or high.high is None or len(units) > 1:
        return first
    both = replace(low, high=high.high, high_open=high.high_open, unit=low.unit or high.unit)
    return Condition(both, second.end, told=True)


def _between(first: _Amount, last: _Amount) -> Condition:
    low = first.value * last.times if first.times == 1 and first.unit is None else first.value  # 3-5万
    bounds = Bounds(low, last.value, unit=last.unit or first.unit)
    if low > last.value:
        bounds = replace(bounds, low=last.value, high=low)
    return Condition(bounds, last.end, told=bounds.unit is not None and not _a_year(last))


def _bounded(row: OperatorRow, amount: _Amount) -> Bounds:
    return Bounds(
        low=amount.value if row.low else None,
        high=amount.value if row.high else None,
        low_open=row.low and not row.included,
        high_open=row.high and not row.included,
        unit=amount.unit,
    )


def _a_year(amount: _Amount) -> bool:
    return amount.value in _YEARS and amount.times == 1 and amount.unit in (None, "年")
