"""From settings to the services that resolvers reach."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.engine import open_engine
from api.settings import Settings
from archive.originals import Originals
from archive.places import gazetteer
from schema.context import Services


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The services on an archive that is there already, closed at the end.

    Raises ArchiveMissing when nothing was ever ingested there.
    """
    Originals(settings.archive).require()
    async with open_engine(settings) as engine:
        yield Services(engine=engine, gazetteer=gazetteer())
