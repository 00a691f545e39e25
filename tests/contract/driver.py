"""An engine driven from synchronous tests, and short ways to make entries."""

from __future__ import annotations

import atexit
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import Any, TypeVar

import msgspec
from anyio.from_thread import BlockingPortal, start_blocking_portal

from search.criteria import Everything, Query, Scalar, SearchRequest, Sort
from search.port import EngineStatus, Entry, FieldValue, Hit, SearchEngine, SearchPage, SourceEntries, WriteReport

T = TypeVar("T")
_KEPT = ExitStack()
atexit.register(_KEPT.close)


@cache
def portal() -> BlockingPortal:
    """The one event loop that all engines of a test process live in, as those of a server do; it ends with the process."""
    return _KEPT.enter_context(start_blocking_portal())


def entry(entry_id: str, kind: str = "UNIT", **fields: FieldValue) -> Entry:
    return Entry(entry_id, kind, fields, msgspec.json.encode({"id": entry_id}))


def source(source_id: str, *entries: Entry) -> SourceEntries:
    return SourceEntries(source_id, entries)


class Driver:
    """The port's methods, each run to its end."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine

    def run(self, work: Callable[..., Awaitable[T]], *given: Any) -> T:
        return portal().call(work, *given)

    def search(self, request: SearchRequest) -> SearchPage:
        return self.run(self.engine.search, request)

    def ids(self, query: Query, **filters: Query) -> list[str]:
        page = self.search(SearchRequest(query=query, filters=filters, size=1000))
        assert page.total == len(page.hits)
        return [hit.id for hit in page.hits]

    def get(self, ids: Sequence[str]) -> Mapping[str, Hit]:
        return self.run(self.engine.get, ids)

    def scan(self, query: Query) -> list[Hit]:
        async def every() -> list[Hit]:
            return [hit async for hit in self.engine.scan(query)]

        return self.run(every)

    def write(self, *batch: SourceEntries) -> WriteReport:
        return self.run(self.engine.write, batch)

    def put(self, *entries: Entry) -> None:
        assert self.write(source("SRC-1", *entries)) == WriteReport(len(entries))

    def delete(self, *source_ids: str) -> None:
        self.run(self.engine.delete, source_ids)

    def rebuild(self, batches: Iterable[Sequence[SourceEntries]]) -> WriteReport:
        async def stream() -> AsyncIterator[Sequence[SourceEntries]]:
            for batch in batches:
                yield batch

        return self.run(self.engine.rebuild, stream())

    def status(self) -> EngineStatus:
        return self.run(self.engine.status)

    def close(self) -> None:
        self.run(self.engine.close)

    def paged(self, query: Query = Everything(), sort: Sort = Sort(), size: int = 7) -> list[Hit]:  # noqa: B008 - frozen
        """All hits, page by page, each page behind the last hit of the one before."""
        found: list[Hit] = []
        after: tuple[Scalar | None, ...] | None = None
        while True:
            page = self.search(SearchRequest(query=query, sort=sort, size=size, after=after))
            found.extend(page.hits)
            if len(page.hits) < size:
                return found
            after = page.hits[-1].position
