"""Orders without ties, pages without gaps, counts over the whole result."""

from datetime import date, timedelta
from random import Random

import pytest

from archive.errors import BadRequest
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
        kind = chance.choice(["UNIT", "UNIT", "STATISTIC", "DOCUMENT"])
        entries.append(entry(f"{chance.choice(['UNIT', 'STAT'])}-{chance.choice(['00ff', '00fe', ''])}-{number}", kind, **fields))
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


def test_a_scan_gives_every_entry_once_in_order_of_id(standing: Driver, entries: list[Entry]) -> None:
    for query in (Everything(), TEXT, Term("kind", ("UNIT", "DOCUMENT")), Term("kind", ())):
        hits = standing.scan(query)
        assert [hit.id for hit in hits] == sorted(one.id for one in reference.found(entries, query))
        assert {hit.score for hit in hits} <= {None}
        assert all(f'"{hit.id}"'.encode() in hit.record for hit in hits)
    with pytest.raises(BadRequest):
        standing.scan(Term("nowhere", ("x",)))


def test_a_scan_answers_from_the_state_it_began_with(engine: Driver) -> None:
    engine.put(*(entry(f"{n:03}", ("UNIT", "DOCUMENT")[n % 2]) for n in range(400)))

    async def scanned() -> list[str]:
        found = []
        async for hit in engine.engine.scan(Everything()):
            if not found:
                await engine.engine.write([source("SRC-1", entry("399", genre="NEWS")), source("SRC-2", entry("0000"))])
            found.append(hit.id)
        return found

    assert engine.run(scanned) == [f"{n:03}" for n in range(400)]
    assert engine.ids(Everything()) == ["0000", "399"]


@pytest.mark.parametrize("prefix", ["", "g", "grid", "r", "nowhere", ".*", "ri|gr"])
def test_a_facet_counts_only_values_that_begin_with_its_prefix(standing: Driver, entries: list[Entry], prefix: str) -> None:
    wanted = (Facet("themes", "themes", 2, prefix=prefix), Facet("ids", "id", 3, prefix="UNIT-00f"), Facet("all", "themes", 2))
    request = SearchRequest(query=TEXT, size=0, facets=wanted)
    assert standing.search(request).facets == {facet.name: reference.facet(entries, request, facet) for facet in wanted}


@pytest.mark.parametrize("prefix", ["\\", "a", "a/", "（", "𠀀", "\n", "[a", 'a"'])
def test_a_prefix_is_taken_as_it_stands(engine: Driver, prefix: str) -> None:
    values = ("\\d", "a/b", "a.b", "A", "（二）", "𠀀b", "\nb", "[a-z]", 'a"q', "")
    held = [entry(f"e{n}", path=value, themes=values[n:]) for n, value in enumerate(values)]
    engine.put(*held)
    request = SearchRequest(facets=(Facet("f", "path", prefix=prefix), Facet("g", "themes", 1, prefix=prefix)))
    assert engine.search(request).facets == {facet.name: reference.facet(held, request, facet) for facet in request.facets}


def test_facets_of_very_many_values_are_exact_over_all_kinds(engine: Driver) -> None:
    """Most values are frequent in one kind and rare in others, so that no kind alone knows which are the most frequent."""
    chance = Random(5)  # noqa: S311
    held = []
    for number in range(1200):
        kind = chance.choice(["UNIT", "STATISTIC", "PRACTICE"])
        favourite = {"UNIT": 0, "STATISTIC": 150, "PRACTICE": 300}[kind]
        themes = {(favourite + int(abs(chance.gauss(0, 120)))) % 450 for _ in range(4)}
        held.append(entry(f"e{number}", kind, themes=tuple(f"t{one}" for one in themes), year=tuple(1000 + one for one in themes)))
    engine.write(source("S", *held))
    sizes = (1, 2, 3, 5, 8, 20, 60)
    facets = tuple(Facet(f"{field}{size}", field, size) for size in sizes for field in ("themes", "year", "id"))
    facets += tuple(Facet(f"p{size}", "themes", size, prefix="t1") for size in sizes)
    request = SearchRequest(size=0, facets=facets)
    assert engine.search(request).facets == {facet.name: reference.facet(held, request, facet) for facet in facets}
