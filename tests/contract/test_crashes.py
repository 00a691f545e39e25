"""Several processes, killed processes, damaged files."""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import shutil
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from tantivy import Document

from archive.errors import ArchiveCorrupt, ArchiveLocked
from search import mapping as mappings
from search.criteria import Everything, SearchRequest, Term
from search.embedded import schema as schemas
from search.embedded.engine import EmbeddedEngine
from search.embedded.faults import of_engine
from search.embedded.rebuilding import update
from search.embedded.storage import Folder
from search.embedded.writing import Session
from search.port import WriteReport
from tests.contract import processes
from tests.contract.driver import Driver, entry, source

SPAWN = multiprocessing.get_context("spawn")
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and resource limits")


@pytest.fixture
def driver(tmp_path: Path) -> Driver:
    return Driver(EmbeddedEngine.open(tmp_path / "index"))


def test_two_processes_that_write_at_once_lose_nothing(driver: Driver, tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=SPAWN) as pool:
        for running in [pool.submit(processes.write_sources, str(tmp_path / "index"), name, 12) for name in "ab"]:
            running.result()
    expected = {f"{name}-{number}-{part}" for name in "ab" for number in range(12) for part in range(3)}
    assert set(driver.ids(Everything())) == expected


@unix
def test_a_killed_writer_loses_no_acknowledged_batch(driver: Driver, tmp_path: Path) -> None:
    notes = tmp_path / "acknowledged"
    notes.touch()
    for turn in range(5):
        process = SPAWN.Process(target=processes.write_and_acknowledge, args=(str(tmp_path / "index"), str(notes), 1000 * turn))
        process.start()
        started = len(notes.read_text("ascii").split())
        while len(notes.read_text("ascii").split()) < started + 2 + turn:
            time.sleep(0.01)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        acknowledged = {f"S{number}" for number in notes.read_text("ascii").split()}
        held = driver.search(SearchRequest(size=0)).total
        assert held % 20 == 0  # no batch is in by half, though each is spread over several kinds
        assert 0 <= held - 20 * len(acknowledged) <= 20 * (turn + 1)  # a batch may be in whose acknowledgement was not written yet
        for one in acknowledged:
            assert driver.search(SearchRequest(query=Term("source_id", (one,)), size=0)).total == 20
        assert driver.write(source("again", entry("again", ordinal=turn))) == WriteReport(1)
        driver.delete("again")


@unix
def test_a_killed_rebuild_leaves_the_old_index_and_its_remains_are_swept(driver: Driver, tmp_path: Path) -> None:
    driver.write(source("S", entry("old")))
    ready = tmp_path / "ready"
    process = SPAWN.Process(target=processes.rebuild_until_killed, args=(str(tmp_path / "index"), str(ready)))
    process.start()
    while not ready.exists():
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert driver.ids(Everything()) == ["old"]
    assert len(list((tmp_path / "index").glob("g*"))) == 2
    assert driver.write(source("T", entry("new"))) == WriteReport(1)
    assert len(list((tmp_path / "index").glob("g*"))) == 1
    assert driver.ids(Everything()) == ["new", "old"]


@unix
def test_a_full_disk_is_said_and_costs_nothing_that_was_acknowledged(driver: Driver, tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        said = pool.submit(processes.write_on_a_full_disk, str(tmp_path / "index"), 20_000).result()
    assert said.startswith("SearchUnavailable: the disk is full")
    assert driver.ids(Everything()) == ["after", "safe"]


def test_a_document_that_only_fails_at_commit_takes_no_other_with_it(tmp_path: Path) -> None:
    mapping = mappings.archive()
    schema = schemas.build(mapping)

    def change(session: Session) -> None:
        session.replace([source("S", *(entry(f"{n:03}") for n in range(400)))])
        session.put("P", [("UNIT", "poison", Document(id="poison", kind="UNIT", source_id="P", ordinal="not a number"))])
        session.replace([source("T", *(entry(f"{n:03}") for n in range(400, 600)))])

    for _ in range(2):
        report = update(Folder(tmp_path), mapping, schema, 1.0, change)
        assert report.written == 600
        assert [refusal.entry_id for refusal in report.refused] == ["poison"]
    driver = Driver(EmbeddedEngine.open(tmp_path))
    assert driver.search(SearchRequest()).total == 600
    assert driver.write(source("U", entry("after"))) == WriteReport(1)
    assert driver.search(SearchRequest()).total == 601


OURS = r"^the search index [A-Za-z ]+; run `fangzhi rebuild` to make it anew from the originals; nothing is lost$"


def damage(index: Path, what: str) -> None:
    (generation,) = index.glob("g*")
    (kind,) = generation.iterdir()
    match what:
        case "no file list" | "no pointer":
            (index / "current" if what == "no pointer" else kind / "meta.json").unlink()
        case "broken file list":
            (kind / "meta.json").write_bytes(b"{")
        case "cut file list":
            os.truncate(kind / "meta.json", 100)
        case "broken pointer":
            (index / "current").write_bytes(b"\xff")
        case "no segments":
            for path in kind.glob("*.store"):
                path.unlink()
        case "cut terms" | "cut store":
            for path in kind.glob("*.term" if what == "cut terms" else "*.store"):
                os.truncate(path, 10)
        case "no kind" | "no generation":
            shutil.rmtree(kind if what == "no kind" else generation)
        case "another mapping":
            pointer = index / "current"
            fingerprint = mappings.archive().fingerprint.encode()
            pointer.write_bytes(pointer.read_bytes().replace(fingerprint, b"0" * len(fingerprint)))
        case "one index for all kinds":  # as versions before this layout had it
            for path in kind.iterdir():
                path.rename(generation / path.name)
            kind.rmdir()
            (index / "current").write_text(f'{{"generation":"{generation.name}","mapping_version":1,"fingerprint":"0123456789abcdef"}}')


@pytest.mark.parametrize(
    "what",
    [
        "no file list",
        "broken file list",
        "cut file list",
        "no pointer",
        "broken pointer",
        "no segments",
        "cut terms",
        "cut store",
        "no kind",
        "no generation",
        "another mapping",
        "one index for all kinds",
    ],
)
def test_a_damaged_index_says_what_mends_it_and_a_rebuild_does(tmp_path: Path, what: str) -> None:
    before = Driver(EmbeddedEngine.open(tmp_path))
    batch = source("S", entry("a", genre="NEWS"), entry("b"))
    before.write(batch)
    before.close()
    damage(tmp_path, what)
    driver = Driver(EmbeddedEngine.open(tmp_path, lock_wait=0.1))
    with pytest.raises(ArchiveCorrupt, match=OURS):
        driver.search(SearchRequest())
    assert not driver.status().ready
    assert re.search(OURS, driver.status().reason or "")
    with pytest.raises(ArchiveCorrupt, match=OURS):
        driver.write(source("T", entry("c")))
    assert driver.rebuild([[batch]]) == WriteReport(2)
    assert driver.ids(Everything()) == ["a", "b"]
    assert len(list(tmp_path.glob("g*"))) == 1
    assert driver.write(source("T", entry("c"))) == WriteReport(1)


def test_what_the_engine_said_is_kept_for_who_looks_for_the_cause(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = Driver(EmbeddedEngine.open(tmp_path))
    before.write(source("S", entry("a")))
    before.close()
    damage(tmp_path, "cut store")
    with caplog.at_level(logging.INFO, logger="fangzhi.search"), pytest.raises(ArchiveCorrupt) as caught:
        Driver(EmbeddedEngine.open(tmp_path)).search(SearchRequest())
    assert caught.value.__cause__ is not None
    assert str(caught.value.__cause__) in caplog.text


def test_only_a_lock_that_is_held_is_called_one() -> None:
    held = 'Failed to acquire Lockfile: LockBusy. Some("Failed to acquire index lock.")'
    assert isinstance(of_engine(held), ArchiveLocked)
    for message in ('Meta file cannot be deserialized. Content: "docstore_blocksize": 16384', "bad block in the locker"):
        assert isinstance(of_engine(message), ArchiveCorrupt)
