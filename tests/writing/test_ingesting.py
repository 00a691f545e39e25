"""`ingestDocument` and its jobs: what is taken, what is refused and how, and what is in the archive afterwards."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from archive.ids import content_hash, source_id
from archive.originals import Originals
from archive.tokens import Scope
from tests.ingest.archives import write
from tests.writing.service import FIRST, INGEST, JOB, Client, Service, archive_with

TEXT = "乙县建成网格15个，配备网格员40人。\n"
INPUT = {"source": {"text": TEXT}, "filename": "乙.txt", "idempotencyKey": "k"}


def test_a_text_is_ingested_as_the_command_does_it(service: Service) -> None:
    answer = service.writer.ingest(text=TEXT, filename="乙.txt")
    assert answer["__typename"] == "IngestAccepted" and answer["job"]["filename"] == "乙.txt"
    job = service.writer.ended(answer["job"]["id"])
    assert (job["state"], job["problems"], job["sha256"]) == ("SUCCEEDED", [], content_hash(TEXT.encode()))
    assert job["queuedAt"] <= job["startedAt"] <= job["finishedAt"]
    (document,) = job["documents"]
    found = service.anyone.ask('{ search(query: "乙县") { nodes { __typename ... on Document { id source { name } } } } }')
    assert {"__typename": "Document", "id": document["id"], "source": {"name": "乙.txt"}} in found["search"]["nodes"]
    assert service.archive.problems() == []
    assert not list((service.archive.folder / "jobs").iterdir())


def test_what_is_ingested_through_the_api_is_what_the_command_ingests(service: Service, tmp_path: Path) -> None:
    service.writer.ended(service.writer.ingest(text=TEXT, filename="乙.txt")["job"]["id"])
    twin = archive_with(tmp_path / "twin", {"甲.txt": FIRST})
    twin.ingest(write(tmp_path / "more", {"乙.txt": TEXT}))
    assert service.archive.dump() == twin.dump()
    service.archive.rebuild()
    assert service.archive.dump() == twin.dump()


@pytest.mark.parametrize("query", [INGEST, JOB, "{ ingestJobs { id } }"])
def test_nobody_writes_or_sees_jobs_without_a_token(quiet: Service, query: str) -> None:
    given = {"input": INPUT} if query == INGEST else {"id": "JOB-1"}
    response = quiet.anyone.post(query, **given)
    assert response.status_code == 200
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["UNAUTHENTICATED"]
    assert not (quiet.archive.folder / "jobs.jsonl").exists()


def test_a_token_that_does_not_count_is_refused_even_for_reading(quiet: Service) -> None:
    token, secret = quiet.tokens.create([Scope.INGEST])
    client = Client(quiet.http, secret)
    assert client.post("{ __typename }").status_code == 200
    quiet.tokens.revoke(token.id)
    for one in (client, Client(quiet.http, secret[:-1]), Client(quiet.http, "nonsense"), Client(quiet.http, "fz_" + "0" * 49)):
        response = one.post("{ __typename }")
        assert response.status_code == 401 and response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert response.headers["www-authenticate"].startswith("Bearer ")
        assert secret not in response.text and "data" not in response.json()


@pytest.mark.parametrize("header", ["Basic dTpw", "Bearer", "fz_0", "Bearer  ", "Token x"])
def test_other_kinds_of_authorization_are_refused(quiet: Service, header: str) -> None:
    response = quiet.http.post("/graphql", json={"query": "{ __typename }"}, headers={"authorization": header})
    assert response.status_code == 401


def test_two_tokens_at_once_are_refused(quiet: Service) -> None:
    given = [("authorization", quiet.writer.headers["authorization"]), ("authorization", quiet.admin.headers["authorization"])]
    assert quiet.http.post("/graphql", json={"query": "{ __typename }"}, headers=given).status_code == 401


@pytest.mark.parametrize("name", ["access_token", "token", "Authorization", "api_key"])
def test_a_token_in_the_address_is_refused(quiet: Service, name: str) -> None:
    secret = quiet.writer.headers["authorization"].removeprefix("Bearer ")
    response = quiet.http.post(f"/graphql?{name}={secret}", json={"query": "{ __typename }"})
    assert response.status_code == 400 and secret not in response.text


def test_a_mutation_is_no_matter_of_get(quiet: Service) -> None:
    response = quiet.http.get("/graphql", params={"query": "mutation { __typename }"}, headers=quiet.admin.headers)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_a_subscription_is_no_matter_of_a_plain_post(quiet: Service) -> None:
    response = quiet.writer.post('subscription { ingestProgress(jobId: "JOB-1") { id } }')
    assert response.status_code == 400 and "text/event-stream" in response.text


def test_the_same_key_is_the_same_job(service: Service) -> None:
    first = service.writer.ingest("k", text=TEXT)["job"]["id"]
    service.writer.ended(first)
    assert service.writer.ingest("k", text=TEXT)["job"] == {"id": first, "state": "SUCCEEDED", "filename": "新.txt"}
    other = service.writer.ingest("k", text=TEXT + "又")
    assert other["__typename"] == "InvalidInput" and other["problems"][0]["path"] == ["input", "idempotencyKey"]
    assert service.writer.ingest("k", text=TEXT, filename="别.txt")["__typename"] == "InvalidInput"
    assert service.admin.ingest("k", text=TEXT)["__typename"] == "AlreadyArchived"  # each token has keys of its own


def test_what_the_archive_holds_is_not_ingested_again(quiet: Service) -> None:
    answer = quiet.writer.ingest(text=FIRST)
    assert (answer["__typename"], answer["sourceId"]) == ("AlreadyArchived", source_id(content_hash(FIRST.encode())))
    assert len(answer["documents"]) == 1
    assert quiet.writer.ask("{ ingestJobs { id } }") == {"ingestJobs": []}


def test_a_dry_run_does_nothing(quiet: Service) -> None:
    assert quiet.writer.ingest(text=TEXT, dry_run=True) == {"__typename": "IngestAccepted", "job": None}
    assert quiet.writer.ingest(text=TEXT, filename="a/b.txt", dry_run=True)["__typename"] == "InvalidInput"
    assert quiet.writer.ask("{ ingestJobs { id } }") == {"ingestJobs": []}
    assert not (quiet.archive.folder / "jobs").exists()


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    return data.getvalue()


def test_a_job_ends_with_the_count_of_its_files_and_names_each_that_was_not_read(service: Service) -> None:
    texts = {f"{number}.txt": f"乙县建成网格{number}个，配备网格员40人。" for number in range(20, 50)}
    upload = service.writer.upload(zipped({**texts, "坏.docx": "PK\x03\x04nothing", "图.xyz": "nothing"})).json()["uploadId"]
    job = service.writer.ended(service.writer.ingest(filename="材料.zip", uploadId=upload)["job"]["id"])
    assert (job["state"], job["done"], job["total"], len(job["documents"])) == ("SUCCEEDED", 32, 32, 30)
    assert {problem["file"] for problem in job["problems"]} == {"材料.zip/坏.docx", "材料.zip/图.xyz"}
    assert all(problem["message"] for problem in job["problems"])


def test_a_job_of_nothing_that_is_read_has_failed_and_says_why(service: Service) -> None:
    upload = service.writer.upload(zipped({"图.xyz": "nothing"})).json()["uploadId"]
    job = service.writer.ended(service.writer.ingest(filename="材料.zip", uploadId=upload)["job"]["id"])
    assert (job["state"], job["done"]) == ("FAILED", job["total"])
    assert [problem["file"] for problem in job["problems"]] == ["材料.zip", "材料.zip/图.xyz"]


NAMES = [
    "",
    "  ",
    "../甲.txt",
    "..",
    ".",
    "/etc/passwd",
    "a\\b.txt",
    "C:x.txt",
    "a\nb.txt",
    "a\0.txt",
    "\u202etxt.exe",
    ".hidden",
    "~$甲.docx",
]


@pytest.mark.parametrize("name", [*NAMES, "x" * 201, "汉" * 67 + ".txt", " a.txt", "\ud800.txt", "Thumbs.db"])
def test_names_that_are_no_names_of_files_are_refused(quiet: Service, name: str) -> None:
    import json

    body = json.dumps({"query": INGEST, "variables": {"input": {**INPUT, "filename": name}}})
    response = quiet.http.post("/graphql", content=body, headers={**quiet.writer.headers, "content-type": "application/json"})
    answer = response.json()
    if response.status_code != 200:  # half a character is no JSON in UTF-8
        assert answer["errors"][0]["extensions"]["code"] == "BAD_REQUEST" and name == "\ud800.txt"
        return
    found = answer["data"]["ingestDocument"]
    assert found["__typename"] == "InvalidInput" and found["problems"][0]["path"] == ["input", "filename"]
    assert sorted(path.name for path in quiet.archive.folder.iterdir() if path.is_dir()) == ["index", "originals"]


@pytest.mark.parametrize(
    "source", [{"text": ""}, {"text": " \n "}, {"uploadId": "UPL-x"}, {"uploadId": f"UPL-{'0' * 64}"}, {"uploadId": "../x"}]
)
def test_sources_that_are_none_are_refused(quiet: Service, source: dict[str, str]) -> None:
    found = quiet.writer.ingest(**source)
    assert found["__typename"] == "InvalidInput" and found["problems"][0]["path"] == ["input", "source", *source]


@pytest.mark.parametrize("source", [{}, {"text": "甲", "uploadId": "UPL-x"}, {"text": None}])
def test_a_source_is_exactly_one_thing(quiet: Service, source: dict[str, str]) -> None:
    assert quiet.writer.code(INGEST, input={**INPUT, "source": source}) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("key", ["", "a b", "键", "x" * 129, "a\n"])
def test_keys_are_visible_ascii(quiet: Service, key: str) -> None:
    assert quiet.writer.ingest(key, text=TEXT)["problems"][0]["path"] == ["input", "idempotencyKey"]


def test_a_file_that_cannot_be_read_fails_with_its_reason_and_no_path_of_ours(service: Service) -> None:
    job = service.writer.ended(service.writer.ingest(text="%PDF-1.7 rubbish", filename="坏.pdf")["job"]["id"])
    assert job["state"] == "FAILED" and job["documents"] == []
    (problem,) = job["problems"]
    assert problem["file"] == "坏.pdf" and len(problem["message"]) > 20
    assert str(service.archive.folder) not in str(job)


def test_a_token_sees_the_jobs_that_it_asked_for_and_admin_sees_all(service: Service) -> None:
    other = Client(service.http, service.tokens.create([Scope.INGEST])[1])
    job = service.writer.ingest(text=TEXT)["job"]["id"]
    assert other.ask(JOB, id=job) == {"ingestJob": None}
    assert other.ask("{ ingestJobs { id } }") == {"ingestJobs": []}
    assert service.admin.ended(job)["id"] == job
    assert service.admin.ask("{ ingestJobs { id } }") == {"ingestJobs": [{"id": job}]}


def test_an_ingest_waits_for_another_process_that_writes_and_says_so(service: Service) -> None:
    with Originals(service.archive.folder).writing():
        job = service.writer.ingest(text=TEXT)["job"]["id"]
        while (found := service.writer.ask(JOB, id=job)["ingestJob"])["stage"] != "WAITING":
            assert found["state"] in ("QUEUED", "RUNNING")
    assert service.writer.ended(job)["state"] == "SUCCEEDED"


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(service: Service) -> None:
    asked = [
        service.writer.ingest(f"k{number}", text=f"丙县建成网格{number}个。", filename=f"{number}.txt")["job"]["id"] for number in range(5)
    ]
    ended = [service.writer.ended(job) for job in asked]
    assert [job["startedAt"] for job in ended] == sorted(job["startedAt"] for job in ended)
    assert all(one["finishedAt"] <= two["startedAt"] for one, two in pairwise(ended))
    assert [job["id"] for job in service.writer.ask("{ ingestJobs { id } }")["ingestJobs"]] == asked[::-1]
    assert len(service.archive.documents()) == 6 and service.archive.problems() == []


def test_no_more_than_so_many_wait(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.jobs.store.MAX_WAITING", 2)
    with Originals(service.archive.folder).writing():
        answers = [service.writer.ingest(f"k{number}", text=f"丁县建成网格{number}个。") for number in range(3)]
    assert [answer["__typename"] for answer in answers] == ["IngestAccepted", "IngestAccepted", "QueueFull"]
    assert answers[2]["retryAfterSeconds"] > 0
    for answer in answers[:2]:
        service.writer.ended(answer["job"]["id"])


def test_a_service_that_was_given_its_services_only_reads(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings
    from archive.tokens import Tokens
    from tests.graphql.world import services

    _, secret = Tokens(tmp_path).create([Scope.ADMIN])
    with TestClient(create_app(Settings(archive=tmp_path), services()), "http://127.0.0.1:8000") as http:
        assert Client(http, secret).code(INGEST, input=INPUT) == "FORBIDDEN"


def test_a_token_never_comes_into_the_log(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    secret = service.writer.headers["authorization"].removeprefix("Bearer ")
    with caplog.at_level("DEBUG"):
        service.writer.ended(service.writer.ingest(text=TEXT)["job"]["id"])
        Client(service.http, secret[:-1]).post("{ __typename }")
        service.http.get("/graphql", params={"token": secret})
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]  # the test's own client logs addresses
    assert any("/graphql" in line for line in ours) and all(secret[:20] not in line for line in ours)
    assert secret[:20] not in service.http.get("/metrics").text
