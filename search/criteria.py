"""The query tree. Engines compile it; no query is ever a string in an engine's own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every entry, with score 1."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no entry."""


@dataclass(frozen=True, slots=True)
class Text:
    """Full text: `text` is analysed by search.analysis and looked up in `fields` (name to boost).

    An entry matches when, in at least one of the fields, it holds every word of the text (`every=True`) or any of them. Its score is the
    sum over the fields. `fields` name analysed fields of the mapping; word fields get words, bigram fields get bigrams.
    """

    text: str
    fields: Mapping[str, float]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """The characters of `text` one after the other, in at least one of `fields` (name to boost), however either is cut into words.

    A run of letters or digits counts as one character (5户 is not in 15户); white space and marks count for nothing. `fields` are those of
    words: the mapping knows where the order of their characters is kept.
    """

    text: str
    fields: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Term:
    """The keyword, number or boolean `field` holds any one of `values`. Does not score."""

    field: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The keyword `field` holds a value that begins with `value`. Does not score."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """The number or date `field` lies between the bounds that are given. Does not score."""

    field: str
    gte: Scalar | None = None
    gt: Scalar | None = None
    lte: Scalar | None = None
    lt: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Exists:
    """The entry has a value for `field`. Does not score."""

    field: str


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `queries`; scores add up."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of `queries`; scores of those that match add up."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What `query` finds; where `also` matches one of these, its score is added. What only `also` matches is not found."""

    query: Query
    also: Query


@dataclass(frozen=True, slots=True)
class Constant:
    """What `query` finds, each with `score` and no other."""

    query: Query
    score: float


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that `query` does not match. Does not score."""

    query: Query


Query: TypeAlias = "Everything | Nothing | Text | Phrase | Term | Prefix | Range | Exists | All | Any | Ranked | Constant | Not"


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by a keyword, number or date field, or by relevance where `field` is None. Ties are always broken by id, ascending.

    Entries without the field come last, whatever the direction.
    """

    field: str | None = None
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Facet:
    """Count the values of the keyword or integer `field` over all that match, most frequent first, ties by value.

    `ignore` names filters of the request that are left out for this facet, so that a reader sees what else could be chosen. `prefix`
    counts only values of a keyword that begin with it, as a suggestion of values needs.
    """

    name: str
    field: str
    size: int = 20
    ignore: frozenset[str] = frozenset()
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """Count, sum, smallest, largest and mean of a number field over all that match."""

    name: str
    field: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. `filters` are combined with the query by AND; each has a name so that facets can leave it out.

    `after` is the `position` of the last hit of the page before (search-after paging); `offset` skips hits and goes with no `after`.
    """

    query: Query = field(default_factory=Everything)
    filters: Mapping[str, Query] = field(default_factory=dict)
    sort: Sort = field(default_factory=Sort)
    size: int = 20
    after: tuple[Scalar | None, ...] | None = None
    offset: int = 0
    facets: tuple[Facet, ...] = ()
    metrics: tuple[Metric, ...] = ()
