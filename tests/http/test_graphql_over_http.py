"""The service over HTTP: what it accepts, what it refuses and how, and that nothing takes it down."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import limits
from api.app import create_app
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
    assert response.headers["vary"] == "Accept, Authorization"


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
    assert (response.status_code, response.headers["allow"], code(response)) == (405, "GET, HEAD, POST", "METHOD_NOT_ALLOWED")


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


def test_parser_and_validation_caches_hit(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def counted(name: str) -> None:
        real = getattr(limits, name)
        monkeypatch.setattr(limits, name, lambda *given, **more: (done.append(name), real(*given, **more))[1])

    counted("parse")
    counted("validate")
    for first in range(1, 51):
        variables = {"n": first}
        assert post(client, "query Cached($n: Int!) { search(first: $n) { totalCount } }", variables=variables).status_code == 200
    assert done == ["parse", "validate", "validate"]  # once for the size and once for the rest


def test_chinese_is_not_escaped(client: TestClient) -> None:
    assert "网格化管理" in post(client, "{ themes { name } }").content.decode("utf-8")
    assert json.loads(post(client, "{ themes { name } }").content)["data"]


def test_the_worked_query_of_the_docs_gives_the_answer_of_the_docs(client: TestClient) -> None:
    page = (ROOT / "docs" / "graphql.md").read_text("utf-8")
    asked = page.split("-d '", 1)[1].split("'\n", 1)[0]
    answer = page.split("```json\n", 1)[1].split("\n```", 1)[0]
    assert client.post("/graphql", content=asked.encode(), headers={"content-type": JSON}).text == answer
