"""Documents that are kept by the service: trusted ones of our own pages, and those that clients had kept before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.documents import KEPT_BYTES, KEPT_DOCUMENTS, MANIFEST, Kept, hash_of, trusted
from api.limits import Reading
from api.settings import Settings
from api.trusted import manifest
from api.web_settings import Web
from schema.bounded import Bounded
from schema.build import build_schema
from tests.graphql.world import QUERIES, services
from tests.http.test_graphql_over_http import RESPONSE, code

QUERY = "{ kept: __typename }"
OURS = (QUERIES / "11-two-copies.graphql").read_text("utf-8")


def app(**web: Any) -> TestClient:
    return TestClient(create_app(Settings(web=Web(**web)), services()), "http://127.0.0.1:8000", headers={"accept": RESPONSE})


@pytest.fixture
def client() -> Iterator[TestClient]:
    with app() as made:
        yield made


def persisted(client: TestClient, query: str | None = None, wanted: str | None = None, **body: object) -> Any:
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": wanted or hash_of(query or QUERY)}}
    return client.post("/graphql", json={**({"query": query} if query else {}), "extensions": extensions, **body})


def by_id(client: TestClient, query: str, **more: str) -> Any:
    return client.get("/graphql", params={"documentId": f"sha256:{hash_of(query)}", **more})


def test_the_manifest_is_made_of_the_documents_as_they_are() -> None:
    assert MANIFEST.read_text("utf-8") == manifest(), "run `python -m api.trusted`"
    assert all(hash_of(text) == name for name, text in trusted().items())


@pytest.mark.parametrize("name", sorted(trusted()))
def test_every_trusted_document_fits_the_schema(name: str) -> None:
    assert Reading().read(build_schema().graphql, trusted()[name]).problems == ()


def test_a_trusted_document_is_run_by_its_hash(client: TestClient) -> None:
    variables = json.loads((QUERIES / "11-two-copies.json").read_text("utf-8"))
    sent = client.post("/graphql", json={"query": OURS, "variables": variables}).json()
    assert by_id(client, OURS, variables=json.dumps(variables)).json() == sent
    assert "errors" not in sent
    assert client.post("/graphql", json={"documentId": f"sha256:{hash_of(OURS)}", "variables": variables}).json() == sent
    assert persisted(client, wanted=hash_of(OURS), variables=variables).json() == sent


def test_a_hash_that_nobody_kept_is_told_in_the_words_that_apollo_waits_for(client: TestClient) -> None:
    response = persisted(client)
    assert (response.status_code, code(response)) == (400, "PERSISTED_QUERY_NOT_FOUND")
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    as_json = client.get("/graphql", params={"extensions": json.dumps({"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}})},
                         headers={"accept": "application/json"})  # fmt: skip
    assert (as_json.status_code, code(as_json)) == (200, "PERSISTED_QUERY_NOT_FOUND")
    assert code(by_id(client, QUERY)) == "PERSISTED_QUERY_NOT_FOUND"


def test_a_document_is_kept_once_it_was_sent_with_its_hash(client: TestClient) -> None:
    assert persisted(client, QUERY).json()["data"] == {"kept": "Query"}
    assert persisted(client).json()["data"] == {"kept": "Query"}
    assert by_id(client, QUERY).json()["data"] == {"kept": "Query"}
    extensions = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": hash_of(QUERY).upper()}})
    answer = client.get("/graphql", params={"extensions": extensions})
    assert answer.json()["data"] == {"kept": "Query"} and answer.headers["etag"]


@pytest.mark.parametrize("query", ["{", "{ nope }", "mutation { x }", "{" + "a " * 2000 + "}"])
def test_what_is_not_run_is_not_kept(client: TestClient, query: str) -> None:
    assert "data" not in persisted(client, query).json()
    assert code(persisted(client, wanted=hash_of(query))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "extension",
    [
        1, "x", None, [], {}, {"version": 2, "sha256Hash": hash_of(QUERY)}, {"version": 1}, {"version": 1, "sha256Hash": 7},
        {"version": 1, "sha256Hash": "x"}, {"version": 1, "sha256Hash": "0" * 64}, {"version": 1, "sha256Hash": "0" * 63 + "\n"},
    ],
)  # fmt: skip
def test_a_hash_that_is_none_or_another_documents_is_refused(client: TestClient, extension: object) -> None:
    response = client.post("/graphql", json={"query": QUERY, "extensions": {"persistedQuery": extension}})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert code(persisted(client)) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("name", ["x", "sha256:x", "sha256:" + "A" * 64, "md5:" + "0" * 64, "../../etc/passwd", "sha256:" + "0" * 65])
def test_an_id_that_is_none_is_refused(client: TestClient, name: str) -> None:
    assert code(client.get("/graphql", params={"documentId": name})) == "BAD_REQUEST"
    assert code(client.get("/graphql", params={"documentId": "sha256:" + "0" * 64, "query": QUERY})) == "BAD_REQUEST"


def test_where_only_trusted_documents_are_run_all_others_are_refused() -> None:
    with app(trusted_only=True) as client:
        for response in (client.post("/graphql", json={"query": QUERY}), persisted(client, QUERY), persisted(client), by_id(client, QUERY)):
            assert (response.status_code, code(response)) == (400, "PERSISTED_QUERY_NOT_FOUND")
        variables = json.loads((QUERIES / "11-two-copies.json").read_text("utf-8"))
        assert "errors" not in client.post("/graphql", json={"query": OURS, "variables": variables}).json()
        assert "errors" not in by_id(client, OURS, variables=json.dumps(variables)).json()


def test_no_flood_of_documents_takes_more_than_its_share() -> None:
    kept = Kept()
    for number in range(3_000):
        query = f"{{ a{number}: __typename }} # {'x' * (number % 3_000)}"
        kept.learnt.put(hash_of(query), query, 4 * len(query))
    assert 100 < len(kept.learnt) <= KEPT_DOCUMENTS
    assert kept.learnt.weight <= KEPT_BYTES


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 60))))
def test_a_bounded_cache_never_holds_more_than_its_bounds(puts: list[tuple[int, int]]) -> None:
    cache: Bounded[int, int] = Bounded(5, 100)
    for key, weight in puts:
        cache.put(key, weight, weight)
        assert len(cache) <= 5 and cache.weight <= 100
        assert cache.get(key) == (weight if weight <= 100 // 8 else None)
    assert cache.weight == sum(cache.get(key) or 0 for key in range(21))
