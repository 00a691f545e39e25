"""What every engine asks of a request before it compiles it: known fields, fitting values, and a size that cannot hurt the process."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf

from archive.errors import BadCursor, BadRequest
from search.criteria import All, Any, Constant, Exists, Not, Phrase, Prefix, Query, Range, Ranked, Scalar, SearchRequest, Sort, Term, Text
from search.mapping import Field, FieldType, Mapping

MAX_WINDOW = 10_000
"""Hits that `offset` and `size` may reach, as in Elasticsearch; `after` goes on from there."""

_MAX_DEPTH = 25  # Elasticsearch takes 30, some of which go to filters around the tree
_MAX_NODES = 2_000
_MAX_VALUES = 20_000
_MAX_TEXT = 10_000
_MAX_PREFIX = 200
_MAX_SCORE = 10_000.0
_MAX_FACET = 10_000  # several of one request must stay under the 65,536 buckets of an Elasticsearch node
_ID = Field("id", FieldType.KEYWORD, single=True)


def check(request: SearchRequest, mapping: Mapping) -> None:
    """Raises BadRequest or BadCursor, saying what to change, for a request that no engine should try."""
    if request.size < 0 or request.offset < 0:
        raise BadRequest("size and offset must not be negative")
    if request.offset + request.size > MAX_WINDOW:
        raise BadRequest(f"offset and size reach at most {MAX_WINDOW} hits; go on with a cursor")
    if request.after is not None and request.offset:
        raise BadRequest("give a cursor or an offset, not both")
    _check_tree((request.query, *request.filters.values()), mapping)
    _check_sort(request.sort, mapping)
    for facet in request.facets:
        field = field_of(facet.field, mapping)
        if field.type is not FieldType.KEYWORD and not field.integral:
            raise BadRequest(f"a facet counts a keyword or a whole number; {field.name} is a {field.type}")
        if not 0 < facet.size <= _MAX_FACET:
            raise BadRequest(f"a facet lists between 1 and {_MAX_FACET} values, not {facet.size}")
        if facet.prefix is not None:
            _check_prefix(Prefix(facet.field, facet.prefix), mapping)
    for metric in request.metrics:
        if not field_of(metric.field, mapping).numeric:
            raise BadRequest(f"a metric needs a number; {metric.field} is none")
    for kind in (request.facets, request.metrics):
        if len({item.name for item in kind}) < len(kind):
            raise BadRequest("two facets or two metrics of one request have the same name")


def field_of(name: str, mapping: Mapping) -> Field:
    """The field called `name`. Raises BadRequest when the mapping has none that can be searched."""
    field = mapping.fields.get(name)
    if field is None or field.type is FieldType.STORED:
        raise BadRequest(f"there is no field {name!r:.80} to search in")
    return field


def after_position(request: SearchRequest, mapping: Mapping) -> tuple[Scalar | None, str] | None:
    """The sort value and the id that the page before ended with. Raises BadCursor when they do not fit the order."""
    if request.after is None:
        return None
    wrong = BadCursor("this cursor does not fit the order of this search; start again without one")
    if len(request.after) != 2:
        raise wrong
    value, entry_id = request.after
    if not isinstance(entry_id, str):
        raise wrong
    sort_field = request.sort.field
    field = Field("score", FieldType.DOUBLE) if sort_field is None else mapping.fields[sort_field]
    if value is None and sort_field is not None:
        return None, entry_id
    try:
        return field.value(value), str(_ID.value(entry_id))
    except ValueError as error:
        raise wrong from error


def _check_sort(sort: Sort, mapping: Mapping) -> None:
    if sort.field is None:
        if not sort.descending:
            raise BadRequest("relevance is always ordered best first")
        return
    field = field_of(sort.field, mapping)
    if not field.single or field.type in {FieldType.TEXT, FieldType.BOOLEAN}:
        raise BadRequest(f"hits cannot be ordered by {field.name}: it holds text, a yes or no, or several values")


def _check_tree(roots: Iterable[Query], mapping: Mapping) -> None:
    """Walks without recursion, so that a tree of any depth is refused rather than overflowing a stack."""
    todo = [(root, 1) for root in roots]
    nodes = values = 0
    while todo:
        node, depth = todo.pop()
        nodes += 1
        if depth > _MAX_DEPTH or nodes > _MAX_NODES:
            raise BadRequest(f"the search is too deep or too large: at most {_MAX_DEPTH} levels and {_MAX_NODES} parts")
        match node:
            case All(parts) | Any(parts):
                todo.extend((part, depth + 1) for part in parts)
            case Ranked(part, also):
                todo += [(part, depth + 1), (also, depth + 1)]
            case Constant(part, score):
                if not 0 <= score <= _MAX_SCORE:
                    raise BadRequest(f"a constant score is 0 to {_MAX_SCORE:,}")
                todo.append((part, depth + 1))
            case Not(part):
                todo.append((part, depth + 1))
            case Term():
                values += len(node.values)
                if values > _MAX_VALUES:
                    raise BadRequest(f"a search names at most {_MAX_VALUES} values")
                _check_term(node, mapping)
            case _:
                _check_leaf(node, mapping)


def _check_leaf(node: Query, mapping: Mapping) -> None:
    match node:
        case Text() | Phrase():
            _check_text(node.text, node.fields, isinstance(node, Phrase), mapping)
        case Prefix():
            _check_prefix(node, mapping)
        case Range():
            _check_range(node, mapping)
        case Exists():
            if field_of(node.field, mapping).type is FieldType.TEXT:
                raise BadRequest(f"whether there is text cannot be asked of {node.field}; ask it of `kind`")


def _check_text(text: str, fields: MappingOf[str, float], phrase: bool, mapping: Mapping) -> None:
    if len(text) > _MAX_TEXT:
        raise BadRequest(f"a search text has at most {_MAX_TEXT} characters")
    if not fields:
        raise BadRequest("a search text needs at least one field to look in")
    for name, boost in fields.items():
        field = field_of(name, mapping)
        if field.type is not FieldType.TEXT:
            raise BadRequest(f"{name} holds no text to search in; filter by its value")
        if phrase and not field.positions and name not in mapping.in_order:
            raise BadRequest(f"{name} keeps no order of characters, so it has no phrases; use the field of words")
        if not 0 < boost < float("inf"):
            raise BadRequest("a boost must be a positive number")


def _check_term(node: Term, mapping: Mapping) -> None:
    field = field_of(node.field, mapping)
    if field.type is FieldType.TEXT:
        raise BadRequest(f"{node.field} is text: search in it with words")
    for value in node.values:
        _fits(field, value)


def _check_prefix(node: Prefix, mapping: Mapping) -> None:
    field = field_of(node.field, mapping)
    if field.type is not FieldType.KEYWORD:
        raise BadRequest(f"only keywords have a beginning to search by; {node.field} is a {field.type}")
    if len(node.value) > _MAX_PREFIX:
        raise BadRequest(f"the beginning of a value has at most {_MAX_PREFIX} characters")
    _fits(field, node.value)


def _check_range(node: Range, mapping: Mapping) -> None:
    field = field_of(node.field, mapping)
    if not field.numeric and field.type is not FieldType.DATE:
        raise BadRequest(f"{node.field} is neither a number nor a date, so it has no range")
    for bound in (node.gte, node.gt, node.lte, node.lt):
        if bound is not None:
            _fits(field, bound)


def _fits(field: Field, value: Scalar) -> None:
    try:
        field.value(value)
    except ValueError as error:
        raise BadRequest(str(error)) from error
