"""The query tree as Elasticsearch's JSON. What comes in has passed search.checking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from search import analysis, criteria
from search.criteria import Query, Scalar
from search.mapping import Mapping

Json: TypeAlias = dict[str, Any]

NOTHING: Json = {"match_none": {}}


def all_silent(parts: Sequence[Json]) -> Json:
    """Every one of them, with score 0; everything where there is none."""
    return {"bool": {"filter": list(parts) or [{"match_all": {}}]}}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles against one mapping."""

    mapping: Mapping

    def query(self, node: Query) -> Json:  # noqa: PLR0911 - one branch a node
        """The query of a node of the tree, with its score."""
        match node:
            case criteria.Everything():
                return {"match_all": {}}
            case criteria.Nothing():
                return NOTHING
            case criteria.Text():
                return _any_of(self._text_parts(node))
            case criteria.Phrase():
                return _any_of(self._phrase_parts(node))
            case criteria.All(parts):
                return self._all(parts)
            case criteria.Any(parts):
                return _any_of(map(self.query, parts))
            case criteria.Ranked(part, also):
                return {"bool": {"must": [self.query(part)], "should": [self.query(also)]}}
            case criteria.Constant(part, score):
                return {"constant_score": {"filter": self.query(part), "boost": score}}
            case criteria.Not(part):
                return {"bool": {"must_not": [self.query(part)]}}
            case _:
                return all_silent([self._filter(node)])

    def filters(self, nodes: Iterable[Query]) -> list[Json]:
        """The nodes as conditions; where they stand they do not score."""
        return [self._filter(node) if isinstance(node, _FILTERS) else self.query(node) for node in nodes]

    def _all(self, parts: Sequence[Query]) -> Json:
        silent = [part for part in parts if isinstance(part, _FILTERS)]
        scoring = [self.query(part) for part in parts if not isinstance(part, _FILTERS)]
        if not scoring:
            return all_silent(self.filters(silent))
        if len(parts) == 1:
            return scoring[0]
        return {"bool": {"must": scoring, "filter": self.filters(silent)}}

    def _text_parts(self, node: criteria.Text) -> Iterator[Json]:
        for name, boost in node.fields.items():
            form = self.mapping.fields[name].form
            terms = dict.fromkeys(analysis.terms(node.text, form)) if form else {}
            if terms:
                operator = "and" if node.every else "or"
                yield {"match": {name: {"query": " ".join(terms), "operator": operator, "boost": boost}}}

    def _phrase_parts(self, node: criteria.Phrase) -> Iterator[Json]:
        chars = analysis.terms(node.text, analysis.Form.CHARS)
        if chars:
            for name, boost in node.fields.items():
                yield {"match_phrase": {self.mapping.in_order.get(name, name): {"query": " ".join(chars), "boost": boost}}}

    def _filter(self, node: Query) -> Json:
        match node:
            case criteria.Term(name, values):
                field = self.mapping.fields[name]
                return {"terms": {name: list(dict.fromkeys(field.value(value) for value in values))}}
            case criteria.Prefix(name, beginning):
                return {"prefix": {name: {"value": beginning}}}
            case criteria.Exists(name):
                return {"exists": {"field": name}}
            case criteria.Range():
                return self._range(node)
        raise TypeError(f"{node!r} is no node of the query tree")

    def _range(self, node: criteria.Range) -> Json:
        """One query for all bounds: of a field with several values, one and the same has to lie between them."""
        field = self.mapping.fields[node.field]

        def values(*given: tuple[Scalar | None, str]) -> list[tuple[Any, str]]:
            return [(field.value(value), name) for value, name in given if value is not None]

        bounds: Json = {}
        lows, highs = values((node.gte, "gte"), (node.gt, "gt")), values((node.lte, "lte"), (node.lt, "lt"))
        if lows:
            value, name = max(lows, key=lambda bound: (bound[0], bound[1] == "gt"))
            bounds[name] = value
        if highs:
            value, name = min(highs, key=lambda bound: (bound[0], bound[1] == "lte"))
            bounds[name] = value
        return {"range": {field.name: bounds}} if bounds else {"exists": {"field": field.name}}


_FILTERS = criteria.Term | criteria.Prefix | criteria.Exists | criteria.Range


def _any_of(parts: Iterable[Json]) -> Json:
    found = list(parts)
    if not found:
        return NOTHING
    return found[0] if len(found) == 1 else {"bool": {"should": found, "minimum_should_match": 1}}
