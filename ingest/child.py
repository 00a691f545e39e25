"""One process that reads for this one, and the pipe to it: what it says of its pages, when it is to be killed, and how it ends."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, TypeVar

from ingest.limits import STRETCH, Clock, Limit, Limits, Overrun, data_bytes, limit_memory, spent, worn
from ingest.readers.pages import Watcher, watched_by

T = TypeVar("T")

_SPAWN = get_context("spawn")  # a forked child would inherit the engine's writer and panic in it; a spawned one begins clean
_START = Limits(file_seconds=300.0)  # for a process to start and import what it calls; a second where the machine has nothing else to do
_LOOK = 1.0  # seconds after which the time that a process took is looked at again
NEW_OBJECTS = 50_000
"""Objects after which Python looks for cycles, instead of 700: a file makes hundreds of thousands that all live to its end, and looking at
them again and again took a fifth of the time of a spreadsheet. Without any look 192 printed pages took 9 MB more, with this one 3 MB."""
_GRACE = 10.0  # seconds after which a process that should have been killed ends itself: its parent is gone, or stopped


class _Says(Enum):
    """What the process sends."""

    BEGUN = "begun"
    PAGE = "page"
    TEXT = "text"
    ITEM = "item"
    ANSWER = "answer"
    ERROR = "error"
    MEMORY = "memory"


class Died(Exception):
    """The process ended in the middle of a call; `page` is the page that it was at, if it said so."""

    def __init__(self, page: int | None = None) -> None:
        super().__init__(page)
        self.page = page


class Child:
    """A process and the pipe to it. When either side ends, the other one reads the end of the pipe.

    `fresh` is false when it is dead or has kept too much memory: another one should take its place.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.fresh = True
        self._limits = limits
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, limits), daemon=True)
        self._process.start()
        self._since, self._spent = monotonic(), 0.0
        self._group = self._process.pid
        theirs.close()

    def call(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], watcher: Watcher | None = None) -> T:
        """What `fn` gives there, or what it raises. `watcher` is told of the pages.

        Raises Died when the process ends before it answers, and Overrun when it does not answer in time, for which it is killed, or needs
        more memory than it may take.
        """
        self._send((fn, args, kwargs, False))
        return self._heard(watcher)[1]  # type: ignore[no-any-return]

    def stream(self, fn: Callable[..., Iterator[T]], *args: Any) -> Iterator[T]:
        """The items of the iterator that `fn` gives there, each made when it is asked for and with its own time. Raises as `call` does."""
        self._send((fn, args, {}, True))
        says, item = self._heard()
        while says is _Says.ITEM:
            yield item
            self._send(True)
            says, item = self._heard()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def end(self) -> None:
        """Kill it and all that it started, and wait for that; its pipe is closed when the thread that reads from it lets go of it."""
        pid, self._group = self._group, None
        if sys.platform != "win32" and pid is not None:
            with suppress(ProcessLookupError, PermissionError):  # it has no group of its own yet, or nothing is left of it
                os.killpg(pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()

    def _send(self, message: object) -> None:
        try:
            self._pipe.send(message)
        except OSError:
            raise self._died() from None

    def _heard(self, watcher: Watcher | None = None) -> tuple[_Says, Any]:
        """The next item, or the answer."""
        clock = Clock(_START if self._limits else Limits(), self._now())
        page: int | None = None
        of: int
        while True:
            if self._limits and not self._answers(clock, page):
                self.fresh = False
                self.end()
                raise clock.overrun()
            says, said, self.fresh = self._received(page)
            if says is _Says.BEGUN:
                clock = Clock(self._limits or Limits(), self._now())
            elif says is _Says.PAGE:
                page, of = said
                clock.at_page(page, of, self._now())
                if watcher:
                    watcher(page, of)
            elif says is _Says.TEXT:
                page = None
                clock.has_text(said, self._now())
            elif says is _Says.ERROR:
                raise said
            elif says is _Says.MEMORY:
                raise Overrun(Limit.MEMORY, self._limits or Limits(), page)
            else:
                return says, said

    def _died(self, page: int | None = None) -> Died:
        self.fresh = False
        return Died(page)

    def _now(self) -> float:
        """The process's own time; an estimate that only grows."""
        self._spent = max(self._spent, spent(self._process.pid or 0, self._since))
        return self._spent

    def _answers(self, clock: Clock, page: int | None) -> bool:
        """Whether it says something in time. Looked at often enough to see time go that several of its threads take at once."""
        try:
            while not self._pipe.poll(min(max(0.05, clock.left(self._now()) / 2), _LOOK)):
                if clock.left(self._now()) < 0:
                    return False
        except OSError:
            raise self._died(page) from None
        return True

    def _received(self, page: int | None) -> tuple[_Says, Any, bool]:
        try:
            return self._pipe.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError):
            raise self._died(page) from None


class _Speaker:
    """The child's end of the pipe."""

    def __init__(self, pipe: Connection, limits: Limits | None) -> None:
        self._pipe = pipe
        self._limits = limits
        self._at_rest = data_bytes()
        self._clock: Clock | None = None

    def begin(self) -> None:
        """A file, or the next item of one, is begun."""
        self._clock = Clock(self._limits, _stretched()) if self._limits else None
        self._set_alarm()
        self.say(_Says.BEGUN)

    def at_page(self, number: int, of: int) -> None:
        if self._clock:
            self._clock.at_page(number, of, _stretched())
            self._set_alarm()
        self.say(_Says.PAGE, (number, of))

    def has_text(self, characters: int) -> None:
        if self._clock:
            self._clock.has_text(characters, _stretched())
            self._set_alarm()
        self.say(_Says.TEXT, characters)

    def say(self, says: _Says, said: object = None) -> None:
        fresh = says is not _Says.MEMORY and not (self._limits and worn(self._at_rest, self._limits))
        self._pipe.send((says, said, fresh))

    def rest(self) -> None:
        """Nothing is to be done until the other side asks for it."""
        if self._limits and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _set_alarm(self) -> None:
        """Have the system end this process some time after the other side should have: that one may have been killed itself."""
        if self._clock and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, max(0.1, self._clock.left(_stretched()) * STRETCH + _GRACE))


def _stretched() -> float:
    """The clock on the wall at the pace of the longest that is waited."""
    return monotonic() / STRETCH


def _serve(pipe: Connection, limits: Limits | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.setpgid(0, 0)  # a group of its own, so that what it starts is killed with it
    if limits:
        limit_memory(limits.memory)
    gc.set_threshold(NEW_OBJECTS)
    speaker = _Speaker(pipe, limits)
    with suppress(EOFError, OSError), watched_by(speaker.at_page, speaker.has_text):
        while True:
            fn, args, kwargs, many = pipe.recv()
            speaker.begin()
            try:
                answer = fn(*args, **kwargs)
                if many:
                    _send_items(answer, speaker, pipe)
                    answer = None
                speaker.say(_Says.ANSWER, answer)
            except MemoryError:
                speaker.say(_Says.MEMORY)
            except Exception as error:  # whatever the call raises is raised where it was asked for
                speaker.say(_Says.ERROR, _sendable(error))
            speaker.rest()


def _send_items(items: Iterator[object], speaker: _Speaker, pipe: Connection) -> None:
    for item in items:
        speaker.say(_Says.ITEM, item)
        speaker.rest()
        pipe.recv()
        speaker.begin()


def _sendable(error: Exception) -> Exception:
    """The error itself, or what it says where it would not come through the pipe."""
    try:
        if type(pickle.loads(pickle.dumps(error))) is type(error):  # noqa: S301 - our own, a moment old
            return error
    except Exception as unfit:  # any: it runs the error's own code
        return RuntimeError(f"{type(error).__name__}: {error} ({type(unfit).__name__} on the way)")
    return RuntimeError(f"{type(error).__name__}: {error}")
