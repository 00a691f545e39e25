"""A search written as an address: `?query=网格员&placeIds=PLACE-540400&figure.min=300`, with the names of the arguments of `search`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    get_named_type,
    is_list_type,
)
from graphql.type import GraphQLNonNull

from archive.errors import BadRequest

Given: TypeAlias = Iterable[tuple[str, str]]
_PAGING = frozenset({"first", "after", "offset"})
_FILTER = "filter"
_PARAMETERS = 500
"""In one address; the longest list that a filter takes has 200 values."""


def search_arguments(schema: GraphQLSchema) -> dict[str, GraphQLArgument]:
    """The arguments of `search` that say what is in its list, without those that page through it."""
    root = schema.query_type
    if root is None:
        raise ValueError("the schema has no queries")
    return {name: one for name, one in root.fields["search"].args.items() if name not in _PAGING}


def addressed(schema: GraphQLSchema, given: Given) -> dict[str, Any]:
    """The variables of a search from the parameters of an address; a list is a parameter that is given several times.

    Values are left to the schema to judge. Raises BadRequest for a name that `search` does not have, a number or a switch that is none,
    a single value that is given twice, and more than 500 parameters.
    """
    known = dict(_leaves(schema))
    found: dict[str, Any] = {}
    for count, (name, text) in enumerate(given):
        if count >= _PARAMETERS:
            raise BadRequest(f"An address takes {_PARAMETERS} parameters; ask for less at a time.")
        if name not in known:
            raise BadRequest(f"There is no parameter {name[:40]!r}; there are {', '.join(sorted(known))}.")
        *above, last = known[name].path
        inside = found
        for part in above:
            inside = inside.setdefault(part, {})
        value = _value(name, text, known[name].type)
        if is_list_type(_bare(known[name].type)):
            inside.setdefault(last, []).append(value)
        elif last in inside:
            raise BadRequest(f"The parameter `{name}` takes one value; it is given twice.")
        else:
            inside[last] = value
    return found


class _Leaf:
    """A parameter: where its value goes in the variables, and of which type it is."""

    def __init__(self, path: tuple[str, ...], kind: GraphQLInputType) -> None:
        self.path = path
        self.type = kind


def _leaves(schema: GraphQLSchema) -> Iterator[tuple[str, _Leaf]]:
    """The fields of the filter go by their own names, those inside them behind a dot."""
    for name, argument in search_arguments(schema).items():
        yield from _below((name,), argument.type)


def _below(path: tuple[str, ...], kind: GraphQLInputType) -> Iterator[tuple[str, _Leaf]]:
    inner = get_named_type(kind)
    if isinstance(inner, GraphQLInputObjectType):
        fields: Mapping[str, GraphQLInputField] = inner.fields
        for name, field in fields.items():
            yield from _below((*path, name), field.type)
    else:
        yield ".".join(path[1:] if path[0] == _FILTER else path), _Leaf(path, kind)


def _bare(kind: GraphQLInputType) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _value(name: str, text: str, kind: GraphQLInputType) -> object:
    scalar = get_named_type(kind).name
    try:
        if scalar == "Boolean":
            return {"true": True, "false": False}[text]
        return int(text) if scalar == "Int" else float(text) if scalar == "Float" else text
    except (KeyError, ValueError):
        wanted = {"Boolean": "true or false", "Int": "a whole number"}.get(scalar, "a number")
        raise BadRequest(f"The parameter `{name}` takes {wanted}, not {text[:40]!r}.") from None
