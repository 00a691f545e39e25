"""tar files, packed or not, and single files packed with gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import SEEK_END
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from archive.errors import UnreadableFile
from ingest.containers.base import Budget, Entry
from ingest.containers.names import decoded

_PACKED: tuple[tuple[bytes, Callable[[BinaryIO], Any]], ...] = (
    (b"\x1f\x8b\x08", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257
_FAULTS = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


class TarContainer:
    """tar, tar.gz, tar.bz2, tar.xz, and gz, bz2, xz with one file in them."""

    name = "tar or gzip archive"
    extensions: Sequence[str] = (".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz")

    def holds(self, file: BinaryIO) -> bool:
        """Whether it is one of these, by its first bytes."""
        head = file.read(_TAR_MARK_AT + len(_TAR_MARK))
        return head[_TAR_MARK_AT:] == _TAR_MARK or any(head.startswith(magic) for magic, _ in _PACKED)

    def entries(self, name: str, file: BinaryIO, budget: Budget) -> Iterator[Entry]:
        """Its files; the name of a single one is that of the container without its last extension."""
        size = file.seek(0, SEEK_END)
        file.seek(0)
        head = file.read(8)
        file.seek(0)
        unpack = next((unpack for magic, unpack in _PACKED if head.startswith(magic)), None)
        stream = unpack(file) if unpack else file
        with _damage_told():
            is_tar = stream.read(_TAR_MARK_AT + len(_TAR_MARK))[_TAR_MARK_AT:] == _TAR_MARK
            stream.seek(0)
        if is_tar:
            yield from _tar_entries(stream, size, budget)
        else:
            budget.count()
            yield Entry(PurePosixPath(name).stem or name, partial(_read, stream, size, budget))


def _tar_entries(stream: IO[bytes], size: int, budget: Budget) -> Iterator[Entry]:
    with _damage_told(), tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as opened:
        for member in opened:
            budget.count()
            opened.members = []  # type: ignore[attr-defined]  # it would keep them all
            file = opened.extractfile(member) if member.isreg() else None
            if file is not None:
                (path,) = decoded([member.name.encode("utf-8", "surrogateescape")])
                yield Entry(path, partial(_read, file, size, budget))


def _read(stream: IO[bytes], packed: int, budget: Budget) -> bytes:
    """What is packed together has one packed size: that of all."""
    with _damage_told():
        return budget.read(stream.read, packed)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        raise UnreadableFile(f"it is a damaged archive ({type(error).__name__}: {error}); fetch it again") from None
