"""What lets a service be written to: its desk, with the worker that reads files as `fangzhi ingest` does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from anyio import CancelScope, to_thread

from api.bootstrap import answering
from api.engine import open_engine
from api.settings import Settings
from archive.originals import Originals
from ingest.desk import Desk
from ingest.indexing import ingest
from ingest.jobs.runner import Work
from ingest.report import IngestReport, Progress
from ingest.uploads import Uploads
from ingest.workers import Apart


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[Desk]:
    """The desk of an archive, open until the end; a job in hand is then left to who comes next."""
    # dense text of 190 kB takes 25 s and 400 MB: nothing is read in the process that answers
    executor = Apart(settings.limits, lambda name, data: False)
    desk = Desk(settings.archive, Uploads(settings.archive, settings.max_file_bytes, settings.upload_bytes), _work(settings, executor))
    desk.open()
    try:
        yield desk
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(desk.close, partial(executor.shutdown, wait=False))


def _work(settings: Settings, executor: Executor) -> Work:
    async def work(path: Path, progress: Progress) -> IngestReport:
        """One file, with an engine of its own: it runs in another thread and event loop than what answers searches."""
        async with open_engine(settings, patient=True) as engine:
            if settings.cluster is not None:
                await answering(engine)  # before a folder is made for originals that could not be indexed
            with Originals(settings.archive).writing(shared=engine.kind.shared) as writer:
                return await ingest([path], writer, engine, progress, executor=executor, max_bytes=settings.max_file_bytes)

    return work
