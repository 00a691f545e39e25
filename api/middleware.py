"""The rim of the ASGI application: request ids, one log line a request, security headers, the hosts that it answers to, and a plain
answer to what nobody caught.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
import uuid
from collections.abc import Callable, Collection
from contextvars import ContextVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.replies import error_reply
from schema.errors import INTERNAL_MESSAGE, ErrorCode, failure

log = logging.getLogger("fangzhi.http")
request_id: ContextVar[str] = ContextVar("request_id", default="-")

_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_PORT = re.compile(r":[0-9]{1,5}$", re.ASCII)
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_FOREIGN = "This service does not answer to that name; use http://127.0.0.1, or whoever runs it names others with FANGZHI_HOSTS."
_HEADERS = {
    # GraphiQL runs from our own files alone; React and CodeMirror set styles through the CSSOM, which style-src 'self' allows
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Rim:
    """Outermost middleware. A query's text never goes into the log: it is the reader's business, and it may be long."""

    def __init__(self, app: ASGIApp, observe: Callable[[Scope, int, float], None]) -> None:
        """`observe` is told the scope, the status (0 without an answer) and the seconds of each request."""
        self.app = app
        self.observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 in JSON when it fails before its answer began."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("x-request-id", "")
        name = asked if _ACCEPTABLE_ID.fullmatch(asked) else uuid.uuid4().hex
        token = request_id.set(name)
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = name
                for header, value in _HEADERS.items():
                    headers.setdefault(header, value)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            log.exception("request %s failed", name)
            if status:
                raise  # the answer has begun: only the server can break it off
            await error_reply(500, failure(ErrorCode.INTERNAL, INTERNAL_MESSAGE))(scope, receive, send_with_headers)
        finally:
            took = time.perf_counter() - started
            self.observe(scope, status, took)
            log.info("%s %s %d %.1fms %s", scope["method"], _printable(scope["path"]), status, took * 1000, name)
            request_id.reset(token)


class Hosts:
    """Answers only to the names of this machine when it listens on this machine only.

    A page of another site could otherwise give its own name the address 127.0.0.1 and read the archive through the reader's browser.
    Starlette's TrustedHostMiddleware does the same, but answers in plain text.
    """

    def __init__(self, app: ASGIApp, host: str, others: Collection[str] = ()) -> None:
        """`host` is the address that the service listens on, `others` are names that it has beside those of its machine.

        With `others` it keeps to them wherever it listens.
        """
        self.app = app
        self.known = _LOCAL | {_bracketed(host.lower()), *others} if others or is_loopback(host) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400; a request without the header comes from no browser."""
        given = Headers(scope=scope).get("host") if scope["type"] in ("http", "websocket") and self.known is not None else None
        if given is None or _PORT.sub("", given.lower()) in (self.known or ()):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        await error_reply(400, failure(ErrorCode.BAD_REQUEST, _FOREIGN))(scope, receive, send)


def log_to_stderr() -> None:
    """Write the log to standard error, a line a request, unless who runs this has set up logging already."""
    ours = logging.getLogger("fangzhi")
    if ours.hasHandlers():
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _printable(path: str) -> str:
    """The path with control characters escaped, so that a request cannot write log lines of its own."""
    return path[:200].encode("unicode_escape").decode("ascii")
