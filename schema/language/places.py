"""Names of places as people type them: short, with what lies above them, or as codes."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice, takewhile

from archive.places import Division, Gazetteer
from archive.records import PlaceLevel
from archive.villages import codes_of
from search.analysis import fold

_CODE = re.compile(r"(?:place-)?(\d{6}|\d{9}|\d{12})", re.ASCII)
_LEVELS = (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY)
_TOWNSHIPS = ("镇", "乡", "街道", "苏木")
_ENDINGS = frozenset({"市", "县", "区", "州", "盟", "旗", "地区"})
_LONGEST = 40
_MOST = 200
_SHOWN = 3


@lru_cache(maxsize=512)
def places_called(name: str, gazetteer: Gazetteer, *, villages: bool = True) -> tuple[Division, ...]:
    """Every division of that name, code or short name (台州 for 台州市; 浙江台州 too); none where no list has it.

    Villages take some milliseconds to look for, and are left out where they are not wanted.
    """
    given = fold(name).strip()
    if len(given) > _LONGEST:
        return ()
    if code := _CODE.fullmatch(given):
        known = gazetteer.get(code[1])
        return (known,) if known else ()
    for asked in dict.fromkeys((name.strip(), given)):
        if found := _one_name(asked, gazetteer) or _below(asked, gazetteer):
            return found[:_MOST]
    rows = (gazetteer.get(code) for code in codes_of(given)) if villages and len(given) > 2 else ()
    return tuple(row for row in rows if row is not None)


def is_place(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a word is the name or the short name of a province, prefecture or county in force, and not merely the beginning of one."""
    given = fold(word).strip()
    if not 2 <= len(given) <= _LONGEST:
        return False
    endings = _ENDINGS | {"", "省", "自治区"}
    return any(row.in_force and row.level in _LEVELS and row.name[len(given) :] in endings for row in _one_name(given, gazetteer))


def paths(places: tuple[Division, ...], gazetteer: Gazetteer) -> str:
    """The first of some places with what lies above them, to be shown."""
    whole = ["".join(one.name for one in (*gazetteer.ancestors(place.code), place)) for place in places[:_SHOWN]]
    return "、".join(whole) + ("等" if len(places) > _SHOWN else "")


def _one_name(name: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """Those of that name, or else those of the highest level whose name begins so (townships: with their usual endings)."""
    if found := gazetteer.named(name):
        return found
    if len(name) < 2:
        return ()
    names = _upper(gazetteer)
    first = bisect_left(names, name, key=lambda row: row.name)
    begun = list(takewhile(lambda row: row.name.startswith(name), islice(names, first, None)))
    short = tuple(sorted(row for row in begun if row.name[len(name) :] in _ENDINGS))
    if short and not any(row.level is PlaceLevel.PROVINCE for row in begun):
        return tuple(row for row in short if not any(gazetteer.within(row.code, other.code) for other in short if other != row))
    for level in _LEVELS:
        if found := tuple(sorted(row for row in begun if row.level is level)):
            return found
    return tuple(row for ending in _TOWNSHIPS for row in gazetteer.named(name + ending) if row.in_force)


@lru_cache(maxsize=2)
def _upper(gazetteer: Gazetteer) -> tuple[Division, ...]:
    """Provinces, prefectures and counties in force, by name."""
    return tuple(sorted((row for row in gazetteer.upper() if row.in_force), key=lambda row: row.name))


def _below(name: str, gazetteer: Gazetteer, levels: int = 3) -> tuple[Division, ...]:
    """A place after the names of at most so many that it lies in."""
    for cut in range(2, len(name) - 1 if levels else 0):
        above = _one_name(name[:cut], gazetteer)
        rest = (_one_name(name[cut:], gazetteer) or _below(name[cut:], gazetteer, levels - 1)) if above else ()
        if inside := tuple(one for one in rest if any(gazetteer.within(one.code, upper.code) for upper in above)):
            return inside
    return ()
