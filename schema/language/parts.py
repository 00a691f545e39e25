"""A clause made ready to be searched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schema.language.clauses import Clause, ClauseKind, Note
from schema.search_box import phrase, words
from search.criteria import Any, Query


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as it takes part in the search: by `words` (with `synonyms`), or by the condition `query`; by neither where ignored.

    `name` is what a field names that texts speak of, a theme or a practice. What meets `also` holds the words, too."""

    clause: Clause
    kind: ClauseKind
    label: str
    notes: tuple[Note, ...] = ()
    words: str = ""
    synonyms: tuple[str, ...] = ()
    query: Query | None = None
    name: str = ""
    also: Query | None = None

    @property
    def says(self) -> bool:
        """Whether it has a part in what is found."""
        return bool(self.words) or self.query is not None

    @property
    def plain(self) -> bool:
        """Whether it is words that need no condition of their own."""
        return bool(self.words) and not self.synonyms and self.also is None and self.kind is ClauseKind.WORDS and not self.clause.excluded

    def condition(self, *, every: bool) -> Query:
        """What it asks of an item, whether it is excluded or not."""
        if self.query is not None:
            return self.query
        if self.clause.excluded or self.kind is ClauseKind.PHRASE:
            return phrase(self.words)
        found = [words(text, every=every or text != self.words) for text in (self.words, *self.synonyms)]
        return any_of([*found, *([self.also] if self.also else [])])


def any_of(queries: Iterable[Query]) -> Query:
    """What at least one of some queries finds."""
    found = tuple(queries)
    return found[0] if len(found) == 1 else Any(found)
