"""Characters in pictures, read by a machine that runs here: rapidocr, whose models come with its package. An extra: `fangzhi[ocr]`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from statistics import fmean, median

from PIL import Image

from archive.errors import UnreadableFile
from ingest.readers import ocr_lines
from ingest.readers.ocr_engine import find_lines, read_line
from ingest.readers.ocr_lines import Character, Quad, Straight, line_of, sideways, turn
from ingest.readers.printed_page import PrintedLine, PrintedPage

ADVICE = "install it with `pip install 'fangzhi[ocr]'`"

RENDER_SCALE = 200 / 72
"""Pixels to a point at which a page is best rendered for `recognise`: 200 to the inch."""
MAX_PIXELS = 16_000_000
"""A larger picture is made smaller first: A4 at 400 to the inch has 15 million."""
FOUND_AT = 1280
"""Pixels of the longer side at which lines are looked for; reading them is done on the picture itself."""
FOUND_AT_MOST = 2560
"""The same for a page of small print."""
LOWEST = 14.0
"""Pixels of a line's height at `FOUND_AT` below which the print is small."""
LONG = 2.0
"""A picture so many times higher than wide is looked at in bands."""
_SAMPLES = 128
ASKED = 5
"""So many of the longest lines are read to find out which way up the page is."""
UPRIGHT = 0.8
"""Confidence of these from which on nobody doubts that the page is the right way up."""
LEAST = 0.3
"""Confidence of a line below which it is no writing: leaves, faces and the weave of a stamp come out at 0.1 to 0.2."""


def available() -> bool:
    """Whether pictures can be read here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(image: Image.Image, number: int = 1, scale: float = 1.0) -> PrintedPage:
    """The lines that stand in a picture, as page `number`; `scale` is how many pixels make a point.

    A picture that lies on its side, on its head or askew is read as well.
    Raises UnreadableFile when no machine for it is installed.
    """
    if not available():
        raise UnreadableFile(f"it is a picture, and pictures cannot be read here; {ADVICE}")
    picture, shrunk = _prepared(image)
    picture, quads, quarters = _upright(picture)
    pixels = scale * shrunk
    straight = Straight(turn(quads), (picture.width / 2, picture.height / 2), pixels)
    lines: list[PrintedLine] = []
    for quad in quads:
        characters = _read(picture, quad)
        if characters and fmean(one.sure for one in characters) >= LEAST:
            lines.append(line_of(quad, characters, straight))
    lines.sort(key=lambda line: (line.box.top, line.box.x0))
    width, height = round(picture.width / pixels, 1), round(picture.height / pixels, 1)
    return PrintedPage(number, width, height, tuple(lines), turned=quarters, slant=straight.degrees)


def _prepared(image: Image.Image) -> tuple[Image.Image, float]:
    """The picture in colours on white, no larger than MAX_PIXELS, and what became of a pixel's length."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    image = image.convert("RGB")
    shrunk = min(1.0, (MAX_PIXELS / (image.width * image.height)) ** 0.5)
    if shrunk < 1:
        image = image.resize((max(1, round(image.width * shrunk)), max(1, round(image.height * shrunk))), Image.Resampling.LANCZOS)
    return image, shrunk


def _upright(picture: Image.Image) -> tuple[Image.Image, list[Quad], int]:
    """The picture the right way up, its lines, and how many quarters of a circle it was turned (counter-clockwise) for it."""
    quads = _found(picture)
    quarters = 0
    if sideways(quads):
        picture, quarters = picture.transpose(Image.Transpose.ROTATE_90), 1
        quads = _found(picture)
    if quads and (sure := _sureness(picture, quads)) < UPRIGHT:
        other = picture.transpose(Image.Transpose.ROTATE_180)
        turned = [_half_turned(quad, picture.size) for quad in quads]
        if _sureness(other, turned) > sure:
            return other, turned, quarters + 2
    return picture, quads, quarters


def _half_turned(quad: Quad, size: tuple[int, int]) -> Quad:
    one, two, three, four = [(size[0] - x, size[1] - y) for x, y in quad]
    return three, four, one, two


def _sureness(picture: Image.Image, quads: Sequence[Quad]) -> float:
    longest = sorted(quads, key=ocr_lines.width, reverse=True)[:ASKED]
    read = [one.sure for quad in longest for one in _read(picture, quad)]
    return fmean(read) if read else 0.0


def _found(picture: Image.Image) -> list[Quad]:
    quads: list[Quad] = []
    for top, bottom in _bands(picture):
        band = picture.crop((0, top, picture.width, bottom)) if bottom - top < picture.height else picture
        quads += [tuple((x, y + top) for x, y in quad) for quad in _found_in(band)]  # type: ignore[misc]
    return sorted(quads, key=lambda quad: (quad[0][1], quad[0][0]))


def _bands(picture: Image.Image) -> list[tuple[int, int]]:
    """From where to where the picture is looked at in one go: screenshots of articles are ten times as high as wide.

    They are cut where a row of pixels is of one colour, so that no line is.
    """
    if picture.height <= LONG * picture.width:
        return [(0, picture.height)]
    rows = picture.convert("L").resize((_SAMPLES, picture.height), Image.Resampling.BOX).tobytes()
    cuts = [0]
    while picture.height - cuts[-1] > LONG * picture.width:
        last = cuts[-1] + round(LONG * picture.width)
        first = cuts[-1] + max(1, round(LONG * picture.width / 2))
        cuts.append(min(range(last, first, -1), key=lambda row: _spread(rows, row), default=last))
    return list(pairwise([*cuts, picture.height]))


def _spread(rows: bytes, row: int) -> int:
    pixels = rows[row * _SAMPLES : (row + 1) * _SAMPLES]
    return max(pixels) - min(pixels)


def _found_in(picture: Image.Image) -> list[Quad]:
    quads = _found_at(picture, FOUND_AT)
    ratio = FOUND_AT / max(picture.size)
    low = median(map(ocr_lines.height, quads)) * ratio if quads else LOWEST
    if ratio < 1 and low < LOWEST:
        quads = _found_at(picture, min(FOUND_AT_MOST, round(FOUND_AT * LOWEST / low)))
    return quads


def _found_at(picture: Image.Image, side: int) -> list[Quad]:
    ratio = min(1.0, side / max(picture.size))
    size = (max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio)))
    smaller = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=3.0) if ratio < 1 else picture
    across, down = picture.width / size[0], picture.height / size[1]
    return [tuple((x * across, y * down) for x, y in quad) for quad in find_lines(smaller)]  # type: ignore[misc]


def _read(picture: Image.Image, quad: Quad) -> list[Character]:
    (left, top), (right, level), (far, low), (near, base) = quad
    size = round(ocr_lines.width(quad)), round(ocr_lines.height(quad))
    if min(size) < 1:
        return []
    corners = (left, top, near, base, far, low, right, level)
    return read_line(picture.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC))
