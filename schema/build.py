"""The schema put together, and printed to schema.graphql by `python -m schema.build`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import strawberry
from graphql import Executor, GraphQLError, GraphQLSchema, lexicographic_sort_schema, print_schema
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext, ExecutionResult

from schema.errors import coded
from schema.mutation import Mutation
from schema.query import Query
from schema.roots.ingesting import Subscription

PRINTED = Path(__file__).with_name("schema.graphql")


class ArchiveSchema(strawberry.Schema):
    """Gives every error its code, whatever it comes from, and logs only what is our own fault."""

    async def execute(self, *args: Any, **options: Any) -> ExecutionResult:
        """As strawberry.Schema.execute, with coded errors."""
        result = await super().execute(*args, **options)
        if result.errors:
            result.errors = [coded(error) for error in result.errors]
        return result

    @property
    def graphql(self) -> GraphQLSchema:
        """The schema as graphql-core has it; strawberry keeps it to itself."""
        return self._schema

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing here: `coded` logs failures of our own, and a client's mistakes are no news."""


def build_schema(extensions: Sequence[type[SchemaExtension]] = (), executor: type[Executor[Any]] | None = None) -> ArchiveSchema:
    """The schema; the service adds its limits as extensions, and an executor that ends what comes to too much."""
    return ArchiveSchema(
        query=Query, mutation=Mutation, subscription=Subscription, extensions=list(extensions), execution_context_class=executor
    )


def sdl(schema: ArchiveSchema | None = None) -> str:
    """The schema definition in the order of the alphabet, as it is committed; of `schema`, when it is made already.

    Sorted here and not by strawberry's `sort_schema`, which puts plain enum types in the place of its own: arguments would then be strings.
    """
    return print_schema(lexicographic_sort_schema((schema or build_schema()).graphql)) + "\n"


if __name__ == "__main__":
    PRINTED.write_text(sdl(), "utf-8")
