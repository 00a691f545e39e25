"""The present state of the index for readers: follows the writes and rebuilds of any process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from tantivy import Index, Schema, Searcher

from archive.errors import ArchiveCorrupt
from search.embedded.compile import Compiler
from search.embedded.ordering import View
from search.embedded.state import State
from search.embedded.storage import Folder, Pointer, corrupt, require_kind
from search.mapping import Mapping

_EMPTY = "empty"
_TRIES = 20


@dataclass(slots=True)
class Reader:
    """Gives out states. Looks at one small file each time (some 30 µs) and opens only the kinds that a write has changed."""

    folder: Folder
    mapping: Mapping
    schema: Schema
    _opened: dict[Path, View] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def state(self) -> State:
        """The present state, without any kind while nothing was ever written. Raises ArchiveCorrupt or ValueError."""
        compiler = Compiler(self.mapping, self.schema)
        with self._lock:
            pointer = self._pointer()
            if pointer is None:
                self._opened = {}
                return State(_EMPTY, compiler, {})
            return self._follow(pointer, compiler)

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            self._opened = {}

    def _pointer(self) -> Pointer | None:
        pointer = self.folder.pointer()
        if pointer is not None and pointer.fingerprint != self.mapping.fingerprint:
            raise corrupt("was made by another version of Fangzhi")
        return pointer

    def _follow(self, pointer: Pointer, compiler: Compiler) -> State:
        for attempt in range(_TRIES):
            try:
                return self._open(pointer, compiler)
            except (ValueError, ArchiveCorrupt):
                fresh = self._pointer()  # a writer may have moved on and swept while we were opening
                if fresh is None or (fresh == pointer and attempt):
                    raise
                pointer = fresh
        raise corrupt("is being replaced all the time")

    def _open(self, pointer: Pointer, compiler: Compiler) -> State:
        paths = {kind: self.folder.path(pointer.generation) / name for kind, name in pointer.kinds.items()}
        self._opened = {path: self._opened.get(path) or View(open_kind(path), compiler) for path in paths.values()}
        return State(pointer.name, compiler, {kind: self._opened[path] for kind, path in paths.items()})


def open_kind(path: Path) -> Searcher:
    """The index of a kind, as it stands. Raises ArchiveCorrupt where there is none, and ValueError where it is damaged."""
    require_kind(path)
    index = Index.open(str(path))
    index.config_reader(reload_policy="manual")  # what is pointed to never changes
    return index.searcher()
