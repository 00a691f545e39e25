"""What a connection may hold up: uvicorn waits without end for the head of a request, and for whoever does not read an answer.

Its timeout for connections that are kept alive ends with any byte that comes, and middleware sees no request before its head is whole and
no bytes once they are written, so this is a protocol: uvicorn's own, watched.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from api.addresses import Network, countable, is_stranger

try:
    from fcntl import ioctl
    from termios import TIOCOUTQ
except ImportError:  # Windows: what the kernel has taken over counts as read there
    ioctl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long a connection may keep the service waiting, and how many of them an address may have.

    `head_seconds` is for the whole head of a request, from the connection's beginning or the answer before it. Whoever reads has to take
    `least_bytes` of an answer in `reading_seconds`, or all that is left of it: half a kilobyte a second, slower than any line.
    """

    head_seconds: float = 10.0
    reading_seconds: float = 30.0
    least_bytes: int = 16 * 1024
    an_address: int = 200


def watched(bounds: Bounds, trusted: Sequence[Network] = ()) -> type[H11Protocol]:
    """uvicorn's HTTP protocol within `bounds`; addresses of this machine and of `trusted` proxies may have any number of connections."""

    class Watched(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if self._one_too_many():
                transport.abort()
                return
            self._reading = _Reading(transport, bounds)
            self._waiting_since = self.loop.time()
            self._look_again()

        def _one_too_many(self) -> bool:
            if self.client is None or not is_stranger(self.client[0], trusted):
                return False
            address = countable(self.client[0])
            # a WebSocket is among them too, by another protocol
            others = (getattr(one, "client", None) for one in self.connections)
            return sum(other is not None and countable(other[0]) == address for other in others) > bounds.an_address

        def on_response_complete(self) -> None:
            self._waiting_since = self.loop.time()
            super().on_response_complete()

        def resume_writing(self) -> None:
            self._reading.progressed(self.loop.time())
            super().resume_writing()

        def _look_again(self) -> None:
            self.loop.call_later(min(bounds.head_seconds, bounds.reading_seconds) / 4, self._look)

        def _look(self) -> None:
            """Also after a WebSocket has taken the connection over, which must be read as well."""
            now = self.loop.time()
            if self._reading.over():
                return
            if self._reading.stalled(now):
                self.transport.abort()
                return
            idle = self.cycle is None or self.cycle.response_complete
            if idle and self.transport.get_protocol() is self and now - self._waiting_since >= bounds.head_seconds:
                self.transport.close()  # what is written still goes out
            self._look_again()

    return Watched


class _Reading:
    """How far the other side has read what was written to it."""

    def __init__(self, transport: asyncio.Transport, bounds: Bounds) -> None:
        self._transport = transport
        self._bounds = bounds
        self._left = 0
        self._since = 0.0

    def over(self) -> bool:
        """Whether the connection has ended."""
        found = self._socket()
        return found is None or found.fileno() == -1

    def progressed(self, now: float) -> None:
        """Enough was taken for the writer to go on."""
        self._left, self._since = self._unread(), now

    def stalled(self, now: float) -> bool:
        """Whether too little was taken for too long. Writers add nothing while much is unread."""
        left = self._unread()
        if not left or left <= self._left - self._bounds.least_bytes or not self._left:
            self._left, self._since = left, now
            return False
        self._left = max(left, self._left)
        return now - self._since >= self._bounds.reading_seconds

    def _unread(self) -> int:
        """Bytes that wait in this process and in the kernel: its buffer is megabytes, and says nothing until a third is free."""
        found = self._socket()
        if found is None or found.fileno() == -1:
            return 0
        waiting = self._transport.get_write_buffer_size()
        if ioctl is not None:
            with suppress(OSError):
                waiting += int(struct.unpack("i", ioctl(found.fileno(), TIOCOUTQ, b"\0\0\0\0"))[0])
        return waiting

    def _socket(self) -> socket.socket | None:
        found: Any = self._transport.get_extra_info("socket")
        return found  # type: ignore[no-any-return]  # asyncio's wrapper, which has what is used here
