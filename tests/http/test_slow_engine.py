"""An engine that is slow or hangs: the reader is told in time, others are answered, and no threads pile up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2 as httpx
import pytest

from api.app import create_app
from api.graphql import AT_ONCE
from api.settings import Settings
from search.embedded.engine import EmbeddedEngine
from tests.graphql.world import services
from tests.http.test_graphql_over_http import RESPONSE, code

SERVICES = services()  # made before any event loop runs
SEARCH = {"query": "{ search { totalCount } }"}
THREADS = 8


class Gate:
    """Stands in for a search that takes as long as it likes, in the engine's own threads."""

    def __init__(self) -> None:
        self.open, self.idle = threading.Event(), threading.Event()
        self.running = self.most = self.begun = 0
        self._lock = threading.Lock()

    def search(self, *_: Any) -> Any:
        with self._lock:
            self.begun += 1
            self.running += 1
            self.most = max(self.most, self.running)
        self.open.wait(30)
        with self._lock:
            self.running -= 1
            if not self.running:
                self.idle.set()
        raise ValueError("nobody waits for this any more")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(EmbeddedEngine, "_search", made.search)
    yield made
    made.open.set()


@asynccontextmanager
async def asking(seconds: float = 0.2) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(Settings(request_seconds=seconds), SERVICES))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers={"accept": RESPONSE}) as client:
        yield client


async def until_ended(gate: Gate) -> None:
    gate.open.set()
    await asyncio.to_thread(gate.idle.wait, 10)


def test_a_query_that_takes_too_long_is_given_up_while_its_thread_still_works(gate: Gate) -> None:
    async def scene() -> None:
        async with asking() as client:
            response = await client.post("/graphql", json=SEARCH)
            assert (response.status_code, code(response)) == (504, "TIMEOUT")
            assert gate.running == 1
            assert (await client.get("/schema.graphql")).status_code == 200
            await until_ended(gate)

    asyncio.run(scene())


def test_searches_that_hang_take_no_more_threads_than_there_are(gate: Gate) -> None:
    async def scene() -> None:
        async with asking() as client:
            for _ in range(3):
                answers = await asyncio.gather(*(client.post("/graphql", json=SEARCH) for _ in range(THREADS)))
                assert {answer.status_code for answer in answers} == {504}
            assert (gate.running, gate.begun) == (THREADS, THREADS)
            await until_ended(gate)
        assert gate.most == THREADS

    asyncio.run(scene())


def test_searches_that_nobody_waits_for_any_more_are_never_begun(gate: Gate) -> None:
    many = {"query": "{" + " ".join(f'a{number}: search(query: "{number}") {{ totalCount }}' for number in range(20)) + "}"}

    async def scene() -> None:
        async with asking() as client:
            for _ in range(4):
                assert (await client.post("/graphql", json=many)).status_code == 504
            assert (gate.running, gate.begun) == (THREADS, THREADS)
            gate.open.set()
            gate.idle.wait(10)
            for _ in range(3):  # behind whatever still waits for a thread
                assert (await client.post("/graphql", json=SEARCH)).status_code == 200
        assert gate.begun == THREADS + 3

    asyncio.run(scene())


def test_what_comes_on_top_of_too_many_is_told_at_once(gate: Gate) -> None:
    async def scene() -> None:
        async with asking(seconds=1.0) as client:
            answers = await asyncio.gather(*(client.post("/graphql", json=SEARCH) for _ in range(AT_ONCE + 5)))
            refused = [answer for answer in answers if answer.status_code == 503]
            assert len(refused) == 5
            assert {(code(answer), answer.headers["retry-after"]) for answer in refused} == {("SEARCH_UNAVAILABLE", "1")}
            assert {answer.status_code for answer in answers} == {503, 504}
            assert (await client.post("/graphql", json={"query": "{ themes { id } }"})).status_code == 200
            await until_ended(gate)

    asyncio.run(scene())


def test_what_a_client_left_is_not_worked_for_any_further(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = asyncio.Event()

    async def slow(*_: Any, **__: Any) -> None:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            stopped.set()
            raise

    sent: list[Any] = []
    body = b'{"query": "{ slow: search { totalCount } }"}'

    async def scene() -> None:
        monkeypatch.setattr("strawberry.Schema.execute", slow)
        app = create_app(Settings(), SERVICES)
        coming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        coming.put_nowait({"type": "http.request", "body": body, "more_body": False})
        scope = {
            "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "root_path": "",
            "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")], "client": ("127.0.0.1", 1), "scheme": "http",
            "server": ("localhost", 80), "http_version": "1.1", "asgi": {"version": "3.0"},
        }  # fmt: skip

        async def send(message: Any) -> None:
            sent.append(message)

        answering = asyncio.create_task(app(scope, coming.get, send))
        await asyncio.sleep(0.05)
        assert not answering.done()
        coming.put_nowait({"type": "http.disconnect"})
        await asyncio.wait_for(answering, 5)
        await asyncio.wait_for(stopped.wait(), 5)

    asyncio.run(scene())
    assert sent == []
