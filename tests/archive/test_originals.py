from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveCorrupt, ArchiveLocked, ArchiveMissing
from archive.ids import content_hash
from archive.journal import Journal
from archive.originals import Originals

TEXT = ("甲.txt", "text/plain", "网格员350人".encode())


def add(folder: Path, *files: tuple[str, str, bytes]) -> Originals:
    originals = Originals(folder)
    with originals.writing() as writer:
        writer.add(files)
    return originals


def test_an_original_comes_back_as_it_came(tmp_path: Path) -> None:
    originals = add(tmp_path, TEXT)
    sha256 = content_hash(TEXT[2])
    assert originals.read(sha256) == TEXT[2]
    kept = originals.listed()[sha256]
    assert (kept.name, kept.size, kept.media_type) == ("甲.txt", len(TEXT[2]), "text/plain")
    assert kept.added_at.endswith("+00:00")
    assert (tmp_path / "originals" / sha256[:2] / sha256[2:]).read_bytes() == TEXT[2]


def test_the_same_content_is_kept_once_under_its_first_name(tmp_path: Path) -> None:
    add(tmp_path, TEXT, ("乙.txt", "text/plain", TEXT[2]))
    originals = add(tmp_path, ("丙.txt", "text/plain", TEXT[2]))
    assert [original.name for original in originals.listed().values()] == ["甲.txt"]
    assert len(list((tmp_path / "originals").rglob("*"))) == 2  # the folder and the file


def test_nothing_but_originals_is_left_in_the_folder(tmp_path: Path) -> None:
    add(tmp_path, TEXT)
    assert not list((tmp_path / "originals").rglob(".incoming-*"))


def test_a_leftover_of_a_killed_run_is_replaced(tmp_path: Path) -> None:
    sha256 = content_hash(TEXT[2])
    folder = tmp_path / "originals" / sha256[:2]
    folder.mkdir(parents=True)
    (folder / f".incoming-{sha256[2:]}").write_bytes(b"half")
    assert add(tmp_path, TEXT).read(sha256) == TEXT[2]
    assert [path.name for path in folder.iterdir()] == [sha256[2:]]


def test_an_original_without_its_journal_line_is_completed(tmp_path: Path) -> None:
    add(tmp_path, TEXT)
    (tmp_path / "journal.jsonl").unlink()
    assert [original.name for original in add(tmp_path, TEXT).listed().values()] == ["甲.txt"]


def test_a_damaged_original_is_reported_and_mended_by_adding_it_again(tmp_path: Path) -> None:
    originals = add(tmp_path, TEXT)
    sha256 = content_hash(TEXT[2])
    path = originals.path(sha256)
    path.write_bytes(b"X" + TEXT[2][1:])
    with pytest.raises(ArchiveCorrupt, match="no longer matches its hash"):
        originals.read(sha256)
    add(tmp_path, TEXT)
    assert originals.read(sha256) == TEXT[2]


def test_a_missing_original_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ArchiveCorrupt, match="missing"):
        Originals(tmp_path).read("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "0" * 63 + "/", "é" * 64])
def test_what_is_no_hash_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveCorrupt):
        Originals(tmp_path).read(name)


def test_an_empty_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="fangzhi ingest"):
        Originals(tmp_path).require()
    add(tmp_path, TEXT).require()


@given(cut=st.integers(min_value=1))
@settings(max_examples=40, deadline=None)
def test_a_torn_last_line_is_passed_over_and_repaired(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    journal = Journal(path)
    journal.append([{"event": "一"}, {"event": "二"}])
    whole = path.read_bytes()
    last = len(b'{"event":"') + 3 + len(b'"}\n')
    path.write_bytes(whole[: len(whole) - 1 - cut % last])
    assert journal.read() == [{"event": "一"}]
    journal.append([{"event": "三"}])
    assert journal.read() == [{"event": "一"}, {"event": "三"}]


def test_a_torn_line_longer_than_a_block_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b'{"event":"' + b"x" * 20_000)
    Journal(path).append([{"event": "一"}])
    assert Journal(path).read() == [{"event": "一"}]


@pytest.mark.parametrize("damage", [b"rubbish\n", b"[]\n", b"\n", b"\xff\xfe\n", b'{"event":"ORIGINAL_ADDED"}\n', b"[" * 100_000 + b"\n"])
def test_a_damaged_line_is_named_and_costs_only_itself(tmp_path: Path, damage: bytes) -> None:
    originals = add(tmp_path, TEXT)
    path = tmp_path / "journal.jsonl"
    path.write_bytes(path.read_bytes() + damage + path.read_bytes())
    assert originals.damage() == [2]
    assert [original.name for original in originals.listed().values()] == ["甲.txt"]
    assert originals.orphans() == []


def test_kept_files_that_the_journal_does_not_name_are_orphans(tmp_path: Path) -> None:
    originals = add(tmp_path, TEXT, ("乙.txt", "text/plain", "乙县".encode()))
    assert (originals.count(), originals.orphans()) == (2, [])
    lines = originals.journal.path.read_bytes().splitlines(keepends=True)
    originals.journal.path.write_bytes(b"rubbish\n" + lines[1])
    assert originals.orphans() == [content_hash(TEXT[2])]
    assert originals.count() == 1
    originals.journal.path.unlink()
    originals.require()
    assert originals.held() == originals.orphans() == sorted(map(content_hash, (TEXT[2], "乙县".encode())))
    assert originals.count() == 2


def test_an_archive_is_busy_while_someone_writes(tmp_path: Path) -> None:
    originals = add(tmp_path, TEXT)
    assert not originals.busy()
    with Originals(tmp_path).writing():
        assert originals.busy()
    assert not originals.busy()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveMissing, match="cannot be made"), Originals(tmp_path / "file" / "archive").writing():
        pass


def test_lines_of_other_events_are_left_alone(tmp_path: Path) -> None:
    originals = add(tmp_path, TEXT)
    originals.journal.append([{"event": "NOTE", "text": "更正"}])
    assert len(originals.listed()) == 1
    assert json.loads((tmp_path / "journal.jsonl").read_text("utf-8").splitlines()[1])["text"] == "更正"


HOLD = """
import sys, time
from pathlib import Path
from archive.originals import Originals
with Originals(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(folder: Path, seconds: float) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(folder), str(seconds)], stdout=subprocess.PIPE, text=True)  # noqa: S603 our own interpreter
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_writer_says_that_it_waits_and_goes_on_afterwards(tmp_path: Path) -> None:
    said: list[str] = []
    with hold(tmp_path, 0.5), Originals(tmp_path).writing(wait=20, on_wait=lambda: said.append("waiting")):
        pass
    assert said == ["waiting"]


def test_a_second_writer_gives_up_with_one_sentence(tmp_path: Path) -> None:
    with hold(tmp_path, 30) as holder:
        started = time.monotonic()
        with pytest.raises(ArchiveLocked, match="Another process is writing"), Originals(tmp_path).writing(wait=0.1):
            pass
        assert time.monotonic() - started < 5
        holder.kill()
    with Originals(tmp_path).writing():  # a killed holder holds nothing
        pass


def test_writers_that_share_an_archive_take_turns_and_keep_out_of_one_that_is_held(tmp_path: Path) -> None:
    first, second = Originals(tmp_path), Originals(tmp_path)
    with first.writing(shared=True) as one, second.writing(shared=True) as other:
        for number in range(20):
            (one if number % 2 else other).add([(f"{number}.txt", "text/plain", b"%d" % number)])
        one.add([TEXT])
        other.add([TEXT])
    assert [original.name for original in first.listed().values()] == [*(f"{number}.txt" for number in range(20)), TEXT[0]]
    assert not first.damage()
    with first.writing(), second.writing(shared=True) as other, pytest.raises(ArchiveLocked):
        other.add([("late.txt", "text/plain", b"late")])
