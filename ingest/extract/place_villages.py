"""Villages of the townships and counties that a document names: their own codes, and names that only the list of that place tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from archive.places import Division, gazetteer
from archive.records import PlaceLevel
from archive.text import Span
from archive.villages import villages_of
from ingest.extract.place_patterns import is_deed, tail_at
from ingest.extract.place_short import is_word
from ingest.extract.place_text import Name, NameKind
from ingest.extract.place_words import place_words

LONGEST = 9  # characters of a village's stem (查干呼都嘎音希里村)
COUNTIES = 4  # a document that names more of them is about none of their villages
_END = re.compile(r"[村区查]")


def village(name: str, county: str, townships: Iterable[str] = ()) -> Division | None:
    """The village `name` (寺龙村) in `county`, in one of `townships` where any of them is in force; None unless there is exactly one."""
    places = gazetteer()
    now = {county, *(row.code for row in places.current(county))}
    codes = {code for each in now for spelt in _spellings(name) for code in villages_of(each).get(spelt, ())}
    inside = {row.code for code in townships for row in places.current(code)}
    held = {code for code in codes if code[:9] in inside} if inside else codes
    if len(held) != 1:
        return None
    code = held.pop()
    return Division(code, name, PlaceLevel.VILLAGE, code[:9])


def _spellings(name: str) -> tuple[str, ...]:
    return (name, name.removesuffix("嘎查") + "村") if name.endswith("嘎查") else (name,)


class Known(NamedTuple):
    """Names of villages, and the last characters (a tail and two more) that one of them ends in."""

    names: frozenset[str]
    ends: frozenset[str]


@lru_cache(maxsize=256)
def known_villages(code: str) -> Known:
    """All villages with a stem of at least two characters in a township (nine digits) or county (six digits), as of today."""
    names = set[str]()
    for now in {row.code for row in gazetteer().current(code)}:
        held = villages_of(now[:6])
        names.update(held if len(now) == 6 else (name for name, own in held.items() if any(each.startswith(now) for each in own)))
    kept = frozenset(name for name in names if len(name) > (4 if name[-1] in "区查" else 3) - 1)
    return Known(kept, frozenset(name[-4:] if name[-1] in "区查" else name[-3:] for name in kept))


def listed_villages(text: str, names: tuple[Name, ...], known: Sequence[Known]) -> tuple[Name, ...]:
    """`names` of `text` and the villages that it prints beside them, where their place's list has them."""
    hits = [match.end() for match in _END.finditer(text)]
    hits = [end for end in hits if any(text[end - (4 if text[end - 1] in "区查" else 3) : end] in place.ends for place in known)]
    if not hits:
        return names
    ends = {name.span.end: name for name in names}
    taken = set(chain.from_iterable(range(*name.span) for name in names))
    found = {end: name for end in hits if (name := _longest(text, end, known, ends, taken)) is not None}
    if not found:
        return names
    return tuple(sorted((*(name for name in names if name.span.end not in found), *found.values()), key=lambda name: name.span.start))


def _longest(text: str, end: int, known: Sequence[Known], ends: Mapping[int, Name], taken: Set[int]) -> Name | None:
    """The longest village of `known` that ends at `end`, unless a name is found there that is as long, or a list's own."""
    tail, inner = tail_at(text, end), ends.get(end)
    if tail is None or (inner is None and end - 1 in taken) or (inner is not None and inner.kind is not NameKind.PATTERN):
        return None
    for length in range(min(LONGEST + len(tail), end), max(len(tail) + 1, len(inner.text) if inner else 0), -1):
        span = Span(end - length, end)
        if any(span.of(text) in place.names for place in known) and _is_one(text, span, tail):
            free = taken.isdisjoint(range(span.start, inner.span.start if inner else end))
            return Name(span.of(text), span, NameKind.PATTERN, PlaceLevel.VILLAGE, before=ends.get(span.start)) if free else None
    return None


def _is_one(text: str, span: Span, tail: str) -> bool:
    """Whether a name of the list is one where it stands: no everyday village (新农村), no deed (兴村), a word of its own."""
    words, stem = place_words(), text[span.start : span.end - len(tail)]
    if stem in words.kinds or span.of(text).endswith(words.tails) or is_deed(text, stem, span.end - len(tail)):
        return False
    return not any(text.startswith(entry.word, span.end - 1) for entry in words.follow.get(text[span.end - 1 : span.end + 1], ())) and (
        len(stem) > 3 or is_word(text, Span(span.start, span.end - len(tail))) or is_word(text, span)
    )
