"""Searches and figures."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive.findings import PracticeKind, PracticeState
from schema.arguments import After, FilterArgument, First
from schema.cost import priced
from schema.enums import ItemType, MatchMode, SearchSort
from schema.fields import resolved
from schema.figures import subjects_holding
from schema.inputs import FigureFilter, SearchFilter
from schema.language.plan import planned
from schema.named_practice import MAX_NAMED, NamedPractice, NamedPracticeOf, named
from schema.node import Info
from schema.search import SearchConnection, SearchOf, searched
from schema.search_kinds import FigureSearchConnection, PracticeSearchConnection

SortArgument = Annotated[SearchSort, strawberry.argument(description="The order of the hits.")]
Offset = Annotated[
    int | None, strawberry.argument(description="How many hits to skip, at most 1000; for numbered pages, not with `after`.")
]
QueryArgument = Annotated[
    str,
    strawberry.argument(
        description='Words, "phrases" in quotation marks, -words to leave out, OR, fields (地区:台州市) and figures (网格员>=300人). '
        "It is never refused for its form; `reading` tells how it was read. Empty: everything that the filter lets through."
    ),
]
NameArgument = Annotated[str, strawberry.argument(description="Words that the name of the practice holds. Empty: all practices.")]
MatchArgument = Annotated[MatchMode, strawberry.argument(description="Whether an item must hold every word, or any.")]
SynonymsArgument = Annotated[
    bool,
    strawberry.argument(
        description="Whether a word is also looked for under names that mean exactly the same (GDP: 地区生产总值). `reading` shows which."
    ),
]
SubjectArgument = Annotated[str, strawberry.argument(description="A word that the subject holds: 网格员 finds 专职网格员 too.")]
SEARCH_POINTS = 60  # some 30 searches are the most that one request can ask for: each takes a thread and 1 to 80 ms, whatever it finds
PAGED = priced(own=SEARCH_POINTS, size=("first",), bounds=True, typed="query")


@strawberry.type(description="Searches and figures.")
class SearchQueries:
    """Each root checks its arguments, asks the engine and hands on records."""

    @resolved(description="Full text search over documents, units, figures and practices.", graphql_type=SearchConnection, metadata=PAGED)
    @staticmethod
    async def search(
        info: Info,
        *,
        query: QueryArgument = "",
        filter: FilterArgument = None,
        match: MatchArgument = MatchMode.AUTO,
        synonyms: SynonymsArgument = True,
        sort: SortArgument = SearchSort.RELEVANCE,
        first: First = 20,
        after: After = None,
        offset: Offset = None,
    ) -> SearchOf:
        """The main door."""
        chosen = filter or SearchFilter()
        plan = await planned(info.context.services, query, match, synonyms=synonyms, inferred=chosen.include_inferred)
        asked = ("search", query, match.name, synonyms)
        return await searched(info, plan, chosen, asked, sort=sort, first=first, after=after, offset=offset)

    @resolved(
        description="Figures on one subject, each with its quote: how many 网格员 does each of these places have? "
        "A subject that only stands beside it in a sentence (双联户长) is never mixed in.",
        graphql_type=FigureSearchConnection,
        metadata=PAGED,
    )
    @staticmethod
    async def figures(
        info: Info,
        *,
        subject: SubjectArgument,
        filter: FilterArgument = None,
        sort: SortArgument = SearchSort.VALUE_DESC,
        first: First = 20,
        after: After = None,
        offset: Offset = None,
    ) -> SearchOf:
        """A search of statistics whose subject holds the word."""
        chosen = filter or SearchFilter()
        query = await subjects_holding(info.context.services, subject)
        chosen.figure = chosen.figure or FigureFilter()
        return await searched(info, query, chosen, ("figures", subject), sort=sort, first=first, after=after, offset=offset)

    @resolved(
        description="Named practices and systems, where each is described, and whether it is in use, on trial or planned.",
        graphql_type=PracticeSearchConnection,
        metadata=PAGED,
    )
    @staticmethod
    async def practices(
        info: Info,
        *,
        query: QueryArgument = "",
        kinds: Annotated[list[PracticeKind] | None, strawberry.argument(description="What it calls itself: SYSTEM, PLATFORM, …")] = None,
        states: Annotated[list[PracticeState] | None, strawberry.argument(description="In use, on trial, planned.")] = None,
        filter: FilterArgument = None,
        first: First = 20,
        after: After = None,
    ) -> SearchOf:
        """A search of practices."""
        chosen = filter or SearchFilter()
        chosen.types = [ItemType.PRACTICE]
        chosen.practice_kinds = kinds if kinds is not None else chosen.practice_kinds
        chosen.practice_states = states if states is not None else chosen.practice_states
        plan = await planned(info.context.services, query, MatchMode.ALL, inferred=chosen.include_inferred)
        return await searched(info, plan, chosen, ("practices", query), sort=SearchSort.RELEVANCE, first=first, after=after)

    @resolved(
        description="Named practices and systems across all documents, those with most mentions first: one practice with its variants.",
        graphql_type=list[NamedPractice],
        metadata=priced(own=SEARCH_POINTS, each=3, size=("first",)),
    )
    @staticmethod
    async def named_practices(
        info: Info,
        *,
        query: NameArgument = "",
        filter: FilterArgument = None,
        first: Annotated[int, strawberry.argument(description=f"How many practices at most, 1 to {MAX_NAMED}.")] = 20,
    ) -> list[NamedPracticeOf]:
        """Who has tried it, since when, and in which state."""
        return await named(info, query, filter or SearchFilter(), first)
