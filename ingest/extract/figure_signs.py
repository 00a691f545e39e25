"""The sign before a number: a minus, 负 or 零下; a hyphen between two things is none."""

from __future__ import annotations

import re

from archive.findings import Measure
from ingest.extract.measures import unit_at
from ingest.extract.numerals import HAN_DIGITS

_SIGNS = frozenset("-负下 ")
_WORDED = re.compile(r"(?:[长速为幅率降是达比、和及由]|[^-\dA-Za-z%]\()(?P<minus>-\s?)$|(?P<word>负|零下)$")
_ALONE = re.compile(r"(?P<before>[\u4e00-\u9fff):,，、;；])[ \t\u3000]{0,8}(?P<minus>-)$")
"""A minus right before its number; one with a space behind it is a dash, and one that begins a line marks an item of a list."""
_CHANGES = re.compile(r"(?:净|[增减]|[变差]|流[入出]|盈|亏|缺口)[^，。；：:,;、\d\n]{0,6}$")
_SIGNED = frozenset((Measure.MONEY, Measure.PERCENT, Measure.OTHER))
"""What may be below nothing by itself: profits, growth, temperatures. Things counted (合作社-12家) only where the words tell a change."""
_NUMERALS = frozenset(HAN_DIGITS + "十百千万亿半几数")
_LONGEST_UNIT = 4


def sign_at(folded: str, start: int, measure: Measure) -> int | None:
    """Where the sign of the negative number that begins at `start` begins; None for a number that is not negative."""
    if folded[start - 1 : start] not in _SIGNS:
        return None
    low = max(0, start - 12)
    if worded := _WORDED.search(folded, max(0, start - 4), start):
        return worded.start(worded.lastgroup or 0)
    alone = _ALONE.search(folded, low, start)
    if alone is None or _ends_figure(folded, alone.end("before")):
        return None
    telling = measure in _SIGNED or _CHANGES.search(folded, low, alone.end("before"))
    return alone.start("minus") if telling else None


def _ends_figure(folded: str, end: int) -> bool:
    """Whether a number, or a number with its unit, ends there, so that the hyphen behind it may lead to another one: 5户-3亩."""
    if folded[end - 1] in _NUMERALS:
        return True
    for length in range(1, _LONGEST_UNIT + 1):
        number = folded[end - length - 1 : end - length]
        if number and (number.isdigit() or number in _NUMERALS):
            unit = unit_at(folded, end - length)
            return (unit is not None and unit.end == end) or folded[end - length : end] in (
                "年",
                "月",
                "日",
                "号",
                "期",
                "组",
                "成",
                "折",
                "倍",
            )
    return False
