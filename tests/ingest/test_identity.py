"""Two installations with one identity read files alike: all that decides what is read is in it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from ingest import workers
from ingest.readers.soffice import version_mark
from ingest.workers import identity
from tests.support import ROOT

ELSEWHERE = {
    "rjieba": "the fingerprint of the text analysis has it",
    "msgspec": "carries records and decides nothing in them",
    "filelock": "locks",
    "anyio": "lets what waits for the disk not keep searches waiting",
    "watchfiles": "says when to look",
    "libarchive-c": "opens archives, which is never done on another machine",
}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    identity.cache_clear()
    yield
    identity.cache_clear()


def imported(path: Path) -> Iterator[str]:
    """The packages that a module imports, at once or later."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module.partition(".")[0]
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(module)), *_]):
                yield module.partition(".")[0]


def test_every_package_that_reading_stands_on_is_in_it() -> None:
    own = {path.name for path in ROOT.iterdir() if path.is_dir()}
    found = {name for folder in ("ingest", "archive") for path in (ROOT / folder).rglob("*.py") for name in imported(path)}
    foreign = found - own - sys.stdlib_module_names
    packages = {name.lower().replace("_", "-") for module in foreign for name in packages_distributions()[module]}
    assert {"pdfplumber", "trafilatura", "pypdfium2", "lxml"} <= packages
    assert packages <= {*workers._READING, *ELSEWHERE}


@pytest.mark.parametrize("package", workers._READING)
def test_another_version_is_another_identity(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    here = identity()
    identity.cache_clear()
    before = workers._version
    monkeypatch.setattr(workers, "_version", lambda name: "0.0.1" if name == package else before(name))
    assert identity() != here


def test_a_package_that_is_missing_counts_as_one() -> None:
    assert workers._version("lxml")[0].isdigit()
    assert workers._version("fangzhi-of-nobody") == "none"


def test_another_libreoffice_is_another_identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    marks = []
    for name, build in (("a", "1"), ("b", "2")):
        office = tmp_path / name / "program"
        office.mkdir(parents=True)
        (office / "soffice").write_text("#!/bin/sh\n")
        (office / "soffice").chmod(0o755)
        (office / "versionrc").write_text(f"buildid={build}\n")
        (tmp_path / f"link-{name}").symlink_to(office / "soffice")
        monkeypatch.setenv("FANGZHI_SOFFICE", str(tmp_path / f"link-{name}"))
        identity.cache_clear()
        marks.append((version_mark(), identity()))
    assert [mark for mark, _ in marks] == [b"buildid=1\n", b"buildid=2\n"]
    assert marks[0][1] != marks[1][1]


def test_a_launcher_stands_for_itself_and_none_for_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\nexec flatpak run x\n")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("FANGZHI_SOFFICE", str(tmp_path / "soffice"))
    assert version_mark() == (tmp_path / "soffice").read_bytes()
    monkeypatch.setenv("FANGZHI_SOFFICE", str(tmp_path / "gone"))
    assert version_mark() == b""
