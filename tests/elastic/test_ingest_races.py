"""Ingests in each other's way, and ingests that end early, from folders of originals of their own: nothing is cut short or undone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from archive.errors import ArchiveLocked
from archive.originals import Original, Writer
from archive.records import Document
from ingest import indexing
from ingest import rebuild as rebuilding
from search.elastic import bulk
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.port import SearchEngine, SourceEntries
from tests.elastic.archives import ElasticArchive
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster, opened, refresh
from tests.ingest.archives import bare, write
from tests.ingest.test_duplicates import prose


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[Cluster]:
    made = cluster(elasticsearch_url)
    yield made
    remove_indexes(elasticsearch_url, made.alias)


class Cut(Exception):
    """The end of a process."""


def article(seed: int, width: int = 100) -> str:
    """One article of a page; another width makes another copy of the same text, the wider the better kept."""
    text = prose(seed, 700)
    lines = "\n".join(f"{text[start : start + width]}。" for start in range(0, 700, width))
    return f"{prose(seed + 1000, 12)}\n本报记者 王小明\n\n{lines}"


def page(*seeds: int) -> str:
    return "\n\n\n\n".join(map(article, seeds))


def repeats(archive: ElasticArchive) -> dict[str, str | None]:
    """Each document, by file and place in it, with the one that it repeats."""
    documents = archive.documents()
    named = {document.id: f"{document.source.name} {document.ordinal}" for document in documents}
    return {named[document.id]: document.reprint_of and named[document.reprint_of] for document in documents}


@pytest.mark.parametrize("survived", range(1, 4))
def test_a_source_whose_first_write_died_is_not_cut_short_by_a_copy_of_one_of_its_articles(
    place: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    archive = ElasticArchive(tmp_path / "archive", place)
    pages = write(tmp_path / "pages", {"page.txt": page(1, 2, 3)})
    send, sent = bulk._send, 0

    async def dies(connection: Any, target: str, piece: Sequence[bulk.Operation], *given: Any) -> list[bulk.Outcome]:
        nonlocal sent
        sent += not piece[0].entry_id.startswith("~")
        if sent > survived:
            raise Cut
        return await send(connection, target, piece, *given)

    with monkeypatch.context() as patched:
        patched.setattr(bulk, "_PIECE_OPERATIONS", 1)
        patched.setattr(bulk, "_ON_THEIR_WAY", 1)
        patched.setattr(bulk, "_send", dies)
        with pytest.raises(Cut):
            archive.ingest(pages)
    refresh(place)
    report = archive.ingest(write(tmp_path / "copies", {"copy.txt": article(1, 350)}))
    assert (bare(report.read), bare(report.completed)) == (["copy.txt"], ["page.txt"])
    assert bare(archive.ingest(pages).already) == ["page.txt"]
    assert repeats(archive).keys() == {"page.txt 1", "page.txt 2", "page.txt 3", "copy.txt 1"}
    assert archive.problems() == []
    dump = archive.dump()
    archive.rebuild()
    assert archive.dump() == dump


def test_two_ingests_that_change_two_documents_of_one_source_change_both(
    place: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = ElasticArchive(tmp_path / "archive", place)
    archive.ingest(write(tmp_path / "pages", {"page.txt": page(1, 2)}))
    first = write(tmp_path / "first", {"first.txt": article(1, 350)})
    second = write(tmp_path / "second", {"second.txt": article(2, 350)})
    affected = indexing.affected

    async def ingest(path: Path) -> None:
        async with opened(place, patient=True) as engine:
            with archive.originals.writing(shared=True) as writer:
                await indexing.ingest([path], writer, engine)

    async def work() -> None:
        ready, go_on = asyncio.Event(), asyncio.Event()

        async def slow(changed: Sequence[Document], engine: SearchEngine) -> AsyncIterator[Any]:
            found = [one async for one in affected(changed, engine)]
            if found and not ready.is_set():
                ready.set()
                await go_on.wait()
            for one in found:
                yield one

        with monkeypatch.context() as patched:
            patched.setattr(indexing, "affected", slow)
            running = asyncio.create_task(ingest(first))
            await ready.wait()
            await ingest(second)
            go_on.set()
            await running

    asyncio.run(work())
    assert repeats(archive) == {"page.txt 1": "first.txt 1", "page.txt 2": "second.txt 1", "first.txt 1": None, "second.txt 1": None}
    dump = archive.dump()
    archive.rebuild()
    assert archive.dump() == dump


def test_an_interrupted_ingest_is_completed_though_others_make_the_counts_equal(
    place: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = ElasticArchive(tmp_path / "here", place), ElasticArchive(tmp_path / "there", place)
    there.ingest(write(tmp_path / "theirs", {"a.txt": page(10), "b.txt": page(11)}))

    async def dies(self: ElasticEngine, batch: Sequence[SourceEntries]) -> None:
        raise Cut

    with monkeypatch.context() as patched:
        patched.setattr(ElasticEngine, "write", dies)
        with pytest.raises(Cut):
            here.ingest(write(tmp_path / "lost", {"x.txt": page(12)}))
    report = here.ingest(write(tmp_path / "next", {"y.txt": page(13)}))
    assert (bare(report.read), bare(report.completed)) == (["y.txt"], ["x.txt"])
    assert {document.source.name for document in here.documents()} == {"a.txt", "b.txt", "x.txt", "y.txt"}


def test_what_another_machine_writes_once_a_rebuild_has_begun_is_not_lost(
    place: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = ElasticArchive(tmp_path / "here", place), ElasticArchive(tmp_path / "there", place)
    here.ingest(write(tmp_path / "ours", {"a.txt": page(1), "b.txt": page(2)}))
    theirs = write(tmp_path / "theirs", {"c.txt": page(3)})
    load = rebuilding._loaded
    written = threading.Event()

    def loaded(writer: Writer, originals: Iterable[Original]) -> Iterator[tuple[Original, Any]]:
        for one in load(writer, originals):
            if not written.is_set():
                written.set()
                other = threading.Thread(target=there.ingest, args=(theirs,))
                other.start()
                other.join()
            yield one

    with monkeypatch.context() as patched:
        patched.setattr(rebuilding, "_loaded", loaded)
        with pytest.raises(ArchiveLocked, match="something was written while the new index was being made"):
            here.rebuild()
    assert written.is_set()
    assert {document.source.name for document in here.documents()} == {"a.txt", "b.txt", "c.txt"}
