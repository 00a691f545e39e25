"""Checks and descriptions of arguments that several fields share."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive.errors import BadRequest
from schema.inputs import SearchFilter
from schema.pagination import MAX_FIRST

First = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_FIRST}.")]
After = Annotated[
    str | None,
    strawberry.argument(description="The endCursor of the page before; it belongs to one list: the same query, filter and order."),
]
FilterArgument = Annotated[SearchFilter | None, strawberry.argument(description="What to narrow it to.")]


def clamped(value: int, name: str, most: int) -> int:
    """`value` itself. Raises BadRequest when it is not between 0 and `most`."""
    if not 0 <= value <= most:
        raise BadRequest(f"`{name}` must be between 0 and {most}, not {value}.")
    return value
