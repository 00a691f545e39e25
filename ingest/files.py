"""From the paths that someone names to the files behind them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from archive.errors import UnreadableFile
from ingest.containers import extensions
from ingest.labels import left_behind, readable, shown
from ingest.readers import check_size, known_extensions

__all__ = ["Failure", "Found", "chosen", "load", "missing", "readable", "shown", "state", "walk"]

_TRIES = 3  # readings of a file that changes meanwhile


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `chosen` is false for one that a folder holds and that looks like no document."""

    path: Path
    chosen: bool = True

    @property
    def name(self) -> str:
        """The name of the file, as text."""
        return readable(self.path.name)

    @property
    def label(self) -> str:
        """Its path as it was found under what someone named, for reports: two files of one name are told apart."""
        return shown(self.path)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be read or kept, and why, in words for the person who named it."""

    name: str
    reason: str


def missing(path: Path) -> str:
    """Why nothing is found at `path`."""
    if path.is_symlink():
        return "it is a symbolic link that leads nowhere or in a circle; name the file itself"
    return "there is no such file or folder; check the path"


def walk(paths: Iterable[Path], without: Iterable[Path] = ()) -> Iterator[Found | Failure]:
    """The files behind `paths`: folders recursively and sorted, without hidden entries, each folder once, however links lead there.

    `without` are folders that are passed over, such as the archive itself. A path that is not there is a Failure.
    """
    seen = {_identity(path) for path in without if path.exists()}
    for path in paths:
        if path.is_dir():
            yield from _folder(path, seen)
        elif path.exists():
            yield Found(path)
        else:
            yield Failure(shown(path), missing(path))


def _folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found | Failure]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            identity = _identity(current)
            entries = sorted(current.iterdir(), key=lambda path: os.fsencode(path.name))
        except OSError as error:
            yield Failure(shown(current), f"the folder cannot be opened ({error.strerror})")
            continue
        if identity in seen:
            continue
        seen.add(identity)
        visible = [path for path in entries if not left_behind(path.name)]
        for path in visible:
            if not path.is_dir():
                yield Found(path, chosen(path.name))
        waiting += reversed([path for path in visible if path.is_dir()])


def chosen(name: str) -> bool:
    """Whether a file in a folder or a container looks like a document, or like a container of some."""
    extension = PurePath(name).suffix.lower()
    return extension in known_extensions() or extension in extensions()


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return (found.st_dev, found.st_ino)


def load(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes.

    Raises UnreadableFile when it is empty, too large, no regular file, cannot be opened, or changes again and again while it is read.
    """
    try:
        for _ in range(_TRIES):
            with open(path, "rb", opener=_without_waiting) as file:
                before = os.fstat(file.fileno())
                if not stat.S_ISREG(before.st_mode):
                    raise UnreadableFile("it is no regular file; name a file or a folder")
                check_size(before.st_size, limit)
                data: bytes = file.read(limit + 1)
                if len(data) == before.st_size and state(os.fstat(file.fileno())) == state(before):
                    return data
        raise UnreadableFile("it changes while it is read; ingest it again when whoever writes it is done")
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened ({error.strerror})") from None


def state(found: os.stat_result) -> tuple[int, int, int]:
    """What tells one state of a file from another."""
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _without_waiting(path: str, flags: int) -> int:
    """Opening a pipe would wait for somebody who writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
