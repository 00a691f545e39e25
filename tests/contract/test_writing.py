"""Writing: whole sources, once each, nothing lost and nothing silently left out."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path

import anyio
import pytest

from archive.errors import ArchiveLocked, SearchUnavailable
from search.criteria import Everything, SearchRequest, Term, Text
from search.embedded.engine import EmbeddedEngine
from search.mapping import MAX_KEYWORD_BYTES
from search.port import Entry, SearchEngine, SourceEntries, WriteReport
from tests.contract.driver import Driver, entry, source

BAD: dict[str, Callable[[str], Entry]] = {
    "unknown field": lambda one: entry(one, nowhere="x"),
    "number as text": lambda one: entry(one, ordinal="first"),
    "text as number": lambda one: entry(one, genre=5),
    "fraction": lambda one: entry(one, ordinal=1.5),
    "too large": lambda one: entry(one, ordinal=2**31),
    "huge": lambda one: entry(one, value=10**400),
    "yes or no as number": lambda one: entry(one, ordinal=True),
    "number as yes or no": lambda one: entry(one, is_reprint=1),
    "not a number": lambda one: entry(one, value=float("nan")),
    "no such day": lambda one: entry(one, published="2023-02-29"),
    "no day": lambda one: entry(one, published="2023"),
    "two values": lambda one: entry(one, ordinal=(1, 2)),
    "keyword too long": lambda one: entry(one, genre="长" * (MAX_KEYWORD_BYTES // 3 + 1)),
    "lone surrogate": lambda one: entry(one, genre="\ud800"),
    "nothing": lambda one: Entry(one, "UNIT", {"genre": None}, b"{}"),  # type: ignore[dict-item]
    "field that is only stored": lambda one: entry(one, record="x"),
    "record that is no UTF-8": lambda one: Entry(one, "UNIT", {}, b'{"a": "\xff"}'),
}


def test_writing_again_replaces_the_whole_source(engine: Driver) -> None:
    engine.write(source("S1", entry("a"), entry("b")), source("S2", entry("c")))
    assert engine.write(source("S1", entry("a", genre="NEWS"), entry("d"))) == WriteReport(2)
    assert engine.ids(Everything()) == ["a", "c", "d"]
    assert engine.ids(Term("genre", ("NEWS",))) == ["a"]
    assert engine.write(source("S1")) == WriteReport(0)
    assert engine.ids(Everything()) == ["c"]


def test_the_last_of_two_versions_in_one_batch_stands(engine: Driver) -> None:
    first, second = source("S", entry("a"), entry("b")), source("S", entry("b", genre="CASE"), entry("c"))
    engine.write(first, second)
    assert engine.ids(Everything()) == ["b", "c"]
    engine.write(second, first)
    assert engine.ids(Everything()) == ["a", "b"]
    engine.write(second, first, second)
    assert engine.ids(Everything()) == ["b", "c"]


def test_an_id_stands_once_even_when_it_moves_to_another_source(engine: Driver) -> None:
    engine.write(source("S1", entry("a"), entry("b")))
    engine.write(source("S2", entry("b", genre="NEWS")))
    assert engine.ids(Everything()) == ["a", "b"]
    engine.write(source("S4", entry("b", "DOCUMENT"), entry("c", "PRACTICE")))
    assert engine.ids(Everything()) == ["a", "b", "c"]
    assert engine.status().entries == {"UNIT": 1, "DOCUMENT": 1, "PRACTICE": 1}
    engine.write(source("S5", entry("c")), source("S6", entry("b", "PRACTICE")), source("S7", entry("b", "SOURCE")))
    assert engine.status().entries == {"UNIT": 2, "SOURCE": 1}
    report = engine.write(source("S3", entry("x"), entry("x", genre="NEWS")))
    assert (report.written, [refusal.entry_id for refusal in report.refused]) == (1, ["x"])


def test_writing_the_same_again_changes_nothing(engine: Driver) -> None:
    batch = [source(f"S{n}", *(entry(f"{n}-{m}", unit_words=f"网格员{m}") for m in range(20))) for n in range(3)]
    assert engine.write(*batch) == WriteReport(60)
    before, page = engine.status(), engine.search(SearchRequest(query=Text("网格员3", {"unit_words": 1.0}), size=100))
    assert engine.write(*batch) == WriteReport(60)
    assert engine.status() == before
    assert engine.search(SearchRequest(query=Text("网格员3", {"unit_words": 1.0}), size=100)) == page


def test_every_change_gives_the_state_another_name(engine: Driver) -> None:
    names = [engine.status().generation]
    engine.write(source("S", entry("a")))
    names.append(engine.status().generation)
    engine.write(source("S", entry("a", genre="NEWS")))
    names.append(engine.status().generation)
    engine.rebuild([[source("S", entry("a"))]])
    names.append(engine.status().generation)
    engine.delete("S", "never there")
    names.append(engine.status().generation)
    assert len(set(names)) == len(names)
    engine.delete("S")
    assert engine.status().generation == names[-1]
    assert engine.status().entries == {}


def test_one_bad_entry_takes_no_other_with_it(engine: Driver) -> None:
    for attempt in range(2):
        entries = [entry(f"{n:04}", unit_words=f"网格员{n}", ordinal=attempt) for n in range(1000)]
        entries[500] = entry("0500", ordinal="x")
        report = engine.write(source("S", *entries))
        assert (report.written, [refusal.entry_id for refusal in report.refused]) == (999, ["0500"])
        assert engine.status().entries == {"UNIT": 999}
        assert engine.write(source(f"T{attempt}", entry(f"after {attempt}", "DOCUMENT"))) == WriteReport(1)
        assert engine.get([f"after {attempt}", "0999"]).keys() == {f"after {attempt}", "0999"}
        engine.delete(f"T{attempt}")


@pytest.mark.parametrize("bad", BAD)
def test_what_does_not_fit_the_mapping_is_refused_with_its_reason(engine: Driver, bad: str) -> None:
    report = engine.write(source("S", entry("a"), BAD[bad]("bad"), entry("b")))
    assert report.written == 2
    assert [refusal.entry_id for refusal in report.refused] == ["bad"]
    assert report.refused[0].reason
    assert engine.ids(Everything()) == ["a", "b"]


def test_hostile_text_is_indexed_without_loss_around_it(engine: Driver) -> None:
    text = "书记项目 \0\ud800 " + "a" * 70_000 + " " + "中" * 20_000 + "\x00网格员"
    engine.put(entry("a", unit_words=text, unit_grams=text))
    for word in ("书记项目", "网格员", "a" * 70_000):
        assert engine.ids(Text(word[:10_000], {"unit_words": 1.0}, every=True)) == ["a"]


def test_a_rebuild_answers_from_the_old_index_until_it_is_complete(engine: Driver) -> None:
    engine.write(source("OLD", *(entry(f"old {n}") for n in range(10))))
    seen: list[set[str]] = []

    def batches() -> Iterator[Sequence[SourceEntries]]:
        for part in range(4):
            yield [source(f"NEW{part}", *(entry(f"new {part} {n}") for n in range(10)))]
            seen.append({hit.id[:3] for hit in engine.search(SearchRequest(size=100)).hits})

    async def stream() -> AsyncIterator[Sequence[SourceEntries]]:
        source_of = batches()
        while (batch := await anyio.to_thread.run_sync(next, source_of, None)) is not None:
            yield batch

    assert engine.run(engine.engine.rebuild, stream()) == WriteReport(40)
    assert seen == [{"old"}] * 4
    assert {hit.id[:3] for hit in engine.search(SearchRequest(size=100)).hits} == {"new"}
    assert engine.search(SearchRequest()).total == 40


def test_searches_never_fail_while_the_index_is_written_and_rebuilt(opener: Callable[[Path], SearchEngine], tmp_path: Path) -> None:
    writer, reader = Driver(opener(tmp_path)), Driver(opener(tmp_path))
    batch = [source(f"S{n}", *(entry(f"{n}-{m}") for m in range(10))) for n in range(5)]
    writer.write(*batch)
    totals: set[int] = set()
    stop = threading.Event()
    failures: list[BaseException] = []

    def look() -> None:
        try:
            while not stop.is_set():
                totals.add(reader.search(SearchRequest()).total)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    for turn in range(5):
        writer.rebuild([[one] for one in batch])
        writer.write(source("S0", *(entry(f"0-{m}", ordinal=turn) for m in range(10))))
    stop.set()
    thread.join()
    assert not failures
    assert totals == {50}
    writer.close()
    reader.close()


def test_a_rebuild_that_breaks_off_leaves_the_old_index(engine: Driver) -> None:
    engine.write(source("S", entry("a")))

    def broken() -> Iterator[Sequence[SourceEntries]]:
        yield [source("S", entry("b"))]
        raise RuntimeError("the originals could not be read")

    with pytest.raises(RuntimeError, match="originals"):
        engine.rebuild(broken())
    assert engine.ids(Everything()) == ["a"]
    assert engine.write(source("T", entry("c"))) == WriteReport(1)
    assert engine.rebuild([]) == WriteReport(0)
    assert engine.ids(Everything()) == []


def test_a_closed_engine_says_so_and_can_be_closed_again(engine: Driver) -> None:
    engine.close()
    engine.close()
    assert not engine.status().ready
    with pytest.raises(SearchUnavailable):
        engine.search(SearchRequest())


def test_who_cannot_wait_for_the_other_writer_says_so_and_loses_nothing(tmp_path: Path) -> None:
    first, second = (Driver(EmbeddedEngine.open(tmp_path, lock_wait=0.1)) for _ in range(2))
    first.write(source("S", entry("a")))

    def batches() -> Iterator[Sequence[SourceEntries]]:
        yield [source("S", entry("b"))]
        with pytest.raises(ArchiveLocked, match="another process"):
            second.write(source("T", entry("t")))
        assert second.search(SearchRequest()).total == 1

    async def stream() -> AsyncIterator[Sequence[SourceEntries]]:
        source_of = batches()
        while (batch := await anyio.to_thread.run_sync(next, source_of, None)) is not None:
            yield batch

    first.run(first.engine.rebuild, stream())
    assert second.write(source("T", entry("t"))) == WriteReport(1)
    assert first.ids(Everything()) == ["b", "t"]
