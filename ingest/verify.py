"""The proof that every stored quote still stands where its span says: in the clean text, and in the original."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from archive.errors import ArchiveCorrupt
from archive.findings import Practice, Statistic, Unit
from archive.ids import source_id
from archive.originals import Original, Originals
from archive.records import Document, Source
from archive.text import OffsetMap, Span
from ingest import readers
from ingest.files import Failure, shown
from ingest.limits import pages_left_out
from ingest.readers.base import ReadOptions
from ingest.reading import Extraction, Incoming
from search.criteria import Term
from search.port import Hit, SearchEngine
from search.stored import StoredFact, read_fact, read_record

ELSEWHERE = "name the folder that has it with FANGZHI_ORIGINALS, ingest its file again"
"""What to do about an original that is not here, where several machines may write to one index."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not stand where it should: the id of the fact, document or source, and what is wrong with it."""

    id: str
    what: str


@dataclass(slots=True)
class Proof:
    """What has been looked at so far."""

    originals: int = 0
    documents: int = 0
    facts: int = 0
    quotes: int = 0


async def verify(archive: Originals, engine: SearchEngine, proof: Proof, executor: Executor | None = None) -> AsyncIterator[Problem]:
    """Everything that is wrong, source by source; `proof` counts along. Nothing is changed. `executor` reads the originals.

    Raises ArchiveCorrupt when the index cannot be opened at all.
    """
    known: set[str] = set()
    for sha256 in archive.orphans():
        key = source_id(sha256)
        known.add(key)
        yield Problem(key, f"its original {sha256} is kept, and no line of the journal names it; run `fangzhi rebuild` to take it in")
    for removal in archive.removals().values():
        if not removal.done:
            key = source_id(removal.sha256)
            known.add(key)
            yield Problem(key, "its deletion was cut short; any `fangzhi ingest PATH` completes it, and so does `fangzhi rebuild`")
    with Extraction(text_of, executor) as reading:
        for original in archive.listed().values():
            key = source_id(original.sha256)
            known.add(key)
            proof.originals += 1
            hits = [hit async for hit in engine.scan(Term("source_id", (key,)))]
            text, problem = await _text(archive, original, hits, reading)
            if problem:
                yield problem
            for problem in _Checker(text, proof).problems(key, hits):
                yield problem
    strays = [hit async for hit in engine.scan(Term("kind", ("SOURCE",))) if hit.id not in known]
    advice = ELSEWHERE if engine.kind.shared else "ingest its file again"
    for hit in strays:
        yield Problem(
            hit.id,
            f"is in the index, and the archive holds no original of it; {advice}, or run `fangzhi rebuild --force` to drop it",
        )


def text_of(name: str, data: bytes, options: ReadOptions = ReadOptions()) -> str:
    """The text that spans in the original count in. Raises UnreadableFile."""
    return readers.read(name, data, max(len(data), 1), options).text


async def _text(archive: Originals, original: Original, hits: Sequence[Hit], reading: Extraction[str]) -> tuple[str | None, Problem | None]:
    key = source_id(original.sha256)
    try:
        data = archive.read(original.sha256)
    except ArchiveCorrupt as damage:
        return None, Problem(key, str(damage))
    records = (read_record(hit.kind, hit.record) for hit in hits if hit.id == key)
    without = frozenset(page for record in records if isinstance(record, Source) for page in pages_left_out(record.warnings))
    file = Incoming(original.name, data, original.sha256, shown(original.name), without_pages=without)
    reading.begin(file)
    text = await reading.result(file)
    if isinstance(text, Failure):
        return None, Problem(key, f"the original {original.name} cannot be read any more: {text.reason}")
    return text, None


class _Checker:
    """The entries of one source against the decoded text of its original (None: that could not be read)."""

    def __init__(self, source: str | None, proof: Proof) -> None:
        self._source = source
        self._proof = proof
        self._documents: dict[str, Document] = {}

    def problems(self, key: str, hits: list[Hit]) -> Iterator[Problem]:
        if not any(hit.id == key for hit in hits):
            yield Problem(key, "its original is kept, and the index does not hold it; ingest the file again or run `fangzhi rebuild`")
        for hit in hits:
            if hit.kind == "DOCUMENT":
                record = read_record(hit.kind, hit.record)
                if isinstance(record, Document):
                    self._documents[record.id] = record
                    self._proof.documents += 1
                    yield from self._document(record)
        for hit in hits:
            if hit.kind not in ("DOCUMENT", "SOURCE"):
                self._proof.facts += 1
                yield from self._fact(hit.id, read_fact(hit.kind, hit.record))

    def _document(self, document: Document) -> Iterator[Problem]:
        yield from self._copied(document)
        facts: list[Unit | Statistic | Practice] = [*document.units, *document.statistics, *document.practices]
        for fact in facts:
            yield from self._quote(fact.id, document, fact.quote, fact.span)
        for check in document.checks:
            for quote in check.quotes:
                yield from self._quote(check.id, document, quote.text, quote.span)
        for link in document.links:
            yield from self._quote(link.start, document, link.cue.text, link.cue.span)
        for node in document.outline:
            if node.title:  # 一、 may be followed by （一） at once
                yield from self._quote(f"{document.id} ({node.path})", document, node.title, node.span)
        for place in document.places:
            if place.evidence_span:
                yield from self._quote(f"{document.id} ({place.name})", document, place.evidence, place.evidence_span)
        for caption in document.captions:
            self._proof.quotes += 1
            if self._source is not None and _visible(caption.source.of(self._source)) != _visible(caption.text):
                yield Problem(document.id, f"its caption {caption.text!r:.60} does not stand in the original at {tuple(caption.source)}")

    def _copied(self, document: Document) -> Iterator[Problem]:
        """The clean text is the original's, character by character, wherever its map says so; anything else in it is white space."""
        at = 0
        for run in document.offsets.runs:
            if not _is_space(document.text[at : run.clean]):
                yield Problem(document.id, f"holds text at {at} that comes from nowhere in the original")
            at = run.clean + run.length
            if self._source is not None and document.text[run.clean : at] != self._source[run.source : run.source + run.length]:
                yield Problem(document.id, f"differs from its original at {run.clean}")
        if not _is_space(document.text[at:]):
            yield Problem(document.id, f"holds text at {at} that comes from nowhere in the original")

    def _fact(self, fact_id: str, fact: StoredFact) -> Iterator[Problem]:
        document = self._documents.get(fact.context.id)
        if document is None:
            yield Problem(fact_id, f"names the document {fact.context.id}, which the index does not hold")
            return
        yield from self._quote(fact_id, document, fact.record.quote, fact.record.span)
        end = fact.passage.start + len(fact.passage.text)
        if document.text[fact.passage.start : end] != fact.passage.text:
            yield Problem(fact_id, f"its passage does not stand in the document at {fact.passage.start}")

    def _quote(self, fact_id: str, document: Document, quote: str, span: Span) -> Iterator[Problem]:
        self._proof.quotes += 1
        stands = span.of(document.text)
        if not quote or stands != quote:
            yield Problem(fact_id, f"its quote {quote!r:.60} is not what stands in the text at {tuple(span)}: {stands!r:.60}")
        elif self._source is not None:
            copied = "".join(piece.of(self._source) for piece in document.offsets.to_source(span))
            if copied != _uninserted(quote, span, document.offsets):
                yield Problem(fact_id, f"its quote {quote!r:.60} is not what stands in the original: {copied!r:.60}")


def _uninserted(quote: str, span: Span, offsets: OffsetMap) -> str:
    """The quote without the white space that cleaning put in; other characters that come from nowhere stay, and show."""
    kept: list[str] = []
    for index, char in enumerate(quote):
        at = Span(span.start + index, span.start + index + 1)
        if not char.isspace() or offsets.to_source(at):
            kept.append(char)
    return "".join(kept)


def _is_space(text: str) -> bool:
    return not text or text.isspace()


def _visible(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())
