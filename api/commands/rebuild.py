"""fangzhi rebuild: the index anew."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor

import click

from api.bootstrap import require_originals
from api.commands.common import READING_SETTINGS, complain, counted, json_option, print_json, say, warn_of_damage, with_settings
from api.commands.ingest import as_json_report, found, grades, warnings
from api.commands.progress import progress
from api.engine import open_engine
from api.executors import Opening, with_executor
from api.settings import Settings
from ingest.rebuild import rebuild
from ingest.report import IngestReport


@click.command(name="rebuild", epilog=READING_SETTINGS)
@click.option("--force", is_flag=True, help="Build even without originals that are gone, damaged or cannot be read.")
@json_option
@with_settings
@with_executor
def command(settings: Settings, executor: Opening, force: bool, as_json: bool) -> int:
    """Make the index anew from the kept originals.

    The old index answers until the new one is complete; the result answers every query as before. Originals that the journal does not name
    are taken in. When an original cannot be read, the old index stays and the exit code is 1, unless --force is given.
    """
    with executor as pool:
        report = asyncio.run(_rebuild(settings, force, pool))
    for failure in report.failed:
        complain(f"{failure.name} is not in the new index: {failure.reason}")
    if as_json:
        print_json(as_json_report(report, settings))
    else:
        click.echo(f"The index was made anew from {counted(len(report.read), 'original')}: {found(report)}.")
        if report.failed:
            click.echo(f"Built without {counted(len(report.failed), 'original')}; the reasons are on standard error.")
        grades(report)
        warnings(report)
    return 1 if report.failed else 0


async def _rebuild(settings: Settings, force: bool, executor: Executor | None) -> IngestReport:
    def waiting() -> None:
        say(f"Another process is writing to {settings.archive}; waiting up to {settings.lock_seconds:g} seconds for it.")

    async with open_engine(settings, patient=True) as engine:
        originals = await require_originals(settings, engine)
        warn_of_damage(originals)
        with originals.writing(settings.lock_seconds, waiting) as writer, progress() as watching:
            return await rebuild(writer, engine, watching, force=force, executor=executor)
