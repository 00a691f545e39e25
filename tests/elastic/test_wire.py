"""What goes over the wire to a real node, and what never does."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

import index_mappings
from archive.errors import SearchUnavailable
from search import mapping
from search.criteria import Everything, Facet, SearchRequest, Sort, Term, Text
from tests.contract.driver import Driver, entry, source
from tests.elastic.nodes import remove_indexes, unique_alias
from tests.elastic.stub import Reply, Stub, changed, hangs, opened, says

BATCH = tuple(
    source(f"SRC-{one}", *(entry(f"E-{one}-{n}", source_id=f"SRC-{one}", ordinal=n, title_words="网格 治理") for n in range(3)))
    for one in range(3)
)
TITLE = Text("网格", {"title_words": 1.0})


@pytest.fixture(scope="module")
def alias(elasticsearch_url: str) -> Iterator[str]:
    name = unique_alias()
    yield name
    remove_indexes(elasticsearch_url, name)


@pytest.fixture(scope="module")
def life(elasticsearch_url: str, alias: str) -> Stub:
    """All that is asked in the life of an archive of two shards: made, written, read, rebuilt and emptied."""
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias=alias, shards=2, replicas=0, patience_seconds=20) as driver:
        driver.status()
        driver.write(*BATCH)
        driver.write(*BATCH)
        driver.search(SearchRequest(TITLE, facets=(Facet("kinds", "kind"),)))
        driver.search(SearchRequest(sort=Sort("ordinal"), size=1))
        driver.get(["E-0-0", "E-9-9"])
        with pytest.MonkeyPatch.context() as patched:  # several pages, as of an archive of thousands
            patched.setattr("search.elastic.engine._SCAN_PAGE", 4)
            assert len(driver.run(all_of, driver)) == 9
        driver.rebuild([BATCH])
        driver.delete("SRC-0", "SRC-9")
        driver.status()
    return stub


async def all_of(driver: Driver) -> list[str]:
    return [hit.id async for hit in driver.engine.scan(Everything())]


def test_only_what_every_node_has_is_asked_for(life: Stub, alias: str) -> None:
    """No scripts, no reindex, no delete by query, no `GET /`: a node of Elasticsearch's core alone has none of them."""
    kinds = {(seen.method, re.sub(rf"{alias}(-\d{{6}}|-\*|%2A)?(\.[0-9a-f]{{16}})?", "INDEX", seen.path)) for seen in life.seen}
    assert kinds <= {
        ("GET", "/INDEX"),
        ("PUT", "/INDEX"),
        ("DELETE", "/INDEX"),
        ("GET", "/INDEX/_alias"),
        ("POST", "/INDEX/_search"),
        ("POST", "/_search"),
        ("POST", "/INDEX/_pit"),
        ("DELETE", "/_pit"),
        ("POST", "/INDEX/_mget"),
        ("PUT", "/INDEX/_bulk"),
        ("POST", "/INDEX/_refresh"),
        ("GET", "/INDEX/_stats/docs"),
        ("PUT", "/INDEX/_settings"),
        ("PUT", "/INDEX/_block/write"),
        ("GET", "/_cluster/health/INDEX"),
        ("POST", "/_aliases"),
    }, kinds
    assert ("POST", "/INDEX/_pit") in kinds and ("DELETE", "/_pit") in kinds
    assert len(life.seen) > 20 and not [seen for seen in life.seen if b'"script' in seen.body or b"runtime_mappings" in seen.body]


def test_an_index_is_made_from_the_mapping_file_as_it_stands(life: Stub, alias: str) -> None:
    raw = index_mappings.read("archive")
    made = [seen for seen in life.seen if seen.method == "PUT" and re.fullmatch(rf"/{alias}-\d{{6}}", seen.path)]
    assert [seen.path[-6:] for seen in made] == ["000001", "000002"]
    own = [next(name for name in seen.json["aliases"] if re.fullmatch(r".*-\d{6}\.[0-9a-f]{16}", name)) for seen in made]
    for seen, aliases in zip(made, ({alias, own[0]}, {own[1], f"{own[1]}.building"}), strict=True):
        sent = seen.json
        assert sent["mappings"]["_meta"].pop("fingerprint") == mapping.archive().fingerprint
        assert sent["mappings"] == raw["mappings"] and set(sent["aliases"]) == aliases
        assert sent["settings"]["index"].items() >= {**raw["settings"]["index"], "number_of_shards": 2}.items()
        assert set(sent) == {"mappings", "settings", "aliases"}


def test_a_search_wants_all_shards_or_nothing_and_only_what_is_shown(life: Stub, alias: str) -> None:
    asked = life.asked(f"{alias}/_search")
    assert asked and all(seen.query["allow_partial_search_results"] == "false" for seen in asked)
    assert all(seen.json.get("size") == 0 or set(seen.json["_source"]) == {"kind", "record"} for seen in asked)
    scored = [seen for seen in asked if "preference" in seen.query]
    assert scored and all(seen.query["search_type"] == "dfs_query_then_fetch" for seen in scored)


def test_an_entry_lies_with_its_source_and_late_old_versions_are_turned_away(life: Stub, alias: str) -> None:
    bulks = life.asked("/_bulk")
    assert bulks and {seen.query["require_alias"] for seen in bulks} == {"true"}
    # By an alias of the index's own, so that nothing gets into an index that takes its place or its name meanwhile.
    assert {re.sub(r"\.[0-9a-f]{16}/", ".OWN/", seen.path) for seen in bulks} == {f"/{alias}-{n:06}.OWN/_bulk" for n in (1, 2)}
    operations = [(name, how) for seen in bulks for name, how, _ in seen.operations]
    assert all(how["routing"].startswith("SRC-") for _, how in operations)
    entries = [(name, how) for name, how in operations if how["_id"].startswith("E-")]
    assert len(entries) == 9 + 9 + 3
    assert all(how["version_type"] == "external_gte" and how["version"] > 0 for _, how in entries)
    assert all(how["_id"].split("-")[1] == how["routing"][-1] for _, how in entries)


@pytest.mark.usefixtures("life")
def test_pages_of_one_search_go_to_the_same_copies_of_the_shards(elasticsearch_url: str, alias: str) -> None:
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias=alias) as driver:
        driver.paged(TITLE, size=2)
        pages = [seen.query["preference"] for seen in stub.asked("/_search")]
        assert len(pages) == 4 and len(set(pages)) == 1
        driver.search(SearchRequest(Term("kind", ("UNIT",))))
        assert stub.asked("/_search")[-1].query["preference"] != pages[0]


def test_one_shard_needs_no_statistics_of_others() -> None:
    with Stub() as stub, opened(stub.url) as driver:
        driver.search(SearchRequest(TITLE))
        assert "search_type" not in stub.asked("/_search")[0].query


def test_a_request_takes_no_longer_than_the_settings_say() -> None:
    with Stub() as stub, opened(stub.url, request_seconds=0.4) as driver:
        stub.on("", hangs)
        start = time.monotonic()
        with pytest.raises(SearchUnavailable, match=r"0\.4 seconds"):
            driver.search(SearchRequest())
        assert 0.3 < time.monotonic() - start < 2


FAILED = {"total": 2, "successful": 1, "failed": 1, "failures": [{"shard": 1, "reason": {"type": "x", "reason": "shard 1 is away"}}]}


@pytest.mark.parametrize("way", ["search", "get", "scan"])
@pytest.mark.parametrize(("part", "why"), [({"timed_out": True}, "time was up"), ({"_shards": FAILED}, "shard 1 is away")])
@pytest.mark.usefixtures("life")
def test_half_an_answer_is_none(elasticsearch_url: str, alias: str, way: str, part: dict[str, object], why: str) -> None:
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias=alias, patience_seconds=0.2) as driver:
        stub.on("_search", changed(lambda body: body.update(part)))
        with pytest.raises(SearchUnavailable, match=f"in part only.*{why}"):
            match way:
                case "search":
                    driver.search(SearchRequest())
                case "get":
                    driver.get(["E-1-0"])
                case "scan":
                    driver.run(all_of, driver)


def test_a_write_whose_entries_did_not_become_searchable_everywhere_is_no_success() -> None:
    with Stub() as stub, opened(stub.url, patience_seconds=0.2) as driver:
        stub.on("_refresh", says(Reply(body={"_shards": FAILED})))
        with pytest.raises(SearchUnavailable, match="shard 1 is away"):
            driver.write(*BATCH)
