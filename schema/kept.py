"""What is worked out from a whole archive and kept until something is written to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from anyio import Lock
from anyio.lowlevel import RunVar

from schema.context import Services
from search.port import SearchEngine

T = TypeVar("T")


class Kept(Generic[T]):
    """One value for each engine and generation. Whoever asks while it is being made waits for it, so that it is made once."""

    def __init__(self, make: Callable[[Services], Awaitable[T]]) -> None:
        """`make` reads it from the archive."""
        self._make = make
        self._held: WeakKeyDictionary[SearchEngine, tuple[str, T]] = WeakKeyDictionary()
        self._locks: RunVar[Lock] = RunVar(f"fangzhi {make.__qualname__}")

    async def of(self, services: Services) -> T:
        """The value for the archive as it stands. Raises what reading it raises."""
        engine = services.engine
        generation = (await engine.status()).generation
        held = self._held.get(engine)
        if held is not None and held[0] == generation:
            return held[1]
        async with self._lock():
            held = self._held.get(engine)
            if held is None or held[0] != generation:
                held = generation, await self._make(services)
                self._held[engine] = held
            return held[1]

    def _lock(self) -> Lock:
        """One for each event loop; a lock belongs to its loop."""
        lock = self._locks.get(None)
        if lock is None:
            lock = Lock()
            self._locks.set(lock)
        return lock
