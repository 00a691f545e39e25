"""The samples in a real archive, read once for all tests of the API."""

from __future__ import annotations

import asyncio
import atexit
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from archive.places import gazetteer
from ingest.duplicates import mark_reprints
from ingest.pipeline import run
from schema.build import ArchiveSchema, build_schema
from schema.context import Context, Services
from search.embedded.engine import EmbeddedEngine
from search.projection import entries
from tests.support import ROOT, SAMPLES, raw_file

QUERIES = ROOT / "samples" / "queries"
GOLD = ROOT / "tests" / "gold"


@cache
def services() -> Services:
    """The five samples in the embedded engine."""
    folder = Path(tempfile.mkdtemp(prefix="fangzhi-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    documents = mark_reprints([document for path in SAMPLES for document in run(raw_file(path))])
    engine = EmbeddedEngine.open(folder / "index")
    sources = {document.source.id: document.source for document in documents}
    batch = [
        entries(source, [document for document in documents if document.source.id == source.id], gazetteer()) for source in sources.values()
    ]
    report = asyncio.run(engine.write(batch))
    assert not report.refused
    return Services(engine=engine, gazetteer=gazetteer())


@cache
def schema() -> ArchiveSchema:
    """The schema without the limits of the service."""
    return build_schema()


def execute(operation: str, /, **variables: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Data and errors, as they go to a client."""
    result = asyncio.run(schema().execute(operation, variable_values=variables, context_value=Context.of(services())))
    return result.data, [error.formatted for error in result.errors or ()]


def ask(operation: str, /, **variables: Any) -> Any:
    """Data; fails on any error."""
    data, errors = execute(operation, **variables)
    assert not errors, errors
    return data


def refusal(operation: str, /, **variables: Any) -> tuple[str, str]:
    """Code and message of the only error."""
    _, errors = execute(operation, **variables)
    assert len(errors) == 1, errors
    return errors[0]["extensions"]["code"], errors[0]["message"]


def gold(number: str) -> dict[str, Any]:
    """The gold file of a sample."""
    (path,) = GOLD.glob(f"{number}_*.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def document_ids() -> list[str]:
    """Every document of the archive, reprints among them."""
    data = ask("{ search(filter: {types: [DOCUMENT], includeReprints: true}, first: 100) { nodes { ... on Document { id } } } }")
    return [node["id"] for node in data["search"]["nodes"]]
