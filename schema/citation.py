"""Citations, and the enum of their styles."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from archive.citations import CitationStyle, cite
from archive.errors import BadRequest
from archive.records import Document
from schema.describe import describe

MAX_URL = 2000

describe(
    CitationStyle,
    "The forms in which a document can be cited.",
    {
        "GBT7714": "GB/T 7714-2015, for people to read.",
        "BIBTEX": "An entry of BibTeX, for TeX and reference managers.",
        "RIS": "A record of RIS, for reference managers.",
    },
)

StyleArgument = Annotated[CitationStyle, strawberry.argument(description="The form.")]
UrlArgument = Annotated[
    str | None, strawberry.argument(description="The address under which you show it; left out, the original's file name stands there.")
]
AccessedArgument = Annotated[date | None, strawberry.argument(description="The day on which it was read.")]


def cited(document: Document, style: CitationStyle, url: str | None, accessed: date | None) -> str:
    """As archive.citations.cite. Raises BadRequest for a `url` that cannot stand in a citation."""
    if url is not None and len(url) > MAX_URL:
        raise BadRequest(f"`url` may have {MAX_URL} characters, not {len(url)}.")
    try:
        return cite(document, style, url, accessed)
    except ValueError as error:
        raise BadRequest(f"`url` cannot be cited: {error}.") from None
