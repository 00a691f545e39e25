"""Who reads pages says where it is, to whoever watches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.readers.pages import at_page, watched_by


def test_without_a_watcher_nothing_happens() -> None:
    seen: list[tuple[int, int]] = []
    at_page(1, 2)
    with watched_by(lambda number, of: seen.append((number, of))):
        pass
    at_page(2, 2)
    assert seen == []


def test_a_watcher_sees_the_pages_of_its_context_and_no_others() -> None:
    seen: list[tuple[int, int]] = []
    with watched_by(lambda number, of: seen.append((number, of))):
        at_page(1, 3)
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(at_page, 7, 9).result()
        at_page(2, 3)
    assert seen == [(1, 3), (2, 3)]


def test_what_a_watcher_raises_ends_the_reading() -> None:
    def refuse(number: int, of: int) -> None:
        raise TimeoutError(f"page {number} of {of}")

    with watched_by(refuse), pytest.raises(TimeoutError, match="page 4 of 5"):
        at_page(4, 5)
