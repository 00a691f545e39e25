"""The port on tantivy: no server, one folder. The synchronous work is done in worker threads, searches apart from writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from tantivy import Schema

from archive.errors import ArchiveError, ArchiveLocked, SearchUnavailable
from search import mapping as mappings
from search.checking import after_position, check
from search.criteria import Query, Scalar, SearchRequest
from search.embedded import schema as schemas
from search.embedded.faults import translated
from search.embedded.reading import Reader
from search.embedded.rebuilding import Rebuild, update
from search.embedded.storage import Folder
from search.embedded.writing import Session
from search.port import EngineKind, EngineStatus, Hit, SearchPage, SourceEntries, WriteReport

T = TypeVar("T")
_THREADS = 8
_SEARCHES: RunVar[CapacityLimiter] = RunVar("fangzhi searches")
_WRITES: RunVar[CapacityLimiter] = RunVar("fangzhi writes")
_SCANNED = 100  # entries read in one go; a document's record can be some hundred kilobytes


class EmbeddedEngine:
    """Implements search.port.SearchEngine. Any number of processes may read; one at a time writes."""

    kind = EngineKind.EMBEDDED

    def __init__(self, folder: Folder, mapping: mappings.Mapping, schema: Schema, lock_wait: float) -> None:
        """Use `open`."""
        self._folder = folder
        self._mapping = mapping
        self._schema = schema
        self._lock_wait = lock_wait
        self._reader = Reader(folder, mapping, schema)
        self._closed = False

    @classmethod
    def open(cls, folder: Path, *, lock_wait: float = 10.0) -> EmbeddedEngine:
        """The engine on `folder`, which need not exist; `lock_wait` is how many seconds a write waits for another process.

        Never fails: what is wrong with the folder is said by `status` and by the first call that needs it, so that `rebuild` can mend it.
        """
        mapping = mappings.archive()
        return cls(Folder(folder), mapping, schemas.build(mapping), lock_wait)

    async def search(self, request: SearchRequest) -> SearchPage:
        """Answer a search. Raises BadRequest, BadCursor, ArchiveCorrupt or SearchUnavailable."""
        check(request, self._mapping)
        after = after_position(request, self._mapping)
        return await self._run(_SEARCHES, lambda: self._search(request, after))

    async def get(self, ids: Sequence[str]) -> Mapping[str, Hit]:
        """The entries with these ids, in the order asked for."""
        return await self._run(_SEARCHES, lambda: self._get(ids))

    async def scan(self, query: Query) -> AsyncIterator[Hit]:
        """Every entry that matches, in order of id, from one state of the index. Raises as `search` does, and holds few entries at a time.

        The position of a hit is that of an order by id.
        """
        check(SearchRequest(query=query), self._mapping)
        found = await self._run(_SEARCHES, lambda: self._reader.state().scan(query))
        while some := await self._run(_SEARCHES, lambda: list(islice(found, _SCANNED))):
            for hit in some:
                yield hit

    async def write(self, batch: Sequence[SourceEntries]) -> WriteReport:
        """Replace sources. Raises ArchiveLocked, ArchiveCorrupt, or SearchUnavailable when the disk is full."""
        return await self._run(_WRITES, lambda: self._update(lambda session: session.replace(batch)))

    async def delete(self, source_ids: Sequence[str]) -> None:
        """Take out sources. Raises as `write` does."""
        await self._run(_WRITES, lambda: self._update(lambda session: session.delete(source_ids)))

    async def rebuild(self, batches: AsyncIterable[Sequence[SourceEntries]], since: str | None = None) -> WriteReport:
        """Build beside, then swap; whatever ends it early leaves the old index answering. Nobody else writes from its beginning on."""
        if since is not None and (await self.status()).generation != since:
            raise ArchiveLocked("something was written since the rebuild began, so the old index was kept; run the rebuild again")
        build = Rebuild(self._folder, self._mapping, self._schema, self._lock_wait)
        try:
            await self._run(_WRITES, build.begin)
            async for batch in batches:
                await self._run(_WRITES, lambda batch=batch: build.add(batch))  # type: ignore[misc]
            return await self._run(_WRITES, build.finish)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(build.close)

    async def status(self) -> EngineStatus:
        """What it holds; never raises."""
        try:
            return await self._run(_SEARCHES, self._status)
        except ArchiveError as error:
            return EngineStatus(ready=False, kind=self.kind, generation="", reason=str(error))

    async def close(self) -> None:
        """Let go of the index's files; safe to call twice."""
        self._closed = True
        self._reader.close()

    async def _run(self, limiters: RunVar[CapacityLimiter], work: Callable[[], T]) -> T:
        """The outcome of work in one of the threads.

        A search's thread cannot be stopped: when its caller gives up it keeps its place until it has ended, or requests that run out of
        time would start threads without end. What only waits for a place is given up with its caller, or it would pile up without end.
        """
        if self._closed:
            raise SearchUnavailable("this search engine was closed; open the archive again")
        limiter = limiters.get(None)
        if limiter is None:
            limiter = CapacityLimiter(_THREADS)
            limiters.set(limiter)

        begun = False

        def guarded() -> T:
            nonlocal begun
            begun = True
            with translated():
                return work()

        if limiters is _WRITES:
            return await to_thread.run_sync(guarded, limiter=limiter)
        call = asyncio.ensure_future(to_thread.run_sync(guarded, limiter=limiter))
        try:
            return await asyncio.shield(call)
        except asyncio.CancelledError:
            if begun:
                call.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody waits for it any more
            else:
                call.cancel()
            raise

    def _update(self, change: Callable[[Session], None]) -> WriteReport:
        return update(self._folder, self._mapping, self._schema, self._lock_wait, change)

    def _search(self, request: SearchRequest, after: tuple[Scalar | None, str] | None) -> SearchPage:
        return self._reader.state().search(request, after)

    def _get(self, ids: Sequence[str]) -> dict[str, Hit]:
        wanted = [entry_id for entry_id in dict.fromkeys(ids) if _is_text(entry_id)]
        found = self._reader.state().get(wanted) if wanted else {}
        return {entry_id: found[entry_id] for entry_id in wanted if entry_id in found}

    def _status(self) -> EngineStatus:
        state = self._reader.state()
        return EngineStatus(True, self.kind, state.name, state.counts())


def _is_text(value: str) -> bool:
    """Whether it can be an id at all: a lone surrogate has no UTF-8 form."""
    try:
        return bool(value.encode())
    except UnicodeEncodeError:
        return False
