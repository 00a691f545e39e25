"""Readers whose index was replaced or removed by another process since they looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from archive.errors import BadRequest, SearchUnavailable
from search.criteria import Any as AnyOf
from search.criteria import Facet, SearchRequest, Text
from search.elastic.cluster import Cluster
from tests.contract.driver import entry, source
from tests.elastic.nodes import remove_indexes
from tests.elastic.races import NEW, batch, together
from tests.elastic.support import cluster, opened, sources


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[Cluster]:
    made = cluster(elasticsearch_url, patience_seconds=3.0)
    yield made
    remove_indexes(elasticsearch_url, made.alias)


@pytest.mark.parametrize("shards", [1, 3])
def test_a_state_is_told_right_after_another_process_rebuilt(place: Cluster, shards: int) -> None:
    async def work() -> None:
        async with opened(place) as a, opened(replace(place, shards=shards)) as b:
            await a.write(sources(2, 3))
            before = await a.status()
            await b.rebuild(batch(*sources(40, 3, NEW)))
            status = await a.status()
            assert status == await b.status()
            assert (status.ready, status.entries) == (True, {"SOURCE": 40, "UNIT": 120})
            assert status.generation != before.generation

    together(work)


def test_counts_without_hits_know_of_the_shards_that_another_process_made(place: Cluster) -> None:
    chance = Random(5)  # noqa: S311
    values = [f"{chance.randrange(200)}" for _ in range(1_500)]
    several = [source(f"S{number}", entry(f"S{number}", "SOURCE", file=value)) for number, value in enumerate(values)]
    request = SearchRequest(size=0, facets=(Facet("files", "file", size=5),))

    async def work() -> None:
        async with opened(place) as a, opened(replace(place, shards=3)) as b:
            await a.write(several)
            before = await a.search(request)
            await b.rebuild(batch(*several))
            assert await a.search(request) == before
            assert {str(one.value): one.count for one in before.facets["files"].counts}.items() <= Counter(values).items()

    together(work)


@pytest.mark.parametrize("size", [0, 10])
def test_an_index_that_is_removed_under_a_reader_is_not_an_empty_one(place: Cluster, size: int) -> None:
    async def work() -> None:
        async with opened(place) as engine, opened(place) as fresh:
            await engine.write(sources(2, 3))
            assert (await engine.search(SearchRequest(size=size))).total == 8
            remove_indexes(place.hosts[0], place.alias)
            for _ in range(2):
                with pytest.raises(SearchUnavailable, match="is gone; make it anew with `fangzhi rebuild`"):
                    await engine.search(SearchRequest(size=size))
                with pytest.raises(SearchUnavailable, match="is gone"):
                    await engine.get(["S0000"])
            assert "is gone" in str((await engine.status()).reason)
            assert (await fresh.search(SearchRequest(size=size))).total == 0

    together(work)


def test_a_search_of_more_clauses_than_a_node_takes_is_a_bad_request(place: Cluster) -> None:
    words = (" ".join(str(number) for number in range(start, start + 1_000)) for start in range(10_000, 90_000, 1_000))
    many = AnyOf(tuple(Text(text, {"unit_words": 1.0, "unit_grams": 1.0}) for text in words))

    async def work() -> None:
        async with opened(place) as engine:
            await engine.write(sources(1, 3))
            with pytest.raises(BadRequest, match="ask for fewer"):
                await engine.search(SearchRequest(query=many))
            assert (await engine.search(SearchRequest())).total == 4

    together(work)
