"""Processes that extract, made so that one which dies costs only the file that kills it; and the proof that two machines run one code."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from multiprocessing import resource_tracker
from threading import Lock, local
from typing import Any, ParamSpec, TypeVar

from archive.errors import ArchiveError
from ingest.child import Child, Died
from ingest.limits import Limit, Limits, Overrun
from ingest.readers.pages import Watcher
from ingest.readers.soffice import version_mark
from search.analysis import fingerprint

P = ParamSpec("P")
T = TypeVar("T")

_CODE = ("archive", "ingest")  # the packages whose code and data decide what an extraction gives, beside what `fingerprint` covers
_SOURCES = (".py", ".toml", ".json", ".csv", ".txt", ".xz")
_READING = (
    *("charset-normalizer", "lxml", "markdown-it-py", "olefile", "pillow", "pyahocorasick", "pypdfium2", "rapidfuzz", "xlrd"),
    *("pdfplumber", "pdfminer.six", "trafilatura", "courlan", "htmldate", "justext"),  # two, and what they stand on
    *("rapidocr", "onnxruntime", "opencv-python"),  # where they are installed
)
"""Other packages that decide it; `fingerprint` has the dictionary's version. What opens archives is not among them: that is never done on
another machine."""


class Processes(Executor):
    """`count` processes, each with a thread here that feeds it, so that it is known which call killed a process.

    The call of a process that died is made once more, alone among such calls and in a fresh process, because lack of memory may have been
    its neighbours' doing. If that one dies too, the call fails with Overrun, and so does one that overruns the `limits`, at once. The
    others never notice. Processes start when they are needed and end with this one, however it ends.
    """

    def __init__(self, count: int, limits: Limits | None = None) -> None:
        self.limits = limits
        self._threads = ThreadPoolExecutor(count, "fangzhi worker", initializer=_leave_interrupts_to_the_main_thread)
        self._mine = local()
        self._changing = Lock()
        self._alone = Lock()
        self._alive: set[Child] = set()
        self._beside: Child | None = None
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn`, which must pickle with all that it is given and gives, in one of the processes."""
        return self._threads.submit(self._call, None, fn, args, kwargs)

    def watched(self, watcher: Watcher, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """`submit`, and `watcher` is told of the pages that are read, in another thread than this one."""
        return self._threads.submit(self._call, watcher, fn, args, kwargs)

    def stream(self, fn: Callable[..., Iterator[T]], *args: Any) -> Iterator[T]:
        """The items of the iterator that `fn` gives, one at a time, from a process beside the others.

        That process is kept for the next stream when this one comes to its end: to start one takes a second. Raises Overrun, and what `fn`
        raises.
        """
        child = self._taken_beside() or self._started()
        whole = False
        try:
            yield from child.stream(fn, *args)
            whole = child.fresh
        except Died:
            raise Overrun(Limit.LIFE, self.limits or Limits()) from None
        finally:
            if not (whole and self._left_beside(child)):
                self._ended(child)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when they have done what was asked for, or at once with `wait=False`."""
        if not wait:
            self._kill()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures or not wait)
        self._kill()

    def _kill(self) -> None:
        with self._changing:
            self._closed = True
            for child in self._alive:
                child.end()
            self._alive.clear()

    def _call(self, watcher: Watcher | None, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        try:
            return self._asked(watcher, fn, args, kwargs)
        except Died:
            pass
        with self._alone:
            try:
                return self._asked(watcher, fn, args, kwargs)
            except Died as death:
                raise Overrun(Limit.LIFE, self.limits or Limits(), death.page) from None

    def _asked(self, watcher: Watcher | None, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        child: Child | None = getattr(self._mine, "child", None)
        if child is None:
            child = self._mine.child = self._started()
        try:
            return child.call(fn, args, kwargs, watcher)
        finally:
            if not child.fresh:
                self._mine.child = None
                self._ended(child)

    def _started(self) -> Child:
        with self._changing:
            if self._closed:
                raise BrokenExecutor("the processes were ended")
            child = Child(self.limits)
            self._alive.add(child)
            return child

    def _taken_beside(self) -> Child | None:
        with self._changing:
            child, self._beside = self._beside, None
        if child is not None and not child.alive:
            self._ended(child)
            return None
        return child

    def _left_beside(self, child: Child) -> bool:
        with self._changing:
            if self._beside is None and not self._closed:
                self._beside = child
            return self._beside is child

    def _ended(self, child: Child) -> None:
        with self._changing:
            if child in self._alive:
                child.end()
                self._alive.remove(child)


class Apart(Processes):
    """One process for the files whose reading has to be limited; what `leaves` says is better read here, without the way there and back."""

    def __init__(self, limits: Limits, leaves: Callable[[str, bytes], bool]) -> None:
        super().__init__(1, limits)
        self.leaves = leaves


def _leave_interrupts_to_the_main_thread() -> None:
    """Processes inherit this from the thread that starts them: Ctrl-C reaches the whole group, and one of it is to answer."""
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # starting it, which the first process does, would undo what follows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@cache
def identity() -> str:
    """The version of Fangzhi, and a hash of all that decides what an extraction gives; two machines with one identity give one output."""
    found = hashlib.sha256(fingerprint().encode())
    for name in _READING:
        found.update(f"{name} {_version(name)}\0".encode())
    found.update(version_mark())
    for package in _CODE:
        _add(found, files(package), package)
    try:
        return f"{version('fangzhi')} ({found.hexdigest()[:12]})"
    except PackageNotFoundError:
        return f"not installed ({found.hexdigest()[:12]})"


def _version(package: str) -> str:
    """Of an installed package; one that may be missing, and is, makes another output too."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _add(found: Any, folder: Traversable, path: str) -> None:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            _add(found, item, f"{path}/{item.name}")
        elif item.name.endswith(_SOURCES):
            found.update(f"{path}/{item.name}\0".encode() + hashlib.sha256(item.read_bytes()).digest())


class SameCode(Executor):
    """An executor of other machines that does nothing where another Fangzhi is installed, also on machines that join later."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn` there; the future raises ArchiveError where the code is another one."""
        return self._inner.submit(partial(_same_code, identity(), fn), *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As the inner one does."""
        self._inner.shutdown(wait)


def _same_code(expected: str, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    if identity() != expected:
        raise ArchiveError(f"the worker runs Fangzhi {identity()} and this is {expected}; install the same on both and ingest it again")
    return fn(*args, **kwargs)
