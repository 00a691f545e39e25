"""From settings to the services that resolvers reach."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from api.engine import open_engine
from api.settings import Settings
from archive.errors import ArchiveCorrupt
from archive.originals import Originals
from archive.places import gazetteer
from schema.context import Services
from search.port import EngineStatus

log = logging.getLogger("fangzhi")


@asynccontextmanager
async def open_services(settings: Settings, warn: Callable[[str], None] = log.warning) -> AsyncIterator[Services]:
    """The services on an archive that is there already, closed at the end. `warn` is told when the index lacks some of the originals.

    Raises ArchiveMissing when nothing was ever ingested there, and ArchiveCorrupt when there are originals and the index holds none.
    """
    originals = Originals(settings.archive)
    originals.require()
    async with open_engine(settings) as engine:
        status = await engine.status()
        reason = empty(originals, status)
        if reason:
            raise ArchiveCorrupt(reason)
        reason = behind(originals, status)
        if reason:
            warn(reason)
        yield Services(engine=engine, gazetteer=gazetteer())


def empty(originals: Originals, status: EngineStatus) -> str | None:
    """What to say when the index has nothing of an archive that holds originals, unless the first ingest is just filling it.

    Compares counts, not contents. None for an index that does not open: what asks it says why.
    """
    if not status.ready or status.entries.get("SOURCE", 0):
        return None
    count = originals.count()
    if not count or originals.busy():
        return None
    return (
        f"The archive keeps {count:,} original{'s' * (count > 1)} and its index is empty or missing; make it anew with `fangzhi rebuild`."
    )


def behind(originals: Originals, status: EngineStatus) -> str | None:
    """What to say when the index lacks some of the originals; None while a process is writing, which will be done with them soon."""
    if not status.ready:
        return None
    lacking = originals.count() - status.entries.get("SOURCE", 0)
    if lacking <= 0 or originals.busy():
        return None
    return f"The index lacks {lacking:,} of the archive's originals, so answers are incomplete; complete it with `fangzhi rebuild`."
