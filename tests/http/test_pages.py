"""Pages, health and headers; everything that a browser loads is ours and unaltered."""

import hashlib
import logging
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api import examples
from api.app import STATIC, create_app
from api.settings import Settings
from schema.build import PRINTED
from tests.graphql.world import services

VENDOR = STATIC / "graphiql" / "vendor"
OURS = sorted(path for path in STATIC.rglob("*") if path.is_file() and VENDOR not in path.parents)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), services()), "http://127.0.0.1:8000", raise_server_exceptions=False) as made:
        yield made


def test_the_way_in_leads_to_graphiql_and_all_that_it_loads_is_there(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200 and page.url.path == "/graphiql"
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) >= 7
    for address in addresses:
        assert address.startswith("/") and not address.startswith("//")
        assert client.get(address).status_code == 200, address
    assert client.get("/static/graphiql/examples.json").json()[0]["query"].startswith("# 问题")


def test_vendored_files_are_those_of_the_packages() -> None:
    listed = dict(reversed(line.split()) for line in (VENDOR / "SHA256SUMS").read_text("ascii").splitlines())
    files = {f"vendor/{path.name}" for path in VENDOR.iterdir()} - {"vendor/SHA256SUMS", "vendor/README.md"}
    assert set(listed) == files
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR.parent / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_files_load_nothing_from_elsewhere(path: object) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")  # type: ignore[attr-defined]
    assert not re.search(r"https?:|//[a-z]|\son[a-z]+=|<script>|<style|style=|eval\(|innerHTML", text), path


def test_vendored_styles_load_nothing_from_elsewhere() -> None:
    for found in re.findall(r"url\(([^)]{0,40})", (VENDOR / "graphiql.min.css").read_text("utf-8")):
        assert found.strip("\"'").startswith("data:")
    assert "@import" not in (VENDOR / "graphiql.min.css").read_text("utf-8")


def test_the_examples_are_those_of_the_samples() -> None:
    assert examples.WRITTEN.read_text("utf-8") == examples.examples(), "run `python -m api.examples`"


@pytest.mark.parametrize("path", ["/graphiql", "/graphql?query={__typename}", "/health", "/static/graphiql/page.js", "/nothing"])
def test_every_answer_has_the_headers_of_the_house(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["x-request-id"])


def test_health_says_what_the_engine_holds(client: TestClient) -> None:
    response = client.get("/health")
    body = response.json()
    assert (response.status_code, body["ready"], body["engine"]) == (200, True, "EMBEDDED")
    assert body["entries"]["DOCUMENT"] == 10 and body["generation"]


def test_an_archive_that_is_not_open_is_503_everywhere() -> None:
    app = create_app(Settings())
    client = TestClient(app, "http://127.0.0.1:8000")  # no lifespan, so nothing is opened
    assert client.get("/health").status_code == 503
    response = client.post("/graphql", json={"query": "{ __typename }"})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (503, "SEARCH_UNAVAILABLE")


def test_the_schema_is_served(client: TestClient) -> None:
    response = client.get("/schema.graphql")
    assert response.text == PRINTED.read_text("utf-8") and response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path", ["/nothing", "/static/../app.py", "/static/%2e%2e/app.py", "/static/graphiql/../../../app.py", "/graphql/x"]
)
def test_404_is_json_and_leads_nowhere(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_405_of_the_pages_is_json(client: TestClient) -> None:
    response = client.post("/health")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert "GET" in response.headers["allow"]


def test_a_request_leaves_one_line_without_its_query(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="fangzhi.http"):
        client.get("/graphql", params={"query": '{ search(query: "秘密") { totalCount } }'}, headers={"x-request-id": "abc-1"})
    lines = [record.getMessage() for record in caplog.records if record.name == "fangzhi.http"]
    assert len(lines) == 1 and re.fullmatch(r"GET /graphql 200 [0-9.]+ms abc-1", lines[0])


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "é", "a\tb"])
def test_a_request_id_of_another_form_is_replaced(client: TestClient, given: str) -> None:
    assert client.get("/health", headers={"x-request-id": given.encode("latin-1")}).headers["x-request-id"] != given


def test_what_nobody_caught_is_500_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(type(services().engine), "status", broken)
    response = TestClient(create_app(Settings(), services()), "http://127.0.0.1:8000", raise_server_exceptions=False).get("/health")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (500, "INTERNAL")
    assert "secret" not in response.text and response.headers["x-request-id"]
