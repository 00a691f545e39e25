"""From settings to services: the one place that chooses an engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.settings import Settings
from archive.originals import Originals
from archive.places import gazetteer
from schema.context import Services
from search.embedded.engine import EmbeddedEngine
from search.port import SearchEngine


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The services on an archive that is there already, closed at the end.

    Raises ArchiveMissing when nothing was ever ingested there.
    """
    Originals(settings.archive).require()
    async with open_engine(settings) as engine:
        yield Services(engine=engine, gazetteer=gazetteer())


@asynccontextmanager
async def open_engine(settings: Settings) -> AsyncIterator[SearchEngine]:
    """The search engine of an archive, which need not be there yet; closed at the end."""
    engine = EmbeddedEngine.open(settings.archive / "index", lock_wait=settings.lock_seconds)
    try:
        yield engine
    finally:
        await engine.close()
