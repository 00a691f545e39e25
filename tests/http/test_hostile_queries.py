"""Queries that are made to cost much: each is refused with a code that says why, or answered, and never at length.

What they cost in time and memory is measured by benchmarks/hostile.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient

from api.app import create_app
from api.limits import CACHED_BYTES, Reading
from api.settings import Settings
from schema.build import build_schema
from tests.graphql.world import QUERIES, services
from tests.http.hostile import ANSWERED, CODES, REFUSED
from tests.http.test_graphql_over_http import RESPONSE, post


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), services()), "http://127.0.0.1:8000", raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(client: TestClient, name: str) -> None:
    response = client.post("/graphql", json=REFUSED[name], headers={"accept": RESPONSE})
    codes = {error["extensions"]["code"] for error in response.json()["errors"]}
    assert codes <= CODES
    assert not response.json().get("data"), response.text[:300]
    assert len(response.content) < 20_000


@pytest.mark.parametrize("name", ANSWERED)
def test_it_is_answered(client: TestClient, name: str) -> None:
    response = client.post("/graphql", json=ANSWERED[name], headers={"accept": RESPONSE})
    assert response.status_code == 200, response.text[:300]
    assert "errors" not in response.json()
    assert len(response.content) < 3_000_000


def test_what_one_answer_may_hold_is_bounded_by_what_it_costs(client: TestClient) -> None:
    """A scalar has a price too, and a text one for its length: they are what an answer is made of."""

    def cost(query: str) -> int:
        return int(post(client, query).json()["extensions"]["cost"]["requested"])

    assert cost("{ themes { id } }") < cost("{ themes { id name: id n2: id n3: id n4: id n5: id n6: id } }")
    short, long = (
        cost(f"{{ search(first: 50) {{ nodes {{ ... on Document {{ text(length: {length}) }} }} }} }}") for length in (100, 20_000)
    )
    assert long - short == 50 * 10
    assert cost(get_introspection_query()) > 500 > cost("{ __schema { description } }")
    assert cost("{" + " ".join(f"a{number}: __typename" for number in range(100)) + "}") == 4


def test_every_worked_query_leaves_room_for_one_that_asks_for_more(client: TestClient) -> None:
    for path in sorted(QUERIES.glob("*.graphql")):
        given = path.with_suffix(".json")
        variables = json.loads(given.read_text("utf-8")) if given.exists() else {}
        answer = post(client, path.read_text("utf-8"), variables=variables).json()
        assert answer["extensions"]["cost"]["requested"] <= 1500, (path.name, answer["extensions"])


def test_documents_are_remembered_within_their_memory() -> None:
    schema, reading = build_schema().graphql, Reading()
    long = "# " + "x" * 100_000
    for number in range(500):
        reading.read(schema, f"{{ a{number}: __typename }} {long}")
    assert reading.cache.weight <= CACHED_BYTES
    assert 10 < len(reading.cache) < 500
    reading.read(schema, f"{{ a499: __typename }} {long}")
    assert reading.cache.hits == 1
