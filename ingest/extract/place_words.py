"""The rows of place_words.toml, ready for look-ups."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from archive.places import read_lines


class Follow(NamedTuple):
    """`word` swallows the last character of a name, unless the text goes on with one of `unless`."""

    word: str
    firm: bool
    unless: tuple[str, ...]


class PlaceWords(NamedTuple):
    """What tells names from everyday words; the data file explains each part."""

    follow: dict[str, tuple[Follow, ...]]
    generic: frozenset[str]
    tails: tuple[str, ...]
    kinds: frozenset[str]
    grammar: frozenset[str]
    joints: frozenset[str]
    before: frozenset[str]
    source: tuple[str, ...]
    visit: tuple[str, ...]
    means: tuple[str, ...]
    deeds: frozenset[str]
    deed_unless: tuple[str, ...]
    alone: frozenset[str]
    common: frozenset[str]
    features: tuple[str, ...]
    bearers: tuple[tuple[str, int], ...]


def rows() -> dict[str, list[dict[str, Any]]]:
    """The data file as it stands, examples included."""
    return tomllib.loads(resources.files("ingest.extract").joinpath("place_words.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The data file's rows, read once."""
    data = rows()
    follow: dict[str, list[Follow]] = {}
    for row in data["follow"]:
        entry = Follow(row["word"], row.get("firm", False), tuple(row.get("unless", ())))
        follow.setdefault(row["word"][:2], []).append(entry)
    return PlaceWords(
        {first: tuple(entries) for first, entries in follow.items()},
        frozenset(name for row in data["generic"] for name in row["names"]),
        tuple(word for row in data["tail"] for word in row["words"]),
        frozenset(stem for row in data["kind"] for stem in row["stems"]),
        frozenset(character for row in data["grammar"] for character in row["characters"]),
        frozenset(character for row in data["grammar"] for character in row["joints"]),
        frozenset(word for row in data["before"] for word in row["words"]),
        tuple(word for row in data["source"] for word in row["words"]),
        tuple(word for row in data["visit"] for word in row["words"]),
        tuple(word for row in data["deed"] for word in row["means"]),
        frozenset(word for row in data["deed"] for word in row["verbs"]),
        tuple(word for row in data["deed"] for word in row["unless"]),
        frozenset(name for row in data["alone"] for name in row["names"]),
        frozenset(name for row in data["common"] for name in row["names"]),
        tuple(word for row in data["feature"] for word in row["words"]),
        tuple((word, row["reach"]) for row in data["bearer"] for word in row["words"]),
    )


class Stems(NamedTuple):
    """Names of China's villages and communities without 村 or 社区; `everyday` ones are common words too."""

    plain: frozenset[str]
    everyday: frozenset[str]


@lru_cache(maxsize=1)
def village_stems() -> Stems:
    """The stems that the package carries, read when first needed."""
    lines = read_lines("village_stems.txt.xz")
    return Stems(frozenset(line for line in lines if line[-1] != "*"), frozenset(line[:-1] for line in lines if line[-1] == "*"))
