"""Where a quote stands in the file it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.layout import Box, Fragment, Location, confidence, locations
from archive.text import Edit, MappedText, Span

LINE = Fragment(0, 10, Location(page=1, box=Box(100, 50, 200, 62)))
NEXT = Fragment(11, 10, Location(page=2, box=Box(100, 50, 200, 62), confidence=0.9))


def test_a_box_is_narrowed_to_the_characters_that_are_asked_for() -> None:
    assert locations((LINE,), [Span(2, 5)]) == (Location(page=1, box=Box(120, 50, 150, 62)),)


def test_characters_below_each_other_are_narrowed_from_top_to_bottom() -> None:
    column = Fragment(0, 10, Location(page=1, box=Box(100, 50, 112, 150)))
    assert locations((column,), [Span(2, 5)]) == (Location(page=1, box=Box(100, 70, 112, 100)),)
    narrow = Fragment(0, 2, Location(page=1, box=Box(100, 50, 108, 66)))  # two letters of a line
    assert locations((narrow,), [Span(0, 1)]) == (Location(page=1, box=Box(100, 50, 104, 66)),)


def test_a_quote_over_two_pages_has_a_place_on_each() -> None:
    assert [place.page for place in locations((LINE, NEXT), [Span(8, 14)])] == [1, 2]


def test_characters_between_fragments_have_no_place() -> None:
    assert locations((LINE, NEXT), [Span(10, 11)]) == ()


def test_a_paragraph_is_named_once_however_many_ranges_lie_in_it() -> None:
    paragraph = Fragment(0, 30, Location(paragraph=4))
    assert locations((paragraph,), [Span(0, 5), Span(9, 12)]) == (Location(paragraph=4),)


def test_the_confidence_of_a_quote_is_that_of_its_least_sure_part() -> None:
    sure = Fragment(21, 5, Location(page=2, confidence=0.99))
    assert confidence((LINE, NEXT, sure), [Span(12, 25)]) == 0.9
    assert confidence((LINE,), [Span(0, 5)]) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12)), min_size=1, max_size=20), st.data())
def test_boxes_of_neighbouring_spans_touch_and_never_leave_their_line(gaps: list[tuple[int, int]], data: st.DataObject) -> None:
    at, fragments = 0, []
    for gap, length in gaps:
        at += gap
        fragments.append(Fragment(at, length, Location(page=1, box=Box(10, at, 10 + 5 * length, at + 1))))
        at += length
    whole = data.draw(st.sampled_from(fragments))
    cut = data.draw(st.integers(whole.start, whole.start + whole.length))
    parts = [place.box for span in (Span(whole.start, cut), Span(cut, whole.span.end)) for place in locations(tuple(fragments), [span])]
    assert parts[0] is not None
    assert parts[-1] is not None
    assert whole.location.box == Box(parts[0].x0, parts[0].top, parts[-1].x1, parts[-1].bottom)


@given(st.text(alphabet="甲乙丙 \n12", min_size=1, max_size=60), st.data())
def test_what_cleaning_leaves_of_a_source_range_is_found_again(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=len(text) > 1)))
    cleaned = MappedText.whole(text).edited([Edit(cuts[0], cuts[1])])
    asked = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    left = "".join(text[at] for at in range(*asked) if not cuts[0] <= at < cuts[1])
    found = cleaned.offsets.from_source(Span(*asked))
    assert (found.of(cleaned.text) if found else "") == left
