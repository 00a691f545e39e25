"""The present state of the index for readers: follows commits and rebuilds of any process, and gives each state a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from tantivy import Index, Schema

from search.embedded.compile import Compiler
from search.embedded.ordering import View
from search.embedded.storage import Folder, Pointer, corrupt
from search.mapping import Mapping

_EMPTY = "empty"
_TRIES = 20


@dataclass(slots=True)
class _Opened:
    generation: str
    index: Index
    seen: tuple[int, int, int] | None = None
    opstamp: int = 0


@dataclass(slots=True)
class Reader:
    """Gives out views. Looks at two small files each time (some 30 µs) and opens or reloads only when they changed."""

    folder: Folder
    mapping: Mapping
    schema: Schema
    _opened: _Opened | None = None
    _lock: Lock = field(default_factory=Lock)

    def view(self) -> tuple[str, View | None]:
        """The name of the present state and a view of it; None while nothing was ever written. Raises ArchiveCorrupt or ValueError."""
        with self._lock:
            pointer = self._pointer()
            if pointer is None:
                self._opened = None
                return _EMPTY, None
            opened = self._follow(pointer)
            return f"{opened.generation}.{opened.opstamp}", View(opened.index.searcher(), Compiler(self.mapping, self.schema))

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            self._opened = None

    def _pointer(self) -> Pointer | None:
        pointer = self.folder.pointer()
        if pointer is not None and pointer.fingerprint != self.mapping.fingerprint:
            raise corrupt("was made by another version of Fangzhi")
        return pointer

    def _follow(self, pointer: Pointer) -> _Opened:
        for attempt in range(_TRIES):
            try:
                return self._open(pointer)
            except (ValueError, FileNotFoundError) as error:
                fresh = self._pointer()  # a rebuild may have swapped and swept while we were opening
                if isinstance(error, FileNotFoundError) and fresh == pointer and attempt:
                    raise corrupt("has lost the list of its files") from error
                if fresh is None or (fresh == pointer and attempt):
                    raise
                pointer = fresh
        raise corrupt("is being replaced all the time")

    def _open(self, pointer: Pointer) -> _Opened:
        path = self.folder.path(pointer.generation)
        opened = self._opened
        if opened is None or opened.generation != pointer.generation:
            if not (path / "meta.json").exists():
                raise FileNotFoundError(path / "meta.json")
            index = Index.open(str(path))
            index.config_reader(reload_policy="manual")
            opened = _Opened(pointer.generation, index)
        while opened.seen != (now := _state(path)):
            opened.opstamp = self.folder.opstamp(pointer.generation)
            opened.index.reload()
            opened.seen = now
        self._opened = opened
        return opened


def _state(path: Path) -> tuple[int, int, int]:
    stat = (path / "meta.json").stat()
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
