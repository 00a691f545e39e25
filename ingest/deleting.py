"""Originals out of the archive, with all that was found in them.

A source is deleted as a whole: the originals are the archive, and an article of a page is none of them. Of an article alone the archive
would have to remember which stretch of a file not to see, and would lose that with the next better way to split files.

Order: the journal says that it is to go, copies of it in other sources change, its entries go, its original goes, the journal says that
it is gone. Each step may be repeated; what was cut short is completed by the next ingest, deletion or rebuild.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from archive.errors import ArchiveMissing
from archive.ids import source_id
from archive.originals import Originals, Writer
from archive.records import Document, Source
from ingest.reprints import left_behind
from ingest.uploads import forget
from ingest.whole_sources import affected, projected
from search.criteria import Term
from search.port import SearchEngine
from search.projection import read_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an id names: a source, and how many documents the index has of it."""

    sha256: str
    name: str
    documents: int

    @property
    def source_id(self) -> str:
        """Its id."""
        return source_id(self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What is gone, in entries of the index; `changed` counts documents of other sources that are now counted in its place, or alone."""

    source_id: str
    name: str
    documents: int = 0
    units: int = 0
    statistics: int = 0
    practices: int = 0
    changed: int = 0


async def target(identifier: str, originals: Originals, engine: SearchEngine) -> Target | None:
    """The source with this id, or that of the document with this id; None when there is neither.

    Raises ArchiveMissing for one whose original is on another machine.
    """
    hit = (await engine.get([identifier])).get(identifier)
    record = read_record(hit.kind, hit.record) if hit else None
    source = record.source if isinstance(record, Document) else record
    listed = originals.listed()
    if isinstance(source, Source):
        if source.sha256 not in listed and engine.kind.shared:
            raise ArchiveMissing("Its original is not on this machine; delete it on the one that FANGZHI_ORIGINALS is on.")
        held = [each async for each in engine.scan(Term("source_id", (source.id,))) if each.kind == "DOCUMENT"]
        return Target(sha256=source.sha256, name=source.name, documents=len(held))
    kept = next((one for one in listed.values() if source_id(one.sha256) == identifier), None)
    return Target(sha256=kept.sha256, name=kept.name, documents=0) if kept else None


async def delete(found: Target, by: str, writer: Writer, engine: SearchEngine) -> Deleted:
    """Delete a source. `by` goes into the journal: the id of a token, or what tells who it was.

    Raises ArchiveLocked, ArchiveCorrupt or SearchUnavailable from the engine and OSError from the disk; it is completed later then.
    """
    writer.remove(found.sha256, found.name, by)
    return await _gone(found.sha256, found.name, writer, engine)


async def complete(writer: Writer, engine: SearchEngine) -> list[Deleted]:
    """Finish the deletions that were cut short. Raises as `delete`."""
    pending = [removal for removal in writer.originals.removals().values() if not removal.done]
    return [await _gone(removal.sha256, removal.name, writer, engine) for removal in pending]


async def _gone(sha256: str, name: str, writer: Writer, engine: SearchEngine) -> Deleted:
    key = source_id(sha256)
    hits = [hit async for hit in engine.scan(Term("source_id", (key,)))]
    records = (read_record(hit.kind, hit.record) for hit in hits if hit.kind == "DOCUMENT")
    changed = await left_behind([record for record in records if isinstance(record, Document)], engine)
    writing = [projected(one.source, one.documents) async for one in affected(changed, engine)]
    if writing:
        await engine.write(writing)
    await engine.delete([key])
    writer.erase(sha256)
    forget(writer.originals.folder, sha256)
    kinds = Counter(hit.kind for hit in hits)
    return Deleted(
        source_id=key,
        name=name,
        documents=kinds["DOCUMENT"],
        units=kinds["UNIT"],
        statistics=kinds["STATISTIC"],
        practices=kinds["PRACTICE"],
        changed=len(changed),
    )
