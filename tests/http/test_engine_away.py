"""An archive on an Elasticsearch that does not answer: what the service and the commands say, and that no secret is in it."""

from __future__ import annotations

import logging
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from click.testing import Result
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from archive.originals import Originals
from tests.cli.test_commands import fangzhi, sentence
from tests.support import ROOT, SAMPLES

SECRET = "s3cr3t-p4ss"  # noqa: S105
KEY = "VnVhQ2ZHY0JDZGJrU2VjcmV0OnM="
QUICK = {"FANGZHI_ELASTICSEARCH_PATIENCE_SECONDS": "0", "FANGZHI_ELASTICSEARCH_REQUEST_SECONDS": "2"}
COMMANDS = [("search", "网格"), ("query", "{ corpusStats { __typename } }"), ("ingest", SAMPLES[0]), ("verify",), ("rebuild",)]


@pytest.fixture
def port() -> Iterator[int]:
    """A port that is taken and where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def given(port: int, tmp_path: Path) -> dict[str, str]:
    """The environment of someone whose Elasticsearch is away."""
    url = f"http://elastic:{SECRET}@127.0.0.1:{port}/county"
    return {"FANGZHI_ARCHIVE": url, "FANGZHI_ORIGINALS": str(tmp_path / "kept"), **QUICK}


def keep_one(folder: Path) -> None:
    with Originals(folder).writing() as writer:
        writer.add([("a.txt", "text/plain", "甲县建成网格12个。".encode())])


def run(arguments: tuple[object, ...], given: dict[str, str]) -> Result:
    done = fangzhi(*arguments, **given)
    assert SECRET not in done.output and KEY not in done.output
    return done


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: str(arguments[0]))
def test_a_command_says_in_one_sentence_that_elasticsearch_is_away(arguments: tuple[object, ...], given: dict[str, str], port: int) -> None:
    keep_one(Path(given["FANGZHI_ORIGINALS"]))
    said = sentence(run(arguments, given), 1)
    assert f"127.0.0.1:{port}" in said


def test_what_could_not_be_indexed_is_not_kept(given: dict[str, str]) -> None:
    sentence(run(("ingest", SAMPLES[0]), given), 1)
    assert not Path(given["FANGZHI_ORIGINALS"]).exists()


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_originals_that_are_elsewhere_are_pointed_to(command: str, given: dict[str, str]) -> None:
    assert "FANGZHI_ORIGINALS" in sentence(run((command,), given), 1)


def test_a_service_starts_and_says_that_it_cannot_answer(
    given: dict[str, str], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    keep_one(Path(given["FANGZHI_ORIGINALS"]))
    caplog.set_level(logging.DEBUG)
    with TestClient(create_app(Settings.from_environment(given)), base_url="http://127.0.0.1") as client:
        health = client.get("/health")
        assert (health.status_code, health.json()["ready"], health.json()["engine"]) == (503, False, "ELASTICSEARCH")
        assert health.json()["reason"]
        answer = client.post("/graphql", json={"query": '{ search(query: "网格") { totalCount } }'}).json()
        assert answer["errors"][0]["extensions"]["code"] == "SEARCH_UNAVAILABLE"
        assert SECRET not in str(answer)
        assert client.get("/schema.graphql").status_code == 200
    said = [record.getMessage() for record in caplog.records if record.name == "fangzhi"]
    assert len(said) == 1 and said[0].startswith("Nothing can be searched for now: ")
    assert SECRET not in caplog.text + health.text + "".join(capfd.readouterr())


def test_serve_starts_without_originals_warns_once_and_shows_no_secret(given: dict[str, str], port: int) -> None:
    given |= {"FANGZHI_ARCHIVE": f"http://127.0.0.1:{port}/county", "FANGZHI_ELASTICSEARCH_API_KEY": KEY}
    command = [sys.executable, "-m", "api", "serve", "--port", "0"]
    served = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    assert served.stderr is not None
    try:
        warning, serving = served.stderr.readline(), served.stderr.readline()
        assert warning.startswith("fangzhi: warning: Nothing can be searched for now: ")
        assert serving.startswith(f"Serving http://127.0.0.1:{port} (county) on http://127.0.0.1:")
        health = httpx.get(f"{re.findall('http://[0-9.:]+/', serving)[0]}health", timeout=10)
        assert health.status_code == 503
    finally:
        served.send_signal(signal.SIGINT)
        out, err = served.communicate(timeout=20)
    assert "Nothing can be searched" not in err
    assert "Traceback" not in err
    assert KEY not in warning + serving + out + err + health.text
