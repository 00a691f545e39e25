"""What is worked out from a whole archive is made once, and again when something was written."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from archive.errors import ArchiveCorrupt
from archive.places import gazetteer
from archive.records import Document
from ingest.pipeline import run
from schema.context import KEPT_BYTES, Documents, Services
from schema.kept import Kept
from search.port import EngineKind, EngineStatus, Hit
from search.stored import pack
from tests.support import raw


class Generations:
    """An engine of which only the generation matters."""

    generation = "1"

    async def status(self) -> EngineStatus:
        return EngineStatus(ready=True, kind=EngineKind.EMBEDDED, generation=self.generation)


class Made:
    """Counts how often it was made; the first time it fails where it is told to."""

    def __init__(self, fails: bool = False) -> None:
        self.times = 0
        self.fails = fails

    async def value(self, services: Services) -> int:
        self.times += 1
        await asyncio.sleep(0)
        if self.fails and self.times == 1:
            raise ValueError("the first time")
        return self.times


def of(engine: Any) -> Services:
    return Services(engine=engine, gazetteer=gazetteer())


def test_many_who_ask_at_once_wait_for_one() -> None:
    made, services = Made(), of(Generations())
    kept = Kept(made.value)

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(kept.of(services) for _ in range(20)))

    assert asyncio.run(all_at_once()) == [1] * 20
    assert asyncio.run(all_at_once()) == [1] * 20  # of another event loop, too


def test_it_is_made_again_after_a_write_and_for_another_archive() -> None:
    made, engine = Made(), Generations()
    kept = Kept(made.value)
    assert asyncio.run(kept.of(of(engine))) == 1
    engine.generation = "2"
    assert asyncio.run(kept.of(of(engine))) == 2
    assert asyncio.run(kept.of(of(Generations()))) == 3
    assert asyncio.run(kept.of(of(engine))) == 2


def test_what_could_not_be_made_is_tried_again() -> None:
    kept, services = Kept(Made(fails=True).value), of(Generations())
    with pytest.raises(ValueError, match="the first time"):
        asyncio.run(kept.of(services))
    assert asyncio.run(kept.of(services)) == 2


def entry(document: Document, kind: str = "DOCUMENT") -> Hit:
    return Hit(document.id, kind, pack(document), ())


def test_a_document_is_read_once_from_the_same_bytes() -> None:
    first, *_ = run(raw("甲县建成网格9个。", "甲.txt"))
    documents = Documents()
    assert documents.read(entry(first)) == first
    assert documents.read(entry(first)) is documents.read(entry(first))
    changed = replace(first, title="乙")
    assert documents.read(entry(changed)) == changed
    assert documents.read(entry(first)) == first


def test_an_entry_of_another_kind_is_never_taken_for_the_document_with_its_bytes() -> None:
    document, *_ = run(raw("甲县建成网格9个。", "甲.txt"))
    documents = Documents()
    documents.read(entry(document))
    with pytest.raises(ArchiveCorrupt):
        documents.read(entry(document, "STATISTIC"))


def test_no_more_documents_are_kept_than_their_bytes_allow() -> None:
    first, *_ = run(raw("甲县建成网格9个。" * 2_000, "甲.txt"))
    documents, size = Documents(), len(pack(first))
    kept = documents.read(entry(first))
    for number in range(KEPT_BYTES // size + 1):
        documents.read(entry(replace(first, title=str(number))))
    assert documents.read(entry(first)) == kept and documents.read(entry(first)) is not kept
