"""What is tried again, for how long and in what steps, and what is not. The stub breaks the way to a real node."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from archive.errors import ArchiveError, SearchUnavailable
from search.criteria import Everything, SearchRequest
from search.port import SourceEntries, WriteReport
from tests.contract.driver import Driver, entry, source
from tests.elastic.stub import CUT, FLOODED, HTML, HandOn, Reply, Rule, Seen, Stub, changed, hangs, lost, opened, passes, refuses, says

BUSY = refuses(429, "es_rejected_execution_exception", "rejected execution of coordinating operation")
BAD_GATEWAY = says(Reply(502, b"<html>Bad Gateway</html>", HTML))
NO_MASTER = refuses(503, "cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];")
GATEWAY_TIMEOUT = says(Reply(504, b"<html>Gateway Time-out</html>", HTML))
PASSING = {
    "429": BUSY,
    "502": BAD_GATEWAY,
    "503": NO_MASTER,
    "504": GATEWAY_TIMEOUT,
    "cut": CUT,
    "half": says(Reply(body={"hits": {}}, sent=5)),
    "truncated": says(Reply(body=b'{"hits": {"total"')),
    "html": says(Reply(200, b"<html>maintenance</html>", HTML)),
    "partial": changed(lambda body: body.update(_shards={"total": 2, "successful": 1, "failed": 1})),
    "timed_out": changed(lambda body: body.update(timed_out=True)),
}
LASTING = {
    "400": refuses(400, "parsing_exception", "unknown query"),
    "401": refuses(401, "security_exception", "unable to authenticate"),
    "403": refuses(403, "security_exception", "is unauthorized"),
    "404": says(Reply(404, b"<html>Not Found</html>", HTML)),
    "413": says(Reply(413, b"<html>Request Entity Too Large</html>", HTML)),
    "flood": FLOODED,
    "other product": says(Reply(200, {}, {"content-type": "application/json"})),
}
UNREADABLE = {"xml": says(Reply(200, b"<a/>", {**HTML, "content-type": "application/xml"})), "nothing": says(Reply(200, b"", HTML))}


def searches(driver: Driver) -> object:
    return driver.search(SearchRequest())


def writes(driver: Driver) -> object:
    return driver.write(source("SRC-1", entry("E-1")))


def refusal(act: Callable[[Driver], object], driver: Driver) -> tuple[str, float]:
    """What is said, and after how many seconds."""
    start = time.monotonic()
    with pytest.raises(ArchiveError) as caught:
        act(driver)
    assert isinstance(caught.value, SearchUnavailable)
    return str(caught.value), time.monotonic() - start


@pytest.fixture
def dead() -> Iterator[str]:
    """A host where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_not_noticed(fault: str) -> None:
    with Stub() as stub, opened(stub.url) as driver:
        driver.search(SearchRequest())
        stub.on("_search", PASSING[fault], times=2)
        assert driver.search(SearchRequest()).total == 0
        assert len(stub.asked("_search")) == 4
        stub.on("_bulk", PASSING["truncated" if fault in ("partial", "timed_out") else fault], times=2)
        assert writes(driver) == WriteReport(1)


@pytest.mark.parametrize("fault", PASSING)
def test_a_search_is_given_up_soon_with_a_sentence_that_names_the_place(fault: str) -> None:
    with Stub() as stub, opened(stub.url, patience_seconds=0.3) as driver:
        driver.search(SearchRequest())
        stub.on("_search", PASSING[fault])
        said, seconds = refusal(searches, driver)
        assert stub.url in said and "<" not in said and seconds < 2
        assert len(stub.asked("_search")) > 2


def test_a_search_is_tried_for_two_seconds_and_no_longer_however_long_a_write_may_be() -> None:
    with Stub() as stub, opened(stub.url, patience_seconds=60) as driver:
        stub.on("", BUSY)
        assert 1.9 < refusal(searches, driver)[1] < 2.8
        assert len(stub.seen) >= 3


@pytest.mark.parametrize("fault", LASTING)
def test_what_lasts_is_said_at_once(fault: str) -> None:
    with Stub() as stub, opened(stub.url, patience_seconds=60) as driver:
        stub.on("", LASTING[fault])
        for act in (searches, writes):
            stub.seen.clear()
            said, seconds = refusal(act, driver)
            assert seconds < 1 and len(stub.seen) == 1 and "<" not in said
    if fault == "flood":
        assert "disk" in said


def test_a_full_disk_is_said_at_once_also_where_only_items_of_a_bulk_say_it() -> None:
    blocked = {"error": {"type": "cluster_block_exception", "reason": "index has read-only-allow-delete block"}, "status": 429}
    with Stub() as stub, opened(stub.url, patience_seconds=60) as driver:
        stub.on("_bulk", changed(lambda body: body["items"].__setitem__(0, {"create": blocked})))
        said, seconds = refusal(writes, driver)
        assert "disk" in said and seconds < 1 and len(stub.asked("_bulk")) == 1


def test_a_write_is_tried_for_as_long_as_the_settings_say_in_growing_uneven_steps() -> None:
    """Two clients that were turned away together do not come back together."""

    def steps() -> list[float]:
        with Stub() as stub, opened(stub.url, patience_seconds=2) as driver:
            driver.status()
            stub.on("_mget", BUSY)
            _, seconds = refusal(writes, driver)
            times = [seen.at for seen in stub.asked("_mget")]
            assert 1.9 < seconds < 2.8 and len(times) >= 3
            taken.append([later - first for first, later in pairwise(times)])
        return taken[-1]

    taken: list[list[float]] = []
    both = [threading.Thread(target=steps) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    first, second = taken
    assert any(abs(a - b) > 0.03 for a, b in zip(first, second, strict=False))
    assert max(map(max, taken)) > 0.25  # twice the first bound and more: they grow


def test_a_search_that_times_out_is_not_repeated_and_a_write_is() -> None:
    with Stub() as stub, opened(stub.url, request_seconds=0.3, patience_seconds=0.5) as driver:
        driver.search(SearchRequest())
        stub.on("_search", hangs)
        said, _ = refusal(searches, driver)
        assert "0.3 seconds" in said and "FANGZHI_ELASTICSEARCH_REQUEST_SECONDS" in said
        assert len(stub.asked("_search")) == 2
        stub.on("_bulk", hangs, times=1)
        assert writes(driver) == WriteReport(1)


def test_one_dead_host_is_not_noticed_and_two_are_named_in_one_sentence(dead: str) -> None:
    with Stub() as stub, opened(dead, stub.url) as driver:
        for _ in range(3):
            assert driver.search(SearchRequest()).total == 0
        assert writes(driver) == WriteReport(1) and driver.status().ready
    with opened(dead, "http://127.0.0.1:1", patience_seconds=0.2) as driver:
        said, _ = refusal(searches, driver)
        assert said.count(dead) == 1 and said.count("http://127.0.0.1:1") == 1


def test_nobody_is_asked_for_other_nodes_unless_that_is_wanted() -> None:
    with Stub() as stub, opened(stub.url) as driver:
        stub.on("_search", BAD_GATEWAY, times=1)
        searches(driver)
        writes(driver)
        assert not [seen for seen in stub.seen if "_nodes" in seen.path]


def test_sniffing_finds_the_nodes_of_a_cluster(elasticsearch_url: str) -> None:
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias="t-none", sniff=True) as driver:
        assert driver.status().ready
        assert [seen.path for seen in stub.seen if seen.path.startswith("/_nodes")] == ["/_nodes/_all/http"]


@pytest.mark.parametrize(
    "rule", [BAD_GATEWAY, CUT, refuses(403, "security_exception", "no"), says(Reply())], ids=["502", "cut", "403", "{}"]
)
def test_sniffing_that_fails_is_a_clear_error(rule: Rule) -> None:
    with Stub() as stub, opened(stub.url, sniff=True, patience_seconds=0.3) as driver:
        stub.on("/http", rule)
        status = driver.status()
        assert status.ready or stub.url in str(status.reason)


STATUS_FAULTS: dict[str, Rule] = {**PASSING, **LASTING, **UNREADABLE}


@pytest.mark.parametrize("fault", STATUS_FAULTS)
@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_the_status_never_raises(fault: str, known: bool) -> None:
    with Stub() as stub, opened(stub.url, patience_seconds=0.1) as driver:
        if known:
            assert driver.status().ready
        stub.on("", STATUS_FAULTS[fault])
        status = driver.status()
        assert (not status.ready and status.reason and stub.url in status.reason) or "disk" in str(status.reason)
        stub.on("", passes)
        assert driver.status().ready


def test_the_status_of_a_node_that_hangs_comes_within_seconds() -> None:
    with Stub() as stub, opened(stub.url, request_seconds=30, patience_seconds=60) as driver:
        stub.on("", hangs)
        start = time.monotonic()
        status = driver.status()
        assert not status.ready and stub.url in str(status.reason) and time.monotonic() - start < 6


BATCH: tuple[SourceEntries, ...] = tuple(
    source(f"SRC-{one}", *(entry(f"E-{one}-{n}", ordinal=n, source_id=f"SRC-{one}") for n in range(4))) for one in range(3)
)


def held(driver: Driver) -> list[tuple[str, bytes]]:
    return sorted((hit.id, hit.record) for hit in driver.search(SearchRequest(Everything(), size=1000)).hits)


def turned_away(which: Callable[[str], bool]) -> Rule:
    """Items with some ids are answered with 429 and never reach the node."""
    busy = {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}}

    async def rule(seen: Seen, hand_on: HandOn) -> Reply:
        operations = seen.operations
        turned = [which(how["_id"]) for _, how, _ in operations]
        if not any(turned):
            return await hand_on(seen)
        body = b"".join(raw for (_, _, raw), away in zip(operations, turned, strict=True) if not away)
        answered: Iterator[Any] = iter(())
        if body:
            answered = iter(msgspec.json.decode((await hand_on(replace(seen, body=body))).raw)["items"])
        items = [{name: busy} if away else next(answered) for (name, _, _), away in zip(operations, turned, strict=True)]
        return Reply(body={"items": items})

    return rule


def lost_once(part: bytes) -> Rule:
    """The answer to the first bulk that holds `part` is lost."""
    losing = iter([lost])

    async def rule(seen: Seen, hand_on: HandOn) -> Reply:
        return await next(losing, passes)(seen, hand_on) if part in seen.body else await hand_on(seen)

    return rule


@pytest.mark.parametrize("part", [b'"_id":"~SRC-1"', b'"_id":"E-1-1"', b"complete"], ids=["claim", "entries", "completion"])
def test_a_bulk_whose_answer_is_lost_is_repeated_and_leaves_the_same_index(elasticsearch_url: str, fresh_alias: str, part: bytes) -> None:
    """Whichever answer on the way to a written source is lost, all is as though it had come."""
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias=fresh_alias, patience_seconds=10) as driver:
        driver.write(*(source(one.source_id, *one.entries[:2], entry(f"OLD-{one.source_id}", source_id=one.source_id)) for one in BATCH))
        stub.seen.clear()
        stub.on("_bulk", lost_once(part))
        assert driver.write(*BATCH) == WriteReport(12)
        bulks = stub.asked("_bulk")
        twice = next(bulk.operations for bulk in bulks if part in bulk.body)
        sent = Counter(raw for bulk in bulks for _, _, raw in bulk.operations)
        assert {raw for raw, times in sent.items() if times == 2} == {raw for _, _, raw in twice} and max(sent.values()) == 2
        assert held(driver) == sorted((one.id, one.record) for batch in BATCH for one in batch.entries)
        generation = driver.status().generation
        stub.seen.clear()
        assert driver.write(*BATCH) == WriteReport(12)
        assert not stub.asked("_bulk") and driver.status().generation == generation


def test_only_the_items_that_were_turned_away_are_sent_again(elasticsearch_url: str, fresh_alias: str) -> None:
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias=fresh_alias, patience_seconds=10) as driver:
        away = {"E-0-1", "E-2-1"}
        stub.on("_bulk", turned_away(lambda entry_id: entry_id in away and not away.remove(entry_id)))  # type: ignore[func-returns-value]
        assert driver.write(*BATCH) == WriteReport(12)
        sent = Counter(how["_id"] for seen in stub.asked("_bulk") for _, how, _ in seen.operations if how["_id"].startswith("E-"))
        assert len(sent) == 12 and {entry_id: times for entry_id, times in sent.items() if times > 1} == {"E-0-1": 2, "E-2-1": 2}
        assert len(held(driver)) == 12


def test_items_that_are_turned_away_for_ever_are_an_error_and_a_later_write_mends_it(elasticsearch_url: str, fresh_alias: str) -> None:
    with Stub(elasticsearch_url) as stub, opened(stub.url, alias=fresh_alias, patience_seconds=0.3) as driver:
        stub.on("_bulk", turned_away(lambda entry_id: entry_id == "E-1-1"))
        with pytest.raises(SearchUnavailable, match="queue is full"):
            driver.write(*BATCH)
        stub.on("_bulk", passes)
        assert driver.write(*BATCH) == WriteReport(12)
        assert len(held(driver)) == 12
