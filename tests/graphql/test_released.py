"""What clients of the last release rely on still holds, or somebody has written down why not."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from schema.build import sdl
from tests.support import ROOT

RELEASED = ROOT / "schema" / "released"
DEPRECATION = re.compile(r"Use `[\w.():]+`( instead)?\. Goes after (\d{4}-\d{2}-\d{2})\.")

Change = tuple[str, str]


def changes(before: GraphQLSchema, after: GraphQLSchema) -> set[Change]:
    """What may break a client; a new enum value too, which an exhaustive switch does not know."""
    found = [*find_breaking_changes(before, after), *find_dangerous_changes(before, after)]
    return {(change.type.name, change.description) for change in found}


def unexplained(before: str, after: str, allowed: dict[str, list[dict[str, str]]]) -> tuple[set[Change], set[Change]]:
    """Changes that nobody gave a reason for, and reasons for changes that are not there."""
    given = {(row["kind"], row["what"]) for row in allowed.get("change", []) if row["reason"].strip()}
    found = changes(build_schema(before), build_schema(after))
    return found - given, given - found


def deprecated(graph: GraphQLSchema) -> Iterator[tuple[str, str]]:
    for kind in graph.type_map.values():
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{kind.name}.{name}", one.deprecation_reason) for name, one in kind.values.items() if one.deprecation_reason)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in kind.fields.items():
                if field.deprecation_reason:
                    yield f"{kind.name}.{name}", field.deprecation_reason
                for argument, value in getattr(field, "args", {}).items():
                    if value.deprecation_reason:
                        yield f"{kind.name}.{name}({argument}:)", value.deprecation_reason


def vague(graph: GraphQLSchema) -> list[str]:
    """Deprecations that do not say what to use, or until when there is time."""
    found = []
    for where, reason in deprecated(graph):
        told = DEPRECATION.fullmatch(reason)
        try:
            told and date.fromisoformat(told[2])
        except ValueError:
            told = None
        if not told:
            found.append(where)
    return found


def test_nothing_breaks_what_was_released_without_a_reason() -> None:
    allowed = tomllib.loads((RELEASED / "allowed.toml").read_text("utf-8"))
    missing, stale = unexplained((RELEASED / "schema.graphql").read_text("utf-8"), sdl(), allowed)
    assert not missing, "keep the old form with a deprecation, or give each a row in schema/released/allowed.toml"
    assert not stale, "these rows of schema/released/allowed.toml explain nothing any more"


def test_every_deprecation_names_what_to_use_and_a_day() -> None:
    assert vague(build_schema(sdl())) == []


BEFORE = "type Query { a: Int b(x: Int = 1): Kind } enum Kind { A B } input In { x: Int }"


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ("type Query { b(x: Int = 1): Kind } enum Kind { A B } input In { x: Int }", "FIELD_REMOVED"),
        ("type Query { a: String b(x: Int = 1): Kind } enum Kind { A B } input In { x: Int }", "FIELD_CHANGED_KIND"),
        ("type Query { a: Int b(x: Int = 2): Kind } enum Kind { A B } input In { x: Int }", "ARG_DEFAULT_VALUE_CHANGE"),
        ("type Query { a: Int b(x: Int = 1, y: Int!): Kind } enum Kind { A B } input In { x: Int }", "REQUIRED_ARG_ADDED"),
        ("type Query { a: Int b(x: Int = 1): Kind } enum Kind { A B C } input In { x: Int }", "VALUE_ADDED_TO_ENUM"),
        ("type Query { a: Int b(x: Int = 1): Kind } enum Kind { A } input In { x: Int }", "VALUE_REMOVED_FROM_ENUM"),
        ("type Query { a: Int b(x: Int = 1): Kind } enum Kind { A B } input In { x: Int y: Int! }", "REQUIRED_INPUT_FIELD_ADDED"),
    ],
)
def test_each_kind_of_break_needs_a_reason(after: str, kind: str) -> None:
    (change,) = unexplained(BEFORE, after, {})[0]
    assert change[0] == kind
    row = {"kind": change[0], "what": change[1], "reason": "a reason"}
    assert unexplained(BEFORE, after, {"change": [row]}) == (set(), set())
    assert unexplained(BEFORE, after, {"change": [{**row, "reason": " "}]})[0] == {change}


def test_a_reason_that_outlived_its_change_is_told() -> None:
    row = {"kind": "FIELD_REMOVED", "what": "Query.z was removed.", "reason": "a reason"}
    assert unexplained(BEFORE, BEFORE, {"change": [row]}) == (set(), {("FIELD_REMOVED", "Query.z was removed.")})


def test_what_is_merely_new_breaks_nothing() -> None:
    after = "type Query { a: Int b(x: Int = 1): Kind c: Int } enum Kind { A B } input In { x: Int }"
    assert unexplained(BEFORE, after, {}) == (set(), set())


@pytest.mark.parametrize(
    ("reason", "fine"),
    [
        ("Use `b`. Goes after 2027-06-30.", True),
        ("Use `Query.search(sort:)` instead. Goes after 2027-06-30.", True),
        ("No longer supported", False),
        ("Use `b`.", False),
        ("Use `b`. Goes after 2027-13-30.", False),
        ("Goes after 2027-06-30.", False),
    ],
)
def test_a_deprecation_without_a_way_out_is_told(reason: str, fine: bool) -> None:
    for shape in (
        'type Query {{ a: Int @deprecated(reason: "{0}") b: Int }}',
        'type Query {{ a: E }} enum E {{ A @deprecated(reason: "{0}") B }}',
        'type Query {{ a(x: Int @deprecated(reason: "{0}")): Int }}',
    ):
        assert (vague(build_schema(shape.format(reason))) == []) is fine
