"""Names that are typed like words: of authors, and of places that are left out."""

from typing import Any

import pytest

from tests.graphql.world import ask

ASKED = """query($query: String!) { search(query: $query, first: 100) { totalCount
  reading { clauses { kind label notes { code message } } }
  nodes { __typename ... on Document { id authors } ... on Statistic { id } ... on KnowledgeUnit { id } ... on Practice { id } } } }"""


def found(query: str) -> Any:
    return ask(ASKED, query=query)["search"]


def codes(query: str) -> list[str]:
    return [note["code"] for clause in found(query)["reading"]["clauses"] for note in clause["notes"]]


def ids(query: str) -> set[str]:
    return {node["id"] for node in found(query)["nodes"]}


def test_the_documents_of_an_author_are_found_by_the_name_alone_and_it_is_said() -> None:
    one = found("次仁片多")
    (note,) = one["reading"]["clauses"][0]["notes"]
    assert note["code"] == "AUTHOR_NAME"
    assert "作者:次仁片多" in note["message"]
    assert one["totalCount"] == len(one["nodes"]) > 0
    assert all("次仁片多" in node["authors"] for node in one["nodes"])
    assert ids("类别:文献 作者:次仁片多") == ids("次仁片多")


@pytest.mark.parametrize("query", ["次仁片", "“次仁片多”", "-次仁片多", "网格员", "作者:次仁片多"])
def test_nothing_else_is_called_an_author(query: str) -> None:
    assert "AUTHOR_NAME" not in codes(query)


def test_a_place_that_is_left_out_leaves_out_what_lies_in_it() -> None:
    assert "PLACE_NAME" in codes("积分制 -聂拉木")
    assert ids("积分制 -聂拉木") == ids("积分制 -地区:聂拉木县 -“聂拉木”") < ids("积分制 -“聂拉木”")


def test_a_condition_before_words_that_no_figure_is_of_is_words() -> None:
    assert [clause["kind"] for clause in found("300名以上网格员")["reading"]["clauses"]] == ["FIGURE"]
    assert [clause["kind"] for clause in found("十户以上联防")["reading"]["clauses"]] == ["WORDS"]
    assert found("十户以上联防")["totalCount"] > 0


def test_what_is_said_of_figures_is_true_where_they_are_left_out() -> None:
    assert codes("网格员>=300人") == ["FIGURES_ONLY"]
    assert codes("-网格员>=300人") == ["FIGURES_LEFT_OUT"]
    assert {node["__typename"] for node in found("网格员>=300人")["nodes"]} == {"Statistic"}
    assert len({node["__typename"] for node in found("-网格员>=300人")["nodes"]}) > 1
