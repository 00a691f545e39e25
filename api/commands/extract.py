"""fangzhi extract: the pipeline alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from api.commands.common import complain, print_json, with_environment
from api.executors import processes
from api.settings import Settings
from archive.errors import UnreadableFile
from archive.ids import content_hash
from archive.records import Document
from ingest.duplicates import mark_reprints
from ingest.files import Failure, load, missing, readable, shown
from ingest.output import as_record
from ingest.reading import Extraction, Incoming, extract


@click.command(name="extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@with_environment
def command(settings: Settings, files: tuple[Path, ...]) -> int:
    """Run the pipeline over files, without an archive.

    Prints one JSON object an article, a line each, in the order of the files. Reprints among the given files are marked. A file that
    cannot be read is named on standard error, and the exit code is 1.
    """
    documents, failed = asyncio.run(_extract(settings, files))
    # The same file given twice is the same document twice: it is printed once.
    unique = list({document.id: document for document in documents}.values())
    names = {document.id: document.source.name for document in unique}
    for document in mark_reprints(unique):
        print_json(as_record(document, names), indent=None)
    return 1 if failed else 0


async def _extract(settings: Settings, files: Iterable[Path]) -> tuple[list[Document], bool]:
    """The documents in `files`, and whether something was not read, which is said."""
    documents: list[Document] = []
    failed = False
    with processes(1, settings.limits) as executor, Extraction(partial(extract, limit=settings.max_file_bytes), executor) as extraction:
        async for path, found in extraction.in_order((path, _loaded(path, settings.max_file_bytes)) for path in files):
            if isinstance(found, Failure):
                complain(f"{shown(path)} was not read: {found.reason}.")
                failed = True
            else:
                documents += found.documents
    return documents, failed


def _loaded(path: Path, limit: int) -> Incoming | Failure:
    name = readable(path.name)
    if not path.exists():
        return Failure(name, missing(path))
    if path.is_dir():
        return Failure(name, "it is a folder; name the files in it, or use `fangzhi ingest`")
    try:
        data = load(path, limit)
    except UnreadableFile as refusal:
        return Failure(name, str(refusal))
    return Incoming(name, data, content_hash(data), shown(path))
