"""The measure words that a figure may carry: rows of `measures.toml`, checked when they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.findings import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWord:
    """A row of the table.

    `aliases` are further spellings, reported as printed, or as the unit with `one_name` (6大类 are 6类). `han` allows a small Chinese
    numeral before it (三户). `noun` marks nouns that stand without a measure word (12县, 5万群众); `unit` is then what they imply.
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
def unit_pattern() -> re.Pattern[str]:
    """One pattern of all spellings, the longest first."""
    return re.compile("|".join(re.escape(word) + _guard(by_spelling()[word]) for word in sorted(by_spelling(), key=len, reverse=True)))


def _guard(row: MeasureWord) -> str:
    if not row.not_before:
        return ""
    return rf"(?:(?![{row.not_before}])" + (rf"|(?={'|'.join(row.but.split())})" if row.but else "") + ")"
