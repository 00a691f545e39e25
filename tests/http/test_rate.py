"""How much one address may ask, and which address that is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.addresses import asker, networks
from api.app import create_app, limiter
from api.rate import BUCKETS, OverRate, Rate
from api.settings import Settings
from api.web_settings import RATE_POINTS, Web
from tests.graphql.world import services
from tests.http.test_graphql_over_http import RESPONSE, code

SEARCH = {"query": "{ search(first: 1) { totalCount } }"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def client(address: str = "198.51.100.7", **web: Any) -> TestClient:
    made = create_app(Settings(host="198.51.100.1", web=Web(**web)), services())
    return TestClient(made, "http://archive.example", headers={"accept": RESPONSE}, client=(address, 4000))


def test_who_has_spent_all_points_is_told_when_to_come_back() -> None:
    asking = client(rate_points=60, rate_burst=2000)
    spent = 0
    for _ in range(1000):
        response = asking.post("/graphql", json=SEARCH)
        if response.status_code != 200:
            break
        spent += response.json()["extensions"]["cost"]["requested"]
        assert response.json()["extensions"]["cost"]["available"] <= 2000 - spent + 60
    assert (response.status_code, code(response)) == (429, "RATE_LIMITED")
    assert 1800 < spent <= 2060
    assert 1 <= int(response.headers["retry-after"]) <= 100
    assert response.headers["cache-control"] == "no-store" and response.headers["x-content-type-options"] == "nosniff"


def test_another_address_has_points_of_its_own() -> None:
    app = create_app(Settings(host="198.51.100.1", web=Web(rate_points=1, rate_burst=2000)), services())
    dear = {"query": "{" + " ".join(f"a{n}: search {{ totalCount }}" for n in range(15)) + "}"}
    one, other = (TestClient(app, "http://x", client=(address, 1)) for address in ("198.51.100.7", "198.51.100.8"))
    assert [one.post("/graphql", json=dear).status_code for _ in range(4)] == [200, 200, 429, 429]
    assert other.post("/graphql", json=dear).status_code == 200


@pytest.mark.parametrize("body", ["{", '{"query": "{"}', '{"query": "{ nope }"}', '{"query": 1}'])
def test_what_is_broken_costs_a_point(body: str) -> None:
    asking = client(rate_points=1, rate_burst=5)
    statuses = [asking.post("/graphql", content=body, headers={"content-type": "application/json"}).status_code for _ in range(7)]
    assert statuses == [400] * 5 + [429] * 2


def test_originals_and_pages_cost_points_too() -> None:
    asking = client(rate_points=1, rate_burst=100)
    assert [asking.get("/originals/x").status_code for _ in range(11)] == [404] * 10 + [429]
    assert [client(rate_points=1, rate_burst=100).get("/originals/x/pages/1.png").status_code for _ in range(2)] == [404] * 2
    again = client(rate_points=1, rate_burst=100)
    assert [again.get("/originals/x/pages/1.png").status_code for _ in range(3)] == [404, 404, 429]


def test_health_and_pages_are_free() -> None:
    asking = client(rate_points=1, rate_burst=1)
    for path in ("/health", "/graphiql", "/schema.graphql", "/static/graphiql/page.js", "/metrics"):
        assert [asking.get(path).status_code for _ in range(5)] == [200] * 5


def test_it_is_on_where_strangers_come_and_off_on_ones_own_machine() -> None:
    assert not limiter(Settings()).on
    assert limiter(Settings(host="0.0.0.0")).restored == RATE_POINTS / 60  # noqa: S104
    assert not limiter(Settings(host="::", web=Web(rate_points=0))).on
    assert limiter(Settings(web=Web(rate_points=600))).burst == 2000
    quiet = TestClient(create_app(Settings(), services()), "http://localhost")
    assert "available" not in quiet.post("/graphql", json=SEARCH).json()["extensions"]["cost"]


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 300)), max_size=60))
def test_nobody_gets_more_than_a_bucket_and_what_time_brings(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    rate = Rate(120, 200, clock=clock)
    taken = 0
    for wait, points in steps:
        clock.now += wait
        try:
            rate.take("a", points)
            taken += points
        except OverRate as over:
            clock.now += over.seconds
            rate.take("a", points)  # as it was told
            taken += points
        assert taken <= 200 + 2 * clock.now + 100 + 1e-6  # a query that is larger than a bucket overdraws it once


def test_a_flood_of_addresses_takes_no_more_memory_than_so_many_buckets() -> None:
    rate = Rate(60, 100)
    for number in range(BUCKETS + 500):
        rate.take(str(number), 1)
    assert len(rate._buckets) == BUCKETS


PROXIES = networks("10.0.0.0/8, 2001:db8:ffff::/48, ::1")


def seen(peer: str | None, *headers: tuple[str, str], trusted: Any = PROXIES) -> str:
    scope = {
        "type": "http",
        "client": (peer, 1) if peer else None,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }
    return asker(scope, trusted)


@pytest.mark.parametrize(
    ("peer", "headers", "wanted"),
    [
        ("198.51.100.7", (), "198.51.100.7"),
        ("198.51.100.7", (("x-forwarded-for", "192.0.2.1"),), "198.51.100.7"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", (("x-forwarded-for", "192.0.2.1"),), "192.0.2.1"),
        ("10.0.0.1", (("x-forwarded-for", "203.0.113.9, 192.0.2.1"),), "192.0.2.1"),
        ("10.0.0.1", (("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "192.0.2.1, 10.2.2.2")), "192.0.2.1"),
        ("10.0.0.1", (("x-forwarded-for", "192.0.2.1:4711"),), "192.0.2.1"),
        ("10.0.0.1", (("x-forwarded-for", "nonsense"),), "10.0.0.1"),
        ("10.0.0.1", (("x-forwarded-for", "192.0.2.1, unknown"),), "10.0.0.1"),
        ("10.0.0.1", (("x-forwarded-for", "192.0.2.1, , "),), "10.0.0.1"),
        ("10.0.0.1", (("forwarded", "for=192.0.2.1;proto=https;by=10.0.0.1"),), "192.0.2.1"),
        ("10.0.0.1", (("forwarded", 'for=203.0.113.9, For="[2001:db8:1:2:3::4]:80"'),), "2001:db8:1:2::/64"),
        ("10.0.0.1", (("forwarded", "for=_hidden"),), "10.0.0.1"),
        ("10.0.0.1", (("forwarded", "for=192.0.2.1"), ("x-forwarded-for", "192.0.2.1")), "192.0.2.1"),
        ("10.0.0.1", (("forwarded", "for=192.0.2.66"), ("x-forwarded-for", "192.0.2.1")), "10.0.0.1"),
        ("2001:db8:1:2:aaaa::1", (), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::1%eth0", (), "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", (), "198.51.100.7"),
        ("::ffff:10.0.0.1", (("x-forwarded-for", "192.0.2.1"),), "192.0.2.1"),
        ("2001:db8:ffff::1", (("x-forwarded-for", "2001:db8:1:2::9"),), "2001:db8:1:2::/64"),
        (None, (("x-forwarded-for", "192.0.2.1"),), "local"),
        ("testclient", (), "local"),
    ],
)
def test_an_address_is_the_last_one_that_can_be_believed(peer: str | None, headers: tuple[tuple[str, str], ...], wanted: str) -> None:
    assert seen(peer, *headers) == wanted


@given(st.text(st.characters(max_codepoint=255), max_size=200), st.text(st.characters(max_codepoint=255), max_size=200))
def test_no_header_makes_it_fail(one: str, other: str) -> None:
    assert seen("10.0.0.1", ("x-forwarded-for", one), ("forwarded", other))


def test_a_document_costs_points_when_it_is_read_and_none_when_it_is_known() -> None:
    asking = client(rate_points=1, rate_burst=10_000)
    long = {"query": "{" + " ".join(f"a{number}: __typename" for number in range(200)) + "}"}

    def left() -> int:
        return int(asking.post("/graphql", json=long).json()["extensions"]["cost"]["available"])

    first = left()
    assert 9_600 < first < 9_720  # 602 tokens, and 8 points for 200 scalars
    assert first - left() == 8


def test_a_document_that_is_refused_costs_points_too() -> None:
    asking = client(rate_points=1, rate_burst=3_000)
    dear = "{" + " ".join('search(query: "%d") { totalCount }' for _ in range(120)) + "}"
    statuses = [asking.post("/graphql", json={"query": dear.replace("%d", str(number))}).status_code for number in range(8)]
    assert statuses[:3] == [400] * 3 and statuses[-1] == 429
