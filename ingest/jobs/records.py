"""What is known of a job, and the lines of the file from which it is known again after a restart."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from archive.journal import Line

QUEUED, STARTED, FINISHED = "JOB_QUEUED", "JOB_STARTED", "JOB_FINISHED"


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class JobStage(StrEnum):
    """What a running job does just now."""

    WAITING = "WAITING"  # for another process that writes, or an engine that is away
    READING = "READING"


@dataclass(frozen=True, slots=True)
class JobProblem:
    """A file that was not read, or of which something was left out, and why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What someone asks to have ingested: bytes with this hash under this file name. `owner` is the id of the token that asks."""

    sha256: str
    filename: str
    size: int
    owner: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as the file tells it. Times are UTC, ISO 8601; `attempts` counts how often it was begun; `sources` are ids of sources.

    `files` is how many it had, when it has ended.
    """

    id: str
    asked: Asked
    queued_at: str
    state: JobState = JobState.QUEUED
    started_at: str | None = None
    finished_at: str | None = None
    attempts: int = 0
    sources: tuple[str, ...] = ()
    problems: tuple[JobProblem, ...] = ()
    warnings: tuple[str, ...] = ()
    files: int = 1

    @property
    def ended(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in (JobState.SUCCEEDED, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a running job is at: `done` of `total` files (several in a container), and `page` of `pages` of the one in hand."""

    stage: JobStage | None = None
    done: int = 0
    total: int = 1
    page: int | None = None
    pages: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job's file: ids of the sources that the archive holds now, what was not read, and how many `files` there were."""

    sources: tuple[str, ...]
    problems: tuple[JobProblem, ...] = ()
    warnings: tuple[str, ...] = ()
    files: int = 1

    @property
    def state(self) -> JobState:
        """FAILED when nothing of it is in the archive."""
        return JobState.SUCCEEDED if self.sources or not self.problems else JobState.FAILED


def now() -> str:
    """The present moment, as records have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def queued(job: Job) -> dict[str, str | int]:
    """The line that brings a job into being."""
    asked = job.asked
    return {
        "event": QUEUED,
        "id": job.id,
        "at": job.queued_at,
        "sha256": asked.sha256,
        "name": asked.filename,
        "size": asked.size,
        "owner": asked.owner,
        "key": asked.key,
    }


def started(identifier: str, attempts: int) -> dict[str, str | int]:
    """The line that says that a job is begun, for the how-many-th time."""
    return {"event": STARTED, "id": identifier, "at": now(), "attempts": attempts}


def finished(identifier: str, outcome: Outcome) -> dict[str, str | int]:
    """The line that says how a job ended."""
    details = {
        "sources": outcome.sources,
        "problems": [[problem.file, problem.message] for problem in outcome.problems],
        "warnings": outcome.warnings,
        "files": outcome.files,
    }
    return {
        "event": FINISHED,
        "id": identifier,
        "at": now(),
        "state": outcome.state.value,
        "details": json.dumps(details, ensure_ascii=False),
    }


def lines_of(job: Job) -> list[dict[str, str | int]]:
    """The lines that tell all that is known of a job, for a file that is written anew."""
    lines = [queued(job)]
    if job.attempts:
        lines.append({**started(job.id, job.attempts), "at": job.started_at or job.queued_at})
    if job.ended:
        outcome = Outcome(job.sources, job.problems, job.warnings, job.files)
        lines.append({**finished(job.id, outcome), "at": job.finished_at or "", "state": job.state})
    return lines


def folded(lines: Iterable[Line]) -> dict[str, Job]:
    """The jobs that the lines tell of, in the order in which they were asked for. A line that lacks something tells nothing."""
    jobs: dict[str, Job] = {}
    for line in lines:
        try:
            job = _after(line, jobs.get(str(line["id"])))
        except (KeyError, TypeError, ValueError):
            continue
        if job is not None:
            jobs[job.id] = job
    return jobs


def _after(line: Line, job: Job | None) -> Job | None:
    at = str(line["at"])
    if line["event"] == QUEUED:
        asked = Asked(
            sha256=str(line["sha256"]),
            filename=str(line["name"]),
            size=int(line["size"]),
            owner=str(line["owner"]),
            key=str(line["key"]),
        )
        return Job(id=str(line["id"]), asked=asked, queued_at=at)
    if job is None:
        return None
    if line["event"] == STARTED:
        return replace(job, state=JobState.RUNNING, started_at=at, attempts=int(line["attempts"]))
    if line["event"] != FINISHED:
        return None
    details = json.loads(str(line["details"]))
    return replace(
        job,
        state=JobState(str(line["state"])),
        finished_at=at,
        sources=tuple(details["sources"]),
        problems=tuple(JobProblem(*problem) for problem in details["problems"]),
        warnings=tuple(details["warnings"]),
        files=int(details.get("files", 1)),  # older lines have none
    )
