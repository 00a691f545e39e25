"""The printed schema is the schema, and says what everything is."""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)
from graphql.utilities import find_breaking_changes

from archive import errors as archive_errors
from archive.findings import UnitKind
from schema.build import PRINTED, sdl
from schema.describe import describe
from schema.enums import FacetField
from schema.errors import ErrorCode
from schema.facets import KINDS
from schema.labels import CHINESE
from tests.graphql.world import schema
from tests.support import ROOT


def described(graph: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for kind in graph.type_map.values():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield kind.name, kind.description
        if isinstance(kind, GraphQLEnumType):
            for name, value in kind.values.items():
                yield f"{kind.name}.{name}", value.description
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in kind.fields.items():
                yield f"{kind.name}.{name}", field.description
                for argument, value in getattr(field, "args", {}).items():
                    yield f"{kind.name}.{name}({argument}:)", value.description


def test_everything_is_described() -> None:
    assert [where for where, text in described(schema().graphql) if not text or not text.strip()] == []


def test_the_walk_covers_the_graph() -> None:
    names = {where for where, _ in described(schema().graphql)}
    assert {
        "Query.search",
        "Query.search(first:)",
        "SearchFilter.placeIds",
        "CellState.NO_DOCUMENT",
        "Fact.evidence",
        "SearchItem",
    } <= names


def test_printed_schema_is_the_schema() -> None:
    assert PRINTED.read_text("utf-8") == sdl(), "run `python -m schema.build` and commit schema/schema.graphql"


def test_printed_schema_can_be_read_back_without_loss() -> None:
    assert find_breaking_changes(build_schema(PRINTED.read_text("utf-8")), schema().graphql) == []


def test_enum_inputs_reach_resolvers_as_members() -> None:
    assert schema().graphql.type_map["UnitKind"].coerce_input_value("PROBLEM") is UnitKind.PROBLEM


def test_an_enum_value_without_description_is_refused() -> None:
    with pytest.raises(ValueError, match="describe every value"):
        describe(UnitKind, "What a unit is.", {"PROBLEM": "A difficulty."})


def test_every_error_code_is_in_the_docs_and_no_other() -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "graphql.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(ErrorCode)


def test_every_archive_error_has_a_code_of_the_api() -> None:
    kinds = [kind for kind in vars(archive_errors).values() if isinstance(kind, type) and issubclass(kind, archive_errors.ArchiveError)]
    assert {kind.code for kind in kinds} <= set(ErrorCode)


def test_every_facet_field_can_be_counted_and_named() -> None:
    assert set(KINDS) == set(FacetField)
    offered = {"ItemType", "Genre", "UnitKind", "PracticeKind", "PracticeState", "Measure", "Status", "Aspect", "Qualifier"}
    names = {value for name in offered for value in schema().graphql.type_map[name].values}
    assert names == set(CHINESE)
