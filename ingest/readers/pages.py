"""The page of a file that is being read: its reader says it, and whoever watches sees that it is alive, or where it is stuck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeAlias

Watcher: TypeAlias = Callable[[int, int], None]
"""Told the number of a page that is begun (from 1), and how many pages there are."""

_NAMED = 8


class _Watching(NamedTuple):
    at_page: Watcher
    has_text: Callable[[int], None] | None


_watching: ContextVar[_Watching | None] = ContextVar("who watches a file being read", default=None)


def at_page(number: int, of: int) -> None:
    """Say that page `number` (from 1) of `of` pages is begun; does nothing where nobody watches.

    Call it before each page, also before the picture of one is read, which may take longer than all else. In a process that is limited
    (`ingest.limits`) the time for a page begins here, and an overrun is laid to this page's account; the reader is then called again with
    the page in `ReadOptions.without_pages`.
    """
    watching = _watching.get()
    if watching is not None:
        watching.at_page(number, of)


def has_text(characters: int) -> None:
    """Say that the reader is done with a file of so many characters, and the pipeline begins; for `ingest.reading` alone."""
    watching = _watching.get()
    if watching is not None and watching.has_text is not None:
        watching.has_text(characters)


@contextmanager
def watched_by(at_page: Watcher, has_text: Callable[[int], None] | None = None) -> Iterator[None]:
    """Tell `at_page` of the pages that are begun in this context, and `has_text` of the texts that were read."""
    token = _watching.set(_Watching(at_page, has_text))
    try:
        yield
    finally:
        _watching.reset(token)


def pages_named(numbers: Sequence[int]) -> str:
    """Some pages of a file, as a remark on them begins."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    listed = ", ".join(map(str, numbers[:_NAMED]))
    return f"each of pages {listed}" + (f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else "")
