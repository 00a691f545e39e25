"""Whether figures are parts of one whole by what they are called: by a row of splits.toml, or by words that they share; and disjoint."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from archive.findings import Statistic
from ingest.extract.check_terms import Sheet

_CLAUSE = re.compile(r"[，,、。；;:：(\n]")
_WITHIN = re.compile(r"其中|[(]|包括")
_CLOSES = re.compile(r"[。；;)\n]")
_AFTER = re.compile(r"[^，,、。；;:：()\n\d]{0,12}")
_OPEN = re.compile(r"[以及和与含等]|[上下]级")
_LEADS = re.compile(r"^(?:其中|以及|和|与|及|分别|为|有|是|由|含|包括)+|[为有达到约计的]+$")


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A row of splits.toml: for each part the words that name it."""

    parts: tuple[tuple[str, ...], ...]
    example: str
    false: str


@dataclass(frozen=True, slots=True)
class ApartRow:
    """A row of splits.toml: names that exclude each other, the words that may follow them, the units that they are told in."""

    parts: tuple[tuple[str, ...], ...]
    tail: re.Pattern[str] | None
    units: frozenset[str]
    example: str
    false: str


@cache
def apart_rows() -> tuple[ApartRow, ...]:
    """Every row of names that exclude each other; the parts that exhaust a whole are among them."""
    table = tomllib.loads(files("ingest.extract").joinpath("splits.toml").read_text("utf-8"))
    return tuple(
        ApartRow(
            tuple(map(tuple, row["parts"])),
            re.compile(f"(?:{'|'.join(row['tail'])}){{0,4}}") if "tail" in row else None,
            frozenset(row.get("units", ())),
            row.get("example", ""),
            row.get("false", ""),
        )
        for row in (*table["apart"], *table["split"])
    )


@cache
def split_rows() -> tuple[SplitRow, ...]:
    """Every row of the table."""
    table = tomllib.loads(files("ingest.extract").joinpath("splits.toml").read_text("utf-8"))
    return tuple(SplitRow(tuple(map(tuple, row["parts"])), row["example"], row["false"]) for row in table["split"])


def label(sheet: Sheet, item: Statistic) -> str:
    """The words of a figure's clause before its number; the ones after it where none stand before (44个综合网格)."""
    before = _LEADS.sub("", _CLAUSE.split(sheet.lead(item))[-1].strip())
    if before:
        return before
    words = item.quote.rpartition(item.unit)[2] + (_AFTER.match(sheet.text, item.span.end) or [""])[0]
    return _LEADS.sub("", words)


def complete(sheet: Sheet, parts: Sequence[Statistic]) -> bool:
    """Whether the names of the parts are those of a row of splits.toml, in any order."""
    rows = [row for row in split_rows() if len(row.parts) == len(parts)]
    labels = [label(sheet, part) for part in parts]
    return any(_one_each(labels, row.parts) for row in rows)


def _one_each(labels: list[str], names: tuple[tuple[str, ...], ...]) -> bool:
    """Whether each label begins with the name of another part, and goes on alike: 城镇人口 and 乡村人口, not 农村劳动力."""
    rests = _rests(labels, names)
    return rests is not None and len(set(rests)) == 1


def _rests(labels: Sequence[str], names: tuple[tuple[str, ...], ...]) -> list[str] | None:
    """What follows the names of the parts, where each label begins with the name of another part."""
    left, rests = list(names), []
    for words in labels:
        named = next((name for name in left if words.startswith(name)), None)
        if named is None:
            return None
        left.remove(named)
        rests.append(words[max(len(name) for name in named if words.startswith(name)) :])
    return rests


def apart(sheet: Sheet, parts: Sequence[Statistic]) -> bool:
    """Whether what the parts are called excludes that anything is counted in two of them."""
    labels = [label(sheet, part) for part in parts]
    if any(map(_OPEN.search, labels)):
        return False
    for row in apart_rows():
        rests = _rests(labels, row.parts) if not row.units or parts[0].unit in row.units else None
        if rests is not None and (all(map(row.tail.fullmatch, rests)) if row.tail else len({*rests} - {""}) < 2):
            return True
    return False


def named_alike(sheet: Sheet, parts: Sequence[Statistic]) -> bool:
    """Whether the parts are called after one pattern: 一产实现增加值/二产实现增加值, 水田/旱田, 综合网格/专属网格; and not all the same."""
    labels = [label(sheet, part) for part in parts]
    return all(labels) and len(set(labels)) == len(labels) and all(_alike(one, other) for one, other in pairwise(labels))


def _alike(one: str, other: str) -> bool:
    short = max(len(one), len(other)) <= 4 and one[-1] == other[-1]
    return short or (len(one) > 1 and one[-2:] == other[-2:]) or (len(one) == len(other) and one[:2] == other[:2])


def outer(sheet: Sheet, row: Sequence[Statistic]) -> list[Statistic]:
    """The figures of a row without those that a 其中 or a bracket behind one of them holds: parts of a part."""
    found, inside = list(row[:1]), False
    for before, item in pairwise(row):
        gap = sheet.text[before.span.end : item.span.end]
        inside = bool(_WITHIN.search(gap)) or (inside and not _CLOSES.search(gap))
        if not inside:
            found.append(item)
    return found
