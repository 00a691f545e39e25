"""Requests that the audit suite of graphql-http does not try: odd methods, parameters, encodings and bodies."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.graphql.world import services
from tests.http.test_graphql_over_http import JSON, RESPONSE, code, post

ASKED = b'{"query": "{ __typename }"}'
TWO = "query A { __typename } query B { __typename }"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), services()), "http://127.0.0.1:8000", raise_server_exceptions=False) as made:
        yield made


def send(client: TestClient, body: bytes, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/graphql", content=body, headers={"content-type": JSON, "accept": RESPONSE, **named})


def test_of_several_operations_none_is_run_unless_one_is_named(client: TestClient) -> None:
    for response in (post(client, TWO), post(client, TWO, operationName=""), client.get("/graphql", params={"query": TWO})):
        assert "data" not in response.json()
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert client.get("/graphql", params={"query": TWO, "operationName": "B"}).json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("name", ["operationName", "variables", "extensions", "documentId"])
def test_an_empty_parameter_is_one_that_is_not_there(client: TestClient, name: str) -> None:
    response = client.get("/graphql", params={"query": "{ __typename }", name: ""})
    assert (response.status_code, response.json()["data"]) == (200, {"__typename": "Query"})


@pytest.mark.parametrize("name", ["query", "variables", "operationName", "extensions", "documentId", "x"])
def test_a_parameter_that_is_given_twice_is_refused(client: TestClient, name: str) -> None:
    response = client.get("/graphql?query=%7B__typename%7D", params=[("query", "{ __typename }"), (name, "{}"), (name, "{}")])
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("address", ["query=%ff", "query=%7B__typename%7D&variables=%c3%28", "&".join(f"a{n}=1" for n in range(200))])
def test_an_address_that_is_not_utf8_or_has_no_end_is_refused(client: TestClient, address: str) -> None:
    response = client.get(f"/graphql?{address}")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


def test_head_is_a_get_without_its_body(client: TestClient) -> None:
    asked = client.get("/graphql", params={"query": "{ __typename }"})
    headed = client.head("/graphql", params={"query": "{ __typename }"})
    assert headed.status_code == 200
    for name in ("content-type", "etag", "cache-control", "vary"):
        assert headed.headers[name] == asked.headers[name]


def test_a_mutation_is_not_taken_from_an_address(client: TestClient) -> None:
    response = client.get("/graphql", params={"query": "mutation { x }"}, headers={"accept": RESPONSE})
    assert (response.status_code, response.headers["allow"], code(response)) == (405, "POST", "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_subscription_is_not_run_as_a_query(client: TestClient, method: str) -> None:
    query = "subscription { x }"
    response = client.get("/graphql", params={"query": query}) if method == "GET" else post(client, query)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("kind", [JSON, f"{JSON};charset=utf-8", f'{JSON} ; charset="UTF-8"', "Application/JSON", f"{JSON}; x=y"])
def test_a_body_of_json_in_utf8_is_read(client: TestClient, kind: str) -> None:
    assert send(client, ASKED, content_type=kind).status_code == 200


@pytest.mark.parametrize("kind", ["", f"{JSON}; charset=utf-16", f"{JSON}; charset=latin1", "application/json5", "application/graphql"])
def test_another_body_is_not(client: TestClient, kind: str) -> None:
    response = send(client, ASKED, content_type=kind)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "aes128gcm"])
def test_a_packed_body_is_refused_and_never_unpacked(client: TestClient, encoding: str) -> None:
    response = send(client, gzip.compress(ASKED), content_encoding=encoding)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert response.headers["accept-encoding"] == "identity"
    assert send(client, ASKED, content_encoding="identity").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + ASKED, ASKED.decode().encode("utf-16"), ASKED[:-2], ASKED + b"x", ASKED + ASKED, b"[[[[[]]]]]", b"[1]", b"[null]",
        b"true", b"0.1", b'""', b'{"query": true}', b'{"query": ["{ __typename }"]}', b'{"Query": "{ __typename }"}',
        b'{"query": "{ __typename }", "variables": 1}', b'{"query": "{ __typename }", "variables": [[]]}',
        b'{"query": "{ __typename }", "operationName": []}', b'{"query": "{ __typename }", "documentId": 1}',
        b'{"query": "{ __typename }", "extensions": "{}"}', b'{"query": "\xff"}', b'{"query": "\\udc00 { __typename }"}',
        b'{"query": "{ __typename }", "variables": {"x": "\\ud83d"}}', b'{"query": "{ __typename }", "variables": {"x": 1e999}}',
        b'{"query": "{ __typename }", "variables": {"x": ' + b'{"x": ' * 5_000 + b"1" + b"}" * 5_000 + b"}}", b"\x00", b"'x'",
    ],
)  # fmt: skip
def test_an_odd_body_is_a_bad_request(client: TestClient, body: bytes) -> None:
    response = send(client, body)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("value", [b"9" * 50, b"9" * 5_000, b"-1", b"1.5e3", b"0.1", b'"\\u0000"', b"[[[1]]]", b"{}", b"true"])
def test_a_value_of_another_type_is_told_as_such(client: TestClient, value: bytes) -> None:
    query = b'{"query": "query($n: String!) { search(query: $n, filter: {years: [1]}, first: 1) { totalCount } }", "variables": {"n": %s}}'
    response = send(client, query % value)
    if value == b'"\\u0000"':
        assert (response.status_code, response.json()["data"]["search"]["totalCount"]) == (200, 0)
    else:
        assert (response.status_code, code(response)) in {(400, "GRAPHQL_VALIDATION_FAILED"), (400, "BAD_REQUEST")}


def test_text_of_any_kind_can_be_searched_for(client: TestClient) -> None:
    for text in ("\x00", "\ufeff", "\U0010ffff", "\u202e", "a" * 200, "'\"\\", "网" * 200, "((((", "*:*", "\uffff"):
        response = post(client, "query($q: String!) { search(query: $q) { totalCount } }", variables={"q": text})
        assert response.status_code == 200, text
        assert response.json().keys() <= {"data", "extensions"}, text


def test_names_and_fragments_that_nobody_knows_are_told_without_our_insides(client: TestClient) -> None:
    for query in ("{ ...F }", "query($x: Nope) { __typename }", "{ __typename @nope }", "{ search(nope: 1) { totalCount } }", "{ search }"):
        assert code(post(client, query)) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (f"{RESPONSE};q=0.1, {JSON};q=0.9", JSON), (f"{RESPONSE};q=0.9, {JSON};q=0.1", RESPONSE), (f"{RESPONSE}, */*;q=0.1", RESPONSE),
        (f"{JSON}, {RESPONSE};q=0", JSON), ("APPLICATION/JSON", JSON), (f"text/html, {RESPONSE};q=0.01", RESPONSE), ("*/*;q=1.000", JSON),
        (f"{RESPONSE};q=nonsense, {JSON}", JSON),
    ],
)  # fmt: skip
def test_qualities_decide_the_form(client: TestClient, accept: str, wanted: str) -> None:
    response = post(client, "{ __typename }", accept)
    assert (response.status_code, response.headers["content-type"].split(";")[0]) == (200, wanted)


@pytest.mark.parametrize(
    "path", ["/", "/graphiql", "/graphql", "/health", "/static/graphiql/page.js", "/nothing", "/originals/x", "/metrics"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD"])
def test_every_answer_has_the_headers_that_protect(client: TestClient, path: str, method: str) -> None:
    headers = client.request(method, path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-request-id"]
