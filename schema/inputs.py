"""Filter inputs, and how they become criteria. Lists are joined by OR, fields by AND; an empty list filters nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

import strawberry

from archive.errors import BadRequest
from archive.findings import Aspect, Measure, PracticeKind, PracticeState, Qualifier, Status, UnitKind
from archive.indicators import bare
from archive.places import Gazetteer
from archive.records import Genre
from archive.themes import themes_by_id
from ingest.extract.practice_keys import practice_key
from schema.enums import ItemType
from schema.errors import known
from schema.known_indicators import named_indicator
from schema.node_ids import place_code, theme_slug
from search.criteria import All, Any, Not, Query, Range, Scalar, Term

MAX_VALUES = 200


@strawberry.input(description="A range of days, both ends included; either may be left open.")
class DateRange:
    """Published between two days."""

    from_: date | None = strawberry.field(name="from", default=None, description="The first day.")
    to: date | None = strawberry.field(default=None, description="The last day.")


@strawberry.input(description="Which figures; everything but figures is left out as soon as one of these is given.")
class FigureFilter:
    """Filters of statistics."""

    subjects: list[str] | None = strawberry.field(default=None, description="What is counted, exactly as in Statistic.subject (网格员).")
    indicators: list[str] | None = strawberry.field(
        default=None, description="What is counted, as in NormalForm.indicator; synonyms of the thesaurus do as well (GDP)."
    )
    aspects: list[Aspect] | None = strawberry.field(default=None, description="Level, change, share, rate or average.")
    measures: list[Measure] | None = strawberry.field(default=None, description="The kind of quantity.")
    units: list[str] | None = strawberry.field(default=None, description="The measure word as printed (人, 户, 元, %).")
    statuses: list[Status] | None = strawberry.field(default=None, description="Fact, plan or rule.")
    qualifiers: list[Qualifier] | None = strawberry.field(default=None, description="How exactly it is stated.")
    min: float | None = strawberry.field(default=None, description="The smallest value, included; 万 and 亿 are folded into values.")
    max: float | None = strawberry.field(default=None, description="The largest value, included.")


@strawberry.input(description="What a search is narrowed to. Values of one field are joined by OR, the fields by AND.")
class SearchFilter:
    """Filters of search, figures and compare."""

    types: list[ItemType] | None = strawberry.field(default=None, description="What to find; all four kinds when left out.")
    genres: list[Genre] | None = strawberry.field(default=None, description="The genre of the document.")
    place_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Places, as in PLACE-540235; townships (nine digits) and villages (twelve) too."
    )
    include_descendants: bool = strawberry.field(
        default=True, description="Also what is about a place inside one of placeIds; false leaves it out."
    )
    include_inferred: bool = strawberry.field(
        default=False,
        description="Also places that the text does not print and that other words of it settle (X县; marked as inferred), "
        "and facts whose named place has no known code, under the places that their document is about.",
    )
    theme_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Themes, as in THEME-grid-management.")
    unit_kinds: list[UnitKind] | None = strawberry.field(default=None, description="The kind of a knowledge unit; leaves out all else.")
    practices: list[str] | None = strawberry.field(
        default=None, description="Named practices that an item is of, under any variant of their names (书记项目)."
    )
    practice_kinds: list[PracticeKind] | None = strawberry.field(default=None, description="What a named practice calls itself.")
    practice_states: list[PracticeState] | None = strawberry.field(default=None, description="In use, on trial or planned.")
    years: list[int] | None = strawberry.field(default=None, description="The year of the document.")
    published: DateRange | None = strawberry.field(default=None, description="The day of publication; leaves out undated documents.")
    figure: FigureFilter | None = strawberry.field(default=None, description="Filters that only figures can meet.")
    sources: list[str] | None = strawberry.field(default=None, description="Names of the files that items came in.")
    document_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Documents that items come from.")
    include_reprints: bool = strawberry.field(default=False, description="Also documents that repeat another one, and what is in them.")


def place_field(inferred: bool) -> str:
    """The index field of places with all places above them: printed ones, or inferred ones too."""
    return "places_all" if inferred else "places"


def primary_field(inferred: bool) -> str:
    """The index field of the places that a document is about, with all places above them."""
    return "place_primary_all" if inferred else "place_primary"


def criteria(chosen: SearchFilter, gazetteer: Gazetteer) -> dict[str, Query]:
    """The named filters of a search; facets leave out the filter of their own name. Raises BadRequest, or NOT_FOUND for an id.

    What can match nothing in any archive is refused; what merely matches nothing in this one is an empty page.
    """
    # a filter of its own keeps sources out even where the facet of types leaves out the filter of types
    filters: dict[str, Query] = {"findable": Term("kind", tuple(kind.value for kind in ItemType))}
    filters |= _named("kind", "kind", chosen.types)
    filters |= _named("genre", "genre", chosen.genres)
    filters |= _places(chosen, gazetteer)
    filters |= _named("themes", "themes", [_theme(one) for one in chosen.theme_ids or ()])
    filters |= _named("unit_kind", "unit_kind", chosen.unit_kinds)
    filters |= _named("practices", "practices", [practice_key(name) for name in chosen.practices or ()])
    filters |= _named("practice_kind", "practice_kind", chosen.practice_kinds)
    filters |= _named("practice_state", "practice_state", chosen.practice_states)
    filters |= _named("year", "year", chosen.years)
    filters |= _named("file", "file", chosen.sources)
    filters |= _named("document_id", "document_id", chosen.document_ids)
    if chosen.published is not None:
        filters["published"] = _published(chosen.published)
    if chosen.figure is not None:
        filters |= _figure(chosen.figure)
    if not chosen.include_reprints:
        filters["reprints"] = Not(Term("is_reprint", (True,)))
    return filters


def _named(name: str, field: str, values: Iterable[Scalar] | None) -> Mapping[str, Query]:
    """The filter that `field` holds any of `values`; nothing when no value is given."""
    found = tuple(value.value if isinstance(value, Enum) else value for value in values or ())
    if len(found) > MAX_VALUES:
        raise BadRequest(f"A filter takes at most {MAX_VALUES} values, not {len(found)}.")
    return {name: Term(field, found)} if found else {}


def _theme(identifier: str) -> str:
    return known(themes_by_id().get(theme_slug(identifier)), identifier).id


def _places(chosen: SearchFilter, gazetteer: Gazetteer) -> Mapping[str, Query]:
    codes = [known(gazetteer.get(place_code(one)), one).code for one in chosen.place_ids or ()]
    inside = _named("places", place_field(chosen.include_inferred), codes)
    if chosen.include_descendants or not codes:
        return inside
    exact: list[Query] = []
    for code in codes:
        below = tuple(child.code for child in gazetteer.children(code))
        here = Term(place_field(chosen.include_inferred), (code,))
        exact.append(All((here, Not(Term(primary_field(chosen.include_inferred), below)))) if below else here)
    return {"places": Any(tuple(exact))}


def _published(between: DateRange) -> Query:
    first, last = between.from_, between.to
    if first is not None and last is not None and first > last:
        raise BadRequest(f"`published` begins on {first} and ends before that, on {last}; exchange the two days.")
    return Range("published", gte=first.isoformat() if first else None, lte=last.isoformat() if last else None)


def indicator_key(name: str) -> str:
    """The key under which figures of this name are indexed: the thesaurus's term for it, or the name without its quotation marks."""
    known = named_indicator(name)
    return known.term if known else bare(name)


def _figure(chosen: FigureFilter) -> dict[str, Query]:
    filters: dict[str, Query] = {"figures": Term("kind", (ItemType.STATISTIC.value,))}
    filters |= _named("subject", "subject", chosen.subjects)
    filters |= _named("indicator", "indicator", [indicator_key(one) for one in chosen.indicators or ()])
    filters |= _named("aspect", "aspect", chosen.aspects)
    filters |= _named("measure", "measure", chosen.measures)
    filters |= _named("unit", "unit", chosen.units)
    filters |= _named("status", "status", chosen.statuses)
    filters |= _named("qualifier", "qualifier", chosen.qualifiers)
    if chosen.min is not None and chosen.max is not None and chosen.min > chosen.max:
        raise BadRequest(f"`figure.min` is {chosen.min:g} and more than `figure.max`, {chosen.max:g}; exchange the two.")
    if chosen.min is not None or chosen.max is not None:
        filters["value"] = Range("value", gte=chosen.min, lte=chosen.max)
    return filters
