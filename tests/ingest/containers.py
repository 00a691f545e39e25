"""Containers, made for tests."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return made.getvalue()


def zipped_raw(names: list[bytes], data: bytes = b"x", extra: bytes = b"", flags: int = 0) -> bytes:
    """Stored members with names that no mark says the encoding of, as programs for Windows write them."""
    body, directory = b"", b""
    for name in names:
        common = struct.pack("<HHHHHLLLHH", 20, flags, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), len(extra))
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name + extra
        body += b"PK\x03\x04" + common + name + extra + data
    end = struct.pack("<HHHHLLH", 0, 0, len(names), len(names), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def unicode_path(raw: bytes, name: str) -> bytes:
    """Info-ZIP's extra field with the name in UTF-8."""
    value = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(value)) + value


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def overlapping(count: int) -> bytes:
    """Many names for one member: what makes a bomb of a small file without any nesting."""
    one = zipped({"a.txt": b"\0" * 1_000_000})
    at = one.index(b"PK\x01\x02")
    entry = one[at : one.index(b"PK\x05\x06")]
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(entry) * count, at, 0)
    return one[:at] + entry * count + b"PK\x05\x06" + end
