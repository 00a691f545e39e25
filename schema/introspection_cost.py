"""How much of the schema an introspection asks for: what it visits, worked out from how many types, fields and arguments there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
)

_LONGEST = 10**9


@dataclass(frozen=True, slots=True)
class Introspection:
    """How many items the lists of the schema have: on average where all types are asked for, at most where one `__type` is."""

    lists: Mapping[str, float]
    largest: Mapping[str, float]

    def cost(self, node: FieldNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
        """Objects and scalars that `__schema` or `__type` visits, at most some thousand million."""
        sizes = self.lists if node.name.value == "__schema" else self.largest
        return int(min(_LONGEST, 1 + _below(node.selection_set, fragments, sizes, {}, frozenset())))


def _below(
    selections: SelectionSetNode | None,
    fragments: Mapping[str, FragmentDefinitionNode],
    sizes: Mapping[str, float],
    known: dict[str, float],
    above: frozenset[str],
) -> float:
    """Each fragment is measured once: nested ones would double the time with every level."""
    total = 0.0
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            below = 1 + _below(node.selection_set, fragments, sizes, known, above)
            total += 1 + sizes[node.name.value] * below if node.name.value in sizes else below  # an empty list is made, too
        elif isinstance(node, InlineFragmentNode):
            total += _below(node.selection_set, fragments, sizes, known, above)
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in known and name in fragments and name not in above:
                known[name] = _below(fragments[name].selection_set, fragments, sizes, known, above | {name})
            total += known.get(name, 0.0)
    return total


@lru_cache(4)
def introspection_of(schema: GraphQLSchema) -> Introspection:
    """The sizes of a schema."""
    types = list(schema.type_map.values())
    fields = [len(one.fields) for one in types if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)]
    arguments = [
        len(field.args) for one in types if isinstance(one, GraphQLObjectType | GraphQLInterfaceType) for field in one.fields.values()
    ]
    inputs = [len(one.fields) for one in types if isinstance(one, GraphQLInputObjectType)]
    values = [len(one.values) for one in types if isinstance(one, GraphQLEnumType)]
    interfaces = [len(one.interfaces) for one in types if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)]
    count = len(types)
    lists = {
        "types": float(count),
        "directives": float(len(schema.directives)),
        "fields": sum(fields) / count,
        "args": sum(arguments) / max(1, sum(fields)),
        "inputFields": sum(inputs) / count,
        "enumValues": sum(values) / count,
        "interfaces": sum(interfaces) / count,
        "possibleTypes": sum(interfaces) / count,
    }
    largest = {
        "fields": max(fields, default=0),
        "args": max(arguments, default=0),
        "inputFields": max(inputs, default=0),
        "enumValues": max(values, default=0),
        "interfaces": max(interfaces, default=0),
        "possibleTypes": float(count),
    }
    return Introspection(lists, {name: float(size) for name, size in largest.items()})
