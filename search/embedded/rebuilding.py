"""How a generation comes to be, is changed, and takes the place of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from tantivy import Index, Schema

from archive.durable import sync_folder
from archive.errors import ArchiveCorrupt
from search.embedded.faults import translated
from search.embedded.storage import Folder, Pointer, corrupt
from search.embedded.writing import Session
from search.mapping import Mapping
from search.port import SourceEntries, WriteReport


def update(folder: Folder, mapping: Mapping, schema: Schema, wait: float, change: Callable[[Session], None]) -> WriteReport:
    """Change the present generation, or a first empty one, and commit. Raises ArchiveLocked, ArchiveCorrupt, ValueError, OSError."""
    with folder.lock(wait):
        generation = _present(folder, mapping, schema)
        folder.sweep(generation)
        path = folder.path(generation)
        if not (path / "meta.json").exists():
            raise corrupt("has lost the list of its files")
        session = Session(Index.open(str(path)), mapping, schema)
        try:
            change(session)
            report = session.finish()
        except BaseException:
            session.abandon()
            raise
        sync_folder(path)
        return report


def _present(folder: Folder, mapping: Mapping, schema: Schema) -> str:
    """The present generation; an empty one is made, and pointed to before anything is in it, where there is none."""
    pointer = folder.pointer()
    if pointer is None:
        folder.sweep(None)
        generation = folder.new_generation()
        Index(schema, path=str(folder.path(generation)))
        pointer = Pointer(generation, mapping.version, mapping.fingerprint)
        folder.point_to(pointer)
    if pointer.fingerprint != mapping.fingerprint:
        raise corrupt("was made by another version of Fangzhi")
    return pointer.generation


class Rebuild:
    """A new generation beside the present one. `begin`, `add` as often as needed, `finish`; `close` in any case."""

    def __init__(self, folder: Folder, mapping: Mapping, schema: Schema, wait: float) -> None:
        """`wait` is how many seconds to wait for another process that writes."""
        self._folder = folder
        self._mapping = mapping
        self._schema = schema
        self._wait = wait
        self._held = ExitStack()
        self._generation: str | None = None
        self._session: Session | None = None

    def begin(self) -> None:
        """Take the lock, for as long as the rebuild takes, and make the new generation."""
        self._held.enter_context(self._folder.lock(self._wait))
        present: str | None
        try:
            pointer = self._folder.pointer()
            present = pointer.generation if pointer else _present(self._folder, self._mapping, self._schema)
            self._folder.sweep(present)
        except ArchiveCorrupt:
            present = None  # the very thing that is to be mended; its files stay until the new ones are in place
        self._generation = self._folder.new_generation()
        index = Index(self._schema, path=str(self._folder.path(self._generation)))
        self._session = Session(index, self._mapping, self._schema)

    def add(self, batch: Sequence[SourceEntries]) -> None:
        """Write these sources into the new generation."""
        self._open().replace(batch)

    def finish(self) -> WriteReport:
        """Commit, swap, and remove what was replaced."""
        report = self._open().finish()
        self._session = None
        generation = str(self._generation)
        self._folder.point_to(Pointer(generation, self._mapping.version, self._mapping.fingerprint))
        self._folder.sweep(generation)
        return report

    def close(self) -> None:
        """Give the lock back; an unfinished generation is thrown away."""
        with self._held, translated():
            if self._session is not None:
                self._session.abandon()
                self._session = None
                self._folder.discard(str(self._generation))

    def _open(self) -> Session:
        if self._session is None:
            raise RuntimeError("a rebuild is begun before anything is added")
        return self._session
