"""JSON answers, and the one form that errors have whatever the path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec
from graphql import GraphQLError
from starlette.responses import Response

JSON = "application/json; charset=utf-8"
_HINT = re.compile(r" Did you mean [^?]*\?")  # names of a schema hold no question mark, and after an input error text goes on behind it


def json_reply(data: object, status: int = 200, media_type: str = JSON, headers: Mapping[str, str] | None = None) -> Response:
    """`data` as JSON in UTF-8; Chinese text is not escaped, which halves its size."""
    return Response(msgspec.json.encode(data), status, headers=dict(headers or {}), media_type=media_type)


def error_reply(status: int, error: GraphQLError, media_type: str = JSON, headers: Mapping[str, str] | None = None) -> Response:
    """`{"errors": [{message, extensions: {code}}]}`, with no `data` member: nothing was run."""
    return json_reply({"errors": [error.formatted]}, status, media_type, headers)


def without_hints(errors: Iterable[GraphQLError]) -> list[GraphQLError]:
    """The same errors, changed in place, without the names of the schema that graphql-core proposes for one that is not in it."""
    told = list(errors)
    for error in told:
        error.message = _HINT.sub("", error.message)
    return told
