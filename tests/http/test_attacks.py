"""Attacks that once went through, each answered or refused for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.graphql.world import services

LETTERS = "abcdefgh"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), services()), "http://127.0.0.1:8000") as made:
        yield made


def cost(client: TestClient, query: str, **variables: Any) -> int | str:
    """The points of a query that is run, or the code of its refusal."""
    body = client.post("/graphql", json={"query": query, "variables": variables}).json()
    return body["extensions"]["cost"]["requested"] if "data" in body else str(body["errors"][0]["extensions"]["code"])


NESTED = """query Q($n: Int!) { search(first: $n, filter: {types: [DOCUMENT]}) { nodes { ... on Document {
  units(first: $n) { nodes { document { units(first: $n) { nodes { id } } } } } } } } }"""


@pytest.mark.parametrize("number", [100, 100.0, 1e2])
def test_a_number_costs_the_same_however_it_is_written(client: TestClient, number: float) -> None:
    assert cost(client, NESTED, n=number) == "LIMIT_EXCEEDED"


def test_what_tools_ask_of_the_schema_is_answered(client: TestClient) -> None:
    found = cost(client, get_introspection_query(descriptions=True))
    assert isinstance(found, int) and 100 < found <= 2000


def test_one_introspection_is_not_many(client: TestClient) -> None:
    many = " ".join(f"a{number}: fields {{ args {{ type {{ name }} }} }}" for number in range(55))
    assert cost(client, f"{{ __schema {{ types {{ {many} }} }} }}") == "LIMIT_EXCEEDED"
    names = " ".join(f"a{number}: description" for number in range(550))
    assert cost(client, f"{{ __schema {{ types {{ fields {{ {names} }} }} }} }}") == "LIMIT_EXCEEDED"
    one = '{ __type(name: "Query") { fields { name args { name type { name } } } } }'
    assert isinstance(cost(client, one), int)


def test_nested_fragments_of_an_introspection_are_measured_once(client: TestClient) -> None:
    fragments = " ".join(f"fragment F{at} on __Type {{ ofType {{ ...F{at + 1} ...F{at + 1} }} }}" for at in range(15))
    assert cost(client, f"{{ __schema {{ types {{ ...F0 }} }} }} {fragments} fragment F15 on __Type {{ name }}") == "LIMIT_EXCEEDED"


def test_names_of_types_count_like_other_fields(client: TestClient) -> None:
    many = " ".join(f"{letter}{number}: __typename" for letter in LETTERS for number in range(70))
    searches = " ".join(f"s{number}: search(first: 100) {{ nodes {{ ...N }} }}" for number in range(17))
    assert cost(client, f"{{ {searches} }} fragment N on SearchItem {{ {many} }}") == "LIMIT_EXCEEDED"
    assert isinstance(cost(client, "{ search(first: 20) { nodes { __typename } } }"), int)


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("search(first: 1) { totalCount }", 35),
        ('compareFigures(placeIds: ["PLACE-540235", "PLACE-540400"]) { rows { indicator } }', 4),
        ("indicators { term }", 5),
        ("themes { name }", 45),
        ("search(first: 1) { nothingFound { message } }", 12),
        ("search(first: 1) { facets(fields: [PLACE]) { label } }", 26),
    ],
)
def test_only_so_many_searches_fit_into_one_request(client: TestClient, field: str, most: int) -> None:
    many = " ".join(f"a{number}: {field}" for number in range(most))
    assert cost(client, f"{{ {many} }}") == "LIMIT_EXCEEDED"
    assert isinstance(cost(client, f"{{ {field} }}"), int)


def test_an_indicator_by_name_costs_little(client: TestClient) -> None:
    found = cost(client, '{ indicators(name: "GDP") { term } }')
    assert isinstance(found, int) and found < 50


def test_a_long_text_in_the_search_box_costs_what_it_takes(client: TestClient) -> None:
    def price(text: str, argument: str = "$q") -> int:
        query = (
            f"query($q: String!) {{ search(query: {argument}, first: 1) {{ totalCount }} practices(query: $q, first: 1) {{ totalCount }} }}"
        )
        return int(client.post("/graphql", json={"query": query, "variables": {"q": text}}).json()["extensions"]["cost"]["requested"])

    usual = price("网格员")
    assert price("网" * 40) == usual
    assert price("网" * 340) == usual + 2 * 300
    assert price("网格员", '"' + "网" * 140 + '"') == usual + 100


@pytest.mark.parametrize(
    ("head", "argument", "variables"),
    [
        ("", "null", {}),
        ("($n: String)", "$n", {}),
        ("($n: String)", "$n", {"n": None}),
        ("($n: String = null)", "$n", {}),
        ('($n: String = "GDP")', "$n", {"n": None}),
    ],
)
def test_a_list_that_is_asked_for_by_no_name_costs_what_it_costs_whole(
    client: TestClient, head: str, argument: str, variables: dict[str, None]
) -> None:
    def price(head: str, argument: str, variables: dict[str, Any]) -> int:
        query = f"query{head} {{ indicators(name: {argument}) {{ term }} }}"
        return int(client.post("/graphql", json={"query": query, "variables": variables}).json()["extensions"]["cost"]["requested"])

    assert price(head, argument, variables) > 400
    assert price("($n: String)", "$n", {"n": "GDP"}) == price('($n: String = "GDP")', "$n", {}) < 50


def test_exports_take_turns(client: TestClient) -> None:
    from api.exporting.answering import AT_ONCE

    with client.stream("GET", "/export", params={"format": "jsonl"}) as first:
        assert first.status_code == 200
        first.read()
    for _ in range(2 * AT_ONCE):  # each gives its turn back, a refused one too
        assert client.get("/export", params={"limit": 1}).status_code == 200
        assert client.get("/export", params={"types": "NOPE"}).status_code == 400
        assert client.get("/feed").status_code == 200


def test_an_export_too_many_is_told_to_wait() -> None:
    from graphql import GraphQLError

    from api.exporting.answering import AT_ONCE, Turns

    turns = Turns()
    for _ in range(AT_ONCE):
        turns.take()
    with pytest.raises(GraphQLError, match="in a moment"):
        turns.take()
    turns.give_back()
    turns.take()


def test_an_address_has_one_export_at_a_time() -> None:
    from graphql import GraphQLError

    from api.exporting.answering import Turns

    turns = Turns(2)
    turns.take("192.0.2.1")
    with pytest.raises(GraphQLError, match="your address"):
        turns.take("192.0.2.1")
    turns.take("192.0.2.2")
    with pytest.raises(GraphQLError, match="in a moment"):
        turns.take("192.0.2.3")
    turns.give_back("192.0.2.1")
    turns.take("192.0.2.1")
