"""Links between findings: problem, measure, result, figure and recommendation, each with the words that say so."""

from __future__ import annotations

import strawberry

from archive import findings
from archive.findings import Relation
from archive.records import Document
from schema.evidence import Evidence, EvidenceOf
from schema.fact import Fact
from schema.fields import resolved
from schema.node import Info
from schema.node_ids import document_of


@strawberry.type(description="What a finding has to do with another one of the same document, by words of the text.")
class UnitLink:
    """Resolved from archive.findings.Link."""

    relation: Relation = strawberry.field(description="How the one leads to the other.")

    @resolved(description="The words that say so.", graphql_type=Evidence)
    @staticmethod
    def cue(parent: strawberry.Parent[findings.Link]) -> EvidenceOf:
        """There is no link without one."""
        return EvidenceOf(document_of(parent.start), parent.cue.text, parent.cue.span)

    @resolved(description="The unit that the link starts from.", graphql_type=Fact)
    @staticmethod
    async def source(parent: strawberry.Parent[findings.Link], info: Info) -> findings.Unit | findings.Statistic:
        """A measure, a result or a recommendation."""
        return _finding(await info.context.document(document_of(parent.start)), parent.start)

    @resolved(description="What the link leads to: a unit, and for MEASURED_BY a statistic.", graphql_type=Fact)
    @staticmethod
    async def target(parent: strawberry.Parent[findings.Link], info: Info) -> findings.Unit | findings.Statistic:
        """A problem, a result or a figure."""
        return _finding(await info.context.document(document_of(parent.start)), parent.target)


def _finding(document: Document, identifier: str) -> findings.Unit | findings.Statistic:
    found: dict[str, findings.Unit | findings.Statistic] = {one.id: one for one in document.units}
    found.update((one.id, one) for one in document.statistics)
    return found[identifier]
