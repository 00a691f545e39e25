"""What has an id."""

from __future__ import annotations

from typing import Protocol

import strawberry

from archive.places import Division
from archive.themes import Theme
from schema.context import Context
from schema.fields import resolved
from schema.node_ids import place_id, theme_id

Info = strawberry.Info[Context, None]


class Identified(Protocol):
    """Records carry their own id."""

    @property
    def id(self) -> str:
        """The id under which it is indexed."""
        ...


@strawberry.interface(description="Anything that can be looked up again by its id.")
class Node:
    """Relay's Node."""

    @resolved(description="Its id (DOC-…, UNIT-…, STAT-…, PRAC-…, PLACE-540235, THEME-grid-management); the same in every archive.")
    @staticmethod
    def id(parent: strawberry.Parent[Identified | Division | Theme]) -> strawberry.ID:
        """Places and themes get a prefix."""
        if isinstance(parent, Division):
            return strawberry.ID(place_id(parent.code))
        return strawberry.ID(theme_id(parent.id) if isinstance(parent, Theme) else parent.id)
