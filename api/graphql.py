"""GraphQL over HTTP: what is asked is run, and answered with the statuses of the specification's audit suite."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import get_operation_ast, parse
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.asking import GRAPHQL_RESPONSE, JSON, READING, Asked, Refused, asked, negotiated
from api.documents import Kept, Resolved
from api.etags import Generations, any_will_do, held, tag
from api.metrics import CANCELLED, Metrics, Timer, outcome
from api.rate import OverRate, Rate, allowance
from api.replies import error_reply, json_reply, without_hints
from api.streams import Streams, send_events, wants_events
from api.tokens import TokenRefused, bearer
from archive.tokens import Token
from schema.build import ArchiveSchema
from schema.context import Context, Services
from schema.errors import ErrorCode, failure

TIMEOUT_SECONDS = 10.0
_ALLOWED = {
    "GET": {OperationType.QUERY},
    "HEAD": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
}
AT_ONCE = 64
"""Requests that are being run or wait for the engine; what comes on top of them is told at once to try again."""
# The audit suite wants 200 here for application/json (the present draft asks for 4xx in both forms): change it when the suite moves
STATUS_OF_REFUSED_DOCUMENT = {GRAPHQL_RESPONSE: 400, JSON: 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a service answers: `seconds` for a request, whether errors `suggest` names of the schema, and `program`, what it is."""

    seconds: float = TIMEOUT_SECONDS
    suggest: bool = True
    program: str = ""
    rate: Rate = field(default_factory=lambda: Rate(0))
    kept: Kept = field(default_factory=Kept)


class GraphQLView:
    """The ASGI application at /graphql. `services` is asked for each request, because the lifespan sets it after the routes are made."""

    def __init__(self, schema: ArchiveSchema, metrics: Metrics, streams: Streams, manner: Manner) -> None:
        self.schema = schema
        self.streams = streams
        self.metrics = metrics
        self.manner = manner
        self.generations = Generations()
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; never raises for anything that a client can send."""
        request = Request(scope, receive)
        media_type = JSON
        with self.metrics.operation() as seen:
            try:
                follows = wants_events(request)
                media_type = JSON if follows else negotiated(request)
                spending = self.manner.rate.allowance(scope)
                allowance.set(spending)
                spending.enter()
                caller = bearer(request, self.streams.tokens)
                given = await asked(request)
                if follows:
                    await self._follow(request, given, caller, seen, send)
                    return
                answer = await unless_gone(request, self._replied(request, given, caller, media_type, seen))
                seen.outcome = CANCELLED if answer is None else seen.outcome
            except TokenRefused as unknown:
                seen.outcome = unknown.code.value
                answer = unknown.reply(f"{media_type}; charset=utf-8")
            except Refused as refused:
                seen.outcome = refused.code.value
                status = refused.status
                if refused.code is ErrorCode.PERSISTED_QUERY_NOT_FOUND:
                    status = STATUS_OF_REFUSED_DOCUMENT[media_type]
                answer = error_reply(status, failure(refused.code, str(refused)), f"{media_type}; charset=utf-8", refused.headers)
            except OverRate as over:
                seen.outcome = ErrorCode.RATE_LIMITED.value
                answer = over.reply(f"{media_type}; charset=utf-8")
        if answer is None:
            return
        answer.headers["vary"] = "Accept, Authorization"
        answer.headers.setdefault("cache-control", "no-store")
        await answer(scope, receive, send)

    async def _follow(self, request: Request, given: Asked, caller: Token | None, seen: Timer, send: Send) -> None:
        """Send what a subscription gives as events, until it ends or the client goes. Raises Refused."""
        seen.subject = OperationType.SUBSCRIPTION.value
        services = _services(request)
        with self.streams.place(request) as place:
            if not place.take(caller):
                raise Refused(429, ErrorCode.LIMIT_EXCEEDED, "So many streams are open from your address; close one.", {"retry-after": "5"})
            document = self.manner.kept.resolve(given)
            results = self.streams.results(services, caller, document.query, given.variables, given.operation_name)
            await send_events(results, request.receive, send)

    async def _replied(self, request: Request, given: Asked, caller: Token | None, media_type: str, seen: Timer) -> Response:
        """The answer; by GET with a tag, or 304 in its place when who asks has it. Raises Refused and OverRate.

        An answer to who bears a token has none: it may hold jobs, which are not of the index.
        """
        services = _services(request)
        document = self.manner.kept.resolve(given)
        may_tag = request.method in READING and caller is None
        current = await self._tag(given, document, media_type, services) if may_tag else None
        headers = {"etag": current, "cache-control": "private, no-cache"} if current else {}
        if current and held(request, current):
            seen.subject = OperationType.QUERY.value
            return Response(status_code=304, headers=headers)
        context = Context.of(services, caller)
        answer = await self._answer(replace(given, query=document.query), context, media_type, seen, request.method)
        if answer.status_code == 200 and seen.subject == OperationType.QUERY.value:
            self.manner.kept.learn(document)
            if seen.outcome == "OK" and current and any_will_do(request):
                return Response(status_code=304, headers=headers)
            if seen.outcome == "OK":
                answer.headers.update(headers)
        return answer

    async def _tag(self, given: Asked, document: Resolved, media_type: str, services: Services) -> str | None:
        generation = await self.generations.now(services.engine)
        return None if generation is None else tag(given, document.query, generation, media_type, self.manner.program)

    async def _answer(self, given: Asked, context: Context, media_type: str, seen: Timer, method: str) -> Response:
        """Run the operation within its time, and note its type and outcome in `seen`. Raises Refused and OverRate."""
        if self.running >= AT_ONCE:
            message = "Too much is asked at once; try again in a moment."
            raise Refused(503, ErrorCode.SEARCH_UNAVAILABLE, message, {"retry-after": "1"})
        self.running += 1
        try:
            async with asyncio.timeout(self.manner.seconds):
                result = await self.schema.execute(
                    given.query,
                    variable_values=given.variables,
                    operation_name=given.operation_name,
                    context_value=context,
                    allowed_operation_types=_ALLOWED[method],
                )
        except TimeoutError as error:
            seen.subject = _type_of(given)
            message = f"The query took longer than {self.manner.seconds:g} s; ask for less at a time."
            raise Refused(504, ErrorCode.TIMEOUT, message) from error
        except (CannotGetOperationTypeError, InvalidOperationTypeError, MissingQueryError) as error:
            raise _not_run(error, seen) from error
        finally:
            self.running -= 1
        return self._reply(given, result, media_type, seen)

    def _reply(self, given: Asked, result: ExecutionResult, media_type: str, seen: Timer) -> Response:
        spending = allowance.get()
        if spending is not None and spending.over is not None:
            raise spending.over
        body: dict[str, object] = {}
        if result.errors:
            told = result.errors if self.manner.suggest else without_hints(result.errors)
            body["errors"] = [error.formatted for error in told]
        ran = result.data is not None or any(error.path for error in result.errors or ())
        seen.outcome = outcome(result.errors)
        if ran:
            seen.subject = _type_of(given)
            body["data"] = result.data
        if result.extensions:
            body["extensions"] = result.extensions
        return json_reply(body, 200 if ran else STATUS_OF_REFUSED_DOCUMENT[media_type], f"{media_type}; charset=utf-8")


def _services(request: Request) -> Services:
    services: Services | None = request.app.state.services
    if services is None:
        raise Refused(503, ErrorCode.SEARCH_UNAVAILABLE, "The archive is not open yet; try again in a moment.")
    return services


def _not_run(error: Exception, seen: Timer) -> Refused:
    """Why an operation is not run in this way, or at all."""
    kind = error.operation_type if isinstance(error, InvalidOperationTypeError) else None
    if kind is not None:
        seen.subject = kind.value
    if kind is OperationType.MUTATION:
        return Refused(405, ErrorCode.METHOD_NOT_ALLOWED, "What changes something is sent by POST.", {"allow": "POST"})
    if kind is OperationType.SUBSCRIPTION:
        message = "Follow a subscription by POST with `Accept: text/event-stream`, or over graphql-transport-ws."
        return Refused(400, ErrorCode.BAD_REQUEST, message)
    return Refused(400, ErrorCode.BAD_REQUEST, "Name one operation of the document in `operationName`.")


def _type_of(given: Asked) -> str:
    if OperationType.MUTATION.value not in given.query:  # nearly always, and then nothing is to be parsed again
        return OperationType.QUERY.value
    found = get_operation_ast(parse(given.query), given.operation_name)
    return found.operation.value if found else OperationType.QUERY.value


async def unless_gone(request: Request, work: Coroutine[Any, Any, Response]) -> Response | None:
    """The outcome of `work`, which is cancelled when the client goes away; None then."""
    answering = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await answering if answering.done() else None
    finally:
        for task in (answering, leaving):
            task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
