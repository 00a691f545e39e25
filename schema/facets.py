"""Facets: values as the filter takes them, with labels to show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import strawberry

from archive.themes import themes_by_id
from schema.context import Services
from schema.enums import FacetField, ItemType
from schema.inputs import SearchFilter, place_field
from schema.labels import CHINESE
from schema.node_ids import place_code, place_id, theme_id
from search.criteria import Facet as FacetRequest
from search.criteria import Scalar, SearchRequest, Term


@dataclass(frozen=True, slots=True)
class BucketOf:
    """What a FacetBucket is resolved from."""

    value: str
    label: str
    count: int
    selected: bool
    parent_value: str | None = None


@dataclass(frozen=True, slots=True)
class FacetOf:
    """What a Facet is resolved from."""

    field: FacetField
    label: str
    buckets: list[BucketOf]
    other_count: int


@strawberry.type(description="One value and how many hits have it.")
class FacetBucket:
    """Resolved from BucketOf."""

    value: str = strawberry.field(description="The value as the filter takes it: an id, an enum value, a name or a year.")
    label: str = strawberry.field(description="What to show.")
    count: int = strawberry.field(description="How many hits have it, when this field's own filter is left out.")
    selected: bool = strawberry.field(description="Whether the filter of this search names it.")
    parent_value: str | None = strawberry.field(description="The value above it, for places and themes; null otherwise.")


@strawberry.type(description="The result counted by one field, the most frequent value first.")
class Facet:
    """Resolved from FacetOf."""

    field: FacetField = strawberry.field(description="What is counted by.")
    label: str = strawberry.field(description="Its Chinese name.")
    buckets: list[FacetBucket] = strawberry.field(
        description="The values; what the filter names is always among them, with a count of 0 where nothing has it."
    )
    other_count: int = strawberry.field(description="What the values beyond the asked number hold together.")


@dataclass(frozen=True, slots=True)
class FacetKind:
    """How one facet is counted: its Chinese label, its index field (also the name of the filter it leaves out), and its filter input."""

    label: str
    index: str
    input: str

    def given(self, chosen: SearchFilter) -> list[str]:
        """The values that a filter names, as clients write them."""
        found: object = chosen
        for name in self.input.split("."):
            found = getattr(found, _HUMP.sub(lambda hump: f"_{hump[0].lower()}", name), None)
        return [_written(value) for value in found] if isinstance(found, list) else []


_HUMP = re.compile("[A-Z]")
_FURTHER = 2_000  # values that are looked through for what is selected
KINDS: dict[FacetField, FacetKind] = {
    FacetField.TYPE: FacetKind("类型", "kind", "types"),
    FacetField.GENRE: FacetKind("文体", "genre", "genres"),
    FacetField.PLACE: FacetKind("地区", "places", "placeIds"),
    FacetField.THEME: FacetKind("主题", "themes", "themeIds"),
    FacetField.UNIT_KIND: FacetKind("要点类别", "unit_kind", "unitKinds"),
    FacetField.PRACTICE: FacetKind("做法与系统", "practices", "practices"),
    FacetField.PRACTICE_KIND: FacetKind("做法类别", "practice_kind", "practiceKinds"),
    FacetField.PRACTICE_STATE: FacetKind("应用状态", "practice_state", "practiceStates"),
    FacetField.YEAR: FacetKind("年份", "year", "years"),
    FacetField.SUBJECT: FacetKind("统计对象", "subject", "figure.subjects"),
    FacetField.MEASURE: FacetKind("数量类别", "measure", "figure.measures"),
    FacetField.MEASURE_WORD: FacetKind("计量单位", "unit", "figure.units"),
    FacetField.STATUS: FacetKind("数据性质", "status", "figure.statuses"),
    FacetField.INDICATOR: FacetKind("指标", "indicator", "figure.indicators"),
    FacetField.ASPECT: FacetKind("数据口径", "aspect", "figure.aspects"),
    FacetField.SOURCE: FacetKind("来源文件", "file", "sources"),
}
_ITEM_NAMES = {kind.value: kind.name for kind in ItemType}


async def counted(services: Services, request: SearchRequest, chosen: SearchFilter, fields: list[FacetField], size: int) -> list[FacetOf]:
    """One search for all facets that one selection asks for; the page's own place in the list is of no matter to it.

    What is selected is always listed, behind the others where it is rarer than they are, so that it can be shown and taken away. Where it
    is not among the most frequent, a second search looks further.
    """
    selected = {field: _selected(services, request, chosen, field) for field in fields}
    found = await _lists(services, request, chosen, selected, size)
    if all(_has(facet, selected[facet.field]) for facet in found):
        return found
    lacking = {facet.field: selected[facet.field] for facet in found if not _has(facet, selected[facet.field])}
    longer = {facet.field: facet for facet in await _lists(services, request, chosen, lacking, _FURTHER)}
    return [_completed(services, facet, longer[facet.field], lacking[facet.field]) if facet.field in lacking else facet for facet in found]


async def _lists(
    services: Services, request: SearchRequest, chosen: SearchFilter, selected: Mapping[FacetField, Sequence[str]], size: int
) -> list[FacetOf]:
    asked = tuple(
        FacetRequest(field.value, _index_field(field, chosen), size, frozenset({KINDS[field].index} & request.filters.keys()))
        for field in selected
    )
    page = await services.engine.search(replace(request, size=0, after=None, offset=0, facets=asked))
    found = []
    for field, names in selected.items():
        result = page.facets[field.value]
        buckets = [_bucket(services, field, _given(field, one.value), one.count, names) for one in result.counts]
        found.append(FacetOf(field, KINDS[field].label, buckets, result.other))
    return found


def _selected(services: Services, request: SearchRequest, chosen: SearchFilter, field: FacetField) -> tuple[str, ...]:
    """What the filter names, as the buckets have it: a filter takes 做法 and indicators by their other names, too."""
    if field is FacetField.PLACE:
        places = (services.gazetteer.get(place_code(one)) for one in chosen.place_ids or ())
        return tuple(dict.fromkeys(place_id(one.code) for one in places if one))
    asked = request.filters.get(KINDS[field].index)
    return tuple(dict.fromkeys(_given(field, value) for value in asked.values)) if isinstance(asked, Term) else ()


def _has(facet: FacetOf, selected: Sequence[str]) -> bool:
    return set(selected) <= {bucket.value for bucket in facet.buckets}


def _completed(services: Services, facet: FacetOf, longer: FacetOf, selected: Sequence[str]) -> FacetOf:
    """The facet with what is selected and not among the most frequent; with a count of 0 where nothing has it."""
    listed = {bucket.value for bucket in facet.buckets}
    more = [bucket for bucket in longer.buckets if bucket.selected and bucket.value not in listed]
    none = [value for value in selected if value not in listed | {bucket.value for bucket in more}]
    buckets = [*facet.buckets, *more, *(_bucket(services, facet.field, value, 0, selected) for value in none)]
    return replace(facet, buckets=buckets, other_count=facet.other_count - sum(bucket.count for bucket in more))


def _index_field(field: FacetField, chosen: SearchFilter) -> str:
    return place_field(chosen.include_inferred) if field is FacetField.PLACE else KINDS[field].index


def _written(value: object) -> str:
    return value.name if isinstance(value, Enum) else str(value)


def _given(field: FacetField, value: Scalar) -> str:
    """What stands in the index, as the filter takes it."""
    held = str(value)
    if field is FacetField.PLACE:
        return place_id(held)
    if field is FacetField.THEME:
        return theme_id(held)
    return _ITEM_NAMES.get(held, held) if field is FacetField.TYPE else held


def _bucket(services: Services, field: FacetField, value: str, count: int, selected: Sequence[str]) -> BucketOf:
    return BucketOf(value, label(services, field, value), count, value in selected, _above(services, field, value))


def _above(services: Services, field: FacetField, value: str) -> str | None:
    if field is FacetField.PLACE:
        above = services.gazetteer.ancestors(value.removeprefix("PLACE-"))
        return place_id(above[-1].code) if above else None
    theme = themes_by_id().get(value.removeprefix("THEME-")) if field is FacetField.THEME else None
    return theme_id(theme.broader) if theme and theme.broader else None


def label(services: Services, field: FacetField, value: str) -> str:
    """What to show of a value that the filter takes."""
    if field is FacetField.PLACE:
        place = services.gazetteer.get(value.removeprefix("PLACE-"))
        return place.name if place else value
    if field is FacetField.THEME:
        theme = themes_by_id().get(value.removeprefix("THEME-"))
        return theme.label if theme else value
    return CHINESE.get(value, value)
