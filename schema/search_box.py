"""What words and phrases of a search box look for; how much each field weighs stands in search/weights.py."""

from __future__ import annotations

from search.analysis import Form, terms
from search.criteria import Any, Phrase, Query, Text
from search.weights import GRAMS, WORDS, full_text

TITLE = {"title_words": WORDS["title_words"]}, {"title_grams": GRAMS["title_grams"]}


def says(text: str) -> bool:
    """Whether there is a word in it; signs alone would match nothing, and take all else with them."""
    return bool(terms(text, Form.WORDS))


def words(text: str, *, every: bool, weight: float = 1.0) -> Query:
    """What holds every word of `text`, or any; `weight` multiplies its score."""
    if weight == 1.0:
        return full_text(text, every=every)
    fields = ({name: boost * weight for name, boost in given.items()} for given in (WORDS, GRAMS))
    return Any(tuple(Text(text, given, every=every) for given in fields))


def phrase(text: str) -> Query:
    """What holds the characters of `text` one after the other."""
    return Phrase(text, WORDS)


def title(text: str) -> Query:
    """Documents whose title holds every word of `text`."""
    return Any(tuple(Text(text, fields, every=True) for fields in TITLE))
