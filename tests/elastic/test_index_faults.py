"""What others can do to the index: each is refused in a sentence that says what mends it, and that does mend it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

import index_mappings
from archive.errors import ArchiveCorrupt, SearchUnavailable
from search import mapping as mappings
from search.criteria import SearchRequest, Text
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import SourceEntries, WriteReport
from tests.contract.driver import Driver
from tests.elastic.archives import ElasticArchive
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster, content, held, one_source, settings, sources
from tests.ingest.archives import write

FOUND = SearchRequest(query=Text("网格员", {"unit_words": 1.0}), size=100)


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[Cluster]:
    made = cluster(elasticsearch_url, patience_seconds=1.0)
    yield made
    remove_indexes(elasticsearch_url, made.alias)


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as made:
        yield made


@pytest.fixture
def engine(place: Cluster) -> Iterator[Driver]:
    driver = Driver(ElasticEngine.open(place))
    yield driver
    driver.close()


def filled(place: Cluster) -> list[SourceEntries]:
    batch = sources(2, 3)
    writer = Driver(ElasticEngine.open(place))
    writer.write(*batch)
    writer.close()
    return batch


def foreign(client: Elasticsearch, alias: str) -> None:
    client.indices.create(index=f"{alias}-000001", aliases={alias: {}}, mappings={"properties": {"title": {"type": "text"}}})


def new_field(client: Elasticsearch, alias: str) -> None:
    client.indices.put_mapping(index=alias, properties={"another": {"type": "text"}})


def older(client: Elasticsearch, alias: str) -> None:
    client.indices.put_mapping(index=alias, meta={"version": 1, "fingerprint": "0123456789abcdef"})


def other_type(client: Elasticsearch, alias: str) -> None:
    """Made anew by hand, with one field of another type."""
    raw = index_mappings.read("archive")["mappings"]
    changed = {
        **raw,
        "_meta": {**raw["_meta"], "fingerprint": mappings.archive().fingerprint},
        "properties": {**raw["properties"], "genre": {"type": "integer"}},
    }
    client.indices.delete(index=f"{alias}-000001")
    client.indices.create(index=f"{alias}-000001", aliases={alias: {}}, mappings=changed)


def in_its_place(client: Elasticsearch, alias: str) -> None:
    client.indices.create(index=alias)


def on_two(client: Elasticsearch, alias: str) -> None:
    client.indices.create(index=f"{alias}-copy", aliases={alias: {}})


def assert_refused(engine: Driver, said: str) -> None:
    calls: tuple[Callable[[], object], ...] = (
        lambda: engine.search(SearchRequest()),
        lambda: engine.get(["S0000"]),
        lambda: engine.write(one_source(9, 1)),
        lambda: engine.delete("S0000"),
    )
    for call in calls:
        with pytest.raises(ArchiveCorrupt, match=said):
            call()
    status = engine.status()
    assert not status.ready and status.reason
    with pytest.raises(ArchiveCorrupt, match=said):
        raise ArchiveCorrupt(status.reason)


@pytest.mark.parametrize("change", [new_field, older, other_type], ids=lambda change: change.__name__)
def test_a_drifted_mapping_is_refused_and_a_rebuild_mends_it(
    engine: Driver, place: Cluster, client: Elasticsearch, change: Callable[[Elasticsearch, str], None]
) -> None:
    batch = filled(place)
    change(client, place.alias)
    assert_refused(engine, "the (search index was made by another version|mapping of the search index was changed).*`fangzhi rebuild`")
    assert engine.rebuild([batch]) == WriteReport(8)
    assert engine.search(FOUND).total == 6
    assert list(client.indices.get_alias(index=f"{place.alias}-*")) == [f"{place.alias}-000002"]
    assert engine.write(one_source(9, 1)) == WriteReport(2)


@pytest.mark.parametrize("change", [foreign, in_its_place, on_two], ids=lambda change: change.__name__)
def test_what_is_not_ours_is_refused_and_no_rebuild_takes_it_away(
    engine: Driver, place: Cluster, client: Elasticsearch, change: Callable[[Elasticsearch, str], None]
) -> None:
    batch = filled(place) if change is on_two else sources(2, 3)
    change(client, place.alias)
    before = dict(client.indices.get(index=f"{place.alias}*"))
    assert_refused(engine, f"{place.alias}.*(choose another alias|leave it one of them)")
    with pytest.raises(ArchiveCorrupt, match=place.alias):
        engine.rebuild([batch])
    assert dict(client.indices.get(index=f"{place.alias}*")) == before
    for name in before:  # as the sentence says
        if name != f"{place.alias}-000001" or change is foreign:
            client.indices.delete(index=name)
    engine.write(*batch)
    assert engine.search(FOUND).total == 6


def test_an_index_of_somebody_else_that_is_named_like_ours_is_left_alone(engine: Driver, place: Cluster, client: Elasticsearch) -> None:
    batch = filled(place)
    client.indices.create(index=f"{place.alias}-000007")
    assert engine.rebuild([batch]) == WriteReport(8)
    assert set(client.indices.get(index=f"{place.alias}-*")) == {f"{place.alias}-000007", f"{place.alias}-000008"}


def test_an_asynchronous_translog_takes_no_writes_and_goes_on_answering(engine: Driver, place: Cluster, elasticsearch_url: str) -> None:
    batch = filled(place)
    with settings(elasticsearch_url, place.alias, index__translog__durability="async"):
        for change in (lambda: engine.write(one_source(9, 1)), lambda: engine.delete("S0000")):
            with pytest.raises(SearchUnavailable, match=r"index\.translog\.durability of it to request, or run `fangzhi rebuild`"):
                change()
        assert engine.search(FOUND).total == 6
        status = engine.status()
        assert status.ready and "translog" in (status.reason or "")
    assert engine.write(one_source(9, 1)) == WriteReport(2)
    with settings(elasticsearch_url, place.alias, index__translog__durability="ASYNC"):
        engine.rebuild([batch])
        assert engine.status().reason is None
        assert engine.write(one_source(9, 1)) == WriteReport(2)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"index__blocks__read_only_allow_delete": True}, "disk of an Elasticsearch node is nearly full.*free some space"),
        ({"index__blocks__read_only": True}, "takes nothing .*read-only.*undo what was set on it"),
        ({"index__default_pipeline": "nowhere"}, "takes nothing .*pipeline.*undo what was set on it"),
        ({"index__blocks__write": True}, "takes no writes.*if no rebuild is running.*`fangzhi rebuild`"),
    ],
    ids=["flood", "read-only", "pipeline", "write"],
)
def test_a_block_is_said_plainly_and_promptly_and_is_over_when_it_is_lifted(
    engine: Driver, place: Cluster, elasticsearch_url: str, block: dict[str, object], said: str
) -> None:
    filled(place)
    began = time.monotonic()
    with settings(elasticsearch_url, place.alias, **block):
        for change in (lambda: engine.write(*sources(2, 3, "巡查")), lambda: engine.delete("S0001")):
            with pytest.raises(SearchUnavailable, match=said):
                change()
        assert engine.search(FOUND).total == 6
    assert time.monotonic() - began < 6
    assert engine.write(*sources(2, 3, "巡查")) == WriteReport(8)
    assert engine.search(FOUND).total == 0


def test_a_poisoned_entry_is_reported_and_the_others_are_in(engine: Driver, place: Cluster, client: Elasticsearch) -> None:
    """An index made by hand, in which `whitespace` is another analyzer: one that makes terms which Lucene does not take."""
    filled(place)
    kept = client.indices.get(index=place.alias)[f"{place.alias}-000001"]["mappings"]
    client.indices.delete(index=f"{place.alias}-000001")
    joined = {"type": "shingle", "min_shingle_size": 400, "max_shingle_size": 400}
    longer = {"analyzer": {"whitespace": {"type": "custom", "tokenizer": "standard", "filter": ["joined"]}}, "filter": {"joined": joined}}
    client.indices.create(index=f"{place.alias}-000001", aliases={place.alias: {}}, mappings=kept, settings={"analysis": longer})
    good, bad = sources(1, 1, "网格")[0], one_source(1, 3)
    bad.entries[2].fields["unit_words"] = "x" * 40_000  # type: ignore[index]
    for _ in range(2):
        report = engine.write(good, bad)
        assert report.written == 5
        assert [refusal.entry_id for refusal in report.refused] == ["S0001-0001"]
        assert "immense term" in report.refused[0].reason
        found = engine.run(held, engine.engine)
        assert found["S0000"] == content(good)
        assert found["S0001"] == {one for one in content(bad) if one[0] != "S0001-0001"}
    assert engine.write(good, one_source(1, 3)) == WriteReport(6)
    assert engine.run(held, engine.engine)["S0001"] == content(one_source(1, 3))
    engine.write(bad)  # what stood under the id of what is refused is gone with the version that it was of
    assert len(engine.run(held, engine.engine)["S0001"]) == 3


def without_shard(client: Elasticsearch, place: Cluster) -> None:
    """The index as a lost disk leaves it where there was no copy."""
    kept = client.indices.get(index=place.alias)[f"{place.alias}-000001"]["mappings"]
    client.indices.delete(index=f"{place.alias}-000001")
    nowhere = {"index.routing.allocation.enable": "none"}
    aliases = {place.alias: {}}
    client.indices.create(index=f"{place.alias}-000001", aliases=aliases, mappings=kept, settings=nowhere, wait_for_active_shards="0")


def test_an_archive_whose_index_never_comes_back_is_rebuilt_without_asking_it(
    place: Cluster, client: Elasticsearch, tmp_path: Path
) -> None:
    archive = ElasticArchive(tmp_path / "archive", place)
    archive.ingest(write(tmp_path / "in", {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。"}))
    before = archive.dump()
    without_shard(client, place)
    with pytest.raises(SearchUnavailable, match="rebuild --force"):
        archive.rebuild()
    assert len(archive.rebuild(force=True).read) == 2
    assert archive.dump() == before


def test_a_shard_that_is_not_there_is_no_empty_one_and_a_rebuild_does_without_it(
    engine: Driver, place: Cluster, client: Elasticsearch, elasticsearch_url: str
) -> None:
    """Look-ups by id then fail one by one in an answer of status 200."""
    filled(place)
    without_shard(client, place)
    calls: tuple[Callable[[], object], ...] = (
        lambda: engine.delete("S0000"),
        lambda: engine.write(one_source(1, 1)),
        lambda: engine.search(FOUND),
        lambda: engine.get(["S0000"]),
    )
    for call in calls:
        with pytest.raises(SearchUnavailable, match="try again in a moment"):
            call()
    assert not engine.status().ready
    assert engine.rebuild([sources(2, 3)]) == WriteReport(8)
    assert engine.search(FOUND).total == 6
