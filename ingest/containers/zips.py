"""ZIP files."""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from io import SEEK_END
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from archive.errors import UnreadableFile
from ingest.containers.base import Budget, Entry
from ingest.containers.names import decoded
from ingest.readers.inside import PLAIN_ZIP, ZIP_MAGIC, media_type_inside

_DOCUMENT_BYTES = 50_000_000  # of a ZIP file up to which it is looked into for a document; there are none larger that could be read
_DOCUMENTS = frozenset(("[content_types].xml", "mimetype", "ofd.xml"))
_UTF8 = 0x800
_LOCKED = 0x1
_HEADER = 30  # bytes of the fixed part before each member
_UNICODE_PATH = 0x7075  # Info-ZIP's field for a name in UTF-8 beside the one in the encoding of the system
_FAULTS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, struct.error)


class ZipContainer:
    """ZIP files that are no documents: Word, Excel, OpenDocument and OFD files are ZIP files too, and go to their readers."""

    name = "ZIP archive"
    extensions: Sequence[str] = (".zip",)

    def holds(self, file: BinaryIO) -> bool:
        """Whether it is a ZIP file, by its first bytes, and no document, by its list of contents."""
        if not file.read(4).startswith(ZIP_MAGIC):
            return False
        try:
            if file.seek(0, SEEK_END) <= _DOCUMENT_BYTES:
                file.seek(0)
                return media_type_inside(file.read()) == PLAIN_ZIP
            return not _DOCUMENTS & {name.lower() for name in ZipFile(file).namelist()}
        except (UnreadableFile, *_FAULTS):
            return False

    def entries(self, name: str, file: BinaryIO, budget: Budget) -> Iterator[Entry]:
        """Its files. Raises UnreadableFile when its list of contents is damaged, or says that files share their bytes."""
        try:
            opened = ZipFile(file)
        except _FAULTS as error:
            raise UnreadableFile(f"it is a damaged ZIP archive ({_said(error)}); fetch it again") from None
        members = opened.infolist()
        budget.count(len(members))
        if _overlap(members):
            raise UnreadableFile("its files share their bytes, as only made-up archives do; unpack it and ingest what is in it")
        for member, path in zip(members, _paths(members), strict=True):
            if not member.is_dir() and not stat.S_ISLNK(member.external_attr >> 16):
                yield Entry(path, partial(_read, opened, member, budget))


def _read(opened: ZipFile, member: ZipInfo, budget: Budget) -> bytes:
    if member.flag_bits & _LOCKED:
        raise UnreadableFile("it is locked with a password; unpack it with the password and ingest what is in it")
    try:
        with opened.open(member) as stream:
            return budget.read(stream.read, member.compress_size)
    except NotImplementedError as error:
        raise UnreadableFile(f"it is packed in a way that is not known here ({_said(error)}); unpack it and ingest what is in it") from None
    except _FAULTS as error:
        raise UnreadableFile(f"it is damaged in its archive ({_said(error)}); fetch that again") from None


def _overlap(members: Sequence[ZipInfo]) -> bool:
    """Whether two members take the same bytes: a bomb has many members that are one, and is opened as fast as it grows."""
    ends = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < ends:
            return True
        ends = member.header_offset + _HEADER + member.compress_size
    return False


def _paths(members: Sequence[ZipInfo]) -> list[str]:
    """The members' paths. The library reads names without a mark as code page 437, which leads back to their bytes."""
    raw = [None if member.flag_bits & _UTF8 else member.orig_filename.encode("cp437") for member in members]
    unmarked = iter(decoded([name for name in raw if name is not None]))
    found = []
    for member, name in zip(members, raw, strict=True):
        own = member.orig_filename if name is None else next(unmarked)
        found.append(_unicode_path(member.extra, name) or own)
    return found


def _unicode_path(extra: bytes, name: bytes | None) -> str | None:
    """The name in UTF-8 that stands beside the main one, if it was made for just that: a program that renames may forget it."""
    at = 0
    while name is not None and at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        value = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(value) > 5 and value[0] == 1 and struct.unpack_from("<L", value, 1)[0] == zlib.crc32(name):
            try:
                return value[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None


def _said(error: Exception) -> str:
    return re.sub(r"\s+", " ", f"{type(error).__name__}: {error}".strip(": "))[:200]
