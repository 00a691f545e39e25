"""Requests of a write that arrive late, fail in part, are too large or were kept too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from archive.errors import ArchiveLocked
from search.elastic import writing
from search.elastic.cluster import Cluster
from search.port import Entry, WriteReport
from tests.elastic.nodes import remove_indexes
from tests.elastic.races import NEW, OLD, behind, together, whole
from tests.elastic.stub import CUT, HTML, HandOn, Reply, Seen, Stub, changed
from tests.elastic.support import cluster, held, one_source, refresh, sources


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[Cluster]:
    made = cluster(elasticsearch_url, patience_seconds=3.0)
    yield made
    remove_indexes(elasticsearch_url, made.alias)


@pytest.fixture
def stub(elasticsearch_url: str) -> Iterator[Stub]:
    with Stub(elasticsearch_url) as between:
        yield between


def test_a_delete_that_arrives_late_takes_nothing_out(place: Cluster, stub: Stub) -> None:
    new = [one_source(0, 3, NEW)]
    late: list[tuple[Seen, HandOn]] = []

    async def delays(seen: Seen, hand_on: HandOn) -> Reply:
        if late or any(action != "delete" for action, _, _ in seen.operations):
            return await hand_on(seen)
        late.append((seen, hand_on))
        return await CUT(seen, hand_on)

    async def work() -> None:
        async with behind(stub, place) as engine:
            await engine.write([one_source(0, 4, OLD)])
            stub.on("/_bulk", delays)
            assert await engine.write(new) == WriteReport(4)
            [(seen, hand_on)] = late
            await hand_on(seen)
            refresh(place)
            assert await held(engine) == whole(new)

    together(work)


def test_what_a_failing_shard_refused_is_tried_again(place: Cluster, stub: Stub) -> None:
    failed: list[dict[str, Any]] = []

    def fails(answer: dict[str, Any]) -> None:
        if len(answer["items"]) == 3 and not failed:
            [raw] = answer["items"][1].values()
            raw |= {"status": 500, "error": {"type": "translog_exception", "reason": "No space left on device"}}
            failed.append(raw)

    async def work() -> None:
        stub.on("/_bulk", changed(fails))
        async with behind(stub, place) as engine:
            for _ in range(2):
                assert await engine.write([one_source(0, 3)]) == WriteReport(4)
            assert failed
            assert await held(engine) == whole([one_source(0, 3)])

    together(work)


def test_an_entry_that_is_larger_than_a_request_may_be_is_refused_alone(place: Cluster, stub: Stub) -> None:
    large = Entry("S0001-large", "UNIT", {}, b'"%s"' % (b"x" * 50_000))
    batch = sources(3, 3)
    given = [batch[0], replace(batch[1], entries=(*batch[1].entries, large)), batch[2]]

    async def limits(seen: Seen, hand_on: HandOn) -> Reply:
        return Reply(413, b"<html>", HTML) if len(seen.body) > 40_000 else await hand_on(seen)

    async def work() -> None:
        stub.on("/_bulk", limits)
        async with behind(stub, place) as engine:
            report = await engine.write(given)
            assert report.written == 12
            assert [refusal.entry_id for refusal in report.refused] == [large.id]
            assert "http.max_content_length" in report.refused[0].reason
            assert await held(engine) == whole(batch)

    together(work)


def test_a_claim_that_is_too_old_is_not_written_under(place: Cluster, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with behind(stub, place, patience_seconds=0.3) as engine:
            await engine.write([one_source(0, 3, OLD)])
            stub.seen.clear()
            with monkeypatch.context() as patched:
                patched.setattr(writing, "_CLAIM_SECONDS", -1, raising=False)
                with pytest.raises(ArchiveLocked, match="another process"):
                    await engine.write([one_source(0, 3, NEW)])
            assert {line["_id"] for seen in stub.asked("/_bulk") for _, line, _ in seen.operations} == {"~S0000"}
            assert await held(engine) == whole([one_source(0, 3, OLD)])
            assert await engine.write([one_source(0, 3, NEW)]) == WriteReport(4)

    together(work)
