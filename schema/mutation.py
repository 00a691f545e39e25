"""Everything that can be done, put together from the roots."""

from __future__ import annotations

import strawberry

import schema.archive_enums  # noqa: F401 - publishes the enums of the archive
from schema.roots.deleting import DeleteMutations
from schema.roots.ingesting import IngestMutations


@strawberry.type(description="What can be done, by those who bear a token; one after the other.")
class Mutation(IngestMutations, DeleteMutations):
    """A new root is a method in one of these, or a class of its own and its name here."""
