"""Reads numbers as Chinese texts print them (12,345.6 / 1.6万 / 一百二十 / 壹仟贰佰 / 七八十), exactly and without floats on the way."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d|,\d{3})|\d{1,15}+)(?:\.\d{1,6}+)?"
"""An Arabic number in folded text; thousands may be set off by an ASCII comma. Possessive, so that digits alone never backtrack; groups
are not, because before 3.11.5 Python's `re` fails on them beside a capture (cpython issue 101955), and Debian 12 has 3.11.2."""
HAN_DIGITS = "零〇一二两三四五六七八九"
FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""The numerals of cheques and contracts; 伍, 陆 and 拾 are also parts of words (队伍, 大陆, 收拾)."""
HAN = rf"(?:[{HAN_DIGITS}十百千][{HAN_DIGITS}十百千万亿]{{0,14}}+)"
"""A run of Chinese numeral characters; `from_han` decides whether it is a number at all."""
MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
MULTIPLIERS |= {"百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

_FOLD = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOLD.update(zip(map(ord, "％．（）：︰∶／；＋　—–－―−‑～〜\u00a0"), "%.():::/;+ ------~~ ", strict=True))
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]+")
_WIDE_THOUSANDS = re.compile("[０-９]，(?=[０-９]{3}(?![０-９]))")
_SHORT = 400  # characters; a shorter text is folded again sooner than looked up
_DIGIT = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEP = {"十": 10, "百": 100, "千": 1_000}
_PLAIN = str.maketrans(FINANCIAL, "一二三四五六七八九十百千")
_NEIGHBOURS = re.compile(r"一二|一两|[二两]三|三[四五]|四五|五六|六七|七八|八九")


def fold(text: str) -> str:
    """`text` with full-width digits, letters and signs made ASCII, one code point for one, so that offsets stay true.

    The full-width comma is left alone: it parts clauses, while an ASCII comma may stand inside a number; so may a full-width one
    among full-width digits (３２，６５０).
    """
    return _kept(text) if len(text) > _SHORT else _folded(text)


@lru_cache(maxsize=16)
def _kept(text: str) -> str:
    """A body, which several stages fold; headings and quotes would drive the bodies out."""
    return _folded(text)


def _folded(text: str) -> str:
    text = _WIDE_THOUSANDS.sub(lambda match: match[0][0] + ",", text)
    return _FOLDED.sub(lambda match: match[0].translate(_FOLD), text)


def from_han(numeral: str) -> int | None:
    """The value of a Chinese numeral (一百二十, 两千零五, 三万六, 二〇二五, 壹仟贰佰), or None where the characters make no number."""
    if len(numeral) < 2:
        return 10 if numeral == "十" else _DIGIT.get(numeral) or _below_ten_thousand(numeral.translate(_PLAIN)) if numeral else None
    numeral = numeral.translate(_PLAIN)
    if all(sign in _DIGIT for sign in numeral):
        return int("".join(str(_DIGIT[sign]) for sign in numeral)) if len(numeral) == 4 else None
    for sign, worth in (("亿", 10**8), ("万", 10**4)):
        if sign in numeral:
            head, _, tail = numeral.rpartition(sign)
            high = from_han(head)
            if not high:
                return None
            low = _tail(tail, worth)
            return None if low is None else high * worth + low
    return _below_ten_thousand(numeral)


def han_range(numeral: str) -> tuple[int, int] | None:
    """Both ends of a rough number that names two neighbours: 两三 is 2–3, 十七八 is 17–18, 四五百 is 400–500."""
    pair = _NEIGHBOURS.search(numeral)
    if pair is None:
        return None
    low = from_han(numeral[: pair.start() + 1] + numeral[pair.end() :])
    high = from_han(numeral[: pair.start()] + numeral[pair.end() - 1 :])
    return (low, high) if low and high and low < high else None


def _tail(tail: str, worth: int) -> int | None:
    """What follows a 万 or 亿: nothing, a full number, or the one digit of 三万六 (6000)."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in _DIGIT:
        return _DIGIT[tail] * worth // 10
    low = from_han(tail.lstrip("零〇"))
    return low if low is not None and low < worth else None


def _below_ten_thousand(numeral: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for place, sign in enumerate(numeral):
        if sign in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[sign]
        elif sign in _STEP:
            step = _STEP[sign]
            if step >= last or (digit is None and not (sign == "十" and place == 0)):
                return None
            total, digit, last = total + (1 if digit is None else digit) * step, None, step
        else:
            return None
    if digit is None:
        return total
    tens = last // 10 if last < 10_000 and numeral[-2:-1] in ("百", "千") else 1  # 一百二 is 120, 一百零二 is 102
    return total + digit * tens


def read(numeral: str) -> Decimal | None:
    """The exact value of an Arabic or Chinese numeral (also 三点五) without its multiplier, or None."""
    if numeral[:1].isascii():
        return Decimal(numeral.replace(",", "")) if numeral else None
    whole, point, decimals = numeral.partition("点")
    value = from_han(whole)
    if value is None or (point and not all(sign in _DIGIT for sign in decimals)):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGIT[sign]) for sign in decimals)}") if decimals else Decimal(value)


def plain(value: Decimal) -> int | float:
    """The value as JSON has it: an int where it is whole, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)
