"""Numbers whose digits are held apart by blanks: set in squares (3 4 0 0亩), or in groups of three behind a thin space (2 150万元).

A row of numbers (12 15 18) is left as it is. Where nobody can tell a row from a number (120 150户), there is no figure rather than a
wrong one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

BLANKS = frozenset(" \u3000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_GAP = f"[{''.join(sorted(BLANKS))}]"
_ROW = re.compile(rf"\d{{1,20}}+(?:{_GAP}\d{{1,20}}+){{1,20}}(?![\d,])")
_POINT = re.compile(rf"(?:{_GAP}?\.{_GAP}?|\.)\d(?:{_GAP}?\d){{0,3}}(?!{_GAP}?[\d.])")
_LABEL = re.compile(r"(?:[图表第注号]|附件)$")
_INSIDE = re.compile(r"[A-Za-z\d/.,+-]$")
_DECIMALS = re.compile(r"\.\d{1,4}(?!\d)")
_DIGITS = 12
"""Digits of a number at most; more of them are a telephone's or an account's."""
_OPENS = frozenset("\n。；;！？!?）)")
"""What stands before a number that may be an item's (1 200户…)."""


class Spaced(NamedTuple):
    """Digits and blanks at `[start, end)`; `digits` without the blanks, empty where nobody can tell which numbers they are."""

    start: int
    end: int
    digits: str


def spaced_at(folded: str, start: int, end: int) -> Spaced | None:
    """What the run of digits at `[start, end)` and those behind blanks after it are; None where they are numbers by themselves."""
    if folded[end : end + 1] not in BLANKS or not folded[end + 1 : end + 2].isdigit() or not folded[start].isdigit():
        return None
    row = _ROW.match(folded, start)
    before = folded[max(0, start - 2) : start]
    if row is None or _INSIDE.search(before) or folded.startswith("/", row.end()):  # 1 4/3
        return None
    groups = re.split(_GAP, row[0])
    if len(groups) == 2 and _LABEL.search(before.rstrip()):  # 表1 5户
        return None
    if all(len(group) == 1 for group in groups):
        return _in_squares(folded, row, groups, before[-1:] not in BLANKS)
    thousands = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0][0] != "0"
    return _in_thousands(folded, row, groups) if thousands and before.strip() and before[-1] not in _OPENS else None


def _in_squares(folded: str, row: re.Match[str], groups: list[str], touches: bool) -> Spaced:
    """3 4 0 0: single digits, of which two count only where they touch the word before, or have decimals."""
    point = _POINT.match(folded, row.end())
    stop = point.end() if point else row.end()
    digits = "".join(sign for sign in folded[row.start() : stop] if sign not in BLANKS)
    known = len(groups) <= _DIGITS and (digits[0] != "0" or point) and (len(groups) > 2 or point or touches)
    return Spaced(row.start(), stop, digits if known else "")


def _in_thousands(folded: str, row: re.Match[str], groups: list[str]) -> Spaced:
    """2 150: groups of three, clear where the first is too short to be one of a row of alike numbers."""
    clear = len(groups[0]) < 3 if len(groups) == 2 else len(groups[0]) == 1
    point = _DECIMALS.match(folded, row.end())
    return Spaced(row.start(), point.end() if point else row.end(), "".join(groups) + (point[0] if point else "") if clear else "")
