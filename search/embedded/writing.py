"""Writing to one generation: nothing acknowledged is lost, and one bad entry takes no other with it.

tantivy (0.27) loses a whole batch, and every later one in silence, after a commit that failed on one wrongly typed document. So documents
are typed before they are added, and after any failed commit the writer is rolled back, the culprits are found in memory and the rest is fed
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tantivy import Document, Index, IndexWriter, Query, Schema

from search.embedded.compile import all_of
from search.embedded.faults import is_full, of_engine
from search.embedded.schema import DIGEST, document
from search.entries import check_source
from search.mapping import Mapping
from search.port import Refusal, SourceEntries, WriteReport

_COMMIT_EVERY = 5_000  # documents; single commits cost 16 ms each, thousands together next to nothing
_HEAP = 64_000_000  # bytes that tantivy fills before it writes a segment


@dataclass(frozen=True, slots=True)
class _Fed:
    source_id: str
    documents: tuple[tuple[str, Document], ...]


class Session:
    """One opening of tantivy's writer. Only for who holds the folder's lock; end with `finish` or `abandon`."""

    def __init__(self, index: Index, mapping: Mapping, schema: Schema) -> None:
        """`schema` is the one that `index` was made with."""
        self._mapping = mapping
        self._schema = schema
        self._present = index.searcher()
        self._writer: IndexWriter = index.writer(heap_size=_HEAP, num_threads=1)
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
            if self._count("source_id", source_id):
                self.put(source_id, ())

    def put(self, source_id: str, documents: Sequence[tuple[str, Document]]) -> None:
        """Replace a source by ready documents with their ids; commits when enough is waiting."""
        self._touched.add(source_id)
        self._pending.append(_Fed(source_id, tuple(documents)))
        try:
            self._feed(self._pending[-1])
        except ValueError as error:  # tantivy's thread has died already of a document before
            self._recover(str(error))
        if sum(len(fed.documents) for fed in self._pending) >= _COMMIT_EVERY:
            self._commit()

    def finish(self) -> WriteReport:
        """Commit what is waiting and let go of the writer; what the report counts is durable and searchable."""
        if self._pending:
            self._commit()
        self._writer.wait_merging_threads()
        return WriteReport(self._written, tuple(self._refused))

    def abandon(self) -> None:
        """Let go of the writer without what was not committed yet."""
        try:
            self._writer.rollback()
            self._writer.wait_merging_threads()
        except ValueError:
            return  # it was let go of already, or died with the error that brought us here

    def _replace(self, source: SourceEntries) -> None:
        whole = check_source(source, self._mapping)
        self._refused.extend(whole.refused)
        if self._stands(source.source_id, whole.digest, len(whole.entries)):
            self._written += len(whole.entries)
            return
        self.put(source.source_id, [(entry.id, document(entry, whole.digest, self._mapping, self._schema)) for entry in whole.entries])

    def _stands(self, source_id: str, mark: str, size: int) -> bool:
        if source_id in self._touched or self._count("source_id", source_id) != size:
            return False
        return not size or self._count("source_id", source_id, mark) == size

    def _count(self, field: str, value: str, mark: str | None = None) -> int:
        query = Query.term_query(self._schema, field, value, "basic")
        if mark is not None:
            query = all_of((query, Query.term_query(self._schema, DIGEST, mark, "basic")))
        found: int = self._present.search(query, limit=1, count=True).count  # type: ignore[attr-defined]
        return found

    def _feed(self, fed: _Fed) -> None:
        self._writer.delete_documents_by_term("source_id", fed.source_id)
        for entry_id, ready in fed.documents:
            self._writer.delete_documents_by_term("id", entry_id)
            self._writer.add_document(ready)

    def _commit(self) -> None:
        try:
            self._writer.commit()
        except ValueError as error:
            self._recover(str(error))
        self._settle()

    def _settle(self) -> None:
        self._written += sum(len(fed.documents) for fed in self._pending)
        self._pending.clear()

    def _recover(self, message: str) -> None:
        """Feed again what is waiting, without the documents that no index takes, and commit. Raises where the fault is not theirs."""
        self._writer.rollback()
        if is_full(message):
            raise of_engine(message)
        bad = dict(self._culprits([pair for fed in self._pending for pair in fed.documents]))
        self._refused.extend(Refusal(entry_id, reason) for entry_id, reason in bad.items())
        self._pending = [_Fed(fed.source_id, tuple(pair for pair in fed.documents if pair[0] not in bad)) for fed in self._pending]
        try:
            for fed in self._pending:
                self._feed(fed)
            self._writer.commit()
        except ValueError as error:
            self._writer.rollback()
            raise of_engine(str(error)) from error
        self._settle()

    def _culprits(self, documents: Sequence[tuple[str, Document]]) -> list[tuple[str, str]]:
        """The ids of documents that an index in memory refuses, with its words, found by halving."""
        trial = Index(self._schema)
        writer = trial.writer(heap_size=_HEAP, num_threads=1)
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
