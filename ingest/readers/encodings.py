"""Bytes to text: which encoding a Chinese text file is in, by strict decoding first and by the look of the result second."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from charset_normalizer import from_bytes

ENCODINGS = "UTF-8, GB18030 (with GBK and GB 2312), UTF-16, UTF-32 or Big5"
"""What is read, in words for people."""

_BOMS = (
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000  # characters looked at to judge a reading; all of them are decoded strictly
_PLAUSIBLE = 0.3  # random two-byte units score about 0.2, the rarest real Chinese text 0.5, ordinary text over 0.9
_SURE = 0.9  # what a reading must score where the bytes are valid UTF-8 as well: Cyrillic or Greek read as GB18030 stays at 0.5 to 0.8
_MARGIN = 0.2  # by how much a rarer encoding must beat a commoner one: misreadings of whole sentences stay further below than this
_CERTAIN = 0.95  # what beats any reading that scores less: prose does, and no misreading of prose
_DAMAGE = 0.001  # share of characters that may be unreadable in a text which is kept with a warning
_NAMED = 0.4  # share of common characters: names in another encoding that pass for GBK have none, those with rare characters a half
_LEAST = 100  # characters below which a single NUL is no slip of a text
_TEXT_CONTROLS = frozenset("\t\n\r\f")


def _characters(codec: str, leads: range) -> frozenset[str]:
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    return frozenset("".join(bytes(pair).decode(codec, "ignore") for pair in product(leads, trails)))


_GB_COMMON = _characters("gb2312", range(0xB0, 0xD8))  # GB/T 2312 level 1: the 3,755 commonest simplified characters
_BIG5_COMMON = _characters("big5", range(0xA4, 0xC7))  # Big5 level 1: the 5,401 commonest traditional characters

_WITHOUT_MARK = (("gb18030", _GB_COMMON), ("big5hkscs", _BIG5_COMMON), ("utf-16-le", _GB_COMMON), ("utf-16-be", _GB_COMMON))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in. `damaged` counts the characters that could not be read and stand as U+FFFD."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded | None:
    """The text in `data`; None when it is in no encoding that is known here.

    In this order: a byte order mark; strict UTF-8; GB18030 (which holds GBK and GB 2312), Big5 and UTF-16 without a mark, whichever reads
    most like Chinese; the first two once more for a text with a few damaged bytes; the opinion of charset-normalizer. A mark is no part of
    the text.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            text = _strict(body, codec)
            return Decoded(text, f"{codec}-bom") if text is not None else _damaged(body, codec)
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and few_nuls(utf8) and not _maybe_chance(utf8):
        return Decoded(utf8, "utf-8")
    best = _most_plausible(data, utf8) or _most_plausible(data, utf8, few_nuls)
    return best or _damaged(data, "utf-8") or _damaged(data, "gb18030") or _guessed(data)


def encoding_of_names(data: bytes) -> str | None:
    """The encoding in which short names look Chinese: the one with the most common characters, if that is two in five; None for others.

    Names are too short for `decode`: two characters of GBK are two of Big5 as well, and then it is the commoner encoding.
    """
    best, to_beat = None, _NAMED
    for codec, common in _WITHOUT_MARK[:2]:
        chars = [char for char in _strict(data, codec) or "" if not char.isascii()]
        share = sum(char in common for char in chars) / len(chars) if chars else 0.0
        if share >= to_beat:
            best, to_beat = codec, share + 0.01
    return best


def few_nuls(text: str) -> bool:
    """Whether `text` is free of NUL but for a slip: one in a page, or one in a thousand characters. Binary files hold many."""
    count = text.count("\0")
    return not count or (len(text) >= _LEAST and count <= max(1, len(text) * _DAMAGE))


def _no_nuls(text: str) -> bool:
    return "\0" not in text


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _maybe_chance(text: str) -> bool:
    """Whether GB18030 bytes may have passed for UTF-8: two-byte sequences only, and no Latin letters as a Latin text has."""
    if text.isascii():
        return False
    return all(char < "\u0800" for char in text) and not any(char.isascii() and char.isalpha() for char in text)


def _most_plausible(data: bytes, utf8: str | None, allowed: Callable[[str], bool] = _no_nuls) -> Decoded | None:
    best = Decoded(utf8, "utf-8") if utf8 is not None and allowed(utf8) else None
    to_beat = _SURE if best else _PLAUSIBLE
    for codec, common in _WITHOUT_MARK:
        text = _strict(data, codec)
        if text is None or not allowed(text):
            continue
        score = _plausibility(text, common)
        if score >= to_beat:
            best, to_beat = Decoded(text, codec), max(score + 0.01, min(score + _MARGIN, _CERTAIN))
    return best


def _plausibility(text: str, common: frozenset[str]) -> float:
    """How much `text` looks like Chinese prose, at most 1: common characters, punctuation and digits count fully, rare ones half."""
    sample = text[:_SAMPLE]
    score = 0.0
    for char in sample:
        if char in common or char.isdecimal() or char in _TEXT_CONTROLS or _is_punctuation(char):
            score += 1
        elif "\u4e00" <= char <= "\u9fff" or (char.isascii() and char.isprintable()):
            score += 0.5
        elif not char.isprintable():
            score -= 1
    return score / len(sample) if sample else 0.0


def _is_punctuation(char: str) -> bool:
    return char in "，。、；：？！（）“”‘’《》〈〉【】「」『』—…·％　 .,;:()%-" or "\uff01" <= char <= "\uff5e"


def _damaged(data: bytes, codec: str) -> Decoded | None:
    text = data.decode(codec, "replace")
    count = text.count("\ufffd")
    if 0 < count <= len(text) * _DAMAGE and "\0" not in text and _plausibility(text, _GB_COMMON) >= _PLAUSIBLE:
        return Decoded(text, codec, count)
    return None


def _guessed(data: bytes) -> Decoded | None:
    guess = from_bytes(data[:_SAMPLE]).best()
    text = _strict(data, guess.encoding) if guess else None
    if guess is None or text is None or "\0" in text or _plausibility(text, _BIG5_COMMON) < _PLAUSIBLE:
        return None
    return Decoded(text, guess.encoding.replace("_", "-"))
