"""The ASGI application: routes, lifespan and the rim around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from api.bootstrap import log, open_services
from api.budget import Budgeted
from api.cross_origin import cross_origin
from api.documents import Kept, hash_of
from api.exporting.feed import FeedView
from api.exporting.view import ExportView
from api.graphql import GraphQLView, Manner
from api.health import health, package_version
from api.limits import MAX_COST, limits
from api.metrics import Metrics
from api.middleware import Hosts, Rim, is_loopback, log_to_stderr
from api.originals import OriginalsView
from api.rate import EXPORT_POINTS, FEED_POINTS, FILE_POINTS, PAGE_POINTS, Rate
from api.replies import error_reply
from api.settings import Settings
from api.sockets import SocketView
from api.streams import Streams
from api.uploads import UploadsView
from api.web_settings import RATE_POINTS
from api.writing import open_desk
from archive.originals import Originals
from archive.tokens import Tokens
from schema.build import build_schema, sdl
from schema.context import Services
from schema.errors import ErrorCode, failure

STATIC = Path(__file__).with_name("static")
_CODES = {404: ErrorCode.NOT_FOUND, 405: ErrorCode.METHOD_NOT_ALLOWED}
_MESSAGES = {
    404: "There is nothing at this address; the API is at /graphql, and / opens it in the browser.",
    405: "This address is used with another method; the header Allow names it.",
}


def create_app(settings: Settings, services: Services | None = None, warn: Callable[[str], None] = log.warning) -> Starlette:
    """The application. With `services` it uses those and leaves them open; without, it opens and closes what `settings` name.

    `warn` is told when the archive's index is not whole, or its engine cannot answer yet.
    """
    web = settings.web
    schema, unlimited = build_schema([limits(introspection=web.introspection)], Budgeted), build_schema()  # exports ask their own questions
    printed = sdl(unlimited)
    metrics = Metrics()
    rate = limiter(settings)
    manner = Manner(
        seconds=settings.request_seconds,
        suggest=web.suggestions,
        program=hash_of(f"{package_version()} {printed}"),
        rate=rate,
        kept=Kept(trusted_only=web.trusted_only),
    )
    exports = ExportView(unlimited, settings.request_seconds, web.trusted_proxies)
    originals = OriginalsView(settings.archive)
    tokens = Tokens(settings.archive)
    streams = Streams(schema, tokens, manner.kept, rate, web.suggestions)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with closing(originals):
            if services is not None:
                yield
                return
            log_to_stderr()
            async with open_services(settings, warn, lasting=True) as opened, open_desk(settings) as desk:
                app.state.services = metrics.observed(replace(opened, desk=desk))
                app.state.originals = Originals(settings.archive)
                yield
                app.state.services = None

    async def printed_schema(_: Request) -> Response:
        if not web.introspection:
            raise HTTPException(404)
        return PlainTextResponse(printed, media_type="text/plain; charset=utf-8")

    app = Starlette(
        routes=[
            Route("/", start, methods=["GET"]),
            Route("/graphql", GraphQLView(schema, metrics, streams, manner)),
            WebSocketRoute("/graphql", SocketView(streams).__call__),
            Route("/uploads", UploadsView(tokens).__call__, methods=["PUT"]),
            Route("/export", rate.limited(exports.file, EXPORT_POINTS), methods=["GET"]),
            Route(
                "/feed", rate.limited(FeedView(unlimited, settings.archive, settings.request_seconds).feed, FEED_POINTS), methods=["GET"]
            ),
            Route("/graphiql", graphiql, methods=["GET"]),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            Route("/health", health, methods=["GET"]),
            Route("/originals/{id}", rate.limited(originals.file, FILE_POINTS), methods=["GET"]),
            Route("/originals/{id}/pages/{page}.png", rate.limited(originals.page, PAGE_POINTS), methods=["GET"]),
            Route("/metrics", metrics.page, methods=["GET"]),
            Route("/schema.graphql", printed_schema, methods=["GET"]),
        ],
        middleware=[
            Middleware(Rim, observe=metrics.request),
            Middleware(Hosts, host=settings.host, others=web.hosts),
            *cross_origin(web.cors_origins),
        ],
        exception_handlers={404: refused, 405: refused},
        lifespan=lifespan,
    )
    app.state.services = services and metrics.observed(services)
    app.state.rate = rate
    return app


def limiter(settings: Settings) -> Rate:
    """The buckets of points: by settings, or else generous where strangers reach the service, and off where only this machine does."""
    points = settings.web.rate_points
    if points is None:
        points = 0 if is_loopback(settings.host) else RATE_POINTS
    burst = settings.web.rate_burst
    return Rate(points, max(points, MAX_COST) if burst is None else burst, settings.web.trusted_proxies)


async def start(_: Request) -> Response:
    """The way in for a browser."""
    return RedirectResponse("/graphiql", status_code=302)


async def graphiql(_: Request) -> Response:
    """The page around GraphiQL."""
    return FileResponse(STATIC / "graphiql" / "index.html", media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})


async def refused(_: Request, error: Exception) -> Response:
    """Errors of the router in the form of all others."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return error_reply(
        status, failure(_CODES.get(status, ErrorCode.BAD_REQUEST), _MESSAGES.get(status, "The request was refused.")), headers=headers
    )
