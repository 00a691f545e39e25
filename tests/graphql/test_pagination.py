"""Cursors are exact, and pages follow each other without gaps or repeats."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadCursor, BadRequest
from schema.pagination import check_first, check_offset, decode_cursor, encode_cursor, list_of, page_of
from search.criteria import Sort

RELEVANCE = list_of("search", Sort())
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20)
positions = st.lists(scalars, min_size=1, max_size=4).map(tuple)
lists = st.text(max_size=20).map(list_of)


@given(positions, lists)
def test_a_cursor_leads_back_to_its_position(position: tuple[str | int | float | bool | None, ...], listed: str) -> None:
    assert decode_cursor(encode_cursor(position, listed), listed) == position


@given(st.text(max_size=60))
def test_nothing_but_a_cursor_is_taken(text: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(text, RELEVANCE)


@pytest.mark.parametrize("change", ["{} ", " {}", "{}=", "{}==", "{}!", "{}\n", "{}A", "\x00{}"])
def test_base64_leniency_is_no_second_spelling(change: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(change.format(encode_cursor((1.5, "DOC-1"), RELEVANCE)), RELEVANCE)


def test_spare_bits_and_spaces_are_no_second_spelling() -> None:
    good = encode_cursor((1.5, "DOC-1"), RELEVANCE)
    data = json.loads(base64.urlsafe_b64decode(good + "=" * (-len(good) % 4)))
    with pytest.raises(BadCursor):
        decode_cursor(base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode(), RELEVANCE)


@pytest.mark.parametrize("other", [("search", Sort("published")), ("figures", Sort()), ("search", "网", Sort()), ("\ud800",), ()])
def test_a_cursor_of_another_list_is_refused(other: tuple[object, ...]) -> None:
    assert list_of(*other) == list_of(*other) != RELEVANCE
    with pytest.raises(BadCursor):
        decode_cursor(encode_cursor((1.5, "DOC-1"), list_of(*other)), RELEVANCE)


def test_an_endless_cursor_is_refused_unread() -> None:
    with pytest.raises(BadCursor):
        decode_cursor("A" * 10_000_000, RELEVANCE)


@pytest.mark.parametrize("first", [0, -1, 101, 10**9])
def test_first_has_bounds(first: int) -> None:
    with pytest.raises(BadRequest, match="between 1 and 100"):
        check_first(first)


def test_offset_has_bounds_and_goes_with_no_cursor() -> None:
    assert check_offset(None, "x") == 0
    assert check_offset(1000, None) == 1000
    for offset, after in ((-1, None), (1001, None), (0, "x")):
        with pytest.raises(BadRequest):
            check_offset(offset, after)


@given(st.integers(0, 30), st.integers(1, 10))
def test_a_list_in_memory_is_walked_once(length: int, first: int) -> None:
    items = [f"UNIT-{number}" for number in range(length)]
    seen: list[str] = []
    after = None
    for _ in range(length + 2):
        page = page_of(items, "list", str, first, after)
        seen += page.nodes
        assert page.total_count == length
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    assert seen == items


def test_a_cursor_of_an_item_that_is_gone_is_refused() -> None:
    cursor = page_of(["a", "b"], "list", str, 1, None).page_info.end_cursor
    with pytest.raises(BadCursor):
        page_of(["b"], "list", str, 1, cursor)
