"""Hits, counts and figures over all kinds that a request reaches: exact, and in an order without ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from heapq import merge, nsmallest
from typing import Any, TypeAlias

from tantivy import Query as TantivyQuery

from search.criteria import Facet, Metric, Scalar, Sort
from search.embedded.compile import starting_with
from search.embedded.ordering import Row, View
from search.mapping import FieldType
from search.port import FacetCount, FacetResult, Hit, MetricResult

_ALL_TERMS = 2**31  # of each segment: tantivy's own choice would take the most frequent ones only and miscount the others
_MAX_BUCKETS = 60_000  # tantivy gives up at 65,000

_Values: TypeAlias = str | list[Scalar] | None


def _backwards(one: Any, other: Any) -> int:
    return int(one < other) - int(one > other)


_down = cmp_to_key(_backwards)


def hit(row: Row, scored: bool) -> Hit:
    """The port's hit of a row."""
    document = row.document
    return Hit(
        id=row.id,
        kind=str(document.get_first("kind")),
        record=bytes(document.get_first("record") or b""),
        position=(row.value, row.id),
        score=float(row.value or 0.0) if scored else None,
    )


def merged(pages: Iterable[Iterator[Row]], sort: Sort) -> Iterator[Row]:
    """The rows of several kinds, each in the order of the request already, in that order."""

    def place(row: Row) -> tuple[Any, ...]:
        if sort.field == "id":
            return (_down(row.id) if sort.descending else row.id,)
        if row.value is None:
            return True, None, row.id
        return False, _down(row.value) if sort.descending else row.value, row.id

    return merge(*pages, key=place)


def metrics(views: Sequence[View], base: TantivyQuery, wanted: Iterable[Metric]) -> dict[str, MetricResult]:
    """The figures of each metric over all that matches."""
    asked = {metric.name: {"stats": {"field": metric.field}} for metric in wanted}
    answers = [view.searcher.aggregate(base, asked) for view in views] if asked else []
    return {name: _metric([answer[name] for answer in answers if answer[name]["count"]]) for name in asked}


def facets(views: Sequence[View], base: TantivyQuery, wanted: Sequence[Facet]) -> dict[str, FacetResult]:
    """The counts of each facet over `base`, in one pass of each kind where that settles them."""
    asked = {facet.name: _terms(facet, _enough(facet)) for facet in wanted}
    answers = [view.searcher.aggregate(base, asked) for view in views]
    return {facet.name: _facet(views, base, facet, [_Listed.of(answer[facet.name]) for answer in answers]) for facet in wanted}


@dataclass(frozen=True, slots=True)
class _Listed:
    """The most frequent values of one kind; one that is not listed is held by at most `bound` entries. `total` counts all values."""

    counts: dict[Scalar, int]
    bound: int
    total: int

    @classmethod
    def of(cls, answer: dict[str, Any]) -> _Listed:
        counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}
        rest = answer["sum_other_doc_count"]
        return cls(counts, min(counts.values(), default=0) if rest else 0, sum(counts.values()) + rest)


def _facet(views: Sequence[View], base: TantivyQuery, facet: Facet, lists: list[_Listed]) -> FacetResult:
    """Asks again for more while a value that no kind has listed could be among those wanted, or tie with the last of them.

    After that a value can still be listed by one kind and not by another: those that could be wanted are asked for by name.
    """
    size = _enough(facet)
    while (bound := sum(held.bound for held in lists)) and size < _MAX_BUCKETS:
        if bound < _edge(lists, facet.size) and _nameable(views, facet):
            break
        size *= 8
        lists = [_again(view, base, facet, size) if held.bound else held for view, held in zip(views, lists, strict=True)]
    edge = _edge(lists, facet.size)
    most = Counter({value: sum(held.counts.get(value, held.bound) for held in lists) for held in lists for value in held.counts})
    wanted = nsmallest(_MAX_BUCKETS, (value for value, count in most.items() if count >= edge), key=lambda value: (-most[value], value))
    if len(lists) > 1 and bound and _nameable(views, facet):
        lists = [_named(view, base, facet, held, wanted) for view, held in zip(views, lists, strict=True)]
    counts = [FacetCount(value, sum(held.counts.get(value, 0) for held in lists)) for value in wanted]
    best = nsmallest(facet.size, counts, key=_rank)
    return FacetResult(tuple(best), sum(held.total for held in lists) - sum(count.count for count in best))


def _edge(lists: Sequence[_Listed], size: int) -> int:
    """What the last of the values wanted counts at least."""
    least: Counter[Scalar] = Counter()
    for held in lists:
        least.update(held.counts)
    best = least.most_common(size)
    return best[-1][1] if len(best) == size else 0


def _again(view: View, base: TantivyQuery, facet: Facet, size: int) -> _Listed:
    return _Listed.of(view.searcher.aggregate(base, {facet.name: _terms(facet, size)})[facet.name])


def _named(view: View, base: TantivyQuery, facet: Facet, held: _Listed, values: Iterable[Scalar]) -> _Listed:
    """The same list, with the counts of all of `values`."""
    missing = [value for value in values if value not in held.counts]
    if not held.bound or not missing:
        return held
    found = view.searcher.aggregate(base, {facet.name: _terms(facet, len(missing), missing)})[facet.name]
    return _Listed(held.counts | {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}, 0, held.total)


def _nameable(views: Sequence[View], facet: Facet) -> bool:
    """Whether tantivy can be asked for values by name: of keywords only. One kind alone needs no names."""
    return len(views) == 1 or views[0].compiler.mapping.fields[facet.field].type is FieldType.KEYWORD


def _enough(facet: Facet) -> int:
    return 2 * facet.size + 50


def _terms(facet: Facet, size: int, values: _Values = None) -> dict[str, Any]:
    asked: dict[str, Any] = {"field": facet.field, "size": min(size, _MAX_BUCKETS), "segment_size": _ALL_TERMS}
    include = values or (starting_with(facet.prefix) if facet.prefix else None)
    return {"terms": asked | ({"include": include} if include else {})}


def _rank(count: FacetCount) -> tuple[int, Any]:
    return -count.count, count.value


def _metric(found: Sequence[dict[str, Any]]) -> MetricResult:
    if not found:
        return MetricResult(0)
    count, total = sum(int(stats["count"]) for stats in found), sum(stats["sum"] for stats in found)
    return MetricResult(count, total, min(stats["min"] for stats in found), max(stats["max"] for stats in found), total / count)
