"""One bell for everybody who follows jobs: rung by the thread that does them, heard in the event loop that tells of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bus:
    """Made in the event loop whose tasks listen. A listener learns that something changed, and looks for itself what it is."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Something changed; from any thread."""
        with suppress(RuntimeError):  # the loop has ended, and with it everybody who listened
            self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    def bell(self) -> asyncio.Event:
        """What the next ring sets. Take it before you look, so that no ring is missed."""
        return self._next
