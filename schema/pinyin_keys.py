"""How a name sounds, as people type it: its syllables without tones, in each reading that is likely."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from pypinyin import Style, pinyin
from pypinyin.contrib.mmseg import seg

from search.analysis import fold

Reading: TypeAlias = tuple[str, ...]

MOST_READINGS = 5
"""Of one name: the usual one, and others in which one character is read differently. All products of all readings would be thousands."""
_SOUNDED = 24  # characters from the beginning; nobody types the sound of a longer one
_OTHERS = 2  # further readings of one character; what comes behind them is rare


@lru_cache(maxsize=65_536)
def readings(name: str) -> tuple[Reading, ...]:
    """The readings of a name, the usual one first; letters and digits in a row are one syllable, marks none.

    Words that pypinyin knows (重庆, 音乐) have the one reading of the word; a character of its own (乐) has several.
    """
    heard = [one for word in seg.cut(fold(name[:_SOUNDED])) for one in _word(word)]
    usual = tuple(one[0] for one in heard)
    found = [usual] if usual else []
    for at, one in enumerate(heard):
        found += [(*usual[:at], other, *usual[at + 1 :]) for other in one[1 : 1 + _OTHERS]]
    return tuple(dict.fromkeys(found))[:MOST_READINGS]


@lru_cache(maxsize=16_384)
def _word(word: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each character of a word: kept, because names are made of few words and pypinyin takes 0.1 ms and more for one."""
    heard = pinyin([word], style=Style.NORMAL, heteronym=True)
    spelt = (("".join(letter for letter in one if letter.isascii() and letter.isalnum()) for one in each) for each in heard)
    return tuple(kept for each in spelt if (kept := tuple(dict.fromkeys(filter(None, each)))))
