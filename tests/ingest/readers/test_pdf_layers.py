"""Text layers of PDFs: sound, doubled, broken, hidden behind scans, missing; turned pages and vertical writing."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from archive.errors import UnreadableFile
from archive.layout import Box, locations
from archive.records import TextLayer
from archive.text import Span
from ingest import readers
from ingest.readers import ocr
from ingest.readers.pdf_layers import Layer, soundness
from ingest.readers.printed import Piece, PrintedLine, PrintedPage
from tests.ingest.readers.pdfs import Drawing, drawn, one_page, stream

SENTENCE = "全县有网格员350人，走访农牧民家庭1200户。"


def scan(page: Drawing) -> None:
    """Cover the page with a picture."""
    file = BytesIO()
    Image.new("L", (60, 84), 200).save(file, "PNG")
    page.canvas.drawImage(ImageReader(BytesIO(file.getvalue())), 0, 0, *page.size)


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)


@pytest.fixture
def fake_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(image: Image.Image, number: int = 1, scale: float = 1.0) -> PrintedPage:
        box = Box(72, 100, 72 + 12 * len(SENTENCE), 112)
        return PrintedPage(number, image.width / scale, image.height / scale, (PrintedLine((Piece(SENTENCE, box, 0.97),), 12),))

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", recognise)


@pytest.mark.parametrize("offset", [0.0, 0.3])
def test_text_drawn_twice_to_look_bold_is_read_once(offset: float) -> None:
    def draw(page: Drawing) -> None:
        page.text(72, 100, SENTENCE)
        page.text(72 + offset, 100, SENTENCE)

    assert readers.read("a.pdf", drawn(draw)).text == f"{SENTENCE}\n"


def test_characters_drawn_twice_one_by_one_are_read_once() -> None:
    def draw(page: Drawing) -> None:
        for number, char in enumerate("网格员队伍建设"):
            page.text(72 + 12 * number, 100, char)
            page.text(72.4 + 12 * number, 100, char)

    assert readers.read("a.pdf", drawn(draw)).text == "网格员队伍建设\n"


def test_characters_that_repeat_in_the_text_stay() -> None:
    text = "户户通、人人到，111个、ll、……——"
    assert readers.read("a.pdf", drawn(lambda page: page.text(72, 100, text))).text == f"{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "The county has 350 grid workers.",
        "Das Dorf hat fünf Brücken über die Flüsse.",
        "",
        "臺灣縣政府推動社區發展與基層治理工作方案",
    ],
)
def test_ordinary_text_is_sound(text: str) -> None:
    assert soundness(text) is Layer.SOUND


@pytest.mark.parametrize(
    "text",
    [
        "\ue012\ue055\ue100\ue203 350",
        "(cid:12)(cid:55)(cid:1200)",
        "\ufffd\ufffd\ufffd县",
        SENTENCE.encode("gbk").decode("latin-1"),
        "网格员队伍建设是基层治理的重要抓手，全县选派机关干部到村任职".encode().decode("gbk", "ignore"),
    ],
    ids=["private use", "cid", "replaced", "GBK as Latin-1", "UTF-8 as GBK"],
)
def test_a_layer_without_meaning_is_broken(text: str) -> None:
    assert soundness(text) is Layer.BROKEN


@pytest.mark.usefixtures("no_ocr")
def test_a_scan_without_text_is_refused_with_the_advice() -> None:
    with pytest.raises(UnreadableFile, match=r"picture without text.*fangzhi\[ocr\]"):
        readers.read("a.pdf", drawn(scan))


@pytest.mark.usefixtures("no_ocr")
def test_a_scanned_page_among_others_is_named_in_a_warning() -> None:
    def draw(page: Drawing) -> None:
        page.text(72, 100, SENTENCE)
        page.page()
        scan(page)

    raw = readers.read("a.pdf", drawn(draw))
    assert raw.text == f"{SENTENCE}\n"
    assert raw.source.warnings[0].startswith("page 2 is a picture without text")
    assert raw.text_layer is TextLayer.NATIVE


@pytest.mark.usefixtures("fake_ocr")
def test_scanned_pages_are_read_by_the_machine_and_the_others_are_not() -> None:
    def draw(page: Drawing) -> None:
        page.text(72, 100, "第一页有文字。")
        page.page()
        scan(page)

    raw = readers.read("a.pdf", drawn(draw))
    assert raw.text == f"第一页有文字。\n{SENTENCE}\n"
    assert raw.text_layer is TextLayer.MIXED
    assert raw.source.warnings == ()
    assert locations(raw.layout, [Span(9, 12)])[0].confidence == 0.97


@pytest.mark.usefixtures("fake_ocr")
def test_a_page_whose_characters_have_no_meaning_is_read_from_its_picture() -> None:
    data = one_page(stream(b"BT /F 12 Tf 72 700 Td <C8ABCFD8D3D0CDF8B8F1D4B1B6D3CEE9BDA8C9E8> Tj ET"))
    raw = readers.read("a.pdf", data)
    assert raw.text == f"{SENTENCE}\n"
    assert raw.text_layer is TextLayer.RECOGNISED


def test_a_sound_layer_behind_a_scan_is_used() -> None:
    def draw(page: Drawing) -> None:
        scan(page)
        text = page.canvas.beginText(72, 700)
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        text.textLine(SENTENCE)
        page.canvas.drawText(text)

    raw = readers.read("a.pdf", drawn(draw))
    assert raw.text == f"{SENTENCE}\n"
    assert raw.text_layer is TextLayer.RECOGNISED


def test_text_that_nobody_sees_is_not_read() -> None:
    def draw(page: Drawing) -> None:
        page.text(72, 100, SENTENCE)
        text = page.canvas.beginText(72, 600)
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        text.textLine("看不见的字")
        page.canvas.drawText(text)

    assert readers.read("a.pdf", drawn(draw)).text == f"{SENTENCE}\n"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int) -> None:
    def draw(page: Drawing) -> None:
        canvas = page.canvas
        canvas.setPageRotation(turn)
        canvas.rotate(turn)
        canvas.translate(*{90: (0, -595), 180: (-595, -842), 270: (-595, 0)}[turn])
        page.text(72, 842 - 400, SENTENCE)
        page.text(72, 842 - 420, "上面一行。")

    raw = readers.read("a.pdf", drawn(draw))
    assert "".join(raw.text.split()) == f"上面一行。{SENTENCE}"
    (place, *_) = locations(raw.layout, [Span(raw.text.index("全县"), raw.text.index("全县") + 2)])
    assert place.box is not None
    assert abs(place.box.x0 - 72) < 1


def test_text_that_lies_on_its_side_is_read_and_its_boxes_stand_on_the_page() -> None:
    def draw(page: Drawing) -> None:
        page.canvas.rotate(90)
        page.text(100, 842 + 200, SENTENCE)
        page.text(100, 842 + 220, "第二行。")

    raw = readers.read("a.pdf", drawn(draw))
    assert "".join(raw.text.split()) == f"{SENTENCE}第二行。"
    (place,) = locations(raw.layout, [Span(0, 1)])
    assert place.box is not None
    assert (round(place.box.x1), round(place.box.bottom)) == (202, 742)


def test_vertical_writing_is_read_from_the_right_to_the_left() -> None:
    def draw(page: Drawing) -> None:
        for column, text in enumerate(("网格员走进家家户户", "清水流进了牧民家里")):
            for row, char in enumerate(text):
                page.text(400 - 24 * column, 100 + 14 * row, char)

    raw = readers.read("a.pdf", drawn(draw))
    assert "".join(raw.text.split()) == "网格员走进家家户户清水流进了牧民家里"
    (place,) = locations(raw.layout, [Span(0, 1)])
    assert place.box is not None
    assert abs(place.box.x0 - 400) < 4
    assert abs(place.box.top - 89) < 2


def test_radicals_that_look_like_characters_are_read_as_these() -> None:
    from ingest.readers.pdf_lines import lines_of
    from ingest.readers.pdf_run import Run

    assert lines_of([Run(list("⼀⼈"), [72, 84], 100, 12, x1=96)])[0].text == "一人"
