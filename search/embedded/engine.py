"""The port on tantivy: no server, one folder. The synchronous work is done in worker threads, searches apart from writes."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from tantivy import Query as TantivyQuery
from tantivy import Schema

from archive.errors import ArchiveError, SearchUnavailable
from search import mapping as mappings
from search.checking import after_position, check
from search.criteria import Scalar, SearchRequest
from search.embedded import results
from search.embedded import schema as schemas
from search.embedded.compile import all_of, constant_score
from search.embedded.faults import translated
from search.embedded.ordering import Row, View
from search.embedded.reading import Reader
from search.embedded.rebuilding import Rebuild, update
from search.embedded.storage import Folder
from search.embedded.writing import Session
from search.port import EngineKind, EngineStatus, FacetResult, Hit, MetricResult, SearchPage, SourceEntries, WriteReport

T = TypeVar("T")
_THREADS = 8
_SEARCHES: RunVar[CapacityLimiter] = RunVar("fangzhi searches")
_WRITES: RunVar[CapacityLimiter] = RunVar("fangzhi writes")
_IDS_AT_ONCE = 10_000


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

    async def write(self, batch: Sequence[SourceEntries]) -> WriteReport:
        """Replace sources. Raises ArchiveLocked, ArchiveCorrupt, or SearchUnavailable when the disk is full."""
        return await self._run(_WRITES, lambda: self._update(lambda session: session.replace(batch)))

    async def delete(self, source_ids: Sequence[str]) -> None:
        """Take out sources. Raises as `write` does."""
        await self._run(_WRITES, lambda: self._update(lambda session: session.delete(source_ids)))

    async def rebuild(self, batches: AsyncIterable[Sequence[SourceEntries]]) -> WriteReport:
        """Build beside, then swap; whatever ends it early leaves the old index answering."""
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
        if self._closed:
            raise SearchUnavailable("this search engine was closed; open the archive again")
        limiter = limiters.get(None)
        if limiter is None:
            limiter = CapacityLimiter(_THREADS)
            limiters.set(limiter)

        def guarded() -> T:
            with translated():
                return work()

        return await to_thread.run_sync(guarded, limiter=limiter)

    def _update(self, change: Callable[[Session], None]) -> WriteReport:
        return update(self._folder, self._mapping, self._schema, self._lock_wait, change)

    def _search(self, request: SearchRequest, after: tuple[Scalar | None, str] | None) -> SearchPage:
        _, view = self._reader.view()
        if view is None:
            nothing = {facet.name: FacetResult(()) for facet in request.facets}
            return SearchPage((), 0, facets=nothing, metrics={metric.name: MetricResult(0) for metric in request.metrics})
        query = view.compiler.query(request.query)
        filters = dict(zip(request.filters, view.compiler.filters(request.filters.values()), strict=True))
        base = all_of([query, *filters.values()])
        rows = view.page(base, request, after, constant_score(request.query))
        return SearchPage(
            hits=tuple(results.hit(row, request.sort.field is None) for row in rows),
            total=view.count(base),
            facets=results.facets(view, query, filters, request),
            metrics=results.metrics(view, base, request),
        )

    def _get(self, ids: Sequence[str]) -> dict[str, Hit]:
        _, view = self._reader.view()
        wanted = [entry_id for entry_id in dict.fromkeys(ids) if _is_text(entry_id)]
        if view is None or not wanted:
            return {}
        found: dict[str, Hit] = {}
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            found |= self._get_some(view, wanted[start : start + _IDS_AT_ONCE])
        return {entry_id: found[entry_id] for entry_id in wanted if entry_id in found}

    def _get_some(self, view: View, ids: list[str]) -> dict[str, Hit]:
        query = TantivyQuery.term_set_query(self._schema, "id", ids)
        documents = [view.searcher.doc(address) for _, address in view.searcher.search(query, limit=len(ids), count=False).hits]
        rows = [Row(None, str(document.get_first("id")), document) for document in documents]
        return {row.id: results.hit(row, False) for row in rows}

    def _status(self) -> EngineStatus:
        name, view = self._reader.view()
        return EngineStatus(True, self.kind, name, {} if view is None else results.count_by(view, "kind"))


def _is_text(value: str) -> bool:
    """Whether it can be an id at all: a lone surrogate has no UTF-8 form."""
    try:
        return bool(value.encode())
    except UnicodeEncodeError:
        return False
