"""GraphQL over HTTP: what is asked, in which form the answer goes back, and the statuses of the specification's audit suite."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import get_operation_ast
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from api.limits import parsed
from api.metrics import Metrics, Timer, outcome
from api.replies import error_reply, json_reply
from api.streams import Streams, send_events, wants_events
from api.tokens import TokenRefused, bearer
from archive.tokens import Token
from schema.build import ArchiveSchema
from schema.context import Context, Services
from schema.errors import ErrorCode, failure

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
BODY_LIMIT = 256 * 1024
TIMEOUT_SECONDS = 10.0
_ALLOWED = {"GET": {OperationType.QUERY}, "POST": {OperationType.QUERY, OperationType.MUTATION}}
# The audit suite wants 200 here for application/json (the present draft asks for 4xx in both forms): change it when the suite moves
STATUS_OF_REFUSED_DOCUMENT = {GRAPHQL_RESPONSE: 400, JSON: 200}


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a GraphQL request."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


class Refused(Exception):
    """A request that is answered before any GraphQL is read."""

    def __init__(self, status: int, code: ErrorCode, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers or {}


class GraphQLView:
    """The ASGI application at /graphql. `services` is asked for each request, because the lifespan sets it after the routes are made."""

    def __init__(self, schema: ArchiveSchema, metrics: Metrics, streams: Streams, timeout: float = TIMEOUT_SECONDS) -> None:
        self.schema = schema
        self.streams = streams
        self.metrics = metrics
        self.timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; never raises for anything that a client can send."""
        request = Request(scope, receive)
        media_type = JSON
        with self.metrics.operation() as seen:
            try:
                follows = wants_events(request)
                media_type = JSON if follows else negotiated(request)
                caller = bearer(request, self.streams.tokens)
                question = await asked(request)
                context = _context(request.app.state.services, caller)
                if follows:
                    await self.follow(request, question, context, seen, send)
                    return
                response = await self.answer(question, media_type, context, seen, request.method)
            except TokenRefused as refused:
                seen.outcome = refused.code.value
                response = refused.reply(f"{media_type}; charset=utf-8")
            except Refused as refused:
                seen.outcome = refused.code.value
                response = error_reply(refused.status, failure(refused.code, str(refused)), f"{media_type}; charset=utf-8", refused.headers)
        response.headers["vary"] = "Accept"
        response.headers["cache-control"] = "no-cache"
        await response(scope, receive, send)

    async def follow(self, request: Request, question: Asked, context: Context, seen: Timer, send: Send) -> None:
        """Send what a subscription gives as events, until it ends or the client goes. Raises Refused."""
        seen.subject = OperationType.SUBSCRIPTION.value
        with self.streams.slot(request) as free:
            if not free:
                raise Refused(429, ErrorCode.LIMIT_EXCEEDED, "So many streams are open from your address; close one.", {"retry-after": "5"})
            query, variables, name = question.query, question.variables, question.operation_name
            results = self.streams.results(context.services, context.caller, query, variables, name)
            await send_events(results, request.receive, send)

    async def answer(self, request: Asked, media_type: str, context: Context, seen: Timer, method: str) -> Response:
        """Run the operation within its time, and note its type and outcome in `seen`. Raises Refused."""
        try:
            async with asyncio.timeout(self.timeout):
                result = await self.schema.execute(
                    request.query,
                    variable_values=request.variables,
                    operation_name=request.operation_name,
                    context_value=context,
                    allowed_operation_types=_ALLOWED[method],
                )
        except TimeoutError as error:
            seen.subject = OperationType.QUERY.value
            raise Refused(504, ErrorCode.TIMEOUT, f"The query took longer than {self.timeout:g} s; ask for less at a time.") from error
        except (CannotGetOperationTypeError, InvalidOperationTypeError, MissingQueryError) as error:
            if isinstance(error, InvalidOperationTypeError):
                seen.subject = error.operation_type.value
            raise _wrong_operation(error) from error
        body: dict[str, object] = {}
        if result.errors:
            body["errors"] = [error.formatted for error in result.errors]
        ran = result.data is not None or any(error.path for error in result.errors or ())
        seen.outcome = outcome(result.errors)
        if ran:
            seen.subject = _type_of(request)
            body["data"] = result.data
        if result.extensions:
            body["extensions"] = result.extensions
        return json_reply(body, 200 if ran else STATUS_OF_REFUSED_DOCUMENT[media_type], f"{media_type}; charset=utf-8")


def _context(services: Services | None, caller: Token | None) -> Context:
    if services is None:
        raise Refused(503, ErrorCode.SEARCH_UNAVAILABLE, "The archive is not open yet; try again in a moment.")
    return Context.of(services, caller)


def _wrong_operation(error: Exception) -> Refused:
    """What to say of an operation that cannot be run in this way."""
    kind = error.operation_type if isinstance(error, InvalidOperationTypeError) else None
    if kind is OperationType.MUTATION:
        return Refused(405, ErrorCode.METHOD_NOT_ALLOWED, "What changes something is sent by POST.", {"allow": "POST"})
    if kind is OperationType.SUBSCRIPTION:
        message = "Follow a subscription by POST with `Accept: text/event-stream`, or over graphql-transport-ws."
        return Refused(400, ErrorCode.BAD_REQUEST, message)
    return Refused(400, ErrorCode.BAD_REQUEST, "Name one operation of the document in `operationName`.")


def _type_of(request: Asked) -> str:
    found = get_operation_ast(parsed(request.query), request.operation_name)
    return found.operation.value if found else OperationType.QUERY.value


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


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def _utf8(parameters: list[str]) -> bool:
    return all(part.split("=", 1)[1].strip(' "') in {"utf-8", "utf8"} for part in parameters if part.startswith("charset="))


async def asked(request: Request) -> Asked:
    """The parameters of a GET or POST request. Raises Refused."""
    if request.method == "GET":
        given: dict[str, object] = {name: value for name, value in request.query_params.items() if value}
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = _decoded(str(given[name]).encode(), f"The parameter `{name}`")
        return _checked(given)
    if request.method != "POST":
        raise Refused(
            405, ErrorCode.METHOD_NOT_ALLOWED, f"{request.method[:20]} is not for queries; use GET or POST.", {"allow": "GET, POST"}
        )
    name, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    if name != JSON or not _utf8(parameters):
        raise Refused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, f"Send the query as {JSON} in UTF-8.", {"accept-post": JSON})
    return _checked(_decoded(await _body(request), "The body"))


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > BODY_LIMIT:
                message = f"A request may hold {BODY_LIMIT // 1024} KiB; shorten the query or its variables."
                raise Refused(413, ErrorCode.LIMIT_EXCEEDED, message, {"connection": "close"})
            parts.append(part)
    except HTTPException as error:
        raise Refused(error.status_code, ErrorCode.BAD_REQUEST, "The body could not be read to its end.") from error
    return b"".join(parts)


def _decoded(data: bytes, what: str) -> object:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(400, ErrorCode.BAD_REQUEST, f"{what} is not valid JSON.") from error


def _checked(given: object) -> Asked:
    if not isinstance(given, dict):
        raise Refused(400, ErrorCode.BAD_REQUEST, "Send one JSON object with a `query`; batches are not taken.")
    query, variables, name, extensions = (given.get(key) for key in ("query", "variables", "operationName", "extensions"))
    if not isinstance(query, str) or not query.strip():
        raise Refused(400, ErrorCode.BAD_REQUEST, "`query` is missing: give the text of a GraphQL query.")
    if variables is not None and not isinstance(variables, dict):
        raise Refused(400, ErrorCode.BAD_REQUEST, "`variables` must be a JSON object.")
    if name is not None and not isinstance(name, str):
        raise Refused(400, ErrorCode.BAD_REQUEST, "`operationName` must be a string.")
    if extensions is not None and not isinstance(extensions, dict):
        raise Refused(400, ErrorCode.BAD_REQUEST, "`extensions` must be a JSON object.")
    return Asked(query, variables, name or None)
