"""Where a query's words stand in a text, and the fragments that show them best; the same for every engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.text import Span
from search import analysis
from search.criteria import All, Any, Constant, Phrase, Query, Ranked, Text

_BREAK = re.compile(r"[。！？!?；;\n]")
_LEAD = 30  # characters before the first hit, at most: enough to begin at the sentence in most texts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: words, phrases (runs of characters), and pairs of characters where no word stands."""

    words: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    grams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text: `text == source[start:start + len(text)]`; `ranges` are code points within the piece, sorted, apart."""

    text: str
    start: int
    ranges: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    span: Span
    term: str


def wanted(query: Query) -> Wanted:
    """Everything that `query` looks for in texts; what it excludes is left out."""
    texts = list(_texts(query))
    plain = [node.text for node in texts if isinstance(node, Text)]
    phrases = [tuple(analysis.terms(node.text, analysis.Form.CHARS)) for node in texts if isinstance(node, Phrase)]
    return Wanted(
        words=frozenset(word for text in plain for word in analysis.terms(text, analysis.Form.WORDS)),
        phrases=tuple(dict.fromkeys(filter(None, phrases))),
        grams=frozenset(gram for text in plain for gram in analysis.terms(text, analysis.Form.GRAMS) if len(gram) > 1),
    )


def fragments(text: str, want: Wanted, *, count: int = 3, width: int = 120) -> tuple[Fragment, ...]:
    """The `count` pieces of at most `width` characters that show most of what is wanted, best first; none without a hit.

    Words and phrases come before pairs of characters: those are marked only in a text where the cutting disagrees with the query's.
    """
    hits = _hits(text, want)
    chosen: list[Fragment] = []
    free = [Span(0, len(text))]
    while hits and len(chosen) < count:
        best = _best_window(hits, width)
        piece = _piece(text, hits, best, _around(free, hits[best.start].span.start), width)
        chosen.append(piece)
        taken = Span(piece.start, piece.start + len(piece.text))
        hits = [hit for hit in hits if hit.span.end <= taken.start or hit.span.start >= taken.end]
        free.append(taken)
    return tuple(chosen)


def _texts(query: Query) -> Iterator[Text | Phrase]:
    if isinstance(query, Text | Phrase):
        yield query
    elif isinstance(query, All | Any):
        for part in query.queries:
            yield from _texts(part)
    elif isinstance(query, Ranked | Constant):
        yield from _texts(query.query)


def _hits(text: str, want: Wanted) -> list[_Hit]:
    found: list[_Hit] = []
    if want.phrases:
        tokens = analysis.chars(text)
        for phrase in want.phrases:
            found.extend(_phrase_hits(tokens, phrase))
    if want.words:
        found += [_Hit(Span(token.start, token.end), token.text) for token in analysis.words(text, want.words)]
    if not found and want.grams:
        found = [_Hit(Span(token.start, token.end), token.text) for token in analysis.grams(text, want.grams)]
    return sorted(found, key=lambda hit: hit.span)


def _phrase_hits(tokens: Sequence[analysis.Token], phrase: tuple[str, ...]) -> Iterator[_Hit]:
    """Knuth, Morris and Pratt: linear, however often the phrase repeats itself."""
    fallback = [0] * len(phrase)
    matched = 0
    for index in range(1, len(phrase)):
        while matched and phrase[index] != phrase[matched]:
            matched = fallback[matched - 1]
        matched += phrase[index] == phrase[matched]
        fallback[index] = matched
    matched = 0
    for index, token in enumerate(tokens):
        while matched and (matched == len(phrase) or token.text != phrase[matched]):
            matched = fallback[matched - 1]
        matched += token.text == phrase[matched]
        if matched == len(phrase):
            yield _Hit(Span(tokens[index - matched + 1].start, token.end), "".join(phrase))


def _best_window(hits: Sequence[_Hit], width: int) -> range:
    """The run of hits within `width` characters with the most different terms, then the most hits, then the first."""
    best, best_rank = range(1), (0, 0)
    counts: dict[str, int] = {}
    end = 0
    for start, first in enumerate(hits):
        while end < len(hits) and (end == start or hits[end].span.end - first.span.start <= width):
            counts[hits[end].term] = counts.get(hits[end].term, 0) + 1
            end += 1
        rank = (len(counts), end - start)
        if rank > best_rank:
            best, best_rank = range(start, end), rank
        counts[first.term] -= 1
        if not counts[first.term]:
            del counts[first.term]
    return best


def _around(taken: Sequence[Span], at: int) -> Span:
    """The stretch about `at` that no earlier fragment covers; `taken[0]` is the whole text."""
    start = max((span.end for span in taken[1:] if span.end <= at), default=taken[0].start)
    end = min((span.start for span in taken[1:] if span.start > at), default=taken[0].end)
    return Span(start, end)


def _piece(text: str, hits: Sequence[_Hit], window: range, room: Span, width: int) -> Fragment:
    first, last = hits[window.start].span, hits[window.stop - 1].span
    lead = max(0, min(_LEAD, width - (last.end - first.start)))
    start = max(room.start, first.start - lead)
    breaks = [match.end() for match in _BREAK.finditer(text, start, first.start)]
    start = breaks[-1] if breaks else start
    end = min(room.end, max(start + width, first.end))
    if end < room.end and (stops := [match.end() for match in _BREAK.finditer(text, last.end, end)]):
        end = stops[-1]
    begin = window.start
    while begin and hits[begin - 1].span.start >= start:
        begin -= 1
    ranges: list[Span] = []
    for hit in hits[begin:]:
        if hit.span.start >= end:
            break
        span = Span(hit.span.start, min(hit.span.end, end)).shifted(-start)
        if ranges and span.start <= ranges[-1].end:
            ranges[-1] = Span(ranges[-1].start, max(ranges[-1].end, span.end))
        else:
            ranges.append(span)
    return Fragment(text[start:end], start, tuple(ranges))
