"""Short names: 浙江 for 浙江省, 苏州 for 苏州市, 四川昭觉 for 昭觉县 in 四川省; and which full name of the document they stand for.

Provinces and prefectures are known by their short names everywhere; a county is only right behind the place that it lies in, or
in a document that prints its full name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found]
import rjieba

from archive.places import Division, gazetteer
from archive.records import PlaceLevel
from archive.text import Span
from ingest.extract.place_text import Name, NameKind
from ingest.extract.place_words import place_words

LONGEST = 6
COUNTIES = 40  # a document that prints more of them in full is a list, which is not searched for their short names
AROUND = 8  # characters on both sides that the cutting into words looks at
_HAN = re.compile(r"[一-鿿]")
_TAIL = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治[州县旗]|地区|[林矿特新]区|[省市县区旗盟州])$")
_WIDE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE})
_LARGE = _WIDE | {PlaceLevel.COUNTY}
_FULL = re.compile(r"省|特别行政区|(?:壮族|回族|维吾尔)?自治区|[一-鿿]{0,9}自治[州县旗]|地区|[林矿特新]区|[市县区旗盟州]")


class ShortNames(NamedTuple):
    """`pattern` finds short names of provinces and prefectures, which are in `wide`; `below` has by the first two or four digits of
    a code the short names of what lies there."""

    pattern: re.Pattern[str]
    wide: dict[str, tuple[Division, ...]]
    below: dict[str, dict[str, Division]]


def stem_of(division: Division) -> str:
    """昭觉 of 昭觉县, 凉山 of 凉山彝族自治州, 广西 of 广西壮族自治区."""
    return _TAIL.sub("", division.alias or division.name)


@lru_cache(maxsize=1)
def short_names() -> ShortNames:
    """The short names of the provinces, prefectures and counties in force, of two to LONGEST characters."""
    wide: dict[str, tuple[Division, ...]] = {}
    below: dict[str, dict[str, Division]] = {}
    twice: set[tuple[str, str]] = set()
    for division in gazetteer().upper():
        stem = stem_of(division)
        if not division.in_force or not 2 <= len(stem) <= LONGEST:
            continue
        if division.level in _WIDE:
            wide[stem] = (*wide.get(stem, ()), division)
        if division.level is not PlaceLevel.PROVINCE:
            for digits in {division.code[:2], division.code[:4]}:
                held = below.setdefault(digits, {})
                if stem in held and held[stem].level is division.level:
                    twice.add((digits, stem))
                if stem not in held:
                    held[stem] = division
    for digits, stem in twice:
        below[digits].pop(stem, None)
    for stem, divisions in wide.items():  # 吉林 and 海南 alone are the provinces
        wide[stem] = tuple(row for row in divisions if row.level is PlaceLevel.PROVINCE) or divisions
    return ShortNames(_pattern(sorted(wide)), wide, below)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """One pattern of all `words`; its first two characters are tried as classes before the words are."""
    first, second = ("".join(sorted({word[at] for word in words})) for at in (0, 1))
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(word[1:])
    groups = "|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in by_first.items())
    return re.compile(f"(?=[{first}][{second}])(?:{groups})")


def believed(text: str, span: Span, divisions: Sequence[Division], *, behind: bool) -> bool:
    """Whether the short name at `span` is a name there: a word of its own, no part of a full name, of a school's or a newspaper's.
    `behind` says that the place which it lies in stands right before it."""
    words = place_words()
    name = span.of(text)
    if not behind and name in words.alone:
        return False
    full = _FULL.match(text, span.end)
    if full is not None and any(text.startswith((row.name, row.alias or row.name), span.start) for row in divisions):
        return False
    if _bearers().match(text, span.end):
        return False
    if any(text[span.end : span.end + length] in held for length in (2, 3) for held in _inside(divisions)):
        return True
    return not _features().match(text, span.end) and is_word(text, span, left=not behind)


@lru_cache(maxsize=1)
def _features() -> re.Pattern[str]:
    return re.compile("|".join(place_words().features))


@lru_cache(maxsize=1)
def _bearers() -> re.Pattern[str]:
    return re.compile("|".join(rf"[^\W\d、和与及的在等]{{0,{reach}}}?{word}" for word, reach in place_words().bearers))


def is_word(text: str, span: Span, *, left: bool = True) -> bool:
    """Whether the cutting into words puts borders at both ends of `span` (`left` false: only at its end)."""
    begin, stop = span.start, span.end
    while left and begin > 0 and span.start - begin < AROUND and _HAN.match(text, begin - 1):
        begin -= 1
    while stop < len(text) and stop - span.end < AROUND and _HAN.match(text, stop):
        stop += 1
    if (begin, stop) == span:
        return True
    at, borders = begin, {begin}
    for word in rjieba.cut(text[begin:stop], False):
        at += len(word)
        borders.add(at)
        if at >= span.end:
            break
    return span.start in borders and span.end in borders


def below(outer: Name, text: str) -> Iterator[Name]:
    """The short name of what lies in `outer`, if it is printed right behind it: 昭觉 in 四川昭觉."""
    at = outer.span.end
    for held in _inside(outer.divisions):
        for length in range(min(LONGEST, len(text) - at), 1, -1):
            division = held.get(text[at : at + length])
            if division is None or division in outer.divisions:
                continue
            span = Span(at, at + length)
            apart = span.of(text) not in place_words().common or _HAN.match(text, span.end) is None
            if apart and believed(text, span, (division,), behind=True):
                yield Name(span.of(text), span, NameKind.SHORT, division.level, (division,), before=outer)
            return


def _names_a_county(name: Name) -> bool:
    """Whether a name is that of a county or more, or hides one (X县)."""
    return name.level in _LARGE or (name.kind is NameKind.ANONYMOUS and name.level is PlaceLevel.UNRESOLVED)


def _inside(divisions: Sequence[Division]) -> Iterator[dict[str, Division]]:
    """The short names of what lies in each of the provinces and prefectures `divisions`."""
    for row in divisions:
        yield short_names().below.get(row.code[:2] if row.level is PlaceLevel.PROVINCE else row.code[:4], {})


def unify(texts: Sequence[str], zones: Sequence[tuple[Name, ...]]) -> list[tuple[Name, ...]]:
    """The names of a document's texts, short names under the full name that the document prints, else under the official one."""
    if not any(_names_a_county(name) for names in zones for name in names):
        zones = [_lone(text, names) for text, names in zip(texts, zones, strict=True)]
    printed = Counter(name.text for names in zones for name in names if name.kind is NameKind.OFFICIAL)
    full: dict[str, str] = {}
    stems: dict[str, Name] = {}
    for name in (name for names in zones for name in names if name.kind is NameKind.OFFICIAL and len(name.divisions[0].code) == 6):
        now = [division for division in name.divisions if division.in_force]
        if len(now) != 1:
            continue
        division = now[0]
        known = full.get(division.code)
        if known is None or printed[name.text] > printed[known]:
            full[division.code] = name.text
        stem = stem_of(division)
        if len(stem) > 1 and stem not in place_words().common and stem not in short_names().wide:
            stems[stem] = Name(name.text, name.span, NameKind.SHORT, division.level, (division,))
    if len(stems) > COUNTIES:
        stems = {}
    return [_renamed(_more(text, names, stems), full) for text, names in zip(texts, zones, strict=True)]


@lru_cache(maxsize=1)
def _counties() -> ahocorasick.Automaton:
    """All short names of counties that only one county bears and that are no everyday word."""
    machine, common = ahocorasick.Automaton(), place_words().common
    rows = [row for row in gazetteer().upper() if row.in_force and row.level is PlaceLevel.COUNTY]
    bearers = Counter(stem_of(row) for row in rows)
    for row in rows:
        stem = stem_of(row)
        if bearers[stem] == 1 and 2 <= len(stem) <= LONGEST and stem not in common and rjieba.tag(stem, False)[0][1][0] == "n":
            machine.add_word(stem, row)
    machine.make_automaton()
    return machine


def _lone(text: str, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """`names` of a text that prints no county or city in full, and the short names of counties that come back in it."""
    found: dict[str, list[Name]] = {}
    for last, row in _counties().iter_long(text):
        stem = stem_of(row)
        span = Span(last + 1 - len(stem), last + 1)
        if believed(text, span, (row,), behind=False):
            found.setdefault(row.code, []).append(Name(stem, span, NameKind.SHORT, row.level, (row,)))
    taken = {at for name in names for at in range(*name.span)}
    more = [name for uses in found.values() if len(uses) > 1 for name in uses if taken.isdisjoint(range(*name.span))]
    return tuple(sorted((*names, *more), key=lambda name: name.span.start))


def _renamed(names: Sequence[Name], full: dict[str, str]) -> tuple[Name, ...]:
    done: dict[int, Name] = {}
    for name in names:
        text = full.get(name.divisions[0].code, name.divisions[0].name) if name.kind is NameKind.SHORT else name.text
        before = done[id(name.before)] if name.before is not None else None
        done[id(name)] = name if text == name.text and before is name.before else replace(name, text=text, before=before)
    return tuple(done.values())


def _more(text: str, names: tuple[Name, ...], stems: dict[str, Name]) -> Sequence[Name]:
    """`names` and where `text` has one of `stems` by itself."""
    found: list[Name] = []
    taken = {at for name in names for at in range(*name.span)}
    for stem, name in stems.items():
        at = text.find(stem)
        while at >= 0:
            span = Span(at, at + len(stem))
            free = taken.isdisjoint(range(*span)) and not _FULL.match(text, span.end)
            if free and believed(text, span, name.divisions, behind=False):
                found.append(replace(name, span=span))
                taken.update(range(*span))
            at = text.find(stem, span.end)
    return sorted((*names, *found), key=lambda name: name.span.start) if found else names
