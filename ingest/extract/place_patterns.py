"""Villages, communities and townships that no list has, known by their form: 扎青村 behind 波绒乡, or a village's name by itself."""

from __future__ import annotations

import re

import rjieba

from archive.places import gazetteer
from archive.records import PlaceLevel
from ingest.extract.place_words import place_words, village_stems

LEVELS = {
    "村": PlaceLevel.VILLAGE,
    "社区": PlaceLevel.VILLAGE,
    "嘎查": PlaceLevel.VILLAGE,
    "乡": PlaceLevel.TOWNSHIP,
    "镇": PlaceLevel.TOWNSHIP,
    "苏木": PlaceLevel.TOWNSHIP,
    "街道": PlaceLevel.TOWNSHIP,
}
ENDS = frozenset(tail[-1] for tail in LEVELS)
BELOW = {
    PlaceLevel.PROVINCE: frozenset[PlaceLevel](),
    PlaceLevel.PREFECTURE: frozenset({PlaceLevel.TOWNSHIP}),
    PlaceLevel.COUNTY: frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE}),
    PlaceLevel.TOWNSHIP: frozenset({PlaceLevel.VILLAGE}),
    PlaceLevel.VILLAGE: frozenset[PlaceLevel](),
    PlaceLevel.UNRESOLVED: frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE}),
}
LONGEST = 5  # characters of a village's or township's stem
DEED = 8  # characters between 以 and the 村 of 以乡村旅游兴村
AFTER = 24  # characters behind it in which its clause tells that it is a name after all
_HAN = re.compile(r"[一-鿿〇]+")
_EVERYDAY_TAGS = frozenset({"n", "v", "vn", "a", "d", "j"})  # of the cutter: no names of places or people


def tail_at(text: str, end: int) -> str | None:
    """What says the level of a name that ends at `end`: 村, 社区, 镇; None for any other character."""
    last = text[end - 1 : end]
    if last in ("村", "乡", "镇"):
        return last
    return pair if (pair := text[end - 2 : end]) in LEVELS else None


def is_stem(stem: str, tail: str, *, below_township: bool) -> bool:
    """Whether `stem` right behind a place can be a name: known as one, or made of no everyday word."""
    words, stems = place_words(), village_stems()
    if not 1 <= len(stem) <= LONGEST or not _HAN.fullmatch(stem) or stem in words.kinds or words.joints.intersection(stem):
        return False
    if stem in stems.plain or (len(stem) > 1 and gazetteer().knows(stem + tail)):
        return True
    if words.grammar.intersection((stem[0], stem[-1])) or (stem[-1] in words.deeds and any(mean in stem for mean in words.means)):
        return False
    if stem in stems.everyday and (below_township or len(stem) == 1):
        return tail not in ("社区", "街道") or len(stem) > 1
    if len(stem) == 1 or stem[0] in words.kinds:
        return False
    return _has_no_word(stem)


def _has_no_word(stem: str) -> bool:
    return all(len(word) == 1 or tag in {"ns", "nr", "nz", "nrt"} for word, tag in rjieba.tag(stem, False))


def is_listed_stem(stem: str, tail: str) -> bool:
    """Whether `stem` between two joints of a list of townships or villages (甲镇、乙镇、丙乡) can be a name: no everyday word in it."""
    words = place_words()
    if not 2 <= len(stem) <= LONGEST or not _HAN.fullmatch(stem) or words.grammar.intersection(stem) or words.joints.intersection(stem):
        return False
    if stem[-1] in words.deeds or any(part in words.kinds for part in (stem, stem[0], stem[-1], stem[-2:])):
        return False
    return not (stem + tail).endswith(words.tails) and _has_no_word(stem)


def stands_alone(text: str, start: int, stop: int, tail: str) -> bool:
    """Whether `text[start:stop]`, which `tail` follows, is a village's name that is known by itself, without a place before it."""
    words, stem = place_words(), text[start:stop]
    if stem not in village_stems().plain or stem in words.kinds or stem[0] in words.grammar or words.joints.intersection(stem):
        return False
    if (stem + tail).endswith(words.tails) or any(stem[at:] in words.kinds for at in range(1, len(stem) - 1)):
        return False
    return not is_deed(text, stem, stop)


def is_deed(text: str, stem: str, at: int) -> bool:
    """Whether the 村 at `at` is the object of a verb (以茶兴村, 产业强村) and no part of a name."""
    words = place_words()
    if stem[-1] not in words.deeds:
        return False
    thing = stem[:-1]
    if len(thing) > 1 and rjieba.has_word(thing) and {tag for _, tag in rjieba.tag(thing, False)} <= _EVERYDAY_TAGS:
        return True
    before = re.split(r"[^一-鿿]", text[max(0, at - DEED) : at - 1])[-1]
    after = re.split(r"[，,。；;\n]", text[at + 1 : at + AFTER])[0]
    return any(mean in before for mean in words.means) and not any(word in after for word in words.deed_unless)
