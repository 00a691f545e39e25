"""Relations between printed figures, recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from archive import findings
from schema.describe import describe
from schema.evidence import Evidence, EvidenceOf
from schema.fields import resolved
from schema.node import Info
from schema.node_ids import document_of

if TYPE_CHECKING:
    from schema.statistic import Statistic


@strawberry.type(description="How far a document's figures check each other. A figure that is not checked is not doubted.")
class CheckCoverage:
    """Resolved from archive.findings.CheckCoverage."""

    checked: int = strawberry.field(description="How many of its figures take part in a check.")
    total: int = strawberry.field(description="How many figures it has.")
    holding: int = strawberry.field(description="How many checks hold.")
    failing: int = strawberry.field(description="How many checks do not hold.")
    undecided: int = strawberry.field(description="How many checks the printed figures (余, 多) leave open.")


describe(
    findings.CheckKind,
    "What relation of figures a check works out again.",
    {
        "SHARE": "A part of a whole as a percentage: 278/350=79.4%.",
        "SUM": "Parts that add up to a total, or shares to 100%: 12+8=20.",
        "CHANGE": "A difference or a growth between two printed levels: 31-23=8.",
        "AVERAGE": "A total divided by a count: 1200/300=4.",
        "PRODUCT": "A count times an amount for each: 50×3000=150000.",
        "RATIO": "One level as a multiple of another, such as urban and rural income.",
        "REPEATED": "One figure that is printed in several places, with the same value or another.",
        "PAIRED": "Things of which there is one for each of something: 69 grids, 69 maps.",
        "BOUND": "A part that is no more than its whole.",
    },
)


@strawberry.type(description="A relation between printed figures, such as 278/350=79.4%, worked out again.")
class Check:
    """Resolved from archive.findings.Check."""

    id: strawberry.ID = strawberry.field(description="Its id, made of the document's.")
    kind: findings.CheckKind = strawberry.field(description="What relation it is: a share, a sum, a change.")
    relation: str = strawberry.field(description="The relation, readable: 278/350=79.4%.")
    holds: bool | None = strawberry.field(
        description="Whether it holds within half a unit of the last printed digit; null where 余 or 多 leave it open."
    )
    stated: float | None = strawberry.field(description="The figure that the text states.")
    computed: float | None = strawberry.field(description="The figure that the others give.")

    @resolved(description="The words of each figure.", graphql_type=list[Evidence])
    @staticmethod
    def quotes(parent: strawberry.Parent[findings.Check]) -> list[EvidenceOf]:
        """Each with its place."""
        document = document_of(parent.id)
        return [EvidenceOf(document, quote.text, quote.span) for quote in parent.quotes]

    @resolved(description="The figures that take part.", graphql_type=list[Annotated["Statistic", strawberry.lazy("schema.statistic")]])
    @staticmethod
    async def statistics(parent: strawberry.Parent[findings.Check], info: Info) -> list[findings.Statistic]:
        """From the document of the check."""
        document = await info.context.document(document_of(parent.id))
        return [one for one in document.statistics if one.id in parent.statistics]
