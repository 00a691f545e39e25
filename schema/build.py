"""The schema put together, and printed to schema.graphql by `python -m schema.build`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext, ExecutionResult

from schema.errors import coded
from schema.query import Query

PRINTED = Path(__file__).with_name("schema.graphql")


class ArchiveSchema(strawberry.Schema):
    """Gives every error its code, whatever it comes from, and logs only what is our own fault."""

    async def execute(self, *args: Any, **options: Any) -> ExecutionResult:
        """As strawberry.Schema.execute, with coded errors."""
        result = await super().execute(*args, **options)
        if result.errors:
            result.errors = [coded(error) for error in result.errors]
        return result

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing here: `coded` logs failures of our own, and a client's mistakes are no news."""


def build_schema(extensions: Sequence[type[SchemaExtension]] = ()) -> ArchiveSchema:
    """The schema; the service adds its limits as extensions."""
    return ArchiveSchema(query=Query, extensions=list(extensions), config=StrawberryConfig(sort_schema=True))


def sdl() -> str:
    """The schema definition, as it is committed."""
    return build_schema().as_str() + "\n"


if __name__ == "__main__":
    PRINTED.write_text(sdl(), "utf-8")
