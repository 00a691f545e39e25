"""A folder of hostile files ends with a report: each of them with its reason, every good file in the archive, memory within bounds."""

from __future__ import annotations

import json
import resource
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import fangzhi
from tests.ingest.archives import Archive
from tests.torture.make import GOOD, MISNAMED, NAMES, ODD, SMALL, make

READ_ALL_THE_SAME = {"xxe.docx"}  # what it asks for from outside is not fetched, the rest of it is a document
LIMITS = {"FANGZHI_FILE_SECONDS": "30", "FANGZHI_PAGE_SECONDS": "10", "FANGZHI_FILE_MEMORY": "600000000"}
MOST_KILOBYTES = 1_000_000  # the 600 MB of the limit and what a process has at rest, with room for what the limit does not count

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
    result = fangzhi("ingest", folder, "--json", archive=archive.folder, **LIMITS)
    assert result.exit_code == 1, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


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


def test_no_process_took_more_memory_than_it_may(report: dict[str, Any]) -> None:
    assert report["failed"]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_KILOBYTES


def test_what_was_kept_stands(report: dict[str, Any], archive: Archive) -> None:
    assert report["failed"]
    assert archive.problems() == []
