"""Sources in versions, what an index has of them, and short ways to break and to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeAlias, TypeVar

import msgspec
from elasticsearch import Elasticsearch

from search.criteria import Everything
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import Entry, FieldValue, SourceEntries
from tests.elastic.nodes import unique_alias

T = TypeVar("T")
Content: TypeAlias = frozenset[tuple[str, bytes]]
SOON = 60.0  # seconds after which what is waited for will not come


def cluster(*urls: str, **given: Any) -> Cluster:
    """A cluster with an alias of its own."""
    return Cluster(hosts=urls, **{"alias": unique_alias(), **given})


@asynccontextmanager
async def opened(cluster: Cluster, *, patient: bool = False) -> AsyncIterator[ElasticEngine]:
    engine = ElasticEngine.open(cluster, patient=patient)
    try:
        yield engine
    finally:
        await engine.close()


def run(cluster: Cluster, work: Callable[[ElasticEngine], Awaitable[T]], *, patient: bool = False) -> T:
    """What `work` gives with an engine that is opened for it, as by a command."""

    async def whole() -> T:
        async with opened(cluster, patient=patient) as engine:
            return await work(engine)

    return asyncio.run(whole())


def sources(count: int, parts: int, word: str = "网格员", **fields: FieldValue) -> list[SourceEntries]:
    """`count` sources of `parts` entries each, behind their heads."""
    return [one_source(number, parts, word, **fields) for number in range(count)]


def one_source(number: int, parts: int, word: str = "网格员", **fields: FieldValue) -> SourceEntries:
    """A source in the version `word`, which all of its records tell."""
    key = f"S{number:04}"
    record = msgspec.json.encode({"version": word})
    head = Entry(key, "SOURCE", {}, record)
    rest = (Entry(f"{key}-{part:04}", "UNIT", {"ordinal": part, "unit_words": f"{word}{part}", **fields}, record) for part in range(parts))
    return SourceEntries(key, (head, *rest))


def content(source: SourceEntries) -> Content:
    """What the index has of a source when it has all of it."""
    return frozenset((entry.id, entry.record) for entry in source.entries)


async def held(engine: ElasticEngine) -> dict[str, Content]:
    """What the index has of each source; no id stands in it twice."""
    hits = [hit async for hit in engine.scan(Everything())]
    assert len({hit.id for hit in hits}) == len(hits)
    found: dict[str, set[tuple[str, bytes]]] = {}
    for hit in hits:
        found.setdefault(hit.id.partition("-")[0], set()).add((hit.id, hit.record))
    return {one: frozenset(entries) for one, entries in found.items()}


@contextmanager
def settings(url: str, index: str, **changed: Any) -> Iterator[None]:
    """Index settings that somebody else changed, for a while; dots are written as two underlines."""
    given = {name.replace("__", "."): value for name, value in changed.items()}
    with Elasticsearch(url) as client:
        client.indices.put_settings(index=index, settings=given)
        try:
            yield
        finally:
            client.indices.put_settings(index=index, settings=dict.fromkeys(given))


def until(happened: Callable[[], object], seconds: float = SOON) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def refresh(cluster: Cluster) -> None:
    """Make visible what a writer that was cut short has left."""
    with Elasticsearch(cluster.hosts[0]) as client:
        client.indices.refresh(index=cluster.alias)
