"""What the port's words mean, evaluated naively in memory: the judge of every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from search import analysis
from search.criteria import (
    All,
    Any,
    Constant,
    Everything,
    Exists,
    Facet,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
    Ranked,
    Scalar,
    SearchRequest,
    Sort,
    Term,
    Text,
)
from search.mapping import archive
from search.port import Entry, FacetCount, FacetResult


def values(one: Entry, field: str) -> tuple[Scalar, ...]:
    given = {**one.fields, "id": one.id, "kind": one.kind}.get(field, ())
    return given if isinstance(given, tuple) else (given,)


def matches(query: Query, one: Entry) -> bool:
    match query:
        case Everything():
            return True
        case Nothing():
            return False
        case Text():
            return any(_text(query, one, field) for field in query.fields)
        case Phrase():
            return any(_phrase(query, one, field) for field in query.fields)
        case Term(field, wanted):
            return bool(set(values(one, field)) & set(wanted))
        case Prefix(field, beginning):
            return any(str(value).startswith(beginning) for value in values(one, field))
        case Range():
            return any(_within(query, value) for value in values(one, query.field))
        case Exists(field):
            return bool(values(one, field))
        case All(parts):
            return all(matches(part, one) for part in parts)
        case Any(parts):
            return any(matches(part, one) for part in parts)
        case Ranked(part) | Constant(part):
            return matches(part, one)
        case Not(part):
            return not matches(part, one)


def found(entries: Iterable[Entry], query: Query, filters: Iterable[Query] = ()) -> list[Entry]:
    return [one for one in entries if matches(query, one) and all(matches(part, one) for part in filters)]


def ordered(entries: Iterable[Entry], sort: Sort) -> list[str]:
    """The ids in the order of a field."""
    by_id = sorted(entries, key=lambda one: one.id)
    have = [one for one in by_id if values(one, str(sort.field))]
    have.sort(key=lambda one: values(one, str(sort.field))[0], reverse=sort.descending)  # type: ignore[arg-type,return-value]
    return [one.id for one in have] + [one.id for one in by_id if not values(one, str(sort.field))]


def facet(entries: Iterable[Entry], request: SearchRequest, wanted: Facet) -> FacetResult:
    kept = [part for name, part in request.filters.items() if name not in wanted.ignore]
    held = (value for one in found(entries, request.query, kept) for value in set(values(one, wanted.field)))
    counted = Counter(value for value in held if wanted.prefix is None or str(value).startswith(wanted.prefix))
    ranked = sorted((FacetCount(value, count) for value, count in counted.items()), key=lambda count: (-count.count, count.value))
    return FacetResult(tuple(ranked[: wanted.size]), sum(count.count for count in ranked[wanted.size :]))


def _tokens(one: Entry, field: str) -> list[list[str]]:
    form = archive().fields[field].form
    assert form is not None
    return [analysis.terms(str(value), form, held=True) for value in values(one, field)]


def _text(query: Text, one: Entry, field: str) -> bool:
    form = archive().fields[field].form
    assert form is not None
    wanted = analysis.terms(query.text, form)
    held = {token for tokens in _tokens(one, field) for token in tokens}
    return bool(wanted) and (all if query.every else any)(token in held for token in wanted)


def _phrase(query: Phrase, one: Entry, field: str) -> bool:
    wanted = analysis.terms(query.text, analysis.Form.CHARS)
    return bool(wanted) and any(
        tokens[at : at + len(wanted)] == wanted
        for tokens in (analysis.terms(str(value), analysis.Form.CHARS) for value in values(one, field))
        for at in range(len(tokens) - len(wanted) + 1)
    )


def _within(query: Range, value: Scalar) -> bool:
    return (
        (query.gte is None or value >= query.gte)  # type: ignore[operator]
        and (query.gt is None or value > query.gt)  # type: ignore[operator]
        and (query.lte is None or value <= query.lte)  # type: ignore[operator]
        and (query.lt is None or value < query.lt)  # type: ignore[operator]
    )
