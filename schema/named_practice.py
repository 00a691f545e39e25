"""A named practice across all documents: its variants, where it was tried, since when, in which state."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import strawberry

from archive import findings
from archive.findings import PracticeKind, PracticeState
from archive.places import Division
from ingest.extract.practice_keys import practice_key
from schema.arguments import After, First
from schema.cost import priced
from schema.enums import ItemType, MatchMode, SearchSort
from schema.fields import resolved
from schema.inputs import SearchFilter, criteria
from schema.language.plan import names_it, planned
from schema.node import Info
from schema.pagination import check_first
from schema.place import Place
from schema.search import SearchOf, searched
from schema.search_kinds import PracticeSearchConnection
from search.criteria import Any, Everything, Facet, SearchRequest, Term

MAX_NAMED = 50
READ = 100
"""Mentions that variants, places and states are read from; more of one practice are counted, not read."""
_YEARS = 200
_NAMES_READ = 500
"""Names of the passages that hold the words that were typed, the most frequent first; of these the names decide."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class NamedPracticeOf:
    """What a NamedPractice is resolved from; `mentions_read` are up to READ records of it, `filter_` what the search was narrowed to."""

    name: str
    mention_count: int
    mentions_read: tuple[findings.Practice, ...]
    years: tuple[int, ...]
    filter_: SearchFilter

    @property
    def earliest_year(self) -> int | None:
        """Of the documents that speak of it."""
        return min(self.years, default=None)

    @property
    def variants(self) -> list[str]:
        """The names as printed."""
        return _frequent(one.name for one in self.mentions_read)

    @property
    def kinds(self) -> list[PracticeKind]:
        """What the names call it."""
        return _frequent(one.kind for one in self.mentions_read)

    @property
    def states(self) -> list[PracticeState]:
        """What the documents say of it."""
        return _frequent(one.state for one in self.mentions_read if one.state)


@strawberry.type(description="A named practice or system across all documents: one practice, whatever variants of its name they print.")
class NamedPractice:
    """Resolved from NamedPracticeOf."""

    name: str = strawberry.field(description="The name under which all variants are found; SearchFilter.practices takes it.")
    mention_count: int = strawberry.field(description="How many mentions there are: one a document and variant.")
    variants: list[str] = strawberry.field(description="The names as printed, the most frequent first.")
    kinds: list[PracticeKind] = strawberry.field(description="What the variants call it, the most frequent first.")
    states: list[PracticeState] = strawberry.field(
        description="In use, on trial, planned: what the documents say, the most frequent first. Empty where none says it."
    )
    earliest_year: int | None = strawberry.field(
        description="The earliest year that a document which speaks of it is about or was published in; null where none is dated."
    )

    @resolved(description="Where it is told of, the most frequent first.", graphql_type=list[Place])
    @staticmethod
    def places(parent: strawberry.Parent[NamedPracticeOf], info: Info) -> list[Division]:
        """Inferred places only where the filter asks for them."""
        inferred = parent.filter_.include_inferred
        codes = _frequent(one.adcode for one in parent.mentions_read if one.adcode and (inferred or not one.place_inferred))
        return [place for code in codes if (place := info.context.services.gazetteer.get(code))]

    @resolved(
        description="Each mention, with its quote and its document, newest first.",
        graphql_type=PracticeSearchConnection,
        metadata=priced(own=10, size=("first",), bounds=True),
    )
    @staticmethod
    async def mentions(parent: strawberry.Parent[NamedPracticeOf], info: Info, first: First = 20, after: After = None) -> SearchOf:
        """A search of this practice alone."""
        asked = ("mentions", parent.name)
        return await searched(info, Everything(), parent.filter_, asked, sort=SearchSort.PUBLISHED_DESC, first=first, after=after)


async def named(info: Info, typed_words: str, chosen: SearchFilter, first: int) -> list[NamedPracticeOf]:
    """The practices with most mentions among those whose name holds the words that were typed. Raises BadRequest."""
    check_first(first, MAX_NAMED)
    chosen = replace(chosen, types=[ItemType.PRACTICE])
    plan = await planned(info.context.services, typed_words, MatchMode.ALL, inferred=chosen.include_inferred)
    query = plan.query(every=True)
    key = practice_key(typed_words)
    plain = query == Everything()
    # A passage that holds the words may name another practice; only the names decide.
    request = SearchRequest(
        query=query if plain else Any((query, Term("practices", (key,)))),
        filters=criteria(chosen, info.context.services.gazetteer),
        size=0,
        facets=(Facet("practices", "practices", first if plain else _NAMES_READ),),
    )
    page = await info.context.services.engine.search(request)
    names = [str(one.value) for one in page.facets["practices"].counts]
    wanted = [name for name in names if plain or name == key or names_it(typed_words, name)]
    found = await asyncio.gather(*(_one(info, chosen, name) for name in wanted[:first]))
    return sorted(found, key=lambda one: -one.mention_count)


async def _one(info: Info, chosen: SearchFilter, name: str) -> NamedPracticeOf:
    filters = {**criteria(chosen, info.context.services.gazetteer), "practices": Term("practices", (name,))}
    request = SearchRequest(filters=filters, size=READ, facets=(Facet("year", "year", _YEARS),))
    page = await info.context.services.engine.search(request)
    records = (info.context.taken(hit) for hit in page.hits)
    return NamedPracticeOf(
        name=name,
        mention_count=page.total,
        mentions_read=tuple(one for one in records if isinstance(one, findings.Practice)),
        years=tuple(int(one.value) for one in page.facets["year"].counts),
        filter_=replace(chosen, practices=[name]),
    )


def _frequent(values: Iterable[Value]) -> list[Value]:
    return [value for value, _ in Counter(values).most_common()]
