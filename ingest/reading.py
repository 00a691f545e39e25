"""One file from its bytes to its documents, in whatever process an executor puts it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from archive.errors import ArchiveError
from archive.records import Document, Source, SourceState
from ingest import readers
from ingest.files import Failure
from ingest.grading import graded
from ingest.limits import Overrun, left_out
from ingest.pipeline import run
from ingest.readers.base import ReadOptions
from ingest.readers.pages import has_text
from ingest.workers import Apart, Processes

K = TypeVar("K")
T = TypeVar("T")

AHEAD_FILES = 100  # read ahead of the one whose result is asked for: enough to keep some dozens of workers busy
_LEAVES_OUT = 3  # pages that a file is read without: one that has more of them is no file with a bad page
AHEAD_BYTES = 16_000_000  # of originals: their records take some ten times as much memory
_LIGHT = 1_000_000
"""Bytes: some two seconds and 50 MB of memory. By `python -m benchmarks.apart`, on two busy cores, 8 texts of 4,300 characters took 0.6 s
of the processor here and 2.6 s in another process, 40 took 2.5 s and 5.3 s: nearly 2 s to start it, and some 25 ms for each text."""
_NO_MEMORY = "reading it takes more memory than there is; split it"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to read: the name it is kept under (its first), its bytes, its hash, and the path that reports name it by.

    `kept` is true for an original of an earlier run that the index lacks. `without_pages` are pages that it is to be read without.
    """

    name: str
    data: bytes
    sha256: str
    label: str
    kept: bool = False
    without_pages: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file that was read, and the documents in it."""

    source: Source
    documents: tuple[Document, ...]


def extract(name: str, data: bytes, options: ReadOptions = ReadOptions(), *, limit: int = readers.MAX_BYTES) -> Extracted:
    """Read a file and run the pipeline over it. Raises UnreadableFile."""
    raw = readers.read(name, data, limit, options)
    has_text(len(raw.text))
    if options.without_pages:
        warnings = (*raw.source.warnings, left_out(options.without_pages))
        raw = replace(raw, source=replace(raw.source, state=SourceState.PARTIAL, warnings=warnings))
    documents = run(raw)
    source = graded(raw, documents)
    return Extracted(source, tuple(replace(document, source=source) for document in documents))


def attempt(read: Callable[..., T], name: str, data: bytes, without_pages: frozenset[int] = frozenset()) -> T | Failure:
    """What `read` makes of a file, or why it made nothing: what is sent to an executor.

    Raises MemoryError: the process that has too little is not to go on.
    """
    options = (ReadOptions(without_pages),) if without_pages else ()
    return safely(name, lambda: read(name, data, *options))


def light(name: str, data: bytes) -> bool:
    """Whether a file is read as well in this process: a plain text that is not large costs time by its length and nothing else."""
    return len(data) <= _LIGHT and readers.is_plain(name, data)


def nobody(_label: str, _page: int, _of: int) -> None:
    """Is told of pages and does nothing."""


def safely(name: str, work: Callable[[], T]) -> T | Failure:
    """What `work` on the file `name` gives, or why it gave nothing: one bad file never stops a batch."""
    try:
        return work()
    except ArchiveError as refusal:
        return Failure(name, str(refusal))
    except MemoryError:
        raise
    except Exception as error:  # a fault in a rule costs one file, not the run; the reason names it for a bug report
        return _fault(name, error)


class Extraction(Generic[T]):
    """Files on their way through `read`: side by side where an executor is given, else each when its result is asked for.

    Results are asked for in the order of the files, so that what is made of them does not depend on how fast each one was. A file that
    overruns a limit at one of its pages is read again without that page. Use it as a context: at the end it lets go of what has not begun.
    """

    def __init__(self, read: Callable[..., T], executor: Executor | None = None, at_page: Callable[[str, int, int], None] = nobody) -> None:
        """`read` makes something of a name, bytes and ReadOptions; with an executor it must pickle, as functions and partials of them do.

        `at_page` is told the label of the file whose result is waited for, the page that it is at, and how many it has.
        """
        self._read = read
        self._executor = executor
        self._at_page = at_page
        self._running: dict[str, Future[T | Failure]] = {}
        self._awaited: str | None = None

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
        if self._executor is not None and self._elsewhere(file) and file.sha256 not in self._running:
            self._running[file.sha256] = self._submitted(file, self._executor)

    async def result(self, file: Incoming) -> T | Failure:
        """What `read` made of a file, or why it made nothing, be it that the worker which had it was lost."""
        if self._executor is None or not self._elsewhere(file):
            return self._here(file)
        running = self._running.pop(file.sha256, None) or self._submitted(file, self._executor)
        self._awaited = file.sha256
        without = file.without_pages
        while True:
            found = await _outcome(file.name, running)
            if not isinstance(found, Overrun):
                return found
            if found.page is None or found.page in without or len(without) >= _LEAVES_OUT:
                return Failure(file.name, str(found))
            without |= {found.page}
            running = self._submitted(replace(file, without_pages=without), self._executor)

    def _elsewhere(self, file: Incoming) -> bool:
        return not (isinstance(self._executor, Apart) and self._executor.leaves(file.name, file.data))

    def _here(self, file: Incoming) -> T | Failure:
        try:
            return attempt(self._read, file.name, file.data, file.without_pages)
        except MemoryError:
            return Failure(file.name, _NO_MEMORY)

    def _submitted(self, file: Incoming, executor: Executor) -> Future[T | Failure]:
        given: tuple[Any, ...] = (file.name, file.data, file.without_pages) if file.without_pages else (file.name, file.data)
        try:
            if isinstance(executor, Processes):
                return executor.watched(partial(self._page, file), attempt, self._read, *given)
            return executor.submit(attempt, self._read, *given)
        except RuntimeError as error:  # a broken or closed executor refuses: the files that are left are named, and the run ends by itself
            refused: Future[T | Failure] = Future()
            refused.set_exception(error)
            return refused

    def _page(self, file: Incoming, number: int, of: int) -> None:
        if file.sha256 == self._awaited:
            self._at_page(file.label, number, of)

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


async def _outcome(name: str, running: Future[T | Failure]) -> T | Failure | Overrun:
    waiting = asyncio.wrap_future(running)
    try:
        await asyncio.wait([waiting])
    finally:
        waiting.cancel()
    if waiting.cancelled():
        return Failure(name, "the worker that was to read it went away; ingest it again")
    error = waiting.exception()
    if error is None:
        return waiting.result()
    if isinstance(error, Overrun):
        return error
    if not isinstance(error, Exception):
        raise error
    return _lost(name, error)


def _bytes(file: Incoming | Failure) -> int:
    return 0 if isinstance(file, Failure) else len(file.data)


def _lost(name: str, error: Exception) -> Failure:
    if isinstance(error, ArchiveError):
        return Failure(name, str(error))
    if isinstance(error, MemoryError):
        return Failure(name, _NO_MEMORY)
    if isinstance(error, BrokenExecutor):
        return Failure(name, "the process that read it died, for lack of memory or by a fault in a library; split the file or leave it out")
    said = " ".join(str(error).split())
    return Failure(name, f"the worker that read it was lost ({type(error).__name__}: {said}); ingest it again")


def _fault(name: str, error: Exception) -> Failure:
    return Failure(name, f"reading it failed with {type(error).__name__}: {error}; please report this as a bug and attach the file")
