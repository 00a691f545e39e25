"""Where a query's words stand in what was found: fragments with ranges of code points, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import strawberry
from search.projection import Record

from archive import findings, records
from archive.text import Span
from schema.evidence import TextRange
from search import highlight
from search.criteria import Query

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

    field: str = strawberry.field(description="The field of the item that it is from: title, subtitle, text, quote or name.")
    text: str = strawberry.field(description="The piece.")
    ranges: list[TextRange] = strawberry.field(description="The marked code points within the piece.")
    start: int | None = strawberry.field(description="Where the piece begins in Document.text; null when it is not from the text.")


def highlights(record: Record, query: Query, *, count: int, width: int) -> list[HighlightOf]:
    """The best fragments of a record's texts, at most `count` in all."""
    want = highlight.wanted(query)
    found: list[HighlightOf] = []
    for field, text, start in _texts(record):
        for piece in highlight.fragments(text, want, count=count - len(found), width=width):
            at = None if start is None else start + piece.start
            found.append(HighlightOf(field, piece.text, piece.ranges, at))
        if len(found) >= count:
            break
    return found


def _texts(record: Record) -> Iterator[tuple[str, str, int | None]]:
    if isinstance(record, records.Document):
        yield from ((name, text, None) for name, text in (("title", record.title), ("subtitle", record.subtitle)) if text)
        yield "text", record.text, 0
    elif isinstance(record, findings.Practice):
        yield "name", record.name, None
        yield "quote", record.quote, record.span.start
    elif isinstance(record, findings.Unit | findings.Statistic):
        yield "quote", record.quote, record.span.start
