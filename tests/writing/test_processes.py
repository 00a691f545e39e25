"""What only a real server shows: a kill in the middle of a job, a restart, a stream that is cut, the command beside the service."""

from __future__ import annotations

import io
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from archive.tokens import Scope, Tokens
from tests.cli.test_crashes import texts
from tests.ingest.archives import Archive, write
from tests.support import ROOT
from tests.writing.service import FIRST, INGEST, JOB, archive_with
from tests.writing.test_following import FOLLOW, PROTOCOL

COUNT = 120


class Server:
    """`fangzhi serve` in a process of its own."""

    def __init__(self, archive: Archive, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.headers = {"authorization": f"Bearer {Tokens(archive.folder).create([Scope.INGEST])[1]}"}
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter
            [sys.executable, "-m", "api", "--archive", str(archive.folder), "serve", "--port", str(port)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(600):
            try:
                httpx.get(f"{self.address}/health")
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server does not answer")

    def ask(self, query: str, /, **variables: Any) -> Any:
        answer = httpx.post(f"{self.address}/graphql", json={"query": query, "variables": variables}, headers=self.headers).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def job(self, identifier: str) -> Any:
        return self.ask(JOB, id=identifier)["ingestJob"]

    def follow(self, identifier: str) -> Iterator[Any]:
        """The jobs of the events, as they come."""
        headers = {**self.headers, "accept": "text/event-stream"}
        body = {"query": FOLLOW, "variables": {"id": identifier}}
        with httpx.stream("POST", f"{self.address}/graphql", json=body, headers=headers, timeout=30) as response:
            for line in response.iter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))["data"]["ingestProgress"]


@contextmanager
def server(archive: Archive, port: int) -> Iterator[Server]:
    made = Server(archive, port)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.terminate()
        made.process.communicate(timeout=60)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def packed(count: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in texts(count).items():
            file.writestr(name, text)
    return data.getvalue()


def begun(server: Server, key: str = "k") -> str:
    upload = httpx.put(f"{server.address}/uploads", content=packed(COUNT), headers=server.headers).json()["uploadId"]
    given = {"source": {"uploadId": upload}, "filename": "材料.zip", "idempotencyKey": key}
    return str(server.ask(INGEST, input=given)["ingestDocument"]["job"]["id"])


def test_a_job_that_a_kill_interrupts_is_done_after_the_restart(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    with server(archive, port) as first:
        job = begun(first)
        for seen in first.follow(job):
            if seen["state"] == "RUNNING" and seen["total"] > 1:
                break
        first.process.kill()
        first.process.wait()
    assert len(archive.documents()) < COUNT + 1
    with server(archive, port) as second:
        second.headers = first.headers
        states = [(seen["state"], seen["done"], seen["total"]) for seen in second.follow(job)]
        assert states[-1][0] == "SUCCEEDED"
        assert len(second.job(job)["documents"]) == 100  # of as many as it has, no more are listed
    twin = archive_with(tmp_path / "twin", {"甲.txt": FIRST})
    twin.ingest(write(tmp_path / "more", texts(COUNT)))
    assert archive.dump() == twin.dump()
    assert archive.problems() == []


def test_a_server_that_is_asked_to_end_leaves_its_job_to_the_next(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    with server(archive, port) as first:
        job = begun(first)
        next(first.follow(job))
        began = time.monotonic()
        first.process.send_signal(signal.SIGTERM)
        _, said = first.process.communicate(timeout=30)
        assert time.monotonic() - began < 20 and "Traceback" not in said
    with server(archive, port) as second:
        second.headers = first.headers
        assert list(second.follow(job))[-1]["state"] == "SUCCEEDED"
    assert len(archive.documents()) == COUNT + 1 and archive.problems() == []


def test_the_command_and_the_service_write_to_one_archive(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    more = write(tmp_path / "more", texts(40, "丁"))
    with server(archive, port) as running:
        command = subprocess.Popen(  # noqa: S603 our own interpreter
            [sys.executable, "-m", "api", "--archive", str(archive.folder), "ingest", str(more)], cwd=ROOT, stderr=subprocess.DEVNULL
        )
        job = begun(running)
        assert command.wait(timeout=60) == 0
        assert list(running.follow(job))[-1]["state"] == "SUCCEEDED"
    assert len(archive.documents()) == COUNT + 41 and archive.problems() == []


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    with server(archive, port) as running:
        bearing = f"authorization: {running.headers['authorization']}"
        head = f"PUT /uploads HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000\r\n{bearing}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", port)) as half:
            half.sendall(head.encode() + b"a" * 10)
            folder = archive.folder / "uploads"
            while not (folder.is_dir() and list(folder.iterdir())):
                time.sleep(0.01)
        for _ in range(500):
            if not list(folder.iterdir()):
                break
            time.sleep(0.01)
        assert list(folder.iterdir()) == []
        response = httpx.put(f"{running.address}/uploads", content=b"a" * 50_000_001, headers=running.headers)
        assert response.status_code == 413 and list(folder.iterdir()) == []


def test_sockets_are_served_by_the_real_server(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    with server(archive, port) as running:
        job = begun(running)
        with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=[PROTOCOL]) as session:  # type: ignore[list-item]
            session.send(json.dumps({"type": "connection_init", "payload": running.headers}))
            assert json.loads(session.recv())["type"] == "connection_ack"
            session.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": FOLLOW, "variables": {"id": job}}}))
            last: Any = None
            while (message := json.loads(session.recv(timeout=30)))["type"] == "next":
                last = message["payload"]["data"]["ingestProgress"]
            assert message == {"type": "complete", "id": "1"} and last["state"] == "SUCCEEDED"
            assert last["done"] == last["total"]


def test_what_ends_at_once_leaves_no_word_in_the_log(tmp_path: Path, port: int) -> None:
    with server(archive_with(tmp_path, {"甲.txt": FIRST}), port) as running:
        job = begun(running)
        assert list(running.follow(job))[-1]["state"] == "SUCCEEDED"
        body = {"query": FOLLOW, "variables": {"id": job}}
        for asked, bearing in ((body, True), ({**body, "variables": {"id": "JOB-1"}}, True), (body, False), ({"query": "{"}, True)):
            headers = {"accept": "text/event-stream", **(running.headers if bearing else {})}
            for _ in range(3):
                answer = httpx.post(f"{running.address}/graphql", json=asked, headers=headers)
                assert answer.status_code == 200 and answer.text.endswith("event: complete\ndata:\n\n")
                assert answer.text.count("event: next") == 1
        for protocol, given, status in (("graphql-ws", {}, 400), (PROTOCOL, {"origin": "http://evil.example"}, 403)):
            with pytest.raises(InvalidStatus) as refused:
                connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=[protocol], additional_headers=given)  # type: ignore[list-item]
            assert refused.value.response.status_code == status
        running.process.terminate()
        _, said = running.process.communicate(timeout=60)
    assert "Traceback" not in said and "ERROR" not in said, said[-3_000:]


def test_a_service_that_nobody_writes_to_leaves_no_trace(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    before = {path.name for path in archive.folder.iterdir()}
    with server(archive, port) as running:
        assert running.ask("{ ingestJobs { id } }") == {"ingestJobs": []}
        time.sleep(1.5)
    assert {path.name for path in archive.folder.iterdir()} - before == {"tokens.jsonl", "tokens.lock"}


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="the example of the docs is for curl and jq")
def test_the_example_of_the_docs_works_as_it_stands(tmp_path: Path, port: int) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    docs = (ROOT / "docs" / "graphql.md").read_text("utf-8")
    block = docs.partition("## Writing")[2].partition("```sh\n")[2].partition("```")[0]
    assert docs.count(".venv/bin/fangzhi token create --archive var ") == 1
    command = f"{sys.executable} -m api token create --archive {archive.folder} "
    block = block.replace(".venv/bin/fangzhi token create --archive var ", command)
    with server(archive, port):
        script = block.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{port}")
        done = subprocess.run(["bash", "-ec", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603, S607
    assert done.returncode == 0, done.stderr
    assert '"state":"SUCCEEDED"' in done.stdout and "event: complete" in done.stdout
    assert '"__typename":"DocumentDeleted"' in done.stdout
    assert [document.source.name for document in archive.documents()] == ["甲.txt"]
