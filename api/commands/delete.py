"""fangzhi delete: a source out of the archive."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import click

from api.bootstrap import answering, require_originals
from api.commands.common import counted, json_option, print_json, say, with_settings
from api.engine import open_engine
from api.settings import Settings
from archive.errors import BadRequest
from ingest.deleting import Deleted, complete, delete, target
from ingest.files import shown


@click.command(name="delete")
@click.argument("identifier", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@with_settings
def command(settings: Settings, identifier: str, yes: bool, as_json: bool) -> int:
    """Delete a source (SRC-…) with its original and all that was found in it.

    A document (DOC-…) names its source when it is the only one of it. A rebuild does not bring it back; ingesting its file again does.
    """
    deleted = asyncio.run(_delete(settings, identifier, yes))
    if as_json:
        print_json(asdict(deleted))
        return 0
    counts = ((deleted.documents, "document"), (deleted.units, "unit"), (deleted.statistics, "statistic"), (deleted.practices, "practice"))
    click.echo(f"Deleted {shown(deleted.name)} ({deleted.source_id}): {', '.join(counted(number, noun) for number, noun in counts)}.")
    if deleted.changed:
        click.echo(f"{counted(deleted.changed, 'document')} of other sources now stands in its place, or alone.")
    return 0


async def _delete(settings: Settings, identifier: str, yes: bool) -> Deleted:
    def waiting() -> None:
        say(f"Another process is writing to {settings.archive}; waiting up to {settings.lock_seconds:g} seconds for it.")

    async with open_engine(settings, patient=True) as engine:
        originals = await require_originals(settings, engine)
        await answering(engine)
        found = await target(identifier, originals, engine)
        if found is None:
            raise BadRequest(f"{identifier[:80]!r} is no source and no document; `fangzhi search` shows the ids of documents.")
        if found.documents > 1 and identifier.startswith("DOC-"):
            raise BadRequest(
                f"{identifier} is one of {found.documents} documents of {found.source_id}, which go together; delete that source."
            )
        if not yes:
            click.confirm(f"Delete {shown(found.name)} with {counted(found.documents, 'document')}?", abort=True, err=True)
        with originals.writing(settings.lock_seconds, waiting, shared=engine.kind.shared) as writer:
            await complete(writer, engine)
            return await delete(found, "command line", writer, engine)
