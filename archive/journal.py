"""An append-only file of JSON lines that survives a kill at any moment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from archive.durable import sync_folder
from archive.errors import ArchiveCorrupt

Line: TypeAlias = Mapping[str, str | int]

_BLOCK = 4096  # bytes read at a time when looking for the last line break


class Journal:
    """`path` holds one JSON object a line, each ended by a line break.

    A line without its break was being written when the process died: readers pass over it, and the next `append` takes it away.
    Anything else that is no JSON object is damage, and is not passed over.
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
        """Every whole line, oldest first; none when there is no journal yet.

        Raises ArchiveCorrupt when a line before the last one is damaged.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        return [self._parsed(number, line) for number, line in enumerate(data.split(b"\n")[:-1], 1)]

    def _parsed(self, number: int, line: bytes) -> Line:
        try:
            parsed = json.loads(line)
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            raise ArchiveCorrupt(f"Line {number} of {self.path} is damaged; restore the file from a backup of the archive.")
        return parsed


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
