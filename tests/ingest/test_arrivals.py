"""What counts as complete in a watched folder: real files, and a clock that the tests move on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from ingest.arrivals import Arrivals, Look, open_for_writing

SETTLE = 2.0


class Folder:
    """A folder that is looked at once a second."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.mkdir(exist_ok=True)
        self.arrivals = Arrivals([path], SETTLE)
        self.now = 100.0

    def put(self, name: str, text: str = "甲县建成网格12个。") -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def look(self, after: float = 1.0) -> Look:
        self.now += after
        return self.arrivals.look(self.now)

    def take(self, after: float = 3.0) -> list[str]:
        """The names that are complete; they count as dealt with."""
        self.look(0.0)
        look = self.look(after)
        self.arrivals.done(self.arrivals.stamps(look.ready))
        return sorted(path.name for path in look.ready)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "drop")


def test_a_file_is_complete_when_it_has_not_changed_for_the_settle_time(folder: Folder) -> None:
    folder.put("a.txt")
    assert folder.look().ready == ()
    assert folder.look(1.9).ready == ()
    assert [path.name for path in folder.look(0.2).ready] == ["a.txt"]


def test_a_file_that_grows_begins_anew(folder: Folder) -> None:
    path = folder.put("a.txt")
    for _ in range(5):
        assert folder.look(1.5).ready == ()
        with path.open("a", encoding="utf-8") as file:
            file.write("更多。")
    folder.look()
    assert folder.look(2.0).ready == (path,)


def test_what_was_dealt_with_comes_again_only_when_it_changes(folder: Folder) -> None:
    path = folder.put("a.txt")
    assert folder.take() == ["a.txt"]
    assert folder.take() == []
    os.utime(path, (1, 1))
    assert folder.take() == ["a.txt"]
    path.write_text("乙县建成网格13个。", "utf-8")
    assert folder.take() == ["a.txt"]


def test_a_file_that_changes_while_it_is_read_comes_again(folder: Folder) -> None:
    path = folder.put("a.txt")
    folder.look()
    stamps = folder.arrivals.stamps(folder.look(3.0).ready)
    path.write_text("乙县。", "utf-8")
    folder.arrivals.done(stamps)
    assert folder.take() == ["a.txt"]


def test_what_was_not_dealt_with_is_ready_at_the_next_look(folder: Folder) -> None:
    path = folder.put("a.txt")
    folder.look()
    assert folder.look(3.0).ready == (path,)
    assert folder.look(0.1).ready == (path,)


def test_files_that_arrive_together_are_ready_together(folder: Folder) -> None:
    folder.put("a.txt")
    folder.look()
    folder.put("b.txt")
    assert folder.look(2.1).ready == ()
    assert len(folder.look(2.1).ready) == 2


def test_complete_files_do_not_wait_for_ever_for_others(folder: Folder) -> None:
    folder.put("a.txt")
    folder.look()
    found: list[str] = []
    for number in range(20):
        folder.put(f"{number}.txt")
        found += [path.name for path in folder.look(1.0).ready]
    assert "a.txt" in found


@pytest.mark.parametrize("ending", [".part", ".crdownload", ".tmp", ".PART", ".download", ".filepart", ".aria2"])
def test_a_download_is_waited_for_with_the_empty_file_beside_it(folder: Folder, ending: str) -> None:
    folder.put("报告.txt", "")
    part = folder.put(f"报告.txt{ending}")
    assert folder.take() == []
    part.replace(folder.path / "报告.txt")
    assert folder.take() == ["报告.txt"]


@pytest.mark.parametrize("name", ["~$报告.docx", ".hidden.txt", "~WRL0001.txt", ".~lock.a.txt", "a.tmp", "~syncthing~a.txt"])
def test_scratch_files_are_no_documents_and_nobody_is_told_of_them(folder: Folder, name: str) -> None:
    folder.put(name)
    assert folder.take() == []
    assert folder.look().passed == ()


def test_a_name_that_only_looks_like_one_is_a_document(folder: Folder) -> None:
    for name in ("part.txt", "~甲.txt", "a.part.txt"):
        folder.put(name)
    assert folder.take() == ["a.part.txt", "part.txt", "~甲.txt"]


def test_what_looks_like_no_document_is_named_once(folder: Folder) -> None:
    path = folder.put("setup.exe")
    assert folder.look().passed == (path,)
    assert folder.look().passed == ()


def test_a_folder_that_is_moved_in_whole_a_file_that_is_moved_in_and_one_that_is_renamed(folder: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    other.put("whole/sub/a.txt")
    moved = other.put("b.txt")
    shutil.move(other.path / "whole", folder.path / "whole")
    shutil.move(moved, folder.path / "b.txt")
    assert folder.take() == ["a.txt", "b.txt"]
    (folder.path / "b.txt").rename(folder.path / "c.txt")
    assert folder.take() == ["c.txt"]


def test_a_folder_that_goes_away_is_told_once_and_what_it_held_is_remembered(folder: Folder, tmp_path: Path) -> None:
    folder.put("a.txt")
    assert folder.take() == ["a.txt"]
    away = folder.path.rename(tmp_path / "away")
    assert folder.look().gone == (folder.path,)
    assert folder.look().gone == () and folder.look().wait is None
    away.rename(folder.path)
    assert folder.look().back == (folder.path,)
    assert folder.take() == []
    folder.put("b.txt")
    assert folder.take() == ["b.txt"]


def test_what_is_gone_is_forgotten(folder: Folder) -> None:
    for number in range(5):
        path = folder.put(f"{number}.txt")
        folder.take()
        path.unlink()
    folder.look()
    assert len(folder.arrivals._done) == 0


def test_the_archive_is_passed_over_when_it_stands_in_the_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("archive/a.txt")
    folder.arrivals = Arrivals([tmp_path], SETTLE, [tmp_path / "archive"])
    assert folder.take() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_file_that_is_open_for_writing_is_waited_for_but_not_for_ever(folder: Folder) -> None:
    path = folder.put("a.txt")
    assert not open_for_writing(path)
    with path.open("a"):
        if not open_for_writing(path):
            pytest.skip("this file system gives no leases")
        assert folder.take() == []
        assert folder.take(30.0) == []
        assert folder.take(60.0) == ["a.txt"]
    assert not open_for_writing(path)


def test_a_file_that_is_open_for_reading_is_complete(folder: Folder) -> None:
    with folder.put("a.txt").open():
        assert folder.take() == ["a.txt"]


def test_what_is_no_file_is_not_open_for_writing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "gone", tmp_path / "pipe"):
        assert not open_for_writing(path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_cannot_be_opened_is_named_once(folder: Folder) -> None:
    folder.put("sub/a.txt")
    (folder.path / "sub").chmod(0)
    try:
        assert [failure.name for failure in folder.look().failures] == [str(folder.path / "sub")]
        assert folder.look().failures == ()
    finally:
        (folder.path / "sub").chmod(0o700)
