"""What a request asks: the form of its answer by the Accept header, and the parameters of GraphQL over HTTP by GET and POST."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from schema.errors import ErrorCode

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
BODY_LIMIT = 256 * 1024  # bytes
MOST_VALUES = 2_000
"""In the variables of a request, as many as a query may have tokens: fifty thousand ids took half a second to check."""
METHODS = "GET, HEAD, POST"
BODY_SECONDS = 20.0
"""For 256 KiB at most; who sends slower than that only holds a connection."""
READING = frozenset({"GET", "HEAD"})
_PARAMETERS = 100  # in an address; beyond that nobody means it


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a GraphQL request. `query` may be empty when `document_id` or `extensions` name a document that is kept here."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    document_id: str | None = None
    extensions: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """A request that is answered before any GraphQL is read."""

    def __init__(self, status: int, code: ErrorCode, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers or {}


def negotiated(request: Request) -> str:
    """The media type of the answer, by the Accept header; application/json where it leaves the choice. Raises Refused (406)."""
    header = ",".join(request.headers.getlist("accept"))
    if not header.strip():
        return JSON
    best: tuple[float, int, str] | None = None
    for item in header.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = _quality(parameters)
        for rank, offered in enumerate((JSON, GRAPHQL_RESPONSE)):
            exact = name == offered
            if quality > 0 and (exact or (rank == 0 and name in {"*/*", "application/*"})) and _utf8(parameters):
                candidate = (quality, 2 * exact + rank if exact else 0, offered)
                best = max(best, candidate) if best else candidate
    if best is None:
        raise Refused(406, ErrorCode.NOT_ACCEPTABLE, f"Answers come as {GRAPHQL_RESPONSE} or {JSON}, in UTF-8; accept one of them.")
    return best[2]


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def _utf8(parameters: Sequence[str]) -> bool:
    return all(part.split("=", 1)[1].strip(' "') in {"utf-8", "utf8"} for part in parameters if part.startswith("charset="))


async def asked(request: Request) -> Asked:
    """The parameters of a GET, HEAD or POST request. Raises Refused."""
    if request.method in READING:
        return _checked(_from_address(request))
    if request.method != "POST":
        raise Refused(405, ErrorCode.METHOD_NOT_ALLOWED, f"{request.method[:20]} is not for queries; use GET or POST.", {"allow": METHODS})
    name, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    if name != JSON or not _utf8(parameters):
        raise Refused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, f"Send the query as {JSON} in UTF-8.", {"accept-post": JSON})
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        message = "Send the query as it is, without Content-Encoding."
        raise Refused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, message, {"accept-encoding": "identity"})
    return _checked(_decoded(await _body(request), "The body"))


def _from_address(request: Request) -> dict[str, object]:
    try:
        raw = request.scope["query_string"].decode("ascii")
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except ValueError as error:  # UnicodeDecodeError is one
        raise Refused(400, ErrorCode.BAD_REQUEST, "The address is not UTF-8 with percent signs, or has too many parameters.") from error
    given: dict[str, object] = {}
    for name, value in pairs:
        if name in given:
            raise Refused(400, ErrorCode.BAD_REQUEST, f"The parameter {name[:40]!r} is given twice; give it once.")
        given[name] = value
    given = {name: value for name, value in given.items() if value}
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _decoded(str(given[name]).encode(), f"The parameter `{name}`")
    return given


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > BODY_LIMIT:
                    message = f"A request may hold {BODY_LIMIT // 1024} KiB; shorten the query or its variables."
                    raise Refused(413, ErrorCode.LIMIT_EXCEEDED, message, {"connection": "close"})
                parts.append(part)
    except TimeoutError as error:
        message = f"The body did not come within {BODY_SECONDS:g} s; send it at once."
        raise Refused(408, ErrorCode.TIMEOUT, message, {"connection": "close"}) from error
    except (HTTPException, ClientDisconnect) as error:
        status = error.status_code if isinstance(error, HTTPException) else 400
        raise Refused(status, ErrorCode.BAD_REQUEST, "The body could not be read to its end.") from error
    return b"".join(parts)


def _decoded(data: bytes, what: str) -> object:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(400, ErrorCode.BAD_REQUEST, f"{what} is not valid JSON.") from error


def _checked(given: object) -> Asked:
    if not isinstance(given, dict):
        raise Refused(400, ErrorCode.BAD_REQUEST, "Send one JSON object with a `query`; batches are not taken.")
    query, name, document = (_text(given, key) for key in ("query", "operationName", "documentId"))
    variables, extensions = (_object(given, key) for key in ("variables", "extensions"))
    if variables and _more_than(variables, MOST_VALUES):
        raise Refused(400, ErrorCode.LIMIT_EXCEEDED, f"The variables hold more than {MOST_VALUES:,} values; ask for fewer at a time.")
    kept = document or (extensions and "persistedQuery" in extensions)
    if not query.strip() and not kept:
        raise Refused(400, ErrorCode.BAD_REQUEST, "`query` is missing: give the text of a GraphQL query.")
    return Asked(query, variables, name or None, document or None, extensions or {})


def _more_than(value: object, most: int) -> bool:
    """Whether JSON holds more than so many values."""
    waiting, count = [value], 0
    while waiting and count <= most:
        one = waiting.pop()
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        count += len(inner)
        waiting.extend(islice(inner, most + 1))
    return count > most


def _text(given: dict[str, object], key: str) -> str:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise Refused(400, ErrorCode.BAD_REQUEST, f"`{key}` must be a string.")
    return value or ""


def _object(given: dict[str, object], key: str) -> dict[str, Any] | None:
    value = given.get(key)
    if value is not None and not isinstance(value, dict):
        raise Refused(400, ErrorCode.BAD_REQUEST, f"`{key}` must be a JSON object.")
    return value
