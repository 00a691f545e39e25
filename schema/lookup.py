"""From an id to what it stands for."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from archive import records
from archive.places import Division
from archive.themes import Theme
from schema.node import Info
from schema.node_ids import is_place_id, is_theme_id
from schema.place import place_by_id
from schema.theme import theme_of
from search.projection import Record

MAX_IDS = 100
T = TypeVar("T")
NodeRecord: TypeAlias = Record | Division | Theme


async def node_by_id(identifier: str, info: Info) -> NodeRecord | None:
    """Whatever has this id; None when nothing has."""
    if is_place_id(identifier):
        return place_by_id(identifier, info)
    if is_theme_id(identifier):
        return theme_of(identifier)
    found = await info.context.records.load(identifier)
    return None if isinstance(found, records.Source) else found


async def record_by_id(identifier: str, kind: type[T], info: Info) -> T | None:
    """The record with this id when it is of the asked kind; None otherwise."""
    found = await info.context.records.load(identifier)
    return found if isinstance(found, kind) else None
