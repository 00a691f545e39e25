"""What reading one file may cost: time, time a page, memory; and what is said of a file that costs more."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from ingest.child import Child
from ingest.files import Failure
from ingest.limits import Clock, Limit, Limits, Overrun, data_bytes, left_out, pages_left_out
from ingest.reading import Extraction, Incoming, extract, light
from ingest.workers import Apart, Processes
from tests.ingest import costly

TIGHT = Limits(file_seconds=60, page_seconds=60, memory=300_000_000)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory of a process")


@pytest.fixture
def processes() -> Iterator[Callable[[Limits], Processes]]:
    """Makes a process within limits; at the end none is left."""
    before = set(active_children())
    made: list[Processes] = []

    def make(limits: Limits) -> Processes:
        made.append(Processes(1, limits))
        return made[-1]

    yield make
    for one in made:
        one.shutdown(wait=False)
    assert set(active_children()) <= before


def read(executor: Processes, how: Callable[..., Any], *files: bytes) -> list[Any]:
    """What `how` makes of files with these bytes, one after the other."""
    pages: list[tuple[str, int, int]] = []

    async def work() -> list[Any]:
        with Extraction(how, executor, lambda *page: pages.append(page)) as extraction:
            incoming = [(None, Incoming(f"{index}.x", data, f"{index:064}", f"{index}.x")) for index, data in enumerate(files)]
            return [found async for _, found in extraction.in_order(incoming)]

    return asyncio.run(work())


class TestClock:
    limits = Limits(file_seconds=100, page_seconds=30)

    def test_a_file_without_pages_has_the_time_of_a_file(self) -> None:
        clock = Clock(self.limits, 1_000)
        assert clock.left(1_000) == 100
        assert clock.left(1_101) < 0
        assert clock.overrun().limit == Limit.FILE

    def test_a_page_has_its_own_time_which_begins_with_it(self) -> None:
        clock = Clock(self.limits, 0)
        clock.at_page(1, 9, 50)
        assert clock.left(50) == 30
        clock.at_page(2, 9, 70)
        assert clock.left(70) == 30
        assert (clock.overrun().limit, clock.overrun().page) == (Limit.PAGE, 2)

    def test_each_page_adds_to_the_time_of_the_file_so_that_a_book_of_scans_is_read(self) -> None:
        clock, now = Clock(self.limits, 0), 0.0
        for number in range(1, 1_001):
            clock.at_page(number, 1_000, now)
            now += 3
            assert clock.left(now) > 0

    def test_pages_that_are_all_slow_end_with_the_file(self) -> None:
        clock, now = Clock(self.limits, 0), 0.0
        for number in range(1, 1_000):
            clock.at_page(number, 1_000, now)
            now += 29
            if clock.left(now) < 0:
                break
        assert clock.overrun().limit == Limit.FILE
        assert clock.page is not None and clock.page < 10

    def test_the_last_page_has_time_to_put_all_of_them_together(self) -> None:
        clock = Clock(Limits(file_seconds=1_000, page_seconds=30), 0)
        clock.at_page(500, 500, 0)
        assert clock.left(0) == 80

    def test_what_follows_the_reading_has_time_by_the_length_of_the_text_and_no_page_to_blame(self) -> None:
        clock = Clock(self.limits, 0)
        clock.at_page(1, 1, 0)
        clock.has_text(1_000_000, 20)
        assert clock.left(20) > 190
        assert clock.overrun().page is None


@pytest.mark.parametrize("limit", Limit)
def test_every_overrun_says_what_was_overrun_and_which_setting_raises_it(limit: Limit) -> None:
    said = str(Overrun(limit, Limits(), page=7))
    assert "7" in said
    assert "; " in said
    assert "FANGZHI_" in said


def test_pages_that_were_left_out_are_known_from_the_warnings_again() -> None:
    pages = frozenset((1_037, 3, 12))
    assert pages_left_out(["1 control character is left out", left_out(pages)]) == pages
    assert pages_left_out(["page 7 is damaged and was left out"]) == frozenset()


def test_a_file_that_takes_too_long_fails_with_that_reason_at_once_and_the_next_is_read(
    processes: Callable[[Limits], Processes],
) -> None:
    executor = processes(replace(TIGHT, file_seconds=1.0))
    begun = time.monotonic()
    (first,) = read(executor, costly.stuck, b"x")
    assert isinstance(first, Failure)
    assert "took over 1 seconds; split it, or raise FANGZHI_FILE_SECONDS" in first.reason
    assert time.monotonic() - begun < 30
    assert read(executor, costly.hungry, b"1") == [1_000_000]


def test_a_page_that_takes_too_long_is_left_out(processes: Callable[[Limits], Processes]) -> None:
    executor = processes(replace(TIGHT, page_seconds=1.0))
    assert read(executor, costly.paged, b"..t.", b"....") == ["...", "...."]


@pytest.mark.parametrize("page", [b"d", pytest.param(b"m", marks=ON_LINUX)])
def test_a_page_that_kills_or_takes_all_memory_is_left_out(processes: Callable[[Limits], Processes], page: bytes) -> None:
    assert read(processes(TIGHT), costly.paged, b"." + page + b"..", b"..") == ["...", ".."]


def test_a_file_of_bad_pages_fails_with_what_the_fourth_did(processes: Callable[[Limits], Processes]) -> None:
    (found,) = read(processes(TIGHT), costly.paged, b"dd.dd")
    assert isinstance(found, Failure)
    assert "died at page 5" in found.reason


def test_a_reader_that_comes_back_to_a_page_that_it_was_told_to_leave_out_fails(processes: Callable[[Limits], Processes]) -> None:
    (found,) = read(processes(TIGHT), costly.deaf, b"d")
    assert isinstance(found, Failure)
    assert "died at page 1" in found.reason


@ON_LINUX
def test_memory_is_limited_and_what_fits_is_read(processes: Callable[[Limits], Processes]) -> None:
    much, little = read(processes(TIGHT), costly.hungry, b"1000", b"100")
    assert isinstance(much, Failure)
    assert "more than 300 MB of memory; split it, or raise FANGZHI_FILE_MEMORY" in much.reason
    assert little == 100_000_000


@ON_LINUX
def test_a_process_that_keeps_too_much_gives_way_to_a_fresh_one(processes: Callable[[Limits], Processes]) -> None:
    first, second, third = read(processes(TIGHT), costly.keeping, b"1", b"200", b"1")
    assert first == second != third


def test_what_a_killed_process_started_is_killed_with_it(processes: Callable[[Limits], Processes], tmp_path: Path) -> None:
    named = tmp_path / "pid"
    read(processes(replace(TIGHT, file_seconds=2.0)), costly.with_child, str(named).encode())
    pid = int(named.read_text("ascii"))
    deadline = time.monotonic() + 30
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2]
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm of the system")
def test_a_process_whose_parent_does_not_kill_it_ends_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.child.Child._answers", lambda *_: True)  # this side never looks at its clock
    child = Child(Limits(file_seconds=-8.0))  # the alarm comes ten seconds after the time is over
    with pytest.raises(Exception, match="None"):
        child.call(costly.stuck, ("x", b""), {})
    child.end()


class TestStream:
    def test_items_come_one_at_a_time_and_in_order(self, processes: Callable[[Limits], Processes]) -> None:
        assert list(processes(TIGHT).stream(costly.counted, 3)) == [0, 1, 2]

    def test_the_clock_of_an_item_stands_while_nobody_asks_for_it(self, processes: Callable[[Limits], Processes]) -> None:
        items = processes(replace(TIGHT, file_seconds=2.0)).stream(costly.counted, 3)
        assert next(items) == 0
        time.sleep(3)
        assert list(items) == [1, 2]

    def test_an_item_that_never_comes_is_an_overrun(self, processes: Callable[[Limits], Processes]) -> None:
        items = processes(replace(TIGHT, file_seconds=2.0)).stream(costly.endless, b"")
        assert [next(items), next(items)] == [1, 2]
        with pytest.raises(Overrun, match="over 2 seconds"):
            next(items)

    def test_an_error_comes_through(self, processes: Callable[[Limits], Processes]) -> None:
        with pytest.raises(ValueError, match="no second item"):
            list(processes(TIGHT).stream(costly.failing, b""))

    def test_who_stops_asking_leaves_no_process(self, processes: Callable[[Limits], Processes]) -> None:
        before = set(active_children())
        items = processes(TIGHT).stream(costly.counted, 3)
        assert next(items) == 0
        items.close()  # type: ignore[attr-defined]
        assert set(active_children()) <= before


class TestApart:
    def test_small_plain_texts_are_read_here_and_everything_else_apart(self) -> None:
        assert light("a.txt", "网格".encode())
        assert not light("a.pdf", b"%PDF-1.7 ")
        assert not light("a.txt", b"%PDF-1.7 ")
        assert not light("a.txt", b"PK\x03\x04")
        assert not light("a.txt", b"x" * 2_000_000)

    def test_both_come_in_the_order_of_the_files(self) -> None:
        import os

        with Apart(TIGHT, lambda name, _: name == "1.x") as executor:
            first, here, third = read(executor, costly.who, b"", b"", b"")
        assert here == os.getpid()
        assert first == third != here


def test_a_text_that_was_read_without_a_page_says_so_and_is_partial() -> None:
    from archive.records import SourceState
    from ingest.readers.base import ReadOptions

    found = extract("a.txt", "甲县建成网格12个。".encode(), ReadOptions(frozenset((3,))))
    assert found.source.state == SourceState.PARTIAL
    assert pages_left_out(found.source.warnings) == {3}


def test_the_memory_of_this_process_is_known() -> None:
    if sys.platform == "linux":
        assert data_bytes() > 1_000_000
