"""The page of a file that is being read: its reader says it, and whoever watches sees that it is alive, or where it is stuck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

Watcher: TypeAlias = Callable[[int, int], None]
"""Told the number of a page that is begun (from 1), and how many pages there are."""

_watcher: ContextVar[Watcher | None] = ContextVar("watcher of pages", default=None)


def at_page(number: int, of: int) -> None:
    """Say that page `number` (from 1) of `of` pages is begun; does nothing where nobody watches.

    Call it before each page, also before the picture of one is read, which may take longer than all else. In a process that is limited
    (`ingest.limits`) the time for a page begins here, and an overrun is laid to this page's account; the reader is then called again with
    the page in `ReadOptions.without_pages`.
    """
    watcher = _watcher.get()
    if watcher is not None:
        watcher(number, of)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Tell `watcher` of the pages that are begun in this context."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)
