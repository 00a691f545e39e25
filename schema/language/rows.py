"""The words of the search language: rows of `rows.toml`, checked when they are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class FieldKind(StrEnum):
    """What a field becomes."""

    TITLE = "TITLE"
    PLACE = "PLACE"
    THEME = "THEME"
    CATEGORY = "CATEGORY"
    YEAR = "YEAR"
    AUTHOR = "AUTHOR"
    SOURCE = "SOURCE"
    PRACTICE = "PRACTICE"
    STATE = "STATE"
    INDICATOR = "INDICATOR"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its names; `example` is read as it, `no` are not."""

    name: str
    kind: FieldKind
    aliases: tuple[str, ...]
    example: str
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """An operator; `where` it stands is symbol, before or after the number. A `large` one wants 万, 千 and the like behind it, and stands
    `never_after` some characters; `about` is one that is read as equal without meaning it."""

    signs: tuple[str, ...]
    where: str
    low: bool
    high: bool
    included: bool
    example: str
    no: tuple[str, ...]
    large: bool = False
    never_after: str = ""
    about: bool = False


@cache
def field_rows() -> tuple[FieldRow, ...]:
    """All fields in their order."""
    return tuple(
        FieldRow(row["name"], FieldKind(row["is"]), tuple(row["aliases"]), row["example"], tuple(row["no"])) for row in _rows()["field"]
    )


@cache
def fields_by_name() -> Mapping[str, FieldRow]:
    """Fields by name and alias. Raises ValueError when two claim one."""
    found: dict[str, FieldRow] = {}
    for row in field_rows():
        for name in (row.name, *row.aliases):
            if found.setdefault(name, row) is not row:
                raise ValueError(f"rows.toml: {name} names two fields; keep one")
    return found


@cache
def operator_rows() -> tuple[OperatorRow, ...]:
    """All operators in their order."""
    return tuple(
        OperatorRow(
            tuple(row["signs"]),
            row["where"],
            row.get("low", False),
            row.get("high", False),
            row["included"],
            row["example"],
            tuple(row["no"]),
            row.get("large", False),
            row.get("never_after", ""),
            row.get("about", False),
        )
        for row in _rows()["operator"]
    )


@cache
def operators(where: str) -> Mapping[str, OperatorRow]:
    """The operators that stand there by their signs, the longest first."""
    found = {sign: row for row in operator_rows() if row.where == where for sign in row.signs}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


@cache
def asking_words() -> Mapping[str, None]:
    """Words of questions that no answer has to hold, the longest first."""
    return dict.fromkeys(sorted(_rows()["asking"]["words"], key=len, reverse=True))


@cache
def range_words(which: str) -> tuple[str, ...]:
    """What opens a range in words (介于), joins its ends (和) or closes it (之间); the longest first."""
    return tuple(sorted(_rows()["range"][which], key=len, reverse=True))


@cache
def linking_words() -> tuple[str, ...]:
    """What may stand between a subject and its figure and is no part of either (网格员在300人以上), the longest first."""
    return tuple(sorted(_rows()["linking"]["words"], key=len, reverse=True))


@cache
def unequal_signs() -> tuple[str, ...]:
    """Signs that say that a figure is another one, the longest first."""
    return tuple(sorted(_rows()["unequal"]["signs"], key=len, reverse=True))


@cache
def category_aliases() -> Mapping[str, str]:
    """Labels of kinds by their other names."""
    return {alias: row["label"] for row in _rows()["category"] for alias in row["aliases"]}


@cache
def _rows() -> dict[str, Any]:
    return tomllib.loads(files("schema.language").joinpath("rows.toml").read_text("utf-8"))
