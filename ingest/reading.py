"""One file from its bytes to its documents, in whatever process an executor puts it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
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
    """A file to read: the name it is kept under (its first), its bytes, its hash, and the name it was found under this time."""

    name: str
    data: bytes
    sha256: str
    label: str


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


async def extract_all(files: Iterable[Incoming], limit: int, executor: Executor | None = None) -> list[Extracted | Failure]:
    """Every file of a batch, in order; side by side where an executor is given."""
    if executor is None:
        return [extract_or_say_why(file.name, file.data, limit) for file in files]
    running = [(file.name, executor.submit(extract_or_say_why, file.name, file.data, limit)) for file in files]
    found = await asyncio.gather(*(asyncio.wrap_future(future) for _, future in running), return_exceptions=True)
    return [_kept(name, result) for (name, _), result in zip(running, found, strict=True)]


def _kept(name: str, result: Extracted | Failure | BaseException) -> Extracted | Failure:
    """A worker that died (out of memory, killed) costs the files it held; a cancellation goes on its way."""
    if isinstance(result, Exception):
        return _fault(name, result)
    if isinstance(result, BaseException):
        raise result
    return result


def _fault(name: str, error: Exception) -> Failure:
    return Failure(name, f"reading it failed with {type(error).__name__}: {error}; please report this as a bug and attach the file")
