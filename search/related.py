"""Requests that any engine answers: items like one that is being read, and names that begin as somebody types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from search import analysis
from search.criteria import All, Any, Facet, Not, Prefix, Query, SearchRequest, Term, Text
from search.port import SearchPage

TELLING_WORDS = 40
"""Words of an item by which others are found: with more, a search costs more and the first ones found stay the same."""

NAMES: Mapping[str, str] = {"practices": "PRACTICE", "subject": "STATISTIC"}
"""The keyword fields whose values are names that people type, and the kind of entries that is counted for each."""


def telling_words(text: str, count: int = TELLING_WORDS) -> tuple[str, ...]:
    """The words of two characters and more that `text` uses most, longer ones first among equals, then in order of the text.

    How rare each is in the archive is left to the search, which weighs words by that.
    """
    uses = Counter(word for word in analysis.terms(text, analysis.Form.WORDS) if len(word) > 1 and not word.isdigit())
    order = {word: place for place, word in enumerate(uses)}
    ranked = sorted(uses, key=lambda word: (-uses[word], -len(word), order[word]))
    return tuple(ranked[:count])


def similar(
    text: str, fields: Mapping[str, float], *, without: Mapping[str, str], filters: Mapping[str, Query], size: int = 10
) -> SearchRequest:
    """The items most like `text` in `fields` (name to boost), best first.

    `without` are values of keyword fields that are left out, such as the item's own document; `filters` are as in SearchRequest.
    """
    words: Query = Text(" ".join(telling_words(text)), fields)
    left_out = tuple(Not(Term(field, (value,))) for field, value in without.items())
    return SearchRequest(All((words, *left_out)), filters=filters, size=size)


def itself(request: SearchRequest, identifier: str) -> SearchRequest:
    """The item that others are like, by the words of a request of `similar`: its own score is what theirs are to be measured by."""
    words = request.query.queries[0] if isinstance(request.query, All) else request.query
    return SearchRequest(words, filters={"id": Term("id", (identifier,))}, size=1)


def suggestion(beginning: str, *, size: int = 10) -> SearchRequest:
    """Names that begin with `beginning`, most used first; `suggested` reads the answer."""
    facets = tuple(Facet(field, field, size, prefix=beginning) for field in NAMES)
    begin_so = Any(tuple(All((Term("kind", (kind,)), Prefix(field, beginning))) for field, kind in NAMES.items()))
    return SearchRequest(filters={"names": begin_so}, size=0, facets=facets)


def suggested(page: SearchPage, size: int = 10) -> tuple[tuple[str, int], ...]:
    """The names of a suggestion's answer with how often each is used, most used first, ties by name."""
    counted: Counter[str] = Counter()
    for field in NAMES:
        for count in page.facets[field].counts:
            counted[str(count.value)] += count.count
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:size])
