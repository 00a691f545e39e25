"""The folder of the embedded index: generations beside each other, a pointer to the present state, and the lock of those who write.

index/current                 {"generation": "g000002", "state": 7, "kinds": {"UNIT": "000007-unit-5e1f…"}, …}, replaced in one step
index/g000002/000007-unit-…/   one kind of entries as a tantivy index; never changed once it is pointed to
index/write.lock              never deleted: the lock is the operating system's, the file only its place

A write changes copies of the kinds that it touches and then points to them, so readers and whoever comes after a killed writer see the
whole of it or nothing. A copy costs a millisecond or two: tantivy never changes a segment's file, so the files are hard links.
"""

from __future__ import annotations

import os
import random
import re
import secrets
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
_META = "meta.json"  # tantivy's list of the segments that count
_OWN = {_META, ".managed.json"}  # the files that tantivy replaces; all others it writes once
_REBUILD = "run `fangzhi rebuild` to make it anew from the originals; nothing is lost"


class Pointer(msgspec.Struct, frozen=True):
    """Which state answers: its generation and number, each kind's folder, and which mapping and text analysis it was made with."""

    generation: str
    mapping_version: int
    fingerprint: str
    state: int = 0
    kinds: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The name of this state; no other has it."""
        return f"{self.generation}.{self.state}"


def corrupt(what: str) -> ArchiveCorrupt:
    """The error of an index that cannot be used as it stands."""
    return ArchiveCorrupt(f"the search index {what}; {_REBUILD}")


@dataclass(frozen=True, slots=True)
class Folder:
    """The index folder, which need not be there yet."""

    root: Path

    def pointer(self) -> Pointer | None:
        """The present state, or None when nothing was ever written. Raises ArchiveCorrupt."""
        try:
            raw = (self.root / "current").read_bytes()
        except FileNotFoundError:
            if any(next(path.iterdir(), None) for path in self._generations()):  # the pointer is written before the first entry is
                raise corrupt("has lost its pointer file") from None
            return None
        try:
            return msgspec.json.decode(raw, type=Pointer)
        except msgspec.DecodeError as error:
            raise corrupt("has a damaged pointer file") from error

    def path(self, generation: str) -> Path:
        """Where the kinds of a generation lie."""
        return self.root / generation

    def new_generation(self) -> str:
        """An empty folder beside the others; only for who holds the lock."""
        last = max((int(path.name[1:]) for path in self._generations()), default=0)
        name = f"{_PREFIX}{last + 1:06d}"
        (self.root / name).mkdir()
        return name

    def point_to(self, pointer: Pointer) -> None:
        """Make a complete state the present one, in one step that survives a power cut."""
        path = self.path(pointer.generation)
        for name in pointer.kinds.values():
            sync_folder(path / name)
        sync_folder(path)
        write_atomically(self.root / "current", msgspec.json.encode(pointer))

    def sweep(self, keep: Pointer | None) -> None:
        """Remove all but this state: what it replaced, and what a killed write or rebuild left; only for who holds the lock."""
        for path in self._generations():
            if keep is None or path.name != keep.generation:
                shutil.rmtree(path, ignore_errors=True)
        if keep is not None and self.path(keep.generation).is_dir():
            held = set(keep.kinds.values())
            for path in self.path(keep.generation).iterdir():
                if path.name not in held:
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


def kind_folder(state: int, kind: str) -> str:
    """A new name for the folder of a kind that a state changes; the kind, which may be any text, is named for people only."""
    return f"{state:06d}-{re.sub(r'[^a-z0-9]+', '-', kind.lower())[:30]}-{secrets.token_hex(4)}"


def copy_kind(source: Path, target: Path) -> None:
    """The index of a kind once more, for a writer. Raises ArchiveCorrupt when there is none at `source`."""
    require_kind(source)
    target.mkdir()
    for path in source.iterdir():
        if path.name in _OWN:
            shutil.copyfile(path, target / path.name)
        elif not path.name.startswith("."):  # the locks of a writer
            _link(path, target / path.name)


def require_kind(path: Path) -> None:
    """Raises ArchiveCorrupt when there is no index of a kind at `path`."""
    if not (path / _META).exists():
        raise corrupt("has lost the list of its files")


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links: FAT, some network folders
        shutil.copyfile(source, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
