"""Writers that end at any moment, and writers in each other's way: every source stands as a whole, in one of its versions."""

from __future__ import annotations

import multiprocessing
import random
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch, Elasticsearch

from archive.errors import ArchiveLocked, SearchUnavailable
from search.elastic import bulk
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import SourceEntries, WriteReport
from tests.contract.driver import Driver
from tests.elastic import processes
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster, content, held, one_source, refresh, sources, until

SPAWN = multiprocessing.get_context("spawn")
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
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


@unix
def test_a_killed_writer_loses_nothing_that_was_acknowledged_and_the_next_write_makes_its_sources_whole(
    engine: Driver, place: Cluster, tmp_path: Path
) -> None:
    notes = tmp_path / "acknowledged"
    notes.touch()
    chance = random.Random(20)  # noqa: S311
    for turn in range(5):
        version = f"版本{turn}"
        process = SPAWN.Process(target=processes.write_and_acknowledge, args=(place, notes, version, turn))
        process.start()
        wanted = len(noted(notes)) + 2 + turn
        until(lambda wanted=wanted: len(noted(notes)) >= wanted)  # type: ignore[misc]
        threading.Event().wait(chance.random() / 10)
        process.kill()
        process.join()
        refresh(place)
        last = dict(noted(notes))
        unsettled = 0
        for one, found in engine.run(held, engine.engine).items():
            unsettled += found != content(one_source(int(one[1:]), 40, last.get(str(int(one[1:])), "")))
        assert unsettled <= 1  # the one that it was writing
        again = [one_source(number, 40, version) for number in range(6)]
        assert engine.write(*again) == WriteReport(6 * 41)
        assert engine.run(held, engine.engine) == {one.source_id: content(one) for one in again}
        notes.write_text("".join(f"{number} {version}\n" for number in range(6)), "utf-8")


def noted(notes: Path) -> list[tuple[str, str]]:
    return [(number, version) for number, _, version in (line.partition(" ") for line in notes.read_text("utf-8").splitlines())]


@pytest.mark.parametrize("shards", [1, 3])
def test_several_writers_of_several_versions_leave_each_source_in_one_of_them(place: Cluster, shards: int) -> None:
    place = replace(place, shards=shards)
    versions = {OLD: 30, NEW: 45}
    with ProcessPoolExecutor(3, mp_context=SPAWN) as pool:
        for running in [pool.submit(processes.write_shuffled, place, versions, seed) for seed in range(3)]:
            running.result()
    driver = Driver(ElasticEngine.open(place))
    found = driver.run(held, driver.engine)
    assert len(found) == 12
    for number, one in enumerate(sorted(found)):
        assert found[one] in [content(one_source(number, parts, word)) for word, parts in versions.items()]
    before = driver.status()
    assert sum(before.entries.values()) == sum(map(len, found.values()))
    for number, one in enumerate(sorted(found)):  # complete: what stands is not written again
        word = next(word for word, parts in versions.items() if len(found[one]) == parts + 1)
        driver.write(one_source(number, versions[word], word))
    assert driver.status() == before
    driver.close()


@unix
@pytest.mark.parametrize("switching", [False, True])
def test_a_killed_rebuild_leaves_the_old_index_and_the_next_one_sweeps_its_remains(
    engine: Driver, place: Cluster, tmp_path: Path, switching: bool
) -> None:
    old = sources(2, 3)
    engine.write(*old)
    process = SPAWN.Process(target=processes.rebuild_and_stand_still, args=(place, tmp_path / "ready"), kwargs={"switching": switching})
    process.start()
    until((tmp_path / "ready").exists)
    process.kill()
    process.join()
    assert engine.run(held, engine.engine) == {one.source_id: content(one) for one in old}
    assert indexes(place) == [f"{place.alias}-000001", f"{place.alias}-000002"]
    if switching:  # it held writes up
        hasty = Driver(ElasticEngine.open(replace(place, patience_seconds=0.5)))
        with pytest.raises(SearchUnavailable, match="if no rebuild is running, one was cut short: run `fangzhi rebuild`"):
            hasty.write(*sources(2, 3, NEW))
        hasty.close()
    new = sources(2, 4, NEW)
    assert engine.rebuild([new]) == WriteReport(10)
    assert indexes(place) == [f"{place.alias}-000002"]  # another one of that name
    assert engine.run(held, engine.engine) == {one.source_id: content(one) for one in new}
    assert engine.write(*old) == WriteReport(8)


def test_a_write_during_a_rebuild_wins_and_the_old_index_stays(engine: Driver, place: Cluster) -> None:
    other = Driver(ElasticEngine.open(place))
    engine.write(*sources(2, 3))

    async def batches() -> AsyncIterator[Sequence[SourceEntries]]:
        yield sources(2, 3, NEW)
        await other.engine.write([one_source(7, 3)])

    with pytest.raises(ArchiveLocked, match=r"something was written while the new index was being made.*run the rebuild again"):
        engine.run(engine.engine.rebuild, batches())
    assert indexes(place) == [f"{place.alias}-000001"]
    assert other.write(*sources(2, 3, OLD)) == WriteReport(8)
    assert engine.run(held, engine.engine) == {one.source_id: content(one) for one in (*sources(2, 3, OLD), one_source(7, 3))}
    other.close()


def indexes(place: Cluster) -> list[str]:
    with Elasticsearch(place.hosts[0]) as client:
        return sorted(client.indices.get(index=f"{place.alias}-*"))
