"""What /metrics says: exact counts by our own words, a scrape that never waits for the engine, and nothing of what was asked."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from api import metrics as module
from api.app import create_app
from api.metrics import Metrics, Observed
from api.settings import Settings
from archive.errors import SearchUnavailable
from archive.places import gazetteer
from schema.context import Services
from schema.errors import ErrorCode
from search.criteria import Everything, SearchRequest
from search.embedded.engine import EmbeddedEngine
from search.port import EngineStatus, SearchEngine, SearchPage, SourceEntries
from search.projection import entries
from tests.graphql.world import services
from tests.ingest.archives import Archive
from tests.support import only

Samples = dict[tuple[str, ...], float]
HTTP = ("http_request", "route", "method", "status")
OPERATIONS = ("graphql_operation", "type", "outcome")
CALLS = ("engine_call", "method", "outcome")
SEARCH = "{ search(first: 1) { totalCount } }"
TEXT = "关于网格化管理的调研报告\n全县有网格员350人。\n"


def serving(engine: SearchEngine | None = None, **settings: Any) -> TestClient:
    opened = Services(engine=engine, gazetteer=gazetteer()) if engine else services()
    app = create_app(Settings(**settings), opened)
    return TestClient(app, "http://127.0.0.1:8000", raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with serving() as made:
        yield made


def samples(client: TestClient, name: str, *labels: str) -> Samples:
    page = client.get("/metrics").raise_for_status().text
    found = [sample for family in text_string_to_metric_families(page) for sample in family.samples if sample.name == name]
    assert all(set(sample.labels) == set(labels) for sample in found)
    return {tuple(sample.labels[label] for label in labels): sample.value for sample in found}


def counts(client: TestClient, what: tuple[str, ...]) -> Samples:
    return samples(client, f"fangzhi_{what[0]}_duration_seconds_count", *what[1:])


def post(client: TestClient, query: str, **more: Any) -> Any:
    return client.post("/graphql", json={"query": query, **more})


def source(text: str) -> SourceEntries:
    document = only(text)
    return entries(document.source, [document], gazetteer())


class Faulty(Observed):
    """A real engine whose searches hang, or fail with what a test says."""

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__(services().engine, Metrics())
        self.failure = failure

    async def search(self, request: SearchRequest) -> SearchPage:
        if self.failure:
            raise self.failure
        await asyncio.Event().wait()
        raise AssertionError


class Asked(Observed):
    """A real engine that counts how often its status is asked for, and may never say."""

    def __init__(self, *, hangs: bool) -> None:
        super().__init__(services().engine, Metrics())
        self.hangs, self.times = hangs, 0

    async def status(self) -> EngineStatus:
        self.times += 1
        if self.hangs:
            await asyncio.Event().wait()
        return await super().status()


def test_every_request_is_counted_once_under_its_route(client: TestClient) -> None:
    for _ in range(3):
        client.get("/health")
    for method, path in [("GET", "/"), ("HEAD", "/health"), ("POST", "/health"), ("PUT", "/graphql"), ("BREW", "/schema.graphql")]:
        client.request(method, path)
    for path in ["/static/graphiql/page.js", "/static/graphiql/none.js", "/nothing", "/graphql/", "/graphql/x"]:
        client.get(path)
    client.get("/health", headers={"host": "evil.example"})
    post(client, SEARCH)
    assert counts(client, HTTP) == {
        ("/", "GET", "3xx"): 1,
        ("/health", "GET", "2xx"): 3,
        ("/health", "HEAD", "2xx"): 1,
        ("/health", "POST", "4xx"): 1,
        ("/graphql", "PUT", "4xx"): 1,
        ("/graphql", "POST", "2xx"): 1,
        ("/schema.graphql", "other", "4xx"): 1,
        ("/static", "GET", "2xx"): 1,
        ("/static", "GET", "4xx"): 1,
        ("other", "GET", "3xx"): 1,  # /graphql/
        ("other", "GET", "4xx"): 3,  # two addresses that are none, and the foreign host
    }
    assert counts(client, HTTP)["/metrics", "GET", "2xx"] == 1


def test_operations_are_counted_by_type_and_outcome(client: TestClient) -> None:
    for query in ["{ __typename }", "query Named { __typename }", SEARCH]:
        post(client, query)
    client.get("/graphql", params={"query": "{ __typename }"})
    for query in ["{ nonsense", "{ nonsense }", '{ search(after: "x") { totalCount } }', "mutation { x }", "subscription { x }", ""]:
        post(client, query)
    client.post("/graphql", content=b"[", headers={"content-type": "application/json"})
    client.post("/graphql", content=b" " * 262_145, headers={"content-type": "application/json"})
    client.put("/graphql")
    client.get("/graphql", headers={"accept": "text/html"})
    client.post("/graphql", content=b"{}", headers={"content-type": "text/plain"})
    assert counts(client, OPERATIONS) == {
        ("query", "OK"): 4,
        ("query", "BAD_CURSOR"): 1,
        ("subscription", "BAD_REQUEST"): 1,
        ("unknown", "BAD_REQUEST"): 2,
        ("unknown", "GRAPHQL_PARSE_FAILED"): 1,
        ("unknown", "GRAPHQL_VALIDATION_FAILED"): 2,
        ("unknown", "LIMIT_EXCEEDED"): 1,
        ("unknown", "METHOD_NOT_ALLOWED"): 1,
        ("unknown", "NOT_ACCEPTABLE"): 1,
        ("unknown", "UNSUPPORTED_MEDIA_TYPE"): 1,
    }
    assert counts(client, CALLS) == {("search", "OK"): 1}


def test_an_operation_with_several_errors_counts_as_its_gravest() -> None:
    with serving(Faulty(ZeroDivisionError("a fault of ours"))) as client:
        codes = {
            error["extensions"]["code"] for error in post(client, f'{{ a: {SEARCH[2:-2]} b: place(id: "none") {{ id }} }}').json()["errors"]
        }
        assert len(codes) == 2 and "INTERNAL" in codes
        assert counts(client, OPERATIONS) == {("query", "INTERNAL"): 1}
        assert counts(client, CALLS) == {("search", "INTERNAL"): 1}


def test_an_engine_that_is_away_is_counted_and_not_ready(tmp_path: Path) -> None:
    engine = EmbeddedEngine.open(tmp_path / "index")
    asyncio.run(engine.close())
    with serving(engine) as client:
        for _ in range(2):
            assert post(client, SEARCH).json()["errors"][0]["extensions"]["code"] == "SEARCH_UNAVAILABLE"
        assert counts(client, OPERATIONS) == {("query", "SEARCH_UNAVAILABLE"): 2}
        assert counts(client, CALLS) == {("search", "SEARCH_UNAVAILABLE"): 2}
        assert samples(client, "fangzhi_engine_ready") == {(): 0} and samples(client, "fangzhi_entries") == {}


def test_a_query_out_of_time_is_a_timeout_and_its_search_cancelled() -> None:
    with serving(Faulty(), request_seconds=0.05) as client:
        assert post(client, SEARCH).status_code == 504
        assert counts(client, OPERATIONS) == {("query", "TIMEOUT"): 1}
        assert counts(client, CALLS) == {("search", "CANCELLED"): 1}


def test_the_calls_of_a_writer_are_counted_too(tmp_path: Path) -> None:
    async def work(observed: SearchEngine) -> None:
        batch = [source(TEXT)]

        async def batches() -> Any:
            yield batch

        await observed.write(batch)
        page = await observed.search(SearchRequest(query=Everything()))
        await observed.get([page.hits[0].id])
        await observed.rebuild(batches())
        await observed.delete([batch[0].source_id])
        assert not (await observed.status()).entries.get("DOCUMENT")
        await observed.close()
        with pytest.raises(SearchUnavailable):
            await observed.write(batch)

    metrics = Metrics()
    asyncio.run(work(Observed(EmbeddedEngine.open(tmp_path / "index"), metrics)))
    wanted = [(method, "OK") for method in ("write", "search", "get", "rebuild", "delete")] + [("write", "SEARCH_UNAVAILABLE")]
    for method, outcome in wanted:
        labels = {"method": method, "outcome": outcome}
        assert metrics.registry.get_sample_value("fangzhi_engine_call_duration_seconds_count", labels) == 1


def test_nothing_that_a_client_gives_comes_into_a_label(client: TestClient) -> None:
    private = "Vertrauliches"
    query = f'query {private}($x: Int) {{ {private}: search(query: "{private}", first: $x) {{ totalCount }} }}'
    post(client, query, operationName=private, variables={"x": 1})
    post(client, f"{{ {private} }}", operationName=private)
    post(client, f'{{ search(after: "{private}") {{ totalCount }} }}')
    client.get(f"/{private}", headers={"x-request-id": private, "user-agent": private})
    client.get(f"/static/{private}", params={private: private})
    client.request(private, "/health")
    client.get("/health", headers={"host": private})
    page = client.get("/metrics").text
    assert private not in page
    known = {
        "method": {"GET", "POST", "other", "search", "get"},
        "outcome": {code.value for code in ErrorCode} | {"OK", "CANCELLED"},
        "type": {"query", "mutation", "subscription", "unknown"},
        "status": {"2xx", "3xx", "4xx", "5xx", "none"},
        "route": {"/", "/graphql", "/graphiql", "/static", "/health", "/metrics", "/schema.graphql", "other"},
        "kind": {"DOCUMENT", "UNIT", "PRACTICE", "STATISTIC", "SOURCE"},
    }
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            for label, value in sample.labels.items():
                assert label in {"le", "version", "python"} or value in known[label], (sample.name, label, value)


def test_the_gauges_follow_a_write_when_the_kept_status_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = EmbeddedEngine.open(tmp_path / "index")
    asyncio.run(engine.write([source(TEXT)]))
    monkeypatch.setattr(module, "KEPT_SECONDS", 3600)
    with serving(engine) as client:
        before = samples(client, "fangzhi_entries", "kind")
        assert samples(client, "fangzhi_engine_ready") == {(): 1}
        assert before["DOCUMENT",] == before["SOURCE",] == 1
        asyncio.run(engine.write([source("关于河长制的调研报告\n全县有河长20人。\n")]))
        assert samples(client, "fangzhi_entries", "kind") == before
        monkeypatch.setattr(module, "KEPT_SECONDS", 0)
        after = samples(client, "fangzhi_entries", "kind")
        assert after["DOCUMENT",] == after["SOURCE",] == 2
        asyncio.run(engine.close())
        assert samples(client, "fangzhi_engine_ready") == {(): 0} and samples(client, "fangzhi_entries", "kind") == {}


def test_a_hanging_engine_is_asked_once_and_does_not_hang_the_scrape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STATUS_SECONDS", 0.02)
    monkeypatch.setattr(module, "KEPT_SECONDS", 0)
    engine = Asked(hangs=True)
    with serving(engine) as client:
        for _ in range(3):
            assert samples(client, "fangzhi_engine_ready") == {(): 0}
    assert engine.times == 1


def test_scrapes_at_the_same_time_ask_the_engine_once() -> None:
    async def scrape(metrics: Metrics) -> list[EngineStatus | None]:
        return await asyncio.gather(*(metrics._status(engine) for _ in range(5)))

    engine = Asked(hangs=False)
    answers = asyncio.run(scrape(Metrics()))
    assert engine.times == 1 and all(status and status.ready for status in answers)


def test_an_archive_that_is_not_open_is_not_ready() -> None:
    client = TestClient(create_app(Settings()), "http://127.0.0.1:8000")  # no lifespan, so nothing is opened
    assert samples(client, "fangzhi_engine_ready") == {(): 0}
    post(client, SEARCH)
    assert counts(client, OPERATIONS) == {("unknown", "SEARCH_UNAVAILABLE"): 1}


def test_an_archive_that_the_service_opens_itself_is_measured(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    archive = Archive(tmp_path / "archive")
    archive.ingest(tmp_path / "report.txt")
    with TestClient(create_app(Settings(archive=archive.folder)), "http://127.0.0.1:8000") as client:
        post(client, SEARCH)
        assert counts(client, CALLS) == {("search", "OK"): 1}


def test_it_is_a_page_like_the_others(client: TestClient) -> None:
    page = client.get("/metrics", headers={"accept": "application/openmetrics-text; version=nonsense"})
    assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
    head = client.head("/metrics")
    assert (head.status_code, head.headers["cache-control"]) == (200, "no-store")
    assert client.get("/metrics", headers={"host": "evil.example"}).status_code == 400
    refused = client.post("/metrics")
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert list(samples(client, "fangzhi_build_info", "version", "python").values()) == [1]


def test_each_application_counts_for_itself(client: TestClient) -> None:
    post(client, SEARCH)
    with serving() as other:
        assert counts(other, OPERATIONS) == counts(other, CALLS) == {}


def test_buckets_hold_the_whole_range_of_a_request(client: TestClient) -> None:
    post(client, "{ __typename }")
    buckets = samples(client, "fangzhi_graphql_operation_duration_seconds_bucket", "type", "outcome", "le")
    limits = [float(limit) for _, _, limit in buckets]
    assert limits == sorted(limits) and Settings().request_seconds in limits and buckets["query", "OK", "+Inf"] == 1
