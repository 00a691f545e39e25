"""Search: hits with highlights, facets over the whole result, and the filters that were applied."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import strawberry

from archive.errors import BadCursor, BadRequest
from schema.applied_filters import AppliedFilter, AppliedFilterOf, applied
from schema.cost import priced
from schema.document import Document
from schema.enums import FacetField, MatchMode, SearchSort, TotalRelation
from schema.facets import Facet, FacetOf, counted
from schema.fields import resolved
from schema.highlights import MAX_CHARS, MAX_FRAGMENTS, Highlight, HighlightOf, highlights
from schema.inputs import SearchFilter, criteria
from schema.language.plan import Plan, fixed
from schema.node import Info
from schema.nothing_found import NothingFound, NothingFoundOf, diagnosed
from schema.pagination import PageInfo, check_first, check_offset, decode_cursor, encode_cursor, list_of, page_info
from schema.practice import Practice
from schema.query_reading import QueryReading, QueryReadingOf
from schema.resuming import resumed
from schema.spelling import SpellingSuggestion, SpellingSuggestionOf, suggested_spelling
from schema.statistic import Statistic
from schema.unit import KnowledgeUnit
from search.criteria import Query, SearchRequest, Sort
from search.highlight import Wanted, wanted
from search.port import SearchPage
from search.stored import Record, Stored, record_of

SORTS = {
    SearchSort.RELEVANCE: Sort(),
    SearchSort.PUBLISHED_DESC: Sort("published", descending=True),
    SearchSort.PUBLISHED_ASC: Sort("published", descending=False),
    SearchSort.VALUE_DESC: Sort("normal_value", descending=True),
    SearchSort.VALUE_ASC: Sort("normal_value", descending=False),
}
MAX_BUCKETS = 100
FEW = 3
"""With fewer hits that hold every word, AUTO takes any: of 1, 2, 3, 5 and 8 it is where judged searches stop gaining much
(tests/quality/queries.toml, nDCG@10 0.638, 0.654, 0.665, 0.670, 0.674), and each more changes more lists that were right."""
MIN_CHARS = 20
EDGES = "The hits with cursors, scores and highlights."
NODES = "The hits alone."

SearchItem = Annotated[
    Document | KnowledgeUnit | Statistic | Practice,
    strawberry.union("SearchItem", description="What a search can find."),
]
FieldsArgument = Annotated[list[FacetField], strawberry.argument(description="What to count by.")]
SizeArgument = Annotated[int, strawberry.argument(description=f"How many values of each at most, 1 to {MAX_BUCKETS}.")]
FragmentsArgument = Annotated[int, strawberry.argument(description=f"How many pieces at most, 1 to {MAX_FRAGMENTS}.")]
CharsArgument = Annotated[int, strawberry.argument(description=f"How long a piece may be, 20 to {MAX_CHARS} code points.")]


@dataclass(slots=True)
class Marks:
    """What to mark in the hits of a search; worked out when the first of them asks."""

    query: Query
    _wanted: Wanted | None = None

    @property
    def wanted(self) -> Wanted:
        """The same for all hits."""
        if self._wanted is None:
            self._wanted = wanted(self.query)
        return self._wanted


@dataclass(frozen=True, slots=True)
class SearchEdgeOf:
    """What a SearchEdge is resolved from."""

    cursor: str
    stored: Stored
    score: float | None
    marks: Marks

    @property
    def node(self) -> Record:
        """The record alone."""
        return record_of(self.stored)


@dataclass(frozen=True, slots=True)
class SearchOf:
    """What a SearchConnection is resolved from. `whole` is how many items hold every word, where any was taken and it was counted."""

    edges: tuple[SearchEdgeOf, ...]
    page_info: PageInfo
    total_count: int
    total_relation: TotalRelation
    took_ms: int
    request: SearchRequest
    chosen: SearchFilter
    plan: Plan
    every: bool
    whole: int | None = None

    @property
    def reading(self) -> QueryReadingOf:
        """How the query was read."""
        every = self.every or (self.plan.can_relax and not self.total_count)  # where any finds nothing either, all of them were wanted
        return QueryReadingOf(self.plan, every, self.whole)

    @property
    def nodes(self) -> list[Record]:
        """The items without what belongs to the search."""
        return [edge.node for edge in self.edges]


@strawberry.type(description="What all kinds of hits have.")
class Found:
    """Resolved from SearchEdgeOf; not in the graph itself."""

    cursor: str = strawberry.field(description="Opaque; give it as `after` to go on behind this hit.")
    score: float | None = strawberry.field(description="How well it matches; null when the order is not by relevance.")

    @resolved(description="Pieces of its text with the words of the query marked, best first.", graphql_type=list[Highlight])
    @staticmethod
    def highlights(
        parent: strawberry.Parent[SearchEdgeOf], fragments: FragmentsArgument = 3, chars: CharsArgument = 120
    ) -> list[HighlightOf]:
        """Made only where they are asked for."""
        if not 1 <= fragments <= MAX_FRAGMENTS or not MIN_CHARS <= chars <= MAX_CHARS:
            raise BadRequest(f"`fragments` must be 1 to {MAX_FRAGMENTS} and `chars` {MIN_CHARS} to {MAX_CHARS}.")
        return highlights(parent.stored, parent.marks.wanted, count=fragments, width=chars)


@strawberry.type(description="What all pages of hits have.")
class FoundPage:
    """Resolved from SearchOf; not in the graph itself."""

    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    total_count: int = strawberry.field(description="How many hits there are on all pages.")
    total_relation: TotalRelation = strawberry.field(description="Whether totalCount is exact.")
    took_ms: int = strawberry.field(description="How many milliseconds the engine took for this page.")
    reading: QueryReading = strawberry.field(description="How what was typed was read, clause by clause.")

    @resolved(
        description="The whole result counted by each field. A field's own filter is left out of its counts, to show what else there is.",
        graphql_type=list[Facet],
        metadata=priced(own=20, each=2, size=("fields",), bounds=False),
    )
    @staticmethod
    async def facets(parent: strawberry.Parent[SearchOf], info: Info, fields: FieldsArgument, size: SizeArgument = 20) -> list[FacetOf]:
        """Asked of the engine only here, so that a page without facets costs nothing."""
        if not 1 <= size <= MAX_BUCKETS:
            raise BadRequest(f"`size` must be between 1 and {MAX_BUCKETS}, not {size}.")
        return await counted(info.context.services, parent.request, parent.chosen, list(dict.fromkeys(fields)), size)

    @resolved(description="The filters of this search with labels, ready to be shown and taken away.", graphql_type=list[AppliedFilter])
    @staticmethod
    def applied_filters(parent: strawberry.Parent[SearchOf], info: Info) -> list[AppliedFilterOf]:
        """One entry a value."""
        return applied(info.context.services, parent.chosen)

    @resolved(
        description="Why nothing holds all that was typed, and what would be found; null where something does. "
        "Where AUTO found items that hold some of the words, it is told for all of them.",
        graphql_type=NothingFound | None,
        metadata=priced(own=120),
    )
    @staticmethod
    async def nothing_found(parent: strawberry.Parent[SearchOf], info: Info) -> NothingFoundOf | None:
        """Some searches more, and only where it is asked for."""
        held = parent.whole if parent.whole is not None else parent.total_count
        return None if held else await diagnosed(info.context.services, parent)

    @resolved(
        description="The query with a word that stands nowhere in the archive replaced by one that does and is written or sounds much "
        "like it (网络员: 网格员); null where every word is known, or nothing is like it.",
        graphql_type=SpellingSuggestion | None,
        metadata=priced(own=120),  # 32 ms of the processor: up to MOST_SEARCHES searches
    )
    @staticmethod
    async def did_you_mean(parent: strawberry.Parent[SearchOf], info: Info) -> SpellingSuggestionOf | None:
        """Some searches more, and only where it is asked for."""
        return await suggested_spelling(info.context.services, parent.plan, parent.request)


@strawberry.type(description="One hit.")
class SearchEdge(Found):
    """Any kind of hit."""

    node: SearchItem = strawberry.field(description="What was found.")


@strawberry.type(description="A page of hits.")
class SearchConnection(FoundPage):
    """Any kind of hits."""

    edges: list[SearchEdge] = strawberry.field(description=EDGES, metadata=priced(inherits=True))
    nodes: list[SearchItem] = strawberry.field(description=NODES, metadata=priced(inherits=True))


async def searched(
    info: Info,
    query: Query | Plan,
    chosen: SearchFilter,
    asked: tuple[object, ...],
    *,
    sort: SearchSort,
    first: int,
    after: str | None,
    offset: int | None = None,
) -> SearchOf:
    """A page of a search. Raises BadRequest and BadCursor.

    `asked` is the root field with what was typed: cursors are bound to it and not to `query`, which may name what the index holds. They
    are bound to the reading and the way of matching that the first page came to as well, so that all pages of a list match alike.
    """
    typed = query if isinstance(query, Plan) else fixed(query)
    filters = criteria(chosen, info.context.services.gazetteer)
    size = check_first(first) + 1  # one more tells whether a page follows
    tried: list[_Tried] = []
    ways = list(_ways(typed))
    began = time.perf_counter()
    for way, (plan, every) in enumerate(ways, 1):
        listed = list_of(asked, filters, SORTS[sort], every, *(() if plan is typed else ("words",)))
        try:
            position = decode_cursor(after, listed) if after is not None else None
        except BadCursor:
            if way < len(ways):
                continue
            raise
        none_whole = any(one.plan is plan and one.every and not one.page.total for one in tried)
        request = SearchRequest(
            plan.query(every=every, whole=not none_whole),
            filters=filters,
            sort=SORTS[sort],
            size=size,
            after=position,
            offset=check_offset(offset, after),
        )
        page = await info.context.services.engine.search(await resumed(info.context.services.engine, request))
        tried.append(_Tried(plan, every, listed, request, page))
        if after is not None or page.total >= FEW or (page.total and not (every and plan.can_relax)):
            break
    took = round((time.perf_counter() - began) * 1000)
    last = tried[-1] if tried[-1].page.total else next(one for one in reversed(tried) if one.plan is tried[0].plan)
    strict = [one.page.total for one in tried if one.plan is last.plan and one.every]
    marks = Marks(last.request.query)
    edges = tuple(
        SearchEdgeOf(encode_cursor(hit.position, last.listed), info.context.read(hit), hit.score, marks) for hit in last.page.hits[:first]
    )
    return SearchOf(
        edges=edges,
        page_info=page_info([edge.cursor for edge in edges], more=len(last.page.hits) > first, moved=after is not None or bool(offset)),
        total_count=last.page.total,
        total_relation=TotalRelation.AT_LEAST if last.page.total_is_lower_bound else TotalRelation.EXACT,
        took_ms=took,
        request=last.request,
        chosen=chosen,
        plan=last.plan,
        every=last.every,
        whole=strict[0] if strict and not last.every else None,
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """A way of matching with the page it gave."""

    plan: Plan
    every: bool
    listed: str
    request: SearchRequest
    page: SearchPage


def _ways(plan: Plan) -> Iterator[tuple[Plan, bool]]:
    """Readings, and whether every word is wanted, in the order in which they are tried; figures become words last."""
    for reading in filter(None, (plan, plan.in_words())):
        yield from ((reading, every) for every in ((True, False) if reading.can_relax else (reading.match is not MatchMode.ANY,)))
