"""fangzhi rebuild: the index anew."""

from __future__ import annotations

import asyncio

import click

from api.commands.common import complain, counted, json_option, print_json, say, with_settings
from api.commands.ingest import as_json_report, found
from api.commands.progress import progress
from api.engine import open_engine
from api.settings import Settings
from archive.originals import Originals
from ingest.rebuild import rebuild
from ingest.report import IngestReport


@click.command(name="rebuild")
@json_option
@with_settings
def command(settings: Settings, as_json: bool) -> int:
    """Make the index anew from the kept originals.

    The old index answers until the new one is complete; the result answers every query as before. Exit code 1 when an original could not
    be read again.
    """
    report = asyncio.run(_rebuild(settings))
    for failure in report.failed:
        complain(f"{failure.name} was not read: {failure.reason}")
    if as_json:
        print_json(as_json_report(report, settings))
    else:
        click.echo(f"The index was made anew from {counted(len(report.read), 'original')}: {found(report)}.")
    return 1 if report.failed else 0


async def _rebuild(settings: Settings) -> IngestReport:
    originals = Originals(settings.archive)
    originals.require()

    def waiting() -> None:
        say(f"Another process is writing to {settings.archive}; waiting up to {settings.lock_seconds:g} seconds for it.")

    with originals.writing(settings.lock_seconds, waiting), progress() as watching:
        async with open_engine(settings) as engine:
            return await rebuild(originals, engine, watching)
