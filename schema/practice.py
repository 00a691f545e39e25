"""Practices and systems that a text calls by a name of their own."""

from __future__ import annotations

import strawberry

from archive import findings
from archive.findings import PracticeKind, PracticeState
from schema.fact import Fact, UnitType, unit_by_id
from schema.fields import resolved
from schema.node import Info


@strawberry.type(description="A practice or system that the text calls by a name of its own (“书记项目”, 党建信息管理系统).")
class Practice(Fact):
    """Resolved from archive.findings.Practice."""

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Told by the record's class."""
        return isinstance(value, findings.Practice)

    name: str = strawberry.field(description="Its name without quotation marks.")
    key: str = strawberry.field(description="The same for all names of one practice, in whatever document: NamedPractice.name.")
    kind: PracticeKind = strawberry.field(description="What it calls itself.")
    state: PracticeState | None = strawberry.field(description="In use, on trial or planned; null where the text does not say.")
    cue: str | None = strawberry.field(description="The words that decided its state.")

    @resolved(description="The innermost unit that it stands under; null outside all units.", graphql_type=UnitType | None)
    @staticmethod
    async def within(parent: strawberry.Parent[findings.Practice], info: Info) -> findings.Unit | None:
        """Where the text speaks of it."""
        return await unit_by_id(parent.unit_id, info)
