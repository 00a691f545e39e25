"""What words and phrases of a search box look for, and how much each field weighs."""

from __future__ import annotations

from search.analysis import Form, terms
from search.criteria import Any, Phrase, Query, Text

# Titles weigh most; bigrams only keep what the cutting of words would miss, and would otherwise drown it by their number
WORDS = {"title_words": 3.0, "practice_words": 2.0, "unit_words": 1.5, "statistic_words": 1.5, "document_words": 1.0}
GRAMS = {"title_grams": 0.6, "practice_grams": 0.4, "unit_grams": 0.3, "statistic_grams": 0.3, "document_grams": 0.2}
TITLE = ("title_words", "title_grams")


def says(text: str) -> bool:
    """Whether there is a word in it; signs alone would match nothing, and take all else with them."""
    return bool(terms(text, Form.WORDS))


def words(text: str, *, every: bool, weight: float = 1.0) -> Query:
    """What holds every word of `text`, or any; `weight` multiplies its score."""
    fields = ({name: boost * weight for name, boost in given.items()} for given in (WORDS, GRAMS))
    return Any(tuple(Text(text, given, every=every) for given in fields))


def phrase(text: str) -> Query:
    """What holds the words of `text` one after the other."""
    return Phrase(text, WORDS)


def title(text: str) -> Query:
    """Documents whose title holds every word of `text`."""
    every: tuple[Query, ...] = tuple(Text(text, {name: (WORDS | GRAMS)[name]}, every=True) for name in TITLE)
    return Any(every)
