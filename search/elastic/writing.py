"""Writing sources: as a whole, once, whoever else writes at the same time and whatever stops in the middle."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain

import msgspec
from anyio import Semaphore, sleep
from anyio.lowlevel import checkpoint

from archive.errors import ArchiveLocked
from search import mapping as mappings
from search.elastic import manifests
from search.elastic.bulk import Expired, Operation, Outcome, documents, send, side_by_side
from search.elastic.compile import Json
from search.elastic.connection import Connection
from search.elastic.manifests import Held
from search.entries import CheckedEntry, CheckedSource, check_source, indexed_text
from search.port import Refusal, SourceEntries, WriteReport

_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0  # seconds, at most, before a source that another writer took is tried again; doubles
_CLAIM_SECONDS = 1_800  # half of index.gc_deletes: as long as Elasticsearch remembers what was deleted, a late write cannot bring it back
_GROUP_ENTRIES, _GROUPS_AT_ONCE = 1_000, 3  # one is checked and claimed while others are indexed, so that neither side waits


class Writer:
    """Writes to what one alias names."""

    def __init__(self, connection: Connection, mapping: mappings.Mapping, target: str) -> None:
        self._connection = connection
        self._mapping = mapping
        self._target = target

    async def replace(self, batch: Iterable[SourceEntries]) -> WriteReport:
        """Replace each source; the last of two versions stands. Durable on return, and searchable after a refresh.

        Raises SearchUnavailable; ArchiveLocked when another process keeps writing the same sources; MissingIndex.
        """
        groups = list(_groups({one.source_id: one for one in batch}.values()))
        reports: list[WriteReport] = [WriteReport()] * len(groups)
        room = Semaphore(_GROUPS_AT_ONCE)

        async def one(at: int) -> None:
            async with room:
                reports[at] = await self._replace(groups[at])

        async with side_by_side() as tasks:
            for at in range(len(groups)):
                tasks.start_soon(one, at)
        return WriteReport(sum(part.written for part in reports), tuple(refusal for part in reports for refusal in part.refused))

    async def _replace(self, group: Sequence[SourceEntries]) -> WriteReport:
        sources: dict[str, CheckedSource] = {}
        for source in group:
            sources[source.source_id] = check_source(source, self._mapping)
            await checkpoint()
        report = WriteReport(refused=tuple(refusal for one in sources.values() for refusal in one.refused))
        deadline = time.monotonic() + self._connection.cluster.patience_seconds
        wait = _FIRST_WAIT
        while sources:
            done: dict[str, tuple[Refusal, ...]] = {}
            with suppress(Expired):
                done = await self._round(sources)
            for source_id, refused in done.items():
                written = len(sources.pop(source_id).entries) - len(refused)
                report = WriteReport(report.written + written, (*report.refused, *refused))
            if sources and not done:
                if time.monotonic() >= deadline:
                    raise ArchiveLocked("another process keeps writing the same sources; wait until it is done, and try again")
                await sleep(random.uniform(0, wait))  # noqa: S311 - jitter, so that two who wait do not knock in step
                wait = min(2 * wait, _LONGEST_WAIT)
        return report

    async def empty(self, source_ids: Iterable[str]) -> None:
        """Take out all entries of these sources. Raises as `replace` does."""
        wanted = list(dict.fromkeys(source_ids))
        there = await manifests.read(self._connection, self._target, wanted)
        await self.replace([SourceEntries(one, ()) for one in wanted if one in there])

    async def _round(self, sources: Mapping[str, CheckedSource]) -> dict[str, tuple[Refusal, ...]]:
        """One try at all of them: those that stand now, with what Elasticsearch refused of each."""
        present = await manifests.read(self._connection, self._target, sources)
        done = {one: held.refusals for one, held in present.items() if _stands(sources[one], held)}
        done |= {one: () for one, source in sources.items() if not source.entries and one not in present}
        wanted = {one: [entry.id for entry in source.entries] for one, source in sources.items() if one not in done}
        if not wanted:
            return done
        until = time.time() + _CLAIM_SECONDS
        claimed = await manifests.claim(self._connection, self._target, wanted, present)
        # The head of what is replaced goes out before anything else changes, and comes in last: who finds one finds its source complete.
        await self._send(_deletes([(one, one) for one in claimed if one in present], claimed), until)
        stale = await self._stale(claimed, wanted)
        outcomes = await self._send(chain(_deletes(stale, claimed), self._entries(sources, claimed, heads=False)), until)
        outcomes += await self._send(self._entries(sources, claimed, heads=True), until)
        overtaken = {outcome.source_id for outcome in outcomes if outcome.conflict}
        refusals = _by_source(outcomes)
        if refusals:  # what stood under their ids before is no part of the source any more
            olds = [(one, refusal.entry_id) for one, several in refusals.items() for refusal in several]
            await self._send(_deletes(olds, claimed), until)
        finished = {
            one: (held, _completed(held, sources[one], refusals.get(one, ()))) for one, held in claimed.items() if one not in overtaken
        }
        ours = await manifests.complete(self._connection, self._target, finished)
        return done | {one: refusals.get(one, ()) for one in ours}

    async def _send(self, operations: Iterator[Operation], until: float) -> list[Outcome]:
        return await send(self._connection, self._target, operations, until)

    async def _stale(self, claimed: Mapping[str, Held], wanted: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Entries of claimed sources that are to go; an id that another source holds by now stays."""
        gone = [(one, entry_id) for one, held in claimed.items() for entry_id in set(held.manifest.ids) - set(wanted[one])]
        stand = await documents(self._connection, self._target, gone, "source_id")
        return [pair for pair, raw in zip(gone, stand, strict=True) if not raw.get("found") or raw["_source"].get("source_id") == pair[0]]

    def _entries(self, sources: Mapping[str, CheckedSource], claimed: Mapping[str, Held], *, heads: bool) -> Iterator[Operation]:
        """The entries of claimed sources: the heads, which are those that have their source's own id, or all others."""
        for one, held in claimed.items():
            for entry in sources[one].entries:
                if (entry.id == one) is heads:
                    document = self._document(entry)
                    yield Operation.index(one, entry.id, document, **held.manifest.putting)

    def _document(self, entry: CheckedEntry) -> Json:
        """The entry as Elasticsearch takes it. The record is a string, so that it comes back to the byte."""
        document: Json = {"record": entry.record.decode(), **indexed_text(entry, self._mapping)}
        for name, values in entry.values.items():
            if self._mapping.fields[name].form is None:
                document[name] = values[0] if len(values) == 1 else values
        return document


def _groups(sources: Iterable[SourceEntries]) -> Iterator[list[SourceEntries]]:
    group: list[SourceEntries] = []
    size = 0
    for source in sources:
        group.append(source)
        size += len(source.entries)
        if size >= _GROUP_ENTRIES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _deletes(gone: Iterable[tuple[str, str]], claimed: Mapping[str, Held]) -> Iterator[Operation]:
    """An entry that is not there is deleted too: a slower writer with an older claim may be about to put it there."""
    for one, entry_id in gone:
        yield Operation.delete(one, entry_id, **claimed[one].manifest.deleting)


def _stands(source: CheckedSource, held: Held) -> bool:
    return held.manifest.complete and held.manifest.digest == source.digest


def _completed(held: Held, source: CheckedSource, refused: Sequence[Refusal]) -> manifests.Manifest:
    bad = {refusal.entry_id for refusal in refused}
    return msgspec.structs.replace(
        held.manifest,
        complete=True,
        digest=source.digest,
        ids=tuple(entry.id for entry in source.entries if entry.id not in bad),
        refused=tuple((refusal.entry_id, refusal.reason) for refusal in refused),
    )


def _by_source(outcomes: Iterable[Outcome]) -> dict[str, tuple[Refusal, ...]]:
    found: dict[str, tuple[Refusal, ...]] = {}
    for outcome in outcomes:
        if outcome.refused:
            found[outcome.source_id] = (*found.get(outcome.source_id, ()), Refusal(outcome.entry_id, outcome.why))
    return found
