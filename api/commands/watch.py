"""fangzhi watch: a drop folder."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import click

from api.bootstrap import answering
from api.commands.common import READING_SETTINGS, json_option, warn_of_damage, with_settings
from api.commands.watch_log import WatchLog
from api.engine import open_engine
from api.executors import Opening, with_executor
from api.settings import Settings
from archive.originals import Originals
from ingest.indexing import ingest
from ingest.report import IngestReport
from ingest.watching import Manner, Take, Watch

_LONGEST = 3_600.0


@click.command(name="watch", epilog=READING_SETTINGS)
@click.argument(
    "folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(exists=True, file_okay=False, readable=True, path_type=Path)
)
@click.option(
    "--settle",
    type=click.FloatRange(0.1, _LONGEST),
    default=2.0,
    show_default=True,
    help="Seconds without a change after which a file is complete.",
)
@click.option(
    "--poll",
    type=click.FloatRange(0.1, _LONGEST),
    metavar="SECONDS",
    help="Look every so many seconds instead of being told by the system, which network file systems do not do.",
)
@click.option("--once", is_flag=True, help="Take what is there, when it is complete, and end.")
@json_option
@with_settings
@with_executor
def command(
    *, settings: Settings, folders: tuple[Path, ...], settle: float, poll: float | None, once: bool, executor: Opening, as_json: bool
) -> int:
    """Read what is in folders, and below them, into the archive, and whatever comes into them from then on.

    A file is read when it is complete; a changed one is read again. It waits for an engine or a folder that is away. A file that cannot be
    read is named with its reason and left alone until it changes. SIGINT (Ctrl-C) and SIGTERM end it; what it had in hand is read by the
    next run. With --json each event is a line on standard output.
    """
    log = WatchLog(as_json)
    warn_of_damage(Originals(settings.archive))
    with executor as pool:
        manner = Manner(settle=settle, poll=poll, once=once)
        asyncio.run(_watch(folders, partial(_take, settings, pool, log), log, manner, settings.archive))
    return 1 if once and log.failed else 0


async def _watch(folders: Sequence[Path], take: Take, log: WatchLog, manner: Manner, archive: Path) -> None:
    stop = asyncio.Event()
    _on_signals(stop)
    try:
        await Watch(folders, take, log, manner, without=(archive,)).run(stop)
    finally:
        log.close()
    log.ended(stop.is_set())


async def _take(settings: Settings, pool: Executor | None, log: WatchLog, paths: Sequence[Path]) -> IngestReport:
    """One batch. The archive is held for no longer than it takes, so that other commands get their turn."""
    async with open_engine(settings, patient=True) as engine:
        if settings.cluster is not None:
            await answering(engine)  # before a folder is made for originals that could not be indexed
        with Originals(settings.archive).writing(shared=engine.kind.shared) as writer:
            return await ingest(paths, writer, engine, log, executor=pool, max_bytes=settings.max_file_bytes)


def _on_signals(stop: asyncio.Event) -> None:
    """SIGINT and SIGTERM set `stop`. A second SIGINT interrupts as everywhere."""
    loop = asyncio.get_running_loop()

    def asked(number: int) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    if sys.platform == "win32":  # where loops take no handlers, Ctrl-C interrupts at once
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked, number)
