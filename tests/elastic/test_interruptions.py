"""Writers that end at any moment, and writers in each other's way: every source stands as a whole, in one of its versions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch

from search.elastic import bulk
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import WriteReport
from tests.contract.driver import Driver
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster, content, held, refresh, sources

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


class Cut(Exception):
    """The end of a process, as the index sees it."""


def cut_after(patched: pytest.MonkeyPatch, requests: int) -> None:
    """Let a writer end when it has sent so many requests that read or change documents."""
    left = requests

    def counted(ask: Any) -> Any:
        async def counting(*given: Any, **how: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Cut
            return await ask(*given, **how)

        return counting

    for name in ("bulk", "mget"):
        patched.setattr(AsyncElasticsearch, name, counted(getattr(AsyncElasticsearch, name)))


@pytest.mark.parametrize("before", [0, 5], ids=["new", "replaced"])
def test_who_finds_the_head_of_a_source_finds_all_of_it_wherever_its_writer_ended(
    engine: Driver, place: Cluster, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    monkeypatch.setattr(bulk, "_PIECE_OPERATIONS", 3)
    monkeypatch.setattr(bulk, "_ON_THEIR_WAY", 1)
    old, new = sources(2, before, OLD) if before else [], sources(2, 3, NEW)
    whole = {content(one) for one in (*old, *new)}
    for cuts in count():
        engine.delete(*(one.source_id for one in new))
        engine.write(*old)
        with monkeypatch.context() as patched:
            cut_after(patched, cuts)
            whole_run = True
            try:
                engine.write(*new)
            except Cut:
                whole_run = False
        refresh(place)
        for one, entries in engine.run(held, engine.engine).items():
            assert one not in {entry_id for entry_id, _ in entries} or entries in whole
        assert engine.write(*new) == WriteReport(8)
        assert set(engine.run(held, engine.engine).values()) == {content(one) for one in new}
        if whole_run:
            break
    assert cuts > 5
