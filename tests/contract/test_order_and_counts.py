"""Orders without ties, pages without gaps, counts over the whole result."""

from datetime import date, timedelta
from random import Random

import pytest

from search.criteria import Everything, Exists, Facet, Metric, Query, Range, Scalar, SearchRequest, Sort, Term, Text
from search.port import Entry
from tests.contract import reference
from tests.contract.driver import Driver, entry, source

TEXT = Text("网格员 走访", {"unit_words": 1.0, "unit_grams": 0.5})


def many(count: int, seed: int = 1) -> list[Entry]:
    """Entries with long runs of equal values, missing values, and ids that share their first bytes."""
    chance = Random(seed)  # noqa: S311
    entries = []
    for number in range(count):
        fields: dict[str, Scalar | tuple[Scalar, ...]] = {
            "unit_words": chance.choice(["网格员", "网格员 走访", "走访 走访 网格员", "别的"])
        }
        fields["unit_grams"] = fields["unit_words"]
        fields["themes"] = tuple(chance.sample(["grid", "school", "party", "road"], chance.randrange(4)))
        fields["year"] = tuple(chance.sample(range(2018, 2026), chance.randrange(3)))
        if chance.random() < 0.7:
            fields["published"] = (date(2020, 1, 1) + timedelta(days=chance.randrange(5))).isoformat()
        if chance.random() < 0.7:
            fields["value"] = chance.choice([0, 1, 2.5, -7, 1e12])
        if chance.random() < 0.7:
            fields["file"] = chance.choice(["甲.txt", "乙.txt", "a", "A", "𠀀"])
        entries.append(entry(f"{chance.choice(['UNIT', 'STAT'])}-{chance.choice(['00ff', '00fe', ''])}-{number}", **fields))
    return entries


@pytest.fixture(scope="module")
def entries(standing: Driver) -> list[Entry]:
    found = many(300)
    for part in range(5):  # five commits, so that the index has several segments
        standing.write(source(f"SRC-{part}", *found[part::5]))
    return found


@pytest.mark.parametrize("field", ["published", "value", "file", "id", "ordinal"])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("query", [Everything(), Range("value", lt=2)])
def test_a_field_orders_with_missing_last_and_ties_by_id(
    standing: Driver, entries: list[Entry], field: str, descending: bool, query: Query
) -> None:
    sort = Sort(field, descending)
    expected = reference.ordered(reference.found(entries, query), sort)
    page = standing.search(SearchRequest(query=query, sort=sort, size=1000))
    assert [hit.id for hit in page.hits] == expected
    assert {hit.score for hit in page.hits} == {None}
    assert [hit.id for hit in standing.paged(query, sort)] == expected
    assert [hit.id for hit in standing.search(SearchRequest(query=query, sort=sort, size=9, offset=40)).hits] == expected[40:49]


@pytest.mark.parametrize("query", [Everything(), Exists("value"), TEXT])
def test_relevance_orders_by_score_and_ties_by_id(standing: Driver, entries: list[Entry], query: Query) -> None:
    page = standing.search(SearchRequest(query=query, size=1000))
    assert {hit.id for hit in page.hits} == {one.id for one in reference.found(entries, query)}
    ranks = [(-(hit.score or 0), hit.id) for hit in page.hits]
    assert ranks == sorted(ranks)
    assert standing.paged(query) == list(page.hits)
    assert standing.search(SearchRequest(query=query, size=11, offset=30)).hits == page.hits[30:41]
    assert standing.search(SearchRequest(query=query, size=0)).total == page.total


def test_a_page_goes_on_from_a_position_that_is_gone(engine: Driver) -> None:
    engine.put(entry("a", value=1), entry("c", value=1), entry("d", value=3))
    sort = Sort("value", descending=False)
    assert [hit.id for hit in engine.search(SearchRequest(sort=sort, after=(1.0, "b"))).hits] == ["c", "d"]
    assert [hit.id for hit in engine.search(SearchRequest(sort=sort, after=(2, "a"))).hits] == ["d"]
    assert engine.search(SearchRequest(sort=sort, after=(None, "a"))).hits == ()


def test_facets_count_the_whole_result_and_leave_out_the_filters_they_ignore(standing: Driver, entries: list[Entry]) -> None:
    request = SearchRequest(
        query=TEXT,
        filters={"theme": Term("themes", ("grid",)), "value": Exists("value")},
        size=1,
        facets=(
            Facet("themes", "themes"),
            Facet("themes open", "themes", ignore=frozenset({"theme"})),
            Facet("all open", "themes", ignore=frozenset({"theme", "value"})),
            Facet("years", "year", size=3),
            Facet("ids", "id", size=5),
            Facet("files", "file", size=2, ignore=frozenset({"value"})),
        ),
    )
    page = standing.search(request)
    assert page.facets == {facet.name: reference.facet(entries, request, facet) for facet in request.facets}


def test_metrics_are_of_the_whole_result(standing: Driver, entries: list[Entry]) -> None:
    query = Term("themes", ("grid", "road"))
    page = standing.search(SearchRequest(query=query, size=1, metrics=(Metric("v", "value"), Metric("none", "value_max"))))
    held = [float(value) for one in reference.found(entries, query) for value in reference.values(one, "value")]
    metric = page.metrics["v"]
    assert (metric.count, metric.min, metric.max) == (len(held), min(held), max(held))
    assert metric.sum == pytest.approx(sum(held))
    assert metric.mean == pytest.approx(sum(held) / len(held))
    assert page.metrics["none"].count == 0
    assert page.metrics["none"].sum is None
