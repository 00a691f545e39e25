"""ZIP containers from strangers: opened with bounds, so that no member takes more memory than it may."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from archive.errors import UnreadableFile

MAX_MEMBERS = 10_000
"""A Word file has some dozens of members, a spreadsheet some hundreds; each costs half a kilobyte before anything is read."""

MAX_MEMBER_BYTES = 100_000_000
"""Unpacked. A part of 200 MB can be made from 195 KB, so the size of the file says nothing."""

MAX_PACKAGE_BYTES = 400_000_000
"""Unpacked, all that is read of one package together (`Package.read` counts)."""

_CENTRAL_ENTRY = b"PK\x01\x02"
_FAULTS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, struct.error)


class Package:
    """A ZIP file in memory. What it says of the sizes of its members is not believed: unpacking stops at the bound."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFile when `data` is damaged or holds too many members."""
        count = data.count(_CENTRAL_ENTRY)
        if count > MAX_MEMBERS:
            raise UnreadableFile(
                f"it is a ZIP file of {count:,} members and the limit is {MAX_MEMBERS:,}; unpack it and ingest what is in it"
            )
        with _damage_told("it is a damaged ZIP container"):
            self._zip = ZipFile(BytesIO(data))
        self._members: dict[str, ZipInfo] = {}
        for member in self._zip.infolist():
            self._members.setdefault(_key(member.filename), member)
        self._left = MAX_PACKAGE_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its members as they are written, in their order."""
        return tuple(member.filename for member in self._members.values())

    def __contains__(self, path: str) -> bool:
        return _key(path) in self._members

    def head(self, path: str, size: int) -> bytes:
        """The first `size` bytes of a member, b"" when it is not there. Raises UnreadableFile when it is damaged or encrypted."""
        member = self._members.get(_key(path))
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise UnreadableFile("it is protected by a password; unlock it and save it without one")
        with _damage_told(f"its part {path} is damaged"), self._zip.open(member) as stream:
            return stream.read(size)

    def read(self, path: str, limit: int = MAX_MEMBER_BYTES) -> bytes:
        """A member, b"" when it is not there. Raises UnreadableFile when it is damaged, encrypted or unpacks to more than `limit` bytes."""
        limit = min(limit, self._left)
        member = self._members.get(_key(path))
        data = b"" if member and member.file_size > limit else self.head(path, limit + 1)
        if len(data) > limit or (member and member.file_size > limit):
            raise UnreadableFile(
                f"its part {path} unpacks to more than {limit:,} bytes, as only made-up files do; save it anew, or split it"
            )
        self._left -= len(data)
        return data


def _key(path: str) -> str:
    """How a path is compared: the rules of Office packages ignore case, and some writers use the wrong slash."""
    return re.sub(r"/{2,}", "/", path.replace("\\", "/")).lstrip("/").lower()


@contextmanager
def _damage_told(what: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        raise UnreadableFile(f"{what} ({type(error).__name__}: {' '.join(str(error).split())}); fetch it again or save it anew") from error
