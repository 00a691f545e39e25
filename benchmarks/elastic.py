"""Elasticsearch against the bare client and against the embedded engine: `python -m benchmarks.elastic [URL] [--entries N] [--rounds N]`.

Without a URL a node is started from Maven's jars. Three comparisons, each within one run:

bulk      entries a second of `engine.write` (from raw text: checks, analysis, claims) and of `helpers.async_bulk` on ready-made documents
search    the time of a search with facets through the port, highlights included, and of the same body sent raw
engines   the same writes and searches on the embedded engine
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from elasticsearch import AsyncElasticsearch
from elasticsearch.helpers import async_bulk

import index_mappings
from benchmarks.entries import sources
from search import mapping as mappings
from search.checking import after_position
from search.criteria import Facet, Query, SearchRequest, Term, Text
from search.elastic.cluster import Cluster
from search.elastic.compile import Compiler
from search.elastic.connection import Connection, Json
from search.elastic.engine import ElasticEngine
from search.elastic.requests import Search
from search.elastic.writing import Writer
from search.embedded.engine import EmbeddedEngine
from search.entries import check_source
from search.highlight import fragments, wanted
from search.port import SearchEngine, SourceEntries
from search.stored import read_fact
from tools.elasticsearch.node import Node

BATCH = 50  # sources a write, as ingest does
WORDS = ("网格员", "党员", "村干部", "产业", "培训", "群众", "书记项目", "双联户", "治理", "农牧民")


async def write_all(engine: SearchEngine, batch: Sequence[SourceEntries]) -> float:
    """Seconds to write everything, as ingest does."""
    started = time.perf_counter()
    for at in range(0, len(batch), BATCH):
        report = await engine.write(batch[at : at + BATCH])
        assert not report.refused, report.refused[:3]
    return time.perf_counter() - started


async def bulk_bare(url: str, name: str, batch: Sequence[SourceEntries]) -> tuple[float, float]:
    """Seconds of the client's own loop on documents made beforehand, into an index with the same mapping; and those of making them."""
    mapping = mappings.archive()
    writer = Writer(Connection(Cluster(hosts=(url,))), mapping, name)
    async with AsyncElasticsearch(url, serializer=Json(), request_timeout=60) as client:
        raw = index_mappings.read("archive")
        await client.indices.create(index=name, mappings=raw["mappings"], settings=raw["settings"])
        seconds = making = 0.0
        for at in range(0, len(batch), BATCH):
            begun = time.perf_counter()
            ready = [
                {"_index": name, "_id": entry.id, "_routing": source.source_id, **writer._document(entry)}
                for source in batch[at : at + BATCH]
                for entry in check_source(source, mapping).entries
            ]
            started = time.perf_counter()
            making += started - begun
            await async_bulk(client, ready, chunk_size=1_000)
            await client.indices.refresh(index=name)
            seconds += time.perf_counter() - started
        await client.indices.delete(index=name)
    return seconds, making


def request(word: str, deep: bool = False) -> SearchRequest:
    """A page of 20 with three facets, as the search page asks for it."""
    fields = {"document_words": 1.0, "unit_words": 1.0, "unit_grams": 0.5, "statistic_words": 1.0}
    facets = tuple(Facet(field, field, ignore=frozenset({"theme"})) for field in ("places", "themes", "unit_kind"))
    filters: dict[str, Query] = {"kind": Term("kind", ("UNIT", "STATISTIC")), "principal": Term("is_reprint", (False,))}
    return SearchRequest(Text(word, fields), filters=filters, facets=facets, offset=200 if deep else 0)


async def through_port(engine: SearchEngine, asked: SearchRequest) -> None:
    """A search as a page shows it: hits read and highlighted."""
    page = await engine.search(asked)
    want = wanted(asked.query)
    for hit in page.hits:
        fragments(read_fact(hit.kind, hit.record).passage.text, want)


async def timed(ways: dict[str, Callable[[str], Awaitable[object]]], rounds: int) -> dict[str, float]:
    """The median seconds of each way, asked in turn with each word; the first rounds warm up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(rounds + 5):
        for word in WORDS:
            for name, ask in ways.items():
                started = time.perf_counter()
                await ask(word)
                if round_ >= 5:
                    times[name].append(time.perf_counter() - started)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


async def measure(url: str, folder: Path, options: argparse.Namespace) -> None:
    """All three comparisons, printed."""
    batch = list(sources(options.folder, options.entries))
    count = sum(len(source.entries) for source in batch)
    print(f"{count:,} entries of {len(batch):,} sources")
    alias = f"bench-{uuid.uuid4().hex[:8]}"
    elastic, embedded = ElasticEngine.open(Cluster(hosts=(url,), alias=alias)), EmbeddedEngine.open(folder / "index")
    part = batch[: max(BATCH, len(batch) // 4)]
    warm = ElasticEngine.open(Cluster(hosts=(url,), alias=alias + "-warm"))
    await write_all(warm, part)
    await bulk_bare(url, alias + "-bare0", part)
    entries = sum(len(source.entries) for source in part)
    ratios = []
    for turn in range(options.turns):
        again = ElasticEngine.open(Cluster(hosts=(url,), alias=f"{alias}-turn{turn}"))
        bare, making = await bulk_bare(url, f"{alias}-bare{turn + 1}", part)
        ours = await write_all(again, part)
        ratios.append((bare / ours, (bare + making) / ours))
        rates = f"bare {entries / bare:8,.0f}/s   with making them {entries / (bare + making):8,.0f}/s   write {entries / ours:8,.0f}/s"
        print(f"bulk of {entries:,}: {rates}   ratios {ratios[-1][0]:5.2f} {ratios[-1][1]:5.2f}")
        await again.close()
    print(f"bulk, median ratios {statistics.median(one for one, _ in ratios):.2f} {statistics.median(two for _, two in ratios):.2f}")
    on_elastic, on_disk = await write_all(elastic, batch), await write_all(embedded, batch)
    print(f"write all: elasticsearch {count / on_elastic:,.0f}/s, embedded {count / on_disk:,.0f}/s: {on_elastic / on_disk:.2f} x the time")
    mapping = mappings.archive()
    async with AsyncElasticsearch(url, serializer=Json()) as client:

        async def raw(word: str) -> object:
            asked = request(word)
            body = Search.of(asked, after_position(asked, mapping), Compiler(mapping), 1).body
            return await client.search(index=alias, body=body)

        ways: dict[str, Callable[[str], Awaitable[object]]] = {
            "raw body": raw,
            "elasticsearch": lambda word: elastic.search(request(word)),
            "with highlights": lambda word: through_port(elastic, request(word)),
            "embedded": lambda word: embedded.search(request(word)),
            "embedded, highlights": lambda word: through_port(embedded, request(word)),
        }
        medians = await timed(ways, options.rounds)
        stats = await client.indices.stats(index=alias, metric="store")
        stored = stats["_all"]["primaries"]["store"]["size_in_bytes"]
        print(f"index: {stored / count:,.0f} bytes an entry; embedded {_size(folder / 'index') / count:,.0f}")
        for name, seconds in medians.items():
            print(f"{name:22} {1000 * seconds:8.2f} ms   {seconds / medians['raw body']:5.2f} x")
        names = list(await client.indices.get_alias(index=f"{alias}*"))
        await client.indices.delete(index=names)
    for engine in (elastic, embedded, warm):
        await engine.close()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Read the arguments, start a node when none is named, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--folder", type=Path, default=Path("samples"))
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10, help="of searches")
    parser.add_argument("--turns", type=int, default=5, help="of bulks")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = options.url or stack.enter_context(Node(folder / "node", heap="1g")).url
        asyncio.run(measure(url, folder, options))


if __name__ == "__main__":
    main()
