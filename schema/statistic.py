"""Figures with their subjects, their units and their quotes."""

from __future__ import annotations

import strawberry

from archive import findings
from archive.findings import Measure, Qualifier, Status
from schema.check import Check
from schema.fact import Fact, UnitType, unit_by_id
from schema.fields import resolved
from schema.node import Info
from schema.node_ids import document_of
from schema.normal_form import NormalForm


@strawberry.type(description="One figure: a quantity of something real, stated as fact, plan or rule.")
class Statistic(Fact):
    """Resolved from archive.findings.Statistic."""

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Told by the record's class."""
        return isinstance(value, findings.Statistic)

    value: float = strawberry.field(description="The number, 万 and 亿 folded in.")
    max_value: float | None = strawberry.field(description="The upper end of a range; null otherwise.")
    unit: str = strawberry.field(description="The measure word as printed (人, 户, 元, %).")
    subject: str | None = strawberry.field(description="What is counted; a part names its whole (网格员中党员).")
    measure: Measure = strawberry.field(description="What kind of quantity it is.")
    qualifier: Qualifier = strawberry.field(description="How exactly it is stated.")
    status: Status = strawberry.field(description="Whether it is a fact, a plan or a rule.")
    period: str | None = strawberry.field(description="The time it is of, as in 2025, 2025-H1 or 2016-.")
    period_text: str | None = strawberry.field(description="The words that give the time.")
    period_inherited: bool = strawberry.field(description="Whether only the document as a whole states the time.")

    confidence: float | None = strawberry.field(
        description="How sure (0 to 1) a machine was of the least sure character of its quote in a scan; null where the file held the text."
    )

    normal: NormalForm | None = strawberry.field(
        description="The form in which it can be laid beside figures of other documents; null without a subject."
    )

    @resolved(
        description="The innermost unit that it stands under; null outside all units.",
        graphql_type=UnitType | None,
    )
    @staticmethod
    async def within(parent: strawberry.Parent[findings.Statistic], info: Info) -> findings.Unit | None:
        """`unit` is the measure word already."""
        return await unit_by_id(parent.unit_id, info)

    @resolved(description="The recomputed relations that it takes part in.", graphql_type=list[Check])
    @staticmethod
    async def checks(parent: strawberry.Parent[findings.Statistic], info: Info) -> list[findings.Check]:
        """From its document."""
        document = await info.context.document(document_of(parent.id))
        return [one for one in document.checks if parent.id in one.statistics]
