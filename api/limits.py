"""What a stranger may ask of one request: tokens, depth, aliases and cost, with parser and validation caches that really hit.

The rules are classes of this module: strawberry's own limiters make a new class for every request, and its validation cache then never hits
(0 of 300). They walk each fragment once, because walking it at every spread takes twice the time with every level of nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    NameNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    specified_rules,
    validate,
)
from graphql.language.visitor import VisitorAction
from graphql.validation import ASTValidationContext, ASTValidationRule
from strawberry.extensions import SchemaExtension

from api.rate import allowance
from schema.bounded import Bounded
from schema.cost import CostOf
from schema.errors import ErrorCode, failure

MAX_TOKENS = 2000
MAX_DEPTH = 20
MAX_FIELDS = 600
MAX_NAME = 100  # characters
MAX_COST = 2000
CACHED_DOCUMENTS = 1000
CACHED_BYTES = 64_000_000
TOKEN_BYTES = 650  # of the tree that a document becomes, for each of its tokens (370 to 630 measured)
TOKENS_READ = 2
"""Tokens that cost a point in a document that is not known yet: to parse and validate 1,400 of them took up to 0.25 s."""
_FAR = 10**6


class SizeRule(ASTValidationRule):
    """Refuses a document that nests too deep, or that asks for too many fields once its fragments are written out.

    Names are bounded too: an alias comes back with every item of a list.
    """

    def __init__(self, context: ASTValidationContext) -> None:
        super().__init__(context)
        definitions = context.document.definitions
        self.fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
        self.known: dict[str, tuple[int, int]] = {}

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> None:
        """Measure the operation as a whole."""
        depth, fields = self._measure(node.selection_set, 0)
        if depth > MAX_DEPTH:
            message = f"The query nests more than {MAX_DEPTH} levels deep; ask for the inner parts by their ids."
            self.report_error(GraphQLError(message, node, extensions={"code": ErrorCode.LIMIT_EXCEEDED.value}))
        if fields > MAX_FIELDS:
            message = f"The query asks for more than {MAX_FIELDS} fields; split it."
            self.report_error(GraphQLError(message, node, extensions={"code": ErrorCode.LIMIT_EXCEEDED.value}))

    def enter_name(self, node: NameNode, *_: Any) -> VisitorAction:
        """Look at the length of a name."""
        if len(node.value) > MAX_NAME:
            message = f"A name of the query has {len(node.value)} characters, and {MAX_NAME} are allowed."
            self.report_error(GraphQLError(message, node, extensions={"code": ErrorCode.LIMIT_EXCEEDED.value}))
        return None

    def _measure(self, selections: SelectionSetNode, level: int) -> tuple[int, int]:
        """The depth below `selections`, and the number of fields in it. `__typename` is one of them."""
        if level > 4 * MAX_DEPTH:
            return _FAR, 0
        deepest = fields = 0
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode):
                depth, more = self._fragment(node.name.value, level + 1)
            elif isinstance(node, FieldNode):
                below, more = self._measure(node.selection_set, level + 1) if node.selection_set else (0, 0)
                depth, more = below + 1, more + 1
            else:
                depth, more = self._measure(node.selection_set, level + 1)  # type: ignore[attr-defined]  # an inline fragment
            deepest, fields = max(deepest, depth), min(_FAR, fields + more)
        return deepest, fields

    def _fragment(self, name: str, level: int) -> tuple[int, int]:
        if name not in self.known:
            self.known[name] = (0, 0)  # a cycle or an unknown name adds nothing; other rules refuse it
            fragment = self.fragments.get(name)
            if fragment is not None:
                self.known[name] = self._measure(fragment.selection_set, level)
        return self.known[name]


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was parsed, with what is wrong with it, and the points that this cost just now."""

    document: DocumentNode
    problems: tuple[GraphQLError, ...]
    points: int = 0


class Reading:
    """Parses and validates documents, each once as long as it is remembered; memory is bounded by what their trees take."""

    def __init__(self, *, introspection: bool = True) -> None:
        self.rules = (*specified_rules, *(() if introspection else (NoSchemaIntrospectionCustomRule,)))
        self.cache: Bounded[tuple[GraphQLSchema, str], Read] = Bounded(CACHED_DOCUMENTS, CACHED_BYTES)

    def read(self, schema: GraphQLSchema, query: str) -> Read:
        """The document of a query. Raises GraphQLSyntaxError, also when it has too many tokens."""
        found = self.cache.get((schema, query))
        if found is not None:
            return found
        document = parse(query, max_tokens=MAX_TOKENS)
        read = Read(document, self._problems(schema, document))
        self.cache.put((schema, query), read, len(query) * 4 + document.token_count * TOKEN_BYTES)
        return replace(read, points=document.token_count // TOKENS_READ)

    def _problems(self, schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
        """Its size first, because the other rules take quadratic time on large documents."""
        return tuple(validate(schema, document, [SizeRule])) or tuple(validate(schema, document, self.rules, max_errors=20))


class Limits(SchemaExtension):
    """Put on the schema of the service; the command line, which serves nobody else, goes without."""

    reading = Reading()
    cost: int | None = None
    _read: Read | None = None

    def on_parse(self) -> Iterator[None]:
        """Take the document from the cache."""
        context = self.execution_context
        self._read = self.reading.read(context.schema._schema, context.query or "")
        context.graphql_document = self._read.document
        yield

    def on_validate(self) -> Iterator[None]:
        """Take the errors from the cache, work out the cost of what is valid, and take it from what the caller may spend."""
        context = self.execution_context
        errors = list(self._read.problems) if self._read else []
        document = context.graphql_document
        allowed = allowance.get()
        if self._read and self._read.points and allowed is not None:
            errors = allowed.charge(self._read.points) or errors
        if not errors and document is not None:
            errors = self._costs(context.schema._schema, document, context.variables or {}, context._provided_operation_name)
        context.pre_execution_errors = errors
        yield

    def _costs(self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any], name: str | None) -> list[GraphQLError]:
        operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
        chosen = [one for one in operations if name is None or (one.name is not None and one.name.value == name)]
        if len(chosen) != 1:
            message = "Name one operation of the document in `operationName`."
            return [failure(ErrorCode.BAD_REQUEST, message)]
        fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
        self.cost = CostOf(schema, fragments, variables).operation(chosen[0])
        if self.cost > MAX_COST:
            message = f"The query costs {self.cost} points, and {MAX_COST} are allowed; lower `first`, or ask for fewer lists at a time."
            return [failure(ErrorCode.LIMIT_EXCEEDED, message)]
        allowed = allowance.get()
        return [] if allowed is None else allowed.charge(self.cost)

    def get_results(self) -> dict[str, Any]:
        """`extensions.cost` of the answer."""
        if self.cost is None:
            return {}
        allowed = allowance.get()
        return {"cost": {"requested": self.cost, "maximum": MAX_COST, **(allowed.figures() if allowed else {})}}


def limits(*, introspection: bool = True) -> type[Limits]:
    """The limits of one service. A class, because instances of an extension would carry one request's state into the next."""
    return type("Limits", (Limits,), {"reading": Reading(introspection=introspection)})
