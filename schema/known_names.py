"""The names that can be suggested: those that the archive's items carry, the themes, and the places that no document names yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from anyio import to_thread

from archive.indicators import bare
from archive.places import Division, Gazetteer
from archive.records import PlaceLevel
from archive.themes import themes
from schema.context import Services
from schema.enums import ItemType
from schema.kept import Kept
from schema.name_index import Name, NameIndex, SuggestionKind
from search.criteria import Facet, Not, Query, SearchRequest, Term

MOST = 10_000
"""Names of each field, the most used first."""
_FIELDS = {
    "practices": SuggestionKind.PRACTICE,
    "indicator": SuggestionKind.INDICATOR,
    "subject": SuggestionKind.SUBJECT,
    "title": SuggestionKind.TITLE,
}
_WORDS = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_QUOTES = str.maketrans("", "", '"“”「」『』')
_MARKS = "“‘《「『\"'"
_LONGEST = 200


async def known_names(services: Services) -> NameIndex:
    """The index of all names, made once and kept until something is written."""
    return await _KEPT.of(services)


async def _read(services: Services) -> NameIndex:
    """One search, and then some seconds at most in a thread of its own."""
    facets = tuple(Facet(field, field, MOST) for field in (*_FIELDS, "places", "themes"))
    found: dict[str, Query] = {"kind": Term("kind", tuple(kind.value for kind in ItemType)), "reprints": Not(Term("is_reprint", (True,)))}
    page = await services.engine.search(SearchRequest(filters=found, size=0, facets=facets))
    counts = {field: {str(one.value): one.count for one in page.facets[field].counts} for field in page.facets}
    return await to_thread.run_sync(lambda: NameIndex(names_of(counts, services.gazetteer)))


_KEPT = Kept(_read)


def names_of(counts: Mapping[str, Mapping[str, int]], gazetteer: Gazetteer) -> Iterator[Name]:
    """The names of some counted fields, with what the search box takes for each. A subject that is an indicator too stands once."""
    indicators = {bare(name) for name in counts["indicator"]}
    for field, kind in _FIELDS.items():
        for name, count in counts[field].items():
            if name.strip() and len(name) <= _LONGEST and not (kind is SuggestionKind.SUBJECT and bare(name) in indicators):
                yield Name(name, kind, count, typed_as(kind, name), len(name) - len(name.lstrip(_MARKS)))
    for theme in themes().values():
        yield Name(theme.label, SuggestionKind.THEME, counts["themes"].get(theme.id, 0), typed_as(SuggestionKind.THEME, theme.label))
    yield from _places(counts["places"], gazetteer)


_TYPED = {
    SuggestionKind.PRACTICE: "做法:",
    SuggestionKind.INDICATOR: "指标:",
    SuggestionKind.SUBJECT: "",
    SuggestionKind.PLACE: "地区:",
    SuggestionKind.THEME: "主题:",
    SuggestionKind.TITLE: "题名:",
}


def typed_as(kind: SuggestionKind, name: str) -> str:
    """What to type into the search box for a name, so that no sign or number in it is read as one of the language."""
    if not _TYPED[kind] and not _DIGIT.search(name):
        return " ".join(_WORDS.findall(name))
    return _TYPED[kind] + (name if _TYPED[kind] and _WORDS.fullmatch(name) else f'"{name.translate(_QUOTES)}"')


def _places(counts: Mapping[str, int], gazetteer: Gazetteer) -> Iterator[Name]:
    """Places that items are filed under, and all down to the counties. Of those with one name each is shown with what lies above it."""
    counted = [place for code in counts if (place := gazetteer.get(code)) is not None]
    by_name: dict[str, dict[str, Division]] = {}
    for place in (*counted, *(one for one in gazetteer.upper() if one.in_force)):
        by_name.setdefault(place.name, {}).setdefault(place.code, place)
    for name, places in by_name.items():
        present = _present(places.values())
        others = {one.code for one in gazetteer.named(name, _UPPER) if one.in_force and one.name == name} | {one.code for one in present}
        for place in present:
            above = "".join(one.name for one in gazetteer.ancestors(place.code)) if len(others) > 1 else ""
            text = above + name
            yield Name(text, SuggestionKind.PLACE, counts.get(place.code, 0), typed_as(SuggestionKind.PLACE, text), len(above))


_UPPER = (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY)


def _present(places: Iterable[Division]) -> list[Division]:
    """Those in force, where there are any: an older code of the same name is no other place."""
    every = list(places)
    return [one for one in every if one.in_force] or every[:1]
