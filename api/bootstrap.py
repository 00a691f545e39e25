"""From settings to the services that resolvers reach."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from api.engine import open_engine
from api.settings import Settings
from archive.errors import ArchiveCorrupt, ArchiveMissing, SearchUnavailable
from archive.originals import Originals
from archive.places import gazetteer
from ingest.files import shown
from schema.context import Services
from search.port import EngineStatus, SearchEngine

log = logging.getLogger("fangzhi")


@asynccontextmanager
async def open_services(settings: Settings, warn: Callable[[str], None] = log.warning, *, lasting: bool = False) -> AsyncIterator[Services]:
    """The services on an archive that is there already, closed at the end. `warn` is told when the index lacks some of the originals.

    A cluster's index needs no originals on this machine. With `lasting` the services open on an engine that cannot answer yet, which is
    a warning then: they answer as soon as it does.

    Raises ArchiveMissing when nothing was ever ingested there, ArchiveCorrupt when there are originals and the index holds none, and
    SearchUnavailable when the engine cannot answer.
    """
    originals = Originals(settings.archive)
    if settings.cluster is None:
        originals.require()
    async with open_engine(settings) as engine:
        status = await engine.status() if lasting else await answering(engine)
        if not status.ready:
            warn(f"Nothing can be searched for now: {status.reason}")
        elif status.reason:
            warn(status.reason)
        if status.ready and not _here(originals):
            _require_entries(settings, status)
        reason = empty(originals, status)
        if reason:
            raise ArchiveCorrupt(reason)
        reason = behind(originals, status)
        if reason:
            warn(reason)
        yield Services(engine=engine, gazetteer=gazetteer())


async def answering(engine: SearchEngine) -> EngineStatus:
    """The status of an engine that can answer. Raises SearchUnavailable, with the reason, when it cannot."""
    status = await engine.status()
    if not status.ready:
        raise SearchUnavailable(status.reason or "The search engine does not answer; try again.")
    return status


async def require_originals(settings: Settings, engine: SearchEngine) -> Originals:
    """The originals, for what reads them and not the index alone.

    Raises ArchiveMissing when there is no archive, and when its index is on a cluster and its originals are on another machine.
    """
    originals = Originals(settings.archive)
    if settings.cluster is None:
        originals.require()
    elif not _here(originals):
        status = await engine.status()
        if status.ready:
            _require_entries(settings, status)
        raise ArchiveMissing(
            f"The originals of {shown(settings.place)} are not in {shown(settings.archive)}; set FANGZHI_ORIGINALS to the folder that "
            "holds them, or run this on the machine that has it."
        )
    return originals


def _here(originals: Originals) -> bool:
    try:
        originals.require()
    except ArchiveMissing:
        return False
    return True


def _require_entries(settings: Settings, status: EngineStatus) -> None:
    if not any(status.entries.values()):
        raise ArchiveMissing(f"There is no archive at {shown(settings.place)} yet; make one with `fangzhi ingest PATH`.")


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
    """What to say when the index lacks some of the originals; None while a process is writing, which will be done with them soon.

    An index may well hold more than the originals of one machine: several may write to one cluster.
    """
    if not status.ready:
        return None
    lacking = originals.count() - status.entries.get("SOURCE", 0)
    if lacking <= 0 or originals.busy():
        return None
    return (
        f"The index lacks {lacking:,} of the archive's originals, so answers are incomplete; "
        "any `fangzhi ingest PATH` completes it, and so does `fangzhi rebuild`."
    )
