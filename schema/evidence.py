"""Quotes: the words, where they stand in the clean text, and where in the original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import strawberry

from archive import layout, records
from archive.addresses import DRAWN, page_path, words
from archive.text import Span
from schema.arguments import clamped
from schema.fields import resolved
from schema.node import Info
from schema.original import OriginalPlace
from schema.text_range import TextRange

if TYPE_CHECKING:
    from schema.document import Document

MAX_AROUND = 500


@dataclass(frozen=True, slots=True)
class EvidenceOf:
    """What an Evidence is resolved from; the document is loaded only where it is asked for."""

    document_id: str
    quote: str
    range: Span


AroundArgument = Annotated[int, strawberry.argument(description=f"How many characters, at most {MAX_AROUND}.")]


@strawberry.type(description="Words of a document that a fact was read from: document.text[range.start:range.end] is the quote.")
class Evidence:
    """Resolved from EvidenceOf."""

    quote: str = strawberry.field(description="The words, as they stand in the clean text.")
    range: TextRange = strawberry.field(description="Where they stand in Document.text.")

    @resolved(description="The characters before the quote.")
    @staticmethod
    async def before(parent: strawberry.Parent[EvidenceOf], info: Info, chars: AroundArgument = 60) -> str:
        """Cut from the document's text."""
        text = (await info.context.document(parent.document_id)).text
        return text[max(0, parent.range.start - clamped(chars, "chars", MAX_AROUND)) : parent.range.start]

    @resolved(description="The characters behind the quote.")
    @staticmethod
    async def after(parent: strawberry.Parent[EvidenceOf], info: Info, chars: AroundArgument = 60) -> str:
        """Cut from the document's text."""
        text = (await info.context.document(parent.document_id)).text
        return text[parent.range.end : parent.range.end + clamped(chars, "chars", MAX_AROUND)]

    @resolved(
        description="Where the words stand in the decoded original file; several ranges where cleaning took something out between them.",
        graphql_type=list[TextRange],
    )
    @staticmethod
    async def original_ranges(parent: strawberry.Parent[EvidenceOf], info: Info) -> list[Span]:
        """By the document's offset map."""
        document = await info.context.document(parent.document_id)
        return list(document.offsets.to_source(parent.range))

    @resolved(
        description="Where the words stand in the original file: page and box, paragraph, cell. Empty where the format is plain text.",
        graphql_type=list[OriginalPlace],
    )
    @staticmethod
    async def original_places(parent: strawberry.Parent[EvidenceOf], info: Info) -> list[layout.Location]:
        """By the document's layout."""
        document = await info.context.document(parent.document_id)
        return list(layout.locations(document.layout, document.offsets.to_source(parent.range)))

    @resolved(
        description="Pictures of the pages that the words stand on, with the words marked: addresses on the server that answers this. "
        "`&width=` sets their width. Empty for a format without pages, and for one whose pages cannot be drawn."
    )
    @staticmethod
    async def page_images(parent: strawberry.Parent[EvidenceOf], info: Info) -> list[str]:
        """By the pages of the places."""
        document = await info.context.document(parent.document_id)
        if document.source.media_type not in DRAWN:
            return []
        places = layout.locations(document.layout, document.offsets.to_source(parent.range))
        mark = words(document.id, parent.range)
        return [page_path(document.source.id, page, mark) for page in dict.fromkeys(place.page for place in places) if page]

    @resolved(description="The document that the words stand in.", graphql_type=Annotated["Document", strawberry.lazy("schema.document")])
    @staticmethod
    async def document(parent: strawberry.Parent[EvidenceOf], info: Info) -> records.Document:
        """Loaded once a request."""
        return await info.context.document(parent.document_id)
