"""A service that can be written to, on an archive with one document, and what its clients send."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from archive.tokens import Scope, Tokens
from tests.ingest.archives import Archive, write

FIRST = "甲县建成网格12个，配备网格员30人。\n"
HOST = "http://127.0.0.1:8000"

INGEST = """mutation Ingest($input: IngestDocumentInput!) { ingestDocument(input: $input) { __typename
  ... on IngestAccepted { job { id state filename } }
  ... on AlreadyArchived { message sourceId documents { id title } }
  ... on InvalidInput { message problems { path message } }
  ... on QueueFull { message retryAfterSeconds } } }"""
JOB = """query Job($id: ID!) { ingestJob(id: $id) {
  id state stage done total filename sha256 queuedAt startedAt finishedAt problems { file message } warnings documents { id title } } }"""


class Client:
    """A client that bears a token, or none."""

    def __init__(self, http: TestClient, token: str | None = None) -> None:
        self.http = http
        self.headers = {"authorization": f"Bearer {token}"} if token else {}

    def post(self, query: str, /, **variables: Any) -> Any:
        """The answer to an operation."""
        return self.http.post("/graphql", json={"query": query, "variables": variables}, headers=self.headers)

    def ask(self, query: str, /, **variables: Any) -> Any:
        """Its data; fails on any error."""
        answer = self.post(query, **variables).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def code(self, query: str, /, **variables: Any) -> str:
        """The code of its only error."""
        (error,) = self.post(query, **variables).json()["errors"]
        return str(error["extensions"]["code"])

    def ingest(self, key: str = "k1", filename: str = "新.txt", dry_run: bool = False, **source: str) -> Any:
        """What came of asking for an ingest."""
        given = {"source": source, "filename": filename, "idempotencyKey": key, "dryRun": dry_run}
        return self.ask(INGEST, input=given)["ingestDocument"]

    def ended(self, job: str, seconds: float = 30.0) -> Any:
        """A job when it has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.ask(JOB, id=job)["ingestJob"]
            if found["state"] in ("SUCCEEDED", "FAILED"):
                return found
            time.sleep(0.02)
        raise AssertionError(f"job {job} has not ended")

    def upload(self, data: bytes, **headers: str) -> Any:
        """The answer to a file."""
        return self.http.put("/uploads", content=data, headers={**self.headers, **headers})


class Service:
    """A running service, and tokens for it."""

    def __init__(self, http: TestClient, archive: Archive) -> None:
        self.http = http
        self.archive = archive
        self.tokens = Tokens(archive.folder)
        self.anyone = Client(http)
        self.writer = Client(http, self.tokens.create([Scope.INGEST], "writer")[1])
        self.admin = Client(http, self.tokens.create([Scope.ADMIN], "admin")[1])


def archive_with(folder: Path, files: dict[str, str]) -> Archive:
    """An archive of these texts."""
    archive = Archive(folder / "archive")
    archive.ingest(write(folder / "in", files))
    return archive


@contextmanager
def serving(archive: Archive, **settings: Any) -> Iterator[Service]:
    """A service on an archive."""
    app = create_app(Settings(archive=archive.folder, **settings))
    with TestClient(app, HOST, raise_server_exceptions=False) as http:
        yield Service(http, archive)
