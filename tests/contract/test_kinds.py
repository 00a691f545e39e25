"""The embedded engine keeps an index for each kind of entries; whoever reads sees all of them at one state."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from archive.errors import SearchUnavailable
from search import mapping as mappings
from search.criteria import All, Any, Everything, Facet, Not, Nothing, Query, SearchRequest, Term, Text
from search.embedded import ordering
from search.embedded import schema as schemas
from search.embedded.compile import kinds_of
from search.embedded.engine import EmbeddedEngine
from search.embedded.rebuilding import update
from search.embedded.storage import Folder
from search.embedded.writing import Session
from search.port import FacetCount, WriteReport
from tests.contract import processes
from tests.contract.driver import Driver, entry, source

SPAWN = multiprocessing.get_context("spawn")
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
ODD_KINDS = ("UNIT", "unit", "U/N:I*T", "U-N-I-T", "", "..", "村" * 300, "\0\n", " ")


@pytest.fixture
def driver(tmp_path: Path) -> Driver:
    return Driver(EmbeddedEngine.open(tmp_path / "index"))


def turn_seen(driver: Driver) -> int:
    """Which turn the twelve entries tell; they must all tell the same, in every kind."""
    page = driver.search(SearchRequest(facets=(Facet("turn", "ordinal"), Facet("kind", "kind"))))
    assert {count.count for count in page.facets["kind"].counts} == {3}
    (turn,) = page.facets["turn"].counts
    assert turn.count == page.total == len(page.hits) == 12
    return int(turn.value)


def test_entries_of_any_kind_are_kept(driver: Driver, tmp_path: Path) -> None:
    driver.write(*(source(f"S{n}", entry(f"e{n}", kind)) for n, kind in enumerate(ODD_KINDS)))
    again = Driver(EmbeddedEngine.open(tmp_path / "index"))
    assert again.status().entries == dict.fromkeys(ODD_KINDS, 1)
    assert {hit.id: hit.kind for hit in again.search(SearchRequest()).hits} == {f"e{n}": kind for n, kind in enumerate(ODD_KINDS)}
    for n, kind in enumerate(ODD_KINDS):
        assert again.ids(Term("kind", (kind,))) == [f"e{n}"]
    assert again.search(SearchRequest(facets=(Facet("k", "kind"),))).facets["k"].counts == tuple(
        FacetCount(kind, 1) for kind in sorted(ODD_KINDS)
    )


def test_only_the_kinds_that_change_are_written(driver: Driver, tmp_path: Path) -> None:
    driver.write(source("A", entry("a", "UNIT"), entry("b", "DOCUMENT")), source("C", entry("c", "UNIT")))

    def folders() -> dict[str, str]:
        (generation,) = (tmp_path / "index").glob("g*")
        return {path.name.split("-")[1]: path.name for path in generation.iterdir()}

    first = folders()
    driver.write(source("C", entry("c", "UNIT", genre="NEWS")))
    second = folders()
    assert first["document"] == second["document"]
    assert first["unit"] != second["unit"]
    driver.write(source("C", entry("c", "UNIT", genre="NEWS")))
    driver.delete("nowhere")
    assert folders() == second
    driver.delete("A", "C")
    assert driver.status().entries == {}


def test_readers_in_other_processes_see_every_batch_whole(driver: Driver, tmp_path: Path) -> None:
    driver.write(processes.turns(0))
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        writing = pool.submit(processes.write_turns, str(tmp_path / "index"), 1, 15)
        seen = [0]
        while not writing.done():
            seen.append(turn_seen(driver))
        writing.result()
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert turn_seen(driver) == 15


@unix
@pytest.mark.parametrize("where", ["one kind committed", "all kinds committed"])
def test_a_writer_that_dies_between_two_kinds_leaves_nothing_of_its_batch(driver: Driver, tmp_path: Path, where: str) -> None:
    driver.write(processes.turns(1))
    process = SPAWN.Process(target=processes.die_while_writing, args=(str(tmp_path / "index"), where))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    (generation,) = (tmp_path / "index").glob("g*")
    assert len(list(generation.iterdir())) == 8  # the state that stands, and what was to follow it
    assert turn_seen(Driver(EmbeddedEngine.open(tmp_path / "index"))) == turn_seen(driver) == 1
    driver.write(processes.turns(2))
    assert len(list(generation.iterdir())) == 4
    assert turn_seen(driver) == 2


def test_a_failure_between_two_kinds_leaves_nothing_of_the_batch(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.write(processes.turns(1))
    before = driver.status()
    mapping = mappings.archive()

    def change(session: Session) -> None:
        session.replace([processes.turns(2)])
        next(iter(session._writers._writers.values())).commit()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(Folder(tmp_path / "index"), mapping, schemas.build(mapping), 1.0, change)
    assert turn_seen(driver) == 1

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Folder, "point_to", full)
        with pytest.raises(SearchUnavailable, match="disk is full"):
            driver.write(processes.turns(3))
    assert driver.status() == before
    assert driver.write(processes.turns(4)) == WriteReport(12)
    (generation,) = (tmp_path / "index").glob("g*")
    assert len(list(generation.iterdir())) == 4


def test_a_file_system_without_hard_links_will_do(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    for turn in range(3):
        driver.write(processes.turns(turn))
        assert turn_seen(driver) == turn


def test_an_index_removed_and_made_again_under_a_running_reader_is_followed(driver: Driver, tmp_path: Path) -> None:
    driver.write(processes.turns(1))
    assert turn_seen(driver) == 1
    for path in sorted((tmp_path / "index").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert driver.status().entries == {}
    Driver(EmbeddedEngine.open(tmp_path / "index")).write(processes.turns(7))
    assert turn_seen(driver) == 7


def test_a_scan_goes_on_behind_groups_of_ids_that_begin_alike(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "_WINDOW", 5)  # so that a group of equal first bytes is larger than what is asked for at once
    ids = [f"{group}{'x' * 7 * (group % 3)}{number:02}" for group in range(9) for number in range(3 + 9 * (group % 2))]
    driver.write(*(source(key, entry(key, processes.KINDS[len(key) % 3])) for key in ids))
    assert [hit.id for hit in driver.scan(Everything())] == sorted(ids)


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        (Everything(), None),
        (Nothing(), set()),
        (Text("网格", {"unit_words": 1.0}), None),
        (Term("genre", ("UNIT",)), None),
        (Term("kind", ("UNIT", "SOURCE")), {"UNIT", "SOURCE"}),
        (Term("kind", ()), set()),
        (All((Everything(), Term("kind", ("UNIT", "SOURCE")), All((Term("kind", ("SOURCE", "X")),)))), {"SOURCE"}),
        (All(()), None),
        (Any(()), set()),
        (Any((Term("kind", ("UNIT",)), Term("kind", ("SOURCE",)))), {"UNIT", "SOURCE"}),
        (Any((Term("kind", ("UNIT",)), Everything())), None),
        (Any((Nothing(), Term("kind", ("UNIT",)))), {"UNIT"}),
        (Not(Term("kind", ("UNIT",))), None),
    ],
)
def test_which_kinds_can_match_is_read_off_the_tree(query: Query, kinds: set[str] | None) -> None:
    assert kinds_of(query) == kinds
