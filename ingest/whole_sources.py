"""A source is replaced in the index as a whole: its entries made, and its documents looked up when one of them changes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from archive.places import gazetteer
from archive.records import Document, Source
from ingest.reading import Extracted
from search.criteria import All, Term
from search.port import SearchEngine, SourceEntries
from search.projection import entries, read_record


def projected(source: Source, documents: Sequence[Document]) -> SourceEntries:
    """All entries of a source, as the index holds them."""
    return entries(source, documents, gazetteer())


async def affected(changed: Sequence[Document], engine: SearchEngine) -> AsyncIterator[Extracted]:
    """The sources that hold changed documents, each with all of its documents, for a source is replaced as a whole.

    One whose own entry is not there is being written, or was left half written, and is left to who completes it.
    """
    by_id = {document.id: document for document in changed}
    for source in dict.fromkeys(document.source for document in changed):
        whole = All((Term("source_id", (source.id,)), Term("kind", ("SOURCE", "DOCUMENT"))))
        hits = [hit async for hit in engine.scan(whole)]
        records = [read_record(hit.kind, hit.record) for hit in hits]
        held = sorted((record for record in records if isinstance(record, Document)), key=lambda document: document.ordinal)
        if any(hit.id == source.id for hit in hits):
            yield Extracted(source, tuple(by_id.get(document.id, document) for document in held))
