"""What the archive holds as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import strawberry

from schema.context import Services
from schema.fields import resolved
from search.criteria import Facet, Not, SearchRequest, Term
from search.port import EngineKind

MAX_YEARS = 1000


@strawberry.type(description="How many documents are of one year.")
class YearCount:
    """A bar of the archive's time line."""

    year: int = strawberry.field(description="The year.")
    count: int = strawberry.field(description="How many documents.")


@dataclass(frozen=True, slots=True)
class CorpusOf:
    """What CorpusStats is resolved from; `entries` counts by kind."""

    entries: Mapping[str, int]
    reprint_count: int
    engine: EngineKind
    generation: str
    by_year: list[YearCount]


@strawberry.type(description="What the archive holds.")
class CorpusStats:
    """Resolved from CorpusOf."""

    reprint_count: int = strawberry.field(description="How many of the documents repeat another one.")
    engine: EngineKind = strawberry.field(description="The search engine that answers.")
    generation: str = strawberry.field(description="Changes with every change of an answer.")
    by_year: list[YearCount] = strawberry.field(description="Documents by year, the oldest first; undated ones are left out.")

    @resolved(description="How many files were read.")
    @staticmethod
    def source_count(parent: strawberry.Parent[CorpusOf]) -> int:
        """Files that could not be read are among them, with their reason."""
        return parent.entries.get("SOURCE", 0)

    @resolved(description="How many documents there are, reprints among them.")
    @staticmethod
    def document_count(parent: strawberry.Parent[CorpusOf]) -> int:
        """Articles, not files."""
        return parent.entries.get("DOCUMENT", 0)

    @resolved(description="How many knowledge units there are, those of reprints among them.")
    @staticmethod
    def unit_count(parent: strawberry.Parent[CorpusOf]) -> int:
        """Entries of the index."""
        return parent.entries.get("UNIT", 0)

    @resolved(description="How many figures there are, those of reprints among them.")
    @staticmethod
    def statistic_count(parent: strawberry.Parent[CorpusOf]) -> int:
        """Entries of the index."""
        return parent.entries.get("STATISTIC", 0)

    @resolved(description="How many mentions of named practices there are, those in reprints among them.")
    @staticmethod
    def practice_count(parent: strawberry.Parent[CorpusOf]) -> int:
        """Entries of the index."""
        return parent.entries.get("PRACTICE", 0)


async def corpus(services: Services) -> CorpusOf:
    """Counted by the engine."""
    documents = Term("kind", ("DOCUMENT",))
    status = await services.engine.status()
    reprints = await services.engine.search(SearchRequest(query=Term("is_reprint", (True,)), filters={"kind": documents}, size=0))
    facet = Facet("year", "year", MAX_YEARS)
    first = Not(Term("is_reprint", (True,)))
    years = await services.engine.search(SearchRequest(filters={"kind": documents, "first": first}, size=0, facets=(facet,)))
    counts = sorted((int(one.value), one.count) for one in years.facets["year"].counts)
    return CorpusOf(
        status.entries, reprints.total, status.kind, status.generation, [YearCount(year=year, count=count) for year, count in counts]
    )
