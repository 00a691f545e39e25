"""Files into the archive: kept first, named in the journal next, searchable last. One bad file never stops a batch."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from archive.errors import UnreadableFile
from archive.ids import content_hash
from archive.originals import Writer
from archive.places import gazetteer
from archive.records import Document, Source
from ingest.files import Failure, Found, load, walk
from ingest.readers import MAX_BYTES
from ingest.reading import Extracted, Incoming, extract_all
from ingest.report import IngestReport, Progress, Silent
from ingest.reprints import settle, stored_documents
from search.criteria import Term
from search.port import SearchEngine, SourceEntries
from search.projection import entries

_BATCH_FILES = 50  # a commit costs little beside the extraction of fifty files, and progress shows only what is durable
_BATCH_BYTES = 8_000_000  # of originals: their records and entries take some ten times as much memory


async def ingest(
    paths: Sequence[Path],
    writer: Writer,
    engine: SearchEngine,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    max_bytes: int = MAX_BYTES,
) -> IngestReport:
    """Read the files behind `paths` into the archive that `writer` holds; what is there already is not stored twice.

    A file counts as there only when the index holds it too, so that a run which was killed is completed by the next one. Reprints are
    settled over the whole archive, and documents of earlier runs whose counted copy changes are written again. `executor` takes the
    extraction; any concurrent.futures.Executor does.

    Raises ArchiveLocked, ArchiveCorrupt or SearchUnavailable from the engine and OSError from the disk; what was reported as read by then
    stays, and the next run goes on from there.
    """
    run = _Run(writer, engine, progress or Silent(), executor, max_bytes)
    found = list(walk(paths, without=(writer.folder,)))
    run.progress.started(len(found))
    for batch in run.batches(found):
        await run.take(batch)
    run.finish()
    return run.report


class _Run:
    """One ingest on its way."""

    def __init__(self, writer: Writer, engine: SearchEngine, progress: Progress, executor: Executor | None, max_bytes: int) -> None:
        self.report = IngestReport()
        self.progress = progress
        self._writer = writer
        self._engine = engine
        self._executor = executor
        self._max_bytes = max_bytes
        self._seen: set[str] = set()
        self._bad: dict[str, str] = {}
        self._repeated: list[tuple[str, str]] = []

    def batches(self, found: Iterable[Found | Failure]) -> Iterator[list[Incoming]]:
        """What is to be read, loaded, in batches; what is not goes into the report."""
        batch: list[Incoming] = []
        size = 0
        for item in found:
            incoming = self._loaded(item)
            if incoming is None:
                continue
            batch.append(incoming)
            size += len(incoming.data)
            if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    async def take(self, batch: Sequence[Incoming]) -> None:
        """Extract, keep and index one batch."""
        there = await self._indexed(batch)
        new: list[tuple[Incoming, Extracted]] = []
        for incoming, result in zip(batch, await self._extracted(batch, there), strict=True):
            if result is None:
                self._already(incoming.label)
            elif isinstance(result, Failure):
                self._bad[incoming.sha256] = result.reason
                self._fail(Failure(incoming.label, result.reason))
            else:
                new.append((incoming, result))
        self._writer.add((incoming.name, result.source.media_type, incoming.data) for incoming, result in new)
        await self._index([result for _, result in new])

    def finish(self) -> None:
        """Say what became of files that repeat the bytes of another one of this run."""
        for name, sha256 in self._repeated:
            if sha256 in self._bad:
                self._fail(Failure(name, self._bad[sha256]))
            else:
                self._already(name)

    def _loaded(self, item: Found | Failure) -> Incoming | None:
        if isinstance(item, Failure):
            self._fail(item)
            return None
        if not item.chosen:
            self.report.skipped.append(item.name)
            self.progress.finished(item.name, "skipped")
            return None
        try:
            data = load(item.path, self._max_bytes)
        except UnreadableFile as refusal:
            self._fail(Failure(item.name, str(refusal)))
            return None
        sha256 = content_hash(data)
        if sha256 in self._seen:
            self._repeated.append((item.name, sha256))
            return None
        self._seen.add(sha256)
        kept = self._writer.known(sha256)
        return Incoming(kept.name if kept else item.name, data, sha256, item.name)

    def _already(self, name: str) -> None:
        self.report.already.append(name)
        self.progress.finished(name, "already there")

    def _fail(self, failure: Failure) -> None:
        self.report.failed.append(failure)
        self.progress.finished(failure.name, "failed")

    async def _indexed(self, batch: Sequence[Incoming]) -> set[str]:
        """The hashes of those that are there already: kept as they are, in the journal and in the index."""
        ids = {incoming.sha256: Source(sha256=incoming.sha256, name=incoming.name, size=len(incoming.data)).id for incoming in batch}
        indexed = await self._engine.get(list(ids.values()))
        return {sha256 for sha256, source_id in ids.items() if source_id in indexed and self._writer.holds(sha256)}

    async def _extracted(self, batch: Sequence[Incoming], there: set[str]) -> list[Extracted | Failure | None]:
        wanted = [incoming for incoming in batch if incoming.sha256 not in there]
        results = iter(await extract_all(wanted, self._max_bytes, self._executor))
        return [None if incoming.sha256 in there else next(results) for incoming in batch]

    async def _index(self, batch: Sequence[Extracted]) -> None:
        settled = await settle([document for result in batch for document in result.documents], self._engine)
        documents = {document.id: document for document in settled.documents}
        finished = [replace(result, documents=tuple(documents[old.id] for old in result.documents)) for result in batch]
        writing = [projected(result.source, result.documents) for result in finished]
        writing += [projected(source, held) async for source, held in _affected(settled.changed, self._engine)]
        refused = (await self._engine.write(writing)).refused if writing else ()
        for result in finished:
            name = result.source.name
            self.report.count(name, result.documents)
            self.progress.finished(name, "read")
        self.report.failed += [Failure(refusal.entry_id, f"the search index refused it: {refusal.reason}") for refusal in refused]


def projected(source: Source, documents: Sequence[Document]) -> SourceEntries:
    """All entries of a source, as the index holds them."""
    return entries(source, documents, gazetteer())


async def _affected(changed: Sequence[Document], engine: SearchEngine) -> AsyncIterator[tuple[Source, list[Document]]]:
    """The sources that hold changed documents, each with all of its documents, for a source is replaced as a whole."""
    by_id = {document.id: document for document in changed}
    for source in dict.fromkeys(document.source for document in changed):
        held = [document async for document in stored_documents(engine, Term("source_id", (source.id,)))]
        held.sort(key=lambda document: document.ordinal)
        yield source, [by_id.get(document.id, document) for document in held]
