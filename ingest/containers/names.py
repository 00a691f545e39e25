"""The names of files in containers: from bytes of an unknown encoding to text, and from tricks with paths to a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.labels import left_behind, shown
from ingest.readers.encodings import encoding_of_names

_PARTS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:")
_LONGEST = 200  # characters of a name: a path of a million would fill the report


def label(path: str) -> str:
    """A path in a container as part of a label: no root, no drive, no way up, no character that would not show. Never a path on disk."""
    parts = [part for part in _PARTS.split(_DRIVE.sub("", path)) if part not in ("", ".", "..")]
    return "/".join(shown(_short(part)) for part in parts) or "unnamed"


def led_out(path: str) -> str | None:
    """What is to be told of a path that leads out of the folder it would be unpacked in; None for one that does not."""
    if not (_DRIVE.match(path) or path.startswith(("/", "\\")) or ".." in _PARTS.split(path)):
        return None
    return f"the archive calls it {shown(_short(path))}, a path out of its own folder; nothing was written there"


def file_name(path: str) -> str:
    """The last part of a path in a container."""
    return label(path).rpartition("/")[2]


def is_junk(path: str) -> bool:
    """Whether it, or a folder that it is in, was left by a program."""
    return any(left_behind(part) for part in _PARTS.split(path) if part not in (".", ".."))


def decoded(names: Sequence[bytes]) -> list[str]:
    """Names that a container keeps without their encoding: UTF-8 where they are, else the one encoding in which all look most like Chinese.

    ZIP programs for Windows wrote the encoding of the system, which for Chinese is GBK, or Big5; the standard has code page 437.
    """
    rest = [name for name in names if not _is_utf8(name)]
    codec = encoding_of_names(b"\n".join(rest)) if rest else None
    return [name.decode("utf-8") if _is_utf8(name) else _decoded(name, codec) for name in names]


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(name: bytes, codec: str | None) -> str:
    try:
        return name.decode(codec or "cp437")
    except UnicodeDecodeError:
        return name.decode("cp437")


def _short(part: str) -> str:
    if len(part) <= _LONGEST:
        return part
    stem, dot, extension = part.rpartition(".")
    return f"{stem[: _LONGEST - 20]}…{dot}{extension[:10]}" if dot else f"{part[:_LONGEST]}…"
