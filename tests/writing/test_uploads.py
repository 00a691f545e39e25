"""`PUT /uploads`: what is kept, what is refused before and after its bytes came, and what is left of neither."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from archive.ids import content_hash, source_id
from ingest.uploads import SENDING_SECONDS, STALE_SECONDS
from tests.http.shelf import pdf
from tests.ingest.archives import write
from tests.writing.service import FIRST, Service, archive_with, serving
from tests.writing.test_deleting import DELETE

DATA = "乙县建成网格15个，配备网格员40人。\n".encode()


def left(service: Service) -> list[str]:
    folder = service.archive.folder / "uploads"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def code(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"].startswith("application/json")
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


def test_a_file_is_sent_and_ingested(service: Service) -> None:
    sent = service.writer.upload(DATA)
    sha256 = content_hash(DATA)
    assert sent.status_code == 201
    assert sent.json() == {"uploadId": f"UPL-{sha256}", "sha256": sha256, "size": len(DATA), "type": "text/plain"}
    assert left(service) == [sha256]
    job = service.writer.ended(service.writer.ingest(uploadId=sent.json()["uploadId"], filename="乙.txt")["job"]["id"])
    assert (job["state"], len(job["documents"])) == ("SUCCEEDED", 1)
    assert service.archive.problems() == []


def test_the_same_bytes_have_the_same_id(service: Service) -> None:
    first, second = service.writer.upload(DATA), service.admin.upload(DATA)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() and len(left(service)) == 1


def test_the_type_is_told_by_the_content(quiet: Service) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("甲.txt", FIRST)
    for data, kind in ((pdf([["网格"]]), "application/pdf"), (packed.getvalue(), "application/zip"), ("<html><p>甲".encode(), "text/html")):
        assert quiet.writer.upload(data, **{"content-type": "image/png"}).json()["type"] == kind


def test_files_in_a_container_become_documents_of_one_job(service: Service) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a/乙.txt", DATA)
        file.writestr("../丙.txt", "丙县建成网格9个。")
        file.writestr("坏.pdf", b"%PDF-1.7 rubbish")
    upload = service.writer.upload(packed.getvalue()).json()["uploadId"]
    job = service.writer.ended(service.writer.ingest(uploadId=upload, filename="材料.zip")["job"]["id"])
    assert (job["state"], len(job["documents"]), job["total"]) == ("SUCCEEDED", 2, 3)
    assert [problem["file"] for problem in job["problems"]] == ["材料.zip/坏.pdf"]


@pytest.mark.parametrize("data", [b"", b"\0\1\2" * 100, b"\x7fELF" + bytes(100), b"MZ" + bytes(300), os.urandom(5_000)])
def test_what_is_no_document_is_415_and_nothing_of_it_is_left(quiet: Service, data: bytes) -> None:
    before = left(quiet)
    assert code(quiet.writer.upload(data)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert left(quiet) == before


def test_who_has_no_token_is_refused_before_the_body_is_read(quiet: Service) -> None:
    before = left(quiet)
    response = quiet.anyone.upload(DATA)
    assert code(response) == (401, "UNAUTHENTICATED") and response.headers["www-authenticate"].startswith("Bearer")
    assert code(quiet.http.put("/uploads", content=DATA, headers={"authorization": "Bearer x"})) == (401, "UNAUTHENTICATED")
    assert code(quiet.http.put("/uploads?access_token=fz_1", content=DATA)) == (400, "BAD_REQUEST")
    assert left(quiet) == before


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_only_put_sends(quiet: Service, method: str) -> None:
    response = quiet.http.request(method, "/uploads", headers=quiet.writer.headers)
    assert code(response) == (405, "METHOD_NOT_ALLOWED") and response.headers["allow"] == "PUT"


def test_the_digest_of_the_sender_is_compared(quiet: Service) -> None:
    def digest(data: bytes) -> str:
        return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"

    assert quiet.writer.upload(DATA + b"1", **{"content-digest": digest(DATA + b"1")}).status_code == 201
    assert quiet.writer.upload(DATA + b"2", **{"content-digest": "md5=:AAAA:"}).status_code == 201
    before = left(quiet)
    assert code(quiet.writer.upload(DATA + b"3", **{"content-digest": digest(DATA)})) == (400, "BAD_REQUEST")
    assert code(quiet.writer.upload(DATA + b"3", **{"content-digest": "sha-256=:no:"})) == (400, "BAD_REQUEST")
    assert left(quiet) == before


def test_a_file_that_is_too_large_is_413_whether_its_length_was_told_or_not(tmp_path: Path) -> None:
    with serving(archive_with(tmp_path, {"甲.txt": FIRST}), max_file_bytes=1_000) as service:
        assert code(service.writer.upload(b"a" * 1_001)) == (413, "LIMIT_EXCEEDED")
        parts = (b"a" * 100 for _ in range(11))
        assert code(service.http.put("/uploads", content=parts, headers=service.writer.headers)) == (413, "LIMIT_EXCEEDED")
        assert left(service) == []
        assert service.writer.upload(b"a" * 1_000).status_code == 201


def test_what_waits_is_bounded_and_forgotten_after_a_day(tmp_path: Path) -> None:
    with serving(archive_with(tmp_path, {"甲.txt": FIRST}), upload_bytes=1_000) as service:
        assert service.writer.upload(b"a" * 600).status_code == 201
        assert code(service.writer.upload(b"b" * 600)) == (507, "LIMIT_EXCEEDED")
        parts = (b"b" * 100 for _ in range(6))
        assert code(service.http.put("/uploads", content=parts, headers=service.writer.headers)) == (507, "LIMIT_EXCEEDED")
        (old,) = left(service)
        yesterday = time.time() - 25 * 3_600
        os.utime(service.archive.folder / "uploads" / old, (yesterday, yesterday))
        assert service.writer.upload(b"b" * 600).status_code == 201
        assert left(service) == [content_hash(b"b" * 600)]
        assert service.writer.ingest(uploadId=f"UPL-{old}")["__typename"] == "InvalidInput"


@pytest.mark.parametrize(("bound", "pause"), [("api.uploads.PAUSE_SECONDS", 60.0), ("ingest.uploads.SENDING_SECONDS", 0.01)])
def test_a_file_that_never_ends_is_408_and_nothing_of_it_is_left(
    service: Service, monkeypatch: pytest.MonkeyPatch, bound: str, pause: float
) -> None:
    monkeypatch.setattr(bound, 0.2)
    headers = {"host": "localhost", **service.writer.headers}
    scope = {
        "type": "http", "method": "PUT", "path": "/uploads", "raw_path": b"/uploads", "query_string": b"", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "client": ("127.0.0.1", 1), "scheme": "http",
        "server": ("localhost", 80), "http_version": "1.1", "asgi": {"version": "3.0"},
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        await anyio.sleep(pause)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    assert service.http.portal is not None
    service.http.portal.call(service.http.app, scope, receive, send)
    assert sent[0]["status"] == 408
    assert left(service) == []


def test_what_is_coming_in_is_never_taken_for_left_behind() -> None:
    assert STALE_SECONDS > SENDING_SECONDS


def test_an_upload_that_is_broken_off_leaves_nothing(service: Service) -> None:
    def broken() -> Iterator[bytes]:
        yield DATA
        raise ConnectionError("gone")

    assert service.http.put("/uploads", content=broken(), headers=service.writer.headers).status_code == 500
    assert left(service) == []


def test_an_upload_that_is_forgotten_while_its_job_waits_is_still_ingested(service: Service) -> None:
    from archive.originals import Originals

    upload = service.writer.upload(DATA).json()
    with Originals(service.archive.folder).writing():
        job = service.writer.ingest(uploadId=upload["uploadId"])["job"]["id"]
        (service.archive.folder / "uploads" / upload["sha256"]).unlink()
    assert service.writer.ended(job)["state"] == "SUCCEEDED"


def test_what_was_sent_is_forgotten_when_the_archive_has_it(service: Service) -> None:
    upload = service.writer.upload(DATA).json()["uploadId"]
    first = service.writer.ingest("k", uploadId=upload, filename="乙.txt")["job"]
    service.writer.ended(first["id"])
    assert left(service) == []
    assert service.writer.ingest("k", uploadId=upload, filename="乙.txt")["job"]["id"] == first["id"]  # the key, not the bytes
    again = service.writer.ingest("k2", uploadId=upload, filename="乙.txt")
    assert (again["__typename"], again["sourceId"]) == ("AlreadyArchived", source_id(content_hash(DATA)))
    assert service.writer.upload(DATA).status_code == 201
    assert service.writer.ingest("k3", uploadId=upload, filename="乙.txt")["__typename"] == "AlreadyArchived" and left(service) == []


def test_what_could_not_be_read_is_kept_for_another_try(service: Service) -> None:
    broken = pdf([["网格"]])[:-400]
    upload = service.writer.upload(broken).json()["uploadId"]
    job = service.writer.ended(service.writer.ingest(uploadId=upload, filename="坏.pdf")["job"]["id"])
    assert (job["state"], left(service)) == ("FAILED", [content_hash(broken)])


def test_of_what_is_deleted_nothing_that_was_sent_is_left(service: Service) -> None:
    service.archive.ingest(write(service.archive.folder.parent / "more", {"乙.txt": DATA.decode()}))
    upload = service.writer.upload(DATA).json()["uploadId"]
    assert left(service) == [content_hash(DATA)]
    service.admin.ask(DELETE, id=source_id(content_hash(DATA)))
    assert left(service) == []
    assert service.writer.ingest(uploadId=upload, filename="乙.txt")["__typename"] == "InvalidInput"
