"""fangzhi extract: the pipeline alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import click

from api.commands.common import READING_SETTINGS, complain, print_json, with_environment
from api.executors import processes
from api.settings import Settings
from archive.ids import content_hash
from archive.records import Document
from ingest.duplicates import mark_reprints
from ingest.files import Failure, missing, shown
from ingest.opening import arriving
from ingest.output import as_record
from ingest.reading import Extraction, Incoming, extract
from ingest.unpacking import Member


@click.command(name="extract", epilog=READING_SETTINGS)
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
        async for label, found in extraction.in_order(_loaded(files, settings.max_file_bytes, executor)):
            if isinstance(found, Failure):
                complain(f"{label} was not read: {found.reason}.")
                failed = True
            else:
                documents += found.documents
    return documents, failed


def _loaded(paths: Iterable[Path], largest: int, executor: Executor) -> Iterator[tuple[str, Incoming | Failure]]:
    """The files at `paths`, and those in archives among them, with their labels; what looks like no document in these is passed over."""
    for path in paths:
        if not path.exists():
            yield shown(path), Failure(shown(path), missing(path))
        elif path.is_dir():
            yield shown(path), Failure(shown(path), "it is a folder; name the files in it, or use `fangzhi ingest`")
        else:
            for found in arriving(path, largest, executor):
                if isinstance(found, Failure):
                    yield found.name, found
                elif isinstance(found, Member):
                    yield found.label, Incoming(found.name, found.data, content_hash(found.data), found.label)
