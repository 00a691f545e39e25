"""An engine driven from synchronous tests, and short ways to make entries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

import anyio
import msgspec

from search.criteria import Everything, Query, Scalar, SearchRequest, Sort
from search.port import EngineStatus, Entry, FieldValue, Hit, SearchEngine, SearchPage, SourceEntries, WriteReport


def entry(entry_id: str, kind: str = "UNIT", **fields: FieldValue) -> Entry:
    return Entry(entry_id, kind, fields, msgspec.json.encode({"id": entry_id}))


def source(source_id: str, *entries: Entry) -> SourceEntries:
    return SourceEntries(source_id, entries)


class Driver:
    """The port's methods, each run to its end."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine

    def search(self, request: SearchRequest) -> SearchPage:
        return anyio.run(self.engine.search, request)

    def ids(self, query: Query, **filters: Query) -> list[str]:
        page = self.search(SearchRequest(query=query, filters=filters, size=1000))
        assert page.total == len(page.hits)
        return [hit.id for hit in page.hits]

    def get(self, ids: Sequence[str]) -> Mapping[str, Hit]:
        return anyio.run(self.engine.get, ids)

    def write(self, *batch: SourceEntries) -> WriteReport:
        return anyio.run(self.engine.write, batch)

    def put(self, *entries: Entry) -> None:
        assert self.write(source("SRC-1", *entries)) == WriteReport(len(entries))

    def delete(self, *source_ids: str) -> None:
        anyio.run(self.engine.delete, source_ids)

    def rebuild(self, batches: Iterable[Sequence[SourceEntries]]) -> WriteReport:
        async def stream() -> AsyncIterator[Sequence[SourceEntries]]:
            for batch in batches:
                yield batch

        return anyio.run(self.engine.rebuild, stream())

    def status(self) -> EngineStatus:
        return anyio.run(self.engine.status)

    def close(self) -> None:
        anyio.run(self.engine.close)

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
