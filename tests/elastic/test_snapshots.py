"""A snapshot brings the index back, whenever it was taken; docs/operate.md says how."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from anyio import to_thread
from elasticsearch import Elasticsearch

from ingest.indexing import ingest
from ingest.report import IngestReport
from search.elastic import manifests
from search.elastic.cluster import Cluster
from search.elastic.connection import Connection
from search.elastic.engine import ElasticEngine
from search.port import SourceEntries, WriteReport
from tests.elastic.archives import ElasticArchive
from tests.elastic.support import cluster, opened
from tests.ingest.archives import names, write
from tools.elasticsearch.node import QUICK, Node

TEXT = "{0}县建立网格{1}个，配备网格员{1}名。\n\n{0}县推行积分制，发放积分{1}分。\n"
FILES = {"a.txt": TEXT.format("甲", 12), "b.txt": TEXT.format("乙", 345), "c.txt": TEXT.format("丙", 6789)}
WAIT = {"wait_for_completion": True}


@pytest.fixture(scope="module")
def node(elasticsearch_ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """One that may write snapshots into a folder of its own."""
    folder = tmp_path_factory.mktemp("snapshots")
    with Node(folder, settings={"path.repo": [str(folder / "kept")]}, heap="256m", jvm_flags=QUICK) as node:
        with Elasticsearch(node.url) as client:
            client.snapshot.create_repository(name="backup", repository={"type": "fs", "settings": {"location": str(folder / "kept")}})
        yield node


@pytest.fixture
def on(node: Node) -> Cluster:
    return cluster(node.url)


def snapshot(on: Cluster) -> list[str]:
    """Take one of what the alias names; the indexes in it."""
    with Elasticsearch(on.hosts[0]) as client:
        taken = client.snapshot.create(repository="backup", snapshot=on.alias, indices=on.alias, include_global_state=False, **WAIT)  # type: ignore[arg-type]
    assert taken["snapshot"]["state"] == "SUCCESS"
    return list(taken["snapshot"]["indices"])


def lose_and_restore(on: Cluster) -> None:
    with Elasticsearch(on.hosts[0]) as client:
        client.indices.delete(index=list(client.indices.get_alias(name=on.alias)))
        client.snapshot.restore(repository="backup", snapshot=on.alias, include_global_state=False, **WAIT)  # type: ignore[arg-type]


class Interrupted:
    """An engine, and something that happens while the last source of its first batch is half written: claimed, and without its head."""

    def __init__(self, engine: ElasticEngine, on: Cluster, happens: Callable[[], object]) -> None:
        self._engine, self._on, self._happens = engine, on, happens

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def write(self, batch: Sequence[SourceEntries]) -> WriteReport:
        *before, last = batch
        parts = [entry for entry in last.entries if entry.id != last.source_id]
        await self._engine.write([*before, SourceEntries(last.source_id, tuple(parts[::2]))])
        connection = Connection(self._on)
        present = await manifests.read(connection, self._on.alias, [last.source_id])
        ids = {last.source_id: [entry.id for entry in last.entries]}
        assert await manifests.claim(connection, self._on.alias, ids, present)
        await connection.close()
        await to_thread.run_sync(self._happens)
        return await self._engine.write(batch)


def ingest_interrupted(archive: ElasticArchive, folder: Path, happens: Callable[[], object]) -> IngestReport:
    async def work() -> IngestReport:
        async with opened(archive.cluster) as engine:
            return await ingest([folder], writer, Interrupted(engine, archive.cluster, happens))  # type: ignore[arg-type]

    with archive.originals.writing() as writer:
        return asyncio.run(work())


def test_a_restored_index_answers_as_the_lost_one_did(on: Cluster, tmp_path: Path) -> None:
    archive = ElasticArchive(tmp_path / "archive", on)
    archive.ingest(write(tmp_path / "in", FILES))
    whole = archive.dump()
    assert snapshot(on) == [f"{on.alias}-000001"]
    lose_and_restore(on)
    assert archive.dump() == whole and archive.problems() == []
    assert names(archive.ingest(tmp_path / "in")) == ([], sorted(FILES), [])


def test_what_was_ingested_after_the_snapshot_is_completed_from_the_originals(on: Cluster, tmp_path: Path) -> None:
    archive = ElasticArchive(tmp_path / "archive", on)
    archive.ingest(write(tmp_path / "in", FILES))
    snapshot(on)
    archive.ingest(write(tmp_path / "later", {"d.txt": TEXT.format("丁", 23)}))
    whole = archive.dump()
    lose_and_restore(on)
    assert archive.ingest(write(tmp_path / "nothing", {})).completed == ["d.txt"]
    assert archive.dump() == whole and archive.problems() == []


def test_a_source_that_the_snapshot_caught_half_written_is_completed_by_the_next_ingest(on: Cluster, tmp_path: Path) -> None:
    archive = ElasticArchive(tmp_path / "archive", on)
    ingest_interrupted(archive, write(tmp_path / "in", FILES), lambda: snapshot(on))
    whole = archive.dump()
    lose_and_restore(on)
    assert set(archive.dump()) < set(whole) and archive.problems()
    report = archive.ingest(tmp_path / "in")
    assert (len(report.read) + len(report.completed), len(report.already)) == (1, 2)
    assert archive.dump() == whole and archive.problems() == []
