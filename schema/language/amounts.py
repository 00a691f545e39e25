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
from schema.language.rows import OperatorRow, operators, range_words, unequal_signs

_SIGNS = str.maketrans("＞＜＝｜›‹﹥﹤﹦！", "><=|><><=!")
_TO = re.compile(r"\s*(?:-|~|至|到)\s*")
_BLANK = re.compile(r"\s+")
_AND = re.compile(r"\s*[,，]?\s*(?:并且|而且|且|但)\s*")
_BESIDE = re.compile(r"\s*[,，、]?\s*")
CLOSED = re.compile(r"$|[\s，。；！!？、,;)）|的\"“”「」『』＂]")
"""What may stand behind a condition, in folded text."""
_DENIED = frozenset("不没未非")
_GROUPS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_SPACED = re.compile(r"(?<=[<>=≥≤≧≦⩾⩽])\s*(?:\d{1,2}(?: \d{3})+|\d{3}(?: 0\d\d)+)(?!\d)")
_NUMERAL = re.compile(rf"[{numerals.HAN_DIGITS}十百千万亿]{{1,15}}+")
_PARTS_OF_NUMBERS = frozenset("第数几成" + numerals.HAN_DIGITS + "十百千万亿")
LARGE = 100
"""From here on a numeral without a measure word is a number: 第一以上 is none."""
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
    """The condition that the folded `text` writes at `at` without a symbol (不少于300人, 300人以上400人以下), if one stands there."""
    found = _one_at(text, at)
    return _joined(text, found) if found and found.told else found


def _joined(text: str, found: Condition) -> Condition:
    """With the other bound where it follows: 超过300人且少于500人, 300人以上400人以下, >300人<400人."""
    joined = _AND.match(text, found.end)
    beside = joined or _BESIDE.match(text, found.end)
    start = beside.end() if beside else found.end
    symbol = _sign_at(text, start, "symbol")
    if symbol:
        amount = _amount_at(text, skipped(text, start + len(symbol)), signed=True)
        other = Condition(_bounded(operators("symbol")[symbol], amount), amount.end, told=True) if amount else None
    else:
        other = _one_at(text, start)
    return _both(found, other, surely=joined is not None) if other and other.told else found


def _one_at(text: str, at: int) -> Condition | None:
    before = _sign_at(text, at, "before")
    row = operators("before")[before] if before else None
    if before and text[at - 1 : at] in _DENIED and at:  # 不等于300人 is no bound
        return None
    if row and at and text[at - 1] in row.never_after:
        return None
    if not before and (spread := _spread_at(text, at)):
        return spread
    first = _amount_at(text, skipped(text, at + len(before)) if before else at, signed=before is not None)
    if first is None or (row and row.large and first.times == 1):
        return None
    behind = skipped(text, first.end)
    after = _sign_at(text, behind, "after")
    if after and row and (row.low, row.high) != (operators("after")[after].low, operators("after")[after].high):
        after = None
    if after and behind > first.end and not CLOSED.match(text, behind + len(after)):
        after = None
    row = row or (operators("after")[after] if after else None)
    end = behind + len(after) if after else first.end
    if row is None:
        return Condition(Bounds(first.value, first.value, unit=first.unit), end, told=False)
    return Condition(_bounded(row, first), end, told=not _a_year(first))


def _spread_at(text: str, at: int) -> Condition | None:
    """A range that stands at `at`: 300-500人, 介于300和400之间."""
    opened = next((word for word in range_words("opens") if text.startswith(word, at)), "")
    first = _amount_at(text, skipped(text, at + len(opened)))
    to = _TO.match(text, first.end) if first else None
    join = next((word for word in range_words("joins") if text.startswith(word, first.end)), "") if first and not to else ""
    last = _amount_at(text, to.end() if to else first.end + len(join)) if first and (to or join) else None
    if first is None or last is None:
        return None
    found = _between(first, last)
    closed = next((word for word in range_words("closes") if text.startswith(word, last.end)), "")
    if join and not closed:
        return None
    return Condition(found.bounds, last.end + len(closed), told=found.told or (bool(opened or closed) and not _a_year(last)))


def symbol_at(text: str, at: int) -> str | None:
    """The symbol of comparison (>=, ≥) that stands at `at`."""
    return _sign_at(text, at, "symbol")


def unequal_at(text: str, at: int) -> int | None:
    """Where a sign of being unequal ends that stands at `at`, with the number behind it; None where there is none."""
    sign = next((one for one in unequal_signs() if text.startswith(one, at)), None)
    amount = _amount_at(text, skipped(text, at + len(sign)), signed=True) if sign else None
    return amount.end if amount else None


def compared_at(text: str, at: int, symbol: str) -> Condition | None:
    """The condition that `symbol` and what is written at `at` make; a range behind a symbol is that range, whatever the symbol."""
    found = condition_at(text, at)
    row = operators("symbol")[symbol]
    if found is not None and found.bounds.low is not None and (found.bounds.low != found.bounds.high):
        if found.bounds.high is not None or (row.low and row.high):
            return found._replace(told=True)
        amount = _Amount(found.bounds.low, found.bounds.unit, found.end, 1)
        return _joined(text, Condition(_bounded(row, amount), found.end, told=True))
    first = _amount_at(text, at, signed=True)
    return _joined(text, Condition(_bounded(row, first), first.end, told=True)) if first else None


def framed_at(text: str, at: int) -> tuple[Condition, int] | None:
    """A bound that stands before its subject (300<网格员), as one of the subject, and where the subject begins."""
    amount = _amount_at(text, at, signed=True)
    symbol = symbol_at(text, skipped(text, amount.end)) if amount else None
    if amount is None or symbol is None:
        return None
    typed = _bounded(operators("symbol")[symbol], amount)
    bounds = Bounds(typed.high, typed.low, typed.high_open, typed.low_open, typed.unit)
    end = skipped(text, skipped(text, amount.end) + len(symbol))
    return Condition(bounds, end, told=True), end


def both(first: Condition, second: Condition) -> Condition:
    """Two bounds of one subject as one condition; the first alone where they are none."""
    return _both(first, second, surely=True)


def _sign_at(text: str, at: int, where: str) -> str | None:
    return next((sign for sign in operators(where) if text.startswith(sign, at)), None)


def _amount_at(text: str, at: int, *, signed: bool = False) -> _Amount | None:
    """The number at `at` with its unit; behind a sign or a word of comparison (`signed`) also -5, and 万 alone."""
    if signed and text.startswith("-", at) and (below := _amount_at(text, at + 1)):
        return below._replace(value=-below.value)
    number = number_after(text, at)
    if number is None:
        return _written_out(text, at, signed=signed)
    if number.sign:
        return _Amount(number.value, number.sign, number.end, 1)
    if text[number.end : number.end + 1] == "成":
        return _Amount(number.value * 10, "%", number.end + 1, 1)
    end = number.end - text[number.end - 1].isspace()  # a number may end with the space that parts it from the next word
    start = skipped(text, end)
    unit = unit_at(text, start)
    if unit is None or unit.row.noun or (start > end and not _closed(text, unit.end)):
        return _Amount(number.value, None, end, number.times)
    return _Amount(number.value, text[start : unit.end], unit.end, number.times)


def _written_out(text: str, at: int, *, signed: bool) -> _Amount | None:
    """A number of a hundred at least in Chinese numerals that no measure word follows: 一万以上, and 过万人 where `signed`."""
    numeral = _NUMERAL.match(text, at)
    if numeral is None or (at and text[at - 1] in _PARTS_OF_NUMBERS):
        return None
    worth = numerals.MULTIPLIERS.get(numeral[0])
    value = numerals.read(numeral[0]) if worth is None else Decimal(worth) if signed else None
    if value is None or value < LARGE:
        return None
    unit = unit_at(text, numeral.end())
    if unit and not unit.row.noun and _closed(text, unit.end):
        return _Amount(value, text[numeral.end() : unit.end], unit.end, LARGE)
    return _Amount(value, None, numeral.end(), LARGE) if _closed(text, numeral.end()) else None


def skipped(text: str, at: int) -> int:
    """Where what is no blank begins, from `at` on."""
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _closed(text: str, at: int) -> bool:
    """Whether a unit that stands apart from its number (300 人) is a word of its own: another sign or nothing follows."""
    return CLOSED.match(text, at) is not None or _sign_at(text, at, "after") is not None or _AND.match(text, at) is not None


def _both(first: Condition, second: Condition, *, surely: bool) -> Condition:
    """Two bounds as one condition, where one is the lower and the other the upper; else the first alone.

    Unless they are `surely` meant as one, the lower one must be below the upper one as well."""
    low, high = (first.bounds, second.bounds) if first.bounds.high is None else (second.bounds, first.bounds)
    units = {one for one in (low.unit, high.unit) if one}
    if low.high is not None or high.low is not None or low.low is None or high.high is None or len(units) > 1:
        return first
    if not surely and low.low > high.high:
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
