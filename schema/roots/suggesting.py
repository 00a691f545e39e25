"""What leads on from what is typed or read: names as one types, items like another, and an indicator through the years."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.cost import priced
from schema.fields import resolved
from schema.name_index import SuggestedName
from schema.node import Info
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
