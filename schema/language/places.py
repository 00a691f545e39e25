"""Names of places as people type them: short, with what lies above them, or as codes."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.places import Division, Gazetteer
from archive.records import PlaceLevel
from search.analysis import fold

_CODE = re.compile(r"(?:place-)?(\d{6}|\d{9}|\d{12})", re.ASCII)
_LEVELS = (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY, PlaceLevel.TOWNSHIP)
_MOST = 200
_SHOWN = 3


@lru_cache(maxsize=512)
def places_called(name: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """Every division of that name, code or short name (台州 for 台州市; 浙江台州 too); none where no list has it."""
    given = fold(name).strip()
    if code := _CODE.fullmatch(given):
        known = gazetteer.get(code[1])
        return (known,) if known else ()
    for asked in dict.fromkeys((name.strip(), given)):
        if found := gazetteer.named(asked) or _shortened(asked, gazetteer) or _below(asked, gazetteer):
            return found[:_MOST]
    return ()


def paths(places: tuple[Division, ...], gazetteer: Gazetteer) -> str:
    """The first of some places with what lies above them, to be shown."""
    whole = ["".join(one.name for one in (*gazetteer.ancestors(place.code), place)) for place in places[:_SHOWN]]
    return "、".join(whole) + ("等" if len(places) > _SHOWN else "")


def _shortened(name: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """Those of the highest level whose name begins so; villages by their whole name only."""
    if len(name) < 2:
        return ()
    found = gazetteer.search(name, _MOST)
    for level in _LEVELS:
        begun = tuple(one for one in found if one.level is level and one.name.startswith(name) and one.in_force)
        if begun:
            return begun
    return tuple(one for one in found if one.level is PlaceLevel.VILLAGE)


def _below(name: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """A place after the name of one that it lies in."""
    for cut in range(2, len(name) - 1):
        above = gazetteer.named(name[:cut]) or (_shortened(name[:cut], gazetteer) if cut < 4 else ())
        if not above:
            continue
        rest = gazetteer.named(name[cut:]) or _shortened(name[cut:], gazetteer)
        if inside := tuple(one for one in rest if any(gazetteer.within(one.code, upper.code) for upper in above)):
            return inside
    return ()
