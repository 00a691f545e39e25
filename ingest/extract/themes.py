"""What a text is about: cue words of the closed list of themes, found in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import ahocorasick  # type: ignore[import-not-found]

from archive.changed import changed
from archive.records import Document
from archive.text import Span
from archive.themes import themes

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SEEN_AT_MOST = 2  # a word that is said ten times says no more than one said twice
_SHARE_OF_BEST = 0.3  # a theme with less than this share of the best one's weight is only brushed


Hit: TypeAlias = tuple[int, int, int, str, int]
"""One cue word in the text: its start, its end, its number, the theme it speaks for and its weight. A bare tuple: there are many."""
Weighed: TypeAlias = tuple[int, int, str, int]
"""A hit as it is weighed: where the same word was hit `_SEEN_AT_MOST` hits before (-1: nowhere), its end, its theme and its weight."""


@dataclass(frozen=True, slots=True)
class ThemeHits:
    """All cue words of one text, sorted by place, so that any stretch of it can be weighed without reading it again."""

    hits: list[Weighed]
    starts: list[int]

    @classmethod
    def of(cls, text: str) -> ThemeHits:
        """The cue words of `text`; time is linear in its length."""
        hits: list[Weighed] = []
        starts: list[int] = []
        nowhere = (-1,) * _SEEN_AT_MOST
        seen: dict[int, tuple[int, ...]] = {}
        for start, end, word, theme, weight in sorted(_outermost(text)):
            same = seen.get(word, nowhere)
            seen[word] = (*same[1:], start)
            hits.append((same[0], end, theme, weight))
            starts.append(start)
        return cls(hits, starts)

    def weights(self, span: Span, factor: float = 1.0) -> dict[str, float]:
        """The weight of each theme inside `span`, times `factor`."""
        total: dict[str, float] = {}
        start, stop = span
        first = bisect_left(self.starts, start)
        for before, end, theme, weight in self.hits[first : bisect_left(self.starts, stop, first)]:
            if before < start and end <= stop:
                total[theme] = total.get(theme, 0.0) + weight * factor
        return total


def themes_of(text: str, limit: int = 3) -> tuple[str, ...]:
    """The labels of up to `limit` themes that `text` is about, the weightiest first; empty when no cue speaks for any."""
    return ranked(ThemeHits.of(text).weights(Span(0, len(text))), limit)


def ranked(weights: Mapping[str, float], limit: int, least: float = 2.0) -> tuple[str, ...]:
    """The heaviest `limit` themes of `weights`, ties as in the list; themes lighter than `least` or hardly touched are left out."""
    order = _order()
    best = sorted(weights, key=lambda label: (-weights[label], order[label]))[:limit]
    floor = max(least, weights[best[0]] * _SHARE_OF_BEST) if best else 0.0
    return tuple(label for label in best if weights[label] >= floor)


def find_themes(doc: Document) -> Document:
    """Fill `doc.themes` from its title and its units; from its whole text when it has no units. At most six, the weightiest first."""
    total = ThemeHits.of(doc.title or "").weights(Span(0, len(doc.title or "")), 3.0)
    for unit in doc.units:
        for place, label in enumerate(unit.themes):
            total[label] = total.get(label, 0.0) + 3.0 - place
    if not doc.units:
        for label, weight in ThemeHits.of(doc.text).weights(Span(0, len(doc.text))).items():
            total[label] = total.get(label, 0.0) + weight
    return changed(doc, themes=ranked(total, 6))


@cache
def _order() -> Mapping[str, int]:
    return {label: number for number, label in enumerate(themes())}


@cache
def _automaton() -> ahocorasick.Automaton:
    machine = ahocorasick.Automaton()
    by_word: dict[str, list[tuple[str, int]]] = {}
    for label, theme in themes().items():
        for word, weight in theme.cues:
            by_word.setdefault(word, []).append((label, weight))
    for number, (word, meanings) in enumerate(by_word.items()):
        machine.add_word(_halved(word), (number, len(word), tuple(meanings)))
    machine.make_automaton()
    return machine


def _halved(text: str) -> str:
    """Two characters for each one: the automaton looks at the branches of a node one by one, and 400 characters begin a cue word, but
    only 80 upper halves do. It runs twice as fast so (1% of the pipeline)."""
    halves = text.encode("utf-16-be", "surrogatepass")
    if len(halves) > 2 * len(text):
        halves = _ASTRAL.sub("\uffff", text).encode("utf-16-be", "surrogatepass")
    return halves.decode("latin-1")


def _outermost(text: str) -> list[Hit]:
    """The cue words of `text`, one hit where cues of the same theme overlap (网格 in 网格员): the weightier, then the longer one.

    A phrase of weight 0 takes out the cues that it holds.
    """
    kept: list[Hit] = []
    last: dict[str, int] = {}
    for final, (number, length, meanings) in _automaton().iter(_halved(text)):
        if not final & 1:  # between two characters
            continue
        end = (final + 1) >> 1
        start = end - length
        for label, weight in meanings:
            at = last.get(label)
            if at is None or kept[at][1] <= start or (kept[at][4] == 0 and kept[at][1] < end):
                last[label] = len(kept)
                kept.append((start, end, number, label, weight))
            elif weight == 0 or kept[at][4] == 0:
                if start <= kept[at][0]:
                    kept[at] = (start, end, number, label, weight)
            elif (weight, length) > (kept[at][4], kept[at][1] - kept[at][0]):
                kept[at] = (start, end, number, label, weight)
    return [hit for hit in kept if hit[4]]
