"""An archive over HTTP with any originals in it, read or not: what its documents say of pages is made by hand here."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from archive.ids import content_hash
from archive.layout import Box, Fragment, Location
from archive.originals import Originals
from archive.places import gazetteer
from archive.records import Document, Grade, Quality, Source
from ingest.indexing import projected
from ingest.pipeline import run
from ingest.stages import RawText
from schema.context import Services
from search.embedded.engine import EmbeddedEngine

Kept = tuple[Source, bytes, Sequence[Document]]

PAGE = (400.0, 600.0)  # points
SIZE = 20.0


def kept(data: bytes, name: str, media_type: str, *, pages: int | None = None, encoding: str | None = None) -> Kept:
    """A file without documents."""
    quality = Quality(grade=Grade.A, reader="test", pages=pages)
    return Source(sha256=content_hash(data), name=name, size=len(data), media_type=media_type, encoding=encoding, quality=quality), data, ()


def pdf(pages: Sequence[Sequence[str]], *, left: float = 50.0, above: float = 100.0) -> bytes:
    """Lines of text on pages, each character as wide as SIZE; the first line's top is `above` from the top."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, PAGE, invariant=1)
    for lines in pages:
        canvas.setFont("STSong-Light", SIZE)
        for number, line in enumerate(lines):
            canvas.drawString(left, PAGE[1] - above - SIZE * (2 * number + 0.9), line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def report(pages: Sequence[Sequence[str]], *, left: float = 50.0, above: float = 100.0) -> Kept:
    """A PDF of such pages with the documents that the pipeline finds in their lines."""
    data = pdf(pages, left=left, above=above)
    source, _, _ = kept(data, "报告.pdf", "application/pdf", pages=len(pages))
    layout: list[Fragment] = []
    text = ""
    for page, lines in enumerate(pages, 1):
        for number, line in enumerate(lines):
            top = above + 2 * SIZE * number
            box = Box(left, top, left + SIZE * len(line), top + SIZE)
            layout.append(Fragment(len(text), len(line), Location(page=page, box=box)))
            text += f"{line}\n"
    return source, data, run(RawText(source, text, layout=tuple(layout)))


@contextmanager
def serving(folder: Path, files: Iterable[Kept]) -> Iterator[TestClient]:
    """A client of the service on an archive of `files`."""
    shelf = list(files)
    engine = EmbeddedEngine.open(folder / "index")
    with Originals(folder).writing() as writer:
        writer.add((source.name, source.media_type, data) for source, data, _ in shelf)
    refused = asyncio.run(engine.write([projected(source, documents) for source, _, documents in shelf])).refused
    assert not refused
    app = create_app(Settings(archive=folder), Services(engine=engine, gazetteer=gazetteer()))
    try:
        with TestClient(app, "http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            yield client
    finally:
        asyncio.run(engine.close())
