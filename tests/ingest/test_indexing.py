from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import permutations
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest

from archive.ids import content_hash
from archive.originals import Originals
from archive.records import Document
from ingest import reading
from ingest.indexing import ingest, projected
from ingest.rebuild import rebuild
from ingest.report import IngestReport
from ingest.reprints import stored, stored_documents
from ingest.stages import RawText
from ingest.verify import Problem, Proof, verify
from search.criteria import Everything, Term
from search.embedded.engine import EmbeddedEngine
from tests.ingest.test_duplicates import prose
from tests.support import SAMPLES

T = TypeVar("T")


class Archive:
    """An archive in a folder; every call opens it anew, as the command line does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.originals = Originals(folder)

    def run(self, work: Callable[[EmbeddedEngine], Awaitable[T]]) -> T:
        async def opened() -> T:
            engine = EmbeddedEngine.open(self.folder / "index")
            try:
                return await work(engine)
            finally:
                await engine.close()

        return asyncio.run(opened())

    def ingest(self, *paths: Path, executor: Executor | None = None) -> IngestReport:
        with self.originals.writing() as writer:
            return self.run(lambda engine: ingest(paths, writer, engine, executor=executor))

    def rebuild(self) -> IngestReport:
        with self.originals.writing():
            return self.run(lambda engine: rebuild(self.originals, engine))

    def problems(self) -> list[Problem]:
        async def work(engine: EmbeddedEngine) -> list[Problem]:
            return [problem async for problem in verify(self.originals, engine, Proof())]

        return self.run(work)

    def dump(self) -> dict[str, tuple[str, bytes]]:
        async def work(engine: EmbeddedEngine) -> dict[str, tuple[str, bytes]]:
            return {hit.id: (hit.kind, hit.record) async for hit in stored(engine, Everything())}

        return self.run(work)

    def documents(self) -> list[Document]:
        async def work(engine: EmbeddedEngine) -> list[Document]:
            return [document async for document in stored_documents(engine, Everything())]

        return self.run(work)

    def reprints(self) -> dict[str, str | None]:
        """File name to the file name that it repeats."""
        names = {document.id: document.source.name for document in self.documents()}
        return {document.source.name: document.reprint_of and names[document.reprint_of] for document in self.documents()}

    def overwrite(self, change: Callable[[Document], Document]) -> None:
        """Put changed documents into the index behind everybody's back."""
        documents = self.documents()

        async def work(engine: EmbeddedEngine) -> object:
            return await engine.write([projected(document.source, [change(document)]) for document in documents])

        self.run(work)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def names(report: IngestReport) -> tuple[list[str], list[str], list[str]]:
    return report.read, report.already, [failure.name for failure in report.failed]


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
    assert report.read == ["a.txt", "e.txt"]
    assert {failure.name for failure in report.failed} == {"b.txt", "c.txt", "d.pdf", "empty.txt", str(tmp_path / "nowhere")}
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
    folder = write(tmp_path / "in", {"b.txt": "乙县建成网格12个。", ".hidden.txt": "丙县。", "notes.md": "丁县。"})
    write(folder / "a", {"1.txt": "甲县建成网格9个。"})
    write(folder / ".git", {"x.txt": "戊县。"})
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    report = archive.ingest(folder, folder)
    assert report.read == ["b.txt", "1.txt"]
    assert report.skipped == ["notes.md"]
    assert [failure.name for failure in report.failed] == ["dangling.txt"]
    assert archive.ingest(folder / "notes.md").read == ["notes.md"]


def test_an_archive_inside_the_folder_is_not_read_into_itself(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。"})
    archive = Archive(folder / "var")
    assert archive.ingest(folder).read == ["a.txt"]
    write(folder / "var", {"note.txt": "己县。"})
    assert names(archive.ingest(folder)) == ([], ["a.txt"], [])


def test_a_file_name_in_gb18030_is_kept_as_text(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = os.fsencode(tmp_path / "in") + b"/" + "聂拉木县.txt".encode("gb18030")
    with open(name, "wb") as file:  # noqa: PTH123 a name in bytes
        file.write("网格员350人。".encode("gb18030"))
    assert archive.ingest(tmp_path / "in").read == ["聂拉木县.txt"]
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
    assert archive.ingest(folder).read == ["a.txt"]
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


def test_a_flipped_byte_in_an_original_is_found(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。"})
    archive.ingest(folder)
    sha256 = content_hash((folder / "a.txt").read_bytes())
    path = archive.originals.path(sha256)
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.write_bytes(data)
    assert [(problem.id, "no longer matches" in problem.what) for problem in archive.problems()] == [(f"SRC-{sha256[:16]}", True)]
    assert names(archive.rebuild()) == (["b.txt"], [], ["a.txt"])
    assert archive.ingest(folder).read == ["a.txt"]  # the file mends its original
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
    assert [problem.what.partition(",")[0] for problem in archive.problems()] == ["is in the index"]


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
    return len([hit async for hit in stored(engine, Term("kind", ("DOCUMENT",)))])


def test_an_empty_run_makes_nothing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert names(archive.ingest(tmp_path / "in")) == ([], [], [])
    assert archive.run(_none) == 0
