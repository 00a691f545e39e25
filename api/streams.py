"""Subscriptions over HTTP: what both ways share, and server-sent events (graphql-sse, distinct connections)."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing
from types import TracebackType
from typing import Any

import anyio
import msgspec
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.types import Receive, Send
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.graphql import OperationType

from api.addresses import asker
from api.asking import Asked, Refused
from api.documents import Kept
from api.rate import Rate
from api.replies import without_hints
from archive.tokens import Token, Tokens
from schema.build import ArchiveSchema
from schema.context import Context, Services
from schema.errors import ErrorCode, coded, failure

EVENT_STREAM = "text/event-stream"
STREAMS_AN_ADDRESS = 10
"""Of whoever bears no token, and as many again for each token: strangers behind one address must not shut out those who work there."""
OPENING_AN_ADDRESS = 50
"""Sockets that have not said yet who they are, for which they have some seconds."""
_OPENING = "opening"
BEAT_SECONDS = 15.0  # proxies give up after 60 s of silence (nginx's proxy_read_timeout)
NOT_FOLLOWED = "Only a subscription is followed here; send queries and mutations by POST."


class Place:
    """One connection among those that are open from its address; its end gives back what it holds."""

    def __init__(self, taken: Counter[tuple[str, str]], address: str) -> None:
        self._taken = taken
        self._address = address
        self._held: tuple[str, str] | None = None

    def __enter__(self) -> Place:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._leave()

    def open(self) -> bool:
        """Stand among those who have not said yet who they are; False when there are too many."""
        return self._move(_OPENING, OPENING_AN_ADDRESS)

    def take(self, caller: Token | None) -> bool:
        """Stand among the streams of `caller`, or of those without a token; False, and as before, when all their places are taken."""
        return self._move(caller.id if caller else "", STREAMS_AN_ADDRESS)

    def _move(self, kind: str, most: int) -> bool:
        wanted = (self._address, kind)
        if self._taken[wanted] >= most:
            return False
        self._leave()
        self._taken[wanted] += 1
        self._held = wanted
        return True

    def _leave(self) -> None:
        if self._held is not None:
            self._taken[self._held] -= 1
            if not self._taken[self._held]:
                del self._taken[self._held]
            self._held = None


class Streams:
    """What is open just now, by address, and the results of a subscription."""

    def __init__(
        self, schema: ArchiveSchema, tokens: Tokens, kept: Kept | None = None, rate: Rate | None = None, suggest: bool = True
    ) -> None:
        """`suggest` is whether errors may name what the schema has beside what was asked."""
        self.schema = schema
        self.suggest = suggest
        self.tokens = tokens
        self.kept = kept or Kept()
        self.rate = rate or Rate(0)
        self._open: Counter[tuple[str, str]] = Counter()

    def place(self, connection: HTTPConnection) -> Place:
        """What a connection holds of the places of its address; nothing yet. Use it as a context."""
        return Place(self._open, asker(connection.scope, self.rate.trusted))

    async def results(
        self, services: Services, caller: Token | None, query: str, variables: dict[str, Any] | None, name: str | None
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The results of a subscription under the limits of every other operation, with coded errors; it can end when its token does.

        Whatever is wrong with the document is one result with errors.
        """
        try:
            document = self.kept.resolve(Asked(query, variables, name))
        except Refused as refused:
            yield _refused(failure(refused.code, str(refused)))
            return
        source = await self.schema.stream(
            document.query,
            variable_values=variables,
            context_value=Context.of(services, caller, lambda: caller is None or self.tokens.still(caller)),
            operation_name=name,
            allowed_operation_types={OperationType.SUBSCRIPTION},
        )
        try:
            async with aclosing(source):
                async for result in source:
                    if not isinstance(result, ExecutionResult):  # @defer and @stream are not enabled
                        return
                    if result.errors:
                        result.errors = self._told(result.errors)
                    yield result
        except GraphQLError as error:  # `execute` makes a result of what an extension raises, and `stream` does not
            yield _refused(*self._told([error]))

    def _told(self, errors: Iterable[GraphQLError]) -> list[GraphQLError]:
        told = [_told(error) for error in errors]
        return told if self.suggest else without_hints(told)


def _refused(error: GraphQLError) -> ExecutionResult:
    return PreExecutionError(data=None, errors=[error])


def _told(error: GraphQLError) -> GraphQLError:
    if isinstance(error.original_error, InvalidOperationTypeError):
        return failure(ErrorCode.BAD_REQUEST, NOT_FOLLOWED)
    return coded(error)


def payload(result: ExecutionResult) -> dict[str, object]:
    """A result as it goes out: without `data` when nothing was run."""
    body: dict[str, object] = {}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    if result.data is not None or any(error.path for error in result.errors or ()):
        body["data"] = result.data
    if result.extensions:
        body["extensions"] = result.extensions
    return body


def wants_events(request: Request) -> bool:
    """Whether a request asks for a stream of events."""
    accepted = ",".join(request.headers.getlist("accept")).split(",")
    return request.method == "POST" and any(one.split(";")[0].strip().lower() == EVENT_STREAM for one in accepted)


async def send_events(results: AsyncGenerator[ExecutionResult, None], receive: Receive, send: Send) -> None:
    """Send each result as an event `next`, `complete` at the end, and a comment now and then; ends when the client goes."""
    headers = {"content-type": f"{EVENT_STREAM}; charset=utf-8", "cache-control": "no-store", "vary": "Accept", "x-accel-buffering": "no"}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    await _send_more(send, b":\n\n")  # so that a proxy passes the head on before the first event
    ended = False
    async with anyio.create_task_group() as group:

        async def until_gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        async def beat() -> None:
            while True:
                await anyio.sleep(BEAT_SECONDS)
                await _send_more(send, b":\n\n")

        group.start_soon(until_gone)
        group.start_soon(beat)
        async for event in _events(results):
            await _send_more(send, event)
        ended = True
        group.cancel_scope.cancel()
    if ended:  # not before the group has ended: the server refuses a beat that comes behind the last body
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_more(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _events(results: AsyncGenerator[ExecutionResult, None]) -> AsyncIterator[bytes]:
    async with aclosing(results):
        async for result in results:
            yield b"event: next\ndata: " + msgspec.json.encode(payload(result)) + b"\n\n"
    yield b"event: complete\ndata:\n\n"
