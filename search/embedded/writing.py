"""Writing the next state: nothing acknowledged is lost, and one bad entry takes no other with it.

tantivy (0.27) loses a whole batch, and every later one in silence, after a commit that failed on one wrongly typed document. So documents
are typed before they are added, and after any failed commit the writers are rolled back, the culprits are found in memory and the rest is
fed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tantivy import Document, Index, Query, Schema

from search.embedded.compile import all_of
from search.embedded.faults import is_full, of_engine
from search.embedded.schema import DIGEST, document
from search.embedded.storage import Pointer
from search.embedded.writers import HEAP, Writers
from search.entries import check_source
from search.mapping import Mapping
from search.port import Refusal, SourceEntries, WriteReport

_COMMIT_EVERY = 5_000  # documents; single commits cost 16 ms each, thousands together next to nothing

_Ready: TypeAlias = tuple[str, str, Document]  # kind, id


@dataclass(frozen=True, slots=True)
class _Fed:
    source_id: str
    documents: tuple[_Ready, ...]


class Session:
    """One change of the index. Only for who holds the folder's lock; end with `finish` or `abandon`."""

    def __init__(self, generation: Path, present: Pointer, mapping: Mapping, schema: Schema) -> None:
        """Begins from `present`, whose kinds lie in `generation`. Raises ArchiveCorrupt or ValueError."""
        self._mapping = mapping
        self._schema = schema
        self._writers = Writers(generation, present, schema)
        self._touched: set[str] = set()
        self._pending: list[_Fed] = []
        self._written = 0
        self._refused: list[Refusal] = []

    def replace(self, batch: Iterable[SourceEntries]) -> None:
        """Replace each source; one that stands as it is in the index is not written again, so that nothing changes."""
        for source in batch:
            self._replace(source)

    def delete(self, source_ids: Iterable[str]) -> None:
        """Take out all entries of these sources."""
        for source_id in source_ids:
            if source_id in self._touched or self._count("source_id", source_id):
                self.put(source_id, ())

    def put(self, source_id: str, documents: Sequence[_Ready]) -> None:
        """Replace a source by ready documents with their kinds and ids; commits when enough is waiting."""
        self._touched.add(source_id)
        self._pending.append(_Fed(source_id, tuple(documents)))
        try:
            self._feed(self._pending[-1])
        except ValueError as error:  # tantivy's thread has died already of a document before
            self._recover(str(error))
        if sum(len(fed.documents) for fed in self._pending) >= _COMMIT_EVERY:
            self._commit()

    def finish(self) -> tuple[WriteReport, dict[str, str]]:
        """The report and the folders of the kinds that were changed, which are durable and wait for a pointer to them."""
        if self._pending:
            self._commit()
        self._writers.close()
        return WriteReport(self._written, tuple(self._refused)), self._writers.folders

    def abandon(self) -> None:
        """Leave nothing of what was done."""
        self._writers.discard()

    def _replace(self, source: SourceEntries) -> None:
        whole = check_source(source, self._mapping)
        self._refused.extend(whole.refused)
        if self._stands(source.source_id, whole.digest, len(whole.entries)):
            self._written += len(whole.entries)
            return
        ready = [(entry.kind, entry.id, document(entry, whole.digest, self._mapping, self._schema)) for entry in whole.entries]
        self.put(source.source_id, ready)

    def _stands(self, source_id: str, mark: str, size: int) -> bool:
        if source_id in self._touched or self._count("source_id", source_id) != size:
            return False
        return not size or self._count("source_id", source_id, mark) == size

    def _count(self, field: str, value: str, mark: str | None = None) -> int:
        query = Query.term_query(self._schema, field, value, "basic")
        if mark is not None:
            query = all_of((query, Query.term_query(self._schema, DIGEST, mark, "basic")))
        return self._writers.count(query)

    def _feed(self, fed: _Fed) -> None:
        self._writers.replace(fed.source_id, fed.documents)

    def _commit(self) -> None:
        try:
            self._writers.commit()
        except ValueError as error:
            self._recover(str(error))
        self._settle()

    def _settle(self) -> None:
        self._written += sum(len(fed.documents) for fed in self._pending)
        self._pending.clear()

    def _recover(self, message: str) -> None:
        """Feed again what is waiting, without the documents that no index takes, and commit. Raises where the fault is not theirs."""
        self._writers.rollback()
        if is_full(message):
            raise of_engine(message)
        bad = dict(self._culprits([(entry_id, ready) for fed in self._pending for _, entry_id, ready in fed.documents]))
        self._refused.extend(Refusal(entry_id, reason) for entry_id, reason in bad.items())
        self._pending = [_Fed(fed.source_id, tuple(ready for ready in fed.documents if ready[1] not in bad)) for fed in self._pending]
        try:
            for fed in self._pending:
                self._feed(fed)
            self._writers.commit()
        except ValueError as error:
            self._writers.rollback()
            raise of_engine(str(error)) from error
        self._settle()

    def _culprits(self, documents: Sequence[tuple[str, Document]]) -> list[tuple[str, str]]:
        """The ids of documents that an index in memory refuses, with its words, found by halving."""
        trial = Index(self._schema)
        writer = trial.writer(heap_size=HEAP, num_threads=1)
        try:
            for _, ready in documents:
                writer.add_document(ready)
            writer.commit()
        except ValueError as error:
            if len(documents) == 1:
                return [(documents[0][0], str(error))]
            middle = len(documents) // 2
            return self._culprits(documents[:middle]) + self._culprits(documents[middle:])
        return []
