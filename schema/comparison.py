"""Places side by side: what each says on each theme, with quotes, or that nothing was found in what was read, or that nothing was read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import strawberry

from archive import findings, records
from archive.errors import BadRequest
from archive.places import Division
from archive.themes import Theme as ThemeRecord
from schema.cost import priced
from schema.document import Document
from schema.enums import CellState, ItemType
from schema.errors import known
from schema.fields import resolved
from schema.inputs import SearchFilter, criteria, place_field, primary_field
from schema.node import Info
from schema.node_ids import place_id, theme_id
from schema.pagination import check_first
from schema.place import Place, place_by_id
from schema.statistic import Statistic
from schema.theme import Theme, theme_of
from schema.unit import KnowledgeUnit
from search.criteria import Facet, Not, Query, SearchRequest, Sort, Term

MAX_SIDE = 20
MAX_UNITS = 20
MAX_THEMES = 1000  # more than the closed list has, so that no theme is left out of the count

UnitsArgument = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_UNITS}.")]


@dataclass(frozen=True, slots=True)
class CellOf:
    """What a ComparisonCell is resolved from; `filters` select the units of the cell, `about` the documents about its place."""

    place: Division
    theme: ThemeRecord
    state: CellState
    unit_count: int
    document_count: int
    filters: dict[str, Query] = field(repr=False)
    about: dict[str, Query] = field(repr=False)

    @property
    def place_id(self) -> str:
        """The id of the row's place."""
        return place_id(self.place.code)

    @property
    def theme_id(self) -> str:
        """The id of the column's theme."""
        return theme_id(self.theme.id)


@dataclass(frozen=True, slots=True)
class ComparisonOf:
    """What a Comparison is resolved from."""

    places: list[Division]
    themes: list[ThemeRecord]
    cells: list[CellOf]


@strawberry.type(description="What the documents about one place say on one theme.")
class ComparisonCell:
    """Resolved from CellOf."""

    place_id: strawberry.ID = strawberry.field(description="The place of the cell.")
    theme_id: strawberry.ID = strawberry.field(description="The theme of the cell.")
    place: Place = strawberry.field(description="The place of the cell.")
    theme: Theme = strawberry.field(description="The theme of the cell.")
    state: CellState = strawberry.field(description="Found, nothing found in what was read, or nothing read.")
    unit_count: int = strawberry.field(description="How many units about the place or a place inside it speak of the theme.")
    document_count: int = strawberry.field(description="How many documents are about the place or a place inside it, whatever their theme.")

    @resolved(
        description="The units, in the order of the text; each is a quote with its place. Empty unless something was found.",
        graphql_type=list[KnowledgeUnit],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    async def units(parent: strawberry.Parent[CellOf], info: Info, first: UnitsArgument = 3) -> list[findings.Unit]:
        """Asked of the engine for this cell alone."""
        if parent.state is not CellState.FOUND:
            return []
        request = SearchRequest(filters=parent.filters, sort=Sort("ordinal", descending=False), size=check_first(first, MAX_UNITS))
        return [one for one in await info.context.found(request) if isinstance(one, findings.Unit)]

    @resolved(
        description="Figures of the place that stand under units of the theme. Empty unless something was found.",
        graphql_type=list[Statistic],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    async def statistics(parent: strawberry.Parent[CellOf], info: Info, first: UnitsArgument = 3) -> list[findings.Statistic]:
        """Figures carry the themes of the unit that they stand under."""
        if parent.state is not CellState.FOUND:
            return []
        filters = {**parent.filters, "kind": Term("kind", (ItemType.STATISTIC.value,))}
        request = SearchRequest(filters=filters, sort=Sort("ordinal", descending=False), size=check_first(first, MAX_UNITS))
        return [one for one in await info.context.found(request) if isinstance(one, findings.Statistic)]

    @resolved(
        description="The documents about the place or a place inside it that were read: first those that have the theme among their own, "
        "which may speak of it where no unit does; newest first.",
        graphql_type=list[Document],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    async def documents(parent: strawberry.Parent[CellOf], info: Info, first: UnitsArgument = 3) -> list[records.Document]:
        """In every state of the cell, so that a reader can look for what was not found."""
        named = Term("themes", (parent.theme.id,))
        order, size = Sort("published", descending=True), check_first(first, MAX_UNITS)
        pages = [SearchRequest(filters={**parent.about, "themes": query}, sort=order, size=size) for query in (named, Not(named))]
        found = [one for page in pages for one in await info.context.found(page)]
        return [one for one in found if isinstance(one, records.Document)][:size]


@strawberry.type(description="Places against themes.")
class Comparison:
    """Resolved from ComparisonOf."""

    places: list[Place] = strawberry.field(description="The places, in the order asked for.", metadata=priced())
    themes: list[Theme] = strawberry.field(description="The themes, in the order asked for.", metadata=priced())
    cells: list[ComparisonCell] = strawberry.field(
        description="A cell for each place and theme: all themes of the first place, then of the second.", metadata=priced(inherits=True)
    )


async def compared(info: Info, place_ids: Sequence[str], theme_ids: Sequence[str], chosen: SearchFilter) -> ComparisonOf:
    """All cells. Raises BadRequest for too many or too few, and an error NOT_FOUND for ids that lead nowhere."""
    places = [known(place_by_id(one, info), one) for one in _side(place_ids, "placeIds")]
    themes = [known(theme_of(one), one) for one in _side(theme_ids, "themeIds")]
    base = criteria(_inner(chosen), info.context.services.gazetteer)
    rows = await asyncio.gather(*(_row(info, place, themes, base, chosen.include_inferred) for place in places))
    return ComparisonOf(places, themes, [cell for row in rows for cell in row])


async def _row(info: Info, place: Division, themes: list[ThemeRecord], base: dict[str, Query], inferred: bool) -> list[CellOf]:
    """One place in two searches: how many documents are about it, and how many of its units are on each theme."""
    engine = info.context.services.engine
    here = {**base, "places": Term(place_field(inferred), (place.code,))}
    about = {**base, "places": Term(primary_field(inferred), (place.code,)), "kind": Term("kind", (ItemType.DOCUMENT.value,))}
    units = {**here, "kind": Term("kind", (ItemType.KNOWLEDGE_UNIT.value,))}
    read = await engine.search(SearchRequest(filters=about, size=0))
    found = await engine.search(SearchRequest(filters=units, size=0, facets=(Facet("themes", "themes", MAX_THEMES),)))
    counts = {one.value: one.count for one in found.facets["themes"].counts}
    cells = []
    for theme in themes:
        count = counts.get(theme.id, 0)
        state = CellState.FOUND if count else CellState.READ_NOT_MENTIONED if read.total else CellState.NO_DOCUMENT
        cells.append(CellOf(place, theme, state, count, read.total, {**units, "themes": Term("themes", (theme.id,))}, about))
    return cells


def _inner(chosen: SearchFilter) -> SearchFilter:
    """The filter without what the comparison itself sets."""
    return replace(chosen, types=None, place_ids=None, theme_ids=None)


def _side(values: Sequence[str], name: str) -> list[str]:
    distinct = list(dict.fromkeys(values))
    if not 1 <= len(distinct) <= MAX_SIDE:
        raise BadRequest(f"`{name}` takes 1 to {MAX_SIDE} ids, not {len(distinct)}; split the comparison.")
    return distinct
