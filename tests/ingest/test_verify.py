from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.ids import content_hash
from archive.records import Document
from tests.ingest.archives import Archive, names, write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def test_a_flipped_byte_in_an_original_is_found(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。"})
    archive.ingest(folder)
    sha256 = content_hash((folder / "a.txt").read_bytes())
    path = archive.originals.path(sha256)
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.write_bytes(data)
    assert [(problem.id, "no longer matches" in problem.what) for problem in archive.problems()] == [(f"SRC-{sha256[:16]}", True)]
    assert names(archive.rebuild(force=True)) == (["b.txt"], [], ["a.txt"])
    assert names(archive.ingest(folder))[0] == ["a.txt"]  # the file mends its original
    assert archive.problems() == []


@pytest.mark.parametrize("text", ["一、做法\n（一）抓好落实。一是", "一、（一）配备网格员350人。", "一、\n二、落实。", "一是\n二是\n"])
def test_marks_without_words_behind_them_are_no_wrong_quotes(archive: Archive, tmp_path: Path, text: str) -> None:
    archive.ingest(write(tmp_path / "in", {"a.txt": f"关于网格的报告\n\n{text}"}))
    assert archive.problems() == []


def test_planted_wrong_quotes_are_found_by_their_ids(archive: Archive, tmp_path: Path) -> None:
    archive.ingest(write(tmp_path / "in", {"a.txt": "一、主要做法\n（一）建强网格队伍。全县配备网格员350人，其中党员278人。\n"}))
    assert archive.problems() == []
    fact = archive.documents()[0].statistics[0]

    def wrong_words(document: Document) -> Document:
        return replace(document, statistics=(replace(fact, quote="网格员351人"), *document.statistics[1:]))

    archive.overwrite(wrong_words)
    assert fact.id in {problem.id for problem in archive.problems()}
    archive.rebuild()

    def wrong_text(document: Document) -> Document:
        text = document.text.replace("350", "360")
        figure = replace(fact, quote=fact.quote.replace("350", "360"))
        return replace(document, text=text, statistics=(figure, *document.statistics[1:]))

    archive.overwrite(wrong_text)  # the quote stands in the text, and not in the original
    found = {problem.id: problem.what for problem in archive.problems()}
    assert "original" in found[fact.id]
    archive.rebuild()
    assert archive.problems() == []


def test_an_entry_without_an_original_is_found(archive: Archive, tmp_path: Path) -> None:
    archive.ingest(write(tmp_path / "in", {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。"}))
    journal = archive.folder / "journal.jsonl"
    journal.write_text(journal.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    assert ["no line of the journal names it" in problem.what for problem in archive.problems()] == [True]
    archive.originals.path(archive.originals.orphans()[0]).unlink()
    assert [problem.what.partition(",")[0] for problem in archive.problems()] == ["is in the index"]
