"""One language, two engines: the same searches of the same entries have the same answers on both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from search.criteria import SearchRequest
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.embedded.engine import EmbeddedEngine
from search.highlight import Fragment, fragments, wanted
from search.port import Hit, SearchPage
from search.related import suggested
from tests.contract.driver import Driver
from tests.elastic.nodes import remove_indexes, unique_alias
from tests.elastic.questions import entries, searches

SEARCHES = dict(searches())
CHAINS = [name for name, request in SEARCHES.items() if not request.offset and name.startswith(("sort", "all fields", "query"))]
SCORES = 1e-4
"""How far scores may differ: tantivy adds them in 32 bits, and the embedded engine rounds them to four digits, so that what differs by less
ties there and stands in the order of the ids."""


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


def test_the_set_is_large() -> None:
    assert len(SEARCHES) >= 200


@pytest.mark.parametrize("name", SEARCHES)
def test_both_engines_answer_alike(engines: tuple[Driver, Driver], name: str) -> None:
    request = SEARCHES[name]
    embedded, elastic = (engine.search(request) for engine in engines)
    assert (elastic.total, elastic.facets) == (embedded.total, embedded.facets)
    for key, metric in embedded.metrics.items():
        other = elastic.metrics[key]
        assert (other.count, other.min, other.max) == (metric.count, metric.min, metric.max)
        assert (other.sum, other.mean) == pytest.approx((metric.sum, metric.mean))
    same_order(elastic.hits, embedded.hits, whole=len(embedded.hits) == embedded.total)
    marks = marked(request, embedded)
    assert all(marks.get(identifier, pieces) == pieces for identifier, pieces in marked(request, elastic).items())
    if name.startswith("suggest"):
        assert suggested(elastic) == suggested(embedded)


def same_order(found: Sequence[Hit], expected: Sequence[Hit], whole: bool = False) -> None:
    """The same hits with the same scores and records, in the same order but for neighbours whose scores differ by no more than SCORES.

    Where a page is cut within such neighbours (not `whole`), its last ones may be others of them.
    """
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.score == (None if other.score is None else pytest.approx(other.score, rel=SCORES, abs=SCORES))
    groups = tied(expected)
    cut = not whole and bool(expected) and expected[-1].score is not None
    for start, end in groups[:-1] if cut else groups:
        told = [{hit.id: (hit.kind, hit.record) for hit in hits[start:end]} for hits in (found, expected)]
        assert told[0] == told[1]


def tied(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Where the runs of hits begin and end whose scores tell no order; every hit is its own where there are no scores."""
    cuts = [at for at in range(1, len(hits)) if not near(hits[at - 1].score, hits[at].score)]
    return list(zip([0, *cuts], [*cuts, len(hits)], strict=True))


def near(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SCORES * max(1.0, one)


@pytest.mark.parametrize(
    ("scores", "runs"),
    [([3.0, 2.0, 1.0], [(0, 1), (1, 2), (2, 3)]), ([2.0, 2.0, 1.99995, 1.0], [(0, 3), (3, 4)]), ([None, None], [(0, 1), (1, 2)])],
)
def test_only_scores_that_tell_no_order_are_a_run(scores: list[float | None], runs: list[tuple[int, int]]) -> None:
    assert tied([Hit(id=str(at), kind="UNIT", score=score, record=b"", position=()) for at, score in enumerate(scores)]) == runs


@pytest.mark.parametrize("name", CHAINS)
def test_both_engines_turn_the_same_pages(engines: tuple[Driver, Driver], name: str) -> None:
    request = SEARCHES[name]
    embedded, elastic = (list(engine.paged(request.query, request.sort, size=97)) for engine in engines)
    assert sorted(hit.id for hit in elastic) == sorted(hit.id for hit in embedded)
    same_order(elastic, embedded, whole=True)


def marked(request: SearchRequest, page: SearchPage) -> dict[str, tuple[Fragment, ...]]:
    want = wanted(request.query)
    return {hit.id: fragments(hit.record.decode(), want) for hit in page.hits}
