"""Reading on and on: one state of the index however long it takes, and every hit within reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from archive.errors import SearchUnavailable
from search.criteria import Everything, Sort, Term, Text
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from tests.contract.driver import Driver
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster, content, one_source, opened, sources

MANY = 10_050
OLD, NEW = "走访", "巡查"


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[Cluster]:
    made = cluster(elasticsearch_url)
    yield made
    remove_indexes(elasticsearch_url, made.alias)


@pytest.fixture
def engine(place: Cluster) -> Iterator[Driver]:
    driver = Driver(ElasticEngine.open(place))
    yield driver
    driver.close()


def test_a_scan_sees_one_state_while_another_writer_replaces_and_deletes(engine: Driver, place: Cluster) -> None:
    old = sources(6, 250, OLD)
    engine.write(*old)

    async def scan() -> set[tuple[str, bytes]]:
        found: set[tuple[str, bytes]] = set()
        seen = 0
        async with opened(place) as other:
            async for hit in engine.engine.scan(Everything()):  # type: ignore[attr-defined]
                found.add((hit.id, hit.record))
                seen += 1
                if seen == 250:
                    await other.write(sources(3, 200, NEW))
                    await other.delete(["S0004"])
                if seen == 900:
                    await other.write([one_source(7, 30)])
        assert seen == len(found)
        return found

    assert engine.run(scan) == set().union(*(content(one) for one in old))
    assert len(engine.run(scan)) == 3 * 201 + 2 * 251 + 31


def test_a_scan_of_an_index_that_is_removed_says_so(engine: Driver, place: Cluster, elasticsearch_url: str) -> None:
    engine.write(*sources(2, 250))

    async def scan() -> None:
        async for hit in engine.engine.scan(Everything()):  # type: ignore[attr-defined]
            if hit.id == "S0000-0100":
                with Elasticsearch(elasticsearch_url) as client:
                    client.indices.delete(index=f"{place.alias}-000001")

    with pytest.raises(SearchUnavailable, match="try again in a moment"):
        engine.run(scan)


def test_the_ten_thousandth_hit_is_reached_in_every_order(engine: Driver) -> None:
    parts = 2_009
    engine.write(*sources(5, parts, "网格员"))
    everything = sorted(entry.id for one in sources(5, parts) for entry in one.entries)
    assert len(everything) == MANY
    assert [hit.id for hit in engine.paged(Everything(), Sort("id", descending=False), size=1_000)] == everything
    units = Term("kind", ("UNIT",))
    by_number = [hit.id for hit in engine.paged(units, Sort("ordinal"), size=1_000)]
    assert by_number == [f"S{one:04}-{part:04}" for part in reversed(range(parts)) for one in range(5)]
    ranked = engine.paged(Text("网格员", {"unit_words": 1.0}), size=1_000)
    assert sorted(hit.id for hit in ranked) == sorted(by_number)
    order = [(-(hit.score or 0), hit.id) for hit in ranked]
    assert order == sorted(order)
