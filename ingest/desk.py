"""What may be asked of an archive by those who may write to it: ingests, done one after the other as jobs, and how far they are."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from anyio import to_thread

from archive.durable import sync_folder
from archive.ids import content_hash
from archive.originals import Originals
from archive.tokens import Scope, Token
from ingest.deleting import Deleted, Target, complete, delete, target
from ingest.jobs.bus import Bus
from ingest.jobs.records import Asked, Job, JobState, Moment
from ingest.jobs.runner import Runner, Work
from ingest.jobs.store import JobStore, KeyTaken
from ingest.labels import left_behind, shown
from ingest.uploads import Uploads, linked
from search.port import SearchEngine

__all__ = ["Desk", "JobView", "unfit_name"]

_LOOK_SECONDS = 1.0  # between looks at a job that another process does
_LEAST_SECONDS = 0.1  # between two tellings of one job
_PATIENCE_SECONDS = 4.0  # for an ingest that holds the archive: less than a request may take
_LONGEST_NAME = 200  # bytes; file systems take 255
_PATH = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class JobView:
    """A job, and what it is at."""

    job: Job
    moment: Moment


class Desk:
    """Made in the event loop that serves. `uploads` are the files that were sent."""

    def __init__(self, folder: Path, uploads: Uploads, work: Work) -> None:
        self.uploads = uploads
        self._originals = Originals(folder)
        self._deleting = asyncio.Lock()
        self._store = JobStore(folder)
        self._bus = Bus()
        self._runner = Runner(self._store, work, self._bus.ring)

    def open(self) -> None:
        """Begin with what waits, also from an earlier process."""
        self._runner.start()

    def close(self, end_reading: Callable[[], None]) -> None:
        """Leave what is in hand to who comes next. `end_reading` ends the processes that read for the worker, which takes no harm."""
        self._runner.stop(end_reading)

    async def submit(self, owner: Token, key: str, filename: str, content: str | Path) -> JobView:
        """Have a text ingested, or the file of an upload. Raises as JobStore.submit, and FileNotFoundError for an upload just forgotten."""
        if isinstance(content, str):
            data = bytes(content, "utf-8")
            asked = Asked(sha256=content_hash(data), filename=filename, size=len(data), owner=owner.id, key=key)
            place: Callable[[Path], None] = partial(_written, data)
        else:
            size = (await to_thread.run_sync(content.stat)).st_size
            asked = Asked(sha256=content.name, filename=filename, size=size, owner=owner.id, key=key)
            place = partial(linked, content)
        job = await to_thread.run_sync(self._store.submit, asked, place)
        self._runner.wake()
        self._bus.ring()
        return self._view(job)

    async def named(self, identifier: str, engine: SearchEngine) -> Target | None:
        """The source that an id names, or that of the document that it names. Raises as ingest.deleting.target."""
        return await target(identifier, self._originals, engine)

    async def delete(self, found: Target, by: str, engine: SearchEngine) -> Deleted | None:
        """Delete a source, to its end even when nobody waits for that any more; None when another deletion was faster.

        Raises ArchiveLocked when the archive is held by an ingest for longer than a moment, and as ingest.deleting.delete.
        """
        return await asyncio.shield(asyncio.create_task(self._deleted(found, by, engine)))

    async def _deleted(self, found: Target, by: str, engine: SearchEngine) -> Deleted | None:
        async with self._deleting:
            holding = self._originals.writing(_PATIENCE_SECONDS, shared=engine.kind.shared)
            writer = await to_thread.run_sync(holding.__enter__)
            try:
                await complete(writer, engine)
                if await self.named(found.source_id, engine) is None:  # who waited for the archive may find it gone
                    return None
                return await delete(found, by, writer, engine)
            finally:
                holding.__exit__(None, None, None)

    def earlier(self, owner: Token, key: str, filename: str, sha256: str) -> JobView | None:
        """The job that a key stands for already. Raises KeyTaken when that is another one."""
        for job in self._store.jobs().values():
            if (job.asked.owner, job.asked.key) == (owner.id, key):
                if (job.asked.filename, job.asked.sha256) != (filename, sha256):
                    raise KeyTaken
                return self._view(job)
        return None

    def job(self, identifier: str, caller: Token) -> JobView | None:
        """A job, when it is the caller's own or the caller may see all."""
        job = self._store.jobs().get(identifier)
        return self._view(job) if job is not None and _sees(caller, job) else None

    def jobs(self, caller: Token, first: int) -> list[JobView]:
        """The newest jobs that the caller may see, newest first."""
        seen = [job for job in self._store.jobs().values() if _sees(caller, job)]
        return [self._view(job) for job in reversed(seen[-first:])]

    async def follow(self, identifier: str, caller: Token, alive: Callable[[], bool]) -> AsyncIterator[JobView]:
        """What a job is at now, and each time that it changes, until it has ended, or the caller is not `alive` any more."""
        last: JobView | None = None
        while alive():
            bell = self._bus.bell()
            view = self.job(identifier, caller)
            if view is None:
                return
            if view != last:
                yield view
                last = view
            if view.job.ended:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await bell.wait()
            await asyncio.sleep(_LEAST_SECONDS)

    def _view(self, job: Job) -> JobView:
        return JobView(job, self._runner.moment(job.id) if job.state is JobState.RUNNING else Moment())


def unfit_name(name: str) -> str | None:
    """Why a file cannot be kept under this name; None when it can."""
    if not name.strip():
        return "it is empty; give the name of the file, as in 调研报告.docx"
    if len(name.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        return f"it is longer than {_LONGEST_NAME} bytes in UTF-8; shorten it"
    if any(char in _PATH for char in name) or name.strip() in (".", ".."):
        return 'it is a path, or has characters of one; give the name alone, without any of / \\ : * ? " < > |'
    if shown(name) != name:
        return "it has characters that do not show, such as line breaks or marks of direction; leave them out"
    if left_behind(name) or name != name.strip():
        return "it looks like the name of a hidden or scratch file; give one that begins and ends with a letter or a digit"
    return None


def _sees(caller: Token, job: Job) -> bool:
    return job.asked.owner == caller.id or caller.allows(Scope.ADMIN)


def _written(data: bytes, path: Path) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
