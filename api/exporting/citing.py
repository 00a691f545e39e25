"""The documents of hits as lists of citations, each document once, in the order in which hits lead to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.addresses import original_path
from archive.citations import CitationStyle, cite
from archive.records import Document


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A style as a file: its name's extension, its media type, and what ends a citation in it."""

    style: CitationStyle
    extension: str
    media_type: str
    end: str


STYLES = {
    "gbt7714": CitationFile(CitationStyle.GBT7714, "txt", "text/plain; charset=utf-8", "\n"),
    "bibtex": CitationFile(CitationStyle.BIBTEX, "bib", "application/x-bibtex; charset=utf-8", "\n\n"),
    "ris": CitationFile(CitationStyle.RIS, "ris", "application/x-research-info-systems; charset=utf-8", "\r\n\r\n"),
}


async def citations(
    nodes: AsyncIterator[dict[str, Any]],
    load: Callable[[str], Awaitable[Document]],
    form: CitationFile,
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
        cited = cite(document, form.style, base + original_path(document.source.id), accessed)
        number = f"[{len(seen)}] " if form.style is CitationStyle.GBT7714 else ""
        yield f"{number}{cited}{form.end}".encode("utf-8", "replace")
