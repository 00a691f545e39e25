"""What `fangzhi serve` sets up round the application: bounds on connections, and a warning where any name is answered to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.cli import main
from tests.ingest.archives import Archive, write

FACT = "甲县建成网格12个，配备网格员30人。\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serving")
    made = Archive(folder / "archive")
    made.ingest(write(folder / "in", {"甲.txt": FACT}))
    return made.folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Config]:
    """The configurations of the servers that would run."""
    found: list[uvicorn.Config] = []

    class Server:
        def __init__(self, config: uvicorn.Config) -> None:
            found.append(config)

        def run(self, sockets: Any) -> None:
            for one in sockets:
                one.close()

    monkeypatch.setattr("uvicorn.Server", Server)
    monkeypatch.setattr("api.commands.serve._settle", lambda: None)
    return found


def said(archive: Path, *options: str, **environment: str) -> str:
    command = ["serve", "--archive", str(archive), "--port", "0", *options]
    result = CliRunner().invoke(main, command, env={f"FANGZHI_{name}": value for name, value in environment.items()})
    assert result.exit_code == 0, result.output
    return result.output


def test_connections_are_watched(archive: Path, started: list[uvicorn.Config]) -> None:
    said(archive)
    (config,) = started
    config.load()
    assert issubclass(config.http_protocol_class, H11Protocol) and config.http_protocol_class is not H11Protocol  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "names", "warned"),
    [("0.0.0.0", "", True), ("0.0.0.0", "archive.example", False), ("127.0.0.1", "", False)],  # noqa: S104
)
def test_a_service_that_answers_to_any_name_is_warned_of(
    archive: Path, started: list[uvicorn.Config], host: str, names: str, warned: bool
) -> None:
    assert ("answers to any name" in said(archive, "--host", host, HOSTS=names)) is warned
    assert len(started) == 1
