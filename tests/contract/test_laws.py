"""Any small index and any small request: an engine answers as the naive evaluation in memory does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.criteria import (
    All,
    Any,
    Constant,
    Everything,
    Exists,
    Facet,
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
from search.port import Entry, SearchEngine
from tests.contract import reference
from tests.contract.driver import Driver, entry, source

WORDS = ["网格员", "网格长", "双联户长", "走访", "书记项目", "79.4%", "2025", "Ａ", "的", "，", "\n"]
texts = st.lists(st.sampled_from(WORDS), max_size=5).map("".join)
keywords = st.sampled_from(["", "a", "A", "a/b", "a/b/c", "（二）", ".*", "𠀀", "\n"])
numbers = st.sampled_from([-1, 0, 0.5, 3, 1e15])
integers = st.sampled_from([-2, 0, 2023, 2024])
days = st.sampled_from(["0001-01-01", "1999-12-31", "2024-02-29", "9999-12-31"])
FIELDS = {
    "unit_words": texts,
    "unit_grams": texts,
    "path": keywords,
    "themes": st.lists(keywords, max_size=3).map(tuple),
    "year": st.lists(integers, max_size=2).map(tuple),
    "value": numbers,
    "published": days,
    "is_reprint": st.booleans(),
}
fields = st.fixed_dictionaries({}, optional=FIELDS)
kinds = st.sampled_from(["UNIT", "DOCUMENT", "other kind"])
entries = st.dictionaries(st.text("ab/é𠀀", min_size=1, max_size=10), st.tuples(kinds, fields), max_size=8).map(
    lambda made: [entry(key, kind, **values) for key, (kind, values) in made.items()]
)


def ranges(field: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[Query]:
    bound = st.none() | values
    return st.builds(Range, st.just(field), gte=bound, gt=bound, lte=bound, lt=bound)


text_fields = st.sampled_from([{"unit_words": 1.0}, {"unit_grams": 0.5}, {"unit_words": 2.0, "unit_grams": 1.0}])
runs = st.lists(st.sampled_from("甲乙丙，。 \n"), max_size=9).map("".join)
leaves = st.one_of(
    st.just(Everything()),
    st.just(Nothing()),
    st.builds(Text, texts, text_fields, st.booleans()),
    st.builds(Phrase, texts, st.just({"unit_words": 1.0})),
    st.builds(Term, st.sampled_from(["path", "themes"]), st.lists(keywords, max_size=3).map(tuple)),
    st.builds(Term, st.just("kind"), st.lists(kinds, max_size=2).map(tuple)),
    st.builds(Term, st.just("year"), st.lists(integers, max_size=3).map(tuple)),
    st.builds(Term, st.just("is_reprint"), st.lists(st.booleans(), max_size=2).map(tuple)),
    st.builds(Prefix, st.sampled_from(["path", "themes"]), keywords),
    st.builds(Exists, st.sampled_from(["path", "themes", "year", "value", "published", "is_reprint"])),
    ranges("value", numbers),
    ranges("year", integers),
    ranges("published", days),
)
queries: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(Ranked, parts, parts),
        st.builds(Constant, parts, st.sampled_from([0.0, 1.0, 64.0])),
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Any, st.lists(parts, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
sorts = st.sampled_from([Sort(), *(Sort(field, down) for field in ("id", "path", "value", "published") for down in (True, False))])


@pytest.fixture(scope="module")
def engine_of_laws(opener: Callable[[Path], SearchEngine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    driver = Driver(opener(tmp_path_factory.mktemp("laws")))
    yield driver
    driver.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(runs, max_size=3), max_size=6), st.lists(runs, min_size=1, max_size=6))
def test_a_phrase_finds_what_holds_its_characters_in_a_row_in_one_value(
    engine_of_laws: Driver, held: list[list[str]], phrases: list[str]
) -> None:
    def bare(text: str) -> str:
        return "".join(char for char in text if char in "甲乙丙")

    engine = engine_of_laws
    engine.write(source("S", *(entry(f"e{at}", unit_words=tuple(texts)) for at, texts in enumerate(held))))
    for phrase in phrases:
        expected = [f"e{at}" for at, texts in enumerate(held) if bare(phrase) and any(bare(phrase) in bare(text) for text in texts)]
        assert sorted(engine.ids(Phrase(phrase, {"unit_words": 1.0}))) == expected


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(entries, st.lists(st.tuples(queries, queries, sorts), min_size=1, max_size=8))
def test_an_engine_agrees_with_the_naive_evaluation(
    engine_of_laws: Driver, held: list[Entry], asked: list[tuple[Query, Query, Sort]]
) -> None:
    engine = engine_of_laws
    assert engine.write(source("S", *held)).refused == ()
    for query, condition, sort in asked:
        wanted = (Facet("f", "themes", 2, frozenset({"c"})), Facet("g", "year", 2), Facet("h", "path", 2, prefix="a"))
        request = SearchRequest(query=query, filters={"c": condition}, sort=sort, size=3, facets=wanted)
        page = engine.search(request)
        expected = reference.found(held, query, [condition])
        assert page.total == len(expected)
        assert page.facets == {facet.name: reference.facet(held, request, facet) for facet in wanted}
        assert [hit.id for hit in engine.scan(All((query, condition)))] == sorted(one.id for one in expected)
        hits = engine.paged(All((query, Not(Not(condition)))), sort, size=2)
        if sort.field is None:
            assert sorted(hit.id for hit in hits) == sorted(one.id for one in expected)
            assert [(-(hit.score or 0), hit.id) for hit in hits] == sorted((-(hit.score or 0), hit.id) for hit in hits)
        else:
            assert [hit.id for hit in hits] == reference.ordered(expected, sort)
