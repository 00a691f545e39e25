"""What an archive says of itself after something was lost, and how it comes back."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.bootstrap import open_services
from api.settings import Settings
from archive.errors import ArchiveCorrupt
from archive.originals import Originals
from tests.cli.test_commands import fangzhi, sentence
from tests.ingest.archives import Archive, write

FILES = {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。", "c.txt": "丙县建成网格14个。"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "archive")
    made.ingest(write(tmp_path / "in", FILES))
    return made


def hits(archive: Archive) -> int:
    return int(json.loads(fangzhi("search", "网格", "--type", "document", "--json", archive=archive.folder).stdout)["totalCount"])


def test_a_lost_journal_is_noticed_and_rebuild_takes_the_originals_in(archive: Archive) -> None:
    before = archive.dump()
    (archive.folder / "journal.jsonl").write_bytes(b"")
    found = fangzhi("verify", archive=archive.folder)
    assert found.exit_code == 1
    assert found.stdout.count("no line of the journal names it") == 3
    assert hits(archive) == 3
    done = fangzhi("rebuild", archive=archive.folder)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("The index was made anew from 3 originals: ")
    assert archive.dump() == before  # the old index knew the names
    assert fangzhi("verify", archive=archive.folder).exit_code == 0


def test_originals_that_nothing_names_are_called_by_their_hash(archive: Archive) -> None:
    (archive.folder / "journal.jsonl").unlink()
    shutil.rmtree(archive.folder / "index")
    assert fangzhi("rebuild", archive=archive.folder).exit_code == 0
    assert {document.source.name for document in archive.documents()} == {f"original-{sha256[:12]}" for sha256 in archive.originals.held()}
    assert archive.problems() == []


def test_a_junk_line_in_the_journal_is_named_and_blocks_nothing(archive: Archive, tmp_path: Path) -> None:
    journal = archive.folder / "journal.jsonl"
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    journal.write_text(f"{lines[0]}rubbish\n{lines[2]}", "utf-8")
    for arguments in (("verify",), ("ingest", tmp_path / "in" / "a.txt"), ("rebuild",), ("search", "网格")):
        done = fangzhi(*arguments, archive=archive.folder)
        assert f"warning: line 2 of {journal} is damaged" in done.stderr
        assert done.exit_code == (1 if arguments[0] == "verify" else 0), done.stderr
    assert hits(archive) == 3
    assert fangzhi("verify", archive=archive.folder).exit_code == 0


def test_an_archive_without_its_index_says_so(archive: Archive) -> None:
    shutil.rmtree(archive.folder / "index")
    for arguments in (("search", "网格"), ("query", "{ corpusStats { __typename } }"), ("serve", "--port", "0")):
        said = sentence(fangzhi(*arguments, archive=archive.folder), 1)
        assert "3 originals" in said
        assert "fangzhi rebuild" in said
    assert fangzhi("rebuild", archive=archive.folder).exit_code == 0
    assert hits(archive) == 3


def test_an_index_that_is_behind_answers_with_a_warning(archive: Archive) -> None:
    with archive.originals.writing() as writer:  # killed between journal and index
        writer.add([("d.txt", "text/plain", "丁县建成网格15个。".encode())])
        assert fangzhi("search", "网格", archive=archive.folder).stderr == ""  # an ingest is on its way
    done = fangzhi("search", "网格", archive=archive.folder)
    assert done.exit_code == 0
    assert "warning: The index lacks 1 of the archive's originals" in done.stderr
    assert "fangzhi rebuild" in done.stderr


def test_health_is_not_ready_while_the_index_is_missing(archive: Archive) -> None:
    with TestClient(create_app(Settings(archive=archive.folder)), base_url="http://127.0.0.1") as client:
        assert client.get("/health").status_code == 200
        shutil.rmtree(archive.folder / "index")
        answer = client.get("/health")
        assert (answer.status_code, answer.json()["ready"]) == (503, False)
        assert "fangzhi rebuild" in answer.json()["reason"]


def test_services_do_not_open_on_an_empty_index(archive: Archive) -> None:
    shutil.rmtree(archive.folder / "index")

    async def opened() -> None:
        async with open_services(Settings(archive=archive.folder)):
            pass

    with pytest.raises(ArchiveCorrupt, match="3 originals"):
        asyncio.run(opened())


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_rebuild_keeps_the_old_index_when_an_original_is_lost(archive: Archive, damage: str) -> None:
    before = archive.dump()
    victim = next(original for original in archive.originals.listed().values() if original.name == "b.txt")
    path = archive.originals.path(victim.sha256)
    path.write_bytes(b"X") if damage == "changed" else path.unlink()
    done = fangzhi("rebuild", archive=archive.folder)
    assert done.exit_code == 1
    assert "b.txt" in done.stderr
    assert "--force" in done.stderr
    assert archive.dump() == before
    forced = fangzhi("rebuild", "--force", archive=archive.folder)
    assert forced.exit_code == 1
    assert "Built without 1 original" in forced.stdout
    assert "fangzhi: b.txt is not in the new index: " in forced.stderr
    assert {document.source.name for document in archive.documents()} == {"a.txt", "c.txt"}


def test_rebuild_does_not_drop_what_only_the_index_holds(archive: Archive) -> None:
    journal = archive.folder / "journal.jsonl"
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:2]), "utf-8")
    archive.originals.path(archive.originals.orphans()[0]).unlink()
    assert "c.txt" in fangzhi("rebuild", archive=archive.folder).stderr
    assert hits(archive) == 3


def test_the_next_ingest_of_anything_completes_what_an_earlier_one_left(archive: Archive, tmp_path: Path) -> None:
    with archive.originals.writing() as writer:
        writer.add([("d.txt", "text/plain", "丁县建成网格15个。".encode())])
    other = write(tmp_path / "other", {"e.txt": "戊县建成网格16个。"})
    done = fangzhi("ingest", other, archive=archive.folder)
    assert done.exit_code == 0
    assert "Completed from an earlier run: 1 original." in done.stdout
    assert "completed: d.txt" in done.stderr
    assert hits(archive) == 5
    assert Originals(archive.folder).count() == 5
    assert archive.problems() == []
