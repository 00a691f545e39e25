"""The clients under examples/ as a new user makes and runs them, against a service with the samples in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graphql.world import ask
from tests.support import ROOT, SAMPLES

NETWORK_SECONDS = 600  # packages are fetched
TOO_LONG = "长" * 501


def run(*command: object, folder: Path, code: int = 0) -> str:
    done = subprocess.run(  # noqa: S603 our own examples
        list(map(str, command)), cwd=folder, capture_output=True, text=True, timeout=NETWORK_SECONDS, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = tmp_path_factory.mktemp("archive")
    fangzhi = (sys.executable, "-m", "api", "--archive", archive)
    run(*fangzhi, "ingest", *SAMPLES, folder=ROOT)
    server = subprocess.Popen(  # noqa: S603 our own interpreter
        list(map(str, (*fangzhi, "serve", "--port", "0"))), cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    said = server.stderr.readline()
    assert said.startswith("Serving"), said
    yield said.split()[3].rstrip("/")
    server.terminate()
    server.communicate(timeout=30)


def example(name: str, folder: Path) -> Path:
    """A copy as it comes out of a clone, with the schema where it looks for it."""
    copy = folder / "examples" / name
    shutil.copytree(ROOT / "examples" / name, copy, ignore=shutil.ignore_patterns("node_modules", "dist", "generated", ".venv", "*_client"))
    (folder / "schema").mkdir()
    shutil.copy(ROOT / "schema" / "schema.graphql", folder / "schema")
    return copy


def count() -> int:
    return int(ask('{ search(query: "网格员") { totalCount } }')["search"]["totalCount"])


def test_the_typescript_client_is_made_compiled_and_run(tmp_path: Path, address: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI"):
            pytest.fail("npm is not installed")
        pytest.skip("npm is not installed")
    folder = example("typescript", tmp_path)
    run(npm, "ci", "--no-audit", "--no-fund", folder=folder)
    run(npm, "run", "-s", "generate", folder=folder)
    run(npm, "run", "-s", "build", folder=folder)
    said = run("node", "dist/main.js", address, "网格员", folder=folder)
    head, *hits = said.splitlines()
    assert head == f"网格员: {count()}"
    assert len(hits) == 10  # two pages of five
    assert all("【网格" in line for line in hits)
    assert "BAD_REQUEST" in run("node", "dist/main.js", address, TOO_LONG, folder=folder, code=1)
    main = folder / "src" / "main.ts"
    main.write_text(main.read_text("utf-8").replace("placeName", "nameOfThePlace"), "utf-8")
    assert "nameOfThePlace" in run(npm, "run", "-s", "generate", folder=folder, code=1)


def test_the_python_client_is_made_and_run(tmp_path: Path, address: str) -> None:
    folder = example("python", tmp_path)
    venv.create(folder / ".venv", with_pip=True)
    bin_ = folder / ".venv" / "bin"
    run(bin_ / "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", "requirements.txt", folder=folder)
    run(bin_ / "ariadne-codegen", folder=folder)
    said = run(bin_ / "python", "figures.py", "网格员", address, folder=folder)
    assert any(line.startswith("林芝市\t399名\t网格员399名\t") for line in said.splitlines()), said
    assert "BAD_REQUEST" in run(bin_ / "python", "figures.py", TOO_LONG, address, folder=folder, code=1)
