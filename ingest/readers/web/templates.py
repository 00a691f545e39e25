"""What the templates of sites have in common, as rows of templates.toml: where the body stands, what stands around it, meta elements."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from lxml import etree

Place = Literal["body", "around"]
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a pattern for a whole id, a whole class or a word in either; see templates.toml."""

    place: Place
    attribute: Literal["id", "class", "word"]
    pattern: re.Pattern[str]
    example: str
    keep: str | None


def _rows() -> tuple[Row, ...]:
    data = tomllib.loads((files(__package__) / "templates.toml").read_text("utf-8"))
    places: tuple[Place, ...] = ("body", "around")
    attributes: tuple[Literal["id", "class", "word"], ...] = ("id", "class", "word")
    return tuple(
        Row(place, attribute, re.compile(row[attribute]), row["example"], row.get("keep"))
        for place in places
        for row in data[place]
        for attribute in attributes
        if attribute in row
    )


def _names(table: str) -> dict[str, tuple[str, ...]]:
    data = tomllib.loads((files(__package__) / "templates.toml").read_text("utf-8"))
    return {field: tuple(names) for field, names in data[table].items()}


ROWS = _rows()
META = _names("meta")
"""The names of meta elements by field, best first."""
IDS = _names("ids")
"""The ids of elements that print a field."""


def is_body(element: etree._Element) -> bool:
    """Whether templates keep the body of an article in such an element."""
    return _place(element.get("id"), element.get("class")) == "body"


def is_around(element: etree._Element) -> bool:
    """Whether templates keep in such an element what is no part of the article."""
    return _place(element.get("id"), element.get("class")) == "around"


def _place(name: str | None, classes: str | None) -> Place | None:
    return _place_of(name, classes) if name or classes else None


@lru_cache(4_096)
def _place_of(name: str | None, classes: str | None) -> Place | None:
    given = {"id": [name or ""], "class": (classes or "").split()[:20]}
    words = [word.lower() for word in _WORD.findall(f"{name or ''} {classes or ''}"[:400])]
    for row in ROWS:
        if any(row.pattern.fullmatch(value) for value in (given[row.attribute] if row.attribute != "word" else words)):
            return row.place
    return None
