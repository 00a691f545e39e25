"""How much one address may ask: a bucket of points for each, which fills again as time goes by.

A query costs its points (`extensions.cost`), anything else what its route is worth. An answer that would overdraw the bucket is 429 with
Retry-After.
"""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.addresses import Network, asker
from api.replies import JSON, error_reply
from schema.bounded import Bounded
from schema.errors import ErrorCode, failure

BUCKETS = 20_000
"""Addresses that are remembered, some 300 bytes each; who is forgotten begins with a full bucket."""
EXPORT_POINTS = 500
FEED_POINTS = 100
FILE_POINTS = 10
PAGE_POINTS = 50
"""A picture of a page is drawn in a process of its own."""

_ROUNDING = 1e-6

Handler = Callable[[Request], Awaitable[Response]]


class OverRate(Exception):
    """An address has no points left. `seconds` until it has enough."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"This address has asked for too much; ask again in {seconds} s, or for less at a time.")
        self.seconds = seconds

    @property
    def headers(self) -> dict[str, str]:
        """What tells a client when to ask again."""
        return {"retry-after": str(self.seconds)}

    def reply(self, media_type: str = JSON) -> Response:
        """429 in the form of all errors."""
        return error_reply(429, failure(ErrorCode.RATE_LIMITED, str(self)), media_type, {**self.headers, "cache-control": "no-store"})


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


class Rate:
    """The buckets of one service: `points` a minute, up to `burst` at once. With 0 points nothing is counted."""

    def __init__(
        self, points: float, burst: float | None = None, trusted: Sequence[Network] = (), clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.restored = points / 60  # a second
        self.burst = float(points if burst is None else burst)
        self.trusted = trusted
        self._clock = clock
        self._buckets: Bounded[str, _Bucket] = Bounded(BUCKETS, BUCKETS)

    @property
    def on(self) -> bool:
        """Whether anything is counted."""
        return self.restored > 0

    def allowance(self, scope: Scope) -> Allowance:
        """What the address of a request may spend."""
        return Allowance(self, asker(scope, self.trusted) if self.on else "")

    def take(self, who: str, points: float) -> None:
        """Take points from a bucket. Raises OverRate when there are too few; more than `burst` are taken from a full bucket."""
        if not self.on:
            return
        bucket = self._bucket(who)
        wanted = min(points, self.burst)
        if bucket.level < wanted - _ROUNDING:
            raise OverRate(max(1, math.ceil((wanted - bucket.level) / self.restored)))
        bucket.level -= points

    def level(self, who: str) -> int:
        """The points that are there now."""
        return int(self._bucket(who).level)

    def _bucket(self, who: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = _Bucket(self.burst, now)
            self._buckets.put(who, bucket)
        bucket.level = min(self.burst, bucket.level + (now - bucket.at) * self.restored)
        bucket.at = now
        return bucket

    def limited(self, handler: Handler, points: int) -> Handler:
        """A route whose every request costs `points`."""

        async def answer(request: Request) -> Response:
            try:
                self.take(self.allowance(request.scope).who, points)
            except OverRate as over:
                return over.reply()
            return await handler(request)

        return answer


@dataclass(slots=True)
class Allowance:
    """What one request may spend from the bucket of its address: a point at once, and what its query costs beyond that before it runs."""

    rate: Rate
    who: str
    over: OverRate | None = None

    def enter(self) -> None:
        """Take the point that every request costs, whatever comes of it. Raises OverRate."""
        self.rate.take(self.who, 1)

    def charge(self, cost: int) -> list[GraphQLError]:
        """Take the rest of what a query costs; the error of a query that cannot be paid for, which is kept in `over` too."""
        try:
            self.rate.take(self.who, max(0, cost - 1))
        except OverRate as over:
            self.over = over
            return [failure(ErrorCode.RATE_LIMITED, str(over))]
        return []

    def figures(self) -> dict[str, int]:
        """For `extensions.cost`: the points that are left, and how many come back in a second; nothing where nothing is counted."""
        if not self.rate.on:
            return {}
        return {"available": max(0, self.rate.level(self.who)), "restoreRate": round(self.rate.restored)}


allowance: ContextVar[Allowance | None] = ContextVar("allowance", default=None)
"""That of the request which is being answered; the limits on the schema charge it."""
