"""The measure words that a figure may carry: rows of `measures.toml`, checked when they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from archive.findings import Measure

_BREAK = re.compile(r"\s")
_PER = re.compile(
    r"/(平方公里|平方米|立方米|公斤|千克|人次|小时|分钟|学期|工日|人·月|标准箱|[亩人户天日月年吨斤次只头株秒升个件村度家米张台套辆棵座处场期栋间例份盆箱袋])(?![A-Za-z])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWord:
    """A row of the table.

    `aliases` are further spellings, reported as printed, or as the unit with `one_name` (6大类 are 6类). `han` allows a small Chinese
    numeral before it (三户). `noun` marks nouns that stand without a measure word (12县, 5万群众); `unit` is then what they imply.
    `only_after` is a pattern of what must end just before the figure where the word is ambiguous (翻两番);
    any Chinese numeral counts there.
    `only_large` wants 万, 余 or a hundred at least.
    `not_before` holds the characters that, coming next, make another word of it (3名 but not 3名额), and `but` the words with
    which they do not (3家 before 乡镇, though not before 乡), parted by blanks. `example` and `value` are its test.
    """

    unit: str
    measure: Measure
    example: str
    value: float
    aliases: tuple[str, ...] = ()
    han: bool = False
    noun: bool = False
    only_large: bool = False
    one_name: bool = False
    not_before: str = ""
    but: str = ""
    only_after: str = ""


@cache
def measure_words() -> tuple[MeasureWord, ...]:
    """Every row of the table, in its order."""
    table = tomllib.loads(files("ingest.extract").joinpath("measures.toml").read_text("utf-8"))
    rows: list[MeasureWord] = []
    for row in table["measure"]:
        row["measure"] = Measure(row["measure"])
        row["aliases"] = tuple(row.get("aliases", ()))
        rows.append(MeasureWord(**row))
    return tuple(rows)


@cache
def by_spelling() -> Mapping[str, MeasureWord]:
    """The row of each spelling. Raises ValueError when two rows claim the same one."""
    found: dict[str, MeasureWord] = {}
    for row in measure_words():
        for spelling in (*(() if row.noun else (row.unit,)), *row.aliases):
            if spelling in found:
                raise ValueError(f"measures.toml: {spelling} stands in two rows; keep one")
            found[spelling] = row
    return found


@cache
def _people() -> re.Pattern[str]:
    """A noun of people with what describes them: 农村人口, 建档立卡贫困户."""
    table = tomllib.loads(files("ingest.extract").joinpath("measures.toml").read_text("utf-8"))
    nouns = [spelling for row in measure_words() if row.noun and row.unit == "人" for spelling in row.aliases]
    return re.compile(rf"(?:{'|'.join(table['people']['describing'].split())}){{1,3}}(?:{'|'.join(nouns)})")


def people_at(text: str, at: int) -> bool:
    """Whether people of some kind are named at `at`, who need no measure word behind a round number (16.4万农村人口)."""
    return _people().match(text, at) is not None


class Unit(NamedTuple):
    """A measure word where a text prints it: up to `end`, `spelling` without line breaks, and what it is `per` (亩 in 元/亩)."""

    end: int
    spelling: str
    row: MeasureWord
    per: str = ""


def unit_at(text: str, at: int) -> Unit | None:
    """The longest measure word that stands at `at`, or None. A line may break inside it."""
    pattern = _by_first_sign().get(text[at : at + 1])
    match = pattern.match(text, at) if pattern else None
    if match is None:
        return None
    spelling = match[0] if match[0].isalnum() else _BREAK.sub("", match[0])
    row, end = by_spelling()[spelling], match.end()
    per = _PER.match(text, end) if text[end : end + 1] == "/" and not row.noun else None
    return Unit(per.end(), spelling, row, per[1]) if per else Unit(end, spelling, row)


@cache
def first_signs() -> frozenset[str]:
    """The characters with which measure words begin."""
    return frozenset(_by_first_sign())


@cache
def _by_first_sign() -> Mapping[str, re.Pattern[str]]:
    """For each first character one pattern of the spellings that begin so, the longest first."""
    found: dict[str, list[str]] = {}
    for spelling in sorted(by_spelling(), key=len, reverse=True):
        found.setdefault(spelling[0], []).append(spelling)
    return {
        sign: re.compile("|".join(_broken(spelling) + _guard(by_spelling()[spelling]) for spelling in all_)) for sign, all_ in found.items()
    }


def _broken(spelling: str) -> str:
    """A pattern of a spelling that lets a line, or a page, end between two of its characters."""
    return r"(?:\n{1,2}[ ]?)?".join(map(re.escape, spelling))


def _guard(row: MeasureWord) -> str:
    if not row.not_before:
        return ""
    return rf"(?:(?![{row.not_before}])" + (rf"|(?={'|'.join(row.but.split())})" if row.but else "") + ")"
