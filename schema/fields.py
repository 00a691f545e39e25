"""The decorators of resolvers: strawberry.field and strawberry.subscription in a form that a strict type checker accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import strawberry


def resolved(
    *, description: str, graphql_type: object = None, metadata: Mapping[str, object] | None = None
) -> Callable[[Callable[..., Any]], Any]:
    """Publish a resolver.

    `graphql_type` is the type to print where the resolver returns a record; `metadata` holds its price (schema.cost).
    """
    options: dict[str, Any] = {} if graphql_type is None else {"graphql_type": graphql_type}
    decorate: Callable[[Callable[..., Any]], Any] = strawberry.field(description=description, metadata=metadata, **options)
    return decorate


def followed(*, description: str, graphql_type: object) -> Callable[[Callable[..., Any]], Any]:
    """Publish what can be subscribed to; as `resolved`."""
    decorate: Callable[[Callable[..., Any]], Any] = strawberry.subscription(description=description, graphql_type=graphql_type)
    return decorate
