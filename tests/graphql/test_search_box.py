"""What is typed into the search box."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.enums import MatchMode
from schema.language.clauses import ClauseKind
from schema.language.plan import planned
from schema.language.reading import read
from search.criteria import Everything, Query
from tests.graphql.world import ask, services


def typed(text: str, match: MatchMode) -> Query:
    return asyncio.run(planned(services(), text, match)).query(every=match is not MatchMode.ANY)


ASKED = "query($query: String!) { search(query: $query) { totalCount } }"


@pytest.mark.parametrize("match", list(MatchMode))
@pytest.mark.parametrize(
    "text", ["", " ", "-", "--", "*", "+", "\0", '"', '""', "“", "“”", "「」", "?!", "，。", "-“”", "- -", '-"*"', "-*", "“*”", "+ -", "－"]
)
def test_what_holds_no_word_is_an_empty_query(text: str, match: MatchMode) -> None:
    assert typed(text, match) == Everything()


@given(st.text(alphabet='-－*+"“”「」 \0.,，。!?()', max_size=20), st.sampled_from(list(MatchMode)))
def test_no_mix_of_signs_is_anything_else(text: str, match: MatchMode) -> None:
    assert typed(text, match) == Everything()
    assert all(clause.kind is ClauseKind.IGNORED for clause in read(text).clauses)


@pytest.mark.parametrize("sign", ["-", "*", "+", "\0", "“*”", "-“+”"])
def test_signs_beside_a_word_change_nothing(sign: str) -> None:
    assert ask(ASKED, query=f"网格员 {sign}") == ask(ASKED, query="网格员")
    assert ask(ASKED, query=sign) == ask(ASKED, query="")


def test_a_sign_that_is_a_word_is_looked_for() -> None:
    assert typed("%", MatchMode.ALL) != Everything()


def test_only_words_to_leave_out_leave_them_out() -> None:
    assert 0 < ask(ASKED, query="-网格员")["search"]["totalCount"] < ask(ASKED, query="")["search"]["totalCount"]


NAMED = "query($query: String!) { namedPractices(query: $query, first: 50) { name mentionCount mentions { totalCount } } }"


def test_a_practice_is_found_by_its_name_and_not_by_what_stands_beside_it() -> None:
    found = ask(NAMED, query="书记项目")["namedPractices"]
    assert [one["name"] for one in found] == ["书记项目"]
    assert ask(NAMED, query="“书记项目”领办机制")["namedPractices"] == found
    assert all("项目" in one["name"] for one in ask(NAMED, query="项目")["namedPractices"])
    assert ask(NAMED, query="全县")["namedPractices"] == []
    everything = ask(NAMED, query="")["namedPractices"]
    assert found[0] in everything
    assert all(one["mentionCount"] == one["mentions"]["totalCount"] for one in everything)
