"""What the tests run in processes of their own, spawned as those of an ingest are."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import anyio

from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.elastic.index import Life
from search.port import SourceEntries
from tests.contract.driver import Driver
from tests.elastic.support import one_source, sources


def write_and_acknowledge(place: Cluster, notes: Path, version: str, first: int) -> None:
    """Write one source after the other, over and over, until killed; note each as soon as it is acknowledged."""
    driver = Driver(ElasticEngine.open(place))
    with notes.open("a", encoding="utf-8") as noted:
        for number in range(first, first + 10_000):
            driver.write(one_source(number % 6, 40, version))
            noted.write(f"{number % 6} {version}\n")
            noted.flush()


def write_shuffled(place: Cluster, versions: dict[str, int], seed: int) -> None:
    """Write sources in several versions (name to number of entries), in an order and in batches of this process's own."""
    chance = random.Random(seed)  # noqa: S311
    driver = Driver(ElasticEngine.open(place))
    for _ in range(2):
        batch = sources(12, versions[word := chance.choice(sorted(versions))], word)
        chance.shuffle(batch)
        while batch:
            some = chance.randint(1, 5)
            driver.write(*batch[:some])
            del batch[:some]
    driver.close()


def rebuild_and_stand_still(place: Cluster, ready: Path, *, switching: bool) -> None:
    """A rebuild that stops in the middle, or between holding writes up and the switch, and waits to be killed."""

    async def wait(*_: object) -> None:
        ready.touch()  # noqa: ASYNC240
        await anyio.sleep_forever()

    async def batches() -> AsyncIterator[Sequence[SourceEntries]]:
        yield sources(2, 5, "重建")
        if not switching:
            await wait()

    if switching:
        Life.switch = wait  # type: ignore[method-assign]
    driver = Driver(ElasticEngine.open(place))
    driver.run(driver.engine.rebuild, batches())
