"""Two lines of print made one: what stands between them, and where a line ends a sentence or begins an item."""

from __future__ import annotations

import re

_HYPHENATED = re.compile(r"[a-z]-$")
SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)》〉\]】]*\s*$|\.[”’)\]]*\s*$")
"""What ends a sentence, or a clause that a new line may follow."""
ITEM = re.compile(
    r"[(（]?[一二三四五六七八九十百]{1,3}[、)）]|[(（][0-9]{1,2}[)）]|第[一二三四五六七八九十百零0-9]{1,4}[章节条编篇款部]"
    r"|[①-⑳❶-❿]|[•●■◆▪◇□★☆➢]|[0-9]{1,2}(?:[、）)]|[.．](?![0-9]))|附件[0-9一二三四五六七八九十]?[:：]"
)
"""What an item, a heading or an article of a rule begins with."""


_OPEN_NUMBER = re.compile(r"[^\d\s.．,-][^\s-]{0,20}?\d(?:[.．]|[万亿])?$")
_NEVER_FIRST = frozenset("，。、；：！？）》”’%％")
_REST_OF_NUMBER = re.compile(r"[万亿]?元|(?!(?:19|20)\d\d年)\d{1,6}(?:\.\d{1,4})?(?=[^\x00-\x7f]|%)(?![、）．])")


def breaks_off(above: str, below: str) -> bool:
    """Whether a line of Chinese prose breaks off in a number (共有4 / 800人, 达97. / 4%) or before a mark that begins no line."""
    if len(above) < 8 or not below or not any(map(wide, above[-20:])):
        return False
    number = _OPEN_NUMBER.search(above[-24:]) and _REST_OF_NUMBER.match(below)
    return bool(number) or below[0] in _NEVER_FIRST


def wide(char: str) -> bool:
    """Whether a character is as wide as it is high: Chinese ones and their punctuation."""
    return char > "\u2e7f" or char in "“”‘’…—·"


def latin(char: str) -> bool:
    """Whether a character is a letter or digit that no wide one is."""
    return char.isalnum() and char < "\u2e80"


def joint(above: str, below: str) -> str:
    """What stands between two lines when they are made one: a space between words of letters, nothing beside a Chinese character."""
    if not above or not below or wide(above[-1]) or wide(below[0]) or above[-1].isspace() or below[0].isspace():
        return ""
    if above.rstrip(".")[-1:].isdigit() and below[0].isdigit() and any(map(wide, above[-20:])):
        return ""
    return "" if above[-1] in "-/" and below[0].isalnum() else " "


def hyphenated(above: str, below: str) -> bool:
    """Whether the hyphen at the end of a line is there only because the word was broken."""
    return bool(_HYPHENATED.search(above)) and below[:1].islower() and below[:1].isascii()
