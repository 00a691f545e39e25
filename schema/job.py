"""Ingests that are done as jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from archive import records
from ingest.desk import JobView
from ingest.jobs.records import JobProblem as ProblemRecord
from ingest.jobs.records import JobStage, JobState
from schema.cost import priced
from schema.describe import describe
from schema.document import Document
from schema.fields import resolved
from schema.node import Info
from search.criteria import All, Term
from search.projection import read_record

MAX_DOCUMENTS = 100

describe(
    JobState,
    "How far an ingest is.",
    {
        "QUEUED": "It waits for others to be done.",
        "RUNNING": "It is in hand; after a restart of the service it begins again.",
        "SUCCEEDED": "What could be read is in the archive; `problems` names what could not.",
        "FAILED": "Nothing of it is in the archive; `problems` says why.",
    },
)
describe(
    JobStage,
    "What a running ingest does just now.",
    {
        "WAITING": "Another process writes to the archive, or the archive cannot be written to; it goes on by itself.",
        "READING": "The file is read, and what is found in it is written.",
    },
)


@strawberry.type(description="A file that was not read, or of which something was left out.")
class JobProblem:
    """Resolved from ingest.jobs.records.JobProblem."""

    file: str = strawberry.field(description="The file, with the archive that it was in.")
    message: str = strawberry.field(description="Why, and what to do.")


@strawberry.type(description="An ingest that was asked for. It is kept for 30 days after it has ended.")
class IngestJob:
    """Resolved from ingest.desk.JobView."""

    @resolved(description="Its id, JOB- and 16 digits.")
    @staticmethod
    def id(parent: strawberry.Parent[JobView]) -> strawberry.ID:
        """As the store has it."""
        return strawberry.ID(parent.job.id)

    @resolved(description="How far it is.")
    @staticmethod
    def state(parent: strawberry.Parent[JobView]) -> JobState:
        """Of the whole job."""
        return parent.job.state

    @resolved(description="What it does just now; null unless it is running in the service that answers this.")
    @staticmethod
    def stage(parent: strawberry.Parent[JobView]) -> JobStage | None:
        """Of the file in hand."""
        return parent.moment.stage

    @resolved(description="How many files of it are done; an archive or a mail holds several.")
    @staticmethod
    def done(parent: strawberry.Parent[JobView]) -> int:
        """All of them when it has ended."""
        return parent.job.files if parent.job.ended else parent.moment.done

    @resolved(description="How many files it has, as far as is known; a container counts itself until it is unpacked.")
    @staticmethod
    def total(parent: strawberry.Parent[JobView]) -> int:
        """Grows while a container is opened."""
        return parent.job.files if parent.job.ended else max(parent.moment.total, parent.moment.done)

    @resolved(description="The page of the file in hand that is being read; null where there are no pages.")
    @staticmethod
    def page(parent: strawberry.Parent[JobView]) -> int | None:
        """Counted from 1."""
        return parent.moment.page

    @resolved(description="How many pages that file has.")
    @staticmethod
    def pages(parent: strawberry.Parent[JobView]) -> int | None:
        """Known as soon as the first is begun."""
        return parent.moment.pages

    @resolved(description="The name that this job gave the file; bytes that the archive has already keep their name (Source.name).")
    @staticmethod
    def filename(parent: strawberry.Parent[JobView]) -> str:
        """As it was given."""
        return parent.job.asked.filename

    @resolved(description="The SHA-256 of the file, in hexadecimal.")
    @staticmethod
    def sha256(parent: strawberry.Parent[JobView]) -> str:
        """Of the file that was sent, be it a container."""
        return parent.job.asked.sha256

    @resolved(description="When it was asked for.")
    @staticmethod
    def queued_at(parent: strawberry.Parent[JobView]) -> datetime:
        """UTC."""
        return datetime.fromisoformat(parent.job.queued_at)

    @resolved(description="When it was begun, the last time; null while it waits.")
    @staticmethod
    def started_at(parent: strawberry.Parent[JobView]) -> datetime | None:
        """UTC."""
        return datetime.fromisoformat(parent.job.started_at) if parent.job.started_at else None

    @resolved(description="When it ended; null until then.")
    @staticmethod
    def finished_at(parent: strawberry.Parent[JobView]) -> datetime | None:
        """UTC."""
        return datetime.fromisoformat(parent.job.finished_at) if parent.job.finished_at else None

    @resolved(description="What was not read, and why.", graphql_type=list[JobProblem])
    @staticmethod
    def problems(parent: strawberry.Parent[JobView]) -> list[ProblemRecord]:
        """Empty until it has ended."""
        return list(parent.job.problems)

    @resolved(description="What its readers were not sure of.")
    @staticmethod
    def warnings(parent: strawberry.Parent[JobView]) -> list[str]:
        """Each names its file."""
        return list(parent.job.warnings)

    @resolved(
        description=f"The documents of its files, at most {MAX_DOCUMENTS}, when it has succeeded.",
        graphql_type=list[Document],
        metadata=priced(own=10),
    )
    @staticmethod
    async def documents(parent: strawberry.Parent[JobView], info: Info) -> list[records.Document]:
        """Those that are in the index now: one that was deleted since is not among them."""
        return await documents_of(parent.job.sources, info)


async def documents_of(sources: tuple[str, ...], info: Info) -> list[records.Document]:
    """The documents of sources, in the order of their ids, at most MAX_DOCUMENTS."""
    found: list[records.Document] = []
    if sources:
        whole = All((Term("source_id", sources[:MAX_DOCUMENTS]), Term("kind", ("DOCUMENT",))))
        async for hit in info.context.services.engine.scan(whole):
            record = read_record(hit.kind, hit.record)
            if isinstance(record, records.Document):
                found.append(record)
            if len(found) >= MAX_DOCUMENTS:
                break
    return found


JobId = Annotated[strawberry.ID, strawberry.argument(description="The id of a job, as `ingestDocument` gives it.")]
