"""A SearchRequest as the body of one search, and the answer to it as a SearchPage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.errors import BadRequest
from search.criteria import Exists, Not, Scalar, SearchRequest
from search.elastic.compile import Compiler, Json, all_silent
from search.mapping import FieldType
from search.port import FacetCount, FacetResult, Hit, MetricResult, SearchPage

ENTRIES: Json = {"exists": {"field": "kind"}}
"""Only entries have a kind: what this engine keeps for itself has none."""

SOURCE = ["kind", "record"]
_ALL_VALUES = 60_000  # of a facet, on each shard: with fewer, counts over several shards could be too low. The cluster's limit is 65,536


@dataclass(frozen=True, slots=True)
class Search:
    """One request, compiled. `after` is what `search.checking.after_position` made of the request's."""

    request: SearchRequest
    body: Json

    @classmethod
    def of(cls, request: SearchRequest, after: tuple[Scalar | None, str] | None, compiler: Compiler, shards: int) -> Search:
        """The body counts all that match, in one request, whatever the facets leave out."""
        ignored = {name for facet in request.facets for name in facet.ignore}
        fixed = compiler.filters(node for name, node in request.filters.items() if name not in ignored)
        left_out = {name: compiler.filters([node])[0] for name, node in request.filters.items() if name in ignored}
        sort, position, rest = _order(request, after, compiler)
        body: Json = {
            "query": {"bool": {"must": [compiler.query(request.query)], "filter": [ENTRIES, *fixed]}},
            "size": request.size,
            "sort": sort,
            "_source": SOURCE,
            "track_total_hits": True,
        }
        if left_out or rest:
            body["post_filter"] = all_silent([*left_out.values(), *rest])
        if position is not None:
            body["search_after"] = position
        if request.offset:
            body["from"] = request.offset
        if _by_value(request):
            body["docvalue_fields"] = [_docvalue(request, compiler)]
        aggregations = _aggregations(request, left_out, shards)
        if rest:
            aggregations["total"] = {"filter": all_silent(list(left_out.values()))}
        if aggregations:
            body["aggs"] = aggregations
        return cls(request, body)

    def page(self, answer: Mapping[str, Any]) -> SearchPage:
        """The page in Elasticsearch's answer."""
        found = answer.get("aggregations", {})
        hits = answer["hits"]
        return SearchPage(
            hits=tuple(self._hit(raw) for raw in hits["hits"]),
            total=found["total"]["doc_count"] if "total" in found else hits["total"]["value"],
            facets={facet.name: _facet(_inner(found[f"f{at}"]), facet.size) for at, facet in enumerate(self.request.facets)},
            metrics={metric.name: _metric(_inner(found[f"m{at}"])) for at, metric in enumerate(self.request.metrics)},
        )

    def _hit(self, raw: Mapping[str, Any]) -> Hit:
        field = self.request.sort.field
        if field is None:
            return hit(raw, raw["_score"], raw["_score"])
        if field == "id":
            return hit(raw, raw["_id"])
        return hit(raw, next(iter(raw.get("fields", {}).get(field, ())), None))


def hit(raw: Mapping[str, Any], value: Scalar | None = None, score: float | None = None) -> Hit:
    """The port's hit of one of Elasticsearch's."""
    source = raw["_source"]
    return Hit(raw["_id"], source["kind"], source["record"].encode(), (value, raw["_id"]), score)


def nothing(request: SearchRequest) -> SearchPage:
    """The answer of an archive that has no index yet."""
    facets = {facet.name: FacetResult(()) for facet in request.facets}
    return SearchPage((), 0, facets=facets, metrics={metric.name: MetricResult(0) for metric in request.metrics})


def _by_value(request: SearchRequest) -> bool:
    return request.sort.field not in (None, "id")


def _order(
    request: SearchRequest, after: tuple[Scalar | None, str] | None, compiler: Compiler
) -> tuple[list[Any], list[Any] | None, list[Json]]:
    """The sort clauses, where the page begins, and, for a page among entries without a value, the condition that they have none."""
    field, direction = request.sort.field, "desc" if request.sort.descending else "asc"
    by_id: Json = {"id": "asc"}
    if field is None:
        return [{"_score": "desc"}, by_id], None if after is None else [after[0], after[1]], []
    if field == "id":
        return [{"id": direction}], None if after is None else [after[1]], []
    if after is not None and after[0] is None:
        return [by_id], [after[1]], compiler.filters([Not(Exists(field))])
    clause: Json = {"order": direction, "missing": "_last"}
    if compiler.mapping.fields[field].type is FieldType.DATE:
        clause["format"] = "strict_date"
    return [{field: clause}, by_id], None if after is None else [after[0], after[1]], []


def _docvalue(request: SearchRequest, compiler: Compiler) -> Json:
    name = str(request.sort.field)
    dated = compiler.mapping.fields[name].type is FieldType.DATE
    return {"field": name, "format": "strict_date"} if dated else {"field": name}


def _aggregations(request: SearchRequest, left_out: Mapping[str, Json], shards: int) -> Json:
    found: Json = {}
    for at, facet in enumerate(request.facets):
        terms: Json = {"field": facet.field, "size": facet.size, "order": [{"_count": "desc"}, {"_key": "asc"}]}
        if facet.prefix is not None:
            terms["include"] = _beginning(facet.prefix)
        if shards > 1:
            terms["shard_size"] = _ALL_VALUES
        kept = [node for name, node in left_out.items() if name not in facet.ignore]
        found[f"f{at}"] = _narrowed({"terms": terms}, kept)
    for at, metric in enumerate(request.metrics):
        found[f"m{at}"] = _narrowed({"stats": {"field": metric.field}}, list(left_out.values()))
    return found


def _beginning(prefix: str) -> str:
    """The regular expression, in Lucene's language, of all that begins so."""
    return "".join(char if char.isalnum() else "\\" + char for char in prefix) + ".*"


def _narrowed(aggregation: Json, filters: list[Json]) -> Json:
    return {"filter": all_silent(filters), "aggs": {"inner": aggregation}} if filters else aggregation


def _inner(found: Mapping[str, Any]) -> Mapping[str, Any]:
    inner: Mapping[str, Any] = found.get("inner", found)
    return inner


def _facet(found: Mapping[str, Any], size: int) -> FacetResult:
    if found.get("doc_count_error_upper_bound"):
        raise BadRequest(
            f"a facet of this search has more than {_ALL_VALUES} values on a shard, so they cannot be counted; narrow the search"
        )
    counts = tuple(FacetCount(bucket["key"], bucket["doc_count"]) for bucket in found["buckets"])
    return FacetResult(counts[:size], found["sum_other_doc_count"])


def _metric(found: Mapping[str, Any]) -> MetricResult:
    if not found["count"]:
        return MetricResult(0)
    return MetricResult(found["count"], found["sum"], found["min"], found["max"], found["avg"])
