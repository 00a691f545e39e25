"""Who does the jobs: one thread of one process, so that what answers searches never waits for a file that is read."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from archive.errors import ArchiveError, ArchiveLocked
from ingest.files import shown
from ingest.jobs.records import Job, JobProblem, JobStage, Moment, Outcome
from ingest.jobs.store import JobStore
from ingest.report import PASSED_OVER, IngestReport, Progress
from ingest.uploads import forget
from ingest.watching import PASSING

log = logging.getLogger("fangzhi.jobs")

Work: TypeAlias = Callable[[Path, Progress], Awaitable[IngestReport]]
"""Reads one file into the archive. Raises one of PASSING for what may pass by waiting."""

ATTEMPTS = 3  # after which a job that ends the process each time is given up
_LOOK = 1.0  # seconds between looks at what other processes asked for, and at who else works
_PAUSE = 1.0  # seconds until what may pass by itself is tried again
_MAX_PROBLEMS = 100
_PASSED_OVER = f"{PASSED_OVER}; sent by itself, it is read"


class Runner:
    """Does what waits in `store`, one after the other, in the order in which it was asked for.

    `changed` is called in the runner's thread whenever there is something new to tell of a job.
    """

    def __init__(self, store: JobStore, work: Work, changed: Callable[[], None]) -> None:
        self._store = store
        self._work = work
        self._changed = changed
        self._moments: dict[str, Moment] = {}
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[Outcome]] | None = None
        self._mutex = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="fangzhi jobs", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._thread.start()

    def wake(self) -> None:
        """There is something new to do."""
        self._wake.set()

    def stop(self, end_reading: Callable[[], None] = lambda: None) -> None:
        """End. A job in hand is left as it is, whatever becomes of it now: who comes next begins it again."""
        self._stopping.set()
        self._wake.set()
        with self._mutex:
            if self._running is not None:
                loop, task = self._running
                with suppress(RuntimeError):  # the loop has just been closed
                    loop.call_soon_threadsafe(task.cancel)
        end_reading()
        self._thread.join()

    def moment(self, identifier: str) -> Moment:
        """What a job is at; nothing is known of one that another process does."""
        return self._moments.get(identifier, Moment())

    def _run(self) -> None:
        lock = FileLock(self._store.folder / "worker.lock", thread_local=False)
        while not self._stopping.is_set():
            if not self._store.begun():  # a service that nobody ever wrote to leaves no trace on the disk
                self._sleep(_LOOK)
                continue
            try:
                with lock.acquire(timeout=0):
                    self._store.tidy()
                    self._serve()
            except Timeout:
                pass  # another process works
            except (ArchiveLocked, OSError) as error:
                log.warning("jobs wait: %s", error)
            self._sleep(_LOOK)

    def _serve(self) -> None:
        while not self._stopping.is_set():
            waiting = self._store.waiting()
            if waiting:
                self._do(waiting[0])
            else:
                self._sleep(_LOOK)

    def _sleep(self, seconds: float) -> None:
        if not self._stopping.is_set():
            self._wake.wait(seconds)
            self._wake.clear()

    def _do(self, job: Job) -> None:
        if job.attempts >= ATTEMPTS:
            self._end(job, _failed(job, f"the service ended {ATTEMPTS} times while it was read; leave it out"))
            return
        job = self._store.begin(job)
        self._tell(job, Moment(JobStage.READING))
        with suppress(asyncio.CancelledError):  # it is to stop, and the job is begun again by who comes next
            self._end(job, asyncio.run(self._outcome(job)))

    async def _outcome(self, job: Job) -> Outcome:
        """What becomes of a job; waits for what passes by waiting."""
        task = asyncio.current_task()
        with self._mutex:
            self._running = (asyncio.get_running_loop(), task) if task else None
        try:
            while not self._stopping.is_set():
                try:
                    report = await self._work(self._store.file(job), _Told(self, job))
                    if not self._stopping.is_set():
                        return replace(_outcome(job, report, self._store.file(job)), files=self.moment(job.id).total)
                except PASSING as error:
                    log.info("job %s waits: %s", job.id, error)
                    reason = (
                        "another process writes to the archive" if isinstance(error, ArchiveLocked) else "the archive cannot be written to"
                    )
                    self._tell(job, Moment(JobStage.WAITING, reason=reason))
                    await asyncio.sleep(_PAUSE)
                    self._tell(job, Moment(JobStage.READING))
                except ArchiveError as error:
                    return _failed(job, str(error))
                except Exception:  # a fault of our own costs this job and no other
                    log.exception("job %s failed", job.id)
                    return _failed(job, "something failed inside the archive; its log has the reason under the id of this job")
            raise asyncio.CancelledError  # the processes that read for it may have been ended
        finally:
            with self._mutex:
                self._running = None

    def _end(self, job: Job, outcome: Outcome) -> None:
        if outcome.sources:
            forget(self._store.folder, job.asked.sha256)
        self._store.end(job, outcome)
        self._moments.pop(job.id, None)
        log.info("job %s: %s", job.id, outcome.state)
        self._changed()

    def _tell(self, job: Job, moment: Moment) -> None:
        self._moments[job.id] = moment
        self._changed()


class _Told:
    """Progress of one job."""

    def __init__(self, runner: Runner, job: Job) -> None:
        self._runner = runner
        self._job = job
        self._place = shown(runner._store.file(job))

    def started(self, files: int) -> None:
        """`files` are going to be looked at."""
        self._tell(total=max(files, 1))

    def reading(self, name: str) -> None:
        """One of them is in hand."""
        self._tell(page=None, pages=None)

    def page(self, name: str, number: int, of: int) -> None:
        """A page of it is being read."""
        self._tell(page=number, pages=of)

    def more(self, files: int) -> None:
        """A container was opened."""
        self._tell(total=self._runner.moment(self._job.id).total + files)

    def finished(self, name: str, outcome: str) -> None:
        """One of them is done; a container that was unpacked is none of them."""
        now = self._runner.moment(self._job.id)
        if outcome == "unpacked":
            self._tell(total=max(now.total - 1, 1))
        elif _within(name, self._place):
            self._tell(done=now.done + 1, page=None, pages=None)

    def _tell(self, **changes: int | None) -> None:
        self._runner._tell(self._job, replace(self._runner.moment(self._job.id), **changes))  # type: ignore[arg-type]


def _outcome(job: Job, report: IngestReport, path: Path) -> Outcome:
    """Of this job's file and what was in it; what an earlier run had left and this one completed is nobody's affair here."""
    place = shown(path)
    problems = [JobProblem(_named(failure.name, place, job), failure.reason) for failure in report.failed if _within(failure.name, place)]
    problems += [JobProblem(_named(name, place, job), _PASSED_OVER) for name in report.skipped if _within(name, place)]
    warnings = [f"{job.asked.filename}{warning.removeprefix(place)}" for warning in report.warnings if warning.startswith(place)]
    return Outcome(tuple(dict.fromkeys(report.sources)), tuple(problems[:_MAX_PROBLEMS]), tuple(warnings[:_MAX_PROBLEMS]))


def _within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}/")


def _named(name: str, place: str, job: Job) -> str:
    return shown(job.asked.filename) + name.removeprefix(place)


def _failed(job: Job, message: str) -> Outcome:
    return Outcome((), (JobProblem(shown(job.asked.filename), message),))
