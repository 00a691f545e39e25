"""What an answer may come to while it is made: prices know how long lists may be asked to be, and some are as long as a document."""

from __future__ import annotations

from typing import Any

from graphql import ExecutionResult, GraphQLObjectType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.errors import ErrorCode, failure

MAX_WORK = 100_000
"""In values of some 4 µs. A hundred hits with 450 aliases each are 49,000, and 2,000 objects with 25 values each 90,000."""
OBJECT = 20
"""An object's own share of it, for its resolvers and its place in the answer: 40 to 80 µs."""


class Budgeted(StrawberryGraphQLCoreExecutionContext):
    """Ends an operation that has come to more than MAX_WORK.

    `unit { statistics { within { statistics { … } } } }` is priced as five figures each time; a unit with sixty gave 15 seconds of work.
    """

    spent = 0

    def execute_fields(self, parent_type: GraphQLObjectType, source_value: Any, path: Any, grouped_field_set: Any, position: Any) -> Any:
        """Count an object before it is made."""
        self.spent += OBJECT + len(grouped_field_set)
        if self.spent > MAX_WORK:
            return {}  # an error for each of thousands that are in hand would take longer than they did; build_response tells it once
        return super().execute_fields(parent_type, source_value, path, grouped_field_set, position)

    def build_response(self, data: dict[str, Any] | None) -> Any:
        """The answer, or the one error of an operation that was ended."""
        if self.spent <= MAX_WORK:
            return super().build_response(data)
        self.run_async_work_finished_hook()
        message = "The lists in this answer turned out too long together; ask for fewer in one another, or for their items by id."
        return ExecutionResult(None, [failure(ErrorCode.LIMIT_EXCEEDED, message)])
