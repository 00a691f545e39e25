"""Container files for tests: ZIP packages and OLE files with the members and streams that a test asks for."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence

_NONE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_FAT_SECTOR = 0xFFFFFFFD


def package(members: Mapping[str, bytes | str], stored: Sequence[str] = ()) -> bytes:
    """A ZIP file; the same members give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return buffer.getvalue()


def office_package(kind: str, members: Mapping[str, bytes | str] = {}) -> bytes:
    """A ZIP file whose list of content types names `kind` as its main part."""
    return package({"[Content_Types].xml": f'<Types><Override PartName="/x.xml" ContentType="{kind}.main+xml"/></Types>', **members})


def ole(*streams: str) -> bytes:
    """An OLE compound file with empty streams of these names at its root."""
    entries = [_entry("Root Entry", 5, child=1 if streams else _NONE)]
    entries += [_entry(name, 2, right=number + 1 if number < len(streams) else _NONE) for number, name in enumerate(streams, 1)]
    directory = b"".join(entries)
    directory += b"".join(_entry("", 0) for _ in range(-len(entries) % 4))
    sectors = len(directory) // 512
    chain = [_FAT_SECTOR, *range(2, sectors + 1), _END]
    fat = struct.pack("<128I", *chain, *[_NONE] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_NONE] * 108)
    return header + fat + directory


def _entry(name: str, kind: int, child: int = _NONE, right: int = _NONE) -> bytes:
    raw = (name + "\0").encode("utf-16-le") if name else b""
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _NONE, right, child)
        + bytes(16 + 4 + 8 + 8)
        + struct.pack("<IQ", _END, 0)
    )


def commented(data: bytes) -> bytes:
    """A ZIP file whose XML parts hold a comment and a processing instruction behind every tag."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return package({name: _commented(part) if name.endswith((".xml", ".rels")) else part for name, part in members.items()})


def _commented(part: bytes) -> bytes:
    head, end, rest = part.partition(b"?>") if part.startswith(b"<?xml") else (b"", b"", part)
    return head + end + re.sub(rb">(?=[^>]*<)", b"><!-- 1 --><?note 2?>", rest)
