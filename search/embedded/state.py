"""One state of the whole index: a tantivy index for each kind of entries, searched as one.

A kind has an index of its own because tantivy counts every document of an index in the statistics by which it scores, also those that
have no such text: among five times as many short entries of other kinds, whole documents would be scored as if all were far too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from tantivy import Query as TantivyQuery

from search.criteria import All, Query, Scalar, SearchRequest
from search.embedded import results
from search.embedded.compile import Compiler, all_of, among, constant_score, kinds_of
from search.embedded.ordering import Row, View
from search.port import FacetResult, Hit, SearchPage

_IDS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class State:
    """What readers see until they ask for the state again; `name` changes with every write that changes an answer."""

    name: str
    compiler: Compiler
    views: Mapping[str, View]

    def search(self, request: SearchRequest, after: tuple[Scalar | None, str] | None) -> SearchPage:
        """The answer to a checked request; `after` is the place behind which the page begins."""
        query = self.compiler.query(request.query)
        filters = dict(zip(request.filters, self.compiler.filters(request.filters.values()), strict=True))
        base = all_of([query, *filters.values()])
        totals = [(view, view.count(base)) for view in self._that_can(request.query, *request.filters.values())]
        views = [view for view, total in totals if total]
        need = request.offset + request.size
        constant = constant_score(request.query)
        pages = [view.ordered(base, request.sort, after, need, constant) for view in views] if need else []
        rows = islice(results.merged(pages, request.sort), request.offset, need)
        return SearchPage(
            hits=tuple(results.hit(row, request.sort.field is None) for row in rows),
            total=sum(total for _, total in totals),
            facets=self._facets(request, query, filters),
            metrics=results.metrics(views, base, request.metrics),
        )

    def get(self, ids: Sequence[str]) -> dict[str, Hit]:
        """The entries with these ids, in no order."""
        found: dict[str, Hit] = {}
        for start in range(0, len(ids), _IDS_AT_ONCE):
            some = ids[start : start + _IDS_AT_ONCE]
            query = among(self.compiler.schema, "id", some)
            for view in self.views.values():
                found |= {row.id: results.hit(row, False) for row in view.some(query, len(some))}
        return found

    def scan(self, query: Query) -> Iterator[Hit]:
        """Every entry that matches a checked query, in order of id."""
        base = self.compiler.query(query)
        for row in merge(*(view.walk(base) for view in self._that_can(query)), key=_id):
            yield results.hit(row, False)

    def counts(self) -> dict[str, int]:
        """How many entries there are of each kind that has any."""
        return {kind: view.searcher.num_docs for kind, view in sorted(self.views.items()) if view.searcher.num_docs}

    def _that_can(self, *nodes: Query) -> list[View]:
        """The views of the kinds that can match all of `nodes`."""
        kinds = kinds_of(All(nodes))
        return [view for kind, view in self.views.items() if kinds is None or kind in kinds]

    def _facets(self, request: SearchRequest, query: TantivyQuery, filters: Mapping[str, TantivyQuery]) -> dict[str, FacetResult]:
        """Each facet over the query and all filters but those it ignores; facets that ignore the same ones share one pass."""
        found: dict[str, FacetResult] = {}
        for ignore in dict.fromkeys(facet.ignore for facet in request.facets):
            kept = [name for name in filters if name not in ignore]
            views = self._that_can(request.query, *(request.filters[name] for name in kept))
            together = [facet for facet in request.facets if facet.ignore == ignore]
            found |= results.facets(views, all_of([query, *(filters[name] for name in kept)]), together)
        return {facet.name: found[facet.name] for facet in request.facets}


def _id(row: Row) -> str:
    return row.id
