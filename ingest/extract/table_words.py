"""What heads and labels of tables say of the cells beside them: rows of `table_words.toml`, their units, and the words that are left."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from archive.findings import Measure
from ingest.extract.measures import by_spelling
from ingest.extract.numerals import MULTIPLIERS, fold


class Role(StrEnum):
    """What the cells beside a head or a label are, in the order in which the table's rows are tried."""

    ORDINAL = "ORDINAL"
    PERSON = "PERSON"
    NO_FIGURE = "NO_FIGURE"
    UNIT = "UNIT"
    SUBTOTAL = "SUBTOTAL"
    TOTAL = "TOTAL"
    SHARE = "SHARE"
    RATE_OF_GROWTH = "RATE_OF_GROWTH"
    GROWTH = "GROWTH"
    PERIOD_NOW = "PERIOD_NOW"
    PLANNED = "PLANNED"
    ACTUAL = "ACTUAL"
    REQUIRED = "REQUIRED"
    PART = "PART"
    LABEL = "LABEL"
    NUMBER = "NUMBER"


class UnitWord(NamedTuple):
    """A unit where a table prints it: 万元 is 元 with the scale 10,000."""

    name: str
    scale: int
    measure: Measure


class HeadText(NamedTuple):
    """The text of a head or label taken apart: its words without unit, its unit, and the role of the words."""

    words: str
    unit: UnitWord | None
    role: Role | None
    several: bool = False  # it names more than one unit: 万元、%


_BRACKET = re.compile(r"[(（\[【](?P<inside>[^()（）\[\]【】]{1,12})[)）\]】]")
_SLASHED = re.compile(r"(?<=[^\d/])[/:：,，](?P<unit>[^/:：,，]{1,8})$")
_LED = re.compile(r"(?:计量|数据|金额)?单位[:：](?P<unit>[^\s,，;；。]{1,20}?)[)）\]】]?$")
_PERCENT_END = re.compile(r"(?<=[^\d])[(（]?(?P<unit>[±+-]{0,3}[%‰])[)）]?$")
_TIMES = re.compile(r"(?P<times>万亿|[百千][万亿]|十万|[百千万亿](?!分))(?P<unit>.{1,8})")
_SEVERAL = re.compile(r"[、,，;；]|和")
_PER = re.compile(r"[/·・.*]")
"""Between the parts of what a quantity is told by: 元/人·月, 元/人/月."""
_SPELLS = frozenset(("年", "月", "天", "日", "季", "季度", "学期", "周", "次"))
_SPACES = re.compile(r"\s+")
_MORE = {
    "百分点": ("百分点", Measure.PERCENT),
    "个百分点": ("百分点", Measure.PERCENT),
    "%": ("%", Measure.PERCENT),
    "‰": ("‰", Measure.PERCENT),
}
_IMPLIED = {
    "人数": "人",
    "人口": "人",
    "户数": "户",
    "件数": "件",
    "次数": "次",
    "个数": "个",
    "人次": "人次",
    "亩数": "亩",
    "场次": "场次",
}
_MARKS = re.compile(r"[*＊※①-⑳†]+$")


def word_rows() -> list[dict[str, Any]]:
    """The rows of table_words.toml."""
    rows: list[dict[str, Any]] = tomllib.loads(files("ingest.extract").joinpath("table_words.toml").read_text("utf-8"))["row"]
    return rows


@cache
def _patterns() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((Role(row["role"]), re.compile(row["pattern"])) for row in word_rows())


@lru_cache(maxsize=4096)
def role_of(words: str) -> Role | None:
    """The role that these words, without spaces and unit, give to the cells beside them."""
    return next((role for role, pattern in _patterns() if pattern.fullmatch(words)), None)


@lru_cache(maxsize=4096)
def unit_of(text: str) -> UnitWord | None:
    """The unit that `text` is, and nothing else: 人, 万元, 元/亩, %, 公斤/亩; None for any other text."""
    text = _SPACES.sub("", fold(text))
    if text.strip("±+-") in _MORE:
        name, measure = _MORE[text.strip("±+-")]
        return UnitWord(name, 1, measure)
    above, slash, below = text.partition("/")
    if slash:
        first = unit_of(above)
        if first is None or not all(_divides(part) for part in _PER.split(below)):
            return None
        return UnitWord(f"{first.name}/{below}", first.scale, first.measure if first.measure is not Measure.COUNT else Measure.OTHER)
    row = by_spelling().get(text)
    if row is not None and not row.noun:
        return UnitWord(row.unit if row.one_name else text, 1, row.measure)
    times = _TIMES.fullmatch(text)
    inner = unit_of(times["unit"]) if times else None
    return UnitWord(inner.name, inner.scale * MULTIPLIERS[times["times"]], inner.measure) if times and inner else None


def _divides(text: str) -> bool:
    """Whether a quantity may be told by this: by year, by person, by mu."""
    unit = unit_of(text) if text not in _SPELLS else None
    return text in _SPELLS or (unit is not None and unit.scale == 1)


@lru_cache(maxsize=4096)
def taken_apart(text: str) -> HeadText:
    """A head or label: 人口（万人）, 金额/万元, 增长%, 单位：亿元, 其中：男."""
    words = _MARKS.sub("", _SPACES.sub("", fold(text)))
    if led := _LED.search(words):
        unit = unit_of(led["unit"])
        return HeadText(words[: led.start()].rstrip("(（"), unit, None, unit is None and bool(_SEVERAL.search(led["unit"])))
    for found in (*reversed(list(_BRACKET.finditer(words))), _PERCENT_END.search(words), _SLASHED.search(words)):
        unit = unit_of(found.groupdict().get("inside") or found.groupdict().get("unit") or "") if found else None
        if found and unit:
            left = (words[: found.start()] + words[found.end() :]).rstrip(":：")
            return HeadText(left, unit, role_of(left))
    return HeadText(words, None, role_of(words))


def implied_unit(words: str) -> UnitWord | None:
    """The unit that a head names by what it counts: 人数, 户数, 学生人数."""
    for ending, unit in _IMPLIED.items():
        if words.endswith(ending):
            return unit_of(unit)
    return None
