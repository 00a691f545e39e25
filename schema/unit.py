"""Knowledge units: experiences, measures, results, problems, recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from archive import findings
from archive.findings import UnitKind
from archive.themes import Theme as ThemeRecord
from schema.cost import priced
from schema.evidence import Evidence, EvidenceOf
from schema.fact import Fact, unit_by_id
from schema.fields import resolved
from schema.node import Info
from schema.node_ids import document_of
from schema.pagination import check_first
from schema.theme import Theme, themes_of
from schema.unit_link import UnitLink

if TYPE_CHECKING:
    from schema.statistic import Statistic

MAX_RECOMMENDATIONS = 20
RecommendationsArgument = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_RECOMMENDATIONS}.")]


@strawberry.type(description="An experience, measure, result, problem or recommendation, in the words of the document.")
class KnowledgeUnit(Fact):
    """Resolved from archive.findings.Unit."""

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Told by the record's class."""
        return isinstance(value, findings.Unit)

    kind: UnitKind = strawberry.field(description="What it is.")
    marker: str | None = strawberry.field(description="The mark before it (一是, （一）); null without one.")
    path: str | None = strawberry.field(description="Its address in the outline, as in 一/（二）/二是; null outside an outline.")
    cue: str | None = strawberry.field(description="The words that decided its kind.")

    @resolved(description="The themes that it is about.", graphql_type=list[Theme], metadata=priced())
    @staticmethod
    def themes(parent: strawberry.Parent[findings.Unit]) -> list[ThemeRecord]:
        """From the closed list."""
        return themes_of(parent.themes)

    @resolved(description="All that the text says under it, from its mark to the end of its section.", graphql_type=Evidence)
    @staticmethod
    async def passage(parent: strawberry.Parent[findings.Unit], info: Info) -> EvidenceOf:
        """The unit's extent."""
        document = await info.context.document(document_of(parent.id))
        return EvidenceOf(document.id, parent.extent.of(document.text), parent.extent)

    @resolved(
        description="The unit that holds it; null at the top.",
        graphql_type=Annotated["KnowledgeUnit", strawberry.lazy("schema.unit")] | None,
    )
    @staticmethod
    async def parent(parent: strawberry.Parent[findings.Unit], info: Info) -> findings.Unit | None:
        """One level up."""
        return await unit_by_id(parent.parent, info)

    @resolved(
        description="The units that it holds, in the order of the text.",
        graphql_type=list[Annotated["KnowledgeUnit", strawberry.lazy("schema.unit")]],
    )
    @staticmethod
    async def children(parent: strawberry.Parent[findings.Unit], info: Info) -> list[findings.Unit]:
        """One level down."""
        document = await info.context.document(document_of(parent.id))
        return [unit for unit in document.units if unit.parent == parent.id]

    @resolved(
        description="For a problem: the recommendations of the same document that share a theme with it, most shared themes first. "
        "The archive pairs them by theme; the text itself may not say which answers which. Empty for other kinds.",
        graphql_type=list[Annotated["KnowledgeUnit", strawberry.lazy("schema.unit")]],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    async def recommendations(
        parent: strawberry.Parent[findings.Unit], info: Info, first: RecommendationsArgument = 5
    ) -> list[findings.Unit]:
        """Ties keep the order of the text."""
        if parent.kind is not UnitKind.PROBLEM:
            return []
        document = await info.context.document(document_of(parent.id))
        shared = [(len({*parent.themes} & {*unit.themes}), unit) for unit in document.units if unit.kind is UnitKind.RECOMMENDATION]
        ranked = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])
        return [unit for _, unit in ranked[: check_first(first, MAX_RECOMMENDATIONS)]]

    @resolved(
        description="Where it leads: a measure to the problem it is meant for and to its results, a result to its figures, a "
        "recommendation to the problem it answers. Only what words of the text say; most units have none.",
        graphql_type=list[UnitLink],
    )
    @staticmethod
    async def links(parent: strawberry.Parent[findings.Unit], info: Info) -> list[findings.Link]:
        """In the order of the text that they lead to."""
        document = await info.context.document(document_of(parent.id))
        return [link for link in document.links if link.start == parent.id]

    @resolved(
        description="What leads to it: to a problem the measures meant for it and the recommendations that answer it, to a result its "
        "measure.",
        graphql_type=list[UnitLink],
    )
    @staticmethod
    async def linked_by(parent: strawberry.Parent[findings.Unit], info: Info) -> list[findings.Link]:
        """The same links, from their other end."""
        document = await info.context.document(document_of(parent.id))
        return [link for link in document.links if link.target == parent.id]

    @resolved(
        description="The figures that stand under it and under no unit inside it.",
        graphql_type=list[Annotated["Statistic", strawberry.lazy("schema.statistic")]],
    )
    @staticmethod
    async def statistics(parent: strawberry.Parent[findings.Unit], info: Info) -> list[findings.Statistic]:
        """By the innermost unit of each figure."""
        document = await info.context.document(document_of(parent.id))
        return [one for one in document.statistics if one.unit_id == parent.id]
