"""Pictures as files: formats, pages, how they lie, and what is refused before it is unpacked."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from archive.errors import UnreadableFile
from archive.records import SourceState, TextLayer
from ingest.readers import ocr, read
from ingest.readers.base import ReadOptions
from tests.ingest.readers.pictures import picture_of

LINE = "全县共有网格员350人，其中党员278人。"


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("form", "name", "media_type"),
    [
        ("PNG", "scan.png", "image/png"),
        ("JPEG", "photo.JPG", "image/jpeg"),
        ("JPEG", "no extension", "image/jpeg"),
        ("TIFF", "fax.tif", "image/tiff"),
        ("BMP", "scan.bmp", "image/bmp"),
        ("WEBP", "page.webp", "image/webp"),
        ("GIF", "page.gif", "image/gif"),
    ],
)
def test_each_format_is_read(form: str, name: str, media_type: str) -> None:
    raw = read(name, saved(picture_of([LINE]), form))
    assert raw.text == LINE + "\n"
    assert (raw.source.media_type, raw.source.state, raw.text_layer, raw.pages) == (media_type, SourceState.READ, TextLayer.RECOGNISED, 1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_each_kind_of_pixels_is_read(mode: str) -> None:
    image = picture_of([LINE])
    deep = image.convert("L").convert("I").point(lambda value: value * 256)
    image = deep.convert("I;16") if mode == "I;16" else image.convert(mode)
    form = "TIFF" if mode == "CMYK" else "PNG"
    assert read("scan", saved(image, form)).text == LINE + "\n"


def test_writing_on_a_transparent_ground_is_read_as_if_it_stood_on_paper() -> None:
    image = picture_of([LINE]).convert("RGBA")
    alpha = image.convert("L").point(lambda value: 255 - value)
    image.paste((0, 0, 0), (0, 0, *image.size))
    image.putalpha(alpha)
    assert read("scan.png", saved(image, "PNG")).text == LINE + "\n"


def test_places_count_in_pixels_of_the_picture() -> None:
    raw = read("scan.png", saved(picture_of([LINE]), "PNG"))
    figure = next(one for one in raw.layout if one.span.of(raw.text) == "350")
    box = figure.location.box
    assert box is not None and figure.location.page == 1 and figure.location.confidence is not None
    assert box.x0 == pytest.approx((72 + 7 * 14) * 200 / 72, abs=14) and box.top == pytest.approx(72 * 200 / 72, abs=25)


def test_a_photo_is_read_the_way_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right to show it
    held = picture_of([LINE]).transpose(Image.Transpose.ROTATE_90)
    raw = read("photo.jpg", saved(held, "JPEG", exif=exif, quality=90))
    upright = read("photo.jpg", saved(picture_of([LINE]), "JPEG", quality=90))
    assert raw.text == upright.text == LINE + "\n"
    boxes = [one.location.box for raw in (raw, upright) for one in raw.layout[:1]]
    assert boxes[0] == pytest.approx(boxes[1], abs=3)


def test_the_pictures_of_a_tiff_are_its_pages() -> None:
    second = "二是建立健全基层治理工作机制。"
    data = saved(picture_of([LINE]), "TIFF", save_all=True, append_images=[picture_of([second])])
    raw = read("fax.tiff", data)
    assert raw.pages == 2 and [one.location.page for one in raw.layout][-1] == 2
    assert LINE in raw.text and second in raw.text
    without = read("fax.tiff", data, options=ReadOptions(without_pages=frozenset({1})))
    assert second in without.text and LINE not in without.text and without.source.state is SourceState.PARTIAL


def test_of_a_moving_gif_the_first_picture_is_read() -> None:
    data = saved(picture_of([LINE]), "GIF", save_all=True, append_images=[picture_of(["第二幅"])])
    raw = read("moving.gif", data)
    assert raw.text == LINE + "\n" and raw.pages == 1


def test_a_long_screenshot_is_read_to_its_end() -> None:
    lines = [f"第{number}项：投入资金{number * 37}万元。" for number in range(1, 41)]
    image = picture_of(lines, points=16, scale=2.0).crop((0, 0, 640, 2 * (164 + 32 * 40)))
    assert image.height > 4 * image.width
    text = read("screen.png", saved(image, "PNG")).text
    assert [line for line in lines if line not in text] == []


@pytest.mark.parametrize(("ink", "paper"), [("white", "#203040"), ("#909090", "#c8c8c8"), ("#c01010", "#fff0d0")])
def test_colours_and_weak_contrast_do_not_matter(ink: str, paper: str) -> None:
    assert read("scan.png", saved(picture_of([LINE], ink=ink, paper=paper), "PNG")).text == LINE + "\n"


def test_a_picture_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no text was found in it"):
        read("sky.png", saved(Image.new("RGB", (400, 300), "#88aaff"), "PNG"))


@pytest.mark.parametrize("cut", [0.02, 0.5])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP"])
def test_a_picture_cut_short_is_refused(form: str, cut: float) -> None:
    data = saved(picture_of([LINE] * 3), form)
    with pytest.raises(UnreadableFile, match="damaged"):
        read(f"scan.{form.lower()}", data[: int(len(data) * cut)])


def test_a_picture_that_would_unpack_to_an_enormous_size_is_refused_by_its_head() -> None:
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(UnreadableFile, match="80,000,000"):
        read("bomb.png", bomb)


def test_a_picture_just_above_the_limit_is_refused_too() -> None:
    with pytest.raises(UnreadableFile, match="90,000,000 pixels"):
        read("large.png", saved(Image.new("1", (9_000, 10_000)), "PNG"))


def test_without_the_extra_a_picture_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(UnreadableFile, match=r"fangzhi\[ocr\]"):
        read("scan.png", saved(picture_of([LINE]), "PNG"))


def test_nothing_is_fetched_and_nothing_printed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    from ingest.readers import ocr_engine

    ocr_engine._engine.cache_clear()
    assert read("scan.png", saved(picture_of([LINE]), "PNG")).text == LINE + "\n"
    assert capfd.readouterr() == ("", "")


def test_a_heic_photo_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match=r"HEIC.*JPEG"):
        read("photo.heic", bytes.fromhex("00000018667479706865696300000000"))
