"""Fragments show what was looked for, where it stands."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import Span
from search.criteria import All, Any, Everything, Not, Phrase, Query, Term, Text
from search.highlight import Fragment, Wanted, fragments, wanted

FIELDS = {"unit_words": 1.0}
PARTS = ["网格员", "网格", "双联户长", "每周", "入户走访", "。", "\n", "，", "350", "㎡", "人", "A"]
pieces = st.lists(st.sampled_from(PARTS)).map("".join)
searches = st.sampled_from(["网格员", "每周入户走访", "350人", "网格 双联户长", "m2"])


def marked(fragment: Fragment) -> list[str]:
    return [fragment.text[start:end] for start, end in fragment.ranges]


def found(text: str, query: Query, **options: int) -> list[list[str]]:
    return [marked(fragment) for fragment in fragments(text, wanted(query), **options)]


def test_words_are_marked_where_they_are_words() -> None:
    text = "网格化管理以来，网格员每周走访，网格员350人。"
    assert found(text, Text("网格员", FIELDS)) == [["网格员", "网格员"]]


def test_pairs_of_characters_are_marked_only_where_no_word_is() -> None:
    assert found("网格员每周走访", Text("网格", FIELDS)) == [["网格"]]
    assert found("划分网格，网格员走访", Text("网格", FIELDS)) == [["网格"]]


def test_neighbours_become_one_mark() -> None:
    assert found("每周入户走访群众", Text("每周入户走访", FIELDS)) == [["每周入户走访"]]


def test_a_phrase_is_marked_only_as_a_whole() -> None:
    text = "走访群众，入户走访。每周走访一次"
    assert found(text, Phrase("每周走访", FIELDS)) == [["每周走访"]]
    assert found(text, Phrase("走访每周", FIELDS)) == [["走访。每周"]]  # one after the other, whatever stands between sentences
    assert found("A A B A A A B", Phrase("a a b", FIELDS)) == [["A A B", "A A B"]]


def test_a_phrase_is_marked_however_the_text_is_cut_into_words() -> None:
    assert found("专职网格员队伍", Phrase("职网格", FIELDS)) == [["职网格"]]
    assert found("占７９．４％，第15户与5户", Phrase("5户", FIELDS)) == [["5户"]]
    assert found("走访群众", All((Phrase("访群", FIELDS), Text("走访", FIELDS)))) == [["走访群"]]


def test_what_is_excluded_or_only_filtered_is_not_marked() -> None:
    query = All((Text("走访", FIELDS), Not(Text("网格员", FIELDS)), Term("kind", ("UNIT",)), Everything()))
    assert found("网格员走访", query) == [["走访"]]
    assert found("网格员走访", Not(Text("网格员", FIELDS))) == []
    assert found("网格员走访", Any(())) == []


def test_full_width_forms_are_marked_in_the_raw_text() -> None:
    assert found("占比７９．４％。", Text("79.4%", FIELDS)) == [["７９．４％"]]


def test_a_number_is_marked_where_its_whole_part_or_its_form_with_commas_stands() -> None:
    assert found("占比79.4%，其中7人", Text("79", FIELDS)) == [["79"]]
    assert found("共1,234人，其中234人", Text("1234人", FIELDS)) == [["1,234人", "人"]]
    assert found("占比79.5%", Text("79.4", FIELDS)) == []


def test_the_best_fragment_has_most_different_words_and_begins_at_its_sentence() -> None:
    text = "网格员。" * 20 + "别的话。" * 40 + "下一句：网格员与双联户长每周走访。" + "再说。" * 60
    first, *others = fragments(text, wanted(Text("网格员 双联户长 走访", FIELDS)), count=3, width=40)
    assert first.text.startswith("下一句")
    assert marked(first) == ["网格员", "双联户长", "走访"]
    assert len(others) == 2


@settings(deadline=None)
@given(
    pieces,
    st.sampled_from(["网格员", "每周入户走访", "350人", "网格 双联户长", "m2"]),
    st.integers(1, 5),
    st.integers(5, 60),
    st.booleans(),
)
def test_fragments_are_pieces_of_the_text_apart_from_each_other(text: str, words: str, count: int, width: int, phrase: bool) -> None:
    query = Phrase(words, FIELDS) if phrase else Text(words, FIELDS)
    shown = fragments(text, wanted(query), count=count, width=width)
    assert len(shown) <= count
    spans = sorted(Span(fragment.start, fragment.start + len(fragment.text)) for fragment in shown)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    for fragment in shown:
        assert text[fragment.start : fragment.start + len(fragment.text)] == fragment.text
        assert fragment.ranges
        assert all(0 <= span.start < span.end <= len(fragment.text) for span in fragment.ranges)
        assert all(left.end < right.start for left, right in pairwise(fragment.ranges))


def test_a_long_text_of_hits_takes_linear_time() -> None:
    text = "网格员走访" * 20_000
    started = time.process_time()
    assert len(fragments(text, wanted(Text("网格员 走访", FIELDS)), count=3)) == 3
    assert fragments("甲" * 20_000, Wanted(phrases=(("甲",) * 500,)), count=1) is not None
    assert time.process_time() - started < 5
