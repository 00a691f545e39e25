"""Connections that keep the service waiting are ended, by a real server on a real socket; others are answered meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from api.addresses import networks
from api.connections import Bounds, watched

MEGABYTES = 24
PATIENCE = 20.0  # seconds after which a test has failed; what is waited for takes a fraction of one


class Application:
    """Answers with many bytes, at once or bit by bit, and keeps what became of it."""

    def __init__(self) -> None:
        self.gone = threading.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """GET / is little, /whole one large body, /parts the same in pieces."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == "/whole":
            await send({"type": "http.response.body", "body": b"x" * (MEGABYTES << 20)})
        elif scope["path"] == "/parts":
            for _ in range(MEGABYTES * 16):
                await send({"type": "http.response.body", "body": b"x" * (1 << 16), "more_body": True})
            await send({"type": "http.response.body", "body": b""})
            self.gone.set()
        else:
            await send({"type": "http.response.body", "body": b"here"})


@contextmanager
def serving(trusted: str = "", host: str = "127.0.0.1", **bounds: Any) -> Iterator[tuple[Any, uvicorn.Server, Application]]:
    app = Application()
    protocol = watched(Bounds(**bounds), networks(trusted))
    server = uvicorn.Server(uvicorn.Config(app, http=protocol, lifespan="off", log_level="critical", timeout_graceful_shutdown=1))
    with socket.create_server((host, 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname(), server, app
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def connected(address: Any, sent: bytes = b"") -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.settimeout(PATIENCE)
    made.connect(address)
    made.sendall(sent)
    return made


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def ended(connection: socket.socket) -> bool:
    """Whether the server ends it; waits until it does."""
    try:
        while connection.recv(1 << 16):
            pass
    except ConnectionResetError:
        pass
    return True


def emptied(server: uvicorn.Server) -> bool:
    until = time.monotonic() + PATIENCE
    while server.server_state.connections and time.monotonic() < until:
        time.sleep(0.02)
    return not server.server_state.connections


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
def test_a_connection_without_a_whole_head_is_ended(sent: bytes) -> None:
    with serving(head_seconds=0.3) as (address, server, _), connected(address, sent) as waiting:
        with connected(address, get("/")) as other:
            assert b"200 OK" in other.recv(4096)
        assert ended(waiting) and emptied(server)


@pytest.mark.parametrize(
    "begun",
    [
        b"GET / HTTP/1.1\r\nX-Slow: ",
        get("/") + b"GET / HTTP/1.1\r\nX-Slow: ",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n",
    ],
)
def test_a_connection_on_which_bytes_come_without_end_is_ended(begun: bytes) -> None:
    with serving(head_seconds=0.3) as (address, server, _), connected(address, begun) as waiting:
        until = time.monotonic() + PATIENCE
        with pytest.raises(OSError):
            while time.monotonic() < until:
                waiting.sendall(b"x")
                time.sleep(0.02)
        assert emptied(server)


@pytest.mark.parametrize("path", ["/whole", "/parts"])
def test_an_answer_that_nobody_reads_is_given_up(path: str) -> None:
    with serving(reading_seconds=0.4) as (address, server, app), connected(address, get(path)):
        until = time.monotonic() + PATIENCE
        while not server.server_state.connections and time.monotonic() < until:
            time.sleep(0.01)
        assert emptied(server)
        assert path == "/whole" or app.gone.wait(PATIENCE)


@pytest.mark.parametrize("path", ["/whole", "/parts"])
def test_who_reads_slowly_gets_all_of_it(path: str) -> None:
    with serving(reading_seconds=0.4, head_seconds=0.4, least_bytes=1) as (address, _, _), connected(address, get(path)) as reading:
        size = pieces = 0
        while size < MEGABYTES << 20:
            received = reading.recv(1 << 16)
            assert received
            size += len(received)
            pieces += 1
            if pieces % 20 == 0:
                time.sleep(0.005)


def test_an_answer_may_take_longer_than_a_head() -> None:
    with serving(head_seconds=0.1) as (address, server, _):
        key = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        with connected(address, b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + key) as followed:
            assert b"101" in followed.recv(4096)
            time.sleep(0.5)
            assert len(server.server_state.connections) == 1


def own_address() -> str:
    """An address of this machine that is not its loopback; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network")
        return str(asked.getsockname()[0])


@pytest.mark.parametrize(("trusted", "most"), [("", 3), ("0.0.0.0/0", 5)])
def test_an_address_has_so_many_connections_and_a_trusted_proxy_any_number(trusted: str, most: int) -> None:
    with serving(trusted, own_address(), an_address=3) as (address, server, _):
        open_ones = [connected(address) for _ in range(5)]
        answered = 0
        for one in open_ones:
            try:
                one.sendall(get("/"))
                answered += b"200 OK" in one.recv(4096)
            except ConnectionError:
                pass
        assert answered == most
        for one in open_ones:
            one.close()
        assert emptied(server)
        with connected(address, get("/")) as again:
            assert b"200 OK" in again.recv(4096)


def test_this_machine_has_any_number() -> None:
    with serving(an_address=1) as (address, _, _), connected(address), connected(address), connected(address, get("/")) as third:
        assert b"200 OK" in third.recv(4096)
