"""An append-only file of JSON lines that survives a kill at any moment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from archive.durable import sync_folder

Line: TypeAlias = Mapping[str, str | int]

_BLOCK = 4096  # bytes read at a time when looking for the last line break


class Journal:
    """`path` holds one JSON object a line, each ended by a line break.

    A line without its break was being written when the process died: readers pass over it, and the next `append` takes it away.
    Anything else that is no JSON object is damage: `damaged` names its line, and the lines around it still count.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, lines: Iterable[Line]) -> None:
        """Write `lines` at the end, durable on return. The caller holds the archive's lock.

        Raises OSError when the disk does not take them; what stood before stands unchanged.
        """
        data = b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)
        if not data:
            return
        is_new = not self.path.exists()
        with self.path.open("w+b" if is_new else "r+b") as file:
            _drop_torn_line(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.path.parent)

    def read(self) -> list[Line]:
        """Every whole and undamaged line, oldest first; none when there is no journal yet."""
        return [line for _, line in self.numbered() if line is not None]

    def numbered(self) -> list[tuple[int, Line | None]]:
        """Every whole line with its number, counted from 1; None stands for a damaged one."""
        return [(number, _parsed(line)) for number, line in enumerate(self.content().split(b"\n")[:-1], 1)]

    def size(self) -> int:
        """Its bytes; 0 when there is none yet."""
        try:
            return self.path.stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return 0

    def content(self) -> bytes:
        """The journal as it stands; nothing when there is none yet."""
        try:
            return self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return b""


def _parsed(line: bytes) -> Line | None:
    try:
        parsed = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def _drop_torn_line(file: BinaryIO) -> None:
    """Leave `file` at its end, which is now the end of a whole line."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _BLOCK)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        end = start + found + 1 if found >= 0 else start
        if found >= 0:
            break
    file.seek(end)
    file.truncate()
