from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import permutations
from multiprocessing import get_context
from pathlib import Path

import pytest

from archive.records import Document
from ingest import reading
from ingest.indexing import projected
from ingest.stages import RawText
from search.criteria import Term
from search.embedded.engine import EmbeddedEngine
from tests.ingest.archives import Archive, bare, names, write
from tests.ingest.test_duplicates import prose
from tests.support import SAMPLES


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The five samples, ingested once; tests that change them copy nothing back."""
    made = Archive(tmp_path_factory.mktemp("samples") / "archive")
    made.ingest(*SAMPLES)
    return made


def test_the_samples_are_read_and_every_quote_stands(samples: Archive) -> None:
    assert samples.problems() == []
    assert [name[:3] for name, of in samples.reprints().items() if of] == ["001"]
    assert len(samples.documents()) == 10


def test_a_second_ingest_changes_nothing(samples: Archive) -> None:
    before = samples.dump()
    report = samples.ingest(*SAMPLES)
    assert names(report) == ([], [path.name for path in SAMPLES], [])
    assert samples.dump() == before


def test_a_rebuilt_index_holds_the_same_entries(samples: Archive) -> None:
    before = samples.dump()
    report = samples.rebuild()
    assert len(report.read) == len(SAMPLES)
    assert samples.dump() == before
    assert samples.problems() == []


def test_bad_files_in_the_middle_are_listed_and_the_rest_is_in(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。\n", "e.txt": "乙县建成网格15个。\n", "c.txt": " \n"})
    (folder / "b.txt").write_bytes(b"\0\1\2" * 100)
    (folder / "d.pdf").write_bytes(b"%PDF-1.7 rubbish")
    (folder / "empty.txt").write_bytes(b"")
    report = archive.ingest(folder, tmp_path / "nowhere")
    assert bare(report.read) == ["a.txt", "e.txt"]
    assert set(names(report)[2]) == {"b.txt", "c.txt", "d.pdf", "empty.txt", "nowhere"}
    assert all(len(failure.reason) > 20 for failure in report.failed)
    assert len(archive.documents()) == 2
    assert archive.problems() == []
    assert names(archive.ingest(folder))[:2] == ([], ["a.txt", "e.txt"])


def test_a_fault_in_a_rule_costs_one_file_and_is_named(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.run

    def faulty(raw: RawText) -> Sequence[Document]:
        if raw.source.name == "b.txt":
            raise ZeroDivisionError("a planted fault")
        return real(raw)

    monkeypatch.setattr(reading, "run", faulty)
    folder = write(tmp_path / "in", {f"{name}.txt": f"{name}县建成网格12个。" for name in "abc"})
    report = archive.ingest(folder)
    assert names(report) == (["a.txt", "c.txt"], [], ["b.txt"])
    assert "ZeroDivisionError: a planted fault" in report.failed[0].reason
    monkeypatch.undo()
    assert names(archive.ingest(folder)) == (["b.txt"], ["a.txt", "c.txt"], [])


def test_folders_are_walked_sorted_without_hidden_files_and_in_spite_of_link_loops(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"b.txt": "乙县建成网格12个。", ".hidden.txt": "丙县。", "notes.log": "丁县。"})
    write(folder / "a", {"1.txt": "甲县建成网格9个。"})
    write(folder / ".git", {"x.txt": "戊县。"})
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    report = archive.ingest(folder, folder)
    assert bare(report.read) == ["b.txt", "1.txt"]
    assert bare(report.skipped) == ["notes.log"]
    assert names(report)[2] == ["dangling.txt"]
    assert bare(archive.ingest(folder / "notes.log").read) == ["notes.log"]


def test_an_archive_inside_the_folder_is_not_read_into_itself(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。"})
    archive = Archive(folder / "var")
    assert bare(archive.ingest(folder).read) == ["a.txt"]
    write(folder / "var", {"note.txt": "己县。"})
    assert names(archive.ingest(folder)) == ([], ["a.txt"], [])


def test_a_file_name_in_gb18030_is_kept_as_text(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = os.fsencode(tmp_path / "in") + b"/" + "聂拉木县.txt".encode("gb18030")
    with open(name, "wb") as file:  # noqa: PTH123 a name in bytes
        file.write("网格员350人。".encode("gb18030"))
    assert bare(archive.ingest(tmp_path / "in").read) == ["聂拉木县.txt"]
    assert [(each.source.name, each.source.encoding) for each in archive.documents()] == [("聂拉木县.txt", "gb18030")]
    assert archive.problems() == []


def test_the_same_bytes_under_two_names_are_one_source(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。", "b.txt": "甲县建成网格12个。"})
    assert names(archive.ingest(folder)) == (["a.txt"], ["b.txt"], [])
    (folder / "a.txt").unlink()
    assert names(archive.ingest(folder)) == ([], ["b.txt"], [])
    before = archive.dump()
    archive.rebuild()
    assert archive.dump() == before


def test_a_kept_original_that_the_index_lost_is_indexed_by_the_next_run(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。"})
    with archive.originals.writing() as writer:  # killed between journal and index
        writer.add([("a.txt", "text/plain", (folder / "a.txt").read_bytes())])
    assert [problem.id[:4] for problem in archive.problems()] == ["SRC-"]
    assert bare(archive.ingest(folder).read) == ["a.txt"]
    assert archive.problems() == []


@pytest.mark.parametrize("make", [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn"))])
def test_any_executor_gives_the_same_archive(samples: Archive, archive: Archive, make: Callable[[], Executor]) -> None:
    with make() as executor:
        archive.ingest(*SAMPLES, executor=executor)
    assert archive.dump() == samples.dump()


def test_reprints_over_several_runs_come_out_as_in_one(tmp_path: Path) -> None:
    text = prose(42, 900)
    files = {"clean.txt": text, "marks.txt": f"{text[:400]}\n2、{text[400:]}", "other.txt": prose(43, 900)}
    folder = write(tmp_path / "in", files)
    found = []
    for number, order in enumerate(list(permutations(files))[::2]):
        archive = Archive(tmp_path / f"archive{number}")
        for name in order:
            archive.ingest(folder / name)
        found.append(archive.dump())
        assert archive.problems() == []
    assert all(dump == found[0] for dump in found)
    assert sum(of is not None for of in archive.reprints().values()) == 1
    archive.rebuild()
    assert archive.dump() == found[0]


def test_a_torn_journal_opens_and_is_completed(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。"})
    archive.ingest(folder)
    journal = archive.folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    assert names(archive.ingest(folder)) == (["b.txt"], ["a.txt"], [])
    assert [json.loads(line)["name"] for line in journal.read_text("utf-8").splitlines()] == ["a.txt", "b.txt"]
    assert archive.problems() == []


def test_entries_that_the_engine_refuses_are_reported_and_the_others_are_in(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = projected

    def poisoned(source: object, documents: Sequence[Document]) -> object:
        made = real(documents[0].source, documents)
        bad = replace(made.entries[1], fields={**made.entries[1].fields, "ordinal": "no number"})
        return replace(made, entries=(made.entries[0], bad, *made.entries[2:])) if documents[0].source.name == "b.txt" else made

    monkeypatch.setattr("ingest.indexing.projected", poisoned)
    report = archive.ingest(write(tmp_path / "in", {f"{name}.txt": f"{name}县建成网格12个。" for name in "abc"}))
    assert len(report.failed) == 1
    assert "refused" in report.failed[0].reason
    assert {each.source.name for each in archive.documents()} == {"a.txt", "c.txt"}


async def _none(engine: EmbeddedEngine) -> int:
    return len([hit async for hit in engine.scan(Term("kind", ("DOCUMENT",)))])


def test_work_that_has_waited_is_written_before_the_batch_is_full(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.run

    def interrupted(raw: RawText) -> Sequence[Document]:
        if raw.source.name == "c.txt":
            raise KeyboardInterrupt
        return real(raw)

    monkeypatch.setattr(reading, "run", interrupted)
    monkeypatch.setattr("ingest.indexing._KEEP_SECONDS", 0.0)
    folder = write(tmp_path / "in", {f"{name}.txt": f"{name}县建成网格12个。" for name in "abc"})
    with pytest.raises(KeyboardInterrupt):
        archive.ingest(folder)
    assert {document.source.name for document in archive.documents()} == {"a.txt", "b.txt"}


def test_an_empty_run_makes_nothing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert names(archive.ingest(tmp_path / "in")) == ([], [], [])
    assert archive.run(_none) == 0
