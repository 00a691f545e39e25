"""Two places of one name in one document: 成县城关镇 and 文县城关镇 are kept apart by the parents that are printed before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.places import gazetteer
from archive.records import PlaceLevel
from ingest.extract.place_text import Name, NameKind

_LOW = frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE})


def part_twins(zones: Sequence[tuple[Name, ...]]) -> list[tuple[Name, ...]]:
    """The names of a document's texts; of places of one name the first keeps it, the others go under parent and name (文县城关镇).

    A name without a parent means the one of its name that was printed last.
    """
    parents: dict[str, dict[str, str]] = {}
    for name in (name for names in zones for name in names if name.level in _LOW and name.before is not None):
        home = _home(name)
        if home is not None:
            parents.setdefault(name.text, {}).setdefault(home, name.before.text if name.before else "")
    twins = {text: homes for text, homes in parents.items() if len(homes) > 1}
    return [_parted(names, twins) for names in zones] if twins else list(zones)


def _home(name: Name) -> str | None:
    """What tells places of one name apart: the code of the one that lies in the printed parent, else the parent's own."""
    if name.before is None or not name.before.listed:
        return None
    places, outer = gazetteer(), [above.code for above in name.before.divisions if above.in_force]
    inner = {row.code for row in name.divisions if row.in_force and any(places.within(row.code, code) for code in outer)}
    if name.kind is NameKind.OFFICIAL:
        return inner.pop() if len(inner) == 1 else None
    return outer[0][:6] if len(outer) == 1 and len(outer[0]) >= 6 and not outer[0].endswith("00") else None


def _parted(names: Sequence[Name], twins: dict[str, dict[str, str]]) -> tuple[Name, ...]:
    last: dict[str, str] = {}
    done: dict[int, Name] = {}
    for name in names:
        homes = twins.get(name.text)
        text, before = name.text, done.get(id(name.before), name.before)
        if homes is not None:
            home = _home(name) or last.get(name.text) or next(iter(homes))
            last[name.text] = home
            if home != next(iter(homes)):
                text = homes[home] + name.text
        done[id(name)] = name if text == name.text and before is name.before else replace(name, text=text, before=before)
    return tuple(done.values())
