"""Parts of a document that are no facts of their own: outline, captions, places."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from archive import records
from archive.places import Division
from archive.records import PlaceLevel, PlaceRole
from archive.text import Span
from schema.evidence import Evidence, EvidenceOf
from schema.fields import resolved
from schema.node import Info
from schema.place import Place, own_division
from schema.text_range import TextRange


@strawberry.type(description="A heading or a numbered item.")
class OutlineNode:
    """Resolved from archive.records.OutlineNode."""

    path: str = strawberry.field(description="Its address: the marks from the root joined by a slash, as in 一/（二）/二是.")
    marker: str = strawberry.field(description="Its mark (一、, （二）, 1.).")
    title: str = strawberry.field(description="Its words without the mark.")
    level: int = strawberry.field(description="How deep it stands, from 1.")
    parent: str | None = strawberry.field(description="The path of the node above; null at the top.")

    @resolved(description="Where its title stands in Document.text.", graphql_type=TextRange)
    @staticmethod
    def range(parent: strawberry.Parent[records.OutlineNode]) -> Span:
        """Without the mark."""
        return parent.span

    @resolved(description="The whole of its section, from the mark to its end.", graphql_type=TextRange)
    @staticmethod
    def extent(parent: strawberry.Parent[records.OutlineNode]) -> Span:
        """With all that it holds."""
        return parent.extent


@strawberry.type(description="The caption of a photograph.")
class Caption:
    """Resolved from archive.records.Caption."""

    text: str = strawberry.field(description="Its words.")

    @resolved(description="Where it stands in the decoded original file.", graphql_type=TextRange)
    @staticmethod
    def original_range(parent: strawberry.Parent[records.Caption]) -> Span:
        """Captions are no part of the clean text."""
        return parent.source


@dataclass(frozen=True, slots=True)
class PlaceMentionOf:
    """What a PlaceMention is resolved from."""

    document: records.Document
    mention: records.PlaceMention


@strawberry.type(description="A place that a document is about or names, once for each name.")
class PlaceMention:
    """Resolved from PlaceMentionOf."""

    @resolved(description="The name as printed (X县, 乃龙乡).")
    @staticmethod
    def name(parent: strawberry.Parent[PlaceMentionOf]) -> str:
        """From the text."""
        return parent.mention.name

    @resolved(description="The level of the place.")
    @staticmethod
    def level(parent: strawberry.Parent[PlaceMentionOf]) -> PlaceLevel:
        """UNRESOLVED for a name that nothing settles."""
        return parent.mention.level

    @resolved(description="Whether the document is about it, or only names it.")
    @staticmethod
    def role(parent: strawberry.Parent[PlaceMentionOf]) -> PlaceRole:
        """Primary or mentioned."""
        return parent.mention.role

    @resolved(description="Whether its code is inferred: the text does not print it, and other words of it settle it.")
    @staticmethod
    def inferred(parent: strawberry.Parent[PlaceMentionOf]) -> bool:
        """Inferred places enter filters only when asked for."""
        return parent.mention.inferred

    @resolved(description="The official name that an inferred place has; null for printed ones.")
    @staticmethod
    def resolved_name(parent: strawberry.Parent[PlaceMentionOf]) -> str | None:
        """From the gazetteer."""
        return parent.mention.resolved_name

    @resolved(description="1 for printed places; less for inferred ones, by how much speaks for them.")
    @staticmethod
    def confidence(parent: strawberry.Parent[PlaceMentionOf]) -> float:
        """Between 0 and 1."""
        return parent.mention.confidence

    @resolved(
        description="The place in the gazetteer; for a township or a village its county. Null where nothing settles it.",
        graphql_type=Place | None,
    )
    @staticmethod
    def place(parent: strawberry.Parent[PlaceMentionOf], info: Info) -> Division | None:
        """Looked up by its code."""
        return info.context.services.gazetteer.get(parent.mention.adcode) if parent.mention.adcode else None

    @resolved(
        description="The place itself: the township or village where the lists have it, else the same as `place`.",
        graphql_type=Place | None,
    )
    @staticmethod
    def own_place(parent: strawberry.Parent[PlaceMentionOf], info: Info) -> Division | None:
        """Looked up by its own code."""
        return own_division(parent.mention, info)

    @resolved(description="The words that name it, or that an inference rests on.")
    @staticmethod
    def evidence_text(parent: strawberry.Parent[PlaceMentionOf]) -> str:
        """As they stand in the document."""
        return parent.mention.evidence

    @resolved(
        description="The same words with their place in the text; null when they stand in a caption or a dateline.",
        graphql_type=Evidence | None,
    )
    @staticmethod
    def evidence(parent: strawberry.Parent[PlaceMentionOf]) -> EvidenceOf | None:
        """Only where the body holds them."""
        span = parent.mention.evidence_span
        return EvidenceOf(parent.document.id, span.of(parent.document.text), span) if span else None

    @resolved(description="Further words that an inference rests on.")
    @staticmethod
    def evidence_more(parent: strawberry.Parent[PlaceMentionOf]) -> list[str]:
        """As they stand in the document."""
        return list(parent.mention.evidence_more)
