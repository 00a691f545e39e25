"""Which names the service answers to, and what it writes about it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.graphql.world import services
from tests.support import ROOT

PATHS = ["/", "/graphiql", "/graphql?query={__typename}", "/health", "/schema.graphql", "/static/graphiql/page.js", "/nothing"]
LOOPBACK = ["127.0.0.1", "localhost", "::1", "127.0.0.2"]


def answered(listening: str, host: str, path: str = "/schema.graphql") -> int:
    client = TestClient(create_app(Settings(host=listening), services()), "http://127.0.0.1:8000", follow_redirects=False)
    response = client.get(path, headers={"host": host})
    assert response.headers["x-request-id"] and response.headers["x-content-type-options"] == "nosniff"
    if response.status_code == 400:
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    return response.status_code


@pytest.mark.parametrize("listening", LOOPBACK)
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:8000", "127.0.0.1", "[::1]", "[::1]:8000"])
def test_it_answers_to_the_names_of_this_machine(listening: str, host: str) -> None:
    assert answered(listening, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost:8000:1",
        "",
        "[",
        "::1",
        "localhost@x",
    ],
)
def test_a_foreign_name_is_refused(host: str) -> None:
    assert answered("127.0.0.1", host) == 400


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_name_is_refused_everywhere(path: str) -> None:
    assert answered("127.0.0.1", "evil.example", path) == 400
    assert answered("127.0.0.1", "localhost", path) != 400


@pytest.mark.parametrize("listening", ["::", "198.51.100.7", "192.0.2.1", "archive.example", ""])
def test_another_address_answers_to_any_name(listening: str) -> None:
    assert answered(listening, "archive.example") == 200


def test_the_address_that_was_named_is_one_of_them() -> None:
    assert answered("127.0.0.2", "127.0.0.2:8000") == 200
    assert answered("127.0.0.1", "127.0.0.2:8000") == 400


SERVED = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
from api.app import create_app
from api.settings import Settings
with TestClient(create_app(Settings(archive=Path(sys.argv[1]))), "http://localhost") as client:
    client.get("/health", headers={"x-request-id": "one"})
    client.post("/graphql", json={"query": "{ search(query: \\"secret\\") { totalCount } }"}, headers={"x-request-id": "two"})
    client.get("/none%0aof%20it", headers={"x-request-id": "three", "host": "evil.example"})
"""


def test_a_service_writes_a_line_for_every_request(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("关于网格化管理的调研报告\n全县有网格员350人。\n", "utf-8")
    archive = str(tmp_path / "archive")
    ingest = [sys.executable, "-m", "api", "ingest", "--archive", archive, str(tmp_path / "report.txt")]
    subprocess.run(ingest, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    served = subprocess.run([sys.executable, "-c", SERVED, archive], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    lines = served.stderr.splitlines()
    assert len(lines) == 3 and served.stdout == ""
    stamp = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{4}"
    for line, wanted in zip(lines, ("GET /health 200 M one", "POST /graphql 200 M two", r"GET /none.*of it 400 M three"), strict=True):
        assert re.fullmatch(f"{stamp} {wanted.replace('M', '[0-9.]+ms')}", line), line
    assert "secret" not in served.stderr
