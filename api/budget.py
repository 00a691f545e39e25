"""What an answer may come to while it is made: prices know how long lists may be asked to be, and some are as long as a document."""

from __future__ import annotations

from typing import Any

from graphql import ExecutionResult, GraphQLField, GraphQLLeafType, GraphQLObjectType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.errors import ErrorCode, failure

MAX_WORK = 100_000
"""In values of some 4 µs. A hundred hits with 450 aliases each are 49,000, and 2,000 objects with 25 values each 90,000."""
OBJECT = 20
"""An object's own share of it, for its place in the answer and what was looked up for it: 40 to 80 µs."""
WORKED_OUT = 10
"""A value that a resolver makes (a citation, the words around a quote): 25 to 50 µs."""
CHARACTERS = 40
"""Of text that are a value: 4 million characters are 12 MB, and as much again until they are sent."""


class Budgeted(StrawberryGraphQLCoreExecutionContext):
    """Ends an operation that has come to more than MAX_WORK.

    `unit { statistics { within { statistics { … } } } }` is priced as five figures each time; a unit with sixty gave 15 seconds of work.
    """

    spent = 0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._weights: dict[int, tuple[Any, int]] = {}

    def execute_fields(self, parent_type: GraphQLObjectType, source_value: Any, path: Any, grouped_field_set: Any, position: Any) -> Any:
        """Count an object before it is made."""
        self.spent += self._weight(parent_type, grouped_field_set)
        if self.spent > MAX_WORK:
            return {}  # an error for each of thousands that are in hand would take longer than they did; build_response tells it once
        return super().execute_fields(parent_type, source_value, path, grouped_field_set, position)

    def complete_leaf_value(self, return_type: GraphQLLeafType, result: Any) -> Any:  # type: ignore[override]  # static there
        """Count what is long."""
        if isinstance(result, str):
            self.spent += len(result) // CHARACTERS
        return super().complete_leaf_value(return_type, result)

    def _weight(self, parent: GraphQLObjectType, grouped: Any) -> int:
        """Of an object with these fields. Items of one list share them, so they are looked at once; kept, so that no id is used twice."""
        known = self._weights.get(id(grouped))
        if known is None or known[0] is not grouped:
            worked_out = sum(_is_worked_out(parent.fields.get(fields[0].node.name.value)) for fields in grouped.values())
            known = self._weights[id(grouped)] = grouped, OBJECT + len(grouped) + (WORKED_OUT - 1) * worked_out
        return known[1]

    def build_response(self, data: dict[str, Any] | None) -> Any:
        """The answer, or the one error of an operation that was ended."""
        if self.spent <= MAX_WORK:
            return super().build_response(data)
        self.run_async_work_finished_hook()
        message = "The lists in this answer turned out too long together; lower `first`, nest fewer of them, or ask for less text."
        return ExecutionResult(None, [failure(ErrorCode.LIMIT_EXCEEDED, message)])


def _is_worked_out(field: GraphQLField | None) -> bool:
    """Whether a field has a resolver of its own and is no mere attribute of a record."""
    definition = field.extensions.get("strawberry-definition") if field is not None else None
    return definition is not None and definition.base_resolver is not None
