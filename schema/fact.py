"""What every fact has: its quote, its evidence, its place and its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

from archive import findings, records
from archive.places import Division
from schema.evidence import Evidence, EvidenceOf
from schema.fields import resolved
from schema.node import Info, Node
from schema.node_ids import document_of
from schema.place import Place, own_division

if TYPE_CHECKING:
    from schema.document import Document
    from schema.unit import KnowledgeUnit

FactRecord: TypeAlias = findings.Unit | findings.Statistic | findings.Practice


@strawberry.interface(description="Something that a document states, in its own words.")
class Fact(Node):
    """Resolved from a FactRecord."""

    quote: str = strawberry.field(description="The words that it was read from.")
    place_inferred: bool = strawberry.field(
        description="Whether the place is one that the text does not print and that other words of it settle."
    )

    @resolved(description="The quote with its place in the text and in the original.", graphql_type=Evidence)
    @staticmethod
    def evidence(parent: strawberry.Parent[FactRecord]) -> EvidenceOf:
        """The fact's own span."""
        return EvidenceOf(document_of(parent.id), parent.quote, parent.span)

    @resolved(
        description="The name of the place that it is about, as printed (X县, 乃龙乡). Null where the text names none here: "
        "filters then take the fact to be about what its document is about."
    )
    @staticmethod
    def place_name(parent: strawberry.Parent[FactRecord]) -> str | None:
        """The record calls it `place`."""
        return parent.place

    @resolved(
        description="The place that it is about; for a township or a village its county. Null where nothing settles it.",
        graphql_type=Place | None,
    )
    @staticmethod
    def place(parent: strawberry.Parent[FactRecord], info: Info) -> Division | None:
        """Looked up by its code."""
        return info.context.services.gazetteer.get(parent.adcode) if parent.adcode else None

    @resolved(
        description="The place itself: the township or village where the lists have it, else the same as `place`.",
        graphql_type=Place | None,
    )
    @staticmethod
    async def own_place(parent: strawberry.Parent[FactRecord], info: Info) -> Division | None:
        """The document knows the codes of the names that it prints."""
        if parent.adcode is None:
            return None
        document = await info.context.document(document_of(parent.id))
        found = next((mention for mention in document.places if (mention.name, mention.adcode) == (parent.place, parent.adcode)), None)
        return own_division(found, info) if found else info.context.services.gazetteer.get(parent.adcode)

    @resolved(description="The document that states it.", graphql_type=Annotated["Document", strawberry.lazy("schema.document")])
    @staticmethod
    async def document(parent: strawberry.Parent[FactRecord], info: Info) -> records.Document:
        """Loaded once a request."""
        return await info.context.document(document_of(parent.id))


def is_fact(value: object) -> bool:
    """Whether a record is a fact."""
    return isinstance(value, findings.Unit | findings.Statistic | findings.Practice)


async def unit_by_id(identifier: str | None, info: Info) -> findings.Unit | None:
    """The unit with this id; None when there is none."""
    found = await info.context.records.load(identifier) if identifier else None
    return found if isinstance(found, findings.Unit) else None


UnitType = Annotated["KnowledgeUnit", strawberry.lazy("schema.unit")]
