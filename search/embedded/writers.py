"""tantivy's writers for the next state: each on a copy of a kind that the present state has, opened when the kind is first touched."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tantivy import Document, Index, IndexWriter, Query, Schema, Searcher

from search.embedded.compile import among
from search.embedded.reading import open_kind
from search.embedded.storage import Pointer, copy_kind, kind_folder

HEAP = 20_000_000
"""Bytes that tantivy fills, for each kind, before it writes a segment; more is not faster, and all kinds are open at once in a rebuild."""


class Writers:
    """Nothing that is done here shows before a pointer names `folders`."""

    def __init__(self, generation: Path, present: Pointer, schema: Schema) -> None:
        """`generation` is the folder of the present state and of the next."""
        self.folders: dict[str, str] = {}
        self._generation = generation
        self._present = present
        self._schema = schema
        self._standing: dict[str, Searcher] = {kind: open_kind(generation / name) for kind, name in present.kinds.items()}
        self._writers: dict[str, IndexWriter] = {}

    def count(self, query: Query) -> int:
        """How many entries of the present state match."""
        return sum(_count(searcher, query) for searcher in self._standing.values())

    def replace(self, source_id: str, documents: Sequence[tuple[str, str, Document]]) -> None:
        """Put these (kind, id, document) in the place of all that a source had, and of entries with the same ids. Raises ValueError."""
        ids = [entry_id for _, entry_id, _ in documents]
        for kind in dict.fromkeys(kind for kind, _, _ in documents):
            self._open(kind)
        self._open_those_with("source_id", [source_id])
        self._open_those_with("id", ids)
        for writer in self._writers.values():
            writer.delete_documents_by_term("source_id", source_id)
            for entry_id in ids:
                writer.delete_documents_by_term("id", entry_id)
        for kind, _, document in documents:
            self._writers[kind].add_document(document)

    def commit(self) -> None:
        """Make durable what was done. Raises ValueError; some kinds are committed then and others are not."""
        for writer in self._writers.values():
            writer.commit()

    def rollback(self) -> None:
        """Back to the last commit of each kind."""
        for writer in self._writers.values():
            writer.rollback()

    def close(self) -> None:
        """Wait until the files have their last form, and let go of them."""
        for writer in self._writers.values():
            writer.wait_merging_threads()

    def discard(self) -> None:
        """Let go of everything, and leave nothing of it."""
        for writer in self._writers.values():
            with suppress(ValueError):  # it was let go of already, or died with the error that brought us here
                writer.rollback()
                writer.wait_merging_threads()
        self._writers.clear()
        for name in self.folders.values():
            shutil.rmtree(self._generation / name, ignore_errors=True)
        self.folders.clear()

    def _open_those_with(self, field: str, values: Sequence[str]) -> None:
        closed = [kind for kind in self._standing if kind not in self._writers]
        if closed and values:
            query = among(self._schema, field, values)
            for kind in closed:
                if _count(self._standing[kind], query):
                    self._open(kind)

    def _open(self, kind: str) -> None:
        if kind in self._writers:
            return
        name = kind_folder(self._present.state + 1, kind)
        path = self._generation / name
        self.folders[kind] = name
        if kind in self._standing:
            copy_kind(self._generation / self._present.kinds[kind], path)
            index = Index.open(str(path))
        else:
            path.mkdir()
            index = Index(self._schema, path=str(path))
        self._writers[kind] = index.writer(heap_size=HEAP, num_threads=1)


def _count(searcher: Searcher, query: Query) -> int:
    found: int = searcher.search(query, limit=1, count=True).count  # type: ignore[attr-defined]
    return found
