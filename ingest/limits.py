"""What reading one file may cost, and what is said when it costs more: time for the file, time for each of its pages, memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

if sys.platform != "win32":
    import resource

FILE_SECONDS = 120.0
PAGE_SECONDS = 30.0
FILE_MEMORY = 2_000_000_000
"""Bytes over what the process takes before it reads: a machine that reads pictures takes some 500 MB."""

STRETCH = 4
"""How many times as long as its limits a file may take by the clock on the wall, when it gets less than that of the processor."""

_PAGE_SHARE = 1 / 3  # of a page's time that each page adds to the file's: a scan of 900 characters took 9 to 11 s of the processor
_LAST_PAGE = 0.1  # seconds that each page adds to the last one's time: putting all of them together comes after it
_CHARACTERS = 10_000  # a second; a seventh of what the pipeline does on two busy cores
_WORN = 0.5  # share of its memory that a process may keep between two files before a fresh one takes its place
_LEFT_OUT = "left out for want of time or memory: page"
_RAISE = "raise FANGZHI_PAGE_SECONDS or FANGZHI_FILE_MEMORY and run `fangzhi rebuild`"


class Limit(StrEnum):
    """What was overrun."""

    FILE = "FILE"
    PAGE = "PAGE"
    MEMORY = "MEMORY"
    LIFE = "LIFE"  # the process ended by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a file beside those for its pages, seconds for a page (see `spent`), bytes of memory over those of a process at rest."""

    file_seconds: float = FILE_SECONDS
    page_seconds: float = PAGE_SECONDS
    memory: int = FILE_MEMORY


class Overrun(Exception):
    """A file took more than it may. `page` is the page that was being read, if the reader said so."""

    def __init__(self, limit: Limit, limits: Limits, page: int | None = None) -> None:
        super().__init__(limit, limits, page)
        self.limit = limit
        self.limits = limits
        self.page = page

    def __str__(self) -> str:
        where = f" at page {self.page:,}" if self.page else ""
        memory = f"{self.limits.memory / 1_000_000:,.0f} MB"
        match self.limit:
            case Limit.FILE:
                what = f"reading it took over {self.limits.file_seconds:g} seconds{where}"
                advice = "split it, or raise FANGZHI_FILE_SECONDS"
            case Limit.PAGE:
                what = f"reading its page {self.page:,} took over {self.limits.page_seconds:g} seconds"
                advice = "split it, or raise FANGZHI_PAGE_SECONDS"
            case Limit.MEMORY:
                what = f"reading it takes more than {memory} of memory{where}"
                advice = "split it, or raise FANGZHI_FILE_MEMORY"
            case _:
                what = f"the process that read it died{where}, for lack of memory (the limit is {memory}) or by a fault in a library"
                advice = "split the file, leave it out, or raise FANGZHI_FILE_MEMORY"
        return f"{what}; {advice}"


def spent(pid: int, since: float) -> float:
    """Seconds that count for what process `pid` does: those of the processor, and a quarter of those since `since` on the wall.

    A busy machine makes everything slower, and a file is not to fail for that; a process that only waits is not to wait for ever. A scan
    that takes 9 s of the processor took over 30 on the wall beside eight other programs.
    """
    return max(processor_seconds(pid), (monotonic() - since) / STRETCH)


def processor_seconds(pid: int) -> float:
    """What process `pid`, and those of its children that have ended, took of the processor; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


class Clock:
    """The time that is left for a file, in seconds of a clock that only goes forward. Each page that is begun adds to it."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._file_ends = now + limits.file_seconds
        self._page_ends: float | None = None
        self.page: int | None = None

    def at_page(self, number: int, of: int, now: float) -> None:
        """Page `number` of `of` is begun."""
        self.page = number
        self._file_ends += self._limits.page_seconds * _PAGE_SHARE
        self._page_ends = now + self._limits.page_seconds + (of * _LAST_PAGE if number >= of else 0.0)

    def has_text(self, characters: int, now: float) -> None:
        """The file is read, and what follows takes time by the length of its text; no page is to blame any more."""
        self.page, self._page_ends = None, None
        self._file_ends = max(self._file_ends, now + self._limits.file_seconds) + characters / _CHARACTERS

    def left(self, now: float) -> float:
        """Seconds until the first of the limits; negative when one is overrun."""
        return min(self._file_ends, self._page_ends or self._file_ends) - now

    def overrun(self) -> Overrun:
        """The limit that comes first."""
        page_first = self._page_ends is not None and self._page_ends <= self._file_ends
        return Overrun(Limit.PAGE if page_first else Limit.FILE, self._limits, self.page)


def limit_memory(memory: int) -> bool:
    """Have this process and those that it starts fail when one takes `memory` bytes more than this one has now; False where none can.

    Counts what is written to (RLIMIT_DATA): PDFium and onnxruntime reserve several times as much address space as they ever use, so that
    a limit on that (RLIMIT_AS) would say nothing. Linux counts so since 4.7; macOS takes the limit and ignores it, Windows has none.
    """
    if sys.platform != "linux":
        return False
    limit = data_bytes() + memory
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    return True


def data_bytes() -> int:
    """The memory of this process that the limit counts; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[5]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def left_out(pages: Iterable[int]) -> str:
    """The warning that a file was read without `pages`."""
    return f"{_LEFT_OUT} {', '.join(map(str, sorted(pages)))}; {_RAISE}"


def pages_left_out(warnings: Iterable[str]) -> frozenset[int]:
    """The pages that a file was read without, by its warnings."""
    listed = [warning.removeprefix(_LEFT_OUT).partition(";")[0] for warning in warnings if warning.startswith(_LEFT_OUT)]
    return frozenset(int(page) for pages in listed for page in pages.split(","))


def worn(at_rest: int, limits: Limits) -> bool:
    """Whether a process that took `at_rest` bytes at first kept so much of what it read that a fresh one is to take its place."""
    return data_bytes() - at_rest > limits.memory * _WORN
