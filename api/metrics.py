"""What an operator measures, at /metrics in Prometheus' text format.

Every label has few values, and all of them are our own words: never a path, a query, an id or a name that a client gave.
"""

from __future__ import annotations

import asyncio
import platform
import time
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType

from graphql import GraphQLError
from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.health import package_version
from archive.errors import ArchiveError
from schema.context import Services
from schema.errors import ErrorCode
from search.criteria import Query, SearchRequest
from search.port import EngineStatus, Hit, SearchEngine, SearchPage, SourceEntries, WriteReport

STATUS_SECONDS = 1.0  # how long a scrape waits for the engine: Prometheus gives up after 10 s
KEPT_SECONDS = 5.0  # how long a status is good for: any number of scrapers asks the engine this often
OK, CANCELLED, UNKNOWN, OTHER = "OK", "CANCELLED", "unknown", "other"

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GRAVITY = {code.value: rank for rank, code in enumerate(ErrorCode)}


class Timer:
    """Times one piece of work and counts how it ended; both labels may still be set while the work goes on."""

    __slots__ = ("_histogram", "_started", "outcome", "subject")

    def __init__(self, histogram: Histogram, subject: str) -> None:
        self._histogram, self.subject, self.outcome = histogram, subject, OK

    def __enter__(self) -> Timer:
        self._started = time.perf_counter()
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if isinstance(error, ArchiveError):
            self.outcome = error.code
        elif isinstance(error, asyncio.CancelledError):
            self.outcome = CANCELLED
        elif isinstance(error, Exception):
            self.outcome = ErrorCode.INTERNAL.value
        self._histogram.labels(self.subject, self.outcome).observe(time.perf_counter() - self._started)


class Metrics:
    """The instruments of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = self._histogram("http_request", "HTTP requests until the answer is sent.", "route", "method", "status")
        self._operations = self._histogram("graphql_operation", "Requests to /graphql until the answer is made.", "type", "outcome")
        self._calls = self._histogram("engine_call", "Calls of the search engine.", "method", "outcome")
        self._entries = Gauge("fangzhi_entries", "Entries in the index.", ["kind"], registry=self.registry)
        self._ready = Gauge("fangzhi_engine_ready", "1 when the search engine can answer.", registry=self.registry)
        built = Gauge("fangzhi_build_info", "Always 1.", ["version", "python"], registry=self.registry)
        built.labels(package_version(), platform.python_version()).set(1)
        ProcessCollector(registry=self.registry)
        self._asking: asyncio.Task[EngineStatus] | None = None
        self._asked = 0.0

    def request(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request after its answer; `status` is 0 when it got none."""
        route = getattr(scope.get("route"), "path", OTHER)
        method = scope["method"] if scope["method"] in _METHODS else OTHER
        self._requests.labels(route, method, f"{status // 100}xx" if status else "none").observe(seconds)

    def operation(self) -> Timer:
        """Times what comes to /graphql; its subject is the type of the operation."""
        return Timer(self._operations, UNKNOWN)

    def call(self, method: str) -> Timer:
        """Times a call of the engine's `method`."""
        return Timer(self._calls, method)

    def observed(self, services: Services) -> Services:
        """The same services, with an engine whose calls are counted here."""
        return replace(services, engine=Observed(services.engine, self))

    async def page(self, request: Request) -> Response:
        """GET /metrics; answers within STATUS_SECONDS whatever the engine does."""
        services: Services | None = request.app.state.services
        status = await self._status(services.engine) if services else None
        self._ready.set(status is not None and status.ready)
        self._entries.clear()
        for kind, count in status.entries.items() if status else ():
            self._entries.labels(kind).set(count)
        return Response(generate_latest(self.registry), headers={"cache-control": "no-store"}, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def _status(self, engine: SearchEngine) -> EngineStatus | None:
        """What the engine last said; None when it takes too long. One question at a time: a second would only load what is slow already."""
        now = time.monotonic()
        if self._asking is None or (self._asking.done() and now - self._asked >= KEPT_SECONDS):
            self._asking, self._asked = asyncio.create_task(engine.status()), now
        if not self._asking.done():
            await asyncio.wait({self._asking}, timeout=max(0.0, self._asked + STATUS_SECONDS - now))
        return self._asking.result() if self._asking.done() and not self._asking.cancelled() else None

    def _histogram(self, name: str, help_text: str, *labels: str) -> Histogram:
        return Histogram(f"fangzhi_{name}_duration_seconds", help_text, labels, buckets=_BUCKETS, registry=self.registry)


class Observed:
    """Any engine, with its calls timed. A call that asks for its status is not counted: load balancers do nothing else all day."""

    def __init__(self, engine: SearchEngine, metrics: Metrics) -> None:
        self.kind = engine.kind
        self._engine = engine
        self._metrics = metrics

    async def search(self, request: SearchRequest) -> SearchPage:
        """As SearchEngine.search."""
        with self._metrics.call("search"):
            return await self._engine.search(request)

    async def get(self, ids: Sequence[str]) -> Mapping[str, Hit]:
        """As SearchEngine.get."""
        with self._metrics.call("get"):
            return await self._engine.get(ids)

    async def scan(self, query: Query) -> AsyncIterator[Hit]:
        """As SearchEngine.scan; the time is the engine's and the reader's together."""
        with self._metrics.call("scan"):
            async for hit in self._engine.scan(query):
                yield hit

    async def write(self, batch: Sequence[SourceEntries]) -> WriteReport:
        """As SearchEngine.write."""
        with self._metrics.call("write"):
            return await self._engine.write(batch)

    async def delete(self, source_ids: Sequence[str]) -> None:
        """As SearchEngine.delete."""
        with self._metrics.call("delete"):
            await self._engine.delete(source_ids)

    async def rebuild(self, batches: AsyncIterable[Sequence[SourceEntries]], since: str | None = None) -> WriteReport:
        """As SearchEngine.rebuild."""
        with self._metrics.call("rebuild"):
            return await self._engine.rebuild(batches, since)

    async def status(self) -> EngineStatus:
        """As SearchEngine.status."""
        return await self._engine.status()

    async def close(self) -> None:
        """As SearchEngine.close."""
        await self._engine.close()


def outcome(errors: Sequence[GraphQLError] | None) -> str:
    """One word for an operation: OK, or the code of its gravest error. ErrorCode lists the caller's mistakes first and our own last."""
    codes = [str((error.extensions or {}).get("code")) for error in errors or ()]
    return max((code if code in _GRAVITY else ErrorCode.INTERNAL.value for code in codes), key=_GRAVITY.__getitem__, default=OK)
