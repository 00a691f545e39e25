"""A folder of hostile files ends with a report: each of them with its reason, every good file in the archive, memory within bounds."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from archive.errors import UnreadableFile
from ingest.readers import read
from tests.cli.test_commands import fangzhi
from tests.ingest.archives import Archive
from tests.torture.make import GOOD, LAUGHING, MISNAMED, NAMES, ODD, SMALL, make, sentence
from tests.torture.packages import LAUGHS

READ_ALL_THE_SAME = {"xxe.docx"}  # what it asks for from outside is not fetched, the rest of it is a document
LIMITS = {"FANGZHI_FILE_SECONDS": "30", "FANGZHI_PAGE_SECONDS": "10", "FANGZHI_FILE_MEMORY": "600000000"}
MOST_KILOBYTES = 1_000_000  # the 600 MB of the limit and what a process has at rest, with room for what the limit does not count

MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""
"""Runs a command and says how much the largest of its processes took: those of this one's other tests do not count."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="makes pipes and odd names, and needs limits of memory")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("torture") / "in"
    make(made, SMALL)
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(tmp_path_factory.mktemp("tortured") / "archive")


@pytest.fixture(scope="module")
def report(folder: Path, archive: Archive) -> dict[str, Any]:
    environment = {**os.environ, **LIMITS, "FANGZHI_ARCHIVE": str(archive.folder)}
    command = [sys.executable, "-m", "api", "ingest", str(folder), "--json"]
    result = subprocess.run([sys.executable, "-c", MEASURED, *command], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 1, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return {**found, "kilobytes": int(result.stderr.splitlines()[-1])}


def test_each_bad_file_is_in_the_report_with_what_it_is_and_what_to_do(folder: Path, report: dict[str, Any]) -> None:
    reasons = {failure["name"].removeprefix(f"{folder}/"): failure["reason"] for failure in report["failed"]}
    for name in ODD.keys() - READ_ALL_THE_SAME:
        told = [reason for failed, reason in reasons.items() if failed == name or failed.startswith(f"{name}/")]
        assert told, name
        assert not [reason for reason in told if "report this as a bug" in reason or not (";" in reason or ":" in reason)], told


def test_every_good_file_is_in_the_archive(folder: Path, report: dict[str, Any], archive: Archive) -> None:
    # Whether an entry names its file by a string or in an object is the report's own affair.
    there = json.dumps([report["read"], report["already"]], ensure_ascii=False)
    for name in (*GOOD, *MISNAMED):
        assert f"/{name}" in there, name
    names = [name.decode("gb18030", "replace") for name in NAMES]
    assert len([document for document in archive.documents() if "县第10" in document.text]) >= len(names)


def test_links_and_pipes_are_told_and_followed_nowhere(folder: Path, report: dict[str, Any]) -> None:
    failed = {failure["name"].removeprefix(f"{folder}/") for failure in report["failed"]}
    assert {"nowhere.txt", "itself.txt", "pipe.txt"} <= failed


def test_nothing_from_outside_a_file_is_in_the_archive(report: dict[str, Any], archive: Archive) -> None:
    assert report["failed"]
    assert not [document for document in archive.documents() if socket.gethostname() in document.text.split()]


@pytest.mark.parametrize("name", LAUGHING)
def test_entities_are_not_expanded_in_a_file_that_is_whole_but_for_them(name: str) -> None:
    if name.endswith(".odt") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    assert "哈" in read(name, LAUGHING[name]("哈", "")).text
    assert "哈" not in read(name, LAUGHING[name]("吗", "")).text
    try:
        text = read(name, LAUGHING[name]("&k;", LAUGHS)).text
    except UnreadableFile as refusal:
        text = str(refusal)
    assert "haha" not in text and len(text) < 300


def test_a_zip_file_that_holds_itself_is_one_and_is_told_by_it(folder: Path, report: dict[str, Any]) -> None:
    with zipfile.ZipFile(folder / "itself.zip") as opened:
        assert opened.read("r.zip") == (folder / "itself.zip").read_bytes()
    reasons = {failure["name"]: failure["reason"] for failure in report["failed"]}
    assert reasons[f"{folder}/itself.zip/r.zip"] == "it is an archive that holds itself; leave it out"


def test_what_broke_off_in_a_mail_is_told_beside_the_mail(folder: Path, report: dict[str, Any]) -> None:
    failed = {failure["name"] for failure in report["failed"]}
    assert f"{folder}/好-断.eml/a.docx" in failed
    assert f"{folder}/好-断.eml" not in failed


def test_a_file_that_grows_while_it_is_read_is_told_once_and_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "好.txt").write_text(sentence(1), "utf-8")
    growing = tmp_path / "in" / "长.txt"
    growing.write_text(sentence(2), "utf-8")
    ended = Event()

    def grow() -> None:
        with growing.open("a", encoding="utf-8") as file:
            while not ended.is_set() and file.tell() < 20_000_000:
                file.write(sentence(3))
                file.flush()

    writing = Thread(target=grow)
    writing.start()
    try:
        result = fangzhi("ingest", tmp_path / "in", "--json", archive=tmp_path / "archive", **LIMITS)
    finally:
        ended.set()
        writing.join()
    report = json.loads(result.stdout)
    told = [*report["read"], *(failure["name"] for failure in report["failed"])]
    assert sorted(told) == [f"{tmp_path}/in/好.txt", f"{tmp_path}/in/长.txt"]
    assert all("changes while it is read" in failure["reason"] for failure in report["failed"])
    assert Archive(tmp_path / "archive").problems() == []


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="the superuser may open everything")
def test_what_may_not_be_opened_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    for name, number in (("closed/a.txt", 1), ("locked.txt", 2), ("open.txt", 3)):
        (folder / name).write_text(sentence(number), "utf-8")
    for name in ("closed", "locked.txt"):
        (folder / name).chmod(0)
    result = _as_anybody("--archive", tmp_path / "archive", "ingest", folder, "--json")
    (folder / "closed").chmod(0o700)
    assert result.returncode == 1, result.stderr
    report = json.loads(result.stdout)
    assert report["read"] == [f"{folder}/open.txt"]
    reasons = {failure["name"]: failure["reason"] for failure in report["failed"]}
    assert reasons.keys() == {f"{folder}/closed", f"{folder}/locked.txt"}
    assert all("cannot be opened (Permission denied)" in reason for reason in reasons.values())


def _as_anybody(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in a process for which the rights of files hold, also where this is the superuser's."""
    command = [sys.executable, "-m", "api", *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603


def test_no_process_took_more_memory_than_it_may(report: dict[str, Any]) -> None:
    assert report["failed"]
    assert report["kilobytes"] < MOST_KILOBYTES


def test_what_was_kept_stands(report: dict[str, Any], archive: Archive) -> None:
    assert report["failed"]
    assert archive.problems() == []
