"""Builders that tests share."""

from pathlib import Path

from archive.ids import content_hash
from archive.records import Document, Source
from ingest.pipeline import drafts, run
from ingest.stages import RawText

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = tuple(sorted((ROOT / "samples").glob("*.txt")))


def raw(text: str, name: str = "page.txt") -> RawText:
    """`text` as a reader hands it on."""
    data = text.encode("utf-8", "surrogatepass")
    return RawText(Source(sha256=content_hash(data), name=name, size=len(data), encoding="utf-8"), text)


def raw_file(path: Path) -> RawText:
    """A file of UTF-8 text as a reader hands it on."""
    return raw(path.read_bytes().decode("utf-8"), path.name)


def articles(text: str) -> tuple[Document, ...]:
    """The articles of a page before any stage."""
    return drafts(raw(text))


def only(text: str) -> Document:
    """The one article of a page, complete."""
    (document,) = run(raw(text))
    return document
