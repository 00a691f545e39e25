"""What the text does not print: the county behind X县, the city behind XX市, the province that 我区 means.

An anonymised name never resolves by itself. It is settled by smaller places that the text does print: townships that only one county
has, or several counties of one city. Every inference names its witnesses and carries a confidence below 1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from archive.places import Division
from archive.records import PlaceLevel
from archive.text import Span
from archive.villages import homes
from ingest.extract.place_sense import Sense, Senses
from ingest.extract.place_text import Name, NameKind

_SELF = re.compile(r"我(?P<own>[省区市州盟县旗])|全(?P<all>[省区])(?!域)")
_REGION = re.compile(r"自治区(?=[、党人政])")
_GOVERNS = re.compile(r"下?辖|所属")
_LEVELS = {
    "省": (PlaceLevel.PROVINCE,),
    "区": (PlaceLevel.PROVINCE, PlaceLevel.COUNTY),
    "市": (PlaceLevel.PREFECTURE, PlaceLevel.COUNTY, PlaceLevel.PROVINCE),
    "州": (PlaceLevel.PREFECTURE,),
    "盟": (PlaceLevel.PREFECTURE,),
    "县": (PlaceLevel.COUNTY,),
    "旗": (PlaceLevel.COUNTY,),
}
VILLAGES = 40  # names of villages that are looked up in all counties
MANY = 3  # cities that a report must name before its 全省 is taken for its subject
_NEAR = 40  # characters between 辖 and the places that it lists


class Own(NamedTuple):
    """A division that the text means but does not name: 我区, with the words' place in the body."""

    division: Division
    span: Span
    own: bool


def infer_masked(senses: Senses, text: str) -> None:
    """Settle the anonymised counties and cities of a document whose body is `text`, where its other names do."""
    masked = [name for name, uses in senses.uses.items() if uses[0].kind is NameKind.ANONYMOUS and name[-1] in "县区旗市州盟"]
    for name in masked:
        rivals = [other for other in masked if other[-1] == name[-1] and not other.startswith("某")]  # 某县 beside X县 is X县
        alone = not rivals or rivals == [name] or (name.startswith("某") and len(rivals) == 1)
        sense = _as_county(senses, name, alone) or (_as_city(senses, name, alone, text) if name[-1] in "市州盟" else None)
        sense = sense or _by_villages(senses, name, alone)
        if sense is not None:
            senses.senses[name] = sense
            senses.add_context(sense.county or "")
            senses.settle_inside(name, sense)


def _as_county(senses: Senses, name: str, alone: bool) -> Sense | None:
    """By townships that lie in one county only: those printed right behind the name, or, for the only such name, all of them."""
    votes: dict[str, dict[str, Name]] = {}
    for text, sense in senses.senses.items():
        if sense.level is not PlaceLevel.TOWNSHIP or sense.division is None or sense.county in senses.printed or sense.division.everyday:
            continue
        for use in senses.uses[text]:
            parents = [outer.text for outer in use.chain()[:-1]]
            if name in parents or (alone and not parents):
                votes.setdefault(sense.county or "", {}).setdefault(text, use)
    return _elected(senses, name, votes)


def _by_villages(senses: Senses, name: str, alone: bool) -> Sense | None:
    """By villages that few counties have: at least two whose homes leave one county, and half of all villages that any list knows."""
    uses: dict[str, Name] = {}
    for text, sense in senses.senses.items():
        if sense.level is PlaceLevel.VILLAGE and sense.county is None and len(uses) < VILLAGES:
            for use in senses.uses[text]:
                parents = use.chain()[:-1]
                if name in [outer.text for outer in parents] or (alone and not any(outer.listed for outer in parents)):
                    uses.setdefault(text, use)
    found = {text: homes(text) for text in uses} if len(uses) > 1 else {}
    known = {text: counties for text, counties in found.items() if counties}
    weights: dict[str, float] = defaultdict(float)
    for counties in known.values():
        for county in counties:
            weights[county] += 1 / len(counties)
    fitting = [(weight, code) for code, weight in weights.items() if (row := senses.gazetteer.get(code)) and row.name[-1] == name[-1]]
    fitting = sorted((weight, code) for weight, code in fitting if code not in senses.printed and _inside(senses, name, code))
    if not fitting:
        return None
    weight, code = fitting[-1]
    second = max((other for home, other in weights.items() if home != code), default=0.0)
    witnesses = tuple(uses[text] for text, counties in known.items() if code in counties)
    division = senses.gazetteer.get(code)
    if division is None or len(witnesses) < 2 or 2 * len(witnesses) < len(known) or weight < 1 or weight < 2 * second:
        return None
    return Sense(name, division.level, code, division, True, round(1 - 0.4 * 0.5 ** (len(witnesses) - 1), 3), witnesses)


def _as_city(senses: Senses, name: str, alone: bool, text: str) -> Sense | None:
    """By counties of one prefecture: two of them, or one behind 下辖 or right behind the name."""
    votes: dict[str, dict[str, Name]] = {}
    sure: set[str] = set()
    for child, sense in senses.senses.items():
        if sense.level is not PlaceLevel.COUNTY or sense.division is None:
            continue
        above = [division for division in senses.gazetteer.ancestors(sense.division.code) if division.level is PlaceLevel.PREFECTURE]
        for use in senses.uses[child]:
            parents = [outer.text for outer in use.chain()[:-1]]
            if not above or not (name in parents or (alone and not parents)):
                continue
            votes.setdefault(above[0].code, {}).setdefault(child, use)
            if name in parents or _GOVERNS.search(text, max(0, use.span.start - _NEAR), use.span.start):
                sure.add(above[0].code)
    kept = {code: names for code, names in votes.items() if len(names) > 1 or code in sure}
    return _elected(senses, name, kept)


def _elected(senses: Senses, name: str, votes: dict[str, dict[str, Name]]) -> Sense | None:
    """The division with the most witnesses, if it is one alone, bears the right kind of name and lies where the text says."""
    fitting: list[tuple[int, Division, tuple[Name, ...]]] = []
    for code, names in votes.items():
        division = senses.gazetteer.get(code)
        if division is not None and division.name[-1] == name[-1] and _inside(senses, name, code):
            fitting.append((len(names), division, tuple(names.values())))
    fitting.sort(key=lambda entry: -entry[0])
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    count, division, witnesses = fitting[0]
    return Sense(name, division.level, division.code, division, True, round(1 - 0.3 * 0.5 ** (count - 1), 3), witnesses)


def _inside(senses: Senses, name: str, code: str) -> bool:
    """Whether `code` lies in every official place that is printed right before the anonymised name."""
    outer = [above for use in senses.uses[name] for above in use.chain()[:-1] if above.listed]
    return all(any(senses.gazetteer.within(code, division.code) for division in above.divisions) for above in outer)


def own_division(senses: Senses, text: str) -> Own | None:
    """The division that 我省, 我区, 我市, 我县 (or 全省, 自治区 beside its cities) means, when the places leave only one."""
    words = next((found for found in _SELF.finditer(text) if found["own"]), None) or _SELF.search(text)
    cities = {sense.county for sense in senses.senses.values() if sense.level is PlaceLevel.PREFECTURE}
    if words is not None and (words["own"] or len(cities) >= MANY):
        letter = words["own"] or words["all"]
        for level in _LEVELS[letter]:
            division = _only(senses, level, lambda name: name[-1] == letter)
            if division is None or (level is PlaceLevel.PROVINCE and letter == "区" and senses.counties() and len(cities) < 2):
                continue
            if level is PlaceLevel.COUNTY and any(sense.level is level for sense in senses.senses.values()):
                continue  # a county is printed: if the text speaks of itself, it speaks of that one
            return Own(division, Span(*words.span()), True)
    for found in _REGION.finditer(text):
        division = _only(senses, PlaceLevel.PROVINCE, lambda name: name.endswith("自治区"))
        if division is not None and not any(use.span.end == found.end() for use in senses.uses.get(division.name, ())):
            return Own(division, Span(*found.span()), False)
    return None


def _only(senses: Senses, level: PlaceLevel, fits: Callable[[str], bool]) -> Division | None:
    """The one division of `level` that all settled places lie in."""
    codes: Sequence[str] = [sense.division.code for sense in senses.senses.values() if sense.division]
    if not codes and senses.dateline is not None:
        codes = [senses.dateline.code]
    above: set[str] = set()
    for code in codes:
        now = next(iter(senses.gazetteer.current(code)), None)
        chain = (*senses.gazetteer.ancestors(now.code), now) if now else ()
        above |= {division.code for division in chain if division.level is level}
    division = senses.gazetteer.get(above.pop()) if len(above) == 1 else None
    return division if division is not None and fits(division.name) else None
