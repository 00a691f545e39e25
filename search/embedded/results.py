"""Counts and figures over all that matches a request, exact, in an order without ties."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from typing import Any

from tantivy import Query as TantivyQuery

from search.criteria import Facet, SearchRequest
from search.embedded.compile import all_of
from search.embedded.ordering import Row, View
from search.port import FacetCount, FacetResult, Hit, MetricResult

_ALL_TERMS = 2**31  # of each segment: tantivy's own choice would take the most frequent ones only and miscount the others
_MAX_BUCKETS = 60_000


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


def facets(view: View, query: TantivyQuery, filters: MappingOf[str, TantivyQuery], request: SearchRequest) -> dict[str, FacetResult]:
    """Each facet over the query and all filters but those it ignores; facets that ignore the same ones share one pass."""
    found: dict[str, FacetResult] = {}
    for ignore in dict.fromkeys(facet.ignore for facet in request.facets):
        base = all_of([query, *(part for name, part in filters.items() if name not in ignore)])
        together = [facet for facet in request.facets if facet.ignore == ignore]
        answer = view.searcher.aggregate(base, {facet.name: _terms(facet, 2 * facet.size + 50) for facet in together})
        found |= {facet.name: _facet(view, base, facet, answer[facet.name]) for facet in together}
    return {facet.name: found[facet.name] for facet in request.facets}


def metrics(view: View, base: TantivyQuery, request: SearchRequest) -> dict[str, MetricResult]:
    """The figures of each metric over all that matches."""
    if not request.metrics:
        return {}
    answer = view.searcher.aggregate(base, {metric.name: {"stats": {"field": metric.field}} for metric in request.metrics})
    return {name: _metric(stats) for name, stats in answer.items()}


def count_by(view: View, field: str) -> dict[str, int]:
    """How many entries hold each value of the keyword `field`, by value."""
    request = Facet(field, field, size=1_000)
    answer = view.searcher.aggregate(TantivyQuery.all_query(), {field: _terms(request, 1_000)})
    return {bucket["key"]: bucket["doc_count"] for bucket in sorted(answer[field]["buckets"], key=lambda bucket: bucket["key"])}


def _terms(facet: Facet, size: int) -> dict[str, Any]:
    return {"terms": {"field": facet.field, "size": min(size, _MAX_BUCKETS), "segment_size": _ALL_TERMS}}


def _facet(view: View, base: TantivyQuery, facet: Facet, answer: dict[str, Any]) -> FacetResult:
    """Asks again for more while the last value wanted ties with values that were not listed (tantivy breaks ties as it likes)."""
    size = 2 * facet.size + 50
    while _undecided(answer, facet.size) and size < _MAX_BUCKETS:
        size *= 8
        answer = view.searcher.aggregate(base, {facet.name: _terms(facet, size)})[facet.name]
    counts = sorted((FacetCount(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"]), key=_rank)
    rest = sum(count.count for count in counts[facet.size :])
    return FacetResult(tuple(counts[: facet.size]), answer["sum_other_doc_count"] + rest)


def _undecided(answer: dict[str, Any], size: int) -> bool:
    buckets = answer["buckets"]
    return bool(answer["sum_other_doc_count"]) and buckets[size - 1]["doc_count"] == buckets[-1]["doc_count"]


def _rank(count: FacetCount) -> tuple[int, Any]:
    return -count.count, count.value


def _metric(stats: dict[str, Any]) -> MetricResult:
    if not stats["count"]:
        return MetricResult(0)
    return MetricResult(int(stats["count"]), stats["sum"], stats["min"], stats["max"], stats["avg"])
