"""Places of words on pages that are turned: they cover what a viewer shows there."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import ImageChops

from archive.layout import locations
from archive.text import Span
from ingest import readers
from ingest.readers.printed_page import around
from tests.ingest.readers.pdfs import A4, SONG, Drawing, drawn

SIZE = 12
BEFORE, MARKED, AFTER = "全县选聘网格员", "三百五十人", "化解矛盾纠纷上千件"


def page_with_red_words(page_turn: int, text_turn: int) -> bytes:
    """One line in the middle of a page, the marked words in red, turned by `text_turn` on a page that is shown turned by `page_turn`."""

    def draw(page: Drawing) -> None:
        canvas, x = page.canvas, 180.0
        canvas.setPageRotation(page_turn)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(text_turn)
        canvas.translate(-A4[0] / 2, -A4[1] / 2)
        canvas.setFont(SONG, SIZE)
        for text, red in ((BEFORE, 0), (MARKED, 1), (AFTER, 0)):
            canvas.setFillColorRGB(red, 0, 0)
            canvas.drawString(x, A4[1] / 2 - 4, text)
            x += SIZE * len(text)

    return drawn(draw)


@pytest.mark.parametrize("text_turn", [0, 90, 180, 270])
@pytest.mark.parametrize("page_turn", [0, 90, 180, 270])
def test_the_place_of_words_is_where_a_viewer_shows_them(page_turn: int, text_turn: int) -> None:
    data = page_with_red_words(page_turn, text_turn)
    raw = readers.read("a.pdf", data)
    start = raw.text.index(MARKED)
    places = locations(raw.layout, [Span(start, start + len(MARKED))])
    place = around([found.box for found in places if found.box])
    red, green, _ = pypdfium2.PdfDocument(data)[0].render().to_pil().convert("RGB").split()
    shown = ImageChops.subtract(red, green).point(lambda level: 255 * (level > 64)).getbbox()
    assert shown is not None
    assert all(abs(one - other) < 3 for one, other in zip(place, shown, strict=True)), (place, shown)


@pytest.mark.parametrize("closer", [0.0, 0.25, 0.5])
@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_words_behind_a_mark_that_was_set_closer_are_found_where_they_stand(closer: float, spread: float) -> None:
    """Programs set marks of punctuation closer, and justify lines by moving all characters apart."""
    text = f"{BEFORE}，{MARKED}，{AFTER}"
    lefts = [100.0]
    for char in text:
        lefts.append(lefts[-1] + SIZE * (1 - closer * (char == "，")) + spread)

    def draw(page: Drawing) -> None:
        for char, x in zip(text, lefts, strict=False):
            page.text(x, 100, char, SIZE)

    raw = readers.read("a.pdf", drawn(draw))
    for start, char in enumerate(text):
        if char != "，":
            (place,) = locations(raw.layout, [Span(start, start + 1)])
            assert place.box is not None
            assert abs(place.box.x0 - lefts[start]) < 1.2
