"""Where the service has an original and the pictures of its pages: paths of URLs, for what names them and for what answers them."""

from __future__ import annotations

import re
from urllib.parse import quote

from archive.text import Span

DRAWN = frozenset(("application/pdf", "image/png", "image/jpeg", "image/tiff", "image/bmp", "image/gif", "image/webp"))
"""Media types whose pages can be drawn."""

_WORDS = re.compile(r"(DOC-[0-9a-f]{16}-[0-9]{1,9}):([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


def original_path(source: str) -> str:
    """Of the file itself, by the id of its source."""
    return f"/originals/{source}"


def page_path(source: str, page: int, mark: str | None = None) -> str:
    """Of the picture of a page; `mark` is the id of a fact or what `words` gives."""
    return f"{original_path(source)}/pages/{page}.png" + (f"?mark={quote(mark, safe=':')}" if mark else "")


def words(document: str, span: Span) -> str:
    """A name for words of a document: `DOC-…-1:120-140`."""
    return f"{document}:{span.start}-{span.end}"


def words_named(mark: str) -> tuple[str, Span] | None:
    """The document and the words that `words` named; None for anything else."""
    found = _WORDS.fullmatch(mark)
    return (found[1], Span(int(found[2]), int(found[3]))) if found else None
