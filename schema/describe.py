"""Enums of the API: each value with a description."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import strawberry

E = TypeVar("E", bound=Enum)


def describe(cls: type[E], description: str, values: Mapping[str, str]) -> type[E]:
    """Publish an enum of another layer; raises ValueError when `values` does not describe each of its members, and only those."""
    if list(values) != list(cls.__members__):
        raise ValueError(f"describe every value of {cls.__name__} in its order: {', '.join(cls.__members__)}")
    strawberry.enum(cls, description=description)
    definition = cls.__strawberry_definition__  # type: ignore[attr-defined]  # set by strawberry.enum
    for value in definition.values:
        value.description = values[value.name]
    return cls
