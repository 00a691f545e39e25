"""The documents of hits as lists of citations, each document once, in the order in which hits lead to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

from archive.addresses import original_path
from archive.citations import CitationStyle, cite
from archive.records import Document

STYLES = {"gbt7714": CitationStyle.GBT7714, "bibtex": CitationStyle.BIBTEX, "ris": CitationStyle.RIS}
EXTENSIONS = {
    "gbt7714": ("txt", "text/plain; charset=utf-8"),
    "bibtex": ("bib", "application/x-bibtex; charset=utf-8"),
    "ris": ("ris", "application/x-research-info-systems; charset=utf-8"),
}
_LINE_END = {CitationStyle.GBT7714: "\n", CitationStyle.BIBTEX: "\n\n", CitationStyle.RIS: "\r\n\r\n"}


async def citations(
    nodes: AsyncIterator[dict[str, Any]],
    load: Callable[[str], Awaitable[Document]],
    style: CitationStyle,
    base: str,
    accessed: date | None,
) -> AsyncIterator[bytes]:
    """One citation after the other; GB/T 7714 is numbered [1], [2], … as a list of references is. `base` goes before addresses."""
    seen: set[str] = set()
    async for node in nodes:
        identifier = (node.get("document") or node)["id"]
        if identifier in seen:
            continue
        seen.add(identifier)
        document = await load(identifier)
        cited = cite(document, style, base + original_path(document.source.id), accessed)
        number = f"[{len(seen)}] " if style is CitationStyle.GBT7714 else ""
        yield f"{number}{cited}{_LINE_END[style]}".encode("utf-8", "replace")
