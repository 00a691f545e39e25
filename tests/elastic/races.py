"""Two at one index, in an order that a test sets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import SourceEntries
from tests.contract.driver import portal
from tests.elastic.stub import Stub
from tests.elastic.support import SOON, Content, content, opened

OLD, NEW = "走访", "巡查"


def together(work: Callable[[], Awaitable[None]]) -> None:
    """In the loop that stubs answer in, so that one event serves both sides. What never comes is not waited for."""

    async def within() -> BaseException | None:
        try:
            async with asyncio.timeout(SOON):
                await work()
        except pytest.fail.Exception as failure:  # no Exception: it would end the loop, and with it every test that comes after
            return failure
        return None

    if failure := portal().call(within):
        raise failure


def behind(stub: Stub, place: Cluster, **given: Any) -> AbstractAsyncContextManager[ElasticEngine]:
    """An engine on the same index, through the stub."""
    return opened(replace(place, hosts=(stub.url,), **given))


def whole(several: Sequence[SourceEntries]) -> dict[str, Content]:
    return {one.source_id: content(one) for one in several}


def indexes(place: Cluster) -> list[str]:
    with Elasticsearch(place.hosts[0]) as client:
        return sorted(client.indices.get(index=f"{place.alias}-*"))


async def batch(*several: SourceEntries) -> AsyncIterator[Sequence[SourceEntries]]:
    yield several


class Halt:
    """A place where a task stands still until it is let go."""

    def __init__(self) -> None:
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        """The first who comes waits."""
        if not self.reached.is_set():
            self.reached.set()
            await self.go_on.wait()
