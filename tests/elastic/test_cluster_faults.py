"""A cluster that loses a node while it is asked and written to: right answers or clear errors, and nothing lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from elasticsearch import Elasticsearch

from archive.errors import SearchUnavailable
from search.criteria import Facet, SearchRequest, Sort, Term, Text
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import SearchPage
from tests.elastic.support import cluster, content, held, one_source, run, sources, until
from tools.elasticsearch.node import Node, Nodes

TASKS = 4
STANDING = Term("source_id", tuple(f"S{number:04}" for number in range(30)))
REQUESTS = (
    SearchRequest(query=Text("网格员", {"unit_words": 1.0}), filters={"standing": STANDING}, sort=Sort("id", descending=False), size=50),
    SearchRequest(query=STANDING, size=0, facets=(Facet("kinds", "kind"),)),
    SearchRequest(query=STANDING, sort=Sort("ordinal"), size=20),
)


def master(nodes: Nodes) -> Node:
    with Elasticsearch(nodes.nodes[0].url) as client:
        elected = client.cluster.state(metric="master_node,nodes")
        name = elected["nodes"][elected["master_node"]]["name"]
        return next(node for node in nodes.nodes if node.name == name)


def holder(nodes: Nodes, place: Cluster) -> Node:
    """The node of the primary, or of another copy where that is the master."""
    with Elasticsearch(nodes.nodes[0].url) as client:
        state = client.cluster.state(metric="routing_table,nodes,master_node")
        shards = state["routing_table"]["indices"][f"{place.alias}-000001"]["shards"]["0"]
        ids = [shard["node"] for shard in sorted(shards, key=lambda shard: not shard["primary"])]
        name = next(state["nodes"][one]["name"] for one in ids if one != state["master_node"])
        return next(node for node in nodes.nodes if node.name == name)


@asynccontextmanager
async def asked_all_the_time(engine: ElasticEngine, right: list[SearchPage], told: dict[str, int]) -> AsyncIterator[None]:
    """Several tasks that ask and compare, while something happens."""
    done = anyio.Event()

    async def ask() -> None:
        while not done.is_set():
            for request, expected in zip(REQUESTS, right, strict=True):
                try:
                    answer = await engine.search(request)
                except SearchUnavailable as error:
                    assert "try again" in str(error)
                    told["errors"] += 1
                else:
                    assert answer == expected
                    told["answers"] += 1

    async with anyio.create_task_group() as group:
        for _ in range(TASKS):
            group.start_soon(ask)
        yield
        done.set()


@pytest.mark.parametrize("which", ["a copy", "the master"])
def test_a_lost_node_costs_no_right_answer_and_no_write(three_nodes: Nodes, which: str) -> None:
    three_nodes.start()
    place = cluster(*three_nodes.urls)
    told = {"errors": 0, "answers": 0}

    async def work(engine: ElasticEngine) -> None:
        await engine.write(sources(30, 20))
        green(three_nodes, place)
        right = [await engine.search(request) for request in REQUESTS]
        assert right[0].total == 600
        lost = master(three_nodes) if which == "the master" else holder(three_nodes, place)

        async def write_on(numbers: range) -> None:
            for number in numbers:
                assert (await engine.write([one_source(number, 5)])).written == 6

        async with asked_all_the_time(engine, right, told):
            await write_on(range(30, 35))
            async with anyio.create_task_group() as group:
                group.start_soon(write_on, range(35, 50))
                await anyio.to_thread.run_sync(lost.kill)
            before = told["answers"]
            await anyio.to_thread.run_sync(until, lambda: told["answers"] > before + 20)
        assert [await engine.search(request) for request in REQUESTS] == right
        await anyio.to_thread.run_sync(three_nodes.start)
        await anyio.to_thread.run_sync(green, three_nodes, place)
        assert [await engine.search(request) for request in REQUESTS] == right

    run(place, work)
    expected: Any = {one.source_id: content(one) for one in (*sources(30, 20), *(one_source(number, 5) for number in range(30, 50)))}
    assert run(place, held) == expected
    assert told["answers"] > 30


def green(nodes: Nodes, place: Cluster) -> None:
    """Wait until the index has all of its copies."""
    with Elasticsearch(nodes.urls) as client:
        health = client.options(request_timeout=40).cluster.health(index=place.alias, wait_for_status="green", timeout="30s")
        assert health["status"] == "green" and health["active_shards"] == 2
