"""What a query costs, worked out before it is run. The price of a field stands on the field itself, as `metadata=priced(…)`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
)
from graphql.type import GraphQLNonNull

from schema.introspection_cost import introspection_of

LEAVES = 25  # scalars that cost a point together: each takes some 4 µs, a hundred hits with 500 aliases each a fifth of a second
FREE_CHARACTERS = 40
"""Of what is typed, more than nearly everybody types. Each one beyond costs a point: 98 unknown words in 500 took 130 ms of processor."""
LIST_SIZE = 5  # a list that no argument bounds, such as authors or outline, is taken to be this long


@dataclass(frozen=True, slots=True)
class Price:
    """`own` is paid once, and (1 + what is selected) for each item of a list.

    `size` names the arguments whose values (a number, or the length of a list) multiply into the number of items. `bounds` passes the size
    on to the lists inside (a connection's edges), which are marked `inherits`. `per` belongs to a text: it costs a point more for so many
    of what its `size` names. `whole` is paid on top where the argument `unless` is not given: a list that is long without it. `typed` names
    an argument whose characters beyond FREE_CHARACTERS cost a point each.
    """

    own: int = 0
    each: int = 1
    size: tuple[str, ...] = ()
    bounds: bool = False
    inherits: bool = False
    per: int = 0
    whole: int = 0
    unless: str = ""
    typed: str = ""


def priced(**price: Any) -> dict[str, Price]:
    """Metadata for strawberry.field; arguments as in Price."""
    return {"price": Price(**price)}


class CostOf:
    """Adds up an operation, in parts of a point of which LEAVES make one.

    Each fragment is counted once for each size it is met with, so nested fragments cost no time.
    """

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.defaults: dict[str, ValueNode] = {}
        self.known: dict[tuple[str, int], int] = {}
        self.introspected = introspection_of(schema)

    def operation(self, node: OperationDefinitionNode) -> int:
        """The cost of the whole operation, in points."""
        given = node.variable_definitions or ()
        self.defaults = {one.variable.name.value: one.default_value for one in given if one.default_value is not None}
        root = self.schema.get_root_type(node.operation)
        return self._selections(node.selection_set, root, 1) // LEAVES if root else 0

    def _selections(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, size: int) -> int:
        total = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                total += self._field(node, parent, size)
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment(node.name.value, size)
            elif isinstance(node, InlineFragmentNode):
                of = self.schema.get_type(node.type_condition.name.value) if node.type_condition else parent
                total += self._selections(node.selection_set, of, size)
        return total

    def _fragment(self, name: str, size: int) -> int:
        key = (name, size)
        if key not in self.known:
            self.known[key] = 0  # a cycle adds nothing; validation refuses it
            fragment = self.fragments.get(name)
            if fragment is not None:
                of = self.schema.get_type(fragment.type_condition.name.value)
                self.known[key] = self._selections(fragment.selection_set, of, size)
        return self.known[key]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, inherited: int) -> int:
        if node.name.value == "__typename":
            return 1
        if node.name.value.startswith("__"):
            return self.introspected.cost(node, self.fragments)
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return 0
        field = parent.fields.get(node.name.value)
        if field is None:
            return 0
        price = price_of(field)
        size = inherited if price.inherits else self._size(node, field, price)
        of = get_named_type(field.type)
        inner = self._selections(node.selection_set, of, size) if node.selection_set else 0
        own = price.own + (max(0, len(self._text(node, price.typed)) - FREE_CHARACTERS) if price.typed else 0)
        if price.whole and not self._given(node, price.unless):
            own += price.whole
        if is_leaf_type(of):
            return 1 + LEAVES * (own + (size // price.per if price.per else 0))
        listed = size if _is_list(field) and not price.bounds else 1
        return LEAVES * own + listed * (LEAVES * price.each + inner)

    def _given(self, node: FieldNode, name: str) -> bool:
        """Whether an argument has a value; null, or a variable without one, is as good as none."""
        value = self._value(node, name)
        return value is not None and not isinstance(value, NullValueNode)

    def _text(self, node: FieldNode, name: str) -> str:
        value = self._value(node, name)
        found = value.value if isinstance(value, StringValueNode) else value
        return found if isinstance(found, str) else ""

    def _value(self, node: FieldNode, name: str) -> object:
        """What an argument is given: a node of the document, what a variable holds, or None."""
        value = next((argument.value for argument in node.arguments or () if argument.name.value == name), None)
        if not isinstance(value, VariableNode):
            return value
        known = value.name.value
        return self.variables[known] if known in self.variables else self.defaults.get(known)

    def _size(self, node: FieldNode, field: GraphQLField, price: Price) -> int:
        if not price.size:
            return LIST_SIZE if _is_list(field) else 1
        size = 1
        for name in price.size:
            given = next((argument.value for argument in node.arguments or () if argument.name.value == name), None)
            size *= self._length(given, field.args[name].default_value)
        return size

    def _length(self, given: object, default: object) -> int:
        if isinstance(given, IntValueNode):
            return max(0, int(given.value[:12]))
        if isinstance(given, ListValueNode):
            return len(given.values)
        value = default
        if isinstance(given, VariableNode):
            name = given.name.value
            if name not in self.variables and name in self.defaults:
                return self._length(self.defaults[name], default)
            value = self.variables.get(name, default)
        if isinstance(value, int | float):  # 1e2 is a whole number to GraphQL
            return max(0, int(value)) if math.isfinite(value) else 0
        return len(value) if isinstance(value, list) else 1


def price_of(field: GraphQLField) -> Price:
    """The price that stands on a field, or that of one plain object."""
    definition = field.extensions.get("strawberry-definition")
    found = definition.metadata.get("price") if definition is not None else None
    return found if isinstance(found, Price) else Price()


def _is_list(field: GraphQLField) -> bool:
    of = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return is_list_type(of)
