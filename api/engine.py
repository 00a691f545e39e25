"""The search engine of an archive: the one place that chooses which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.settings import Settings
from search.embedded.engine import EmbeddedEngine
from search.port import SearchEngine


@asynccontextmanager
async def open_engine(settings: Settings) -> AsyncIterator[SearchEngine]:
    """The engine of an archive, which need not be there yet; closed at the end."""
    engine = EmbeddedEngine.open(settings.archive / "index", lock_wait=settings.lock_seconds)
    try:
        yield engine
    finally:
        await engine.close()
