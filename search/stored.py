"""What an index entry gives back: the record itself and, for a fact, enough about its document to show it without another look-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from archive.errors import ArchiveCorrupt
from archive.findings import Practice, Statistic, Unit
from archive.records import Document, Genre, PlaceMention, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContext:
    """The document that a fact stands in. `title` is the printed one or the opening words; `place` the first it is about."""

    id: str
    source_id: str
    file: str
    ordinal: int
    title: str
    has_title: bool
    genre: Genre
    place: PlaceMention | None = None
    dateline: str | None = None
    published: str | None = None
    period: str | None = None
    reprint_of: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of the document around a fact, cut short where they are long; `start` is their offset in the document's text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit with its document and the text of its extent."""

    record: Unit
    context: DocumentContext
    passage: Passage


@dataclass(frozen=True, slots=True)
class StoredStatistic:
    """A figure with its document and its sentence."""

    record: Statistic
    context: DocumentContext
    passage: Passage


@dataclass(frozen=True, slots=True)
class StoredPractice:
    """A named practice with its document and its sentence."""

    record: Practice
    context: DocumentContext
    passage: Passage


StoredFact: TypeAlias = StoredUnit | StoredStatistic | StoredPractice
Record: TypeAlias = Document | Unit | Statistic | Practice | Source
Stored: TypeAlias = Document | Source | StoredFact

_DECODERS: dict[str, msgspec.json.Decoder[Document] | msgspec.json.Decoder[Source]] = {
    "DOCUMENT": msgspec.json.Decoder(Document),
    "SOURCE": msgspec.json.Decoder(Source),
}
_FACT_DECODERS: dict[str, msgspec.json.Decoder[StoredUnit] | msgspec.json.Decoder[StoredStatistic] | msgspec.json.Decoder[StoredPractice]]
_FACT_DECODERS = {
    "UNIT": msgspec.json.Decoder(StoredUnit),
    "STATISTIC": msgspec.json.Decoder(StoredStatistic),
    "PRACTICE": msgspec.json.Decoder(StoredPractice),
}


def pack(stored: Stored) -> bytes:
    """The JSON that an entry keeps."""
    return msgspec.json.encode(stored)


def read_record(kind: str, data: bytes) -> Record:
    """The record of an entry of this kind. Raises ArchiveCorrupt when the bytes are none."""
    return record_of(read_stored(kind, data))


def record_of(stored: Stored) -> Record:
    """The record itself."""
    return stored if isinstance(stored, Document | Source) else stored.record


def read_stored(kind: str, data: bytes) -> Stored:
    """All that the entry of this kind gives back. Raises ArchiveCorrupt when the bytes are none."""
    if kind in _FACT_DECODERS:
        return read_fact(kind, data)
    try:
        return _DECODERS[kind].decode(data)
    except (KeyError, msgspec.DecodeError) as error:
        raise _corrupt(kind) from error


def read_fact(kind: str, data: bytes) -> StoredFact:
    """A fact (UNIT, STATISTIC or PRACTICE) with its document and passage. Raises ArchiveCorrupt."""
    try:
        return _FACT_DECODERS[kind].decode(data)
    except (KeyError, msgspec.DecodeError) as error:
        raise _corrupt(kind) from error


def _corrupt(kind: str) -> ArchiveCorrupt:
    return ArchiveCorrupt(f"the search index holds a {kind!r:.40} that this version cannot read; run `fangzhi rebuild`")
