"""The gazetteer: administrative divisions of China since 2000 with their codes, names then and now.

Codes are those of GB/T 2260 (540000 province, 540200 prefecture, 540235 county) and, below the county, the nine digits of the
statistical office (540235202 a township) and its twelve (540235204203 a village, read from a list of its own: archive/villages.py).
A name that is no longer in force keeps its old code and leads to its successors.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib import resources
from typing import NamedTuple

from archive.records import PlaceLevel
from archive.villages import codes_of, names_in

DATA = "divisions.tsv.xz"
_DEPTH = {PlaceLevel.PROVINCE: 1, PlaceLevel.PREFECTURE: 2, PlaceLevel.COUNTY: 3, PlaceLevel.TOWNSHIP: 4, PlaceLevel.VILLAGE: 5}


class Division(NamedTuple):
    """One name of one administrative division.

    `since` is the year of the first yearly list that has the name under this code (None: older than the lists), `until` the year of
    the first one without it (None: in force). `successors` are the codes that took its place. `parent` is None for a province.
    `alias` is the usual short form of an autonomous name (凉山州). `everyday` marks a name whose stem is also a common word (和平县).
    """

    code: str
    name: str
    level: PlaceLevel
    parent: str | None
    since: int | None = None
    until: int | None = None
    successors: tuple[str, ...] = ()
    alias: str | None = None
    everyday: bool = False

    @property
    def in_force(self) -> bool:
        """Whether the newest list still has it."""
        return self.until is None

    def valid_in(self, year: int) -> bool:
        """Whether the name was in force in `year` (the year of a change counts for both)."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


def level_of(code: str) -> PlaceLevel:
    """The level that a code's form tells. Raises ValueError unless it is 6, 9 or 12 digits."""
    if not (code.isascii() and code.isdigit()) or len(code) not in (6, 9, 12):
        raise ValueError(f"{code!r} is no code of a division: give 6, 9 or 12 digits, such as 540235")
    if len(code) == 6:
        if code.endswith("0000"):
            return PlaceLevel.PROVINCE
        return PlaceLevel.PREFECTURE if code.endswith("00") else PlaceLevel.COUNTY
    return PlaceLevel.TOWNSHIP if len(code) == 9 else PlaceLevel.VILLAGE


class Gazetteer:
    """Look-ups by code and by name. Rows are kept as text and become Divisions when asked for, so that loading is fast."""

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines` are the rows of the data file: code, name, since, until, successors, alias, everyday; separated by tabs."""
        self._rows: list[list[str]] = []
        self._codes: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._built: dict[int, Division] = {}
        self._current: dict[str, tuple[Division, ...]] = {}
        self._above: dict[str, tuple[Division, ...]] = {}
        for index, line in enumerate(lines):
            row = line.split("\t")
            self._rows.append(row)
            self._codes.setdefault(row[0], []).append(index)
            self._names.setdefault(row[1], []).append(index)
            if row[5]:
                self._names.setdefault(row[5], []).append(index)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def get(self, code: str) -> Division | None:
        """The division with this code: the name in force, or the last one; None for an unknown code."""
        if len(code) == 12:
            name = names_in(code[:6]).get(code)
            return Division(code, name, PlaceLevel.VILLAGE, code[:9]) if name is not None else None
        rows = [self._division(index) for index in self._codes.get(code, ())]
        return max(rows, key=lambda row: row.until or 9999, default=None)

    def knows(self, name: str) -> bool:
        """Whether any division is or was called `name`, in full or by its short form."""
        return name in self._names

    def named(self, name: str, levels: Iterable[PlaceLevel] | None = None) -> tuple[Division, ...]:
        """Every division that is or was called `name` (full or short form), those in force first, then by code."""
        wanted = None if levels is None else frozenset(levels)
        found = [self._division(index) for index in self._names.get(name, ())]
        kept = [row for row in found if wanted is None or row.level in wanted]
        return tuple(sorted(kept, key=lambda row: (not row.in_force, row.code)))

    def upper(self) -> tuple[Division, ...]:
        """Every province, prefecture and county, by code; a name and code that are no longer in force are a row of their own."""
        codes = sorted(code for code in self._codes if len(code) == 6)
        return tuple(self._division(index) for code in codes for index in self._codes[code])

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """The divisions above `code`, the province first, itself not among them. Knows villages' codes by their form."""
        if code in self._above:
            return self._above[code]
        above: list[Division] = []
        parent = self._parent(code)
        while parent is not None:
            division = self.get(parent)
            if division is not None:
                above.append(division)
            parent = self._parent(parent)
        if code in self._codes:  # villages and unknown codes are too many to keep
            self._above[code] = tuple(reversed(above))
        return tuple(reversed(above))

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions in force directly below `code`, by code; `children("")` are the provinces."""
        if len(code) == 9:
            return tuple(Division(own, name, PlaceLevel.VILLAGE, code) for own, name in names_in(code[:6]).items() if own.startswith(code))
        prefix = code.rstrip("0") if len(code) == 6 and code.endswith("00") else code
        prefix = prefix + "0" * (len(prefix) % 2) if len(code) == 6 else prefix
        found = []
        for candidate in self._sorted[bisect_left(self._sorted, prefix) :]:
            if not candidate.startswith(prefix):
                break
            if candidate != code and self._parent(candidate) == (code or None):
                division = self.get(candidate)
                if division is not None and division.in_force:
                    found.append(division)
        return tuple(found)

    def current(self, code: str) -> tuple[Division, ...]:
        """The divisions in force that `code` is or has become, by code; empty when the code is unknown or its successors are."""
        if code not in self._current:
            seen: set[str] = set()
            todo, found = [code], []
            while todo:
                at = todo.pop()
                division = self.get(at)
                if at in seen or division is None:
                    continue
                seen.add(at)
                if division.in_force:
                    found.append(division)
                else:
                    todo.extend(division.successors)
            self._current[code] = tuple(sorted(found))
        return self._current[code]

    def adcode_of(self, code: str) -> str:
        """The six-digit code of the county (or of the city without counties) that a longer code lies in."""
        level_of(code)
        return code[:6]

    def within(self, code: str, ancestor: str) -> bool:
        """Whether `code` is `ancestor` or lies in it; renamed and recoded divisions are followed to the present."""
        if code == ancestor or any(above.code == ancestor for above in self.ancestors(code)):
            return True
        now = {above.code for place in self.current(code) for above in (place, *self.ancestors(place.code))}
        return any(place.code in now for place in self.current(ancestor))

    def search(self, query: str, limit: int = 20) -> tuple[Division, ...]:
        """Divisions whose name is, begins with or holds `query`: in this order, higher levels and names in force first.

        Villages come last, and only those whose name it is, with or without 村 or 社区; none when more than 50 counties have one.
        """
        wanted = query.strip()
        if not wanted:
            return ()
        ranked: list[tuple[tuple[int, bool, int, int, str], Division]] = []
        for name, rows in self._names.items():
            if wanted not in name:
                continue
            closeness = 0 if name == wanted else 1 if name.startswith(wanted) else 2
            found = map(self._division, rows)
            ranked.extend(((closeness, not row.in_force, _DEPTH[row.level], len(name), row.code), row) for row in found)
        ranked.sort(key=lambda pair: pair[0])
        found_rows = dict.fromkeys(row for _, row in ranked)
        if len(wanted) > 1 and len(found_rows) < limit:
            found_rows |= dict.fromkeys(row for code in codes_of(wanted) if (row := self.get(code)) is not None)
        return tuple(found_rows)[: max(limit, 0)]

    @cached_property
    def endings(self) -> dict[str, tuple[int, ...]]:
        """How long the names are that end in each pair of characters, longest first: what a text need not be asked for is not asked."""
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[-2:], set()).add(len(name))
        return {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._codes)

    def _parent(self, code: str) -> str | None:
        if len(code) > 6:
            return code[:9] if len(code) == 12 else code[:6]
        prefecture, province = code[:4] + "00", code[:2] + "0000"
        if code not in (prefecture, province) and prefecture in self._codes:
            return prefecture
        return province if code != province else None

    def _division(self, index: int) -> Division:
        if index not in self._built:
            code, name, since, until, successors, alias, everyday = self._rows[index]
            self._built[index] = Division(
                code,
                name,
                level_of(code),
                self._parent(code),
                int(since) if since else None,
                int(until) if until else None,
                tuple(successors.split()),
                alias or None,
                everyday == "1",
            )
        return self._built[index]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer that the package carries, read once."""
    return Gazetteer(read_lines(DATA))


def read_lines(name: str) -> list[str]:
    """The lines of a compressed data file of this package."""
    packed = resources.files("archive").joinpath("data", name).read_bytes()
    return lzma.decompress(packed).decode("utf-8").splitlines()
