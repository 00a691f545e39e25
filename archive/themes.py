"""The closed list of themes: what units of knowledge are about, and what a comparison of counties is laid out by."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

_ROWS = Path(__file__).with_name("data") / "themes.toml"


class Cue(NamedTuple):
    """A word that speaks for a theme. `weight` is 1 (also used elsewhere) to 4 (names the theme); 0 takes out the cues inside it."""

    word: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme. Records carry its `label`; `id` is a stable ASCII slug for addresses and queries.

    `broader` is the id of the theme that holds this one. `synonyms` are other names that people search by. `example` is a sentence that
    must be read as being about this theme before any other; `counter_examples` are sentences that must not be read as being about it.
    """

    id: str
    label: str
    broader: str | None
    synonyms: tuple[str, ...]
    cues: tuple[Cue, ...]
    example: str
    counter_examples: tuple[str, ...]


@cache
def themes() -> Mapping[str, Theme]:
    """All themes by their Chinese label, in the order of the list."""
    rows = tomllib.loads(_ROWS.read_text("utf-8"))["theme"]
    return MappingProxyType({row["label"]: _theme(row) for row in rows})


@cache
def themes_by_id() -> Mapping[str, Theme]:
    """All themes by their slug."""
    return MappingProxyType({theme.id: theme for theme in themes().values()})


def find_theme(name: str) -> Theme | None:
    """The theme with this slug, label or synonym; None when the list has none."""
    return themes_by_id().get(name) or themes().get(name) or _synonyms().get(name)


@cache
def _synonyms() -> Mapping[str, Theme]:
    return {synonym: theme for theme in themes().values() for synonym in theme.synonyms}


def _theme(row: Mapping[str, object]) -> Theme:
    weighted = row["cues"]
    synonyms = row.get("synonyms", [])
    counter_examples = row.get("no", [])
    if not isinstance(weighted, dict) or not isinstance(synonyms, list) or not isinstance(counter_examples, list):
        raise TypeError(f"themes.toml: {row['id']} needs a table of cues, a list of synonyms and one of counter-examples")
    broader = row.get("broader")
    return Theme(
        id=str(row["id"]),
        label=str(row["label"]),
        broader=str(broader) if broader else None,
        synonyms=tuple(synonyms),
        cues=tuple(Cue(word, int(weight)) for weight, words in weighted.items() for word in words),
        example=str(row["example"]),
        counter_examples=tuple(counter_examples),
    )
