"""Documents: an article, a report or a case, with its text, its outline and all that was found in it."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive import findings, records
from archive.citations import CitationStyle
from archive.findings import PracticeState, UnitKind
from archive.records import Genre
from archive.text_changes import LONGEST
from archive.themes import Theme as ThemeRecord
from schema.arguments import After, First, clamped
from schema.check import Check, CheckCoverage
from schema.citation import AccessedArgument, StyleArgument, UrlArgument, cited
from schema.cost import priced
from schema.difference import DifferenceOf, DocumentDifference, difference_of
from schema.document_parts import Caption, OutlineNode, PlaceMention, PlaceMentionOf
from schema.errors import ErrorCode, failure
from schema.fields import resolved
from schema.lookup import record_by_id
from schema.node import Info, Node
from schema.original import DocumentTable, TableOf
from schema.pagination import Connection, PageOf, page_of
from schema.practice import Practice
from schema.reprint_group import MAX_REPRINTS, ReprintGroup, ReprintGroupOf, group_of, repeating
from schema.source import Source
from schema.statistic import Statistic
from schema.theme import Theme, themes_of
from schema.unit import KnowledgeUnit

MAX_TEXT = 100_000

UnitKinds = Annotated[list[UnitKind] | None, strawberry.argument(description="Only these kinds; all when left out.")]
States = Annotated[list[PracticeState] | None, strawberry.argument(description="Only practices of these states; all when left out.")]
StartArgument = Annotated[int, strawberry.argument(description="The first code point.")]
LengthArgument = Annotated[int, strawberry.argument(description=f"How many code points, at most {MAX_TEXT}.")]
WithArgument = Annotated[strawberry.ID, strawberry.argument(name="with", description="The id of the other document.")]
DocumentType = Annotated["Document", strawberry.lazy("schema.document")]


@strawberry.type(description="One article, report or case. A newspaper page holds several.")
class Document(Node):
    """Resolved from archive.records.Document."""

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Told by the record's class."""
        return isinstance(value, records.Document)

    ordinal: int = strawberry.field(description="Its place among the documents of its file, from 1.")
    title: str | None = strawberry.field(description="Its title as printed; null when the source has none.")
    kicker: str | None = strawberry.field(description="The line above the title.")
    subtitle: str | None = strawberry.field(description="The line below the title.")
    column: str | None = strawberry.field(description="The column that it appeared in.")
    genre: Genre = strawberry.field(description="What kind of writing it is.")
    authors: list[str] = strawberry.field(description="The names of its authors.")
    byline: str | None = strawberry.field(description="The authors' line as printed.")
    dateline: str | None = strawberry.field(description="Where it was written from.")
    period: str | None = strawberry.field(description="The time it reports on, as in 2025-H1; null when it does not say.")
    period_text: str | None = strawberry.field(description="The words that give the time.")
    warnings: list[str] = strawberry.field(description="What the pipeline was not sure of.")
    source: Source = strawberry.field(description="The original that it came in.")
    outline: list[OutlineNode] = strawberry.field(description="Its headings and numbered items, in the order of the text.")
    captions: list[Caption] = strawberry.field(description="Captions of photographs, kept out of the text.")
    checks: list[Check] = strawberry.field(description="Relations between its figures, worked out again.")

    @resolved(description="How many of its figures took part in a check, and how the checks came out.", graphql_type=CheckCoverage)
    @staticmethod
    def check_coverage(parent: strawberry.Parent[records.Document]) -> findings.CheckCoverage:
        """Checked 12 of 54."""
        return findings.check_coverage(parent.statistics, parent.checks)

    @resolved(description="The day of publication (ISO 8601); null when the source does not print one.")
    @staticmethod
    def published_on(parent: strawberry.Parent[records.Document]) -> str | None:
        """The record calls it `published`."""
        return parent.published

    @resolved(
        description="How to cite it. What it does not print (日期不详, 无题名) is said to be unknown. "
        "Null, with an error, for a `url` that cannot be cited."
    )
    @staticmethod
    def citation(
        parent: strawberry.Parent[records.Document],
        style: StyleArgument = CitationStyle.GBT7714,
        url: UrlArgument = None,
        accessed_on: AccessedArgument = None,
    ) -> str | None:
        """Of the whole document."""
        return cited(parent, style, url, accessed_on)

    @resolved(description="The length of its text in code points.")
    @staticmethod
    def char_count(parent: strawberry.Parent[records.Document]) -> int:
        """The whole text."""
        return len(parent.text)

    @resolved(
        description="Its clean text, or a slice of it. Ranges count from its beginning, whatever the slice.",
        metadata=priced(size=("length",), per=2_000),
    )
    @staticmethod
    def text(parent: strawberry.Parent[records.Document], start: StartArgument = 0, length: LengthArgument = 20_000) -> str:
        """Cut to what is asked for."""
        start = clamped(start, "start", 10**9)
        return parent.text[start : start + clamped(length, "length", MAX_TEXT)]

    @resolved(
        description="The places that it is about or names, with what they were read or inferred from.", graphql_type=list[PlaceMention]
    )
    @staticmethod
    def places(parent: strawberry.Parent[records.Document]) -> list[PlaceMentionOf]:
        """Each name once."""
        return [PlaceMentionOf(parent, mention) for mention in parent.places]

    @resolved(description="The themes that it is about.", graphql_type=list[Theme])
    @staticmethod
    def themes(parent: strawberry.Parent[records.Document]) -> list[ThemeRecord]:
        """From the closed list."""
        return themes_of(parent.themes)

    @resolved(
        description="Its knowledge units, in the order of the text.",
        graphql_type=Connection[KnowledgeUnit],
        metadata=priced(size=("first",), bounds=True),
    )
    @staticmethod
    def units(
        parent: strawberry.Parent[records.Document], kinds: UnitKinds = None, first: First = 20, after: After = None
    ) -> PageOf[findings.Unit]:
        """From the record."""
        found = [unit for unit in parent.units if not kinds or unit.kind in kinds]
        return page_of(found, f"{parent.id}/units/{kinds or []}", lambda unit: unit.id, first, after)

    @resolved(
        description="Its figures, in the order of the text.",
        graphql_type=Connection[Statistic],
        metadata=priced(size=("first",), bounds=True),
    )
    @staticmethod
    def statistics(parent: strawberry.Parent[records.Document], first: First = 20, after: After = None) -> PageOf[findings.Statistic]:
        """From the record."""
        return page_of(parent.statistics, f"{parent.id}/statistics", lambda one: one.id, first, after)

    @resolved(
        description="The practices and systems that it calls by name, in the order of the text.",
        graphql_type=Connection[Practice],
        metadata=priced(size=("first",), bounds=True),
    )
    @staticmethod
    def practices(
        parent: strawberry.Parent[records.Document], states: States = None, first: First = 20, after: After = None
    ) -> PageOf[findings.Practice]:
        """From the record."""
        found = [one for one in parent.practices if not states or one.state in states]
        return page_of(found, f"{parent.id}/practices/{states or []}", lambda one: one.id, first, after)

    @resolved(description="The tables in it, in the order of the text.", graphql_type=list[DocumentTable])
    @staticmethod
    def tables(parent: strawberry.Parent[records.Document]) -> list[TableOf]:
        """As its file has them."""
        return [TableOf(table, parent.text) for table in parent.tables]

    @resolved(description="The document that it repeats; null when it is none's reprint.", graphql_type=DocumentType | None)
    @staticmethod
    async def reprint_of(parent: strawberry.Parent[records.Document], info: Info) -> records.Document | None:
        """The principal of its group."""
        found = await info.context.records.load(parent.reprint_of) if parent.reprint_of else None
        return found if isinstance(found, records.Document) else None

    @resolved(description=f"Documents that repeat it, at most {MAX_REPRINTS}.", graphql_type=list[DocumentType], metadata=priced(own=2))
    @staticmethod
    async def reprints(parent: strawberry.Parent[records.Document], info: Info) -> list[records.Document]:
        """Found by the engine."""
        request = repeating(parent)
        return [found for found in await info.context.found(request) if isinstance(found, records.Document)]

    @resolved(description="All copies of its text, found from any of them.", graphql_type=ReprintGroup, metadata=priced(own=2))
    @staticmethod
    async def reprint_group(parent: strawberry.Parent[records.Document], info: Info) -> ReprintGroupOf:
        """Its own group; a document that nobody repeats is alone in it."""
        return await group_of(parent, info)

    @resolved(
        description="How its text and its figures differ from another document's, which should be a copy of it. "
        f"NOT_FOUND for an id of no document, BAD_REQUEST for a text of more than {LONGEST} code points.",
        graphql_type=DocumentDifference,
        metadata=priced(own=200),
    )
    @staticmethod
    async def difference(parent: strawberry.Parent[records.Document], info: Info, other: WithArgument) -> DifferenceOf:
        """Character by character, figure by figure."""
        found = await record_by_id(other, records.Document, info)
        if found is None:
            raise failure(ErrorCode.NOT_FOUND, f"There is no document {other}; `reprintGroup` lists the copies of a document.")
        return await difference_of(parent, found)
