"""A stand-in for Elasticsearch and for what may stand before it: it keeps what it is asked, and answers as a test says.

Without a node behind it, it answers as one that holds an empty archive; with one, it hands on what the test's rules do not catch.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any, TypeAlias

import aiohttp
import anyio
import msgspec
from aiohttp import web
from yarl import URL

import index_mappings
from search import mapping
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from tests.contract.driver import Driver, portal

ALIAS = "county"
INDEX = f"{ALIAS}-000001"
PRODUCT: Mapping[str, str] = {"x-elastic-product": "Elasticsearch", "content-type": "application/json"}
HTML: Mapping[str, str] = {"content-type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Seen:
    """One request, as it came over the wire; `at` is a monotonic time in seconds."""

    at: float
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return URL(self.target).path

    @property
    def query(self) -> Mapping[str, str]:
        return URL(self.target).query

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def operations(self) -> list[tuple[str, dict[str, Any], bytes]]:
        """Those of a bulk: action, its line, and both lines as they came."""
        found = []
        lines = iter(self.body.splitlines())
        for line in lines:
            [(name, how)] = msgspec.json.decode(line).items()
            found.append((name, how, line + b"\n" if name == "delete" else line + b"\n" + next(lines) + b"\n"))
        return found


@dataclass(frozen=True)
class Reply:
    """An answer. `body` is sent as JSON unless it is bytes; after `sent` bytes of it the connection breaks."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=lambda: PRODUCT)
    sent: int | None = None

    @property
    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else msgspec.json.encode(self.body)


HandOn: TypeAlias = Callable[[Seen], Awaitable[Reply]]
Rule: TypeAlias = Callable[[Seen, HandOn], Awaitable[Reply]]


def says(reply: Reply) -> Rule:
    """Always this answer."""

    async def rule(seen: Seen, hand_on: HandOn) -> Reply:
        return reply

    return rule


def refuses(status: int, kind: str, why: str = "") -> Rule:
    """Elasticsearch's own way to say no."""
    return says(Reply(status, {"error": {"type": kind, "reason": why, "root_cause": [{"type": kind, "reason": why}]}, "status": status}))


def changed(change: Callable[[Any], None]) -> Rule:
    """The right answer, with its JSON changed in place."""

    async def rule(seen: Seen, hand_on: HandOn) -> Reply:
        reply = await hand_on(seen)
        body = msgspec.json.decode(reply.raw)
        change(body)
        return replace(reply, body=body)

    return rule


async def passes(seen: Seen, hand_on: HandOn) -> Reply:
    """No fault."""
    return await hand_on(seen)


async def lost(seen: Seen, hand_on: HandOn) -> Reply:
    """Carried out, and the connection breaks in the middle of the answer."""
    reply = await hand_on(seen)
    return replace(reply, sent=len(reply.raw) // 2)


async def hangs(seen: Seen, hand_on: HandOn) -> Reply:
    """No answer until the other side gives up."""
    await anyio.sleep(60)
    return Reply()


CUT = says(Reply(sent=0))
FLOODED = refuses(
    429,
    "cluster_block_exception",
    f"index [{INDEX}] blocked by: "
    "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];",
)


class Stub:
    """Listens on a port of its own while it is open as a context manager."""

    def __init__(self, behind: str | None = None, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.seen: list[Seen] = []
        self.port = 0
        self._behind = behind
        self._tls = tls
        self._host = host
        self._rules: list[tuple[str, Iterator[Rule]]] = []

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._host}:{self.port}"

    def on(self, ending: str, rule: Rule, times: int | None = None) -> None:
        """Answer requests whose path ends so by `rule`, the next `times` or all; what was said last goes first."""
        self._rules.insert(0, (ending, repeat(rule, times) if times else repeat(rule)))

    def asked(self, ending: str) -> list[Seen]:
        """What came to paths that end so."""
        return [seen for seen in self.seen if seen.path.endswith(ending)]

    def __enter__(self) -> Stub:
        portal().call(self._start)
        return self

    def __exit__(self, *_: object) -> None:
        portal().call(self._stop)

    async def _start(self) -> None:
        self._session = aiohttp.ClientSession()
        self._runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        seen = Seen(time.monotonic(), request.method, request.raw_path, request.headers.copy(), await request.read())
        self.seen.append(seen)
        reply = await self._rule(seen)(seen, self._hand_on)
        if reply.sent is None:
            return web.Response(status=reply.status, body=reply.raw, headers=reply.headers)
        response = web.StreamResponse(status=reply.status, headers=reply.headers)
        response.content_length = len(reply.raw)
        if reply.sent:
            await response.prepare(request)
            await response.write(reply.raw[: reply.sent])
        assert request.transport
        request.transport.close()
        return response

    def _rule(self, seen: Seen) -> Rule:
        for ending, rules in self._rules:
            rule = next(rules, None) if seen.path.endswith(ending) else None
            if rule:
                return rule
        return passes

    async def _hand_on(self, seen: Seen) -> Reply:
        if self._behind is None:
            return Reply(body=_empty_archive(seen))
        headers = {name: seen.headers[name] for name in ("accept", "content-type") if name in seen.headers}
        url = URL(self._behind + seen.target, encoded=True)
        async with self._session.request(seen.method, url, data=seen.body or None, headers=headers) as response:
            kept = {name: response.headers[name] for name in ("content-type", "x-elastic-product") if name in response.headers}
            return Reply(response.status, await response.read(), kept)


def _empty_archive(seen: Seen) -> Any:
    """What a node says of an archive without entries; what is written is acknowledged and forgotten."""
    match seen.path.rpartition("/")[2]:
        case "_search":
            total = {"value": 0, "relation": "eq"}
            shards = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}
            facets = {"f0": {"buckets": [], "sum_other_doc_count": 0}}
            return {"timed_out": False, "_shards": shards, "hits": {"total": total, "hits": []}, "aggregations": facets}
        case "docs":
            return {"indices": {INDEX: {"shards": {"0": [{"routing": {"primary": True}, "seq_no": {"max_seq_no": 4}}]}}}}
        case "_mget":
            return {"docs": [{"found": False} for _ in seen.json["docs"]]}
        case "_bulk":
            return {"items": [{name: {"status": 201, "_seq_no": 0, "_primary_term": 1}} for name, _, _ in seen.operations]}
    raw = index_mappings.read("archive")["mappings"]
    mappings = raw | {"_meta": raw["_meta"] | {"fingerprint": mapping.archive().fingerprint}}
    settings = {"index.number_of_shards": "1", "index.translog.durability": "request"}
    return {INDEX: {"aliases": {ALIAS: {}}, "mappings": mappings, "settings": settings}}


@contextmanager
def opened(*hosts: str, **settings: Any) -> Iterator[Driver]:
    """An engine on these hosts, which is not patient; closed at the end."""
    given = {"alias": ALIAS, "request_seconds": 5.0, "patience_seconds": 1.0, **settings}
    driver = Driver(ElasticEngine.open(Cluster(hosts=hosts, **given)))
    try:
        yield driver
    finally:
        driver.close()
