"""What pages of other sites may do, where FANGZHI_CORS_ORIGINS names them: ask from a browser, and show originals."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD", "POST", "PUT")
SENT = ("authorization", "content-digest", "content-type", "if-none-match", "if-range", "range", "x-request-id")
READ = ("content-disposition", "etag", "retry-after", "x-request-id", "x-total-count")
"""Headers of answers that a page may read beside those that every page may (Content-Type and such)."""
_SHOWN = ("/export", "/originals/")


def cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """What lets pages of these origins ask this service from a browser; no cookies are sent or taken."""
    if not origins:
        return []
    cors = Middleware(CORSMiddleware, allow_origins=origins, allow_methods=METHODS, allow_headers=SENT, expose_headers=READ)
    return [cors, Middleware(Shown, origins=origins)]


class Shown:
    """Lets pages of named origins show files in an element (`<img>`, `<iframe>`), which no other page may.

    A browser sends no Origin for an element, but the origin of the page as Referer, unless the page forbids that; then the file stays
    `same-origin`, and the page has to fetch it. Reading what is shown needs CORS all the same.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and open the answer to a page that is named."""
        if scope["type"] != "http" or not scope["path"].startswith(_SHOWN):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        named = not self.origins.isdisjoint((headers.get("origin"), _origin(headers.get("referer", ""))))

        async def send_opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                given.add_vary_header("Referer")
                if named:
                    given["cross-origin-resource-policy"] = "cross-origin"
            await send(message)

        await self.app(scope, receive, send_opened)


def _origin(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}"
