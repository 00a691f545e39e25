"""Streams of a PDF that would grow out of all proportion are found before PDFium unpacks them, and left out."""

from __future__ import annotations

import re
import zlib

MOST_UNPACKED = 16_000_000
"""Bytes that one stream may unpack to, fonts and pictures aside: the longest page seen has 0.4 million, 20,000 objects have 3 million.
A page of 64 million bytes took PDFium 38 s and 6.9 GB."""
MOST_FONT = 64_000_000
"""Bytes of a font; a whole one with all of Unicode's Chinese characters has 20 to 30 million."""
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_BYTES = 2_000
_LEAST_PACKED = 1_000
"""Deflate packs at most 1,032 to 1: what is shorter cannot grow beyond a million bytes, unless it is packed twice."""
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b")
_CHUNK = 1_000_000


def without_bombs(data: bytes) -> tuple[bytes, int]:
    """The file with every stream blanked that would unpack to more than its kind may have, and how many those are.

    Offsets stay as they are. Encrypted streams cannot be looked into; for them there are the limits of the process.
    """
    blanked: bytearray | None = None
    count = 0
    for found in _STREAM.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        head = _dictionary(data, found.start())
        layers = len(_FLATE.findall(head))
        if not layers or _PICTURE.search(head):
            continue
        end = data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        if layers == 1 and end - found.end() < _LEAST_PACKED:
            continue
        limit = MOST_FONT if _FONT.search(head) else MOST_UNPACKED
        if _unpacks_beyond(data[found.end() : end], layers, limit):
            blanked = blanked if blanked is not None else bytearray(data)
            blanked[found.end() : end] = b" " * (end - found.end())
            count += 1
    return (bytes(blanked) if blanked is not None else data), count


def _dictionary(data: bytes, end: int) -> bytes:
    """What stands between the stream and the object's number before it."""
    start = max(0, end - _DICTIONARY_BYTES)
    return data[max(start, data.rfind(b" obj", start, end)) : end]


def _unpacks_beyond(packed: bytes, layers: int, limit: int) -> bool:
    """Whether `packed`, packed `layers` times, is larger than `limit` when it is unpacked; never holds more than a chunk of each layer."""
    engines = [zlib.decompressobj() for _ in range(min(layers, 4))]
    sizes = [0] * len(engines)

    def fed(layer: int, piece: bytes) -> bool:
        engine = engines[layer]
        while piece and not engine.eof:
            try:
                out = engine.decompress(piece, _CHUNK)
            except zlib.error:
                return False
            sizes[layer] += len(out)
            if sizes[layer] > limit or (layer + 1 < len(engines) and fed(layer + 1, out)):
                return True
            piece = engine.unconsumed_tail
        return False

    return fed(0, packed)
