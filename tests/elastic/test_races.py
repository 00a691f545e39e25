"""Two at one index: rebuilds, first writers and late requests never leave less than what was acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from archive.errors import ArchiveLocked, SearchUnavailable
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.elastic.index import Standing
from search.elastic.manifests import Held
from search.elastic.writing import Writer
from search.port import SourceEntries, WriteReport
from tests.elastic.nodes import remove_indexes
from tests.elastic.races import NEW, OLD, Halt, batch, behind, indexes, together, whole
from tests.elastic.stub import HandOn, Reply, Seen, Stub, lost
from tests.elastic.support import cluster, held, one_source, opened, sources


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[Cluster]:
    made = cluster(elasticsearch_url, patience_seconds=3.0)
    yield made
    remove_indexes(elasticsearch_url, made.alias)


@pytest.fixture
def stub(elasticsearch_url: str) -> Iterator[Stub]:
    with Stub(elasticsearch_url) as between:
        yield between


@pytest.mark.parametrize("late", [False, True], ids=["while it writes", "when it has written all"])
def test_a_rebuild_whose_index_another_removed_and_made_anew_gives_up(place: Cluster, late: bool) -> None:
    old, new = sources(4, 3, OLD), sources(4, 3, NEW)

    async def work() -> None:
        halt = Halt()
        tasks = []

        async def second() -> AsyncIterator[Sequence[SourceEntries]]:
            await halt()
            yield new

        async def first() -> AsyncIterator[Sequence[SourceEntries]]:
            yield new if late else new[:2]
            tasks.append(asyncio.create_task(b.rebuild(second())))
            await halt.reached.wait()
            if not late:
                yield new[2:]

        async with opened(place) as a, opened(place) as b:
            await a.write(old)
            with pytest.raises(ArchiveLocked, match="another rebuild"):
                await a.rebuild(first())
            assert await held(a) == whole(old)
            halt.go_on.set()
            assert await tasks[0] == WriteReport(16)
            assert await held(a) == await held(b) == whole(new)
            assert (await a.write(old)).written == 16

    together(work)
    assert indexes(place) == [f"{place.alias}-000002"]


def test_the_sweep_of_a_rebuild_spares_an_index_that_went_live_since_it_looked(place: Cluster) -> None:
    new = sources(2, 3, NEW)

    async def work() -> None:
        halt = Halt()
        tasks = []

        async def first() -> AsyncIterator[Sequence[SourceEntries]]:
            yield new
            tasks.append(asyncio.create_task(b.rebuild(batch(*sources(2, 3, "重建")))))
            await halt.reached.wait()

        async with opened(place) as a, opened(place) as b:
            await a.write(sources(2, 3, OLD))
            look = b._life._indexes

            async def slow() -> dict[str, Any]:
                found = await look()
                await halt()
                return found

            b._life._indexes = slow  # type: ignore[method-assign]
            assert (await a.rebuild(first())).written == 8
            halt.go_on.set()
            with pytest.raises(ArchiveLocked, match="run"):
                await tasks[0]
            assert await held(a) == whole(new)

    together(work)
    assert indexes(place) == [f"{place.alias}-000002"]


@pytest.mark.parametrize("times", [1, None], ids=["once", "as long as it is tried"])
def test_a_switch_whose_answer_is_lost_leaves_a_live_index(place: Cluster, stub: Stub, times: int | None) -> None:
    new = sources(2, 3, NEW)

    async def work() -> None:
        async with opened(place) as direct, behind(stub, place, patience_seconds=0.5) as engine:
            await direct.write(sources(2, 3, OLD))
            stub.on("/_aliases", lost, times)
            if times:
                assert (await engine.rebuild(batch(*new))).written == 8
            else:
                with pytest.raises(SearchUnavailable):
                    await engine.rebuild(batch(*new))
            assert await held(direct) == whole(new)
            assert (await direct.write(sources(2, 3, OLD))).written == 8

    together(work)


def test_a_rebuild_that_is_cancelled_while_the_switch_is_carried_out_leaves_a_live_index(place: Cluster, stub: Stub) -> None:
    new = sources(2, 3, NEW)

    async def work() -> None:
        halt = Halt()

        async def slow(seen: Seen, hand_on: HandOn) -> Reply:
            reply = await hand_on(seen)
            await halt()
            return reply

        stub.on("/_aliases", slow)
        async with opened(place) as direct, behind(stub, place) as engine:
            await direct.write(sources(2, 3, OLD))
            rebuilding = asyncio.create_task(engine.rebuild(batch(*new)))
            await halt.reached.wait()
            rebuilding.cancel()
            with pytest.raises(asyncio.CancelledError):
                await rebuilding
            halt.go_on.set()
            assert await held(direct) == whole(new)
            assert (await direct.write(sources(2, 3, OLD))).written == 8

    together(work)


@pytest.mark.parametrize("before", [False, True], ids=["same name", "next name"])
def test_two_first_writers_make_one_index(place: Cluster, before: bool) -> None:
    async def work() -> None:
        async with opened(place) as a, opened(place) as b:
            name = b._life._next_name

            async def raced() -> str:
                b._life._next_name = name  # type: ignore[method-assign]
                found = "" if before else await name()
                await a.write([one_source(0, 2)])
                return found or await name()

            b._life._next_name = raced  # type: ignore[method-assign]
            assert (await b.write([one_source(1, 2)])).written == 3
            assert await held(a) == whole(sources(2, 2))
            assert (await a.write(sources(2, 2, NEW))).written == 6
            assert (await b.rebuild(batch(*sources(2, 2)))).written == 6

    together(work)
    assert indexes(place) == [f"{place.alias}-000002"]


def test_a_write_that_straddles_a_switch_leaves_the_new_index_alone(place: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilt, newer = sources(2, 2, NEW), one_source(0, 5, "最新")

    class Stopped(Exception):
        """The end of the writer when it finds its index replaced."""

    async def work() -> None:
        halt = Halt()
        stale = Writer._stale

        async def slow(self: Writer, claimed: Mapping[str, Held], wanted: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
            found = await stale(self, claimed, wanted)
            await halt()
            return found

        async def stop() -> None:
            raise Stopped

        async with opened(place) as a, opened(place) as b:
            await b.write(sources(2, 2, OLD))
            with monkeypatch.context() as patched:
                patched.setattr(Writer, "_stale", slow)
                writing_on = asyncio.create_task(a.write([newer]))
                await halt.reached.wait()
            assert (await b.rebuild(batch(*rebuilt))).written == 6
            with monkeypatch.context() as patched:
                patched.setattr(a._life, "make", stop)
                halt.go_on.set()
                with pytest.raises(Stopped):
                    await writing_on
            assert await held(b) == whole(rebuilt)
            assert (await a.write([newer])).written == 6
            assert await held(b) == whole([newer, rebuilt[1]])

    together(work)


def test_a_rebuild_that_gives_up_does_not_let_go_what_another_holds(place: Cluster) -> None:
    def paused(engine: ElasticEngine) -> Halt:
        halt, switch = Halt(), engine._life.switch

        async def slow(new: Standing, old: Standing | None) -> None:
            await halt()
            await switch(new, old)

        engine._life.switch = slow  # type: ignore[method-assign]
        return halt

    async def work() -> None:
        async with opened(place) as a, opened(place) as b, opened(replace(place, patience_seconds=0.5)) as writer:
            await a.write(sources(2, 3, OLD))
            first, second = paused(a), paused(b)
            losing = asyncio.create_task(a.rebuild(batch(*sources(2, 3, NEW))))
            await first.reached.wait()
            winning = asyncio.create_task(b.rebuild(batch(*sources(2, 3, NEW))))
            await second.reached.wait()
            first.go_on.set()
            with pytest.raises(ArchiveLocked):
                await losing
            with pytest.raises(SearchUnavailable, match="while a rebuild replaces it"):
                await writer.write([one_source(7, 3)])
            second.go_on.set()
            await winning
            assert (await writer.write([one_source(7, 3)])).written == 4
            assert await held(a) == whole([*sources(2, 3, NEW), one_source(7, 3)])

    together(work)
