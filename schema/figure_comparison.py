"""Figures of several places or documents side by side, with what differs said."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import strawberry

from archive import findings, records, side_by_side
from archive.errors import BadRequest
from archive.findings import Aspect
from archive.places import Division
from archive.side_by_side import DifferenceKind, Placed
from schema.cost import priced
from schema.document import Document
from schema.enums import ItemType
from schema.errors import known
from schema.fields import resolved
from schema.inputs import SearchFilter, criteria, indicator_key, place_field
from schema.lookup import record_by_id
from schema.node import Info
from schema.pagination import check_first
from schema.place import Place, place_by_id
from schema.statistic import Statistic
from search.criteria import Facet, Query, SearchRequest, Sort, Term
from search.projection import read_fact
from search.stored import StoredStatistic

MAX_SIDES = 10
MAX_INDICATORS = 20
MAX_ROWS = 50
MAX_FACETS = 1000
MAX_FIGURES = 1000

RowsArgument = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_ROWS}.")]


@dataclass(frozen=True, slots=True)
class SideOf:
    """What a ComparedSide is resolved from; `filters` select its figures, `counts` how many it has of each indicator."""

    place: Division | None
    document: records.Document | None
    filters: dict[str, Query] = field(repr=False)
    counts: dict[str, int] = field(repr=False)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FigureComparisonOf:
    """What a FigureComparison is resolved from."""

    sides: list[SideOf]
    rows: list[side_by_side.Row]


@strawberry.type(description="One place or document of a comparison of figures.")
class ComparedSide:
    """Resolved from SideOf."""

    place: Place | None = strawberry.field(description="The place; null where the side is a document.")
    document: Document | None = strawberry.field(description="The document; null where the side is a place.")
    left_out: int = strawberry.field(description=f"How many comparable figures were too many to look at, beyond the first {MAX_FIGURES}.")

    @resolved(description="How many figures it has that say what they count.")
    @staticmethod
    def figure_count(parent: strawberry.Parent[SideOf]) -> int:
        """Counted by the engine."""
        return sum(parent.counts.values())


@strawberry.type(description="One thing that keeps two figures from being compared as they stand.")
class FigureDifference:
    """Resolved from archive.side_by_side.Difference."""

    kind: DifferenceKind = strawberry.field(description="In what they differ.")
    note: str = strawberry.field(description="The same in Chinese, with both sides: that of the row's first figure, and this one's.")


@strawberry.type(description="A figure in its row.")
class ComparedFigure:
    """Resolved from archive.side_by_side.Compared."""

    differences: list[FigureDifference] = strawberry.field(
        description="What differs from the first figure of the row; empty for that one, and for one that can be compared as it stands."
    )

    @resolved(description="The number of its side in `sides`, from 0.")
    @staticmethod
    def side(parent: strawberry.Parent[side_by_side.Compared]) -> int:
        """In the order asked for."""
        return parent.placed.side

    @resolved(description="The figure, with its quote and its normal form.", graphql_type=Statistic)
    @staticmethod
    def statistic(parent: strawberry.Parent[side_by_side.Compared]) -> findings.Statistic:
        """As its document has it."""
        return parent.placed.figure

    @resolved(description="Its value in the row's unit.")
    @staticmethod
    def value(parent: strawberry.Parent[side_by_side.Compared]) -> float:
        """Converted where it is printed in another unit."""
        return parent.placed.normal.value


@strawberry.type(
    description="Figures of one indicator, aspect and unit; a side that has none shows one of a near indicator, which is said."
)
class FigureRow:
    """Resolved from archive.side_by_side.Row."""

    indicator: str = strawberry.field(description="What is counted.")
    listed: bool = strawberry.field(description="Whether the thesaurus has it.")
    aspect: Aspect = strawberry.field(description="What the figures say of it.")
    unit: str = strawberry.field(description="The unit that all values are given in.")
    figures: list[ComparedFigure] = strawberry.field(description="At most three of a side, those first that compare best.")


@strawberry.type(description="Figures of several places or documents side by side.")
class FigureComparison:
    """Resolved from FigureComparisonOf."""

    sides: list[ComparedSide] = strawberry.field(description="The places in the order asked for, then the documents.")

    @resolved(
        description="What at least two sides have a figure for; what most sides have first.",
        graphql_type=list[FigureRow],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    def rows(parent: strawberry.Parent[FigureComparisonOf], first: RowsArgument = 20) -> list[side_by_side.Row]:
        """Cut to what is asked for."""
        return parent.rows[: check_first(first, MAX_ROWS)]

    @resolved(description="How many rows there are.")
    @staticmethod
    def row_count(parent: strawberry.Parent[FigureComparisonOf]) -> int:
        """Whatever `first` of `rows` is."""
        return len(parent.rows)


async def compared_figures(
    info: Info, place_ids: Sequence[str], document_ids: Sequence[str], names: Sequence[str], chosen: SearchFilter
) -> FigureComparisonOf:
    """The comparison. Raises BadRequest for too few or too many sides, and an error NOT_FOUND for ids that lead nowhere."""
    if len(names) > MAX_INDICATORS:
        raise BadRequest(f"`indicators` takes at most {MAX_INDICATORS} names, not {len(names)}; ask in parts.")
    sides = await _sides(info, list(dict.fromkeys(place_ids)), list(dict.fromkeys(document_ids)), chosen)
    keys = side_by_side.comparable([side.counts for side in sides])
    if names:
        keys = side_by_side.with_kin(map(indicator_key, names), keys)
    pages = await asyncio.gather(*(_figures(info, number, side, keys) for number, side in enumerate(sides)))
    sides = [replace(side, left_out=total - len(found)) for side, (found, total) in zip(sides, pages, strict=True)]
    return FigureComparisonOf(sides, side_by_side.rows([one for found, _ in pages for one in found]))


async def _sides(info: Info, place_ids: list[str], document_ids: list[str], chosen: SearchFilter) -> list[SideOf]:
    """The sides with what they have figures for."""
    if not 2 <= len(place_ids) + len(document_ids) <= MAX_SIDES:
        raise BadRequest(f"`placeIds` and `documentIds` take 2 to {MAX_SIDES} ids together, not {len(place_ids) + len(document_ids)}.")
    base = criteria(replace(chosen, types=None, place_ids=None, document_ids=None), info.context.services.gazetteer)
    base |= {"kind": Term("kind", (ItemType.STATISTIC.value,))}
    found: list[tuple[Division | None, records.Document | None, dict[str, Query]]] = []
    for one in place_ids:
        place = known(place_by_id(one, info), one)
        found.append((place, None, {**base, "places": Term(place_field(chosen.include_inferred), (place.code,))}))
    own = {name: query for name, query in base.items() if name != "reprints"}  # who names a reprint wants to see it
    for one in document_ids:
        document = known(await record_by_id(one, records.Document, info), one)
        found.append((None, document, {**own, "document_id": Term("document_id", (document.id,))}))
    counts = await asyncio.gather(*(_counts(info, filters) for _, _, filters in found))
    return [SideOf(*one, counted) for one, counted in zip(found, counts, strict=True)]


async def _counts(info: Info, filters: dict[str, Query]) -> dict[str, int]:
    facet = Facet("indicator", "indicator", MAX_FACETS)
    page = await info.context.services.engine.search(SearchRequest(filters=filters, size=0, facets=(facet,)))
    return {str(one.value): one.count for one in page.facets["indicator"].counts}


async def _figures(info: Info, number: int, side: SideOf, keys: list[str]) -> tuple[list[Placed], int]:
    """The figures of a side that can be compared, and how many there are."""
    wanted = tuple(key for key in keys if key in side.counts)
    if not wanted:
        return [], 0
    filters = {**side.filters, "indicators": Term("indicator", wanted)}
    page = await info.context.services.engine.search(
        SearchRequest(filters=filters, sort=Sort("ordinal", descending=False), size=MAX_FIGURES)
    )
    found = [read_fact(hit.kind, hit.record) for hit in page.hits]
    return [placed for one in found if isinstance(one, StoredStatistic) and (placed := _placed(number, one))], page.total


def _placed(number: int, stored: StoredStatistic) -> Placed | None:
    figure, about = stored.record, stored.context
    if figure.normal is None or figure.normal.indicator is None:
        return None
    named = (figure.place, figure.adcode) if figure.place else (about.place.name, about.place.adcode) if about.place else (None, None)
    return Placed(
        side=number,
        figure=figure,
        normal=figure.normal,
        indicator=figure.normal.indicator,
        period=figure.period or about.period,
        level=side_by_side.level_of(*named),
    )
