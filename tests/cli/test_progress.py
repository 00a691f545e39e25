"""What a long run says of itself while it goes on: counts, rate, time left and the page in hand. No test waits for a clock."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from api.commands import progress
from api.commands.pace import Pace
from api.commands.progress import Lines, PaceColumn, Shown
from api.commands.watch_log import WatchLog


def ran(files: int, done: int, seconds: float) -> Pace:
    """A run of `files` of which `done` are done after so many seconds."""
    pace = Pace(0.0)
    pace.more(files)
    for number in range(1, done + 1):
        pace.finished(seconds * number / done)
    return pace


@pytest.mark.parametrize(
    ("files", "done", "seconds", "rate", "left"),
    [
        (100, 50, 10.0, "5.0 files/s", "about 10 s left"),
        (1_000, 100, 10.0, "10 files/s", "about 2 min left"),
        (1_000, 100, 60.0, "1.7 files/s", "about 9 min left"),
        (10_000, 10, 100.0, "6.0 files/min", "about 28 h left"),
        (3, 1, 119.0, "30 files/h", "about 4 min left"),
        (10, 10, 10.0, "1.0 files/s", ""),
        (10, 0, 10.0, "", ""),
        (0, 0, 0.0, "", ""),
        (10, 5, 0.5, "", ""),
    ],
)
def test_the_rate_is_a_number_that_people_read(files: int, done: int, seconds: float, rate: str, left: str) -> None:
    pace = ran(files, done, seconds)
    assert (pace.rate(seconds), pace.left(seconds)) == (rate, left)


def test_the_pages_of_a_file_in_hand_count_as_parts_of_it() -> None:
    pace = ran(2, 1, 10.0)
    pace.reading()
    for number in range(1, 501):
        pace.at_page(number, 1_000, 10.0 + number / 10)
    assert pace.page == " (page 500 of 1,000)"
    assert pace.count() == "1 of 2 files"
    assert pace.rate(60.0) == "8.3 pages/s"
    assert pace.left(60.0) == "about 20 s left"
    pace.finished(110.0)
    assert (pace.page, pace.files) == ("", 2)


def test_what_was_fast_long_ago_is_forgotten() -> None:
    pace = ran(1_100, 1_000, 10.0)
    for number in range(1, 31):
        pace.finished(10.0 + number * 60)
    assert pace.rate(1_810.0) == "1.0 files/min"
    assert pace.left(1_810.0) == "about 70 min left"


@given(st.lists(st.tuples(st.sampled_from(["more", "reading", "page", "finished"]), st.integers(1, 50), st.floats(0, 1_000))))
def test_no_order_of_events_breaks_it(events: list[tuple[str, int, float]]) -> None:
    pace, now = Pace(0.0), 0.0
    for what, number, later in events:
        now += later
        match what:
            case "more":
                pace.more(number)
            case "reading":
                pace.reading()
            case "page":
                pace.at_page(number, 20, now)
            case _:
                pace.finished(now)
        assert pace.rate(now) == "" or pace.rate(now).split("/")[-1] in {"s", "min", "h"}
        assert pace.left(now) == "" or pace.left(now).startswith("about ")


class Clockwork:
    """Timers that ring when they are told to."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.seconds, self._ring = seconds, ring
        self.daemon = False
        self.cancelled = False
        self.finished = self
        Clockwork.last = self

    last: Clockwork

    def start(self) -> None:
        """Waits for `ring`."""

    def cancel(self) -> None:
        self.cancelled = True

    def is_set(self) -> bool:
        return self.cancelled

    @classmethod
    def ring(cls) -> float:
        """After how many seconds it rang."""
        timer = cls.last
        timer._ring()
        return timer.seconds


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    lines: list[str] = []
    monkeypatch.setattr(progress, "say", lines.append)
    monkeypatch.setattr(progress, "Timer", Clockwork)
    yield lines


def test_a_log_says_which_file_takes_long_and_every_half_minute_how_far_it_is(said: list[str]) -> None:
    now = 0.0
    lines = Lines(lambda: now)
    lines.started(11)
    lines.more(1)
    now = 10.0
    lines.finished("a.txt", "read")
    lines.reading("报告.pdf")
    assert Clockwork.ring() == 5.0
    now = 45.0
    lines.page("报告.pdf", 37, 1_000)
    assert Clockwork.ring() == 30.0
    assert said == [
        "11 files to look at",
        "read: a.txt",
        "reading: 报告.pdf",
        "reading: 报告.pdf (page 37 of 1,000); 1 of 12 files, 1.3 pages/min, about 8 min left",
    ]
    assert Clockwork.ring() == 30.0


def test_a_timer_that_rings_when_the_file_is_done_says_nothing(said: list[str]) -> None:
    lines = Lines(lambda: 0.0)
    lines.reading("quick.txt")
    late = Clockwork.last
    lines.finished("quick.txt", "read")
    late._ring()
    lines.reading("next.txt")
    late._ring()
    assert said == ["read: quick.txt"]


def test_a_log_of_what_comes_does_not_say_of_how_many(said: list[str]) -> None:
    log = WatchLog(as_json=False)
    log.started(3)
    log.reading("a.pdf")
    Clockwork.ring()
    log.page("a.pdf", 2, 3)
    Clockwork.ring()
    assert said == ["reading: a.pdf", "reading: a.pdf (page 2 of 3)"]


def test_the_bar_shows_counts_rate_time_left_and_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(progress, "monotonic", lambda: now)
    pace = Pace(now)
    console = Console(file=io.StringIO(), width=160)
    bar = Bar(BarColumn(), MofNCompleteColumn(), PaceColumn(pace), TextColumn("{task.description}"), console=console, disable=True)
    shown = Shown(bar, pace)
    shown.started(3)
    shown.more(1)
    now = 10.0
    shown.finished("a.txt", "read")
    shown.reading("b.pdf")
    now = 20.0
    shown.page("b.pdf", 6, 10)
    console.print(bar.get_renderable())
    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()
    assert "1/4" in drawn and "3.0 pages/min, about 30 s left" in drawn
    assert "reading: b.pdf (page 6 of 10)" in drawn
