"""Folders that are watched: what is complete in them goes into the archive, whatever happens to the engine, the folder or the process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from watchfiles import awatch

from archive.errors import ArchiveLocked, ArchiveMissing, SearchUnavailable
from ingest.arrivals import Arrivals, Look
from ingest.report import IngestReport

RESCAN = 60.0  # seconds after which folders are looked at though nothing was reported: network file systems report little
POLL = 5.0  # seconds between two looks where the system reports nothing
_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)  # seconds before what is away is tried again; the last one from then on
_DEBOUNCE = 200  # milliseconds for which reports are gathered: they are no more than a reason to look
_TICK = 1.0  # seconds after which a folder that went away, or another one in its place, is noticed
_SHARE = 5  # times as long as a look took it is rested from it: looking takes a sixth of a processor at most, however many files there are
_AT_ONCE = 100  # files that are read together: a line for each of them comes when all are in the archive

PASSING = (ArchiveLocked, ArchiveMissing, SearchUnavailable, OSError)
"""What may pass by itself: another writer, a disk or an engine that is away or full."""

Take = Callable[[Sequence[Path]], Awaitable[IngestReport]]
"""Reads files into the archive. Raises one of PASSING, or another ArchiveError for what does not pass."""


class Teller(Protocol):
    """Told what happens."""

    def watching(self, folders: Sequence[Path]) -> None:
        """It begins."""
        ...

    def looked(self, look: Look) -> None:
        """What a look found."""
        ...

    def taken(self, report: IngestReport) -> None:
        """Files that were complete have been dealt with."""
        ...

    def waiting(self, reason: str, seconds: float) -> None:
        """They could not be, and are tried again after `seconds`."""
        ...

    def polling(self, reason: str, seconds: float) -> None:
        """The system reports no changes, and the folders are looked at every so many seconds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How to watch. A file is complete `settle` seconds after its last change. `poll` is the seconds between two looks, None to be told by
    the system. With `once` it ends when all that is there is read.
    """

    settle: float = 2.0
    poll: float | None = None
    once: bool = False


class Watch:
    """Takes what is in `folders` and what comes into them. `without` are folders that are passed over, such as the archive itself."""

    def __init__(self, folders: Sequence[Path], take: Take, tell: Teller, manner: Manner, without: Sequence[Path] = ()) -> None:
        self._folders = folders
        self._take = take
        self._tell = tell
        self._manner = manner
        self._arrivals = Arrivals(folders, manner.settle, without)
        self._rescan = manner.poll or RESCAN
        self._woken = asyncio.Event()
        self._failed = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop` is set; then what is in hand is left: what was told as read is in the archive, the next run reads the rest.

        Raises what `take` raises and what does not pass by waiting; with `once` also what does.
        """
        ending = asyncio.create_task(stop.wait())
        reports = self._manner.poll is None and not self._manner.once
        reporter = asyncio.create_task(self._reported()) if reports else None
        self._tell.watching(self._folders)
        try:
            while not ending.done():
                pause = await self._step(ending)
                if pause is None:
                    return
                await self._rest(ending, pause)
        finally:
            for task in (ending, reporter):
                if task:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task

    async def _step(self, ending: asyncio.Task[Any]) -> float | None:
        """Look, and take what is complete. The seconds after which to go on if nothing happens, None to end."""
        self._woken.clear()
        began = monotonic()
        look = await asyncio.to_thread(self._arrivals.look, began)
        self._tell.looked(look)
        if look.ready:
            return await self._taken(look.ready[:_AT_ONCE], ending)
        if look.wait is None:
            return None if self._manner.once else self._rescan
        await asyncio.wait({ending}, timeout=min(self._rescan, _SHARE * (monotonic() - began)))
        return look.wait

    async def _taken(self, ready: Sequence[Path], ending: asyncio.Task[Any]) -> float:
        """Read files, unless it is to end before that is done; the seconds to wait before they are tried again, or 0."""
        stamps = self._arrivals.stamps(ready)
        work = asyncio.ensure_future(self._take(ready))
        await asyncio.wait({work, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
        try:
            report = await work
        except asyncio.CancelledError:
            if not ending.done():
                raise
            return 0.0
        except PASSING as error:
            if self._manner.once:
                raise
            pause = _PAUSES[min(self._failed, len(_PAUSES) - 1)]
            self._failed += 1
            self._tell.waiting(str(error), pause)
            await asyncio.wait({ending}, timeout=pause)
            return 0.0
        self._failed = 0
        self._arrivals.done(stamps)
        self._tell.taken(report)
        return 0.0

    async def _rest(self, ending: asyncio.Task[Any], seconds: float) -> None:
        """Until something is reported, it is to end, or `seconds` have passed."""
        if seconds <= 0:
            return
        waking = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait({waking, ending}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()

    async def _reported(self) -> None:
        """Wake the watch whenever the system reports something, or a folder is another one than before. Ends where nothing is reported."""
        while True:
            there = {folder: identity for folder in self._folders if (identity := _identity(folder))}
            self._woken.set()
            try:
                if there:
                    await self._while_there(there)
            except FileNotFoundError:
                pass  # it went away just now
            except OSError as error:  # no more watches (fs.inotify.max_user_watches), or a file system that has none
                self._rescan = POLL
                self._tell.polling(f"the system does not report changes ({error})", POLL)
                self._woken.set()
                return
            await asyncio.sleep(_TICK)

    async def _while_there(self, there: dict[Path, tuple[int, int]]) -> None:
        tick = int(_TICK * 1000)
        async for changes in awatch(*there, watch_filter=None, debounce=_DEBOUNCE, rust_timeout=tick, yield_on_timeout=True):
            if changes:
                self._woken.set()
            if any(_identity(folder) != there.get(folder) for folder in self._folders):
                return


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one of its name; None when there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None
