"""What every search engine must do. The contract suite in tests/contract holds each engine to it."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from search.criteria import Query, Scalar, SearchRequest

FieldValue: TypeAlias = Scalar | tuple[Scalar, ...]


class EngineKind(StrEnum):
    """Which engine answers."""

    EMBEDDED = "EMBEDDED"
    ELASTICSEARCH = "ELASTICSEARCH"

    @property
    def shared(self) -> bool:
        """Whether several processes may write to it at once."""
        return self is EngineKind.ELASTICSEARCH


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index. `fields` are those of index_mappings (raw text for analysed fields: the engine's side analyses it).

    `record` is the JSON of the record, kept and given back but never searched.
    """

    id: str
    kind: str
    fields: Mapping[str, FieldValue]
    record: bytes


@dataclass(frozen=True, slots=True)
class SourceEntries:
    """All entries that come from one source. They are replaced together or not at all."""

    source_id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that the engine did not take, and why. The others are in."""

    entry_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class WriteReport:
    """How many entries are now searchable, and which are not."""

    written: int = 0
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. `position` goes into a cursor; `score` is None where the order is not by relevance."""

    id: str
    kind: str
    record: bytes
    position: tuple[Scalar | None, ...]
    score: float | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many entries hold `value`."""

    value: Scalar
    count: int


@dataclass(frozen=True, slots=True)
class FacetResult:
    """The counts of one facet; `other` is what the values beyond its size hold together."""

    counts: tuple[FacetCount, ...]
    other: int = 0


@dataclass(frozen=True, slots=True)
class MetricResult:
    """The figures of one metric; all but `count` are None when nothing has the field."""

    count: int
    sum: float | None = None
    min: float | None = None
    max: float | None = None
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a SearchRequest. `total` counts all that match, exactly unless `total_is_lower_bound`."""

    hits: tuple[Hit, ...]
    total: int
    total_is_lower_bound: bool = False
    facets: Mapping[str, FacetResult] = field(default_factory=dict)
    metrics: Mapping[str, MetricResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Whether the engine can answer, and what it holds. `generation` changes with every write that changes an answer."""

    ready: bool
    kind: EngineKind
    generation: str
    entries: Mapping[str, int] = field(default_factory=dict)  # by entry kind
    reason: str | None = None


class SearchEngine(Protocol):
    """The port. Methods raise archive.errors only: SearchUnavailable, ArchiveLocked, ArchiveCorrupt, BadCursor, BadRequest."""

    kind: EngineKind

    async def search(self, request: SearchRequest) -> SearchPage:
        """Answer a search; pages follow each other without gaps or repeats while nothing is written."""
        ...

    async def get(self, ids: Sequence[str]) -> Mapping[str, Hit]:
        """The entries with these ids; one that is not there is left out."""
        ...

    def scan(self, query: Query) -> AsyncIterator[Hit]:
        """All entries that match, in order of id, from one state of the index, however many; nothing written meanwhile shows."""
        ...

    async def write(self, batch: Sequence[SourceEntries]) -> WriteReport:
        """Replace what the index holds of each source; searchable on return, durable on return, idempotent by id."""
        ...

    async def delete(self, source_ids: Sequence[str]) -> None:
        """Take out all entries of these sources; one that is not there is no error."""
        ...

    async def rebuild(self, batches: AsyncIterable[Sequence[SourceEntries]], since: str | None = None) -> WriteReport:
        """Build a new index beside the present one and swap it in when it is complete; answers come from the old one until then.

        Raises ArchiveLocked when something was written after the generation `since`, or since the call: the new index would lack it.
        """
        ...

    async def status(self) -> EngineStatus:
        """Whether the engine can answer now; never raises."""
        ...

    async def close(self) -> None:
        """Let go of files, locks and connections; safe to call twice."""
        ...
