"""What the commands say: names, paths, widths, closed streams, folders that are none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from api.cli import main
from tests.cli.test_commands import COMMANDS, fangzhi, sentence
from tests.ingest.archives import Archive, write
from tests.support import ROOT

NAME = "甲\n乙\x1b[31m\u202e.txt"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speech")
    made = Archive(folder / "archive")
    made.ingest(write(folder / "in", {"a.txt": f"甲县建成网格12个。{'群众满意度持续提升。' * 30}"}))
    return made.folder


def test_reports_name_the_path_and_the_source_keeps_the_name(tmp_path: Path) -> None:
    for folder in ("one", "two/a"):
        write(tmp_path / "in" / folder, {"r.txt": f"{folder}县建成网格12个。", "bad.txt": " "})
    archive = Archive(tmp_path / "archive")
    done = fangzhi("ingest", tmp_path / "in", archive=archive.folder)
    for folder in ("one", "two/a"):
        assert f"read: {tmp_path}/in/{folder}/r.txt\n" in done.stderr
        assert f"fangzhi: {tmp_path}/in/{folder}/bad.txt was not read: " in done.stderr
    assert {document.source.name for document in archive.documents()} == {"r.txt"}


def test_names_that_would_play_with_the_terminal_are_escaped(tmp_path: Path) -> None:
    write(tmp_path / "in", {NAME: "甲县建成网格12个。"})
    archive = Archive(tmp_path / "archive")
    done = fangzhi("ingest", tmp_path / "in", archive=archive.folder)
    assert "甲\\n乙\\x1b[31m\\u202e.txt" in done.stderr
    assert [document.source.name for document in archive.documents()] == [NAME]
    found = fangzhi("search", "网格", archive=archive.folder)
    assert not {"\x1b", "\u202e"} & set(done.output + found.output)


def test_another_version_of_a_name_is_said(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.ingest(write(tmp_path / "in", {"a.txt": "甲县建成网格12个。"}))
    assert "another version" not in fangzhi("ingest", tmp_path / "in", archive=archive.folder).output
    write(tmp_path / "in", {"a.txt": "甲县建成网格13个。"})
    done = fangzhi("ingest", tmp_path / "in", archive=archive.folder)
    assert "another version of a.txt is in the archive already; both are kept" in done.stdout
    assert len(archive.documents()) == 2


@pytest.mark.parametrize("place", ["before", "behind"])
def test_an_empty_archive_is_bad_usage(place: str) -> None:
    arguments = ("--archive", "", "search", "a") if place == "before" else ("search", "a", "--archive", "")
    assert "--archive" in sentence(fangzhi(*arguments), 2)


def test_a_file_is_no_archive_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for done in (fangzhi("verify", archive=file), fangzhi("ingest", file, "--archive", file)):
        assert f"{file} is a file, not an archive folder" in sentence(done, 2)
    assert "cannot be made" in sentence(fangzhi("ingest", file, "--archive", file / "archive"), 1)


def test_an_empty_operation_is_one_sentence(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.graphql").write_text("\n")
    assert "empty" in sentence(fangzhi("query", tmp_path / "empty.graphql", archive=archive), 2)
    piped = CliRunner().invoke(main, ["--archive", str(archive), "query", "-"], input="", prog_name="fangzhi")
    assert "empty" in sentence(piped, 2)
    (tmp_path / "comment.graphql").write_text("# nothing\n")
    sentence(fangzhi("query", tmp_path / "comment.graphql", archive=archive), 2)


def test_one_of_several_operations_must_be_named(archive: Path) -> None:
    text = "query A { __typename } query B { b: __typename }"
    assert "--operation" in sentence(fangzhi("query", text, archive=archive), 2)
    assert "--operation" in sentence(fangzhi("query", text, "--operation", "C", archive=archive), 2)
    assert '"b": "Query"' in fangzhi("query", text, "--operation", "B", archive=archive).stdout


def test_missing_variables_that_stand_beside_the_query_are_pointed_to(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "q.graphql").write_text("query ($q: String!) { search(query: $q) { totalCount } }")
    assert "--variables" not in fangzhi("query", tmp_path / "q.graphql", archive=archive).stderr
    (tmp_path / "q.json").write_text('{"q": "网格"}')
    done = fangzhi("query", tmp_path / "q.graphql", archive=archive)
    assert done.exit_code == 2
    assert f"add --variables {tmp_path / 'q.json'}" in done.stderr


@pytest.mark.parametrize("closed", [">&-", "<&-"])
def test_a_closed_stream_is_one_sentence(archive: Path, closed: str) -> None:
    command = "search 网格" if closed == ">&-" else "query -"
    shell = f'"{sys.executable}" -m api --archive "{archive}" {command} {closed}'
    done = subprocess.run(["/bin/sh", "-c", shell], cwd=ROOT, stderr=subprocess.PIPE, text=True, timeout=60, check=False)  # noqa: S603
    assert done.returncode in {1, 2}
    assert done.stderr.startswith("fangzhi: ")
    assert done.stderr.count("\n") == 1


def test_the_help_is_whole() -> None:
    shown = fangzhi("--help").stdout
    assert "..." not in shown.partition("Commands:")[2]
    assert all(command in shown for command in COMMANDS)
    assert "--archive" not in fangzhi("extract", "--help").stdout
    assert "--archive" in fangzhi("search", "--help").stdout


def test_a_link_that_leads_in_a_circle_is_called_so(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert "symbolic link" in sentence(fangzhi("extract", loop), 1)
    assert "symbolic link" in fangzhi("ingest", loop, archive=tmp_path / "archive").stderr


def test_hits_are_broken_where_the_terminal_ends(archive: Path) -> None:
    whole = fangzhi("search", "网格", archive=archive)
    narrow = fangzhi("search", "网格", archive=archive, COLUMNS="40")
    assert max(map(cell_len, whole.stdout.splitlines())) > 40
    assert max(map(cell_len, narrow.stdout.splitlines())) <= 40
    assert "1. 甲县" in narrow.stdout
    assert "".join(narrow.stdout.split()) == "".join(whole.stdout.split())
