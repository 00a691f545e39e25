"""The query tree as tantivy queries: objects, never strings. What comes in has passed search.checking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import FieldType as TantivyType
from tantivy import Occur, Schema
from tantivy import Query as TantivyQuery

from search import analysis, criteria
from search.criteria import Query
from search.embedded.schema import ORDER, order_key, stored, tantivy_type
from search.mapping import Mapping

_FEW = 32  # values that are asked for one by one: a set of terms costs 0.3 ms of itself, a single one a hundredth


def _both(queries: Iterable[TantivyQuery], occur: Occur) -> TantivyQuery:
    parts = list(queries)
    return parts[0] if len(parts) == 1 else TantivyQuery.boolean_query([(occur, part) for part in parts])


def any_of(queries: Iterable[TantivyQuery]) -> TantivyQuery:
    """At least one of them; none of none."""
    return _both(queries, Occur.Should)


def all_of(queries: Sequence[TantivyQuery]) -> TantivyQuery:
    """Every one of them; everything of none, without a score."""
    return _both(queries, Occur.Must) if queries else silent(TantivyQuery.all_query())


def silent(query: TantivyQuery) -> TantivyQuery:
    """The same entries with score 0."""
    return TantivyQuery.const_score_query(query, 0.0)


def among(schema: Schema, field: str, values: Sequence[Any]) -> TantivyQuery:
    """Entries whose `field` is one of the stored `values`; none of none."""
    if len(values) > _FEW:
        return TantivyQuery.term_set_query(schema, field, list(values))
    return any_of(TantivyQuery.term_query(schema, field, value, "basic") for value in values)


def starting_with(beginning: str) -> str:
    """The regular expression of all values that begin with `beginning`."""
    return "".join(rf"\x{{{ord(char):x}}}" for char in beginning) + r"(.|\n)*"


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles against one mapping and its schema."""

    mapping: Mapping
    schema: Schema

    def query(self, node: Query) -> TantivyQuery:  # noqa: PLR0911 - one branch a node
        """The tantivy query of a node of the tree."""
        match node:
            case criteria.Everything():  # bare, it would lose its score beside others that must match
                return TantivyQuery.const_score_query(TantivyQuery.all_query(), 1.0)
            case criteria.Nothing():
                return TantivyQuery.empty_query()
            case criteria.Text():
                return any_of(self._text_parts(node))
            case criteria.Phrase():
                return any_of(self._phrase_parts(node))
            case criteria.All(parts):
                return all_of([self.query(part) for part in parts])
            case criteria.Any(parts):
                return any_of([self.query(part) for part in parts])
            case criteria.Ranked(part, also):
                return TantivyQuery.boolean_query([(Occur.Must, self.query(part)), (Occur.Should, self.query(also))])
            case criteria.Constant(part, score):
                return TantivyQuery.const_score_query(self.query(part), score)
            case criteria.Not(part):
                return self._not(self.query(part))
            case _:
                return silent(self._filter(node))

    def filters(self, nodes: Iterable[Query]) -> list[TantivyQuery]:
        """The nodes as conditions that do not score."""
        return [silent(self.query(node)) for node in nodes]

    def equal(self, field: str, value: criteria.Scalar | None) -> TantivyQuery:
        """Entries whose `field` is `value`, or is missing where `value` is None."""
        node: Query = criteria.Not(criteria.Exists(field)) if value is None else criteria.Term(field, (value,))
        return self.query(node)

    def beyond_id(self, entry_id: str, descending: bool) -> TantivyQuery:
        """Entries whose id comes after `entry_id` (before it where `descending`), it itself, and perhaps a few close to it."""
        return self.from_key(order_key(entry_id)[0], descending)

    def from_key(self, key: int, descending: bool = False) -> TantivyQuery:
        """Entries whose id's first number (`order_key`) is `key` or comes after it (before it where `descending`)."""
        low, high = (None, key) if descending else (key, None)
        return silent(TantivyQuery.range_query(self.schema, ORDER[0], TantivyType.Unsigned, low, high))

    def _text_parts(self, node: criteria.Text) -> Iterable[TantivyQuery]:
        occur = Occur.Must if node.every else Occur.Should
        for name, boost in node.fields.items():
            form = self.mapping.fields[name].form
            terms = dict.fromkeys(analysis.terms(node.text, form)) if form else {}
            if terms:
                option = "position" if self.mapping.fields[name].positions else "freq"
                found = _both((TantivyQuery.term_query(self.schema, name, term, option) for term in terms), occur)
                yield TantivyQuery.boost_query(found, boost)

    def _phrase_parts(self, node: criteria.Phrase) -> Iterable[TantivyQuery]:
        chars = analysis.terms(node.text, analysis.Form.CHARS)
        for name, boost in node.fields.items():
            field = self.mapping.in_order.get(name, name)
            if len(chars) > 1:
                yield TantivyQuery.boost_query(TantivyQuery.phrase_query(self.schema, field, list(chars)), boost)
            elif chars:  # a phrase of one token panics in tantivy
                yield TantivyQuery.boost_query(TantivyQuery.term_query(self.schema, field, chars[0]), boost)

    def _not(self, query: TantivyQuery) -> TantivyQuery:
        everything = silent(TantivyQuery.all_query())
        return TantivyQuery.boolean_query([(Occur.Must, everything), (Occur.MustNot, query)])

    def _filter(self, node: Query) -> TantivyQuery:
        match node:
            case criteria.Term(name, values):
                field = self.mapping.fields[name]
                wanted = list(dict.fromkeys(stored(field, field.value(value)) for value in values))
                return among(self.schema, name, wanted)
            case criteria.Prefix(name, beginning):
                return TantivyQuery.regex_query(self.schema, name, starting_with(beginning))
            case criteria.Exists(name):
                return TantivyQuery.exists_query(name)
            case criteria.Range():
                return self._range(node)
        raise TypeError(f"{node!r} is no node of the query tree")

    def _range(self, node: criteria.Range) -> TantivyQuery:
        """One query for all bounds: of a field with several values, one and the same has to lie between them."""
        field = self.mapping.fields[node.field]

        def bounds(*given: tuple[criteria.Scalar | None, bool]) -> list[tuple[Any, bool]]:
            return [(stored(field, field.value(value)), included) for value, included in given if value is not None]

        lows, highs = bounds((node.gte, True), (node.gt, False)), bounds((node.lte, True), (node.lt, False))
        if not lows and not highs:
            return TantivyQuery.exists_query(field.name)
        low: Any
        high: Any
        low, with_low = max(lows, key=lambda bound: (bound[0], not bound[1]), default=(None, True))
        high, with_high = min(highs, default=(None, True))  # of two equal bounds the one that leaves the value out
        if lows and highs and (low > high or (low == high and not (with_low and with_high))):
            return TantivyQuery.empty_query()
        return TantivyQuery.range_query(self.schema, field.name, tantivy_type(field), low, high, with_low, with_high)


def constant_score(node: Query) -> float | None:
    """The score that every match of `node` has, where the tree alone tells; None where entries can score differently."""
    match node:
        case criteria.Everything():
            return 1.0
        case criteria.Constant(_, score):
            return score
        case criteria.Text() | criteria.Phrase() | criteria.Ranked():
            return None
        case criteria.All(parts):
            scores = [constant_score(part) for part in parts]
            return None if None in scores else sum(score for score in scores if score)
        case criteria.Any(parts):
            found = {constant_score(part) for part in parts}
            return found.pop() if len(parts) == 1 else None if found - {0.0} else 0.0
    return 0.0


def kinds_of(node: Query) -> frozenset[str] | None:
    """The kinds of entries that alone can match `node`, where the tree tells; None where any kind can."""
    match node:
        case criteria.Nothing():
            return frozenset()
        case criteria.Term("kind", values):
            return frozenset(map(str, values))
        case criteria.All(parts):
            named = [kinds for part in parts if (kinds := kinds_of(part)) is not None]
            return frozenset.intersection(*named) if named else None
        case criteria.Any(parts):
            each = [kinds_of(part) for part in parts]
            return None if None in each else frozenset().union(*filter(None, each))
        case criteria.Ranked(part) | criteria.Constant(part):
            return kinds_of(part)
    return None
