"""What leads from one text to another: nothing is lost, whole numbers change, and long texts cost no more than their length."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import Span
from archive.text_changes import LONGEST, Change, ChangeKind, equal_share, image, text_changes
from tests.cleaning.prose import SENTENCES

TEXT = "".join(SENTENCES)


def replayed(before: str, after: str, changes: tuple[Change, ...]) -> str:
    """`before` with the changes made."""
    pieces: list[str] = []
    at = 0
    for change in changes:
        assert change.before.start >= at
        pieces += [before[at : change.before.start], change.after.of(after)]
        at = change.before.end
    return "".join([*pieces, before[at:]])


def told(before: str, after: str) -> list[tuple[ChangeKind, str, str]]:
    changes = text_changes(before, after)
    assert replayed(before, after, changes) == after
    return [(change.kind, change.before.of(before), change.after.of(after)) for change in changes]


def test_a_corrected_figure_is_one_change_of_a_whole_number() -> None:
    assert told("全县建成村级站点128个，覆盖率97.5%。", "全县建成村级站点158个，覆盖率97.8%。") == [
        (ChangeKind.REPLACED, "128", "158"),
        (ChangeKind.REPLACED, "97.5", "97.8"),
    ]


def test_a_paragraph_that_was_cut_is_deleted_and_one_that_came_is_inserted() -> None:
    cut = SENTENCES[10]
    assert told(TEXT, TEXT.replace(cut, "")) == [(ChangeKind.DELETED, cut, "")]
    assert told(TEXT.replace(cut, ""), TEXT) == [(ChangeKind.INSERTED, "", cut)]


def test_a_paragraph_that_was_moved_is_deleted_here_and_inserted_there() -> None:
    moved = SENTENCES[3]
    changes = told(TEXT, TEXT.replace(moved, "") + moved)
    assert [(kind, len(before), len(after)) for kind, before, after in changes] == [
        (ChangeKind.DELETED, len(moved), 0),
        (ChangeKind.INSERTED, 0, len(moved)),
    ]


def test_the_same_text_has_no_changes_and_two_that_share_nothing_are_one() -> None:
    assert text_changes(TEXT, TEXT) == ()
    assert equal_share(TEXT, TEXT, ()) == 1.0
    changes = text_changes("甲乙丙丁" * 30, "子丑寅卯" * 30)
    assert changes == (Change(Span(0, 120), Span(0, 120)),)
    assert equal_share("甲乙丙丁" * 30, "子丑寅卯" * 30, changes) == 0.0


def test_nothing_beside_something_is_one_change() -> None:
    assert told("", "甲乙") == [(ChangeKind.INSERTED, "", "甲乙")]
    assert told("甲乙", "") == [(ChangeKind.DELETED, "甲乙", "")]
    assert told("", "") == []
    assert equal_share("", "", ()) == 1.0


@pytest.mark.parametrize(
    "text", ["的" * LONGEST, "一二三四五六七" * 14_000, "".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(LONGEST))]
)
def test_texts_of_any_shape_and_the_greatest_length_are_compared(text: str) -> None:
    for other in (text[::-1], text[1000:] + text[:1000], "字" + text[:-1], text.replace("五", "伍", 500)):
        assert replayed(text, other, text_changes(text, other)) == other


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(ValueError, match="100001"):
        text_changes("字" * (LONGEST + 1), "字")


small = st.text(alphabet="甲乙丙12.，", max_size=60)
edits = st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 200), st.text(alphabet="甲乙丙12.，", max_size=30)), max_size=8)


@given(small, small)
@settings(max_examples=400, deadline=None)
def test_the_changes_always_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    changes = text_changes(before, after)
    assert replayed(before, after, changes) == after
    assert 0 <= equal_share(before, after, changes) <= 1
    assert all(above.before.end < below.before.start for above, below in pairwise(changes))


@given(edits)
@settings(max_examples=200, deadline=None)
def test_so_they_do_for_edited_prose(edits: list[tuple[int, int, str]]) -> None:
    after = TEXT
    for start, length, put in edits:
        after = after[:start] + put + after[start + length :]
    assert replayed(TEXT, after, text_changes(TEXT, after)) == after


@given(edits, st.integers(0, 1500), st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_what_no_change_touches_is_found_again_in_the_other_text(edits: list[tuple[int, int, str]], start: int, length: int) -> None:
    after = TEXT
    for at, taken, put in edits:
        after = after[:at] + put + after[at + taken :]
    changes = text_changes(TEXT, after)
    start = min(start, len(TEXT))
    span = Span(start, min(len(TEXT), start + length))
    there = image(span, changes)
    assert 0 <= there.start <= there.end <= len(after)
    if not any(change.before.start <= span.end and change.before.end >= span.start for change in changes):
        assert there.of(after) == span.of(TEXT)
