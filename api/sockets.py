"""Subscriptions over WebSocket: graphql-transport-ws and no other protocol, by strawberry's handler within bounds of our own."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types.execution import ExecutionResult, PreExecutionError

from api.rate import OverRate, allowance
from api.replies import error_reply
from api.streams import Place, Streams
from api.tokens import TokenRefused, accepted, bearer
from archive.tokens import Token
from schema.context import Services
from schema.errors import ErrorCode, failure

PROTOCOL = "graphql-transport-ws"
SUBSCRIPTIONS = 10  # at once, on one connection
INIT_SECONDS = 5.0
IDLE_SECONDS = 30.0
"""How long a connection stays on which nothing is followed."""
_IDLE = 4408  # the protocol's code for whoever did not say in time what it wants
MESSAGE_BYTES = 64 * 1024
_answered: ContextVar[bool] = ContextVar("_answered", default=False)
"""Whether the handshake that is in hand was answered with a refusal."""


class Message(msgspec.Struct, omit_defaults=True):
    """What a client may send; anything else closes the connection."""

    type: str
    id: str | None = None
    payload: dict[str, Any] | None = None


class SocketView:
    """The ASGI application at /graphql for WebSockets."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    async def __call__(self, socket: WebSocket) -> None:
        """Take a connection, or refuse its handshake."""
        services: Services | None = socket.app.state.services
        try:
            caller = bearer(socket, self._streams.tokens)
        except TokenRefused as refused:
            await _denied(socket, refused.reply())
            return
        spending = self._streams.rate.allowance(socket.scope)
        allowance.set(spending)
        try:
            spending.enter()
        except OverRate as over:
            await _denied(socket, over.reply())
            return
        with self._streams.place(socket) as place:
            free = place.take(caller) if caller else place.open()  # a browser says who it is in its first message
            refusal = _refusal(socket, services, free)
            if refusal is not None or services is None:
                await _denied(socket, refusal or Response(status_code=503))
                return
            await socket.accept(PROTOCOL)
            session = _Session(self._streams, services, caller, place)
            connection = _Adapter(socket)
            handler: BaseGraphQLTransportWSHandler[Any, Any] = BaseGraphQLTransportWSHandler(
                view=session,  # type: ignore[arg-type]  # the handler asks it for `on_ws_connect` alone
                websocket=connection,  # type: ignore[arg-type]  # the three methods that the handler calls
                context=session,
                root_value=None,
                schema=session,  # type: ignore[arg-type]  # the handler asks it for `stream` alone
                connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
                max_subscriptions_per_connection=SUBSCRIPTIONS,
            )
            watching = asyncio.create_task(_ended_when_idle(session, connection))
            try:
                await handler.handle()
            finally:
                watching.cancel()


async def _ended_when_idle(session: _Session, connection: _Adapter) -> None:
    while True:
        left = IDLE_SECONDS if session.idle_since is None else session.idle_since + IDLE_SECONDS - time.monotonic()
        if left <= 0:
            break
        await asyncio.sleep(left)
    await connection.close(_IDLE, "Nothing is followed here; open a connection when there is something to follow.")


class _Session:
    """One connection: who it is, and what its operations give."""

    def __init__(self, streams: Streams, services: Services, caller: Token | None, place: Place) -> None:
        self._streams = streams
        self._place = place
        self._running = 0
        self.idle_since: float | None = time.monotonic()
        """None while something is followed."""
        self._services = services
        self._caller = caller
        self.connection_params: Mapping[str, object] = {}

    async def on_ws_connect(self, context: object) -> dict[str, object]:
        """Who it is, by `{"authorization": "Bearer …"}` in the first message, for browsers can send no header. Closes with 4403."""
        given = self.connection_params.get("authorization", self.connection_params.get("Authorization"))
        if given is not None:
            scheme, _, secret = str(given).strip().partition(" ")
            if scheme.lower() != "bearer":
                raise ConnectionRejectionError({})
            try:
                self._caller = accepted(secret.strip(), self._streams.tokens)
            except TokenRefused:
                raise ConnectionRejectionError({}) from None
        if not self._place.take(self._caller):
            raise ConnectionRejectionError({})
        return {}

    async def stream(
        self, query: str, variable_values: dict[str, Any] | None, operation_name: str | None, **_: object
    ) -> AsyncGenerator[ExecutionResult, None]:
        """Each operation has a context of its own, and costs a point at least, as each request has."""
        spending = allowance.get()
        if spending is not None:
            try:
                spending.enter()
            except OverRate as over:
                return _one(PreExecutionError(data=None, errors=[failure(ErrorCode.RATE_LIMITED, str(over))]))
        return self._followed(self._streams.results(self._services, self._caller, query, variable_values, operation_name))

    async def _followed(self, results: AsyncGenerator[ExecutionResult, None]) -> AsyncGenerator[ExecutionResult, None]:
        self._running += 1
        self.idle_since = None
        try:
            async with aclosing(results):
                async for result in results:
                    yield result
        finally:
            self._running -= 1
            if not self._running:
                self.idle_since = time.monotonic()


async def _one(result: ExecutionResult) -> AsyncGenerator[ExecutionResult, None]:
    yield result


class _Adapter:
    """What strawberry's handler needs of a connection, with every message checked before it gets there."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._decode = msgspec.json.Decoder(Message).decode

    async def iter_json(self) -> AsyncGenerator[dict[str, Any], None]:
        """The messages of the client. Raises NonTextMessageReceived and NonJsonMessageReceived, which close the connection with 4400."""
        with suppress(WebSocketDisconnect):
            while self._socket.application_state is not WebSocketState.DISCONNECTED:
                try:
                    text = await self._socket.receive_text()
                except KeyError as error:
                    raise NonTextMessageReceived from error
                yield self._checked(text)

    def _checked(self, text: str) -> dict[str, Any]:
        if len(text) > MESSAGE_BYTES:
            raise NonJsonMessageReceived
        try:
            message = self._decode(text)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            raise NonJsonMessageReceived from error
        if message.type == "subscribe" and not _well_formed(message.payload):
            raise NonJsonMessageReceived
        return dict(msgspec.to_builtins(message))

    async def send_json(self, message: Mapping[str, object]) -> None:
        """One message, as text: clients take no binary ones."""
        try:
            await self._socket.send_text(msgspec.json.encode(message).decode())
        except (WebSocketDisconnect, RuntimeError) as error:
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        """With a code of the protocol; a close frame takes 123 bytes."""
        with suppress(RuntimeError):  # closed already
            await self._socket.close(code, reason[:120])


def _well_formed(payload: dict[str, Any] | None) -> bool:
    query, variables, name = ((payload or {}).get(key) for key in ("query", "variables", "operationName"))
    return isinstance(query, str) and isinstance(variables, dict | None) and isinstance(name, str | None)


def _refusal(socket: WebSocket, services: Services | None, free: bool) -> Response | None:
    if services is None:
        return error_reply(503, failure(ErrorCode.SEARCH_UNAVAILABLE, "The archive is not open yet; try again in a moment."))
    if not _same_origin(socket):
        return error_reply(403, failure(ErrorCode.FORBIDDEN, "A page of another site may not open a connection here."))
    if PROTOCOL not in socket.scope.get("subprotocols", ()):
        return error_reply(400, failure(ErrorCode.BAD_REQUEST, f"Only the protocol {PROTOCOL} is spoken here."))
    if not free:
        return error_reply(429, failure(ErrorCode.LIMIT_EXCEEDED, "So many connections are open from your address; close one."))
    return None


def _same_origin(socket: WebSocket) -> bool:
    """Browsers always name the page's origin; what is no browser names none."""
    origin = socket.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc.lower() == socket.headers.get("host", "").lower()
    except ValueError:  # no origin at all, such as `http://[`
        return False


def no_fault_of_ours(record: logging.LogRecord) -> bool:
    """A filter for uvicorn's log: 0.54 takes a handshake that was refused with an answer for one that got none, and logs an error."""
    return not (_answered.get() and str(record.msg).startswith("ASGI callable returned without"))


async def _denied(socket: WebSocket, response: Response) -> None:
    if "websocket.http.response" in socket.scope.get("extensions", {}):
        await socket.send_denial_response(response)
        _answered.set(True)
    else:
        await socket.close()
