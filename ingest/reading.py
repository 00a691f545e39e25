"""One file from its bytes to its documents, in whatever process an executor puts it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from archive.errors import ArchiveError
from archive.records import Document, Source
from ingest import readers
from ingest.files import Failure
from ingest.grading import graded
from ingest.pipeline import run

K = TypeVar("K")
T = TypeVar("T")

AHEAD_FILES = 100  # read ahead of the one whose result is asked for: enough to keep some dozens of workers busy
AHEAD_BYTES = 16_000_000  # of originals: their records take some ten times as much memory


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
    documents = run(raw)
    source = graded(raw, documents)
    return Extracted(source, tuple(replace(document, source=source) for document in documents))


def extract_or_say_why(name: str, data: bytes, limit: int = readers.MAX_BYTES) -> Extracted | Failure:
    """`extract`, with the reason in place of an error."""
    return safely(name, lambda: extract(name, data, limit))


def attempt(read: Callable[[str, bytes], T], name: str, data: bytes) -> T | Failure:
    """What `read` makes of a file, or why it made nothing: what is sent to an executor."""
    return safely(name, lambda: read(name, data))


def safely(name: str, work: Callable[[], T]) -> T | Failure:
    """What `work` on the file `name` gives, or why it gave nothing: one bad file never stops a batch."""
    try:
        return work()
    except ArchiveError as refusal:
        return Failure(name, str(refusal))
    except Exception as error:  # a fault in a rule costs one file, not the run; the reason names it for a bug report
        return _fault(name, error)


class Extraction(Generic[T]):
    """Files on their way through `read`: side by side where an executor is given, else each when its result is asked for.

    Results are asked for in the order of the files, so that what is made of them does not depend on how fast each one was. Use it as a
    context: at the end it lets go of what has not begun.
    """

    def __init__(self, read: Callable[[str, bytes], T], executor: Executor | None = None) -> None:
        """`read` makes something of a name and its bytes; with an executor it must be a function, or a partial of one, that pickles."""
        self._read = read
        self._executor = executor
        self._running: dict[str, Future[T | Failure]] = {}

    def __enter__(self) -> Extraction[T]:
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._running.values():
            future.cancel()

    @property
    def parallel(self) -> bool:
        """Whether work goes on while nobody waits for it."""
        return self._executor is not None

    def begin(self, file: Incoming) -> None:
        """Have the file read as soon as the executor gets to it."""
        if self._executor is None:
            return
        try:
            self._running[file.sha256] = self._executor.submit(attempt, self._read, file.name, file.data)
        except RuntimeError as error:  # a broken or closed executor refuses: the files that are left are named, and the run ends by itself
            self._running[file.sha256] = Future()
            self._running[file.sha256].set_exception(error)

    async def result(self, file: Incoming) -> T | Failure:
        """What `read` made of a file, or why it made nothing, be it that the worker which had it was lost."""
        running = self._running.get(file.sha256)
        if running is None:
            return attempt(self._read, file.name, file.data)
        waiting = asyncio.wrap_future(running)
        try:
            await asyncio.wait([waiting])
        finally:
            waiting.cancel()
        del self._running[file.sha256]
        if waiting.cancelled():
            return Failure(file.name, "the worker that was to read it went away; ingest it again")
        error = waiting.exception()
        if error is None:
            return waiting.result()
        if not isinstance(error, Exception):
            raise error
        return _lost(file.name, error)

    async def in_order(
        self, files: Iterable[tuple[K, Incoming | Failure]], waiting_for: Callable[[K], None] = lambda _: None
    ) -> AsyncIterator[tuple[K, T | Failure]]:
        """The results of `files`, reading ahead no further than memory allows; a Failure among them stays in its place.

        `waiting_for` is told whose result comes next.
        """
        window: deque[tuple[K, Incoming | Failure]] = deque()
        size = 0
        for key, file in files:
            window.append((key, file))
            if isinstance(file, Incoming):
                self.begin(file)
                size += len(file.data)
            while window and (len(window) > AHEAD_FILES or size > AHEAD_BYTES or not self.parallel):
                size -= _bytes(window[0][1])
                yield await self._next(window, waiting_for)
        while window:
            yield await self._next(window, waiting_for)

    async def _next(self, window: deque[tuple[K, Incoming | Failure]], waiting_for: Callable[[K], None]) -> tuple[K, T | Failure]:
        key, file = window.popleft()
        waiting_for(key)
        return key, file if isinstance(file, Failure) else await self.result(file)


def _bytes(file: Incoming | Failure) -> int:
    return 0 if isinstance(file, Failure) else len(file.data)


def _lost(name: str, error: Exception) -> Failure:
    if isinstance(error, ArchiveError):
        return Failure(name, str(error))
    if isinstance(error, BrokenExecutor):
        return Failure(name, "the process that read it died, for lack of memory or by a fault in a library; split the file or leave it out")
    said = " ".join(str(error).split())
    return Failure(name, f"the worker that read it was lost ({type(error).__name__}: {said}); ingest it again")


def _fault(name: str, error: Exception) -> Failure:
    return Failure(name, f"reading it failed with {type(error).__name__}: {error}; please report this as a bug and attach the file")
