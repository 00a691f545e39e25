"""Files that cost more than they may; a module of its own, because processes import it when they are told to call it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.base import ReadOptions
from ingest.readers.pages import at_page, has_text

FOREVER = 3_600


def stuck(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> str:
    """Never done."""
    time.sleep(FOREVER)
    return name


def paged(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> str:
    """A page a byte: `.` is read, `t` takes for ever, `m` takes all memory, `d` ends the process."""
    read = ""
    for number, page in enumerate(data.decode("ascii"), 1):
        if number in options.without_pages:
            continue
        at_page(number, len(data))
        if page == "t":
            time.sleep(FOREVER)
        if page == "m":
            bytearray(10**12)
        if page == "d":
            os.kill(os.getpid(), signal.SIGKILL)
        read += page
    has_text(len(read))
    return read


def deaf(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> str:
    """Reads all pages, whatever it is told to leave out."""
    return paged(name, data)


def with_child(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> str:
    """Starts a process, writes its id into the file that `data` names, and waits for it."""
    running = subprocess.Popen(["sleep", str(FOREVER)])  # noqa: S603, S607
    Path(data.decode()).write_text(str(running.pid), "ascii")
    running.wait()
    return name


def hungry(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> int:
    """Takes as many megabytes as `data` says, and uses them."""
    return len(b"\1" * (int(data) * 1_000_000))


def who(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> int:
    """The process that reads."""
    return os.getpid()


def keeping(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> int:
    """Keeps what it read, as a library that leaks does."""
    _KEPT.append(b"\1" * (int(data) * 1_000_000))
    return os.getpid()


_KEPT: list[bytes] = []


def counted(count: int) -> Iterator[int]:
    """Items, one at a time."""
    yield from range(count)


def endless(data: bytes) -> Iterator[int]:
    """Two items, and a third that never comes."""
    yield from (1, 2)
    time.sleep(FOREVER)


def failing(data: bytes) -> Iterator[int]:
    """An item, and an error."""
    yield 1
    raise ValueError("no second item")
