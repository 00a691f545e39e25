"""The folder of the embedded index: generations beside each other, a pointer to the present one, and the lock of those who write.

index/current          {"generation": "g000002", "mapping_version": 1, "fingerprint": "…"}, replaced in one step
index/g000002/         tantivy's files
index/write.lock       never deleted: the lock is the operating system's, the file only its place
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from archive.durable import sync_folder, write_atomically
from archive.errors import ArchiveCorrupt, ArchiveLocked

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PREFIX = "g"
_REBUILD = "run `fangzhi rebuild` to make it anew from the originals; nothing is lost"


class Pointer(msgspec.Struct, frozen=True):
    """Which generation answers, and which mapping and text analysis it was made with."""

    generation: str
    mapping_version: int
    fingerprint: str


class _Meta(msgspec.Struct):
    opstamp: int


def corrupt(what: str) -> ArchiveCorrupt:
    """The error of an index that cannot be used as it stands."""
    return ArchiveCorrupt(f"the search index {what}; {_REBUILD}")


@dataclass(frozen=True, slots=True)
class Folder:
    """The index folder, which need not be there yet."""

    root: Path

    def pointer(self) -> Pointer | None:
        """The present generation, or None when nothing was ever written. Raises ArchiveCorrupt."""
        try:
            raw = (self.root / "current").read_bytes()
        except FileNotFoundError:
            if any(self.opstamp(path.name) for path in self._generations()):  # the pointer is written before the first entry is
                raise corrupt("has lost its pointer file") from None
            return None
        try:
            return msgspec.json.decode(raw, type=Pointer)
        except msgspec.DecodeError as error:
            raise corrupt("has a damaged pointer file") from error

    def path(self, generation: str) -> Path:
        """Where the files of a generation lie."""
        return self.root / generation

    def new_generation(self) -> str:
        """An empty folder beside the others; only for who holds the lock."""
        last = max((int(path.name[1:]) for path in self._generations()), default=0)
        name = f"{_PREFIX}{last + 1:06d}"
        (self.root / name).mkdir()
        return name

    def point_to(self, pointer: Pointer) -> None:
        """Make a complete generation the present one, in one step that survives a power cut."""
        sync_folder(self.path(pointer.generation))
        write_atomically(self.root / "current", msgspec.json.encode(pointer))

    def opstamp(self, generation: str) -> int:
        """tantivy's count of operations at the last commit; 0 where nothing was committed yet. Raises ArchiveCorrupt."""
        try:
            return msgspec.json.decode((self.path(generation) / "meta.json").read_bytes(), type=_Meta).opstamp
        except FileNotFoundError:
            return 0
        except msgspec.DecodeError as error:
            raise corrupt("has a damaged list of its files") from error

    def sweep(self, keep: str | None) -> None:
        """Remove all generations but `keep`: replaced ones, and those that a killed rebuild left; only for who holds the lock."""
        for path in self._generations():
            if path.name != keep:
                shutil.rmtree(path, ignore_errors=True)

    def discard(self, generation: str) -> None:
        """Remove one generation that never came to answer."""
        shutil.rmtree(self.path(generation), ignore_errors=True)

    @contextmanager
    def lock(self, wait: float) -> Iterator[None]:
        """Hold the one right to write, or raise ArchiveLocked after `wait` seconds."""
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root / "write.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._wait_for(descriptor, time.monotonic() + wait)
            yield
        finally:
            os.close(descriptor)

    def _wait_for(self, descriptor: int, deadline: float) -> None:
        while True:
            with suppress(BlockingIOError, PermissionError):
                _try_lock(descriptor)
                return
            if time.monotonic() >= deadline:
                raise ArchiveLocked("another process is writing to this archive; wait until it is done, or stop it, and try again")
            time.sleep(random.uniform(0.005, 0.05))  # noqa: S311 - jitter, so that those who wait do not knock in step

    def _generations(self) -> Iterator[Path]:
        if not self.root.is_dir():
            return
        for path in sorted(self.root.iterdir()):
            if path.name.startswith(_PREFIX) and path.name[1:].isdigit():
                yield path
