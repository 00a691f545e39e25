"""Scans and photos: what a machine reads in them, where it stands, and how sure it is."""

from __future__ import annotations

import math

import pytest
from PIL import Image

from ingest.readers import ocr
from ingest.readers.printed_page import PrintedPage, turned_back
from tests.ingest.readers.pictures import picture_of

LINES = (
    "全县共有网格员350人，其中党员278人，占79.4%。",
    "二是建立健全基层治理工作机制，",
    "2023年农村居民人均可支配收入达到16857元。",
)


@pytest.fixture(scope="module")
def page() -> PrintedPage:
    return ocr.recognise(picture_of(LINES), number=3, scale=200 / 72)


def texts(page: PrintedPage) -> list[str]:
    return [line.text for line in page.lines]


def test_lines_are_read_to_the_character(page: PrintedPage) -> None:
    assert texts(page) == list(LINES)


def test_the_size_of_the_page_and_of_its_characters_is_in_points(page: PrintedPage) -> None:
    assert (page.number, page.width, page.height) == (3, 595.1, 248.0)
    assert all(13 <= line.size <= 15 for line in page.lines)


def test_a_figure_has_a_box_and_a_confidence_of_its_own(page: PrintedPage) -> None:
    figure = next(piece for piece in page.lines[0].pieces if piece.text == "350")
    assert figure.confidence is not None and figure.confidence > 0.9
    assert abs(figure.box.x0 - (72 + 7 * 14)) < 5 and abs(figure.box.x1 - (72 + 7 * 14 + 3 * 7.6)) < 5


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_and_its_boxes_lead_to_the_picture_as_it_is(degrees: int) -> None:
    upright = picture_of(LINES)
    turned = ocr.recognise(upright.rotate(degrees, expand=True), scale=200 / 72)
    assert texts(turned) == list(LINES)
    first = turned.lines[0].box
    shown = turned_back(first, turned)
    width, height = 595.1, 248.0
    x, y = (first.x0 + first.x1) / 2, (first.top + first.bottom) / 2
    expected = {90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[degrees]
    assert ((shown.x0 + shown.x1) / 2, (shown.top + shown.bottom) / 2) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("degrees", [-4.0, -1.0, 1.0, 4.0])
def test_the_lines_of_a_slightly_turned_page_stand_level_and_in_order(degrees: float) -> None:
    turned = picture_of(LINES).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    page = ocr.recognise(turned, scale=200 / 72)
    assert texts(page) == list(LINES)
    assert all(line.box.bottom - line.box.top < 1.6 * line.size for line in page.lines)
    left, right = page.lines[0].pieces[0], page.lines[0].pieces[-1]
    fall = turned_back(right.box, page).bottom - turned_back(left.box, page).bottom
    assert fall == pytest.approx(-math.tan(math.radians(degrees)) * (right.box.x0 - left.box.x0), abs=6)


def test_the_same_picture_is_read_the_same() -> None:
    assert ocr.recognise(picture_of(LINES)) == ocr.recognise(picture_of(LINES))


@pytest.mark.parametrize("colour", ["white", "#7f7f7f", "black"])
def test_a_page_without_writing_has_no_lines(colour: str) -> None:
    assert ocr.recognise(Image.new("RGB", (800, 600), colour)).lines == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3)])
def test_a_picture_too_small_for_writing_has_no_lines(size: tuple[int, int]) -> None:
    assert ocr.recognise(Image.new("L", size, 255)).lines == ()
