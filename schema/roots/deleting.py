"""Deleting through the API."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import strawberry

from archive.tokens import Scope
from ingest.deleting import Deleted
from schema.cost import priced
from schema.fields import resolved
from schema.node import Info
from schema.node_ids import is_entry_id
from schema.problems import InvalidInput, UserError, invalid
from schema.roots.ingesting import desk_of


@strawberry.type(description="There is no source and no document with this id. Nothing was done.")
class DocumentNotFound(UserError):
    """Also what a second deletion answers."""

    id: strawberry.ID = strawberry.field(description="The id that was given.")


@strawberry.type(description="A source is gone: its original, its documents, and all that was found in them.")
class DocumentDeleted:
    """Resolved from ingest.deleting.Deleted."""

    source_id: strawberry.ID = strawberry.field(description="The id of the source.")
    name: str = strawberry.field(description="The file name it was kept under.")
    documents: int = strawberry.field(description="How many documents are gone.")
    units: int = strawberry.field(description="How many knowledge units.")
    statistics: int = strawberry.field(description="How many figures.")
    practices: int = strawberry.field(description="How many practices.")
    changed: int = strawberry.field(description="How many documents of other sources are now counted in its place, or stand alone.")


DeleteDocumentPayload: TypeAlias = Annotated[
    DocumentDeleted | DocumentNotFound | InvalidInput,
    strawberry.union("DeleteDocumentPayload", description="What came of a deletion."),
]
SourceOrDocumentId = Annotated[
    strawberry.ID,
    strawberry.argument(description="The id of a source (SRC-…), or of a document (DOC-…) that is the only one of its source."),
]


@strawberry.type(description="Deleting.")
class DeleteMutations:
    """Needs more than ingesting does."""

    @resolved(
        description="Delete a source with everything that was found in it; a rebuild does not bring it back, an ingest of its file does. "
        f"Needs a token with the scope `{Scope.ADMIN}`.",
        graphql_type=DeleteDocumentPayload,
        metadata=priced(own=20),
    )
    @staticmethod
    async def delete_document(info: Info, id: SourceOrDocumentId) -> DocumentDeleted | DocumentNotFound | InvalidInput:
        """Of several articles of one source none can go alone."""
        caller = info.context.require(Scope.ADMIN)
        desk = desk_of(info)
        engine = info.context.services.engine
        if not (is_entry_id(id) and id.startswith(("SRC-", "DOC-"))):
            return invalid((("id",), "it is not the id of a source or a document; ids look like SRC-0123456789abcdef"))
        found = await desk.named(id, engine)
        if found is None:
            return DocumentNotFound(message="There is no source and no document with this id.", id=id)
        if found.documents > 1 and id.startswith("DOC-"):
            message = f"it is one of {found.documents} documents of {found.source_id}, which go together; delete that source"
            return invalid((("id",), message))
        gone = await desk.delete(found, caller.id, engine)
        return told(gone) if gone else DocumentNotFound(message="There is no source and no document with this id.", id=id)


def told(deleted: Deleted) -> DocumentDeleted:
    """As it goes out."""
    return DocumentDeleted(
        source_id=strawberry.ID(deleted.source_id),
        name=deleted.name,
        documents=deleted.documents,
        units=deleted.units,
        statistics=deleted.statistics,
        practices=deleted.practices,
        changed=deleted.changed,
    )
