"""How far a long run is, how fast it goes, and how long it still takes, in words."""

from __future__ import annotations

from collections import deque
from threading import Lock
from typing import NamedTuple

from api.commands.common import counted

_WINDOW = 120.0  # seconds that the rate is taken from: a folder of short texts says nothing about the scans that come after it
_SOON = 2.0  # seconds in which too little happens to tell a rate


class _Mark(NamedTuple):
    at: float
    files: float
    pages: int


class Pace:
    """Told of files and pages, from any thread. Times are seconds of a clock that only goes forward."""

    def __init__(self, now: float) -> None:
        self._lock = Lock()
        self._done = 0
        self._total = 0
        self._page: tuple[int, int] | None = None
        self._pages = 0
        self._marks = deque([_Mark(now, 0.0, 0)])

    def more(self, files: int) -> None:
        """So many files are going to be looked at, beside those that were told before."""
        with self._lock:
            self._total += files

    def reading(self) -> None:
        """Another file is in hand."""
        with self._lock:
            self._page = None

    def at_page(self, number: int, of: int, now: float) -> None:
        """Page `number` of `of` of the file in hand is begun."""
        with self._lock:
            self._page = (number, max(of, number))
            self._pages += 1
            self._mark(now)

    def finished(self, now: float) -> None:
        """A file is done."""
        with self._lock:
            self._page = None
            self._done += 1
            self._mark(now)

    @property
    def files(self) -> float:
        """The files that are done, and of the one in hand the part of its pages that is read."""
        number, of = self._page or (1, 1)
        return self._done + (number - 1) / of

    @property
    def page(self) -> str:
        """` (page 37 of 1,000)`, or nothing."""
        return f" (page {self._page[0]:,} of {self._page[1]:,})" if self._page else ""

    def count(self) -> str:
        """`3 of 12 files`; nothing where nobody said how many there are."""
        return f"{self._done:,} of {counted(self._total, 'file')}" if self._total else ""

    def rate(self, now: float) -> str:
        """`4.2 files/s`, `20 pages/min` while a file of pages is in hand; nothing as long as there is nothing to go by."""
        with self._lock:
            files, pages = self._speeds(now)
        return _per(pages, "pages") if self._page and pages else _per(files, "files")

    def left(self, now: float) -> str:
        """`about 5 min left`, at the rate of the last minutes; nothing as long as there is none."""
        with self._lock:
            files, _ = self._speeds(now)
            missing = self._total - self.files
        if files <= 0 or missing <= 0:
            return ""
        seconds = missing / files
        if seconds < 90:
            return f"about {max(10, round(seconds, -1)):.0f} s left"
        return f"about {seconds / 60:.0f} min left" if seconds < 90 * 60 else f"about {seconds / 3600:,.0f} h left"

    def told(self, now: float) -> str:
        """All of it: `3 of 12 files, 4.2 files/s, about 5 min left`; nothing where nobody said how many there are."""
        return ", ".join(part for part in (self.count(), self.rate(now), self.left(now)) if part) if self._total else ""

    def _mark(self, now: float) -> None:
        self._marks.append(_Mark(now, self.files, self._pages))
        while len(self._marks) > 1 and self._marks[1].at < now - _WINDOW:
            self._marks.popleft()

    def _speeds(self, now: float) -> tuple[float, float]:
        """Files and pages a second."""
        first = self._marks[0]
        seconds = now - first.at
        if seconds < _SOON:
            return 0.0, 0.0
        return (self.files - first.files) / seconds, (self._pages - first.pages) / seconds


def _per(speed: float, noun: str) -> str:
    """A speed in the unit in which it is a number that people read."""
    for seconds, unit in ((1, "s"), (60, "min"), (3600, "h")):
        if speed * seconds >= 1:
            return f"{speed * seconds:,.{1 if speed * seconds < 10 else 0}f} {noun}/{unit}"
    return ""
