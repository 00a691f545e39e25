"""Which places a document names, and which place a sentence of it is about."""

from __future__ import annotations

from bisect import bisect_right

from archive.records import Document, PlaceMention, PlaceRole


def place_at(doc: Document, offset: int) -> PlaceMention | None:
    """The place that the sentence at `offset` of `doc.text` is about, or None when the document names no place.

    The nearest mention before `offset` in its own paragraph, otherwise the document's PRIMARY place.
    """
    by_name = {place.name: place for place in doc.places}
    start = doc.text.rfind("\n", 0, offset) + 1
    index = bisect_right(doc.mentions, offset, key=lambda mention: mention.span.start) - 1
    if index >= 0 and doc.mentions[index].span.start >= start:
        return by_name.get(doc.mentions[index].key)
    return next((place for place in doc.places if place.role is PlaceRole.PRIMARY), None)


def find_places(doc: Document) -> Document:
    """Fill `places` and `mentions`; not yet written."""
    return doc
