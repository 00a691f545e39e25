"""fangzhi query: a GraphQL operation in process."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import click
from graphql import GraphQLError, OperationDefinitionNode, parse
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.bootstrap import open_services
from api.commands.common import complain, print_json, warn, warn_of_damage, with_settings
from api.settings import Settings
from archive.errors import BadRequest
from archive.originals import Originals
from ingest.files import shown
from schema.build import build_schema
from schema.context import Context

_UNCLEAR = "It is not clear which operation to run; name one of the text with --operation NAME (it must be a query)."
_USAGE_CODES = frozenset({"BAD_REQUEST", "BAD_CURSOR", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED"})


@click.command(name="query")
@click.argument("operation", metavar="FILE_OR_TEXT")
@click.option("--variables", metavar="JSON", help="The variables: a JSON object, or the name of a file that holds one.")
@click.option(
    "--operation", "--operation-name", "operation_name", metavar="NAME", help="Which operation to run, where the text holds several."
)
@with_settings
def command(settings: Settings, operation: str, variables: str | None, operation_name: str | None) -> int:
    """Run a GraphQL operation in process and print the response as JSON.

    FILE_OR_TEXT is the name of a file, the text itself, or - for standard input. Exit code 2 when the operation is at fault, 1 for any
    other error.
    """
    text = _text(operation)
    if not text.strip():
        raise BadRequest("The operation is empty; give the text of a GraphQL query, such as '{ corpusStats { __typename } }'.")
    result = asyncio.run(execute(settings, text, _variables(variables), operation_name))
    response: dict[str, Any] = {"data": result.data}
    if result.errors:
        response["errors"] = [error.formatted for error in result.errors]
    print_json(response)
    if result.errors and variables is None:
        _point_to_variables(operation)
    return report_errors(result)


async def execute(settings: Settings, operation: str, variables: dict[str, Any], operation_name: str | None = None) -> ExecutionResult:
    """The result of an operation on the archive. Raises ArchiveMissing, ArchiveCorrupt, and BadRequest when it is not clear what to run."""
    if operation_name is None and _operations(operation) > 1:
        raise BadRequest(_UNCLEAR)
    async with open_services(settings, warn) as services:
        warn_of_damage(Originals(settings.archive))
        try:
            return await build_schema().execute(
                operation,
                variable_values=variables,
                context_value=Context.of(services),
                operation_name=operation_name,
                allowed_operation_types={OperationType.QUERY},
            )
        except (CannotGetOperationTypeError, InvalidOperationTypeError, MissingQueryError):
            raise BadRequest(_UNCLEAR) from None


def _operations(text: str) -> int:
    """How many operations a document holds; 0 for one that does not parse, which the schema will say better."""
    try:
        return sum(isinstance(part, OperationDefinitionNode) for part in parse(text).definitions)
    except (GraphQLError, RecursionError):
        return 0


def _point_to_variables(operation: str) -> None:
    """Say so when the variables of a file stand beside it; called when it failed without any."""
    beside = Path(operation).with_suffix(".json") if operation.endswith((".graphql", ".gql")) else None
    if beside and beside.is_file():
        complain(f"no variables were given, and {shown(beside)} stands beside the query: add --variables {shown(beside)}")


def report_errors(result: ExecutionResult) -> int:
    """Say what went wrong, a sentence each, and give the exit code."""
    codes = {str((error.extensions or {}).get("code")) for error in result.errors or ()}
    for error in result.errors or ():
        complain(error.message)
    return 0 if not codes else 2 if codes <= _USAGE_CODES else 1


def _text(given: str) -> str:
    if given == "-":
        if sys.stdin is None:
            raise BadRequest("Standard input is closed; name a file, or write the operation itself.")
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    if "{" in given:
        return given
    return _read(Path(given), "write the operation itself, with its braces, or name a file")


def _variables(given: str | None) -> dict[str, Any]:
    if given is None:
        return {}
    text = given if given.lstrip().startswith(("{", "[")) else _read(Path(given), "give a JSON object, or name a file that holds one")
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadRequest(f"--variables is no JSON ({error}); give an object such as '{{\"first\": 5}}'.") from None
    if not isinstance(found, dict):
        raise BadRequest("--variables must be a JSON object such as '{\"first\": 5}'.")
    return found


def _read(path: Path, advice: str) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError):
        raise BadRequest(f"{path} is no file that can be read as text; {advice}.") from None
