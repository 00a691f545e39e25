"""Where a query's words stand in what was found: fragments with ranges of code points, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import strawberry

from archive.findings import Practice
from archive.records import Document
from archive.text import Span
from schema.enums import ItemType
from schema.text_range import TextRange
from search import highlight
from search.criteria import Query
from search.port import Hit
from search.projection import read_fact, read_record

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


def highlights(hit: Hit, query: Query, *, count: int, width: int) -> list[HighlightOf]:
    """The best fragments of a hit's texts, at most `count` in all."""
    want = highlight.wanted(query)
    found: list[HighlightOf] = []
    for field, text, start in _texts(hit):
        for piece in highlight.fragments(text, want, count=count - len(found), width=width):
            at = None if start is None else start + piece.start
            found.append(HighlightOf(field, piece.text, piece.ranges, at))
        if len(found) >= count:
            break
    return found


def _texts(hit: Hit) -> Iterator[tuple[str, str, int | None]]:
    """What the index searches of an entry: field, text, and where the text begins in the document's."""
    if hit.kind == ItemType.DOCUMENT.value:
        document = read_record(hit.kind, hit.record)
        if isinstance(document, Document):
            heads = (("title", document.title), ("subtitle", document.subtitle), ("kicker", document.kicker))
            yield from ((name, text, None) for name, text in heads if text)
            yield "text", document.text, 0
            yield from (("caption", caption.text, None) for caption in document.captions)
        return
    fact = read_fact(hit.kind, hit.record)
    if isinstance(fact.record, Practice):
        yield "name", fact.record.name, None
    yield "text", fact.passage.text, fact.passage.start
