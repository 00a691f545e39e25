"""Archives of files: what is in them are files of their own, and nothing in them is trusted."""

from __future__ import annotations

import gzip
import os
import sys
import threading
import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.containers import base
from ingest.containers.names import decoded, file_name, label
from ingest.containers.seven_zip_and_rar import available
from ingest.files import Failure, load
from ingest.limits import Limits
from ingest.unpacking import Member, Passed, Unpacked, unpacked
from ingest.workers import Processes
from tests.cli.test_commands import fangzhi
from tests.ingest.archives import Archive, names
from tests.ingest.containers import overlapping, tarred, unicode_path, zipped, zipped_raw
from tests.torture.quine import quine

LARGEST = 50_000_000
TEXT = "甲县建成网格12个。"


def opened(data: bytes, name: str = "a.zip") -> list[Unpacked]:
    return list(unpacked(data, name, name, LARGEST))


def labels(data: bytes, name: str = "a.zip") -> list[str]:
    return [found.label for found in opened(data, name) if isinstance(found, Member)]


def reason(data: bytes, name: str = "a.zip") -> str:
    """Why the only thing that is told of a container is a failure."""
    (found,) = opened(data, name)
    assert isinstance(found, Failure)
    return found.reason


class TestNames:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("文件夹/报告.docx", "文件夹/报告.docx"),
            ("../../etc/passwd.txt", "etc/passwd.txt"),
            ("/srv/a.txt", "srv/a.txt"),
            ("C:\\Users\\a.txt", "Users/a.txt"),
            ("\\\\server\\share\\a.txt", "server/share/a.txt"),
            ("a\n\x1b[31m.txt", "a\\n\\x1b[31m.txt"),
            ("报告\u202etxt.exe", "报告\\u202etxt.exe"),
            ("..", "unnamed"),
        ],
    )
    def test_a_path_in_a_container_is_a_label_and_no_way_out(self, path: str, expected: str) -> None:
        assert label(path) == expected

    @pytest.mark.parametrize(
        "path", ["../../var/令.txt", "a/../../令.txt", "/srv/令.txt", "D:\\令.txt", "\\\\server\\令.txt", "..\\令.txt"]
    )
    @pytest.mark.parametrize("made", [zipped, tarred])
    def test_a_path_out_of_its_folder_is_told(self, path: str, made: Callable[[dict[str, bytes]], bytes]) -> None:
        found = opened(made({path: TEXT.encode(), "好/a.txt": b"x", "./b..c/d.txt": b"y"}))
        told = [one.warning for one in found if isinstance(one, Member)]
        assert told[1:] == [None, None]
        assert told[0] is not None
        assert path.replace("\\", "") in told[0].replace("\\", "")

    def test_a_path_out_of_its_folder_is_a_warning_of_the_report(self, tmp_path: Path) -> None:
        (tmp_path / "报.zip").write_bytes(zipped({"../../var/令.txt": TEXT.encode()}))
        report = Archive(tmp_path / "archive").ingest(tmp_path / "报.zip")
        assert len(report.read) == 1
        assert [warning for warning in report.warnings if "../../var/令.txt" in warning and "path out of its own folder" in warning]

    def test_a_very_long_path_out_of_its_folder_is_told_in_short(self) -> None:
        (found,) = opened(zipped({f"../{'长' * 20_000}.txt": b"x"}))
        assert isinstance(found, Member) and found.warning is not None and len(found.warning) < 500

    @given(st.text())
    def test_no_path_leads_anywhere(self, path: str) -> None:
        parts = label(path).split("/")
        assert ".." not in parts
        assert "" not in parts
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in label(path))
        assert file_name(path) == parts[-1]
        assert len(parts[-1]) <= 2_000

    @pytest.mark.parametrize(
        ("name", "encoding"),
        [
            ("年度总结/工作报告.txt", "gbk"),
            ("表.txt", "gbk"),
            ("年鉴/第一章 概况.txt", "gbk"),
            ("調查報告/鄉村振興.txt", "big5"),
            ("會議紀錄.txt", "big5"),
            ("没有标记.txt", "utf-8"),
            ("Müller.txt", "cp437"),
            ("café résumé.txt", "cp437"),
        ],
    )
    def test_names_without_a_mark_are_read_in_the_encoding_that_looks_most_like_chinese(self, name: str, encoding: str) -> None:
        assert labels(zipped_raw([name.encode(encoding)])) == [f"a.zip/{name}"]

    def test_all_names_of_a_container_together_say_which_encoding_they_are_in(self) -> None:
        assert decoded(["報告.txt".encode("big5"), "鄉村振興調查.txt".encode("big5")]) == ["報告.txt", "鄉村振興調查.txt"]

    def test_a_name_in_utf_8_beside_the_other_one_counts_if_it_was_made_for_it(self) -> None:
        raw = "报告.txt".encode("gbk")
        assert labels(zipped_raw([raw], extra=unicode_path(raw, "报告（正式）.txt"))) == ["a.zip/报告（正式）.txt"]
        assert labels(zipped_raw([raw], extra=unicode_path(b"other.txt", "别的.txt"))) == ["a.zip/报告.txt"]
        assert labels(zipped_raw([raw], extra=b"\x75\x70\xff")) == ["a.zip/报告.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_files_packed_or_not(mode: str) -> None:
    assert labels(tarred({"乙县/报告.txt": b"x", "/etc/b.txt": b"y"}, mode), "a.tar") == ["a.tar/乙县/报告.txt", "a.tar/etc/b.txt"]


def test_a_single_packed_file_is_called_like_its_container() -> None:
    (found,) = opened(gzip.compress(b"x"), "报告.txt.gz")
    assert found == Member("报告.txt", b"x", "报告.txt.gz/报告.txt")


@pytest.mark.skipif(available() is None, reason="libarchive is not installed")
class TestSevenZip:
    def made(self, folder: Path, files: dict[str, bytes]) -> bytes:
        path = folder / "made.7z"
        with available().file_writer(str(path), "7zip") as archive:
            for name, data in files.items():
                archive.add_file_from_memory(name, len(data), data)
        return path.read_bytes()

    def test_its_files(self, tmp_path: Path) -> None:
        data = self.made(tmp_path, {"文件/报告.txt": b"x", "b.txt": b"y"})
        assert labels(data, "a.7z") == ["a.7z/文件/报告.txt", "a.7z/b.txt"]

    def test_a_damaged_one_says_so(self, tmp_path: Path) -> None:
        assert "damaged 7z archive" in reason(self.made(tmp_path, {"b.txt": b"y" * 1_000})[:90], "a.7z")


@pytest.mark.parametrize(("magic", "name"), [(b"7z\xbc\xaf\x27\x1c\0\4", "7z archive"), (b"Rar!\x1a\x07\x01\0", "RAR archive")])
def test_without_the_library_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, magic: bytes, name: str) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    monkeypatch.setitem(sys.modules, "libarchive.read", None)
    said = reason(magic + bytes(100))
    assert name in said
    assert "pip install 'fangzhi[archives]'" in said


def test_what_programs_leave_behind_is_passed_over_and_other_files_are_counted() -> None:
    junk = dict.fromkeys(("__MACOSX/._a.txt", ".DS_Store", "Thumbs.db", "x/~$报告.docx", "x/.git/a.txt"), b"x")
    found = opened(zipped({**junk, "run.exe": b"MZ", "a.txt": b"x"}))
    assert [type(one) for one in found] == [Passed, Member]


def test_links_and_folders_are_no_files() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/", b"")
        archive.writestr("a.txt", b"x")
    assert labels(made.getvalue()) == ["a.zip/a.txt"]


class TestBombs:
    def test_a_member_that_grows_out_of_all_proportion_is_refused_and_the_others_are_read(self) -> None:
        first, second = opened(zipped({"bomb.txt": bytes(30_000_000), "a.txt": b"x"}))
        assert isinstance(first, Failure) and "200 times its packed size" in first.reason
        assert isinstance(second, Member)

    def test_a_member_over_the_limit_is_refused(self) -> None:
        (found,) = unpacked(zipped({"a.txt": b"x" * 2_000}), "a.zip", "a.zip", 1_000)
        assert isinstance(found, Failure) and "1,000 bytes" in found.reason

    def test_names_that_share_their_bytes_are_refused_before_anything_is_unpacked(self) -> None:
        assert "share their bytes" in reason(overlapping(500))

    def test_too_many_members_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(base, "MAX_MEMBERS", 10)
        assert "more than 10 files" in reason(zipped({f"{number}.txt": b"x" for number in range(11)}))

    def test_the_files_of_all_that_is_nested_count_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(base, "MAX_TOTAL_BYTES", 5_000)
        inner = [zipped({"a.txt": os.urandom(1_500)}) for _ in range(3)]
        found = opened(zipped({f"{number}.zip": data for number, data in enumerate(inner)}, zipfile.ZIP_STORED))
        assert isinstance(found[-1], Failure) and found[-1].name == "a.zip"
        assert "more than 5,000 bytes together" in found[-1].reason

    def test_containers_in_containers_have_an_end(self) -> None:
        data = zipped({"a.txt": b"x"})
        for number in range(2):
            data = zipped({f"{number}.zip": data, f"{number}.txt": b"y"})
        assert labels(data) == ["a.zip/1.zip/0.zip/a.txt", "a.zip/1.zip/0.txt", "a.zip/1.txt"]
        found = opened(zipped({"2.zip": data}))
        assert [one.reason for one in found if isinstance(one, Failure)] == [
            "it is an archive inside 3 others; unpack it and ingest what is in it"
        ]

    def test_a_container_that_holds_itself_is_told_by_its_bytes(self) -> None:
        assert "holds itself" in reason(quine())


class TestDamage:
    def test_a_locked_member_says_so(self) -> None:
        assert "password" in reason(zipped_raw([b"a.txt"], flags=1))

    def test_a_damaged_member_costs_itself(self) -> None:
        data = bytearray(zipped({"a.txt": b"first text", "b.txt": b"second"}, zipfile.ZIP_STORED))
        data[data.index(b"first text")] ^= 1
        first, second = opened(bytes(data))
        assert isinstance(first, Failure) and "damaged" in first.reason
        assert isinstance(second, Member)

    def test_packing_that_nobody_knows_costs_its_member(self) -> None:
        data = zipped_raw([b"a.txt"])
        unknown = data.replace(b"PK\x01\x02\x14\0\x14\0\0\0\0\0", b"PK\x01\x02\x14\0\x14\0\0\0\x61\0")
        assert "packed in a way" in reason(unknown)

    def test_a_container_without_a_document_says_so(self) -> None:
        assert [type(one) for one in opened(zipped({"a.exe": b"x"}))] == [Passed, Failure]
        assert "holds no document" in reason(zipped({}))

    @pytest.mark.parametrize("data", [gzip.compress(b"x" * 1_000)[:20], tarred({"a.txt": b"x" * 5_000}, "w:gz")[:60]])
    def test_a_truncated_one_is_a_failure(self, data: bytes) -> None:
        assert "damaged" in reason(data, "a.txt.gz")


class TestIngest:
    def test_the_files_of_a_container_are_originals_of_their_own(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "a.zip").write_bytes(zipped({"甲/报告.txt": TEXT.encode(), "坏.txt": b"", "乙/报告.txt": (TEXT + "乙").encode()}))
        archive = Archive(tmp_path / "archive")
        report = archive.ingest(folder)
        assert names(report) == (["报告.txt", "报告.txt"], [], ["坏.txt"])
        assert report.read[0] == f"{folder}/a.zip/甲/报告.txt"
        assert {document.source.name for document in archive.documents()} == {"报告.txt"}
        assert archive.problems() == []
        assert len(archive.ingest(folder).already) == 2
        assert len(archive.rebuild().read) == 2

    def test_the_same_file_twice_is_one_original(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT, "utf-8")
        (folder / "b.zip").write_bytes(zipped({"c.txt": TEXT.encode(), "d.txt": TEXT.encode()}))
        assert [len(each) for each in names(Archive(tmp_path / "archive").ingest(folder))] == [1, 2, 0]

    def test_a_container_is_opened_in_a_process_within_limits(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "a.zip").write_bytes(zipped({"c.txt": TEXT.encode()}))
        with Processes(1, Limits()) as executor:
            assert names(Archive(tmp_path / "archive").ingest(folder, executor=executor))[0] == ["c.txt"]

    def test_extract_opens_it_too(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_bytes(zipped({"c.txt": TEXT.encode(), "d.zip": b"PK\x03\x04"}))
        result = fangzhi("extract", tmp_path / "a.zip")
        assert result.exit_code == 1
        assert "网格" in result.stdout
        assert "d.zip was not read" in result.stderr


class TestChanging:
    def test_a_file_that_grows_while_it_is_read_is_read_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"half")
        states = iter([(0, 0, 0), (0, 0, 1)])
        monkeypatch.setattr("ingest.files.state", lambda found: next(states, (0, 0, 2)))
        assert load(path, 100) == b"half"

    def test_a_file_that_never_stops_growing_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"x")
        counted = iter(range(100))
        monkeypatch.setattr("ingest.files.state", lambda found: (0, 0, next(counted)))
        with pytest.raises(Exception, match="changes while it is read; ingest it again"):
            load(path, 100)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
    def test_a_pipe_is_no_file_and_nobody_waits_for_it(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.txt")
        waiting = threading.Timer(20, lambda: (tmp_path / "a.txt").open("wb").close())
        waiting.start()
        report = Archive(tmp_path / "archive").ingest(tmp_path / "a.txt")
        assert waiting.is_alive()
        waiting.cancel()
        assert "no regular file" in report.failed[0].reason
