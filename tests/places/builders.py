"""Documents made by hand, before any stage has run."""

from __future__ import annotations

from typing import Any

from archive.records import Document, PlaceMention, Source
from archive.text import OffsetMap
from ingest.extract.places import find_places


def draft(text: str, **head: Any) -> Document:
    """A document with `text` as its body and nothing found yet."""
    return Document(id="DOC-0-1", source=Source(sha256="0" * 64, name="a.txt", size=1), ordinal=1, text=text, offsets=OffsetMap(()), **head)


def read(text: str, **head: Any) -> Document:
    """The same with its places."""
    return find_places(draft(text, **head))


def places(text: str, **head: Any) -> dict[str, PlaceMention]:
    """The places of a text by their printed names."""
    return {place.name: place for place in read(text, **head).places}


def codes(text: str, **head: Any) -> dict[str, str | None]:
    """Printed names with their six-digit codes."""
    return {name: place.adcode for name, place in places(text, **head).items()}


def about(text: str, **head: Any) -> set[str]:
    """The names of the PRIMARY places."""
    return {place.name for place in read(text, **head).places if place.role.value == "PRIMARY"}
