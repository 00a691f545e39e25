"""Ingesting through the API: asked for here, done as a job."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator
from typing import Annotated, TypeAlias

import strawberry

from archive import records
from archive.ids import content_hash, source_id
from archive.tokens import Scope, Token
from ingest.desk import Desk, JobView, unfit_name
from ingest.jobs import store
from ingest.uploads import stands_for
from schema.arguments import First
from schema.cost import priced
from schema.document import Document
from schema.errors import ErrorCode, failure
from schema.fields import followed, resolved
from schema.job import IngestJob, JobId, documents_of
from schema.node import Info
from schema.pagination import check_first
from schema.problems import InvalidInput, QueueFull, UserError, invalid

_KEY = re.compile(r"[\x21-\x7e]{1,128}", re.ASCII)
_RETRY_SECONDS = 30
_NOT_THERE = "there is no such upload, or it is forgotten; send the file with PUT /uploads"
_TEXT, _UPLOAD = ("input", "source", "text"), ("input", "source", "uploadId")
NEEDS_INGEST = f"Needs a token with the scope `{Scope.INGEST}`."


@strawberry.input(description="Where the bytes are; exactly one of these.", one_of=True)
class IngestSource:
    """Small texts go with the mutation, files before it."""

    text: strawberry.Maybe[str] = strawberry.field(default=None, description="The text itself, as long as a request may be.")
    upload_id: strawberry.Maybe[strawberry.ID] = strawberry.field(default=None, description="What `PUT /uploads` answered for a file.")


@strawberry.input(description="A file to ingest.")
class IngestDocumentInput:
    """Checked as a whole before anything is done."""

    source: IngestSource = strawberry.field(description="Its bytes.")
    filename: str = strawberry.field(
        description="The name to keep it under, without a path. What the file is, its content tells: the extension is kept as it is given. "
        "Of bytes that are sent under several names before they are archived, the first name stays."
    )
    idempotency_key: str = strawberry.field(
        description="Of your own making, up to 128 visible ASCII characters: the same key with the same input is the same job, "
        "however often it is sent. Remembered as long as the job is."
    )
    dry_run: bool = strawberry.field(default=False, description="Only say whether it would be taken.")


@strawberry.type(description="The ingest is taken; follow its job with `ingestProgress`.")
class IngestAccepted:
    """Also what the same key answers again."""

    job: IngestJob | None = strawberry.field(description="The job; null for a dry run.")


@strawberry.type(description="The archive holds these very bytes already. Nothing was done.")
class AlreadyArchived(UserError):
    """Told by the hash."""

    source_id: strawberry.ID = strawberry.field(description="The id of the source.")

    @resolved(description="Its documents.", graphql_type=list[Document], metadata=priced(own=10))
    @staticmethod
    async def documents(parent: strawberry.Parent[AlreadyArchived], info: Info) -> list[records.Document]:
        """From the index."""
        return await documents_of((parent.source_id,), info)


IngestDocumentPayload: TypeAlias = Annotated[
    IngestAccepted | AlreadyArchived | InvalidInput | QueueFull,
    strawberry.union("IngestDocumentPayload", description="What came of asking for an ingest."),
]


def desk_of(info: Info) -> Desk:
    """Where writing is asked for. Raises an error FORBIDDEN where the service only reads."""
    desk = info.context.services.desk
    if desk is None:
        raise failure(ErrorCode.FORBIDDEN, "This service only reads; ask one that keeps the originals.")
    return desk


@strawberry.type(description="Ingesting.")
class IngestMutations:
    """Each asks for its scope first, also where the input is wrong."""

    @resolved(
        description=f"Have a file or a text read into the archive, as a job. {NEEDS_INGEST}",
        graphql_type=IngestDocumentPayload,
        metadata=priced(own=20),
    )
    @staticmethod
    async def ingest_document(
        info: Info, input: Annotated[IngestDocumentInput, strawberry.argument(description="What to ingest.")]
    ) -> IngestAccepted | AlreadyArchived | InvalidInput | QueueFull:
        """The bytes are kept before the job is, and the job before the answer goes out."""
        caller = info.context.require(Scope.INGEST)
        desk = desk_of(info)
        try:
            return await _taken(input, caller, desk, info)
        except store.KeyTaken:
            return invalid((("input", "idempotencyKey"), "it was used for another file or name already; make a new one"))
        except store.QueueFull:
            return QueueFull(
                message=f"{store.MAX_WAITING} ingests wait already; try again later.",
                retry_after_seconds=_RETRY_SECONDS,
            )


async def _taken(
    input: IngestDocumentInput, caller: Token, desk: Desk, info: Info
) -> IngestAccepted | AlreadyArchived | InvalidInput | QueueFull:
    text = input.source.text.value if input.source.text else None
    sent = stands_for(input.source.upload_id.value) if input.source.upload_id else None
    problems = list(_problems(input, text, sent))
    if problems:
        return invalid(*problems)
    sha256 = sent or content_hash((text or "").encode())
    earlier = desk.earlier(caller, input.idempotency_key, input.filename, sha256)
    if earlier is not None:
        return _accepted(earlier)
    key = source_id(sha256)
    if key in await info.context.services.engine.get([key]):
        if not input.dry_run:
            desk.uploads.forget(sha256)
        return AlreadyArchived(message="The archive holds these bytes already.", source_id=strawberry.ID(key))
    upload = desk.uploads.find(input.source.upload_id.value) if input.source.upload_id else None
    if sent and upload is None:
        return invalid((_UPLOAD, _NOT_THERE))
    try:
        return _accepted(None if input.dry_run else await desk.submit(caller, input.idempotency_key, input.filename, upload or text or ""))
    except FileNotFoundError:
        return invalid((_UPLOAD, "it was forgotten just now; send the file again with PUT /uploads"))


def _problems(input: IngestDocumentInput, text: str | None, sent: str | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where something is wrong, and what."""
    reason = unfit_name(input.filename)
    if reason:
        yield ("input", "filename"), reason
    if not _KEY.fullmatch(input.idempotency_key):
        yield ("input", "idempotencyKey"), "it takes 1 to 128 visible ASCII characters, such as a UUID"
    if input.source.upload_id:
        if sent is None:
            yield _UPLOAD, _NOT_THERE
    elif text is None or not text.strip():
        yield _TEXT, "it is empty"
    elif any("\ud800" <= char <= "\udfff" for char in text):
        yield _TEXT, "it has halves of characters (surrogates) in it; send whole ones"


def _accepted(view: JobView | None) -> IngestAccepted:
    return IngestAccepted(job=view)  # type: ignore[arg-type]  # resolved from the view


@strawberry.type(description="Jobs.")
class JobQueries:
    """A token sees the jobs that it asked for; one with the scope `admin` sees all."""

    @resolved(description=f"A job by its id; null when there is none of yours. {NEEDS_INGEST}", graphql_type=IngestJob | None)
    @staticmethod
    def ingest_job(info: Info, id: JobId) -> JobView | None:
        """Another's job is not told from one that does not exist."""
        caller = info.context.require(Scope.INGEST)
        return desk_of(info).job(id, caller)

    @resolved(
        description=f"Your newest jobs, newest first. {NEEDS_INGEST}", graphql_type=list[IngestJob], metadata=priced(own=5, size=("first",))
    )
    @staticmethod
    def ingest_jobs(info: Info, first: First = 20) -> list[JobView]:
        """Those of everybody with the scope `admin`."""
        caller = info.context.require(Scope.INGEST)
        return desk_of(info).jobs(caller, check_first(first))


@strawberry.type(description="What can be followed as it happens, over SSE or graphql-transport-ws.")
class Subscription:
    """One event source for all who follow."""

    @followed(
        description="What a job is at: the present state at once, then each change, and the last event is its end. After a break, "
        f"ask again with the same id. {NEEDS_INGEST}",
        graphql_type=IngestJob,
    )
    async def ingest_progress(self, info: Info, job_id: JobId) -> AsyncGenerator[JobView, None]:
        """Ends at once with an error NOT_FOUND where there is no such job of the caller's."""
        caller = info.context.require(Scope.INGEST)
        desk = desk_of(info)
        if desk.job(job_id, caller) is None:
            raise failure(ErrorCode.NOT_FOUND, "There is no such job of yours; `ingestJobs` lists them.")
        async for view in desk.follow(job_id, caller, info.context.alive):
            yield view
        if not info.context.alive():
            raise failure(ErrorCode.UNAUTHENTICATED, "This token does not count any more, so the stream has ended.")
