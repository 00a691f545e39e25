"""Processes that extract, made so that one which dies costs only the file that kills it; and the proof that two machines run one code."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from threading import Lock, local
from typing import Any, ParamSpec, TypeVar

from archive.errors import ArchiveError
from search.analysis import fingerprint

P = ParamSpec("P")
T = TypeVar("T")

_SPAWN = get_context("spawn")  # a forked child would inherit the engine's writer and panic in it; a spawned one begins clean
_CODE = ("archive", "ingest")  # the packages whose code and data decide what an extraction gives, beside what `fingerprint` covers
_SOURCES = (".py", ".toml", ".json", ".csv", ".txt", ".xz")
_READING = ("charset-normalizer", "pyahocorasick")  # other packages that decide it; `fingerprint` has the dictionary's version


class Processes(Executor):
    """`count` processes, each with a thread here that feeds it, so that it is known which call killed a process.

    The call of a process that died is made once more, alone among such calls and in a fresh process, because lack of memory may have been
    its neighbours' doing. If that one dies too, the call fails with BrokenExecutor. The others never notice. Processes start when they are
    needed and end with this one, however it ends.
    """

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, "fangzhi worker", initializer=_leave_interrupts_to_the_main_thread)
        self._mine = local()
        self._changing = Lock()
        self._alone = Lock()
        self._alive: set[_Worker] = set()
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn`, which must pickle with all that it is given and gives, in one of the processes."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when they have done what was asked for, or at once with `wait=False`."""
        if not wait:
            self._kill()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures or not wait)
        self._kill()

    def _kill(self) -> None:
        with self._changing:
            self._closed = True
            for worker in self._alive:
                worker.end()
            self._alive.clear()

    def _call(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        worker: _Worker | None = getattr(self._mine, "worker", None)
        try:
            if worker is None:
                worker = self._mine.worker = self._started()
            return worker.call(fn, args, kwargs)
        except _Died:
            self._mine.worker = None
            self._ended(worker)
        with self._alone:
            worker = self._started()
            try:
                answer = worker.call(fn, args, kwargs)
            except _Died:
                self._ended(worker)
                raise BrokenExecutor("it ended its process twice") from None
            self._mine.worker = worker
            return answer

    def _started(self) -> _Worker:
        with self._changing:
            if self._closed:
                raise BrokenExecutor("the processes were ended")
            worker = _Worker()
            self._alive.add(worker)
            return worker

    def _ended(self, worker: _Worker | None) -> None:
        with self._changing:
            if worker in self._alive:
                worker.end()
                self._alive.remove(worker)


class _Died(Exception):
    """The process ended in the middle of a call."""


class _Worker:
    """A process and the pipe to it. When either side ends, the other one reads the end of the pipe."""

    def __init__(self) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def call(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        """What `fn` gives there, or what it raises. Raises _Died when the process ends before it answers."""
        try:
            self._pipe.send((fn, args, kwargs))
            done, answer = self._pipe.recv()
        except (EOFError, OSError):
            raise _Died from None
        if not done:
            raise answer
        return answer  # type: ignore[no-any-return]

    def end(self) -> None:
        """Kill it and wait for that; its pipe is closed when the thread that reads from it lets go of it."""
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            fn, args, kwargs = pipe.recv()
            try:
                answer: tuple[bool, Any] = (True, fn(*args, **kwargs))
            except Exception as error:  # whatever the call raises is raised where it was asked for
                answer = (False, error)
            pipe.send(answer)


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
        found.update(f"{name} {version(name)}\0".encode())
    for package in _CODE:
        _add(found, files(package), package)
    try:
        return f"{version('fangzhi')} ({found.hexdigest()[:12]})"
    except PackageNotFoundError:
        return f"not installed ({found.hexdigest()[:12]})"


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
