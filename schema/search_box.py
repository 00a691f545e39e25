"""What words and phrases of a search box look for; how much each field weighs stands in search/weights.py."""

from __future__ import annotations

import re

from ingest.extract.numerals import fold as fold_numbers
from search.analysis import Form, terms
from search.analysis import words as tokens
from search.criteria import All, Any, Phrase, Query, Text
from search.weights import GRAMS, WORDS, full_text

_LARGE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s?(?P<times>万亿|[百千]?[万亿]|十万)")
TITLE = {"title_words": WORDS["title_words"]}, {"title_grams": GRAMS["title_grams"]}


def says(text: str) -> bool:
    """Whether there is a word in it; signs alone would match nothing, and take all else with them."""
    return bool(terms(text, Form.WORDS))


def words(text: str, *, every: bool) -> Query:
    """What holds every word of `text`, or any; a number with 万 or 亿 is looked for as it stands."""
    spans = large_numbers(text)
    if not spans:
        return full_text(text, every=every)
    rest = _without(text, spans)
    found = [*([full_text(rest, every=every)] if says(rest) else []), *(phrase(text[start:end]) for start, end in spans)]
    return found[0] if len(found) == 1 else All(tuple(found)) if every else Any(tuple(found))


def sought(text: str) -> list[str]:
    """The words of `text` that can be held or not, each number as one."""
    spans = large_numbers(text)
    return terms(_without(text, spans), Form.WORDS) + [text[start:end] for start, end in spans]


def large_numbers(text: str) -> list[tuple[int, int]]:
    """Where a number stands with a multiplier that is a word by itself: 1.6万, and not 1.6万名.

    Texts print a measure word behind it, which the cutting joins to the multiplier (万名), so that neither is found alone.
    """
    found = list(_LARGE.finditer(fold_numbers(text)))
    alone = {token.start: token.text for token in tokens(text)} if found else {}
    return [one.span() for one in found if alone.get(one.start("times")) == one["times"]]


def pieces(text: str) -> list[tuple[int, int]]:
    """Where the words of `text` stand as somebody typed them: a number whole, a long run of letters too."""
    found: list[tuple[int, int]] = []
    cut = [(token.start, token.end) for token in tokens(text)]
    for start, end in sorted([*cut, *large_numbers(text)], key=lambda span: (span[0], -span[1])):
        if found and start < found[-1][1]:
            continue
        if (
            found
            and start == found[-1][1]
            and text[start - 1].isascii()
            and text[start].isascii()
            and text[start - 1 : start + 1].isalnum()
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text


def phrase(text: str) -> Query:
    """What holds the characters of `text` one after the other."""
    return Phrase(text, WORDS)


def title(text: str) -> Query:
    """Documents whose title holds every word of `text`."""
    return Any(tuple(Text(text, fields, every=True) for fields in TITLE))
