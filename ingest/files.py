"""From the paths that someone names to the files behind them."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UnreadableFile
from ingest.readers import check_size, known_extensions

_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # Unicode categories of characters that would not show, or would mislead


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


def readable(name: str) -> str:
    """A file name as text, whatever encoding its file system keeps it in: names in GB18030 are common in old collections."""
    data = os.fsencode(name)
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


def shown(path: Path | str) -> str:
    """A path or name as one line of text that a terminal shows as it stands: control and format characters are escaped."""
    text = readable(str(path))
    return "".join(ascii(char)[1:-1] if unicodedata.category(char) in _UNSHOWN else char for char in text)


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
        visible = [path for path in entries if not path.name.startswith(".")]
        for path in visible:
            if not path.is_dir():
                yield Found(path, path.suffix.lower() in known_extensions())
        waiting += reversed([path for path in visible if path.is_dir()])


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return (found.st_dev, found.st_ino)


def load(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes.

    Raises UnreadableFile when it is empty, too large, no regular file or cannot be opened.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("it is no regular file; name a file or a folder")
        check_size(found.st_size, limit)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened ({error.strerror})") from None
