"""Scores: the statistics of a text field are those of the entries whose text it is, whatever else the index holds."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadRequest
from search import analysis
from search.criteria import All, Any, Constant, Everything, Not, Phrase, Query, Ranked, SearchRequest, Term, Text
from search.entries import SENTINEL, check_source, indexed_text
from search.highlight import fragments, wanted
from search.mapping import FieldType, archive
from search.port import Entry
from tests.contract.driver import Driver, entry, source

WORDS = ("网格员", "走访", "积分制", "书记项目", "网格长", "入户")
QUESTION = Text("网格员 积分制", {"unit_words": 1.0})
EMPTY = ("", "，。！", "\n")


def units(count: int) -> list[Entry]:
    """Units of one to twelve words; some have no text at all, some only signs."""
    chance = Random(3)  # noqa: S311
    made = [entry(f"u{n:03}", "UNIT", unit_words=" ".join(chance.choices(WORDS, k=chance.randrange(1, 13)))) for n in range(count)]
    return [*made, entry("without", "UNIT"), *(entry(f"empty{n}", "UNIT", unit_words=text) for n, text in enumerate(EMPTY))]


def others(count: int) -> list[Entry]:
    """Entries of other kinds: longer texts in fields of their own, and none."""
    kinds = ("DOCUMENT", "STATISTIC", "SOURCE")
    texts = {"DOCUMENT": "document_words", "STATISTIC": "statistic_words"}
    return [
        entry(f"o{n}", kind, **({texts[kind]: "网格员 走访 " * 30} if kind in texts else {}))
        for n, kind in enumerate(kinds[n % 3] for n in range(count))
    ]


def scores(engine: Driver, query: Query) -> dict[str, float]:
    return {hit.id: hit.score or 0.0 for hit in engine.search(SearchRequest(query=query, size=1000)).hits}


def bm25(entries: list[Entry], text: str) -> dict[str, float]:
    """Okapi BM25 with k1 = 1.2 and b = 0.75 over these entries; one without any token counts as one of a single token."""
    held = {one.id: analysis.terms(str(one.fields.get("unit_words", "")), analysis.Form.WORDS) or [SENTINEL] for one in entries}
    mean = sum(map(len, held.values())) / len(held)
    found: dict[str, float] = {}
    for term in analysis.terms(text, analysis.Form.WORDS):
        having = [key for key, tokens in held.items() if term in tokens]
        weight = math.log(1 + (len(held) - len(having) + 0.5) / (len(having) + 0.5))
        for key in having:
            frequency = held[key].count(term)
            length = 1.2 * (1 - 0.75 + 0.75 * len(held[key]) / mean)
            found[key] = found.get(key, 0) + weight * frequency / (frequency + length)
    return found


def test_entries_of_other_kinds_change_no_score(engine: Driver) -> None:
    engine.write(source("U", *units(60)))
    alone = scores(engine, QUESTION)
    engine.write(source("O", *others(300)))
    assert scores(engine, QUESTION) == alone
    assert scores(engine, All((Term("kind", ("UNIT",)), QUESTION))) == alone


def test_scores_are_in_the_proportions_of_bm25_over_the_entries_of_the_kind(engine: Driver) -> None:
    engine.write(source("O", *others(50)), source("U", *units(80)))
    expected = bm25(units(80), QUESTION.text)
    found = scores(engine, QUESTION)
    assert found.keys() == expected.keys()
    best = next(iter(found))
    for key, score in found.items():
        assert score / found[best] == pytest.approx(expected[key] / expected[best], rel=1e-3)


def test_a_search_over_all_kinds_gives_each_entry_the_score_of_its_kind(engine: Driver) -> None:
    engine.write(source("O", *others(90)), source("U", *units(60)))
    texts = {"unit_words": QUESTION, "document_words": Text("走访", {"document_words": 2.0})}
    together = scores(engine, Any(tuple(texts.values())))
    assert together == {key: score for one in texts.values() for key, score in scores(engine, one).items()}
    assert list(together) == sorted(together, key=lambda key: (-together[key], key))


def test_what_only_ranks_adds_its_score_to_what_is_found(engine: Driver) -> None:
    engine.write(source("O", *others(30)), source("U", *units(60)))
    also = Text("书记项目", {"unit_words": 0.5})
    plain, added = scores(engine, QUESTION), scores(engine, also)
    together = scores(engine, Ranked(QUESTION, also))
    assert together.keys() == plain.keys() != added.keys()
    for key, score in together.items():
        assert score == pytest.approx(plain[key] + added.get(key, 0), rel=1e-3)


def test_a_constant_is_added_to_the_score_of_whatever_it_finds_and_of_nothing_else(engine: Driver) -> None:
    engine.write(source("O", *others(30)), source("U", *units(60)))
    every = Text("网格员 书记项目 入户", {"unit_words": 3.0}, every=True)
    plain, whole = scores(engine, QUESTION), scores(engine, Constant(every, 64.0))
    assert set(whole.values()) == {64.0}
    together = scores(engine, Any((QUESTION, Constant(every, 64.0))))
    assert together.keys() == plain.keys() | whole.keys()
    for key, score in together.items():
        assert score == pytest.approx(plain.get(key, 0) + whole.get(key, 0), rel=1e-3)
    assert set(list(together)[: len(whole)]) == whole.keys()


@pytest.mark.parametrize("score", [-1.0, 1e9, math.nan, math.inf])
def test_a_constant_that_is_no_score_is_refused(engine: Driver, score: float) -> None:
    with pytest.raises(BadRequest, match="constant score"):
        scores(engine, Constant(Everything(), score))


def test_nothing_finds_what_stands_for_an_empty_text(engine: Driver) -> None:
    engine.write(source("U", *units(5)), source("O", *others(9)))
    fields = [field for field in archive().fields.values() if field.type is FieldType.TEXT]
    for text in (SENTINEL, f" {SENTINEL} ", f"{SENTINEL}{SENTINEL}", "\u0387"):
        for field in fields:
            assert engine.ids(Text(text, {field.name: 1.0})) == []
            assert engine.ids(Text(text, {field.name: 1.0}, every=True)) == []
            if field.positions or field.name in archive().in_order:
                assert engine.ids(Phrase(text, {field.name: 1.0})) == []
    assert {"without", "empty0"} <= set(engine.ids(Not(Text(" ".join(WORDS), {"unit_words": 1.0}))))
    assert len(engine.ids(Everything())) == 18


def test_no_phrase_reaches_over_an_empty_text(engine: Driver) -> None:
    engine.put(
        entry("apart", unit_words=("每周", "，", "入户")),
        entry("beside", unit_words=("每周", "入户")),
        entry("signs", unit_words=f"每周 {SENTINEL} 入户"),  # signs are no words: these stand one after the other
        entry("together", unit_words="每周入户"),
    )
    assert engine.ids(Phrase("每周入户", {"unit_words": 1.0})) == ["signs", "together"]
    assert engine.ids(Phrase(f"每周{SENTINEL}入户", {"unit_words": 1.0})) == ["signs", "together"]


@given(st.text() | st.text("·\u0387\u013f\u0140aL网格1%. "))
def test_no_text_gives_the_token_that_stands_for_an_empty_one(text: str) -> None:
    for form in analysis.Form:
        assert SENTINEL not in analysis.terms(text, form)
    assert fragments(f"{text}{SENTINEL}", wanted(Text(SENTINEL, {"unit_words": 1.0}))) == ()


def test_which_fields_of_an_entry_get_it() -> None:
    given = source("S", entry("u", "UNIT", unit_words=("，", "网格员"), unit_grams="", title_words="。"), entry("s", "SOURCE"))
    unit, other = check_source(given, archive()).entries
    assert indexed_text(unit, archive()) == {
        "unit_words": ("网格员",),
        "unit_chars": ("网 格 员",),
        "unit_grams": (SENTINEL,),
    }
    assert indexed_text(other, archive()) == {}


def test_the_order_of_a_text_is_given_by_the_text_alone() -> None:
    [refusal] = check_source(source("S", entry("u", "UNIT", unit_chars="网格员")), archive()).refused
    assert refusal.reason == "unit_chars holds the text of unit_words: give that"
