"""An archive in a folder, for tests that look at it from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeVar

from archive.originals import Originals
from archive.records import Document
from ingest.indexing import ingest, projected
from ingest.rebuild import rebuild
from ingest.report import IngestReport
from ingest.reprints import stored_documents
from ingest.verify import Problem, Proof, verify
from search.criteria import Everything
from search.embedded.engine import EmbeddedEngine

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

    def rebuild(self, *, force: bool = False, executor: Executor | None = None) -> IngestReport:
        with self.originals.writing() as writer:
            return self.run(lambda engine: rebuild(writer, engine, force=force, executor=executor))

    def problems(self) -> list[Problem]:
        async def work(engine: EmbeddedEngine) -> list[Problem]:
            return [problem async for problem in verify(self.originals, engine, Proof())]

        return self.run(work)

    def dump(self) -> dict[str, tuple[str, bytes]]:
        async def work(engine: EmbeddedEngine) -> dict[str, tuple[str, bytes]]:
            return {hit.id: (hit.kind, hit.record) async for hit in engine.scan(Everything())}

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


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def bare(paths: Iterable[str]) -> list[str]:
    """The file names of paths."""
    return [Path(path).name for path in paths]


def names(report: IngestReport) -> tuple[list[str], list[str], list[str]]:
    return bare(report.read), bare(report.already), bare(failure.name for failure in report.failed)
