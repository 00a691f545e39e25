"""Text or not: bytes of a program, a picture or a broken file that some encoding happens to read, and a line that repeats itself."""

from __future__ import annotations

import re
import unicodedata
import zlib

from archive.errors import UnreadableFile
from ingest.readers.encodings import ENCODINGS, Decoded, few_nuls

CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0)))) - frozenset("\t\n\r\f\v\x1a\x85")
"""Control characters that no text has on purpose."""

_MAX_CONTROLS = 0.01  # share of control characters above which a file is no text; Word leaves one or two in a page
_MAX_UNNAMED = 0.05  # of characters that mean nothing; random pairs of bytes in GB18030 give 12%, rare characters of names under 1%
_SAMPLE = 20_000
_UNNAMED = frozenset(("Cn", "Co", "Cs"))  # unassigned, private, halves of pairs
_DAMAGED = "\ufffd"
_RUN = re.compile(r"\S+")
_ENDLESS = 500_000
"""Characters without white space, longer than any book's chapter, that are looked at for repetition."""
_REPEATED = 20
"""Characters to a byte of what they pack to, from which on they say nothing: 他说 over and over has 76, one sentence of 30 characters over
and over 49, Chinese prose 0.9."""
_STRIDE = 100_000


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


def refuse_endless(text: str) -> None:
    """Raise UnreadableFile where most of a text is one run of characters that repeat themselves; it would cost as much as an archive.

    Prose stops being packed after its first twentieth.
    """
    if len(text) < _ENDLESS:
        return
    for run in _RUN.finditer(text):
        start, end = run.span()
        if end - start >= max(_ENDLESS, len(text) // 2) and _repeats(text, start, end):
            raise UnreadableFile(
                f"its characters {start + 1:,} to {end:,} only repeat each other, in one line; remove them, or fetch it again"
            )


def _repeats(text: str, start: int, end: int) -> bool:
    packer, packed = zlib.compressobj(1), 0
    for at in range(start, end, _STRIDE):
        packed += len(packer.compress(text[at : min(end, at + _STRIDE)].encode("utf-8", "replace")))
        if packed > (end - start) // _REPEATED:
            return False
    return packed + len(packer.flush()) <= (end - start) // _REPEATED
