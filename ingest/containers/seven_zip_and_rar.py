"""7z and RAR files, through the system's libarchive where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, BinaryIO

from archive.errors import UnreadableFile
from ingest.containers.base import Budget, Entry
from ingest.containers.names import decoded

_BLOCK = 1_000_000
_LOCKED = ("passphrase", "encrypt", "password")
_ADVICE = "unpack it and ingest what is in it, or install libarchive (libarchive13 on Debian) and `pip install 'fangzhi[archives]'`"


class LibarchiveContainer:
    """A format that libarchive reads: `formats` are its names for it, `magic` the first bytes."""

    def __init__(self, name: str, extensions: Sequence[str], magic: bytes, formats: Sequence[str]) -> None:
        self.name = name
        self.extensions = extensions
        self._magic = magic
        self._formats = formats

    def holds(self, file: BinaryIO) -> bool:
        """Whether it begins as the format does."""
        return file.read(len(self._magic)) == self._magic

    def entries(self, name: str, file: BinaryIO, budget: Budget) -> Iterator[Entry]:
        """Its files, in their order: they are packed together, so that what is passed over is unpacked all the same."""
        libarchive = available()
        if libarchive is None:
            raise UnreadableFile(f"it is a {self.name}, and no library for it is installed; {_ADVICE}")
        head = file.read(8)
        file.seek(0)
        kind = self._formats[-1] if head[6:8] == b"\x01\x00" else self._formats[0]  # RAR 5 says so in its seventh byte
        try:
            with libarchive.stream_reader(file, kind, block_size=_BLOCK) as opened:
                for entry in opened:
                    budget.count()
                    if entry.isfile and not entry.issym:
                        yield Entry(_path(entry.pathname), _reading(self, libarchive, entry, budget))
        except libarchive.exception.ArchiveError as error:
            raise UnreadableFile(self._told(error)) from None

    def _told(self, error: Exception) -> str:
        if any(word in str(error).lower() for word in _LOCKED):
            return "it is locked with a password; unpack it with the password and ingest what is in it"
        return f"it is a damaged {self.name}, or packed in a way that is not known here ({error}); fetch it again, or unpack it"


def available() -> Any:
    """The library, None where it or the system's libarchive is not installed."""
    try:
        import_module("libarchive.read")
        return import_module("libarchive")
    except (ImportError, OSError, AttributeError, TypeError):  # the last three when there is a package and no library behind it
        return None


def _reading(container: LibarchiveContainer, libarchive: Any, entry: Any, budget: Budget) -> Callable[[], bytes]:
    def read() -> bytes:
        blocks = entry.get_blocks(_BLOCK)
        try:
            return budget.read(lambda _: next(blocks, b""), None)
        except libarchive.exception.ArchiveError as error:
            raise UnreadableFile(container._told(error)) from None

    return read


def _path(found: str | bytes | None) -> str:
    return decoded([found])[0] if isinstance(found, bytes) else found or ""
