"""Items like one that is read, and names that begin as somebody types."""

from __future__ import annotations

import pytest

from search.criteria import Term
from search.related import similar, suggested, suggestion, telling_words
from tests.contract.driver import Driver, entry, source

FIELDS = {"unit_words": 1.0}


@pytest.fixture(scope="module")
def held(standing: Driver) -> Driver:
    texts = {
        "pay": "网格员待遇不高，队伍不稳，网格员流失",
        "pay elsewhere": "网格员待遇不高，队伍流失严重",
        "pay again": "网格员待遇提高之后队伍稳定",
        "road": "农村公路建设资金不足",
    }
    units = [entry(key, unit_words=text, document_id="D2" if key == "pay again" else "D1") for key, text in texts.items()]
    names = [entry(f"p{n}", "PRACTICE", practices=name) for n, name in enumerate(["积分制", "积分制", "积分超市", "书记项目", "A.*b"])]
    figures = [entry(f"f{n}", "STATISTIC", subject=name) for n, name in enumerate(["积分制农户", "积分制", "网格员"])]
    standing.write(source("S", *units, *names, *figures))
    return standing


def test_the_telling_words_are_those_a_text_uses_most() -> None:
    assert telling_words("网格员走访，网格员记录，2025年走访了12户") == ("网格员", "走访", "记录")
    assert telling_words("网格员走访，网格员记录", 1) == ("网格员",)
    assert telling_words("的、了、12") == ()


def test_what_is_like_an_item_comes_best_first_without_what_is_left_out(held: Driver) -> None:
    text = "网格员待遇不高，队伍不稳，网格员流失"
    asked = similar(text, FIELDS, without={"id": "pay"}, filters={"kind": Term("kind", ("UNIT",))})
    assert [hit.id for hit in held.search(asked).hits] == ["pay elsewhere", "pay again"]
    asked = similar(text, FIELDS, without={"document_id": "D1"}, filters={})
    assert [hit.id for hit in held.search(asked).hits] == ["pay again"]
    assert held.search(similar("，", FIELDS, without={}, filters={})).hits == ()


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        ("积分", (("积分制", 3), ("积分制农户", 1), ("积分超市", 1))),
        ("积分制", (("积分制", 3), ("积分制农户", 1))),
        ("网", (("网格员", 1),)),
        ("A.", (("A.*b", 1),)),
        (".*", ()),
        ("没有", ()),
    ],
)
def test_names_are_suggested_from_their_beginning_most_used_first(
    held: Driver, beginning: str, expected: tuple[tuple[str, int], ...]
) -> None:
    assert suggested(held.search(suggestion(beginning))) == expected


def test_no_more_names_than_asked_for_are_suggested(held: Driver) -> None:
    assert suggested(held.search(suggestion("积分", size=1)), 1) == (("积分制", 3),)
