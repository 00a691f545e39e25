"""Names by what somebody has typed of them: by characters, by pinyin, and by initials. Pure; what is asked is bounded in each step."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from itertools import islice

from archive.text import Span
from schema.pinyin_keys import MOST_READINGS, Reading, readings
from search.analysis import fold

MAX_LETTERS = 40
"""Letters of a sound that are looked at; a name of ten characters has some thirty."""
_LONGEST_SYLLABLE = 6
_MOST_CUTS = 16  # ways to cut letters into syllables and initials: wangguan has few, and one that has more is no word
_MOST_LOOKED_AT = 300  # names of one cut
_BEYOND = "\x7f"  # behind every letter and digit
_SOUND = re.compile("[a-z0-9]*[a-z][a-z0-9]*")
_BETWEEN = str.maketrans("", "", " '’")


class SuggestionKind(StrEnum):
    """What a suggested name names."""

    PRACTICE = "PRACTICE"
    INDICATOR = "INDICATOR"
    SUBJECT = "SUBJECT"
    PLACE = "PLACE"
    THEME = "THEME"
    TITLE = "TITLE"


@dataclass(frozen=True, slots=True)
class Name:
    """A name. `text` is what is shown; what is typed is compared with it from `start` on (鼓楼区 of 江苏省南京市鼓楼区)."""

    text: str
    kind: SuggestionKind
    count: int
    input: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """A name with where the characters that were typed stand in it; nowhere if it was found by its sound."""

    name: Name
    matched: tuple[Span, ...]


class NameIndex:
    """Names in their order: by count, then by text. A name's number is its rank, so whatever lists numbers in order is in order."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Reads each name once, in some 0.1 ms (python -m benchmarks.suggestions); what names sound like is kept for the next index."""
        self._names = sorted(names, key=lambda name: (-name.count, name.text, name.kind, name.input))
        self._folded = [fold(name.text[name.start :]) for name in self._names]
        self._first: dict[str, array[int]] = {}
        self._holding: dict[str, array[int]] = {}
        sounds: list[tuple[str, int]] = []
        initials: list[tuple[str, int, Reading]] = []
        for rank, (name, folded) in enumerate(zip(self._names, self._folded, strict=True)):
            self._first.setdefault(folded[:1], array("I")).append(rank)
            for character in set(folded):
                self._holding.setdefault(character, array("I")).append(rank)
            for reading in readings(name.text[name.start :]):
                sounds.append(("".join(reading), rank))
                initials.append(("".join(syllable[0] for syllable in reading), rank, reading))
        self._sounds, self._initials = _Sorted(sounds), _Sorted(initials)
        self._readings = [reading for *_, reading in sorted(initials)]
        syllables = {syllable for reading in self._readings for syllable in reading}
        self._syllables = frozenset(syllables)
        self._begun = frozenset(syllable[:end] for syllable in syllables for end in range(1, min(len(syllable), _LONGEST_SYLLABLE) + 1))

    def __len__(self) -> int:
        return len(self._names)

    def find(self, typed: str, most: int) -> list[SuggestedName]:
        """At most `most` names: those that begin with what is typed, those that hold it, then those that sound like it.

        Each in the order of the index. Letters are also taken for pinyin (wanggeyuan), half of it (wangg), initials (wgy) and both
        (wanggy), with or without spaces or apostrophes between.
        """
        wanted = " ".join(fold(typed).split())
        found: dict[int, None] = {}
        for ranks in self._ways(wanted, most):
            for rank in ranks:
                found.setdefault(rank)
                if len(found) == most:
                    break
            if len(found) >= most:
                break
        return [SuggestedName(self._names[rank], _matched(self._names[rank], self._folded[rank], wanted)) for rank in found]

    def _ways(self, wanted: str, most: int) -> Iterator[Iterable[int]]:
        if not wanted:
            return
        folded = self._folded
        yield (rank for rank in self._first.get(wanted[0], ()) if folded[rank].startswith(wanted))
        rarest = min((self._holding.get(character, array("I")) for character in wanted), key=len)
        yield (rank for rank in rarest if wanted in folded[rank])
        letters = wanted.translate(_BETWEEN)[:MAX_LETTERS]
        if not _SOUND.fullmatch(letters):
            return
        enough = 3 * most * MOST_READINGS  # a name can stand once for each reading, and twice among what was found before
        yield self._sounds.least(letters, enough)
        yield self._initials.least(letters, enough)
        yield sorted({rank for cut in self._cuts(letters) for rank in self._like(cut)})

    def _like(self, cut: Sequence[str]) -> Iterator[int]:
        """Names whose syllables begin with the pieces, one after the other."""
        low, high = self._initials.between("".join(piece[0] for piece in cut))
        for at in range(low, min(high, low + _MOST_LOOKED_AT)):
            reading = self._readings[at]
            if len(reading) >= len(cut) and all(syllable.startswith(piece) for syllable, piece in zip(reading, cut, strict=False)):
                yield self._initials.ranks[at]

    def _cuts(self, letters: str) -> Iterable[tuple[str, ...]]:
        """Ways to cut letters into whole syllables and initials, the last piece any beginning of a syllable; longer pieces first."""
        end = len(letters)
        ways: dict[int, list[tuple[str, ...]]] = {end: [()]}
        for at in range(end - 1, -1, -1):
            here: list[tuple[str, ...]] = []
            for size in range(min(_LONGEST_SYLLABLE, end - at), 0, -1):
                piece = letters[at : at + size]
                whole = piece in self._syllables or (size == 1 and piece in self._begun)
                if whole or (at + size == end and piece in self._begun):
                    here += [(piece, *rest) for rest in ways[at + size]]
            ways[at] = here[:_MOST_CUTS]
        return islice(ways[0], _MOST_CUTS)


class _Sorted:
    """Keys in order, each with the rank of its name."""

    def __init__(self, rows: Sequence[tuple[str, int] | tuple[str, int, Reading]]) -> None:
        ordered = sorted(rows)
        self._keys = [row[0] for row in ordered]
        self.ranks = array("I", (row[1] for row in ordered))

    def between(self, beginning: str) -> tuple[int, int]:
        """From where to where keys begin with `beginning`."""
        return bisect_left(self._keys, beginning), bisect_left(self._keys, beginning + _BEYOND)

    def least(self, beginning: str, most: int) -> list[int]:
        """The least ranks of keys that begin with `beginning`, in order."""
        low, high = self.between(beginning)
        return nsmallest(most, self.ranks[low:high])


def _matched(name: Name, folded: str, wanted: str) -> tuple[Span, ...]:
    """Where `wanted` stands in the name; nowhere where folding has changed its length, so that nothing wrong is marked."""
    found: list[Span] = []
    if len(folded) != len(name.text) - name.start:
        return ()
    at = folded.find(wanted)
    while at >= 0:
        found.append(Span(name.start + at, name.start + at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return tuple(found)
