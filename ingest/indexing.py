"""Files into the archive: kept first, named in the journal next, searchable last. One bad file never stops a batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic

from archive.ids import content_hash, source_id
from archive.originals import Original, Writer
from ingest.deleting import complete
from ingest.files import Failure, Found, shown, walk
from ingest.opening import arriving
from ingest.readers import MAX_BYTES
from ingest.reading import Extracted, Extraction, Incoming, extract, safely
from ingest.report import IngestReport, Progress, Silent
from ingest.reprints import settle
from ingest.unpacking import Member, Passed, Unpacked
from ingest.whole_sources import affected, projected
from search.criteria import Query, SearchRequest, Term
from search.port import SearchEngine

_BATCH_FILES = 50  # a commit costs little beside the extraction of fifty files, and progress shows only what is durable
_KEEP_SECONDS = 3.0  # work older than this is written as soon as the file in hand is done, so that an interruption costs little
_BATCH_BYTES = 8_000_000  # of originals: their records and entries take some ten times as much memory
_LOOKS = 10  # at what others wrote in the meantime; two are enough unless many write copies of one text at once
_LOOK_UPS = 1_000  # sources asked for at a time


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

    A run that was cut short is completed by the next one, whatever it is given: originals that the index lacks are read again, deletions
    are finished. Reprints are settled over the whole archive, and documents of earlier runs whose counted copy changes are written again.
    `executor` takes the extraction; any concurrent.futures.Executor does.

    Raises ArchiveLocked, ArchiveCorrupt or SearchUnavailable from the engine and OSError from the disk; what was reported as read by then
    stays, and the next run goes on from there.
    """
    watching = progress or Silent()
    with Extraction(partial(extract, limit=max_bytes), executor, watching.page) as extraction:
        run = _Run(writer, engine, watching, extraction, partial(arriving, largest=max_bytes, executor=executor))
        found = list(walk(paths, without=(writer.folder,)))
        run.progress.started(len(found))
        await complete(writer, engine)
        await run.take(found)
        await run.take(await run.unindexed())
        await run.finish()
    return run.report


class _Run:
    """One ingest on its way."""

    def __init__(
        self,
        writer: Writer,
        engine: SearchEngine,
        progress: Progress,
        extraction: Extraction[Extracted],
        arriving: Callable[[Path], Iterator[Unpacked]],
    ) -> None:
        self.report = IngestReport()
        self.progress = progress
        self._writer = writer
        self._engine = engine
        self._extraction = extraction
        self._files = arriving
        self._seen: set[str] = set()
        self._written: list[str] = []
        self._bad: dict[str, str] = {}
        self._repeated: list[tuple[str, str]] = []
        self._names = {original.name: original.sha256 for original in writer.listed()}

    def batches(self, found: Iterable[Found | Failure | Original]) -> Iterator[list[Incoming]]:
        """What is to be read, loaded, in batches; what is not goes into the report."""
        batch: list[Incoming] = []
        size = 0
        for incoming in chain.from_iterable(map(self._loaded, found)):
            batch.append(incoming)
            size += len(incoming.data)
            if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    async def take(self, found: Iterable[Found | Failure | Original]) -> None:
        """Extract, keep and index, batch by batch; with an executor the next batch is extracted while one is written."""
        begun: deque[tuple[list[Incoming], set[str]]] = deque()
        for batch in self.batches(found):
            there = await self._indexed(batch)
            for incoming in batch:
                if incoming.sha256 not in there:
                    self._extraction.begin(incoming)
            begun.append((batch, there))
            if len(begun) > self._extraction.parallel:
                await self._complete(*begun.popleft())
        while begun:
            await self._complete(*begun.popleft())

    async def _complete(self, batch: Sequence[Incoming], there: set[str]) -> None:
        """Keep and index what was extracted from a batch; `there` are the hashes that need nothing."""
        new: list[tuple[Incoming, Extracted]] = []
        last = monotonic()
        for incoming in batch:
            if incoming.sha256 in there:
                self._already(incoming.label, incoming.sha256)
                continue
            self.progress.reading(incoming.label)
            result = await self._extraction.result(incoming)
            if isinstance(result, Failure):
                self._bad[incoming.sha256] = result.reason
                self._fail(Failure(incoming.label, result.reason))
            else:
                new.append((incoming, result))
            if monotonic() - last > _KEEP_SECONDS:
                await self._keep(new)
                new, last = [], monotonic()
        await self._keep(new)

    async def unindexed(self) -> list[Original | Failure]:
        """The originals of earlier runs that the index lacks. Counts first: in a whole archive nothing is looked up.

        An index that others write to may hold as many sources and lack one of ours.
        """
        status = await self._engine.status()
        originals = self._writer.listed()
        if status.entries.get("SOURCE", 0) >= len(originals) and not self._engine.kind.shared:
            return []
        lacking: list[Original | Failure] = []
        for start in range(0, len(originals), _LOOK_UPS):
            some = {source_id(original.sha256): original for original in originals[start : start + _LOOK_UPS]}
            indexed = await self._engine.get(list(some))
            lacking += [original for key, original in some.items() if key not in indexed and original.sha256 not in self._seen]
        return lacking

    async def finish(self) -> None:
        """Say what became of files that repeat the bytes of another one of this run, and which documents are reprints after all of them."""
        reprints: dict[str, Query] = {"kind": Term("kind", ("DOCUMENT",)), "reprint": Term("is_reprint", (True,))}
        self.report.reprints = 0
        for start in range(0, len(self._written), _LOOK_UPS):
            some = Term("source_id", tuple(self._written[start : start + _LOOK_UPS]))
            self.report.reprints += (await self._engine.search(SearchRequest(some, filters=reprints, size=0))).total
        for name, sha256 in self._repeated:
            if sha256 in self._bad:
                self._fail(Failure(name, self._bad[sha256]))
            else:
                self._already(name, sha256)

    def _loaded(self, item: Found | Failure | Original) -> Iterator[Incoming]:
        if isinstance(item, Failure):
            self._fail(item)
        elif isinstance(item, Original):
            yield from self._again(item)
        elif not item.chosen:
            self._skip(item.label)
        else:
            yield from self._arriving(item)

    def _arriving(self, item: Found) -> Iterator[Incoming]:
        """The file, or what is in it; a container itself is done when all of its files were handed on."""
        done = False
        for found in self._files(item.path):
            if (found.name if isinstance(found, Failure) else found.label) == item.label:
                done = True
            else:
                self.progress.more(1)
            if isinstance(found, Failure):
                self._fail(found)
            elif isinstance(found, Passed):
                self._skip(found.label)
            else:
                yield from self._new(found)
        if not done:
            self.progress.finished(item.label, "unpacked")

    def _new(self, member: Member) -> Iterator[Incoming]:
        if member.warning:
            self.report.warnings.append(f"{member.label}: {member.warning}")
        sha256 = content_hash(member.data)
        if sha256 in self._seen:
            self._repeated.append((member.label, sha256))
            return
        self._seen.add(sha256)
        kept = self._writer.known(sha256)
        yield Incoming(kept.name if kept else member.name, member.data, sha256, member.label)

    def _again(self, original: Original) -> Iterator[Incoming]:
        data = safely(original.name, lambda: self._writer.originals.read(original.sha256))
        if isinstance(data, Failure):
            self._fail(Failure(shown(original.name), data.reason))
            return
        yield Incoming(original.name, data, original.sha256, shown(original.name), kept=True)

    def _already(self, name: str, sha256: str) -> None:
        self.report.already.append(name)
        self.report.sources.append(source_id(sha256))
        self.progress.finished(name, "already there")

    def _skip(self, label: str) -> None:
        self.report.skipped.append(label)
        self.progress.finished(label, "skipped")

    def _fail(self, failure: Failure) -> None:
        self.report.failed.append(failure)
        self.progress.finished(failure.name, "failed")

    async def _indexed(self, batch: Sequence[Incoming]) -> set[str]:
        """The hashes of those that are there already: kept as they are, in the journal and in the index."""
        ids = {incoming.sha256: source_id(incoming.sha256) for incoming in batch}
        indexed = await self._engine.get(list(ids.values()))
        return {sha256 for sha256, source_id in ids.items() if source_id in indexed and self._writer.holds(sha256)}

    async def _keep(self, new: Sequence[tuple[Incoming, Extracted]]) -> None:
        """Write originals, then journal, then index; a file is reported when it is in all three."""
        for incoming, _ in new:
            if self._names.get(incoming.name, incoming.sha256) != incoming.sha256 and self._writer.known(incoming.sha256) is None:
                name = shown(incoming.name)
                self.report.warnings.append(f"{incoming.label}: another version of {name} is in the archive already; both are kept")
        self._writer.add((incoming.name, result.source.media_type, incoming.data) for incoming, result in new)
        finished = await self._settle_and_write([result for _, result in new])
        for (incoming, _), result in zip(new, finished, strict=True):
            self.report.count(incoming.label, result.source, result.documents, incoming.kept)
            self._written.append(result.source.id)
            self.progress.finished(incoming.label, "completed" if incoming.kept else "read")

    async def _settle_and_write(self, batch: list[Extracted]) -> list[Extracted]:
        """Into the index, with the documents of other sources that become reprints, or cease to be, by their coming.

        Where others write too, it looks again: of two that wrote copies of one text at once, the one that looks last sees both.
        """
        work = {one.source.id: one for one in batch}
        written: dict[str, Extracted] = {}
        for _ in range(_LOOKS):
            settled = await settle([document for one in work.values() for document in one.documents], self._engine)
            documents = {document.id: document for document in settled.documents}
            work = {key: replace(one, documents=tuple(documents[old.id] for old in one.documents)) for key, one in work.items()}
            work |= {one.source.id: one async for one in affected(settled.changed, self._engine)}
            writing = [one for key, one in work.items() if written.get(key) != one]
            if not writing:
                break
            new = {one.source.id for one in batch}
            changed = [one for one in writing if one.source.id not in new]
            # What is changed goes first where a write is not one step: a new source that is there is then a sign that all was done.
            for part in (changed, [one for one in writing if one.source.id in new]) if self._engine.kind.shared else (writing,):
                refused = (await self._engine.write([projected(one.source, one.documents) for one in part])).refused if part else ()
                self.report.failed += [Failure(refusal.entry_id, f"the search index refused it: {refusal.reason}") for refusal in refused]
            if not self._engine.kind.shared:
                break
            written = work
        return [work[one.source.id] for one in batch]
