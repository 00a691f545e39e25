"""ETags of answers by GET: a reader who has an answer already learns for the price of a hash whether it still holds.

A tag stands for the state of the index and for everything else that an answer depends on, so it is known before anything is run. It is
weak: two answers with one tag say the same, if not in the same bytes.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import time

import msgspec
from starlette.requests import Request

from api.asking import Asked
from search.port import EngineStatus, SearchEngine

KEPT_SECONDS = 1.0
"""How long the generation of a shared index is good for. Asking Elasticsearch costs a search; the embedded engine reads one small file."""
PATIENCE_SECONDS = 0.5
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


class Generations:
    """The generation of the index as it is now; of a shared index, as it was at most a second ago."""

    def __init__(self) -> None:
        self._asking: asyncio.Task[EngineStatus] | None = None
        self._engine: SearchEngine | None = None
        self._asked = 0.0

    async def now(self, engine: SearchEngine) -> str | None:
        """None when the engine does not say it at once: then nothing is tagged. Requests that ask together share one question."""
        if not engine.kind.shared:
            return _of(await engine.status())
        now = time.monotonic()
        asking = self._asking
        if asking is None or self._engine is not engine or (asking.done() and now - self._asked >= KEPT_SECONDS):
            asking = self._asking = asyncio.create_task(engine.status())
            self._engine, self._asked = engine, now
        if not asking.done():
            await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
        return _of(asking.result()) if asking.done() and not asking.cancelled() else None


def _of(status: EngineStatus) -> str | None:
    return status.generation if status.ready and status.generation else None


def tag(asked: Asked, query: str, *circumstances: str) -> str:
    """The tag of the answer to `query`. `circumstances` are the generation and all else that an answer depends on."""
    variables = msgspec.json.encode(asked.variables, order="sorted") if asked.variables else b""
    parts = (query, asked.operation_name or "", *circumstances)
    digest = hashlib.sha256()
    for part in (*(text.encode("utf-8", "surrogatepass") for text in parts), variables):
        digest.update(b"%d:" % len(part) + part)
    return f'W/"{digest.hexdigest()[:32]}"'


def held(request: Request, current: str) -> bool:
    """Whether who asks has the answer with this tag already (If-None-Match, compared weakly)."""
    given = ",".join(request.headers.getlist("if-none-match"))
    return current.removeprefix("W/").strip('"') in _TAG.findall(given[:4096])


def any_will_do(request: Request) -> bool:
    """Whether who asks wants no answer if there is one at all (`If-None-Match: *`), which is known only when it was run."""
    return request.headers.get("if-none-match", "").strip() == "*"
