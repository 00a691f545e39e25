"""One file from its bytes to its documents, in whatever process an executor puts it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TypeVar

from archive.errors import ArchiveError
from archive.records import Document, Source
from ingest import readers
from ingest.files import Failure
from ingest.pipeline import run

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to read: the name it is kept under (its first), its bytes, its hash, and the path that reports name it by.

    `kept` is true for an original of an earlier run that the index lacks.
    """

    name: str
    data: bytes
    sha256: str
    label: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file that was read, and the documents in it."""

    source: Source
    documents: tuple[Document, ...]


def extract(name: str, data: bytes, limit: int = readers.MAX_BYTES) -> Extracted:
    """Read a file and run the pipeline over it. Raises UnreadableFile."""
    raw = readers.read(name, data, limit)
    return Extracted(raw.source, run(raw))


def extract_or_say_why(name: str, data: bytes, limit: int = readers.MAX_BYTES) -> Extracted | Failure:
    """`extract`, with the reason in place of an error."""
    return safely(name, lambda: extract(name, data, limit))


def safely(name: str, work: Callable[[], T]) -> T | Failure:
    """What `work` on the file `name` gives, or why it gave nothing: one bad file never stops a batch."""
    try:
        return work()
    except ArchiveError as refusal:
        return Failure(name, str(refusal))
    except Exception as error:  # a fault in a rule costs one file, not the run; the reason names it for a bug report
        return _fault(name, error)


class Extraction:
    """A batch in the making: `result` gives file by file, in any order; side by side where an executor is given."""

    def __init__(self, files: Iterable[Incoming], limit: int, executor: Executor | None = None) -> None:
        """`limit` is the largest file that is read, in bytes. With an executor the work begins at once."""
        self._limit = limit
        self._running: dict[str, Future[Extracted | Failure]] = {}
        if executor is not None:
            self._running = {file.sha256: executor.submit(extract_or_say_why, file.name, file.data, limit) for file in files}

    async def result(self, file: Incoming) -> Extracted | Failure:
        """What was read from a file of the batch. A worker that died (out of memory, killed) costs the files it held."""
        if file.sha256 not in self._running:
            return extract_or_say_why(file.name, file.data, self._limit)
        try:
            return await asyncio.wrap_future(self._running[file.sha256])
        except Exception as error:  # the executor's own: what a rule raises comes back as a Failure
            return _fault(file.name, error)

    def abandon(self) -> None:
        """Let go of what has not begun yet."""
        for future in self._running.values():
            future.cancel()


def _fault(name: str, error: Exception) -> Failure:
    return Failure(name, f"reading it failed with {type(error).__name__}: {error}; please report this as a bug and attach the file")
