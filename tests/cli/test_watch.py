"""`fangzhi watch` as a process: what it says, and how it ends."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import fangzhi, sentence
from tests.cli.test_crashes import finish, start, texts, wait_for_line
from tests.ingest.archives import Archive, write

TEXT = "关于网格化管理的调研报告\n全县建成网格12个，配备网格员350人。\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_the_next_run_reads_the_rest(tmp_path: Path, number: signal.Signals) -> None:
    archive = Archive(tmp_path / "archive")
    folder = write(tmp_path / "in", texts(18))
    process = start("--archive", archive.folder, "watch", folder, "--settle", "0.2")
    wait_for_line(process, "watching ")
    journal = archive.folder / "journal.jsonl"
    while not journal.exists():  # in the middle of the first files
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    assert finish(process).splitlines()[-1] == "stopped; what was not read yet is read by the next run"
    finish(start("--archive", archive.folder, "watch", folder, "--settle", "0.2", "--once"))
    assert {document.source.name for document in archive.documents()} == set(texts(18))
    assert archive.problems() == []


def test_what_comes_is_told_in_a_line_with_what_was_found_in_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {})
    process = start("--archive", tmp_path / "archive", "watch", folder, "--settle", "0.2")
    wait_for_line(process, f"watching {folder} ")
    write(folder, {"甲.txt": TEXT})
    wait_for_line(process, f"read: {folder}/甲.txt (1 article, ")
    (folder / "bad.txt").write_bytes(b"\0" * 50)
    wait_for_line(process, f"fangzhi: {folder}/bad.txt was not read: ")
    write(folder, {"same.txt": TEXT})
    wait_for_line(process, f"already there: {folder}/same.txt")
    process.send_signal(signal.SIGTERM)
    finish(process)


def test_once_ends_by_itself_and_its_exit_code_says_whether_all_was_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": TEXT, "setup.exe": "MZ"})
    arguments = ("watch", folder, "--settle", "0.1", "--once")
    first = fangzhi(*arguments, archive=tmp_path / "archive")
    assert first.exit_code == 0, first.output
    assert "passed over: " in first.stderr and "grade A" in first.stderr and first.stderr.endswith("done\n")
    assert first.stdout == ""
    (folder / "bad.txt").write_bytes(b"\0" * 50)
    again = fangzhi(*arguments, archive=tmp_path / "archive")
    assert again.exit_code == 1
    assert f"already there: {folder}/a.txt\n" in again.stderr


def test_for_a_script_each_event_is_a_line_of_json_and_nothing_else(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"{number}.txt": f"甲县建成网格{number + 10}个。" for number in range(7)})
    (folder / "bad.txt").write_bytes(b"\0" * 50)
    arguments = ("watch", folder, "--settle", "0.1", "--once", "--json")
    events = [json.loads(line) for line in fangzhi(*arguments, archive=tmp_path / "archive").stdout.splitlines()]
    assert [event["event"] for event in events] == ["watching", *["read"] * 7, "failed", "ended"]
    assert all(event["at"].endswith("+00:00") for event in events)
    assert events[1]["file"] == f"{folder}/0.txt" and events[1]["statistics"] == 1 and events[1]["grade"] == "A"
    assert events[-2]["file"] == f"{folder}/bad.txt" and events[-2]["reason"]
    again = [json.loads(line) for line in fangzhi(*arguments, archive=tmp_path / "archive").stdout.splitlines()]
    assert [(event["event"], event.get("count")) for event in again][1:3] == [("already there", 7), ("failed", None)]


def test_several_files_are_summed_up(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": TEXT, "b.txt": "乙县建成网格13个。"})
    said = fangzhi("watch", folder, "--settle", "0.1", "--once", archive=tmp_path / "archive").stderr
    assert "together: 2 files, 2 articles, " in said and "; grades A 2\n" in said


def test_an_archive_in_the_folder_itself_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT})
    for _ in range(2):
        said = fangzhi("watch", tmp_path, "--settle", "0.1", "--once", archive=tmp_path / "archive").stderr
        assert "journal" not in said and "passed over" not in said


@pytest.mark.parametrize("arguments", [("/nonexistent",), (__file__,), (".", "--settle", "0"), (".", "--poll", "-1"), ()])
def test_a_folder_or_an_option_at_fault_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "watch --help" in sentence(fangzhi("watch", *arguments, archive=tmp_path), 2)
