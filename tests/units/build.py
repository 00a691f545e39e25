"""Documents cut by hand, with their units and practices."""

from __future__ import annotations

from archive.findings import Unit
from archive.ids import content_hash, document_id
from archive.records import Document, Source
from archive.text import MappedText
from ingest.extract.outline import find_outline
from ingest.extract.practices import find_practices
from ingest.extract.statistics import find_statistics
from ingest.extract.unit_links import find_links
from ingest.extract.units import find_units, link_units


def document(text: str) -> Document:
    """`text` as the whole body of a document, with its outline, units and practices."""
    sha256 = content_hash(text.encode())
    source = Source(sha256=sha256, name="cut.txt", size=len(text))
    doc = Document(id=document_id(sha256, 1), source=source, ordinal=1, text=text, offsets=MappedText.whole(text).offsets)
    return link_units(find_practices(find_units(find_outline(doc))))


def units(text: str) -> list[tuple[str, str]]:
    """The kind and the quote of every unit of `text`."""
    return [(unit.kind.value, unit.quote) for unit in document(text).units]


def unit(doc: Document, quote: str) -> Unit:
    """The unit whose quote holds `quote`."""
    return next(one for one in doc.units if quote in one.quote)


def linked(text: str) -> Document:
    """`text` as the whole body of a document, with units, figures and the links between them."""
    return find_links(link_units(find_statistics(document(text))))


def links(text: str) -> list[tuple[str, str, str, str]]:
    """Every link of `text`: the words that it starts from, its relation, the words that it leads to, its cue."""
    doc = linked(text)
    quotes = {one.id: one.quote for one in (*doc.units, *doc.statistics)}
    return [(quotes[link.start], link.relation.value, quotes[link.target], link.cue.text) for link in doc.links]
