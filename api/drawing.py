"""Pages to pictures, with boxes marked. Runs in a process of its own (api.page_images), because the files are strangers'."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, UnidentifiedImageError

from archive.errors import UnreadableFile
from archive.layout import Box
from ingest.limits import limit_memory

FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
"""Pillow's names of the media types of archive.addresses.DRAWN that it draws; PDFium draws the other one."""

MAX_PIXELS = 6_000_000  # of a picture: 2,000 by 3,000; a longer page comes out narrower than asked for
MEMORY = 1_000_000_000  # bytes over what the process has at rest: drawing a page of a large scan takes some 300 MB
_MARK = (255, 230, 90)  # yellow; what is multiplied by it stays black where it is black, and white letters on black turn yellow
_AROUND = 1.5  # points by which a mark is wider than the characters


def draw_bounded(path: str, media_type: str, page: int, width: int, boxes: Sequence[Box]) -> bytes:
    """`draw` in a process that is there for nothing else: its memory is bounded from now on."""
    _bound()
    return draw(path, media_type, page, width, boxes)


def draw(path: str, media_type: str, page: int, width: int, boxes: Sequence[Box]) -> bytes:
    """Page `page` of the file as PNG, `width` pixels wide at most, with `boxes` (in points) marked.

    Raises UnreadableFile when the file has no such page, or none that can be drawn.
    """
    try:
        drawn = _pdf(path, page, width) if media_type == "application/pdf" else _picture(path, FORMATS[media_type], page, width)
        return _png(_marked(*drawn, boxes))
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError, UnidentifiedImageError) as error:
        raise UnreadableFile(f"this page cannot be drawn ({type(error).__name__}); get the file itself") from None


def _pdf(path: str, page: int, width: int) -> tuple[Image.Image, float]:
    """The page, and how many pixels there are to a point."""
    import pypdfium2  # noqa: PLC0415 the server itself, which imports this module, never loads it

    try:
        pdf = pypdfium2.PdfDocument(path)
        try:
            one = pdf[page - 1]
            across, down = one.get_size()
            scale = _scale(across, down, width)
            return one.render(scale=scale).to_pil().convert("RGB"), scale
        finally:
            pdf.close()
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise UnreadableFile(f"this page cannot be drawn ({error}); get the file itself") from None


def _picture(path: str, form: str, page: int, width: int) -> tuple[Image.Image, float]:
    """As a viewer shows it, which is how it was read: the boxes count in the picture that the camera's mark has turned."""
    from ingest.readers.picture import unpacked  # noqa: PLC0415 as above

    with Path(path).open("rb") as file, Image.open(file, formats=[form]) as opened:
        opened.seek(page - 1)
        image = unpacked(opened)
        scale = min(1.0, _scale(*image.size, width))
        across, down = (max(1, round(side * scale)) for side in image.size)
        return image.convert("RGB").resize((across, down), Image.Resampling.LANCZOS, reducing_gap=2.0), scale


def _scale(across: float, down: float, width: int) -> float:
    if not (across > 0 and down > 0):
        raise UnreadableFile("this page has no size; get the file itself")
    return float(min(width / across, (MAX_PIXELS / (across * down)) ** 0.5))


def _marked(image: Image.Image, scale: float, boxes: Sequence[Box]) -> Image.Image:
    if not boxes:
        return image
    marks = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(marks)
    for box in boxes:
        x0, top = (box.x0 - _AROUND) * scale, (box.top - _AROUND) * scale
        x1, bottom = (box.x1 + _AROUND) * scale, (box.bottom + _AROUND) * scale
        if x1 >= x0 and bottom >= top:
            pen.rectangle((x0, top, x1, bottom), fill=_MARK)
    return ImageChops.multiply(image, marks)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@cache
def _bound() -> None:
    """Bound this process, once. Where the system has no such limit (Windows, macOS) the time and the pixels are bounded alone."""
    limit_memory(MEMORY)
