"""Archives of made documents, for what the samples do not hold."""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from archive.places import gazetteer
from ingest.duplicates import mark_reprints
from ingest.pipeline import run
from schema.context import Context, Services
from search.embedded.engine import EmbeddedEngine
from search.projection import entries
from tests.graphql.world import schema
from tests.support import raw


@cache
def archive_of(*pages: str) -> Services:
    """An archive of some pages, each a file of its own."""
    folder = Path(tempfile.mkdtemp(prefix="fangzhi-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    documents = mark_reprints([document for number, page in enumerate(pages) for document in run(raw(page, f"{number}.txt"))])
    sources = {document.source.id: document.source for document in documents}
    engine = EmbeddedEngine.open(folder / "index")
    found = [[document for document in documents if document.source.id == one] for one in sources]
    asyncio.run(engine.write([entries(sources[own[0].source.id], own, gazetteer()) for own in found]))
    return Services(engine=engine, gazetteer=gazetteer())


def add(archive: Services, page: str, name: str = "added.txt") -> None:
    """Takes one more page into an archive that no other test asks."""
    documents = run(raw(page, name))
    asyncio.run(archive.engine.write([entries(documents[0].source, documents, gazetteer())]))


def ask_of(archive: Services, operation: str, /, **variables: Any) -> Any:
    """Data; fails on any error."""
    result = asyncio.run(schema().execute(operation, variable_values=variables, context_value=Context.of(archive)))
    assert not result.errors, result.errors
    return result.data
