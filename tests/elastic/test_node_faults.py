"""A node that is not there, dies, stands still, is full or has too much to do: what is said, and that nothing is lost by it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from archive.errors import SearchUnavailable
from search.criteria import Everything, SearchRequest, Text
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import WriteReport
from tests.cli.test_commands import fangzhi, sentence
from tests.contract.driver import Driver
from tests.elastic.archives import ElasticArchive, reports
from tests.elastic.support import cluster, content, held, one_source, run, sources, until
from tests.ingest.archives import names
from tests.support import SAMPLES
from tools.elasticsearch.node import QUICK, Node

# aiohttp warns of bodies over 1 MiB, which the sending of takes less time than the making.

FOUND = SearchRequest(query=Text("网格员", {"unit_words": 1.0}))
QUERY = {"query": '{ search(query: "网格员") { totalCount } }'}
FILES = 30


@pytest.fixture(scope="module")
def node(elasticsearch_ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """One that every test here may break and leaves running. Not started before the first."""
    made = Node(
        tmp_path_factory.mktemp("node"),
        heap="256m",
        jvm_flags=QUICK,
        settings={"cluster.info.update.interval": "10s"},
    )
    yield made
    made.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports(tmp_path_factory.mktemp("reports"), FILES)


def engine_on(node: Node, **given: float) -> Driver:
    return Driver(ElasticEngine.open(cluster(node.url, **given)))


def test_a_node_that_comes_later_is_waited_for_by_a_server_and_named_by_a_command(node: Node, tmp_path: Path) -> None:
    url = f"{node.url}/later"
    given = {"FANGZHI_ARCHIVE": url, "FANGZHI_ORIGINALS": str(tmp_path / "kept")}
    said = sentence(fangzhi("--archive", url, "search", "网格员", **given), 1)
    assert f"no Elasticsearch answers at {node.url}; start it, or correct FANGZHI_ARCHIVE or --archive" in said
    with TestClient(create_app(Settings.from_environment(given)), base_url="http://127.0.0.1") as client:
        assert client.get("/health").status_code == 503
        assert client.post("/graphql", json=QUERY).json()["errors"][0]["extensions"]["code"] == "SEARCH_UNAVAILABLE"
        node.start()
        assert client.post("/graphql", json=QUERY).json()["data"]["search"]["totalCount"] == 0
        done = fangzhi("ingest", SAMPLES[0], **given)
        assert done.exit_code == 0, done.stderr
        assert client.get("/health").json()["entries"]["SOURCE"] == 1
        assert client.post("/graphql", json=QUERY).json()["data"]["search"]["totalCount"] > 0
        node.kill()
        assert client.get("/health").status_code == 503
        assert client.post("/graphql", json=QUERY).json()["errors"][0]["extensions"]["code"] == "SEARCH_UNAVAILABLE"
        node.start()
        assert client.post("/graphql", json=QUERY).json()["data"]["search"]["totalCount"] > 0


@pytest.fixture(scope="module")
def undisturbed(node: Node, files: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, bytes]]:
    """All entries by id, as an ingest that nothing disturbs leaves them."""
    node.start()
    archive = ElasticArchive(tmp_path_factory.mktemp("undisturbed"), cluster(node.url))
    assert len(archive.ingest(files).read) == FILES
    found = archive.dump()
    assert len(found) > 2_000
    return found


def taken(place: Cluster, share: float, whole: int) -> bool:
    """Whether an ingest has come so far; the operations on the index are more than its entries."""
    with Elasticsearch(place.hosts[0]) as client:
        found = client.indices.stats(index=f"{place.alias}-*", metric="docs", level="shards").get("indices", {})
        shards = [copy for index in found.values() for copies in index["shards"].values() for copy in copies]
        return bool(shards) and sum(copy["seq_no"]["max_seq_no"] + 1 for copy in shards if "seq_no" in copy) > share * whole


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_an_ingest_outlasts_the_death_of_its_node(
    node: Node, files: Path, undisturbed: dict[str, tuple[str, bytes]], tmp_path: Path, share: float
) -> None:
    archive = ElasticArchive(tmp_path / "archive", cluster(node.url))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(archive.ingest, files)
        until(lambda: taken(archive.cluster, share, len(undisturbed)))
        node.kill()
        node.start()
        assert names(running.result())[0] == sorted(path.name for path in files.iterdir())
    assert archive.dump() == undisturbed
    assert archive.problems() == []


@pytest.mark.parametrize("share", [0.3])
def test_an_ingest_that_lost_its_node_says_so_and_the_next_one_completes_it(
    node: Node, files: Path, undisturbed: dict[str, tuple[str, bytes]], tmp_path: Path, share: float
) -> None:
    archive = ElasticArchive(tmp_path / "archive", cluster(node.url, patience_seconds=0.5))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(archive.ingest, files)
        until(lambda: taken(archive.cluster, share, len(undisturbed)))
        node.kill()
        with pytest.raises(SearchUnavailable, match=f"at {node.url}.*try again"):
            running.result()
    node.start()
    report = archive.ingest(files)
    assert len(report.read) + len(report.already) + len(report.completed) == FILES and not report.failed
    assert archive.dump() == undisturbed
    assert archive.problems() == []


def test_a_scan_that_outlives_its_node_says_that_it_has_to_begin_again(node: Node) -> None:
    node.start()
    place = cluster(node.url)

    async def scan(engine: ElasticEngine) -> None:
        await engine.write(sources(2, 300))
        async for hit in engine.scan(Everything()):
            if hit.id == "S0000-0100":
                node.kill()
                node.start()

    with pytest.raises(SearchUnavailable, match=r"is gone, as after a restart of .*; begin again"):
        run(place, scan, patient=True)
    assert len(run(place, held)) == 2


def test_a_node_that_stands_still_is_given_up_in_time_and_answers_again(node: Node) -> None:
    node.start()
    engine = Driver(ElasticEngine.open(cluster(node.url, request_seconds=1.0)))
    engine.write(*sources(2, 3))
    node.pause()
    try:
        for call in (lambda: engine.search(FOUND), lambda: engine.get(["S0000"])):
            began = time.monotonic()
            with pytest.raises(SearchUnavailable, match=r"did not answer within 1 seconds.*FANGZHI_ELASTICSEARCH_REQUEST_SECONDS"):
                call()
            assert 0.9 < time.monotonic() - began < 2.5
        assert not engine.status().ready
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(engine.write, one_source(2, 3))
            began = time.monotonic()
            until(lambda: time.monotonic() - began > 1.5)
            assert not writing.done()
            node.resume()
            assert writing.result() == WriteReport(4)
    finally:
        node.resume()
    assert engine.search(FOUND).total == 9
    assert engine.status().ready
    engine.close()


def test_a_full_disk_is_said_promptly_answers_go_on_and_it_is_over_by_itself(node: Node) -> None:
    node.start()
    engine = Driver(ElasticEngine.open(cluster(node.url)))
    engine.write(*sources(2, 3))
    with Elasticsearch(node.url) as client:
        watermarks(client, "90000gb", "90001gb", "90002gb")
        until(lambda: flooded(client, engine))
        began = time.monotonic()
        with pytest.raises(SearchUnavailable, match=r"disk of an Elasticsearch node is nearly full.*free some space and do this again"):
            engine.write(one_source(2, 3))
        assert time.monotonic() - began < 2
        assert engine.search(FOUND).total == 6
        watermarks(client, "1b", "2b", "3b")
        until(lambda: not flooded(client, engine))
    assert engine.write(one_source(2, 3)) == WriteReport(4)
    assert engine.search(FOUND).total == 9
    engine.close()


def watermarks(client: Elasticsearch, flood: str, high: str, low: str) -> None:
    """How much of the disk has to be free."""
    disk = "cluster.routing.allocation.disk"
    limits = {f"{disk}.watermark.flood_stage": flood, f"{disk}.watermark.high": high, f"{disk}.watermark.low": low}
    client.cluster.put_settings(persistent={f"{disk}.threshold_enabled": True, **limits})


def flooded(client: Elasticsearch, engine: Driver) -> bool:
    place = engine.engine._cluster.alias  # type: ignore[attr-defined]
    [raw] = client.indices.get_settings(index=place, flat_settings=True).values()
    return raw["settings"].get("index.blocks.read_only_allow_delete") == "true"


def test_a_node_with_too_much_to_do_gets_a_large_write_in_small_pieces_and_one_that_never_fits_is_said(
    elasticsearch_ready: None, tmp_path: Path
) -> None:
    with Node(tmp_path, heap="256m", jvm_flags=QUICK, settings={"indexing_pressure.memory.limit": "2mb"}) as small:
        engine = engine_on(small)
        batch = [one_source(number, 300, "网格员走访群众解决问题" * 40) for number in range(6)]
        assert engine.write(*batch) == WriteReport(6 * 301)
        assert engine.run(held, engine.engine) == {one.source_id: content(one) for one in batch}
        engine.close()
        hasty = engine_on(small, patience_seconds=1.0)
        with pytest.raises(SearchUnavailable, match=r"rejected execution .* max_coordinating_bytes=2097152.*try again"):
            hasty.write(one_source(0, 1, "网格员走访群众解决问题" * 100_000))
        assert hasty.write(one_source(0, 1)) == WriteReport(2)
        hasty.close()
