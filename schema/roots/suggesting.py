"""What leads on from what is typed or read: names as one types, items like another, and an indicator through the years."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive.findings import Aspect
from schema.arguments import FilterArgument
from schema.cost import priced
from schema.fields import resolved
from schema.inputs import SearchFilter
from schema.name_index import SuggestedName
from schema.node import Info
from schema.roots.looking_up import IdArgument
from schema.similar import LEAST_SCORE, MAX_SIMILAR, SimilarItem, SimilarItemOf, similar_to
from schema.statistic_series import MAX_PLACES, SeriesAsked, SeriesOf, StatisticSeries, series_of
from schema.suggestions import MAX_PREFIX, MAX_SUGGESTIONS, Suggestion, suggested


@strawberry.type(description="What leads on from what is typed or read.")
class SuggestQueries:
    """Each root checks its arguments, asks the engine and hands on records."""

    @resolved(
        description="Names as one types: of practices, indicators, subjects, places, themes and titles, by their characters, their pinyin "
        "(wanggeyuan, wangg) or its initials (wgy). Those that begin so first, then those that hold it, then those that sound so; "
        "each with the most items first.",
        graphql_type=list[Suggestion],
        metadata=priced(own=2, size=("first",)),
    )
    @staticmethod
    async def suggest(
        info: Info,
        prefix: Annotated[str, strawberry.argument(description=f"What has been typed, at most {MAX_PREFIX} characters. Empty: nothing.")],
        first: Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_SUGGESTIONS}.")] = 8,
    ) -> list[SuggestedName]:
        """From names that are kept in memory."""
        return await suggested(info, prefix, first)

    @resolved(
        description="Documents, units or practices like one that is read, each with the reason. Its own reprints are left out unless they "
        "are asked for, and so are facts of its own document. Empty where nothing is like enough.",
        graphql_type=list[SimilarItem],
        metadata=priced(own=200, each=2, size=("first",)),
    )
    @staticmethod
    async def similar(
        info: Info,
        id: IdArgument,
        first: Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_SIMILAR}.")] = 10,
        min_score: Annotated[float, strawberry.argument(description="How like they must be, more than 0 and at most 1.")] = LEAST_SCORE,
        include_reprints: Annotated[bool, strawberry.argument(description="Also copies of the same text.")] = False,
    ) -> list[SimilarItemOf]:
        """Three or four searches."""
        return await similar_to(info, id, first, min_score, reprints=include_reprints)

    @resolved(
        description="One indicator through the years for each of some places, all in one unit, each point a printed figure. Nothing is "
        "worked out or filled in: figures of a part, of a place inside, without a time or in another unit have no point and are counted.",
        graphql_type=list[StatisticSeries],
        metadata=priced(own=10, each=10, size=("placeIds",)),
    )
    @staticmethod
    async def statistic_series(
        info: Info,
        *,
        indicator: Annotated[str, strawberry.argument(description="A term of the thesaurus, a synonym (GDP), or a subject (网格员).")],
        place_ids: Annotated[list[strawberry.ID], strawberry.argument(description=f"Places, 1 to {MAX_PLACES}.")],
        aspect: Annotated[Aspect, strawberry.argument(description="What the figures say of it.")] = Aspect.LEVEL,
        unit: Annotated[
            str | None, strawberry.argument(description="A normal unit, as in NormalForm.unit; the usual one when left out.")
        ] = None,
        include_planned: Annotated[bool, strawberry.argument(description="Also plans and rules; `status` marks them.")] = False,
        filter: FilterArgument = None,
    ) -> list[SeriesOf]:
        """A search a place. Inferred places and reprints are left out unless the filter asks for them."""
        asked = SeriesAsked(indicator, aspect, unit, include_planned)
        return await series_of(info, asked, place_ids, filter or SearchFilter())
