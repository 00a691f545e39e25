"""The thesaurus of indicators: what county documents count, each under one preferred term, with what is near it and must be kept apart."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

_ROWS = Path(__file__).with_name("data") / "indicators.toml"
_LONGEST = 40
_LISTING = re.compile("[、和及与或]")
SURVEYS = ("走访", "访谈", "抽取", "抽样", "调研")
"""What a survey went to see (走访行政村) is no kind of what a place has."""
_TURNED = "非未无不副前原"  # before a term, they make another thing of it: 非党员, 副网格长, 原贫困户


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of the thesaurus. `term` is its key and preferred name; `unit` its normal unit (archive.quantities), None where it has none.

    `synonyms` mean the same. `broader` is the term that holds this one (网格员 for 专职网格员): both are counted, and counted apart.
    `related` are terms near it that are never the same, in both directions. `example` must be read as this term, and
    `counter_examples` must not.
    """

    term: str
    unit: str | None
    synonyms: tuple[str, ...]
    broader: str | None
    related: tuple[str, ...]
    example: str
    counter_examples: tuple[str, ...]


@cache
def indicators() -> Mapping[str, Indicator]:
    """All indicators by their term, in the order of the list."""
    rows: list[dict[str, Any]] = tomllib.loads(_ROWS.read_text("utf-8"))["indicator"]
    near: dict[str, list[str]] = {row["term"]: list(row.get("related", ())) for row in rows}
    for row in rows:
        for other in row.get("related", ()):
            near[other].append(row["term"])
    return MappingProxyType({row["term"]: _indicator(row, near[row["term"]]) for row in rows})


@cache
def indicator_names() -> Mapping[str, Indicator]:
    """Indicators by their terms and synonyms, bare. Raises ValueError when one names two indicators."""
    found: dict[str, Indicator] = {}
    for indicator in indicators().values():
        for name in (indicator.term, *indicator.synonyms):
            if found.setdefault(bare(name), indicator) is not indicator:
                raise ValueError(f"indicators.toml: {name} names two indicators; keep one")
    return MappingProxyType(found)


def find_indicator(name: str) -> Indicator | None:
    """The indicator with this term or synonym, quotation marks left out; None when the list has none."""
    return indicator_names().get(name) or indicator_names().get(bare(name))


def holder_of(name: str) -> Indicator | None:
    """The indicator that a name which is not on the list ends with, so that it names a kind of it: 合作社 for 养羊合作社.

    None where the words before it turn it into another thing (非党员) or list other things beside it (网格员和志愿者).
    """
    name = bare(name)
    if len(name) > _LONGEST or name.startswith(SURVEYS):
        return None
    names = indicator_names()
    at = next((at for at in range(1, len(name) - 1) if name[at:] in names), 0)
    return names[name[at:]] if at and name[at - 1] not in _TURNED and not _LISTING.search(name, 0, at) else None


class Kinship(StrEnum):
    """What a second indicator is to a first one that it is not the same as."""

    BROADER = "BROADER"
    NARROWER = "NARROWER"
    RELATED = "RELATED"


def broader(name: str) -> Iterator[str]:
    """A key's broader terms, the nearest first; the key need not be on the list."""
    known = indicators().get(name)
    above = known.broader if known else getattr(holder_of(name), "term", None)
    while above is not None:
        yield above
        above = indicators()[above].broader


def kin(name: str) -> Iterator[str]:
    """The nearest broader term of a key, and its related terms. What is narrower than it names it in turn."""
    yield from islice(broader(name), 1)
    known = indicators().get(name)
    yield from known.related if known else ()


@lru_cache(maxsize=4096)
def kinship(first: str, second: str) -> Kinship | None:
    """What the key `second` is to the key `first`; None where they are the same or nothing to each other."""
    if first == second:
        return None
    if second in broader(first):
        return Kinship.BROADER
    if first in broader(second):
        return Kinship.NARROWER
    known = indicators().get(first)
    return Kinship.RELATED if known and second in known.related else None


def bare(name: str) -> str:
    """A name without quotation marks and spaces, with the brackets of the list."""
    return name.translate(_MARKS)


_MARKS = str.maketrans(dict.fromkeys("“”‘’\"'「」『』 \u3000\n") | {"(": "（", ")": "）"})


def _indicator(row: Mapping[str, Any], related: list[str]) -> Indicator:
    return Indicator(
        term=row["term"],
        unit=row.get("unit"),
        synonyms=tuple(row.get("synonyms", ())),
        broader=row.get("broader"),
        related=tuple(dict.fromkeys(related)),
        example=row["example"],
        counter_examples=tuple(row.get("no", ())),
    )
