"""One language, two engines: the same searches of the same entries have the same answers on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.criteria import SearchRequest
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.embedded.engine import EmbeddedEngine
from search.highlight import Fragment, fragments, wanted
from search.port import SearchPage
from search.related import suggested
from tests.contract.driver import Driver
from tests.elastic.nodes import remove_indexes, unique_alias
from tests.elastic.questions import entries, searches

SEARCHES = dict(searches())
ALIKE_BUT = {"all fields 党员": "two scores differ by 0.000003; the embedded engine rounds to four digits, so there they tie"}
"""Searches whose chains of pages may differ, each with its reason."""

CHAINS = [name for name, request in SEARCHES.items() if not request.offset and name.startswith(("sort", "all fields", "query"))]
SCORES = 1e-4  # tantivy adds scores in 32 bits, and the embedded engine rounds them to four digits


@pytest.fixture(scope="module")
def engines(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Driver, Driver]]:
    alias = unique_alias()
    embedded = Driver(EmbeddedEngine.open(tmp_path_factory.mktemp("parity")))
    elastic = Driver(ElasticEngine.open(Cluster(hosts=(elasticsearch_url,), alias=alias)))
    whole = list(entries())
    counted = sum(len(source.entries) for source in whole)
    assert counted > 3_000
    for engine in (embedded, elastic):
        assert engine.rebuild([whole[at : at + 20] for at in range(0, len(whole), 20)]).written == counted
    yield embedded, elastic
    for engine in (embedded, elastic):
        engine.close()
    remove_indexes(elasticsearch_url, alias)


def test_the_set_is_large_and_its_exceptions_are_few() -> None:
    assert len(SEARCHES) >= 200
    assert len(ALIKE_BUT) <= 5
    assert ALIKE_BUT.keys() <= SEARCHES.keys()


@pytest.mark.parametrize("name", SEARCHES)
def test_both_engines_answer_alike(engines: tuple[Driver, Driver], name: str) -> None:
    request = SEARCHES[name]
    embedded, elastic = (engine.search(request) for engine in engines)
    assert (elastic.total, elastic.facets) == (embedded.total, embedded.facets)
    for key, metric in embedded.metrics.items():
        other = elastic.metrics[key]
        assert (other.count, other.min, other.max) == (metric.count, metric.min, metric.max)
        assert (other.sum, other.mean) == pytest.approx((metric.sum, metric.mean))
    assert [(hit.id, hit.kind, hit.record) for hit in elastic.hits] == [(hit.id, hit.kind, hit.record) for hit in embedded.hits]
    assert marked(request, elastic) == marked(request, embedded)
    for found, expected in zip(elastic.hits, embedded.hits, strict=True):
        assert found.score == (None if expected.score is None else pytest.approx(expected.score, rel=SCORES, abs=SCORES))
    if name.startswith("suggest"):
        assert suggested(elastic) == suggested(embedded)


@pytest.mark.parametrize("name", CHAINS)
def test_both_engines_turn_the_same_pages(engines: tuple[Driver, Driver], name: str) -> None:
    request = SEARCHES[name]
    embedded, elastic = ([hit.id for hit in engine.paged(request.query, request.sort, size=97)] for engine in engines)
    assert sorted(elastic) == sorted(embedded)
    assert elastic == embedded or name in ALIKE_BUT


def marked(request: SearchRequest, page: SearchPage) -> list[tuple[Fragment, ...]]:
    want = wanted(request.query)
    return [fragments(hit.record.decode(), want) for hit in page.hits]
