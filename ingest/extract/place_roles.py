"""What a document is about, and the words that show it: roles and evidence of its places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.records import PlaceLevel
from archive.text import Span
from ingest.extract.place_inference import Own
from ingest.extract.place_lists import listed
from ingest.extract.place_sense import Sense, Senses
from ingest.extract.place_text import Name, NameKind

OFTEN = 3  # a village that is named so often, and twice as often as others, is what a document is about
AROUND = 8  # characters of its clause that a quote shows beside the name
_STOP = re.compile(r"[\s，。；：！？、,;:!?“”‘’《》()（）—…\"]")
_SENTENCE_END = re.compile(r"[。！？!?]")
_WIDE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY})
_LOW = frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE})


class Zone(NamedTuple):
    """One text of a document with the names in it: the body, a part of the head, or a caption."""

    text: str
    names: tuple[Name, ...]
    head: bool = False
    caption: bool = False

    @property
    def body(self) -> bool:
        """Whether this is the clean body that spans point into."""
        return not (self.head or self.caption)


def quote(text: str, name: Name) -> Span:
    """The name with the parents printed before it and a few characters of its clause: enough to know it by."""
    start, end = name.chain()[0].span.start, name.span.end
    stop = _STOP.search(text, end)
    right = min(stop.start() if stop else len(text), end + AROUND)
    if right > end:
        return Span(start, right)
    left = start
    while left > 0 and start - left < AROUND and not _STOP.match(text[left - 1]):
        left -= 1
    return Span(left, end)


def primary_names(zones: Sequence[Zone], senses: Senses, own: Own | None) -> frozenset[str]:
    """The names of the places that the document is about; empty when it is about the division that 我省 or 我区 means, or about none."""
    passing = _passing(zones, senses)
    scores = _scores(zones, senses, passing)
    heads = [name.text for zone in zones if zone.head for name in zone.names if name.text in senses.senses]
    first = _first_chain(zones, senses, passing)
    wide = {name: score for name, score in scores.items() if _is_wide(senses.senses[name])}
    titled = {name: wide[name] for name in heads if name in wide}
    above = _holders(wide, [name for name in heads if _is_low(senses.senses[name])], senses)
    if above is not None and not titled:
        wide = above  # a report on a township is about no other county, however often it names one
    best = max(titled or wide, key=lambda name: wide[name], default=None)
    if own is not None and own.own and not heads and (best is None or 2 * wide[best] <= sum(wide.values()) + 3):
        return frozenset({own.division.name} & set(scores))
    chosen: set[str] = set()
    if best is not None:
        chosen.add(best)
        chosen |= {name for name in heads if name in wide and senses.senses[name].level is senses.senses[best].level}
    elif any(scores.values()) and above is None:
        chosen.add(max(scores, key=lambda name: scores[name]))
    low = _subject_below(zones, senses, heads, first, best)
    return frozenset(chosen | low)


def _holders(wide: Mapping[str, float], low: Sequence[str], senses: Senses) -> dict[str, float] | None:
    """Those of `wide` that hold the townships or villages of the head; None when the head names none whose county is known."""
    counties = {county for name in low if (county := senses.senses[name].county)}
    if not counties:
        return None
    codes = {name: division.code for name in wide if (division := senses.senses[name].division)}
    return {name: wide[name] for name, code in codes.items() if any(county.startswith(_stem(code)) for county in counties)}


def _stem(code: str) -> str:
    """The digits that all codes below a division begin with: 34 of 340000, 3416 of 341600."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _is_wide(sense: Sense) -> bool:
    return sense.level in _WIDE or (sense.level is PlaceLevel.UNRESOLVED and sense.name[-1] in "省市区县旗盟州")


def _is_aside(name: Name) -> bool:
    """Whether a name only says where in the country something lies: 浙江, without its 省."""
    return name.kind is NameKind.SHORT and name.level is PlaceLevel.PROVINCE


def _is_low(sense: Sense) -> bool:
    return sense.level in _LOW or (sense.level is PlaceLevel.UNRESOLVED and not _is_wide(sense))


def _passing(zones: Sequence[Zone], senses: Senses) -> frozenset[int]:
    """The ids of the townships and villages of the body that only stand in a list, such as those that somebody visited."""
    found: set[int] = set()
    for zone in zones:
        starts = listed(zone.text, [name.span for name in zone.names]) if zone.body else frozenset()
        known = [name for name in zone.names if name.span.start in starts and name.text in senses.senses]
        found |= {id(name) for name in known if _is_low(senses.senses[name.text])}
    return frozenset(found)


def _scores(zones: Sequence[Zone], senses: Senses, passing: frozenset[int]) -> dict[str, float]:
    """Occurrences; those in the head weigh five, the first sentence's own place three more; a mere parent in a chain half, a name that
    only stands in a list of small places nothing."""
    scores: dict[str, float] = {}
    for zone in zones:
        outer = {id(name.before) for name in zone.names if name.before}
        for name in zone.names:
            if name.text in senses.senses and name.kind is not NameKind.UNNAMED:
                weight = 0 if id(name) in passing else (5 if zone.head else 1) * (0.5 if id(name) in outer else 1)
                weight *= 0.5 if _is_aside(name) else 1
                scores[name.text] = scores.get(name.text, 0) + weight
    for name in reversed(_first_chain(zones, senses, passing)):
        if _is_wide(senses.senses[name.text]):
            scores[name.text] += 3
            break
    return scores


def _first_chain(zones: Sequence[Zone], senses: Senses, passing: frozenset[int]) -> tuple[Name, ...]:
    """The places that the body's first sentence with a place names first, outermost first, such as 贡山县独龙江乡."""
    for zone in zones:
        if zone.body:
            names = [name for name in zone.names if name.text in senses.senses and name.kind is not NameKind.UNNAMED]
            names = [name for name in names if not _is_aside(name) or name.before is not None] or names
            if not names or id(names[0]) in passing:
                return ()
            last = names[0]
            for name in names[1:]:
                if name.before is not last or id(name) in passing:
                    break
                last = name
            return tuple(name for name in last.chain() if name.text in senses.senses)
    return ()


def _subject_below(zones: Sequence[Zone], senses: Senses, heads: list[str], first: tuple[Name, ...], best: str | None) -> set[str]:
    """Townships and villages that the document is about: in its head, or first of all in the body and as often as their county in all."""
    chosen = {name for name in heads if _is_low(senses.senses[name])} | _dominant(zones, senses, best)
    body = next((zone for zone in zones if zone.body), None)
    wide = [name.text for name in first if not _is_low(senses.senses[name.text])]
    if body is None or not first or wide[-1:] not in ([], [best]):
        return chosen
    opening = _SENTENCE_END.search(body.text)
    if opening is not None and first[-1].span.end > opening.start():
        return chosen
    outer = sum(name.text == best for zone in zones if not zone.caption for name in zone.names)
    low = [name.text for name in first if _is_low(senses.senses[name.text])]
    return chosen | {text for text in low if sum(name.text == text for name in body.names) >= outer}


def _dominant(zones: Sequence[Zone], senses: Senses, best: str | None) -> set[str]:
    """The village or township that a document tells of far more often than of any other and of the county: it is about that one."""
    counts = Counter(name.text for zone in zones if not zone.caption for name in zone.names if name.text in senses.senses)
    low = Counter({text: count for text, count in counts.items() if _is_low(senses.senses[text])}).most_common(2)
    if not low or low[0][1] < OFTEN or low[0][1] < 2 * max([counts[best or ""], *(count for _, count in low[1:])]):
        return set()
    return {low[0][0]}
