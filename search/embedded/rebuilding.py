"""How a state comes to be, is changed, and takes the place of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress

import msgspec
from tantivy import Schema

from archive.errors import ArchiveCorrupt
from search.embedded.faults import translated
from search.embedded.storage import Folder, Pointer, corrupt
from search.embedded.writing import Session
from search.mapping import Mapping
from search.port import SourceEntries, WriteReport


def update(folder: Folder, mapping: Mapping, schema: Schema, wait: float, change: Callable[[Session], None]) -> WriteReport:
    """Change the present state, or a first empty one, as a whole. Raises ArchiveLocked, ArchiveCorrupt, ValueError, OSError."""
    with folder.lock(wait):
        present = _present(folder, mapping)
        folder.sweep(present)
        session = Session(folder.path(present.generation), present, mapping, schema)
        try:
            change(session)
            report, changed = session.finish()
        except BaseException:
            session.abandon()
            raise
        if changed:
            state = msgspec.structs.replace(present, state=present.state + 1, kinds=present.kinds | changed)
            folder.point_to(state)
            folder.sweep(state)
        return report


def _present(folder: Folder, mapping: Mapping) -> Pointer:
    """The present state; an empty one is made, and pointed to before anything is in it, where there is none."""
    pointer = folder.pointer()
    if pointer is None:
        folder.sweep(None)
        pointer = Pointer(folder.new_generation(), mapping.version, mapping.fingerprint)
        folder.point_to(pointer)
    if pointer.fingerprint != mapping.fingerprint:
        raise corrupt("was made by another version of Fangzhi")
    return pointer


class Rebuild:
    """A new generation beside the present one. `begin`, `add` as often as needed, `finish`; `close` in any case."""

    def __init__(self, folder: Folder, mapping: Mapping, schema: Schema, wait: float) -> None:
        """`wait` is how many seconds to wait for another process that writes."""
        self._folder = folder
        self._mapping = mapping
        self._schema = schema
        self._wait = wait
        self._held = ExitStack()
        self._begun: tuple[Session, Pointer] | None = None

    def begin(self) -> None:
        """Take the lock, for as long as the rebuild takes, and make the new generation."""
        self._held.enter_context(self._folder.lock(self._wait))
        # What is damaged is the very thing that is to be mended: its files stay until the new ones are in place.
        with suppress(ArchiveCorrupt):
            self._folder.sweep(self._folder.pointer() or _present(self._folder, self._mapping))
        state = Pointer(self._folder.new_generation(), self._mapping.version, self._mapping.fingerprint)
        self._begun = Session(self._folder.path(state.generation), state, self._mapping, self._schema), state

    def add(self, batch: Sequence[SourceEntries]) -> None:
        """Write these sources into the new generation."""
        self._running()[0].replace(batch)

    def finish(self) -> WriteReport:
        """Commit, swap, and remove what was replaced."""
        session, empty = self._running()
        report, kinds = session.finish()
        self._begun = None
        state = msgspec.structs.replace(empty, kinds=kinds)
        self._folder.point_to(state)
        self._folder.sweep(state)
        return report

    def close(self) -> None:
        """Give the lock back; an unfinished generation is thrown away."""
        with self._held, translated():
            if self._begun is not None:
                session, state = self._begun
                self._begun = None
                session.abandon()
                self._folder.discard(state.generation)

    def _running(self) -> tuple[Session, Pointer]:
        if self._begun is None:
            raise RuntimeError("a rebuild is begun before anything is added")
        return self._begun
