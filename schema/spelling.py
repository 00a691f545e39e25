"""What was probably meant by a word that stands nowhere in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import strawberry

from schema.context import Services
from schema.language.clauses import ClauseKind, NoteCode
from schema.language.invisible import seen
from schema.language.parts import Part
from schema.language.plan import Plan, planned
from schema.language.rows import FieldKind, fields_by_name
from schema.search_box import phrase
from schema.vocabulary import Vocabulary, vocabulary
from search.analysis import fold
from search.analysis import words as tokens
from search.criteria import Query, SearchRequest

MOST_SEARCHES = 8
MOST_CLAUSES = 12
"""Clauses of a query that are looked at; further ones are taken to be spelt as they are meant."""
MOST_FIGURES = 2
"""Conditions on figures of a query that is corrected: to read each again takes a search for its subject."""
_LONGEST_TEXT = 60  # characters of a clause in which rows of words are looked at
_LONGEST_WORD = 10
_SHORTEST_WORD = 3
_LETTERS = re.compile("[a-z]{4,40}")
_NAMED = {FieldKind.AUTHOR, FieldKind.PRACTICE, FieldKind.INDICATOR}


@strawberry.type(description="A query with one word replaced.")
class SpellingSuggestion:
    """Resolved from SpellingSuggestionOf."""

    text: str = strawberry.field(description="The whole query, ready to be searched.")
    count: int = strawberry.field(description="How many hits it has, within the same filters.")
    replaced: str = strawberry.field(description="The word that was typed.")
    replacement: str = strawberry.field(description="The word of the archive that takes its place.")


@dataclass(frozen=True, slots=True)
class SpellingSuggestionOf:
    """What a SpellingSuggestion is resolved from."""

    text: str
    count: int
    replaced: str
    replacement: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query that may be misspelt; `sure` where nothing in the archive can be called so."""

    text: str
    start: int
    sure: bool


async def suggested_spelling(services: Services, plan: Plan, request: SearchRequest) -> SpellingSuggestionOf | None:
    """The first suggestion that finds something, in the order of the query; what sounds alike before what looks alike."""
    suspects = list(islice(_suspects(plan), MOST_CLAUSES))
    if not suspects or sum(part.kind is ClauseKind.FIGURE for part in plan.parts) > MOST_FIGURES:
        return None
    search = _Counter(services, request.filters)
    known = await vocabulary(services)
    for suspect in suspects:
        if suspect.sure or not await search.phrase(suspect.text):
            for word in _windows(suspect, known):
                if found := await _replaced(search, plan, word, _likely(word.text, known)[:3]):
                    return found
    return None


def _likely(word: str, known: Vocabulary) -> tuple[str, ...]:
    """Names that may be meant by a word; by letters that are no name, those that sound so."""
    folded = fold(word)
    return known.spelt(folded) if _LETTERS.fullmatch(folded) and not known.like(folded) else known.like(folded)


class _Counter:
    """Counts hits, a bounded number of times; after that nothing is found, and every phrase is taken to be known."""

    def __init__(self, services: Services, filters: Mapping[str, Query]) -> None:
        self.services = services
        self._filters = filters
        self._left = MOST_SEARCHES

    async def phrase(self, text: str) -> int:
        """How many items hold the words of `text` one after the other."""
        return await self.count(phrase(text)) if self._left else 1

    async def count(self, query: Query) -> int:
        """How many items match."""
        if not self._left:
            return 0
        self._left -= 1
        return (await self.services.engine.search(SearchRequest(query, filters=self._filters, size=0))).total


async def _replaced(search: _Counter, plan: Plan, word: _Word, likely: Sequence[str]) -> SpellingSuggestionOf | None:
    """The query with `word` replaced by the first of some names with which it finds something; None where the word itself is known."""
    if not likely or (not word.sure and await search.phrase(word.text)):
        return None
    for name in likely:
        text = plan.typed.query[: word.start] + name + plan.typed.query[word.start + len(word.text) :]
        new = await planned(search.services, text, plan.match)
        count = await search.count(new.query(every=True))
        if not count and new.can_relax:
            count = await search.count(new.query(every=False))
        if count:
            return SpellingSuggestionOf(text, count, word.text, name)
    return None


def _suspects(plan: Plan) -> Iterator[_Word]:
    for part in plan.parts:
        clause = part.clause
        if clause.excluded or seen(clause.text) != clause.text:
            continue
        if clause.kind is ClauseKind.WORDS and part.words:
            yield _Word(clause.value, clause.end - len(clause.value), sure=False)
        elif clause.kind is ClauseKind.FIGURE and _noted(part, NoteCode.UNKNOWN_SUBJECT):
            yield _Word(clause.value, clause.start + clause.text.find(clause.value), sure=True)
        elif clause.kind is ClauseKind.FIELD:
            named = fields_by_name()[clause.field or ""].kind in _NAMED
            for value in clause.values:
                if named or any(note.code is NoteCode.UNKNOWN_VALUE and f"“{value}”" in note.message for note in part.notes):
                    yield _Word(value, clause.start + clause.text.rfind(value), sure=True)


def _noted(part: Part, code: NoteCode) -> bool:
    return any(note.code is code for note in part.notes)


def _windows(word: _Word, known: Vocabulary) -> Iterator[_Word]:
    """The word itself, then the words in a row of a longer one that hold no known name and overlap none, the longest first."""
    folded = fold(word.text)
    if folded in known.uses or len(folded) != len(word.text):
        return
    if 2 <= len(folded) <= _LONGEST_WORD or _LETTERS.fullmatch(folded):
        yield word
    if word.sure or folded.isascii():
        return
    taken = known.inside(folded)
    cut = tokens(word.text[:_LONGEST_TEXT])
    pairs = ((first, last) for at, first in enumerate(cut) for last in cut[at : at + _LONGEST_WORD])
    rows = [(first.start, last.end) for first, last in pairs if first.start or last.end < len(folded)]
    for start, end in sorted(rows, key=lambda row: (row[0] - row[1], row[0])):
        if _SHORTEST_WORD <= end - start <= _LONGEST_WORD and all(start >= stop or end <= begin for begin, stop in taken):
            yield _Word(word.text[start:end], word.start + start, sure=False)
