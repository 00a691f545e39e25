"""The index anew from the originals and their journal; it answers every query as the one before it did."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from archive.errors import ArchiveCorrupt, SearchUnavailable
from archive.ids import source_id
from archive.originals import Original, Writer
from archive.records import Source
from ingest.duplicates import Copy, principals
from ingest.files import Failure, shown
from ingest.reading import Extracted, Extraction, Incoming, extract, safely
from ingest.report import IngestReport, Progress, Silent
from ingest.spool import Spool
from ingest.whole_sources import projected
from search.criteria import Term
from search.port import SearchEngine, SourceEntries
from search.projection import read_record

_BATCH = 50
_NAMED = 5  # originals named in a refusal; `fangzhi verify` names them all


async def rebuild(
    writer: Writer, engine: SearchEngine, progress: Progress | None = None, *, force: bool = False, executor: Executor | None = None
) -> IngestReport:
    """Read every original again and swap the new index in when it is complete; until then the old one answers.

    Originals that the journal does not name are taken into it first, under the name that the old index knows or one made of their hash.
    When an original is gone, damaged or cannot be read any more, or the old index holds a source without one, the old index stays, unless
    `force`: then the new index does without them, and they are listed as failed. `executor` takes the extraction, as in ingest.

    Raises ArchiveLocked, SearchUnavailable, and ArchiveCorrupt with the names of what would have been lost.
    """
    watching = progress or Silent()
    report = IngestReport()
    before = await engine.status()
    old = await _sources(engine, force)
    lost = _adopt(writer, old, report)
    originals = writer.listed()
    kept = {source_id(original.sha256) for original in originals}
    gone = "the index holds it and its original is gone"
    if engine.kind.shared:
        gone += ", or on another machine: FANGZHI_ORIGINALS names the folder that has them all"
    deleted = {source_id(removal.sha256): removal for removal in writer.originals.removals().values()}
    for key, source in old.items():
        if key not in kept and key not in deleted:
            lost.setdefault(key, Failure(source.name, gone))
    watching.started(len(originals))
    copies: list[Copy] = []
    with Spool(writer.folder) as spool:
        with Extraction(partial(extract, limit=sys.maxsize), executor, watching.page) as extraction:
            arriving = extraction.in_order(_loaded(writer, originals), lambda original: watching.reading(shown(original.name)))
            async for original, found in arriving:
                if isinstance(found, Failure):
                    lost[source_id(original.sha256)] = found
                else:
                    copies += map(Copy.of, found.documents)
                    spool.put(found)
                watching.finished(shown(original.name), "failed" if isinstance(found, Failure) else "read")
        _refuse(lost, force)
        batches = _batches(spool, principals(copies), report)
        written = await engine.rebuild(batches, before.generation if before.ready else None)
    for removal in deleted.values():
        if not removal.done:  # its deletion was cut short
            writer.erase(removal.sha256)
    report.failed += [Failure(shown(failure.name), failure.reason) for failure in lost.values()]
    report.failed += [Failure(refusal.entry_id, f"the search index refused it: {refusal.reason}") for refusal in written.refused]
    return report


async def _batches(
    spool: Iterable[Extracted], repeats: Mapping[str, str | None], report: IngestReport
) -> AsyncIterator[Sequence[SourceEntries]]:
    """The entries of all sources, with the reprints among their documents marked."""
    batch: list[SourceEntries] = []
    for found in spool:
        documents = [replace(document, reprint_of=repeats.get(document.id)) for document in found.documents]
        report.count(shown(found.source.name), found.source, documents)
        batch.append(projected(found.source, documents))
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _refuse(lost: Mapping[str, Failure], force: bool) -> None:
    """Raise ArchiveCorrupt when something would be lost that nobody agreed to lose."""
    if not lost or force:
        return
    named = "; ".join(f"{shown(failure.name)}: {failure.reason.rstrip('.')}" for failure in list(lost.values())[:_NAMED])
    more = f"; and {len(lost) - _NAMED:,} more" if len(lost) > _NAMED else ""
    raise ArchiveCorrupt(
        f"The old index was kept, because {len(lost):,} of the originals cannot be read ({named}{more}); "
        "restore them or ingest their files again, or build without them by `fangzhi rebuild --force`."
    )


async def _sources(engine: SearchEngine, force: bool) -> dict[str, Source]:
    """The sources that the old index holds, by id; none when it cannot be read, which is what a rebuild is there to mend.

    An engine that does not answer may do so later; with `force` it is not waited for. Raises SearchUnavailable.
    """
    found: dict[str, Source] = {}
    try:
        async for hit in engine.scan(Term("kind", ("SOURCE",))):
            record = read_record(hit.kind, hit.record)
            if isinstance(record, Source):
                found[hit.id] = record
    except ArchiveCorrupt:
        return {}
    except SearchUnavailable as error:
        if force:
            return {}
        raise SearchUnavailable(
            f"The old index does not answer ({str(error).rstrip('.')}); when it never will again, as after a lost disk, "
            "`fangzhi rebuild --force` makes a new one without asking it."
        ) from error
    return found


def _adopt(writer: Writer, old: dict[str, Source], report: IngestReport) -> dict[str, Failure]:
    """Take the orphans into the journal; what comes back could not be, because it is damaged."""
    failures: dict[str, Failure] = {}
    for sha256 in writer.originals.orphans():
        known = old.get(source_id(sha256))
        name = known.name if known and known.sha256 == sha256 else f"original-{sha256[:12]}"
        data = safely(name, lambda sha256=sha256: writer.originals.read(sha256))  # type: ignore[misc]
        if isinstance(data, Failure):
            failures[source_id(sha256)] = data
            continue
        writer.add([(name, known.media_type if known else "text/plain", data)])
        report.warnings.append(f"{shown(name)}: the journal did not name this original; it does again")
    return failures


def _loaded(writer: Writer, originals: Iterable[Original]) -> Iterator[tuple[Original, Incoming | Failure]]:
    """Each original with its bytes, whatever its size: it was let in once."""
    for original in originals:
        data = safely(original.name, lambda original=original: writer.originals.read(original.sha256))  # type: ignore[misc]
        yield original, data if isinstance(data, Failure) else Incoming(original.name, data, original.sha256, shown(original.name))
