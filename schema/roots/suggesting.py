"""What leads on from what is typed or read: names as one types, items like another, and an indicator through the years."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.cost import priced
from schema.fields import resolved
from schema.name_index import SuggestedName
from schema.node import Info
from schema.roots.looking_up import IdArgument
from schema.similar import LEAST_SCORE, MAX_SIMILAR, SimilarItem, SimilarItemOf, similar_to
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
        metadata=priced(own=30, each=2, size=("first",)),
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
