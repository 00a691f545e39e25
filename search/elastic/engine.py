"""The port on Elasticsearch. Any number of processes may read and write at once."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Any

import msgspec
from anyio import CancelScope, move_on_after

from archive.errors import ArchiveError, ArchiveLocked, SearchUnavailable
from search import mapping as mappings
from search.checking import after_position, check
from search.criteria import Facet, Query, SearchRequest, Sort
from search.elastic import requests
from search.elastic.cluster import Cluster
from search.elastic.compile import Compiler, Json
from search.elastic.connection import Connection, MissingIndex
from search.elastic.index import Life, Standing
from search.elastic.rebuilding import Rebuild
from search.elastic.writing import Writer
from search.port import EngineKind, EngineStatus, Hit, SearchPage, SourceEntries, WriteReport

log = logging.getLogger("fangzhi.search")

_STANDING_SECONDS = 30.0  # how long what is known of the index is trusted; a hit from another index than the known one ends it at once
_STATUS_SECONDS = 5.0
_IDS_AT_ONCE = 1_000
_SCAN_PAGE = 200
_SCAN_KEPT = "5m"  # between two pages of a scan
_TRIES = 5


class ElasticEngine:
    """Implements search.port.SearchEngine on one node or a cluster."""

    kind = EngineKind.ELASTICSEARCH

    def __init__(self, cluster: Cluster, mapping: mappings.Mapping, *, patient: bool = False) -> None:
        """Use `open`."""
        self._cluster = cluster
        self._mapping = mapping
        self._compiler = Compiler(mapping)
        self._connection = Connection(cluster, patient=patient)
        self._seen = Life(self._connection, mapping)
        self._life = Life(self._connection, mapping, patient=True)
        self._standing: tuple[float, Standing] | None = None
        self._known = False

    @classmethod
    def open(cls, cluster: Cluster, *, patient: bool = False) -> ElasticEngine:
        """The engine on a cluster. Never fails: what is wrong is said by `status` and by the calls, and is over as soon as it is mended.

        With `patient`, for work that runs long and alone, its reads outlast the restart of a node as its writes do.
        """
        return cls(cluster, mappings.archive(), patient=patient)

    async def search(self, request: SearchRequest) -> SearchPage:
        """Answer a search. Raises BadRequest, BadCursor, ArchiveCorrupt or SearchUnavailable."""
        check(request, self._mapping)
        after = after_position(request, self._mapping)
        for _ in range(_TRIES):
            standing = await self._usable()
            if standing is None:
                return requests.nothing(request)
            search = requests.Search.of(request, after, self._compiler, standing.shards)
            with suppress(MissingIndex):  # a rebuild has just replaced it
                answer = await self._ask(search.body, standing)
                if await self._is_of(standing, answer):
                    return search.page(answer)
            self._standing = None
        raise _replaced()

    async def get(self, ids: Sequence[str]) -> Mapping[str, Hit]:
        """The entries with these ids, in the order asked for."""
        wanted = [entry_id for entry_id in dict.fromkeys(ids) if _is_text(entry_id)]
        found: dict[str, Hit] = {}
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            found |= await self._get(wanted[start : start + _IDS_AT_ONCE])
        return {entry_id: found[entry_id] for entry_id in wanted if entry_id in found}

    async def scan(self, query: Query) -> AsyncIterator[Hit]:
        """All that match, by id, from one state of the index. Raises as `search` does."""
        request = SearchRequest(query, sort=Sort("id", descending=False), size=_SCAN_PAGE)
        first = await self.search(request)
        if first.total <= len(first.hits):
            for hit in first.hits:
                yield hit
            return
        alias = self._cluster.alias
        try:
            with CancelScope(shield=True):  # one that is opened and not heard of would stay open
                opened = await self._connection.read(lambda client: client.open_point_in_time(index=alias, keep_alive=_SCAN_KEPT))
        except MissingIndex:
            raise _replaced() from None
        point = opened["id"]
        body = requests.Search.of(request, None, self._compiler, 1).body | {"track_total_hits": False}
        try:
            while True:
                body["pit"] = {"id": point, "keep_alive": _SCAN_KEPT}
                answer = (await self._connection.read(lambda client: client.search(body=body))).body
                point = answer["pit_id"]
                hits = answer["hits"]["hits"]
                for raw in hits:
                    yield requests.hit(raw, raw["_id"])
                if len(hits) < _SCAN_PAGE:
                    return
                body["search_after"] = [hits[-1]["_id"]]
        finally:
            with CancelScope(shield=True), suppress(SearchUnavailable):
                await self._connection.read(lambda client: client.close_point_in_time(id=point))

    async def write(self, batch: Sequence[SourceEntries]) -> WriteReport:
        """Replace sources. Raises SearchUnavailable, ArchiveCorrupt, or ArchiveLocked when others keep writing the same sources."""
        report = WriteReport()

        async def change(writer: Writer) -> None:
            nonlocal report
            report = await writer.replace(batch)

        if batch:
            await self._change(change)
        return report

    async def delete(self, source_ids: Sequence[str]) -> None:
        """Take out sources. Raises as `write` does."""
        if await self._life.standing() is not None:
            await self._change(lambda writer: writer.empty(source_ids))

    async def rebuild(self, batches: AsyncIterable[Sequence[SourceEntries]], since: str | None = None) -> WriteReport:
        """Build beside, then switch the alias; whatever ends it early leaves the old index answering.

        Raises ArchiveLocked when something was written to the old index in the meantime, which the new one would lack.
        """
        try:
            return await Rebuild(self._connection, self._mapping, self._life).run(batches, since)
        except MissingIndex:
            raise ArchiveLocked("the old index was replaced or removed just now; run the rebuild again") from None
        finally:
            self._standing = None

    async def status(self) -> EngineStatus:
        """What it holds; never raises."""
        with move_on_after(_STATUS_SECONDS):
            try:
                return await self._status()
            except ArchiveError as error:
                return EngineStatus(ready=False, kind=self.kind, generation="", reason=str(error))
        place = ", ".join(self._cluster.hosts)
        reason = f"Elasticsearch at {place} did not answer within {_STATUS_SECONDS:g} seconds; start it, or try again in a moment"
        return EngineStatus(ready=False, kind=self.kind, generation="", reason=str(self._connection.trouble or reason))

    async def close(self) -> None:
        """Let go of the connections; safe to call twice."""
        await self._connection.close()

    async def _usable(self) -> Standing | None:
        """The index that answers. Raises ArchiveCorrupt when it was made with another mapping than ours."""
        now = time.monotonic()
        if self._standing is None or now - self._standing[0] > _STANDING_SECONDS:
            found = await self._seen.standing()
            if found is None and self._known:
                raise SearchUnavailable(
                    f"the search index {self._cluster.alias} that answered until now is gone; make it anew with `fangzhi rebuild`"
                )
            self._standing = None if found is None else (now, found)
        if self._standing is None:
            return None
        self._known = True
        standing = self._standing[1]
        if standing.unusable:
            self._standing = None
            raise standing.unusable
        return standing

    async def _is_of(self, standing: Standing, answer: Mapping[str, Any]) -> bool:
        """Whether an answer is that of the index it was asked of. One without hits does not tell, so the index is looked up again."""
        hits = answer["hits"]["hits"]
        if hits:
            return all(raw["_index"] == standing.name for raw in hits)
        now = await self._seen.standing()
        if now is None:
            raise MissingIndex(standing.name)
        self._standing = time.monotonic(), now
        return (now.name, now.shards, now.unusable) == (standing.name, standing.shards, None)

    async def _ask(self, body: Json, standing: Standing) -> Mapping[str, Any]:
        """One search. Pages of one search go to the same copies of the shards, whose scores may differ from those of others."""
        how: dict[str, Any] = {"allow_partial_search_results": False}
        if standing.shards > 1:  # word statistics of all shards together, so that scores do not depend on where an entry lies
            how["search_type"] = "dfs_query_then_fetch"
        asked = msgspec.json.encode([body["query"], body.get("post_filter")])
        how["preference"] = blake2b(asked, digest_size=8).hexdigest()
        alias = self._cluster.alias
        answer = await self._connection.read(lambda client: client.search(index=alias, body=body, **how))
        found: Mapping[str, Any] = answer.body
        return found

    async def _get(self, ids: Sequence[str]) -> dict[str, Hit]:
        body = {
            "query": {"bool": {"filter": [{"terms": {"id": ids}}, requests.ENTRIES]}},
            "size": len(ids),
            "_source": requests.SOURCE,
            "sort": ["_doc"],
            "track_total_hits": False,
        }
        for _ in range(_TRIES):
            standing = await self._usable()
            if standing is None:
                return {}
            with suppress(MissingIndex):  # a rebuild has just replaced it
                answer = await self._ask(body, standing)
                if await self._is_of(standing, answer):
                    return {raw["_id"]: requests.hit(raw, None) for raw in answer["hits"]["hits"]}
            self._standing = None
        raise _replaced()

    async def _change(self, change: Callable[[Writer], Awaitable[None]]) -> None:
        for _ in range(_TRIES):
            standing = await self._life.make()
            problem = standing.unusable or standing.unwritable
            if problem:
                raise problem
            try:
                await change(Writer(self._connection, self._mapping, standing.own))
                await self._connection.write(lambda client, own=standing.own: client.indices.refresh(index=own))  # type: ignore[misc]
            except MissingIndex:  # a rebuild has just replaced it
                continue
            return
        raise SearchUnavailable("the search index is removed as soon as it is made; look what else uses this alias, and try again")

    async def _status(self) -> EngineStatus:
        for _ in range(_TRIES):
            standing = await self._usable()
            if standing is None:
                return EngineStatus(True, self.kind, "empty")
            with suppress(MissingIndex):  # a rebuild has just replaced it
                counts = await self.search(SearchRequest(size=0, facets=(Facet("kinds", "kind", size=1_000),)))
                changes = await self._seen.changes(standing.name)
                entries = {str(count.value): count.count for count in counts.facets["kinds"].counts}
                reason = None if standing.unwritable is None else str(standing.unwritable)
                return EngineStatus(True, self.kind, f"{standing.name}.{changes}", dict(sorted(entries.items())), reason)
            self._standing = None
        raise _replaced()


def _replaced() -> SearchUnavailable:
    return SearchUnavailable("the search index is being replaced all the time; try again in a moment")


def _is_text(value: str) -> bool:
    """Whether it can be an id at all: a lone surrogate has no UTF-8 form."""
    try:
        return bool(value.encode())
    except UnicodeEncodeError:
        return False
