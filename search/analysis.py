"""The one text analysis, for index time and query time and for every engine: folding, words, pairs and single characters.

Chinese runs are cut by `rjieba` (jieba's dictionary and results at about twenty times its speed, and linear on repeated characters);
everything else is cut here, because jieba would keep `2023-08-14` whole. Offsets always point into the raw text.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import rjieba

from search import traditional

MAX_TOKEN = 100
"""Longer runs are split: Lucene's whitespace tokenizer cuts at 255 UTF-16 units, tantivy drops tokens over 65,530 bytes in silence."""

_RULES = "3"  # goes up with every change of the rules below: indexes made with the older ones ask for a rebuild
_CHUNK = 4096  # characters handed to the cutter at once, so that a line of 20 MB does not take 27 times its size in memory
_REMEMBERED = 40  # characters of a Chinese run: the text of a document comes back in its units and figures, clause by clause
_FEW = 30  # words to look for before anything is cut; to look for more would cost more than the cutting
_SMALL = 100_000  # characters of a text whose runs are remembered
_APART = re.compile(r"[\s。；、！？]")
"""What stands in no token and decides about none beside it."""
_REMEMBER = 20_000  # runs, some 15 MB
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(
    rf"(?P<han>[{_HAN}]+)"
    r"|((?<![.,0-9])[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,15})?(?![.,]?[0-9])"  # 1,234
    r"|(?<![.0-9])[0-9]++\.[0-9]++(?![.0-9])"  # 79.4, but not 2025.06.30
    rf"|[^\W_{_HAN}]+"
    r"|[%‰])"
)

_Run: TypeAlias = tuple[Sequence[str], int, int, int]
"""The tokens of a run, its offset, how far each begins after the one before (0: without gaps), and their width (0: as long as they are)."""
_HAN_RUN = re.compile(rf"[{_HAN}]+")


class Form(StrEnum):
    """How a text field is cut."""

    WORDS = "words"
    GRAMS = "grams"
    CHARS = "chars"


class Token(NamedTuple):
    """A folded token with its half-open range of code points in the raw text."""

    text: str
    start: int
    end: int


class _Folding(dict[int, int | str]):
    """Code point to its folded form, worked out when first met."""

    def __missing__(self, code: int) -> int | str:
        simplified = traditional.simplified()
        folded = "".join(simplified.get(char, char) for char in unicodedata.normalize("NFKC", chr(code)).lower())
        value = ord(folded) if len(folded) == 1 else folded
        self[code] = value
        return value


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` for matching only: each character by NFKC, in lower case, simplified if Traditional; never shorter than the raw text."""
    return text.translate(_FOLDING)


def words(text: str, among: Set[str] | None = None) -> list[Token]:
    """The words that an index holds of `text`: jieba's for Chinese, runs of letters and digits, % by itself.

    A number is found in several ways: 1,234.5 as 1234.5, by its whole part (1234) and by what commas part (1, 234.5), as they also part
    the numbers of a list. With `among` only those that are one of these (folded) words; runs that hold none of them are not cut.
    """
    return _located(text, Form.WORDS, among)


def grams(text: str, among: Set[str] | None = None) -> list[Token]:
    """Overlapping pairs of Chinese characters (a lone one by itself) and everything else as in `words`."""
    return _located(text, Form.GRAMS, among)


def chars(text: str) -> list[Token]:
    """Chinese characters one by one, runs of letters and digits, numbers as they are printed: what a phrase is looked for in."""
    return _located(text, Form.CHARS, None)


def terms(text: str, form: Form, *, held: bool = False) -> list[str]:
    """The tokens of `text` without their places, in half the time: what a search asks for, or (`held`) what an index holds.

    They differ in numbers only: 79 finds 79.4, but 79.4 asks for itself alone.
    """
    cut = _cut_words if form is Form.WORDS else _cut_grams
    found: list[str] = []
    for han, other in _pieces(text) if len(text) <= _SMALL else _PIECES.findall(fold(text)):
        if not han:
            found += _split(other) if other.isalnum() else _number(other, form, held=held)
        elif form is Form.CHARS:
            found += han
        elif len(han) <= _REMEMBERED:
            found += cut(han)
        else:
            found += cut.__wrapped__(han)
    return found


def held(text: str, form: Form) -> str:
    """The tokens that an index holds of `text`, parted by spaces. A long text is cut part by part, as a list of all of its tokens takes
    some hundred times its size: 1.3 GB for the pairs of 16 million characters."""
    if len(text) <= _SMALL:
        return " ".join(terms(text, form, held=True))
    return " ".join(filter(None, (" ".join(terms(part, form, held=True)) for part in _parts(text))))


def _parts(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        found = _APART.search(text, start + _SMALL)
        end = found.end() if found else len(text)
        yield text[start:end]
        start = end


@lru_cache(2)
def _pieces(text: str) -> list[tuple[str, str]]:
    """The runs of a text, remembered for a moment: each text is asked for several times, once for each form."""
    return _PIECES.findall(fold(text))


@cache
def fingerprint() -> str:
    """Changes whenever the same text could give other tokens: rules, domain words, dictionary version."""
    parts = (_RULES, version("rjieba"), unicodedata.unidata_version, _user_words_file(), traditional.fingerprint())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@cache
def user_words() -> tuple[dict[str, Any], ...]:
    """The rows of the domain words: `text`, `frequency`, `example`."""
    return tuple(tomllib.loads(_user_words_file())["word"])


def _user_words_file() -> str:
    return (files("search") / "data" / "user_words.toml").read_text("utf-8")


@cache
def _cutter() -> rjieba.Jieba:
    """Filled before it is handed out and never changed after: add_word while another thread cuts raises in rjieba."""
    cutter = rjieba.Jieba()
    for row in user_words():
        cutter.add_word(row["text"], row["frequency"], None)
    return cutter


def _located(text: str, form: Form, among: Set[str] | None) -> list[Token]:
    folded = fold(text)
    runs = _runs(folded, form) if among is None or len(among) > _FEW or not _all_han(among) else _runs_with(folded, form, among)
    found: list[Token] = []
    for run, start, step, width in runs:
        at = start
        for term in run:
            if among is None or term in among:
                found.append(Token(term, at, at + (width or len(term))))
            at += step or len(term)
    if len(folded) == len(text):  # folding never shortens, so every character stayed one character
        return found
    origin = [index for index, char in enumerate(text) for _ in fold(char)]
    return [Token(term, origin[start], origin[end - 1] + 1) for term, start, end in found]


def _runs(folded: str, form: Form) -> Iterator[_Run]:
    for piece in _PIECES.finditer(folded):
        run, start = piece[0], piece.start()
        if piece["han"]:
            yield _cut(run, start, form)
        elif run.isalnum():
            yield _split(run), start, 0, 0
        else:
            yield from _located_number(run, start, form)


def _runs_with(folded: str, form: Form, words: Set[str]) -> Iterator[_Run]:
    """As `_runs`, for the Chinese runs that hold at least one of some Chinese words: the others are not even looked at."""
    spans: set[tuple[int, int]] = set()
    for word in words:
        at = folded.find(word)
        while at >= 0:
            start = at
            while start and _HAN_RUN.match(folded[start - 1]):
                start -= 1
            end = _HAN_RUN.match(folded, at).end()  # type: ignore[union-attr]
            spans.add((start, end))
            at = folded.find(word, end)
    for start, end in sorted(spans):
        yield _cut(folded[start:end], start, form)


def _cut(run: str, start: int, form: Form) -> _Run:
    if form is Form.CHARS:
        return run, start, 0, 0
    cut = _cut_words if form is Form.WORDS else _cut_grams
    return cut(run) if len(run) <= _REMEMBERED else cut.__wrapped__(run), start, int(form is Form.GRAMS), 0


def _number(run: str, form: Form, *, held: bool) -> list[str]:
    """The tokens of a number with a point or commas; a lone % is one, too."""
    if held or form is Form.CHARS:
        return [term for terms, *_ in _located_number(run, 0, form) for term in terms]
    return list(_split(run.replace(",", "")))


def _located_number(run: str, start: int, form: Form) -> Iterator[_Run]:
    if form is not Form.CHARS:
        whole, point, _ = run.partition(".")
        if "," in run:
            yield (run.replace(",", ""),), start, 0, len(run)
            if point:
                yield (whole.replace(",", ""),), start, 0, len(whole)
        elif point:
            yield _split(whole), start, 0, 0
    for part in run.split(","):
        yield _split(part), start, 0, 0
        start += len(part) + 1


def _all_han(words: Set[str]) -> bool:
    return all(_HAN_RUN.fullmatch(word) for word in words)


def _split(run: str) -> Sequence[str]:
    return (run,) if len(run) <= MAX_TOKEN else [run[at : at + MAX_TOKEN] for at in range(0, len(run), MAX_TOKEN)]


@lru_cache(_REMEMBER)
def _cut_words(run: str) -> Sequence[str]:
    cut = _cutter().cut
    if len(run) <= _CHUNK:
        return tuple(cut(run))
    return [word for at in range(0, len(run), _CHUNK) for word in cut(run[at : at + _CHUNK])]


@lru_cache(_REMEMBER)
def _cut_grams(run: str) -> Sequence[str]:
    return (run,) if len(run) == 1 else tuple(map("".join, pairwise(run)))
