"""The service over HTTP: what it accepts, what it refuses and how, and that nothing takes it down."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limits import parsed, problems
from api.settings import Settings
from tests.graphql.world import services
from tests.support import ROOT

RESPONSE = "application/graphql-response+json"
JSON = "application/json"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), services()), "http://127.0.0.1:8000", raise_server_exceptions=False) as made:
        yield made


def post(client: TestClient, query: object, accept: str = RESPONSE, **body: object) -> Any:
    return client.post("/graphql", json={"query": query, **body}, headers={"accept": accept})


def code(response: Any) -> str:
    assert "data" not in response.json(), response.text
    assert response.headers["content-type"].startswith((JSON, RESPONSE))
    assert "Traceback" not in response.text and "<" not in response.text.replace("<EOF>", "").replace("<Name>", "")
    return str(response.json()["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize("accept", [RESPONSE, JSON, f"{JSON};q=0.5, {RESPONSE}", f"{RESPONSE};charset=utf-8"])
def test_the_answer_comes_in_the_form_that_is_asked_for(client: TestClient, accept: str) -> None:
    response = post(client, "{ __typename }", accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == (RESPONSE if RESPONSE in accept else JSON)
    assert response.json()["data"] == {"__typename": "Query"}
    assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize("accept", ["", "*/*", "application/*", "text/html, */*;q=0.1"])
def test_json_is_the_answer_where_the_choice_is_ours(client: TestClient, accept: str) -> None:
    assert post(client, "{ __typename }", accept).headers["content-type"].startswith(f"{JSON};")


@pytest.mark.parametrize("accept", ["text/html", "image/png", f"{JSON};q=0", f"{JSON};charset=gbk", "nonsense", ";;;,,,"])
def test_406_where_nothing_fits(client: TestClient, accept: str) -> None:
    response = post(client, "{ __typename }", accept)
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


def test_get_asks_too(client: TestClient) -> None:
    query = "query Q($first: Int!) { search(first: $first) { nodes { __typename } } }"
    response = client.get("/graphql", params={"query": query, "variables": '{"first": 2}', "operationName": "Q", "extensions": ""})
    assert response.status_code == 200 and len(response.json()["data"]["search"]["nodes"]) == 2


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_405_names_the_methods(client: TestClient, method: str) -> None:
    response = client.request(method, "/graphql", json={"query": "{ __typename }"})
    assert (response.status_code, response.headers["allow"], code(response)) == (405, "GET, POST", "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", f"{JSON}; charset=gbk"]
)
def test_415_for_another_form_of_body(client: TestClient, kind: str) -> None:
    response = client.post("/graphql", content=b'{"query": "{ __typename }"}', headers={"content-type": kind})
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_413_for_a_body_that_is_too_large(client: TestClient) -> None:
    response = client.post("/graphql", content=b" " * 262_145, headers={"content-type": JSON})
    assert (response.status_code, code(response)) == (413, "LIMIT_EXCEEDED")
    endless = client.post("/graphql", content=(b"x" * 65_536 for _ in range(1000)), headers={"content-type": JSON})
    assert endless.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"1", b'"x"', b"null", b"[]", b'[{"query": "{ __typename }"}]', b"{}",
        b'{"query": null}', b'{"query": ""}', b'{"query": " "}',
        b'{"query": 1}', b'{"query": {}}', b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "x"}',
        b'{"query": "{ __typename }", "operationName": 7}', b'{"query": "{ __typename }", "extensions": 1}', b"\xff\xfe", b"NaN",
        b'{"query": "\\ud800"}', b'{"query": "{ __typename }", "variables": {"x": NaN}}', b"[" * 100_000, b'{"a":' * 50_000,
    ],
)  # fmt: skip
def test_400_for_a_body_that_asks_nothing(client: TestClient, body: bytes) -> None:
    response = client.post("/graphql", content=body, headers={"content-type": JSON, "accept": RESPONSE})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "params", [{}, {"query": ""}, {"query": "{ __typename }", "variables": "{"}, {"query": "{ __typename }", "variables": "1"}]
)
def test_400_for_an_address_that_asks_nothing(client: TestClient, params: dict[str, str]) -> None:
    response = client.get("/graphql", params=params)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ 0 }", "GRAPHQL_PARSE_FAILED"),
        ('{ search(query: "\\ud800") { totalCount } }', "GRAPHQL_PARSE_FAILED"),
        ("\u0000", "GRAPHQL_PARSE_FAILED"),
        ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...Nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($x: Int!) { search(first: $x) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "BAD_REQUEST"),
        ("{ __typename @defer }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_document_at_fault_is_refused_in_both_forms(client: TestClient, query: str, wanted: str) -> None:
    for accept, status in ((RESPONSE, 400), (JSON, 200)):
        response = post(client, query, accept)
        assert code(response) == wanted
        assert response.status_code == status


@pytest.mark.parametrize("query", ["subscription { x }", "fragment A on Query { __typename }", "type A { x: Int }", "# nothing"])
@pytest.mark.parametrize("accept", [RESPONSE, JSON])
def test_what_is_no_query_is_refused(client: TestClient, query: str, accept: str) -> None:
    response = post(client, query, accept)
    assert response.status_code in ({200, 400} if query.startswith("#") else {400})
    assert code(response) == ("GRAPHQL_PARSE_FAILED" if query.startswith("#") else "BAD_REQUEST")


def test_an_unknown_operation_name_is_refused(client: TestClient) -> None:
    assert post(client, "query A { __typename }", operationName="B").status_code == 400
    assert post(client, "query A { __typename } query B { a: __typename }", operationName="B").json()["data"] == {"a": "Query"}


def test_a_field_that_fails_leaves_the_others_their_answers(client: TestClient) -> None:
    response = post(client, '{ place(id: "x") { id } themes { id } }')
    assert response.status_code == 200
    assert response.json()["data"]["place"] is None and len(response.json()["data"]["themes"]) == 32
    (error,) = response.json()["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["place"], "BAD_REQUEST")


def test_an_inner_failure_is_masked_and_logged(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(type(services().engine), "status", broken)
    response = post(client, "{ corpusStats { documentCount } }")
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "secret" not in response.text and "secret detail" in caplog.text


LAST = "on Query { __typename }"
DOUBLING = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
NESTED = f"query {{ ...F0 }} {DOUBLING} fragment F60 {LAST}"
ALIASED = "query { ...F0 } " + " ".join(
    f"fragment F{n} on Query {{ a{n}: node(id: 1) {{ id }} ...F{n + 1} ...F{n + 1} }}" for n in range(40)
) + f" fragment F40 {LAST}"  # fmt: skip
CHAIN = "query { ...F0 } " + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(240)) + f" fragment F240 {LAST}"
UNITS = "units(first: 100) { nodes { document { units(first: 100) { nodes { id } } } } }"
WIDE = f"{{ search(first: 100) {{ nodes {{ ... on Document {{ {UNITS} }} }} }} }}"
MANY_THEMES = " ".join(f'"THEME-{letter}"' for letter in "abcdefg")
MANY_PLACES = '"PLACE-540235" ' * 300
HOSTILE = {
    "fragments that double": NESTED,
    "fragments that double with fields": ALIASED,
    "a chain of fragments": CHAIN,
    "2000 aliases": "{" + " ".join(f"a{n}: corpusStats {{ documentCount }}" for n in range(2000)) + "}",
    "300 aliases of a search": "{" + " ".join(f"a{n}: search {{ totalCount }}" for n in range(300)) + "}",
    "repeated fields": "{" + "corpusStats { documentCount } " * 390 + "}",
    "repeated leaves": "{ corpusStats {" + "documentCount " * 1900 + "} }",
    "unknown fields": "{" + " ".join(f"serch{n}" for n in range(1900)) + "}",
    "directives": "{ __typename " + "@include(if: true) " * 280 + "}",
    "deep": "{ document(id: 1) {" + "reprintOf {" * 150 + "id" + "}" * 150 + "} }",
    "wide and deep": WIDE,
    "a million": "{ search(first: 1000000) { totalCount nodes { __typename } } }",
    "a number without end": "{ search(first: " + "9" * 100_000 + ") { totalCount } }",
    "a string without end": '{ search(query: "' + "网" * 80_000 + '") { totalCount } }',
    "brackets": "[" * 200_000,
    "braces": "{a" * 100_000,
    "comments": "# x\n" * 40_000 + "{ nope }",
    "types": "query($a: " + "[" * 900 + "Int" + "]" * 900 + ") { __typename }",
    "values": "{ search(filter: {years: " + "[" * 900 + "1" + "]" * 900 + "}) { totalCount } }",
    "introspection": "{ __schema { types {" + "fields { type {" * 40 + "name" + "} }" * 40 + "} } }",
    "big comparison": f"{{ compare(placeIds: [{MANY_PLACES}], themeIds: [{MANY_THEMES}]) {{ cells {{ state }} }} }}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_refused_quickly(client: TestClient, name: str) -> None:
    began = time.perf_counter()
    response = post(client, HOSTILE[name])
    took = time.perf_counter() - began
    if name == "fragments that double":  # it asks for one field in the end
        assert response.json()["data"] == {"__typename": "Query"} or response.status_code == 400
    elif name == "a string without end":
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    else:
        assert response.status_code == 400, response.text[:300]
        assert code(response) in {"LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_REQUEST"}
    assert len(response.content) < 20_000
    assert took < 1.0, f"{took:.2f} s"


@pytest.mark.parametrize(
    "variables", [{"first": 10**30}, {"first": "1"}, {"first": None}, {"first": 1.5}, {"first": [1]}, {"first": {}}, {}]
)
def test_variables_of_another_type_are_refused(client: TestClient, variables: dict[str, object]) -> None:
    response = post(client, "query($first: Int!) { search(first: $first) { totalCount } }", variables=variables)
    assert response.status_code == 400 and code(response) == "GRAPHQL_VALIDATION_FAILED"


def test_every_answer_shows_its_cost(client: TestClient) -> None:
    small, large = (
        post(client, f"{{ search(first: {first}) {{ nodes {{ ... on Fact {{ evidence {{ quote }} }} }} }} }}").json() for first in (1, 50)
    )
    assert small["extensions"]["cost"]["maximum"] == 2000
    assert small["extensions"]["cost"]["requested"] < large["extensions"]["cost"]["requested"] <= 2000
    with_variable = post(
        client, "query($n: Int!) { search(first: $n) { nodes { ... on Fact { evidence { quote } } } } }", variables={"n": 50}
    ).json()
    assert with_variable["extensions"] == large["extensions"]
    with_default = post(client, "query($n: Int! = 50) { search(first: $n) { nodes { ... on Fact { evidence { quote } } } } }").json()
    assert with_default["extensions"] == large["extensions"]


def test_parser_and_validation_caches_hit(client: TestClient) -> None:
    parsed.cache_clear()
    problems.cache_clear()
    for first in range(1, 51):
        assert post(client, "query($n: Int!) { search(first: $n) { totalCount } }", variables={"n": first}).status_code == 200
    assert problems.cache_info().misses == 1 and problems.cache_info().hits == 49
    assert parsed.cache_info().misses == 1


def test_a_query_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async def slow(*_: object) -> None:
        await asyncio.sleep(5)

    monkeypatch.setattr(type(services().engine), "search", slow)
    with TestClient(create_app(Settings(request_seconds=0.1), services()), "http://127.0.0.1:8000") as hurried:
        response = post(hurried, "{ search { totalCount } }")
    assert (response.status_code, code(response)) == (504, "TIMEOUT")


def test_chinese_is_not_escaped(client: TestClient) -> None:
    assert "网格化管理" in post(client, "{ themes { name } }").content.decode("utf-8")
    assert json.loads(post(client, "{ themes { name } }").content)["data"]


def test_the_worked_query_of_the_docs_gives_the_answer_of_the_docs(client: TestClient) -> None:
    page = (ROOT / "docs" / "graphql.md").read_text("utf-8")
    asked = page.split("-d '", 1)[1].split("'\n", 1)[0]
    answer = page.split("```json\n", 1)[1].split("\n```", 1)[0]
    assert client.post("/graphql", content=asked.encode(), headers={"content-type": JSON}).text == answer
