"""The search engine of an archive: the one place that chooses which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module

from api.settings import Settings
from search.embedded.engine import EmbeddedEngine
from search.port import SearchEngine

_SHARE = 0.8  # of the time of a GraphQL request, for one request of it to the cluster


@asynccontextmanager
async def open_engine(settings: Settings, *, patient: bool = False) -> AsyncIterator[SearchEngine]:
    """The engine of an archive, which need not be there yet, nor answer; closed at the end.

    With `patient`, for commands that run long, what it reads waits for a cluster that is away as long as what it writes does.
    """
    engine = _opened(settings, patient)
    try:
        yield engine
    finally:
        await engine.close()


def _opened(settings: Settings, patient: bool) -> SearchEngine:
    if settings.cluster is None:
        return EmbeddedEngine.open(settings.archive / "index", lock_wait=settings.lock_seconds)
    # Elasticsearch's client takes as long to import as a search in the embedded engine takes to run: who has a folder does not pay for it.
    cluster = settings.cluster
    if not patient and settings.request_seconds:  # a request should end with what is wrong with the engine, and not with its own time
        cluster = replace(cluster, request_seconds=min(cluster.request_seconds, _SHARE * settings.request_seconds))
    engine: SearchEngine = import_module("search.elastic.engine").ElasticEngine.open(cluster, patient=patient)
    return engine
