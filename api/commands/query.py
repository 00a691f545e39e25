"""fangzhi query: a GraphQL operation in process."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import click
from strawberry.types import ExecutionResult

from api.bootstrap import open_services
from api.commands.common import complain, print_json, with_settings
from api.settings import Settings
from archive.errors import BadRequest
from schema.build import build_schema
from schema.context import Context

_USAGE_CODES = frozenset({"BAD_REQUEST", "BAD_CURSOR", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED"})


@click.command(name="query")
@click.argument("operation", metavar="FILE_OR_TEXT")
@click.option("--variables", metavar="JSON", help="The variables: a JSON object, or the name of a file that holds one.")
@click.option("--operation-name", metavar="NAME", help="Which operation to run, where the text holds several.")
@with_settings
def command(settings: Settings, operation: str, variables: str | None, operation_name: str | None) -> int:
    """Run a GraphQL operation in process and print the response as JSON.

    FILE_OR_TEXT is the name of a file, the text itself, or - for standard input. Exit code 2 when the operation is at fault, 1 for any
    other error.
    """
    result = asyncio.run(execute(settings, _text(operation), _variables(variables), operation_name))
    response: dict[str, Any] = {"data": result.data}
    if result.errors:
        response["errors"] = [error.formatted for error in result.errors]
    print_json(response)
    return report_errors(result)


async def execute(settings: Settings, operation: str, variables: dict[str, Any], operation_name: str | None = None) -> ExecutionResult:
    """The result of an operation on the archive. Raises ArchiveMissing."""
    async with open_services(settings) as services:
        return await build_schema().execute(
            operation, variable_values=variables, context_value=Context.of(services), operation_name=operation_name
        )


def report_errors(result: ExecutionResult) -> int:
    """Say what went wrong, a sentence each, and give the exit code."""
    codes = {str((error.extensions or {}).get("code")) for error in result.errors or ()}
    for error in result.errors or ():
        complain(error.message)
    return 0 if not codes else 2 if codes <= _USAGE_CODES else 1


def _text(given: str) -> str:
    if given == "-":
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
