"""The jobs of an archive: an append-only file beside the originals, and a folder with the file of each job that is not done yet.

    <archive>/jobs.jsonl          what was asked, when it was begun, how it ended
    <archive>/jobs/JOB-…/<name>   the bytes, under the name that the archive is to know them by
    <archive>/jobs.lock           held while a line is written
    <archive>/worker.lock         held by the one process that does the jobs

The bytes are on the disk before a line names them, so that a job which is named can be done, whatever ends the process in between.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from archive.durable import sync_folder, write_atomically
from archive.errors import ArchiveLocked
from archive.journal import Journal, Line
from ingest.jobs.records import Asked, Job, Outcome, finished, folded, lines_of, now, queued, started

MAX_WAITING = 100  # jobs that are not done yet
KEPT_JOBS = 1_000  # that are done, for those who ask later; their idempotency keys are kept as long
KEPT_DAYS = 30
_WORN = 4  # times as many lines as are needed before the file is written anew
_LOCK_SECONDS = 5.0


class QueueFull(Exception):
    """So many jobs wait that no more is taken."""


class KeyTaken(Exception):
    """An idempotency key that stands for something else already."""


class JobStore:
    """The jobs of the archive in `folder`. Any number of processes may add and look; one of them works. Safe in several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = folder / "jobs"
        self._journal = Journal(folder / "jobs.jsonl")
        self._lock = FileLock(folder / "jobs.lock", thread_local=False)
        self._mutex = Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._jobs: dict[str, Job] = {}

    def jobs(self) -> dict[str, Job]:
        """All that are known, in the order in which they were asked for."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._jobs = folded(self._journal.read())
            self._stamp = stamp
        return self._jobs

    def begun(self) -> bool:
        """Whether there ever was a job."""
        return self._stamp_now() is not None

    def waiting(self) -> list[Job]:
        """Those that are not done, what was begun before what was not."""
        return sorted((job for job in self.jobs().values() if not job.ended), key=lambda job: not job.attempts)

    def submit(self, asked: Asked, place: Callable[[Path], None]) -> Job:
        """A new job, or the one that the same key stands for already. `place` puts the bytes at the path that it is given.

        Durable on return. Raises KeyTaken, QueueFull, ArchiveLocked, and OSError when the disk does not take it.
        """
        with self._writing():
            for job in self.jobs().values():
                if (job.asked.owner, job.asked.key) == (asked.owner, asked.key):
                    if job.asked != asked:
                        raise KeyTaken
                    return job
            if len(self.waiting()) >= MAX_WAITING:
                raise QueueFull
            job = Job(id=f"JOB-{secrets.token_hex(8)}", asked=asked, queued_at=now())
            path = self.file(job)
            path.parent.mkdir(parents=True)
            try:
                place(path)
                for folder in (path.parent, self._files, self.folder):
                    sync_folder(folder)
                self._journal.append([queued(job)])
            except BaseException:
                shutil.rmtree(path.parent, ignore_errors=True)
                raise
            return job

    def begin(self, job: Job) -> Job:
        """The job is in hand, once more."""
        self._append(started(job.id, job.attempts + 1))
        return self.jobs()[job.id]

    def end(self, job: Job, outcome: Outcome) -> None:
        """The job is done, and its file not needed any more."""
        self._append(finished(job.id, outcome))
        shutil.rmtree(self.file(job).parent, ignore_errors=True)

    def file(self, job: Job) -> Path:
        """Where the bytes of a job are until it is done."""
        return self._files / job.id / job.asked.filename

    def tidy(self) -> None:
        """Forget old jobs, and files that no job waits for: those of a process that was killed while it put one there."""
        with self._writing():
            waiting = {job.id for job in self.waiting()}
            for folder in self._files.iterdir() if self._files.is_dir() else ():
                if folder.name not in waiting:
                    shutil.rmtree(folder, ignore_errors=True)
            since = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
            ended = [job for job in self.jobs().values() if job.ended and (job.finished_at or "") >= since][-KEPT_JOBS:]
            kept = {job.id for job in ended} | waiting
            lines = [line for job in self.jobs().values() if job.id in kept for line in lines_of(job)]
            if len(kept) < len(self.jobs()) or self._journal.content().count(b"\n") > _WORN * max(len(lines), 1):
                data = b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)
                write_atomically(self._journal.path, data)

    def _append(self, line: Line) -> None:
        with self._writing():
            self._journal.append([line])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Alone among threads and processes. Raises ArchiveLocked."""
        with self._mutex:
            try:
                self._lock.acquire(timeout=_LOCK_SECONDS)
            except Timeout:
                raise ArchiveLocked("Another process keeps the list of jobs; try again in a moment.") from None
            try:
                yield
            finally:
                self._lock.release()

    def _stamp_now(self) -> tuple[int, int, int] | None:
        try:
            found = os.stat(self._journal.path)  # noqa: PTH116 the path may be of any kind
        except (FileNotFoundError, NotADirectoryError):
            return None
        return (found.st_ino, found.st_size, found.st_mtime_ns)
