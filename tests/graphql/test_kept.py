"""What is worked out from a whole archive is made once, and again when something was written."""

import asyncio
from typing import Any

import pytest

from archive.places import gazetteer
from schema.context import Services
from schema.kept import Kept
from search.port import EngineKind, EngineStatus


class Generations:
    """An engine of which only the generation matters."""

    generation = "1"

    async def status(self) -> EngineStatus:
        return EngineStatus(ready=True, kind=EngineKind.EMBEDDED, generation=self.generation)


class Made:
    """Counts how often it was made; the first time it fails where it is told to."""

    def __init__(self, fails: bool = False) -> None:
        self.times = 0
        self.fails = fails

    async def value(self, services: Services) -> int:
        self.times += 1
        await asyncio.sleep(0)
        if self.fails and self.times == 1:
            raise ValueError("the first time")
        return self.times


def of(engine: Any) -> Services:
    return Services(engine=engine, gazetteer=gazetteer())


def test_many_who_ask_at_once_wait_for_one() -> None:
    made, services = Made(), of(Generations())
    kept = Kept(made.value)

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(kept.of(services) for _ in range(20)))

    assert asyncio.run(all_at_once()) == [1] * 20
    assert asyncio.run(all_at_once()) == [1] * 20  # of another event loop, too


def test_it_is_made_again_after_a_write_and_for_another_archive() -> None:
    made, engine = Made(), Generations()
    kept = Kept(made.value)
    assert asyncio.run(kept.of(of(engine))) == 1
    engine.generation = "2"
    assert asyncio.run(kept.of(of(engine))) == 2
    assert asyncio.run(kept.of(of(Generations()))) == 3
    assert asyncio.run(kept.of(of(engine))) == 2


def test_what_could_not_be_made_is_tried_again() -> None:
    kept, services = Kept(Made(fails=True).value), of(Generations())
    with pytest.raises(ValueError, match="the first time"):
        asyncio.run(kept.of(services))
    assert asyncio.run(kept.of(services)) == 2
