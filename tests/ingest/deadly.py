"""A file that kills whoever reads it; a module of its own, because processes import it when they are told to call it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any


def deadly(once: Path | None, fn: Callable[..., Any], read: object, name: str, data: bytes) -> object:
    """`fn`, unless the file is called b.txt: then the process dies; only the first time when `once` is a path for a mark."""
    if name == "b.txt" and not (once and once.exists()):
        if once:
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return fn(read, name, data)


class Sabotaged(Executor):
    def __init__(self, inner: Executor, once: Path | None = None) -> None:
        self.inner, self.once = inner, once

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.inner.submit(deadly, self.once, fn, *args, **kwargs)


def ends_its_process(*_: object) -> bytes:
    """Anything that a fault in a library does."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""
