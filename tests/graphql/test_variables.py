"""A variable at fault is named, with the place inside it."""

import pytest

from tests.graphql.world import execute, refusal

ASKED = "query($query: String!, $filter: SearchFilter) { search(query: $query, filter: $filter) { totalCount } }"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "'$query'"),
        ({"query": None}, "'$query'"),
        ({"query": 5}, "'$query'"),
        ({"query": "", "filter": {"years": [2024, "a"]}}, "'$filter' has invalid value at .years[1]: Int cannot"),
        ({"query": "", "filter": {"published": {"from": "yesterday"}}}, "'$filter' has invalid value at .published.from: "),
        ({"query": "", "filter": {"nothing": 1}}, "'$filter'"),
        ({"query": "", "filter": {"genres": ["NOVEL"]}}, "'$filter' has invalid value at .genres[0]: "),
    ],
)
def test_a_variable_at_fault_is_named(variables: dict[str, object], named: str) -> None:
    code, message = refusal(ASKED, **variables)
    assert code == "GRAPHQL_VALIDATION_FAILED"
    assert named in message and "Traceback" not in message


def test_each_of_several_is_named() -> None:
    _, errors = execute("query($a: String!, $b: Int!) { search(query: $a, first: $b) { totalCount } }")
    assert [("$a" in error["message"], "$b" in error["message"]) for error in errors] == [(True, False), (False, True)]
    assert all(error["locations"] for error in errors)
