"""The number in a cell of a table: with its sign, its own unit if it has one, and how exactly it is stated."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from archive.findings import Qualifier
from ingest.extract.numerals import ARABIC, MULTIPLIERS, fold
from ingest.extract.table_words import UnitWord, unit_of

_MARKS = re.compile(r"(?:[*＊※†#]|[①-⑳]|\[\d{1,2}\]|［\d{1,2}］|（注）|\(注\))+$")
_RISES = "增长|上升|提高|增加|上涨|↑"
_WORD = f"(?:{_RISES}|(?:下降|减少|降低|回落|下跌|下滑|↓))"
"""Signs that say which way something went, so that the number is of no level: 下降2.1, ↓3.4."""
_NUMBER = re.compile(
    rf"(?P<before>≥|>=|不少于|不低于|≤|<=|不超过|>|＞|<|＜|约|近)?\s*(?P<sign>[+-]|[△▲▼]|{_WORD})?\s?[¥￥]?(?P<first>{ARABIC})"
    rf"(?:\s?(?:-|~|至)\s?(?P<last>{ARABIC}))?\s?(?P<times>万亿|[百千][万亿]|十万|[万亿])?(?P<more>[余多])?\s?(?P<unit>[^\d\s.+-][^\d]{{0,7}}?)?"
    r"(?P<after>及?以上|及?以下|以内|左右)?"
)
_BRACKETED = re.compile(r"[(（](?P<inside>\d[\d,.]{2,})[)）]")
_CODE = re.compile(r"0\d+|1[3-9]\d{9}|\d{12,}|\d{15}[\dXx]{0,3}")
_NO_FIGURE = frozenset(
    ("", "-", "--", "---", "/", "\\", ".", "..", "...", "…", "……", "无", "—", "——", "x", "X", "×", "空", "暂无", "不详", "N/A", "·")
)
_QUALIFIERS = {
    "≥": Qualifier.AT_LEAST,
    ">=": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "不低于": Qualifier.AT_LEAST,
    "≤": Qualifier.AT_MOST,
    "<=": Qualifier.AT_MOST,
    "不超过": Qualifier.AT_MOST,
    ">": Qualifier.MORE_THAN,
    "<": Qualifier.AT_MOST,
    "约": Qualifier.ABOUT,
    "近": Qualifier.ABOUT,
    "以上": Qualifier.AT_LEAST,
    "及以上": Qualifier.AT_LEAST,
    "以下": Qualifier.AT_MOST,
    "及以下": Qualifier.AT_MOST,
    "以内": Qualifier.AT_MOST,
    "左右": Qualifier.ABOUT,
}


class CellNumber(NamedTuple):
    """A number as a cell prints it. `unit` is its own; `scale` is that of its 万 or 亿, the unit's included; `half` half a unit of its last
    digit; `year` whether it may be a year."""

    value: Decimal
    last: Decimal | None
    half: Decimal
    unit: UnitWord | None
    qualifier: Qualifier
    year: bool
    scaled: bool = False  # it has a 万 or 亿 of its own
    moved: bool = False  # its sign is a word or an arrow

    @property
    def exact(self) -> bool:
        """Whether it is printed without 约, 以上 and the like, and is no range."""
        return self.qualifier is Qualifier.EXACT


def is_blank(text: str) -> bool:
    """Whether a cell says that there is no figure: empty, a dash, a slash. That is not zero."""
    return fold(text).strip() in _NO_FIGURE


_RANGE = re.compile(rf"{ARABIC}\s?[^\d\s.~-]{{0,4}}(?:-|~|至){ARABIC}\s?[^\d\s.]{{0,4}}")
_BOUND = re.compile(rf"{ARABIC}\s?[^\d\s.]{{0,4}}?(?:\([含不]含?\))?(?:及?以[上下内])|[≥≤<>]{ARABIC}\s?[^\d\s.]{{0,4}}")
_AGED = re.compile(rf"{ARABIC}周?岁.{{0,4}}")
_TIME = re.compile(r"[年月日时点分]|(?:19|20)\d\d")


@lru_cache(maxsize=4096)
def is_class(text: str) -> bool:
    """Whether a cell names a class by its bounds, as heads do: 0-14岁, 60岁及以上, 50-100亩, 5000元以下; no stretch of time."""
    folded = fold(text).strip()
    named = any(pattern.fullmatch(folded) for pattern in (_RANGE, _BOUND, _AGED))
    return named and ("岁" in folded or _TIME.search(folded) is None)


@lru_cache(maxsize=16384)
def number_in(text: str) -> CellNumber | None:
    """The number that the whole cell is; None for text, dates, codes, telephone numbers and blanks."""
    folded = _MARKS.sub("", fold(text).strip()).replace("，", ",")
    if bracketed := _BRACKETED.fullmatch(folded):
        folded = "-" + bracketed["inside"]
    match = _NUMBER.fullmatch(folded)
    if match is None or _CODE.fullmatch(folded.replace(",", "")):
        return None
    unit = unit_of(match["unit"]) if match["unit"] else None
    if match["unit"] and unit is None:
        return None
    scale = MULTIPLIERS[match["times"]] if match["times"] else 1
    if match["times"] and unit is None and match["unit"]:
        return None
    value, last = Decimal(match["first"].replace(",", "")) * scale, match["last"]
    top = Decimal(last.replace(",", "")) * scale if last else None
    if top is not None and (top <= value or unit is None or unit.name == ""):
        return None
    sign = match["sign"] or "+"
    if sign != "+" and sign not in _RISES:
        value = -value
    decimals = len(match["first"].partition(".")[2])
    half = Decimal(scale * (unit.scale if unit else 1)) / 10**decimals / 2
    if unit:
        value, top = value * unit.scale, top * unit.scale if top is not None else None
    qualifier = Qualifier.RANGE if top is not None else Qualifier.MORE_THAN if match["more"] else Qualifier.EXACT
    stated = match["before"] or match["after"]
    qualifier = _QUALIFIERS[fold(stated).replace("＞", ">").replace("＜", "<")] if stated else qualifier
    plain = unit is None and not match["times"] and re.fullmatch(r"(?:19|20)\d\d", folded) is not None
    return CellNumber(value, top, half, unit, qualifier, plain, bool(match["times"]), len(sign) > 1 or sign in "↑↓")
