"""Pages in an order that has no ties: by value or score, then by id, also where tantivy orders equal values as they happen to lie.

Each page costs what it holds, not how deep it lies: it begins with a filter behind the last page's place. Only relevance has to be
looked through from the top, because a score cannot be filtered by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, NamedTuple, TypeAlias

from tantivy import DocAddress, Document, Order, Searcher
from tantivy import Query as TantivyQuery

from archive.errors import BadRequest
from search.criteria import Exists, Not, Range, Scalar, Sort
from search.embedded.compile import Compiler, all_of, any_of
from search.embedded.schema import ORDER, loaded, order_key
from search.mapping import FieldType

_SCORE_DIGITS = 4  # tantivy adds scores in 32 bits: the last digits depend on the order of addition
_WINDOW = 10_000  # hits whose places are asked for at once
_MAX_VALUES = 60_000  # tantivy gives up at 65,000 buckets


_Hits: TypeAlias = Sequence[tuple[Any, DocAddress]]


class Row(NamedTuple):
    """One hit in order: what it is ordered by, its id, and its stored fields."""

    value: Scalar | None
    id: str
    document: Document


@dataclass(frozen=True, slots=True)
class View:
    """One state of the index of a kind; nothing that is written later shows in it."""

    searcher: Searcher
    compiler: Compiler

    def count(self, query: TantivyQuery) -> int:
        """How many entries match."""
        found: int = self.searcher.search(query, limit=1, count=True).count  # type: ignore[attr-defined]
        return found

    def some(self, query: TantivyQuery, limit: int) -> Iterator[Row]:
        """At most `limit` hits in no order."""
        for _, address in self.searcher.search(query, limit=limit, count=False).hits:
            document = self.searcher.doc(address)
            yield Row(None, str(document.get_first("id")), document)

    def ordered(
        self, base: TantivyQuery, sort: Sort, after: tuple[Scalar | None, str] | None, need: int, constant: float | None
    ) -> Iterator[Row]:
        """The hits of `base` behind `after`, in order: at least `need` of them, where there are as many.

        `constant` is their score where all have the same. Each stored document is read when its row is asked for.
        """
        if sort.field is None:
            return self._by_score(base, after, need) if constant is None else self._by_id(base, after and after[1], need, constant)
        if sort.field == "id":
            return self._by_own_id(base, after and after[1], need, sort.descending)
        if self.compiler.mapping.fields[sort.field].type is FieldType.KEYWORD:
            return self._by_keyword(base, sort.field, after, need, sort.descending)
        return self._by_number(base, sort.field, after, need, sort.descending)

    def walk(self, base: TantivyQuery) -> Iterator[Row]:
        """All hits of `base` in order of id; holds the places of some thousands and the stored fields of one at a time."""
        query, limit = base, _WINDOW
        while True:
            hits = self._sorted(query, ORDER[0], limit, False)
            whole = hits if len(hits) < limit else [hit for hit in hits if hit[0] != hits[-1][0]]
            yield from (row._replace(value=row.id) for row in self._each(whole))
            if len(hits) < limit:
                return
            limit = _WINDOW if whole else 4 * limit
            query = all_of((base, self.compiler.from_key(hits[-1][0])))

    def _each(self, hits: _Hits, after: tuple[Scalar | None, str] | None = None, descending: bool = False) -> Iterator[Row]:
        """The rows behind `after` of `hits`, whose equal values stand together; equal values in order of id.

        Reads the stored fields of those that are asked for only: where the others stand is told by the columns of their ids' first bytes.
        """
        addresses = [address for _, address in hits]
        keys = list(zip(*(self.searcher.fast_field_values(name, addresses) for name in ORDER), strict=True))
        placed = list(zip((value for value, _ in hits), keys, addresses, strict=True))
        edge = order_key(after[1]) if after is not None else ()
        for value, group in groupby(placed, key=lambda place: place[0]):
            ordered = sorted(group, key=lambda place: place[1], reverse=descending)
            if after is not None and value == after[0]:
                ordered = [place for place in ordered if (place[1] <= edge if descending else place[1] >= edge)]
            for _, ties in groupby(ordered, key=lambda place: place[1]):
                documents = [self.searcher.doc(address) for _, _, address in ties]
                named = [Row(value, str(document.get_first("id")), document) for document in documents]
                if after is not None and value == after[0]:
                    named = [row for row in named if (row.id < after[1] if descending else row.id > after[1])]
                yield from sorted(named, key=lambda row: row.id, reverse=descending)

    def _sorted(self, query: TantivyQuery, field: str, limit: int, descending: bool) -> list[tuple[Any, DocAddress]]:
        order = Order.Desc if descending else Order.Asc
        return self.searcher.search(query, limit=limit, count=False, order_by_field=field, order=order).hits

    def _by_id(self, base: TantivyQuery, after: str | None, need: int, value: Scalar | None, descending: bool = False) -> Iterator[Row]:
        """In order of the ids' first bytes, then of the whole ids; asks for more until no group of equal first bytes is cut at the end."""
        query = base if after is None else all_of((base, self.compiler.beyond_id(after, descending)))
        edge = None if after is None else (order_key(after)[0], after)
        limit, given = need + 16, 0
        while True:
            hits = self._sorted(query, ORDER[0], limit, descending)
            whole = hits if len(hits) < limit else [hit for hit in hits if hit[0] != hits[-1][0]]
            for row in islice(self._each(whole, edge, descending), given, None):
                given += 1
                yield row._replace(value=value)
            if given >= need or len(hits) < limit:
                return
            limit *= 4

    def _by_own_id(self, base: TantivyQuery, after: str | None, need: int, descending: bool) -> Iterator[Row]:
        return (row._replace(value=row.id) for row in self._by_id(base, after, need, None, descending))

    def _by_number(
        self, base: TantivyQuery, name: str, after: tuple[Scalar | None, str] | None, need: int, descending: bool
    ) -> Iterator[Row]:
        rest = base
        if after is not None:
            yield from self._by_id(all_of((base, self.compiler.equal(name, after[0]))), after[1], need, after[0])
            if after[0] is None:
                return
            beyond = Range(name, lt=after[0]) if descending else Range(name, gt=after[0])
            rest = all_of((base, any_of((self.compiler.query(beyond), self.compiler.query(Not(Exists(name)))))))
        field = self.compiler.mapping.fields[name]
        found = self._sorted(rest, name, need, descending)
        hits = [(None if value is None else loaded(field, value), address) for value, address in found]
        if len(hits) < need:
            yield from self._each(hits)
            return
        last = hits[-1][0]
        yield from self._each([hit for hit in hits if hit[0] != last])
        yield from self._by_id(all_of((base, self.compiler.equal(name, last))), None, need, last)

    def _by_keyword(
        self, base: TantivyQuery, name: str, after: tuple[Scalar | None, str] | None, need: int, descending: bool
    ) -> Iterator[Row]:
        if after is not None:
            yield from self._by_id(all_of((base, self.compiler.equal(name, after[0]))), after[1], need, after[0])
            if after[0] is None:
                return
        for value in (*self._values(base, name, descending), None):
            if after is None or value is None or (value < str(after[0]) if descending else value > str(after[0])):
                yield from self._by_id(all_of((base, self.compiler.equal(name, value))), None, need, value)

    def _values(self, base: TantivyQuery, name: str, descending: bool) -> list[str]:
        terms = {"field": name, "size": _MAX_VALUES, "segment_size": 2**31, "order": {"_key": "desc" if descending else "asc"}}
        found = self.searcher.aggregate(base, {"values": {"terms": terms}})["values"]
        if found["sum_other_doc_count"]:
            raise BadRequest(f"{name} has more than {_MAX_VALUES} different values in this search; narrow it to order by {name}")
        return [bucket["key"] for bucket in found["buckets"]]

    def _by_score(self, base: TantivyQuery, after: tuple[Scalar | None, str] | None, need: int) -> Iterator[Row]:
        """Counts along with every search: tantivy then visits all matches in one way whatever the limit, and scores come out equal."""
        limit, given = max(2 * need, 64), 0
        while True:
            found = self.searcher.search(base, limit=limit, count=True).hits
            hits = [(round(score, _SCORE_DIGITS), address) for score, address in found]
            whole = hits if len(hits) < limit else [hit for hit in hits if hit[0] != hits[-1][0]]
            if after is not None:
                whole = [hit for hit in whole if hit[0] <= float(after[0] or 0.0)]
            for row in islice(self._each(whole, after), given, None):
                given += 1
                yield row
            if given >= need or len(hits) < limit:
                return
            limit *= 4
