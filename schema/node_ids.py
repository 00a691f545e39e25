"""Ids of the API: records keep their own, places and themes get a prefix, and facts lead to their document."""

from __future__ import annotations

import re

from archive.errors import BadRequest

_PLACE = re.compile(r"PLACE-(\d{6}|\d{9}|\d{12})", re.ASCII)
_THEME = re.compile(r"THEME-([a-z0-9]+(?:-[a-z0-9]+)*)", re.ASCII)
_FACT = re.compile(r"(?:UNIT|STAT|PRAC|CHECK)-([0-9a-f]{16}-\d{1,9})-\d{1,9}", re.ASCII)
_ENTRY = re.compile(r"(?:DOC-[0-9a-f]{16}-\d{1,9}|SRC-[0-9a-f]{16}|(?:UNIT|STAT|PRAC)-[0-9a-f]{16}-\d{1,9}-\d{1,9})", re.ASCII)
MAX_ID = 80


def place_id(code: str) -> str:
    """The id of the place with this code."""
    return f"PLACE-{code}"


def theme_id(slug: str) -> str:
    """The id of the theme with this slug."""
    return f"THEME-{slug}"


def is_place_id(value: str) -> bool:
    """Whether it has the form of a place's id."""
    return len(value) <= MAX_ID and _PLACE.fullmatch(value) is not None


def is_theme_id(value: str) -> bool:
    """Whether it has the form of a theme's id."""
    return len(value) <= MAX_ID and _THEME.fullmatch(value) is not None


def is_entry_id(value: str) -> bool:
    """Whether it has the form of an id that the index holds; others are not asked for."""
    return len(value) <= MAX_ID and _ENTRY.fullmatch(value) is not None


def place_code(value: str) -> str:
    """The code in a place's id. Raises BadRequest when it has another form."""
    if not is_place_id(value):
        raise BadRequest(f"{value[:MAX_ID]!r} is not the id of a place; ids look like PLACE-540235, and `places(query:)` finds them.")
    return value.removeprefix("PLACE-")


def theme_slug(value: str) -> str:
    """The slug in a theme's id. Raises BadRequest when it has another form."""
    if not is_theme_id(value):
        raise BadRequest(f"{value[:MAX_ID]!r} is not the id of a theme; ids look like THEME-grid-management, and `themes` lists them.")
    return value.removeprefix("THEME-")


def document_of(fact: str) -> str:
    """The id of the document that a unit, a statistic, a practice or a check stands in. Raises ValueError for another id."""
    found = _FACT.fullmatch(fact)
    if found is None:
        raise ValueError(f"{fact!r} is not the id of a fact")
    return f"DOC-{found[1]}"
