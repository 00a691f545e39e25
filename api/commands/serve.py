"""fangzhi serve: the API."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from dataclasses import replace
from math import ceil

import click
import uvicorn

from api.app import create_app
from api.bootstrap import open_services
from api.commands.common import say, warn, warn_of_damage, with_settings
from api.connections import Bounds, watched
from api.middleware import is_loopback
from api.settings import Settings
from api.sockets import MESSAGE_BYTES, no_fault_of_ours
from archive.errors import BadRequest
from archive.originals import Originals
from ingest.files import shown
from search.analysis import Form, terms

CONNECTIONS = 1000
"""Open at once; on top of them the answer is 503. A file descriptor each: without a bound, idle ones would use up those of the process."""

_ANY_NAME = (
    "Other machines reach this service, and it answers to any name: a request can write one of its own into the addresses of /export and "
    "/feed. Name the host with FANGZHI_HOSTS."
)


@click.command(name="serve")
@click.option("--host", help="The address to listen on. Default: FANGZHI_HOST, or 127.0.0.1 (this machine only).")
@click.option("--port", type=click.IntRange(0, 65_535), help="The port to listen on; 0 takes a free one. Default: FANGZHI_PORT, or 8000.")
@with_settings
def command(settings: Settings, host: str | None, port: int | None) -> int:
    """Serve GraphQL over HTTP, with GraphiQL in the browser. Ctrl-C ends it."""
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    asyncio.run(_check(settings))
    if not is_loopback(settings.host) and not settings.web.hosts:
        warn(_ANY_NAME)
    listening = listen(settings)
    address = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"Serving {shown(settings.place)} on http://{address}:{listening.getsockname()[1]}/ (Ctrl-C ends it)")
    # for whom a proxy asks is read by api/addresses.py, and only of proxies that are named: uvicorn would believe everybody on this machine
    app = create_app(settings, warn=_said)
    _settle()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=CONNECTIONS,
            ws_max_size=MESSAGE_BYTES,
            http=watched(Bounds(), settings.web.trusted_proxies),
            timeout_graceful_shutdown=ceil(settings.request_seconds) + 1,  # whoever follows a job would otherwise keep it from ending
        )
    )
    logging.getLogger("uvicorn.error").addFilter(no_fault_of_ours)
    server.run(sockets=[listening])
    return 0


async def _check(settings: Settings) -> None:
    """Open the archive once before the server does: what is wrong with it is one sentence and not a log."""
    async with open_services(settings, warn, lasting=True):
        warn_of_damage(Originals(settings.archive))


def _settle() -> None:
    """Take what stays as long as the process out of the garbage collector's sight, once the words are loaded too.

    Gazetteer, schema and words are 430,000 objects. Looking through them all stopped every request for 140 to 240 ms of the processor's
    time, once in some hundred searches; without them the longest stop was 57 to 97.
    """
    terms("网格", Form.WORDS)
    gc.collect()
    gc.freeze()


def _said(_: str) -> None:
    """Nothing: `_check` has just warned of it."""


def listen(settings: Settings) -> socket.socket:
    """A listening socket, made here so that a port in use is one sentence and not a log. Raises BadRequest."""
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.create_server(address[:2], family=family)
    except OSError as error:
        message = f"{settings.host} port {settings.port} cannot be listened on ({error.strerror}); choose others with --host and --port."
        raise BadRequest(message) from None
    # asyncio sets this on connections of its own sockets only; without it the body waits some 40 ms until its headers are acknowledged
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
