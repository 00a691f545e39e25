"""Ranges of code points."""

from __future__ import annotations

import strawberry


@strawberry.type(description="A range of code points, half-open. JavaScript counts UTF-16 units: convert with Array.from(text).")
class TextRange:
    """Resolved from archive.text.Span."""

    start: int = strawberry.field(description="The first code point.")
    end: int = strawberry.field(description="The code point behind the last.")
