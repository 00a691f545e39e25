"""Reprints across an archive: candidates come from the index, so that a new file is not compared with every old one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.records import Document
from ingest.duplicates import Copy, as_keyword, by_class, principals, related
from ingest.same_place import primary_codes
from search.criteria import All, Any, Exists, Not, Query, Term
from search.port import SearchEngine
from search.projection import read_record


@dataclass(frozen=True, slots=True)
class Settled:
    """New documents with `reprint_of` set, and documents of the index for which it changed by their coming."""

    documents: tuple[Document, ...]
    changed: tuple[Document, ...]


async def settle(documents: Sequence[Document], engine: SearchEngine) -> Settled:
    """Find the whole groups that `documents` belong to and choose the counted copy of each anew.

    The result is the same as if all documents of the archive had been compared at once, because every group is followed to its end.
    """
    copies, found = await _groups(documents, engine)
    repeats = principals(copies.values())
    settled = tuple(replace(document, reprint_of=repeats[document.id]) for document in documents)
    return Settled(settled, _changed(found, repeats))


async def left_behind(documents: Sequence[Document], engine: SearchEngine) -> tuple[Document, ...]:
    """The documents of the index for which the counted copy changes when `documents` go: a group may get another, or fall apart."""
    copies, found = await _groups(documents, engine)
    gone = {document.id for document in documents}
    return _changed(found, principals(copy for key, copy in copies.items() if key not in gone))


async def _groups(documents: Sequence[Document], engine: SearchEngine) -> tuple[dict[str, Copy], dict[str, Document]]:
    """The whole groups that `documents` belong to, and the documents of the index among them that are none of these, by id."""
    copies = {document.id: Copy.of(document) for document in documents}
    found: dict[str, Document] = {}
    waiting = list(documents)
    while waiting:
        document = waiting.pop()
        async for other in candidates(document, engine):
            if other.id not in copies and related(copies[document.id], copy := Copy.of(other)):
                found[other.id], copies[other.id] = other, copy
                waiting.append(other)
    return copies, found


def _changed(found: Mapping[str, Document], repeats: Mapping[str, str | None]) -> tuple[Document, ...]:
    old = (document for _, document in sorted(found.items()))
    return tuple(replace(document, reprint_of=repeats[document.id]) for document in old if document.reprint_of != repeats[document.id])


async def candidates(document: Document, engine: SearchEngine) -> AsyncIterator[Document]:
    """Documents of the index that share a value of every class with this one: all that can be related to it."""
    classes = by_class(document.shingles)
    if not all(classes):
        return
    share: Query = All(tuple(Term("shingles", tuple(map(as_keyword, values))) for values in classes))
    places = tuple(sorted(primary_codes(document)))
    if places:
        share = All((share, Any((Term("place_primary_all", places), Not(Exists("place_primary_all"))))))
    async for other in stored_documents(engine, share):
        yield other


async def stored_documents(engine: SearchEngine, query: Query) -> AsyncIterator[Document]:
    """The documents of the index that match."""
    async for hit in engine.scan(All((query, Term("kind", ("DOCUMENT",))))):
        record = read_record(hit.kind, hit.record)
        if isinstance(record, Document):
            yield record
