"""The copies of one text: the one that is counted, and those that repeat it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import strawberry

from archive import records
from schema.lookup import record_by_id
from schema.node import Info
from search.criteria import All, SearchRequest, Sort, Term

if TYPE_CHECKING:
    from schema.document import Document

MAX_REPRINTS = 100

DocumentType = Annotated["Document", strawberry.lazy("schema.document")]


@dataclass(frozen=True, slots=True)
class ReprintGroupOf:
    """What a ReprintGroup is resolved from."""

    principal: records.Document
    members: list[records.Document] = field(repr=False)
    member_count: int


@strawberry.type(description="The copies of one text.")
class ReprintGroup:
    """Resolved from ReprintGroupOf."""

    principal: DocumentType = strawberry.field(
        description="The copy that is counted: the one that needed the least cleaning, whatever the order in which they came."
    )
    members: list[DocumentType] = strawberry.field(description=f"The principal, then at most {MAX_REPRINTS} that repeat it, by id.")
    member_count: int = strawberry.field(description="How many there are in all.")


def repeating(principal: records.Document) -> SearchRequest:
    """The documents that repeat `principal`."""
    query = All((Term("kind", ("DOCUMENT",)), Term("reprint_of", (principal.id,))))
    return SearchRequest(query=query, sort=Sort("id", descending=False), size=MAX_REPRINTS)


async def group_of(document: records.Document, info: Info) -> ReprintGroupOf:
    """The group of a document; one that nobody repeats is alone in it."""
    principal = (await record_by_id(document.reprint_of, records.Document, info) if document.reprint_of else None) or document
    page = await info.context.services.engine.search(repeating(principal))
    copies = [found for found in map(info.context.taken, page.hits) if isinstance(found, records.Document)]
    return ReprintGroupOf(principal, [principal, *copies], page.total + 1)
