"""The index anew from the originals and their journal; it answers every query as the one before it did."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from archive.originals import Original, Originals
from ingest import readers
from ingest.duplicates import Copy, find_shingles, principals
from ingest.files import Failure
from ingest.indexing import projected
from ingest.pipeline import drafts
from ingest.reading import Extracted, extract, safely
from ingest.report import IngestReport, Progress, Silent
from search.port import SearchEngine, SourceEntries

_BATCH = 50


async def rebuild(archive: Originals, engine: SearchEngine, progress: Progress | None = None) -> IngestReport:
    """Read every original again and swap the new index in when it is complete; until then the old one answers.

    An original that is gone or damaged is listed as failed, and all others are in. Nothing is read from the old index.

    Raises ArchiveLocked, ArchiveCorrupt for a damaged journal, SearchUnavailable.
    """
    watching = progress or Silent()
    report = IngestReport()
    originals = list(archive.listed().values())
    watching.started(len(originals))
    repeats = principals([copy for original in originals for copy in _copies(archive, original)])

    async def batches() -> AsyncIterator[Sequence[SourceEntries]]:
        batch: list[SourceEntries] = []
        for original in originals:
            result = _extracted(archive, original)
            if isinstance(result, Failure):
                report.failed.append(result)
                watching.finished(result.name, "failed")
                continue
            documents = [replace(document, reprint_of=repeats.get(document.id)) for document in result.documents]
            report.count(original.name, documents)
            batch.append(projected(result.source, documents))
            watching.finished(original.name, "read")
            if len(batch) >= _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    written = await engine.rebuild(batches())
    report.failed += [Failure(refusal.entry_id, f"the search index refused it: {refusal.reason}") for refusal in written.refused]
    return report


def _copies(archive: Originals, original: Original) -> list[Copy]:
    """What reprints are found by, without the stages that are not needed for it; nothing for what the second reading will report."""

    def work() -> list[Copy]:
        raw = readers.read(original.name, archive.read(original.sha256), limit=original.size)
        return [Copy.of(find_shingles(document)) for document in drafts(raw)]

    found = safely(original.name, work)
    return [] if isinstance(found, Failure) else found


def _extracted(archive: Originals, original: Original) -> Extracted | Failure:
    return safely(original.name, lambda: extract(original.name, archive.read(original.sha256), limit=original.size))
