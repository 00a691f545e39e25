"""What an operator sets about strangers: names, origins, introspection, hints; and that a slip is told by name."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.web_settings import Web
from archive.errors import BadRequest
from tests.graphql.world import services
from tests.http.test_graphql_over_http import RESPONSE, code, post

PAGE = "https://pages.example"


def client(host: str = "127.0.0.1", **web: Any) -> TestClient:
    return TestClient(create_app(Settings(host=host, web=Web(**web)), services()), "http://localhost", follow_redirects=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RATE_POINTS", "-1"), ("RATE_POINTS", "many"), ("RATE_BURST", "10"), ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"), ("HOSTS", "archive.example:8000"), ("HOSTS", "http://archive.example"), ("HOSTS", "*"),
        ("CORS_ORIGINS", "pages.example"), ("CORS_ORIGINS", "*"), ("CORS_ORIGINS", "https://pages.example/"), ("CORS_ORIGINS", "null"),
        ("INTROSPECTION", "maybe"), ("SUGGESTIONS", "2"), ("TRUSTED_ONLY", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_by_name(name: str, value: str) -> None:
    with pytest.raises(BadRequest, match=f"FANGZHI_{name} is "):
        Settings.from_environment({f"FANGZHI_{name}": value})


def test_all_of_it_can_be_set() -> None:
    given = {
        "RATE_POINTS": "600", "RATE_BURST": "3000", "TRUSTED_PROXIES": "10.0.0.2, 2001:db8::/32", "HOSTS": "Archive.example,[2001:db8::1]",
        "CORS_ORIGINS": "https://pages.example, http://localhost:5173", "INTROSPECTION": "0", "SUGGESTIONS": "off", "TRUSTED_ONLY": "1",
    }  # fmt: skip
    web = Settings.from_environment({f"FANGZHI_{name}": value for name, value in given.items()}).web
    assert (web.rate_points, web.rate_burst, len(web.trusted_proxies)) == (600, 3000, 2)
    assert web.hosts == ("archive.example", "[2001:db8::1]")
    assert web.cors_origins == (PAGE, "http://localhost:5173")
    assert (web.introspection, web.suggestions, web.trusted_only) == (False, False, True)
    assert Settings.from_environment({}).web == Web()


@pytest.mark.parametrize(("listening", "foreign"), [("127.0.0.1", 400), ("198.51.100.1", 400)])
def test_names_that_are_set_are_answered_to_and_no_others(listening: str, foreign: int) -> None:
    asking = client(listening, hosts=("archive.example",))
    for host in ("archive.example", "ARCHIVE.example:443", "localhost", listening):
        assert asking.get("/health", headers={"host": host}).status_code == 200
    for host in ("evil.example", "x.archive.example", "archive.example.evil"):
        assert asking.get("/health", headers={"host": host}).status_code == foreign


def preflight(asking: TestClient, origin: str, method: str = "POST", headers: str = "content-type,authorization") -> Any:
    asked = {"origin": origin, "access-control-request-method": method, "access-control-request-headers": headers}
    return asking.options("/graphql", headers=asked)


def test_a_page_that_is_named_may_ask_from_a_browser() -> None:
    asking = client(cors_origins=(PAGE,))
    answer = preflight(asking, PAGE)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, PAGE)
    assert "access-control-allow-credentials" not in answer.headers
    asked = asking.get("/graphql", params={"query": "{ __typename }"}, headers={"origin": PAGE})
    assert asked.headers["access-control-allow-origin"] == PAGE
    assert "Origin" in asked.headers["vary"] and "etag" in asked.headers["access-control-expose-headers"].lower()
    again = asking.get("/graphql", params={"query": "{ __typename }"}, headers={"origin": PAGE, "if-none-match": asked.headers["etag"]})
    assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, PAGE)
    assert "Origin" in asking.get("/graphql", params={"query": "{ __typename }"}).headers["vary"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://pages.example", f"{PAGE}:8443", f"{PAGE}.evil.example", ""])
def test_a_page_that_is_not_named_may_not(origin: str) -> None:
    asking = client(cors_origins=(PAGE,))
    assert "access-control-allow-origin" not in preflight(asking, origin).headers
    assert "access-control-allow-origin" not in asking.get("/graphql?query={__typename}", headers={"origin": origin}).headers


def test_what_a_page_sends_and_reads_is_named_to_its_browser() -> None:
    asking = client(cors_origins=(PAGE,))
    asked = preflight(asking, PAGE, "PUT", "authorization,content-digest,content-type")
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, PAGE)
    assert preflight(asking, PAGE, "PUT", "x-anything").status_code == 400
    assert preflight(asking, PAGE, "DELETE").status_code == 400
    told = asking.get("/health", headers={"origin": PAGE}).headers["access-control-expose-headers"].lower().split(", ")
    assert {"etag", "retry-after", "x-request-id", "x-total-count", "content-disposition"} <= set(told)


@pytest.mark.parametrize(
    "path", ["/export?format=nothing", "/originals/SRC-0000000000000000", "/originals/SRC-0000000000000000/pages/1.png"]
)
def test_pages_that_are_named_may_show_originals_and_others_may_not(path: str) -> None:
    asking = client(cors_origins=(PAGE,))

    def policy(asking: TestClient, **headers: str) -> str:
        return asking.get(path, headers=headers).headers["cross-origin-resource-policy"]

    assert policy(asking, origin=PAGE) == policy(asking, referer=f"{PAGE}/reports?id=1") == policy(asking, referer=PAGE) == "cross-origin"
    for stranger in (
        "https://evil.example",
        f"{PAGE}.evil.example",
        f"https://evil.example/{PAGE}",
        f"{PAGE}:8443/",
        "nonsense",
        "http://[",
    ):
        assert policy(asking, referer=stranger) == policy(asking, origin=stranger) == "same-origin"
    assert policy(asking) == policy(client(), referer=f"{PAGE}/") == policy(client(), origin=PAGE) == "same-origin"
    assert asking.get("/graphiql", headers={"origin": PAGE}).headers["cross-origin-resource-policy"] == "same-origin"


def test_by_default_no_other_page_may() -> None:
    answer = preflight(client(), PAGE)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_introspection_can_be_switched_off() -> None:
    for asking, shown in ((client(), True), (client(introspection=False), False)):
        for query in (get_introspection_query(), '{ __type(name: "Query") { name } }'):
            response = post(asking, query)
            assert ("data" in response.json()) is shown
            if not shown:
                assert code(response) == "GRAPHQL_VALIDATION_FAILED"
        assert asking.get("/schema.graphql").status_code == (200 if shown else 404)
        assert post(asking, "{ __typename }").json()["data"] == {"__typename": "Query"}


HINTED = [
    (
        {
            "query": "query($f: SearchFilter) { search(filter: $f) { totalCount } }",
            "variables": {"f": {"typ": 1, "types": ["DOCUMEN"], "x? y": 1}},
        },
        "DOCUMENT",
    ),
    ({"query": "{ search(filter: {types: [DOCUMEN]}) { totalCoun } }"}, "totalCount"),
    ({"query": "{ serch { totalCount } }"}, "search"),
    ({"query": "query($s: SearchSort) { search(sort: $s) { totalCount } }", "variables": {"s": "RELEVANC"}}, "RELEVANCE"),
]


@pytest.mark.parametrize(("body", "hint"), HINTED)
def test_hints_can_be_switched_off(body: dict[str, Any], hint: str) -> None:
    def told(asking: TestClient) -> str:
        return " ".join(error["message"] for error in asking.post("/graphql", json=body, headers={"accept": RESPONSE}).json()["errors"])

    assert "Did you mean" in told(client()) and hint in told(client())
    assert "Did you mean" not in told(client(suggestions=False)) and hint not in told(client(suggestions=False))
    assert told(client(suggestions=False))[:20] == told(client())[:20]


def test_hints_are_switched_off_for_streams_too() -> None:
    body = {"query": 'subscription { ingestProgres(jobId: "x") { stat } }'}

    def by_events(asking: TestClient) -> str:
        return asking.post("/graphql", json=body, headers={"accept": "text/event-stream"}).text

    def by_socket(asking: TestClient) -> str:
        with asking.websocket_connect("ws://localhost/graphql", subprotocols=["graphql-transport-ws"]) as session:
            session.send_json({"type": "connection_init"})
            session.receive_json()
            session.send_json({"type": "subscribe", "id": "1", "payload": body})
            return str(session.receive_json())

    for told in (by_events, by_socket):
        assert "Did you mean" in told(client()) and "ingestProgress" in told(client())
        assert "Did you mean" not in told(client(suggestions=False)) and "ingestProgress" not in told(client(suggestions=False))
        assert "ingestProgres" in told(client(suggestions=False))
