"""A cache whose memory is bounded by weight and by count: what was used longest ago leaves first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Holds at most `most` values and `weight` of them together, in whatever unit `put` is given; counts hits and misses."""

    def __init__(self, most: int, weight: int) -> None:
        self.most, self.limit = most, weight
        self.weight = self.hits = self.misses = 0
        self._held: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: K) -> V | None:
        """The value, or None; it is now the one used last."""
        found = self._held.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._held.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value; one that is heavier than an eighth of all is not kept, because it would push out too many others."""
        self.drop(key)
        if weight > max(1, self.limit // 8):
            return
        self._held[key] = (value, weight)
        self.weight += weight
        while len(self._held) > self.most or self.weight > self.limit:
            _, (_, gone) = self._held.popitem(last=False)
            self.weight -= gone

    def drop(self, key: K) -> None:
        """Forget a value; nothing happens when it is not there."""
        found = self._held.pop(key, None)
        if found is not None:
            self.weight -= found[1]

    def clear(self) -> None:
        """Forget all of them, and the counts."""
        self._held.clear()
        self.weight = self.hits = self.misses = 0
