"""Text or not: bytes of a program, a picture or a broken file that some encoding happens to read."""

from __future__ import annotations

import unicodedata

from archive.errors import UnreadableFile
from ingest.readers.encodings import ENCODINGS, Decoded, few_nuls

CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0)))) - frozenset("\t\n\r\f\v\x1a\x85")
"""Control characters that no text has on purpose."""

_MAX_CONTROLS = 0.01  # share of control characters above which a file is no text; Word leaves one or two in a page
_MAX_UNNAMED = 0.05  # of characters that mean nothing; random pairs of bytes in GB18030 give 12%, rare characters of names under 1%
_SAMPLE = 20_000
_UNNAMED = frozenset(("Cn", "Co", "Cs"))  # unassigned, private, halves of pairs
_DAMAGED = "\ufffd"


def refuse_binary(decoded: Decoded) -> int:
    """How many control characters a decoded text holds. Raises UnreadableFile where too much of it means nothing.

    What is valid UTF-8 is no chance: private characters in it are damage that an earlier program did, which lowers the grade.
    """
    text = decoded.text
    controls = sum(map(text.count, CONTROLS))
    if not few_nuls(text) or controls > max(1, len(text) * _MAX_CONTROLS):
        raise UnreadableFile(f"it holds control characters as binary files do; save it as plain text ({ENCODINGS})")
    if decoded.encoding.startswith("utf-8"):
        return controls
    sample = "".join(text[:_SAMPLE].split())
    unnamed = sum(char == _DAMAGED or unicodedata.category(char) in _UNNAMED for char in sample)
    if unnamed > max(1, len(sample) * _MAX_UNNAMED):
        raise UnreadableFile(f"its bytes are no characters that mean anything (binary, or damaged); save it as plain text ({ENCODINGS})")
    return controls
