"""Scans and photos: each picture of a file is a page, read by `ingest.readers.ocr`."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from archive.errors import UnreadableFile
from archive.layout import Layout
from archive.records import TextLayer
from ingest.readers import ocr
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.pages import at_page
from ingest.readers.printed import compose
from ingest.readers.printed_page import PrintedPage
from ingest.stages import RawText

MOST_PIXELS = 80_000_000
"""Pixels of one picture: A3 at 600 to the inch has 70 million. The head of the file is asked before anything is unpacked."""
MOST_PAGES = 1_000
"""Pictures of one TIFF file."""
HARD_TO_READ = 0.5
"""Mean confidence below which the whole is doubtful."""

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error)
"""What the library raises for files that are cut short or made up."""


@dataclass(slots=True)
class PictureReader:
    """Pictures of one format; only `name` and what the format is told by differ."""

    name: str
    extensions: Sequence[str]
    media_types: Sequence[str]
    magic: Sequence[bytes]

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text that stands in the pictures of the file; a place counts in pixels of the picture as it is shown, from 1 the pages.

        Raises UnreadableFile when the file is damaged or too large, holds no text, or when pictures cannot be read here.
        """
        if not ocr.available():
            raise UnreadableFile(f"it is a picture, and pictures cannot be read here; {ocr.ADVICE}")
        remarks: list[str] = []
        pages, count = _pages(data, options, remarks)
        composed = compose(pages)
        built = composed.built
        if not built.text.strip():
            said = f" ({'; '.join(remarks)})" if remarks else ""
            raise UnreadableFile(f"no text was found in it{said}; leave it out, or photograph it again closer and sharper")
        if (sure := _sureness(built.layout)) < HARD_TO_READ:
            remarks.append(f"its writing is hard to read (confidence {sure:.2f}); hold every figure against the picture, or scan it again")
        return composed.raw(source_of(self, name, data, [*remarks, *composed.remarks]), self.name, count, TextLayer.RECOGNISED)


PICTURES: tuple[PictureReader, ...] = (
    PictureReader("PNG image", (".png",), ("image/png",), (b"\x89PNG\r\n\x1a\n",)),
    PictureReader("JPEG image", (".jpg", ".jpeg"), ("image/jpeg",), (b"\xff\xd8\xff",)),
    PictureReader("TIFF image", (".tif", ".tiff"), ("image/tiff",), (b"II*\0", b"MM\0*")),
    PictureReader("GIF image", (".gif",), ("image/gif",), (b"GIF87a", b"GIF89a")),
    PictureReader("BMP image", (".bmp",), ("image/bmp",), ()),
    PictureReader("WebP image", (".webp",), ("image/webp",), ()),
)
"""BMP and WebP go by their extensions: texts begin with BM, and sounds with RIFF."""


def opened(data: bytes) -> Image.Image:
    """The picture in `data`, nothing of it unpacked yet.

    Raises UnreadableFile when it is damaged, or larger than MOST_PIXELS.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise UnreadableFile(f"it has more than {MOST_PIXELS:,} pixels; scan it at 200 or 300 to the inch") from None
    except DAMAGE:
        raise UnreadableFile("it is no picture that can be opened, or is damaged; fetch it again, or scan it anew") from None
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableFile(
            f"it has {image.width * image.height:,} pixels and the limit is {MOST_PIXELS:,}; scan it at 200 or 300 to the inch"
        )
    return image


def unpacked(image: Image.Image) -> Image.Image:
    """The picture with its pixels, as a viewer shows it (cameras write down how they were held)."""
    image.load()
    shown = ImageOps.exif_transpose(image)
    if shown.mode.startswith("I"):
        return shown.convert("F").point(lambda value: value * (1 / 256)).convert("L")
    return shown


def _pages(data: bytes, options: ReadOptions, remarks: list[str]) -> tuple[list[PrintedPage], int]:
    image = opened(data)
    several = image.format == "TIFF"  # the other frames of a GIF move, and those of a phone's JPEG are previews
    count = min(getattr(image, "n_frames", 1), MOST_PAGES + 1) if several else 1
    if count > MOST_PAGES:
        raise UnreadableFile(f"it has more than {MOST_PAGES:,} pictures; split it")
    pages: list[PrintedPage] = []
    for number in range(1, count + 1):
        if number in options.without_pages:
            remarks.append(f"page {number} took too much time or memory and was left out")
            continue
        at_page(number, count)
        try:
            pages.append(_page(image, number))
        except DAMAGE:
            remarks.append(f"page {number} is damaged and was left out; fetch the file again")
    return pages, count


def _page(image: Image.Image, number: int) -> PrintedPage:
    if number > 1:
        image.seek(number - 1)
    if image.width * image.height > MOST_PIXELS:
        raise ValueError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pixels = unpacked(image)
    return ocr.recognise(pixels, number)


def _sureness(layout: Layout) -> float:
    known = [(one.location.confidence, one.length) for one in layout if one.location.confidence is not None]
    return sum(sure * length for sure, length in known) / (sum(length for _, length in known) or 1)
