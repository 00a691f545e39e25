"""A quote leads back to the characters that it was read from, whatever cleaning did around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import Edit, MappedText, Span

TEXT = st.text(alphabet="网格员350人，。\n 　ab", max_size=60)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, MappedText]:
    source = draw(TEXT)
    page = MappedText.whole(source)
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(page.text)), max_size=6)))
        inserts = draw(st.lists(st.sampled_from(["", "\n", " "]), min_size=6, max_size=6))
        edits = [Edit(start, end, insert) for (start, end), insert in zip(list(pairwise(cuts))[::2], inserts, strict=False)]
        page = page.edited(edits)
    return source, page


@given(edited_texts(), st.data())
def test_every_character_that_cleaning_kept_stands_at_its_place_in_the_source(case: tuple[str, MappedText], data: st.DataObject) -> None:
    source, page = case
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    read_back = "".join(piece.of(source) for piece in page.offsets.to_source(Span(start, end)))
    quote = page.text[start:end]
    visible = "".join(read_back.split())
    assert visible == "".join(quote.split())
    for index in range(start, end):
        pieces = page.offsets.to_source(Span(index, index + 1))
        if pieces:
            assert pieces[0].of(source) == page.text[index]
        else:
            assert page.text[index].isspace()


@given(edited_texts(), st.data())
def test_a_slice_leads_back_to_the_same_places_as_the_whole(case: tuple[str, MappedText], data: st.DataObject) -> None:
    _, page = case
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    part = page.slice(Span(start, end))
    assert part.text == page.text[start:end]
    assert part.offsets.to_source(Span(0, len(part.text))) == page.offsets.to_source(Span(start, end))


def test_a_mended_line_break_leaves_two_pieces_of_the_source() -> None:
    page = MappedText.whole("科学确\n\n定包户").edited([Edit(3, 5)])
    assert page.text == "科学确定包户"
    assert page.offsets.to_source(Span(2, 4)) == (Span(2, 3), Span(5, 6))


@pytest.mark.parametrize("edits", [[Edit(2, 4), Edit(3, 5)], [Edit(0, 99)], [Edit(3, 2)]])
def test_edits_that_overlap_or_run_over_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        MappedText.whole("网格员350人").edited(edits)


def test_cleaning_may_not_write_characters_of_its_own() -> None:
    with pytest.raises(ValueError, match="white space"):
        MappedText.whole("网格员").edited([Edit(0, 1, "网")])
