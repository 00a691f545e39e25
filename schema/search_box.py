"""What a reader types: words, "phrases" in quotation marks, and -words to leave out; everything else is taken as words."""

from __future__ import annotations

import re

from archive.errors import BadRequest
from schema.enums import MatchMode
from search.analysis import Form, fold, terms
from search.criteria import All, Any, Everything, Not, Phrase, Query, Text

MAX_QUERY = 500
MAX_PARTS = 100

# Titles weigh most; bigrams only keep what the cutting of words would miss, and would otherwise drown it by their number
WORDS = {"title_words": 3.0, "practice_words": 2.0, "unit_words": 1.5, "statistic_words": 1.5, "document_words": 1.0}
GRAMS = {"title_grams": 0.6, "practice_grams": 0.4, "unit_grams": 0.3, "statistic_grams": 0.3, "document_grams": 0.2}

_PART = re.compile(r"""(?P<minus>(?<!\S)[-－](?=\S))?(?:"(?P<a>[^"]*)"|“(?P<b>[^”]*)”|「(?P<c>[^」]*)」|(?P<words>[^\s"“「]+))""")


def typed(text: str, match: MatchMode) -> Query:
    """The query of a search box; one without any word, whatever signs it has, matches everything. Raises BadRequest when it is too long."""
    if len(text) > MAX_QUERY:
        raise BadRequest(f"A query may have {MAX_QUERY} characters, not {len(text)}; keep its telling words.")
    parts = list(_PART.finditer(text))
    if len(parts) > MAX_PARTS:
        raise BadRequest(f"A query may have {MAX_PARTS} parts, not {len(parts)}; keep its telling words.")
    plain = " ".join(part["words"] for part in parts if part["words"] and not part["minus"])
    phrases = [_phrase(part) for part in parts if not part["words"] and not part["minus"]]
    excluded = [part["words"] or _phrase(part) for part in parts if part["minus"]]
    wanted: list[Query] = [_words(plain, every=match is MatchMode.ALL)] if _says(plain) else []
    wanted += [Phrase(phrase, WORDS) for phrase in phrases if _says(phrase)]
    refused = [Not(Phrase(phrase, WORDS)) for phrase in excluded if _says(phrase)]
    return _joined([*(wanted or [Everything()]), *refused])


def names_it(text: str, name: str) -> bool:
    """Whether `name` holds every word and every phrase that is typed, wherever they stand in it; -words are left to the query."""
    parts = [part for part in _PART.finditer(text) if not part["minus"]]
    words = [word for part in parts if part["words"] for word in terms(part["words"], Form.WORDS)]
    phrases = [phrase for part in parts if not part["words"] and _says(phrase := _phrase(part))]
    folded = fold(name)
    return all(fold(one) in folded for one in (*words, *phrases))


def _says(text: str) -> bool:
    """Whether there is a word in it; signs alone would match nothing, and take all else with them."""
    return bool(terms(text, Form.WORDS))


def _words(text: str, *, every: bool) -> Query:
    return Any((Text(text, WORDS, every=every), Text(text, GRAMS, every=every)))


def _joined(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else All(tuple(queries))


def _phrase(part: re.Match[str]) -> str:
    return (part["a"] or part["b"] or part["c"] or "").strip()
