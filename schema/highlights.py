"""Where a query's words stand in what was found: fragments with ranges of code points, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import strawberry

from archive.findings import Practice
from archive.records import Document, Source
from archive.text import Span
from schema.text_range import TextRange
from search import highlight
from search.stored import Stored

MAX_FRAGMENTS = 10
MAX_CHARS = 500


@dataclass(frozen=True, slots=True)
class HighlightOf:
    """What a Highlight is resolved from."""

    field: str
    text: str
    ranges: tuple[Span, ...]
    start: int | None


@strawberry.type(description="A piece of a text with the words of the query marked.")
class Highlight:
    """Resolved from HighlightOf."""

    field: str = strawberry.field(description="The field of the item that it is from: title, subtitle, kicker, caption, name or text.")
    text: str = strawberry.field(description="The piece.")
    ranges: list[TextRange] = strawberry.field(description="The marked code points within the piece.")
    start: int | None = strawberry.field(description="Where the piece begins in Document.text; null when it is not from the text.")


def highlights(stored: Stored, want: highlight.Wanted, *, count: int, width: int) -> list[HighlightOf]:
    """The best fragments of a hit's texts, at most `count` in all."""
    found: list[HighlightOf] = []
    for field, text, start in _texts(stored):
        for piece in highlight.fragments(text, want, count=count - len(found), width=width):
            at = None if start is None else start + piece.start
            found.append(HighlightOf(field, piece.text, piece.ranges, at))
        if len(found) >= count:
            break
    return found


def _texts(stored: Stored) -> Iterator[tuple[str, str, int | None]]:
    """What the index searches of an entry: field, text, and where the text begins in the document's."""
    if isinstance(stored, Document):
        heads = (("title", stored.title), ("subtitle", stored.subtitle), ("kicker", stored.kicker))
        yield from ((name, text, None) for name, text in heads if text)
        yield "text", stored.text, 0
        yield from (("caption", caption.text, None) for caption in stored.captions)
    elif not isinstance(stored, Source):
        if isinstance(stored.record, Practice):
            yield "name", stored.record.name, None
        yield "text", stored.passage.text, stored.passage.start
