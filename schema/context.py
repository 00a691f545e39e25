"""What a resolver may reach: the services of the process, and the loaders of one request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from strawberry.dataloader import DataLoader

from archive.errors import ArchiveCorrupt
from archive.places import Gazetteer
from archive.records import Document
from archive.tokens import Scope, Token
from ingest.desk import Desk
from schema.bounded import Bounded
from schema.errors import ErrorCode, failure
from schema.node_ids import is_entry_id
from search.criteria import SearchRequest
from search.port import Hit, SearchEngine
from search.stored import Record, Stored, read_stored, record_of

KEPT_BYTES = 8 << 20
"""Of documents' JSON, which read take 2.5 times as much. A document is named by each of its facts, and reading one of 50 kB took 0.9 ms:
a quarter of a page of twenty hits."""


class Documents:
    """Documents that were read, by the bytes that they were read from: an entry that has changed has other bytes."""

    def __init__(self) -> None:
        self._kept: Bounded[bytes, Document] = Bounded(most=1_000, weight=KEPT_BYTES)

    def read(self, hit: Hit) -> Stored:
        """All that the entry of a hit, of whatever kind, gives back. Raises ArchiveCorrupt."""
        kept = self._kept.get(hit.record) if hit.kind == "DOCUMENT" else None
        if kept is not None:
            return kept
        stored = read_stored(hit.kind, hit.record)
        if isinstance(stored, Document):
            self._kept.put(hit.record, stored, len(hit.record))
        return stored


@dataclass(frozen=True, slots=True)
class Services:
    """What one process keeps open for all requests; built by api.bootstrap, never by a resolver.

    `desk` takes what is to be written; None where the service only reads.
    """

    engine: SearchEngine
    gazetteer: Gazetteer
    desk: Desk | None = None
    documents: Documents = field(default_factory=Documents, compare=False)


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Context:
    """Made anew for each request. `records` loads by id, in one call of the engine for all that one level of a query asks for.

    `caller` is the token that the request bears; None for whoever only reads. `alive` says whether it still counts, for what takes long.
    """

    services: Services
    records: DataLoader[str, Record | None]
    caller: Token | None = None
    alive: Callable[[], bool] = _always

    @classmethod
    def of(cls, services: Services, caller: Token | None = None, alive: Callable[[], bool] = _always) -> Context:
        """A context with empty loaders."""

        async def load(ids: list[str]) -> Sequence[Record | BaseException | None]:
            hits = await services.engine.get([one for one in ids if is_entry_id(one)])
            return [record_of(services.documents.read(hits[one])) if one in hits else None for one in ids]

        return cls(services, DataLoader(load_fn=load), caller, alive)

    def require(self, scope: Scope) -> Token:
        """The caller's token. Raises an error UNAUTHENTICATED without one, and FORBIDDEN when it does not allow this."""
        if self.caller is None:
            message = f"This needs a token with the scope {scope}, in the header `Authorization: Bearer`; `fangzhi token create` makes one."
            raise failure(ErrorCode.UNAUTHENTICATED, message)
        if not self.caller.allows(scope):
            held = ", ".join(sorted(self.caller.scopes))
            raise failure(ErrorCode.FORBIDDEN, f"This needs the scope {scope}, and your token has {held}; ask for one that has it.")
        return self.caller

    async def document(self, identifier: str) -> Document:
        """The document of a fact. Raises ArchiveCorrupt when it is not there, because a fact never stands alone."""
        found = await self.records.load(identifier)
        if not isinstance(found, Document):
            raise ArchiveCorrupt(f"The index holds a fact of {identifier} but not the document itself; run `fangzhi rebuild`.")
        return found

    async def found(self, request: SearchRequest) -> list[Record]:
        """The records of all hits of one page."""
        return [self.taken(hit) for hit in (await self.services.engine.search(request)).hits]

    def taken(self, hit: Hit) -> Record:
        """The record of a hit, kept so that nothing loads it a second time."""
        return record_of(self.read(hit))

    def read(self, hit: Hit) -> Stored:
        """All that the entry of a hit gives back; its record is kept, so that nothing loads it a second time."""
        stored = self.services.documents.read(hit)
        self.records.prime(hit.id, record_of(stored))
        return stored
