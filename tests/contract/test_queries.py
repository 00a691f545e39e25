"""Every node of the query tree."""

import pytest

from archive.errors import BadCursor, BadRequest
from search.criteria import (
    All,
    Any,
    Constant,
    Everything,
    Exists,
    Facet,
    Metric,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
    Ranked,
    SearchRequest,
    Sort,
    Term,
    Text,
)
from tests.contract.driver import Driver, entry, source

WORDS = {"unit_words": 1.0}
BOTH = {"unit_words": 1.0, "unit_grams": 1.0}


@pytest.fixture(scope="module")
def held(standing: Driver) -> Driver:
    def text(words: str) -> dict[str, str]:
        return {"unit_words": words, "unit_grams": words}

    standing.put(
        entry("a", unit_kind="MEASURE", year=(2023, 2024), value=5, published="2024-03-01", **text("网格员每周入户走访")),
        entry("b", unit_kind="RESULT", year=2024, value=0.5, path="一/（二）", is_reprint=False, **text("网格长和网格员共350人，占79.4％")),
        entry("c", unit_kind="PROBLEM", value=-3, published="1949-10-01", path="一/（二）/二是", **text("双联户长不足")),
        entry("d", "DOCUMENT", year=2022, is_reprint=True, path="十.*", title_words="关于书记项目的调研报告：投入1,200.5万元"),
    )
    return standing


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Everything(), "abcd"),
        (Nothing(), ""),
        (Text("网格员", WORDS), "ab"),
        (Text("网格长 双联户长", WORDS), "bc"),
        (Text("网格员 网格长", WORDS, every=True), "b"),
        (Text("网格", WORDS), ""),  # 网格员 is one word
        (Text("网格", BOTH), "ab"),  # but its bigrams are there
        (Text("双联户", WORDS), ""),
        (Text("79.4%", WORDS, every=True), "b"),
        (Text("ＸＹＺ", WORDS), ""),
        (Text("。，！", BOTH), ""),
        (Text("", BOTH), ""),
        (Text("网格员 书记项目", {"unit_words": 1.0, "title_words": 1.0}, every=True), ""),  # every word in one field
        (Phrase("每周入户", WORDS), "a"),
        (Phrase("入户每周", WORDS), ""),
        (Phrase("网格员", WORDS), "ab"),
        (Text("79", BOTH, every=True), "b"),  # the whole part of 79.4
        (Text("79.0", BOTH), ""),
        (Text("7", BOTH), ""),
        (Phrase("占79", WORDS), ""),
        (Text("1200", {"title_words": 1.0}), "d"),
        (Text("1,200", {"title_words": 1.0}), "d"),
        (Text("１２００．５", {"title_words": 1.0}), "d"),
        (Text("120", {"title_words": 1.0}), ""),
        (Phrase("1,200.5", {"title_words": 1.0}), "d"),
        (Phrase("格员", WORDS), "ab"),
        (Phrase("员每周入", WORDS), "a"),
        (Phrase("共350人占79.4%", WORDS), "b"),
        (Phrase("50人", WORDS), ""),
        (Phrase("长", WORDS), "bc"),
        (Text("长", {"unit_chars": 1.0}), "bc"),
        (Phrase("格员", {"unit_chars": 2.0}), "ab"),
        (Phrase("，", WORDS), ""),
        (Text("網格員", WORDS), "ab"),
        (Text("雙聯戶長 網格長", BOTH), "abc"),
        (Phrase("入戶走訪", WORDS), "a"),
        (Phrase("關於書記項目", {"title_words": 1.0}), "d"),
        (Phrase("书记项目", {**WORDS, "title_words": 2.0}), "d"),
        (Term("unit_kind", ("MEASURE", "PROBLEM")), "ac"),
        (Term("unit_kind", ("measure",)), ""),
        (Term("unit_kind", ()), ""),
        (Term("year", (2023,)), "a"),
        (Term("year", (2024.0, 2022)), "abd"),
        (Term("value", (0.5, 5)), "ab"),
        (Term("is_reprint", (True,)), "d"),
        (Term("is_reprint", (False,)), "b"),
        (Term("published", ("2024-03-01",)), "a"),
        (Term("id", ("c", "d", "x")), "cd"),
        (Term("kind", ("DOCUMENT",)), "d"),
        (Prefix("path", "一/（二）"), "bc"),
        (Prefix("path", "一/（二）/"), "c"),
        (Prefix("path", "十.*"), "d"),
        (Prefix("path", ".*"), ""),
        (Prefix("path", ""), "bcd"),
        (Range("value", gte=0.5), "ab"),
        (Range("value", gt=0.5), "a"),
        (Range("value", lt=0.5), "c"),
        (Range("value", gte=-3, lte=0.5), "bc"),
        (Range("value", gt=-3, gte=-100, lt=5), "b"),
        (Range("value"), "abc"),
        (Range("year", gte=2023, lte=2023), "a"),
        (Range("year", gt=2023, lt=2024), ""),  # one value has to lie between, not one above and another below
        (Range("year", gte=2024, lte=2023), ""),
        (Range("year", gte=2023, gt=2023), "ab"),
        (Range("published", lt="1950-01-01"), "c"),
        (Range("published", gte="2024-03-01", lte="2024-03-01"), "a"),
        (Exists("value"), "abc"),
        (Exists("published"), "ac"),
        (Exists("is_reprint"), "bd"),
        (Exists("path"), "bcd"),
        (All(()), "abcd"),
        (Any(()), ""),
        (All((Exists("value"), Term("year", (2024,)))), "ab"),
        (Any((Term("id", ("a",)), Text("双联户长", WORDS))), "ac"),
        (Ranked(Text("网格员", WORDS), Text("长", {"unit_chars": 1.0})), "ab"),
        (Ranked(Nothing(), Everything()), ""),
        (Constant(Text("网格员", WORDS), 5.0), "ab"),
        (Constant(Nothing(), 5.0), ""),
        (Ranked(Term("kind", ("UNIT",)), Nothing()), "abc"),
        (Not(Exists("value")), "d"),
        (Not(Not(Text("网格员", WORDS))), "ab"),
        (All((Text("网格员", WORDS), Not(Text("网格长", WORDS)))), "a"),
        (Not(Nothing()), "abcd"),
        (Any((Not(Term("kind", ("UNIT",))), Range("value", lt=0))), "cd"),
    ],
)
def test_each_node_finds_what_it_says(held: Driver, query: Query, expected: str) -> None:
    assert sorted(held.ids(query)) == list(expected)
    assert sorted(held.ids(Everything(), only=query)) == list(expected)


def test_scores_add_up_and_filters_have_none(held: Driver) -> None:
    def scores(query: Query) -> dict[str, float | None]:
        return {hit.id: hit.score for hit in held.search(SearchRequest(query=query, filters={"f": Exists("unit_kind")})).hits}

    once = scores(Text("网格员", WORDS))
    assert scores(Text("网格员", {"unit_words": 2.0})) == pytest.approx({key: 2 * (value or 0) for key, value in once.items()}, abs=1e-3)
    assert scores(All((Text("网格员", WORDS), Term("unit_kind", ("MEASURE",))))) == {"a": once["a"]}
    assert scores(Everything()) == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert scores(Exists("value")) == {"a": 0.0, "b": 0.0, "c": 0.0}
    twice = scores(All((Everything(), Text("网格员", WORDS))))
    assert twice == pytest.approx({key: 1 + (value or 0) for key, value in once.items()}, abs=1e-3)


def test_rarer_words_and_shorter_texts_come_first(engine: Driver) -> None:
    engine.put(*(entry(f"c{n}", unit_words="网格员 走访 " * 3) for n in range(9)), entry("rare", unit_words="积分制 走访"))
    assert engine.ids(Text("积分制 网格员", WORDS))[0] == "rare"


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(query=Term("nowhere", ("x",))),
        SearchRequest(query=Term("record", ("x",))),
        SearchRequest(query=Text("x", {"kind": 1.0})),
        SearchRequest(query=Text("x", {})),
        SearchRequest(query=Text("x", {"unit_words": float("nan")})),
        SearchRequest(query=Text("x" * 10_001, WORDS)),
        SearchRequest(query=Phrase("一 二", {"unit_grams": 1.0})),
        SearchRequest(query=Term("unit_words", ("x",))),
        SearchRequest(query=Term("value", ("many",))),
        SearchRequest(query=Term("year", (1.5,))),
        SearchRequest(query=Term("year", (2**40,))),
        SearchRequest(query=Term("is_reprint", (1,))),
        SearchRequest(query=Term("kind", ("\ud800",))),
        SearchRequest(query=Term("published", ("2024-02-30",))),
        SearchRequest(query=Range("kind", gte="A")),
        SearchRequest(query=Range("value", gte=float("inf"))),
        SearchRequest(query=Prefix("value", "1")),
        SearchRequest(query=Prefix("path", "一" * 201)),
        SearchRequest(query=Exists("unit_words")),
        SearchRequest(filters={"f": Term("nowhere", ())}),
        SearchRequest(sort=Sort("places")),
        SearchRequest(sort=Sort("unit_words")),
        SearchRequest(sort=Sort(None, descending=False)),
        SearchRequest(size=-1),
        SearchRequest(offset=-1),
        SearchRequest(size=10_001),
        SearchRequest(offset=1, after=(1.0, "a")),
        SearchRequest(facets=(Facet("f", "value"),)),
        SearchRequest(facets=(Facet("f", "kind", size=0),)),
        SearchRequest(facets=(Facet("f", "kind"), Facet("f", "genre"))),
        SearchRequest(facets=(Facet("f", "year", prefix="2"),)),
        SearchRequest(facets=(Facet("f", "kind", prefix="U" * 201),)),
        SearchRequest(facets=(Facet("f", "kind", prefix="\ud800"),)),
        SearchRequest(metrics=(Metric("m", "kind"),)),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_before_it_is_tried(held: Driver, request_: SearchRequest) -> None:
    with pytest.raises(BadRequest):
        held.search(request_)


@pytest.mark.parametrize(
    "after", [(), ("x",), (1.0,), (1.0, 2), ("x", "a"), (None, "a"), (float("nan"), "a"), (1.0, "a", "b"), (1.0, "\ud800")]
)
def test_a_position_that_no_hit_had_is_a_bad_cursor(held: Driver, after: tuple[str | float | None, ...]) -> None:
    with pytest.raises(BadCursor):
        held.search(SearchRequest(after=after))


def test_a_tree_too_deep_or_too_wide_is_refused_and_the_process_lives(held: Driver) -> None:
    deep: Query = Everything()
    for _ in range(100_000):
        deep = Not(deep)
    with pytest.raises(BadRequest):
        held.search(SearchRequest(query=deep))
    with pytest.raises(BadRequest):
        held.search(SearchRequest(query=Any((Everything(),) * 3_000)))
    while isinstance(deep, Not):  # taken apart by hand: CPython frees deep chains recursively
        deep = deep.query


def test_get_gives_records_in_the_order_asked_and_leaves_out_what_is_not_there(held: Driver) -> None:
    found = held.get(["c", "nowhere", "a", "c", "\ud800"])
    assert list(found) == ["c", "a"]
    assert found["c"].kind == "UNIT"
    assert b'"c"' in found["c"].record
    assert held.get([]) == {}


def test_an_archive_without_an_index_answers_empty(engine: Driver) -> None:
    page = engine.search(SearchRequest(facets=(Facet("kinds", "kind"),), metrics=(Metric("sum", "value"),)))
    assert (page.hits, page.total, page.facets["kinds"].counts, page.metrics["sum"].count) == ((), 0, (), 0)
    assert engine.get(["a"]) == {}
    assert engine.status().ready
    engine.delete("SRC-1")
    engine.write()
    assert engine.write(source("SRC-1")).written == 0
