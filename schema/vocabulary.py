"""The archive's own words: names of practices, subjects, indicators, places, themes and authors, by their letters and by their sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pypinyin import lazy_pinyin
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from archive.themes import themes_by_id
from schema.context import Services
from schema.kept import Kept
from search.analysis import fold
from search.criteria import Facet, SearchRequest

MOST = 1000
"""Names of each field, the most used first."""
_FIELDS = ("practices", "subject", "indicator", "places", "themes", "authors")
_LONGEST = 16


@dataclass(frozen=True)
class Vocabulary:
    """Folded names with how often each is used."""

    uses: Mapping[str, int]

    @cached_property
    def by_sound(self) -> Mapping[str, tuple[str, ...]]:
        """Names by their pinyin without tones."""
        found: dict[str, list[str]] = {}
        for name in self.uses:
            found.setdefault(sound(name), []).append(name)
        return {key: tuple(names) for key, names in found.items()}

    @cached_property
    def _by_length(self) -> Mapping[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for name in self.uses:
            found.setdefault(len(name), []).append(name)
        return {length: tuple(names) for length, names in found.items()}

    def like(self, word: str) -> tuple[str, ...]:
        """Names that sound like `word`, then those one character off, the most used first; never the word itself."""
        same = [name for name in self.by_sound.get(sound(word), ()) if len(name) == len(word)]
        near: list[str] = []
        if len(word) > 2:
            lengths = (len(word),) if len(word) < 4 else (len(word), len(word) - 1, len(word) + 1)
            for length in lengths:
                names = self._by_length.get(length, ())
                near += [name for name, *_ in process.extract(word, names, scorer=Levenshtein.distance, score_cutoff=1, limit=5)]
        ranked = [sorted(names, key=lambda name: (-self.uses[name], name)) for names in (same, near)]
        return tuple(name for name in dict.fromkeys(ranked[0] + ranked[1]) if name != word)

    @cached_property
    def _spelt(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Names by the letters of their first syllables, two at least, with how many syllables more they have."""
        found: dict[str, list[tuple[int, str]]] = {}
        for key, names in self.by_sound.items():
            syllables = key.split(" ")
            for end in range(2, len(syllables) + 1):
                found.setdefault("".join(syllables[:end]), []).extend((len(syllables) - end, name) for name in names)
        return {letters: tuple(sorted(rows, key=lambda row: (row[0], -self.uses[row[1]], row[1]))) for letters, rows in found.items()}

    def spelt(self, letters: str) -> tuple[str, ...]:
        """Names whose pinyin is, or begins with, these letters (linzhi: 林芝市); the shortest and most used first."""
        return tuple(name for _, name in self._spelt.get(letters, ()))

    def inside(self, text: str) -> list[tuple[int, int]]:
        """Where known names stand in a folded text."""
        return [
            (start, start + length)
            for start in range(len(text))
            for length in range(2, min(_LONGEST, len(text) - start) + 1)
            if text[start : start + length] in self.uses
        ]


def sound(word: str) -> str:
    """The pinyin of a word without tones."""
    return " ".join(lazy_pinyin(word))


async def vocabulary(services: Services) -> Vocabulary:
    """The words of the archive as it stands, read in one search and kept until something is written."""
    return await _KEPT.of(services)


async def _read(services: Services) -> Vocabulary:
    page = await services.engine.search(SearchRequest(size=0, facets=tuple(Facet(field, field, MOST) for field in _FIELDS)))
    uses: dict[str, int] = {}
    for field in _FIELDS:
        for one in page.facets[field].counts:
            name = fold(_name(services, field, str(one.value)))
            if 2 <= len(name) <= _LONGEST:
                uses[name] = max(uses.get(name, 0), one.count)
    return Vocabulary(uses)


_KEPT = Kept(_read)


def _name(services: Services, field: str, value: str) -> str:
    if field == "places":
        place = services.gazetteer.get(value)
        return place.name if place else ""
    if field == "themes":
        return themes_by_id()[value].label if value in themes_by_id() else ""
    return value
