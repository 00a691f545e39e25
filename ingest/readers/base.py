"""What a reader of one file format is, and what all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.ids import content_hash
from archive.records import Source, SourceState
from ingest.stages import RawText


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reader is told beside the file.

    `without_pages` (from 1) are pages that an earlier attempt could not finish in time or memory: they are left out, with a warning.
    """

    without_pages: frozenset[int] = frozenset()


class Reader(Protocol):
    """Turns the bytes of one format into text. It carries all that is known about the format; no other module names it.

    `name` is what people call the format. `extensions` are lower case with their dot. `magic` are the first bytes that prove the format, if
    it has any of its own; `media_types` come in order of preference, the first one is stored. ZIP and OLE containers share their first
    bytes: readers of those leave `magic` empty and are found by their media types (`ingest.readers.inside`).
    """

    name: str
    extensions: Sequence[str]
    media_types: Sequence[str]
    magic: Sequence[bytes]

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of `data`, a file called `name`; deterministic.

        Raises UnreadableFile with the reason and what to do about it.
        """
        ...


def source_of(reader: Reader, name: str, data: bytes, warnings: Sequence[str] = (), encoding: str | None = None) -> Source:
    """The source of a file that `reader` read; with warnings it was read in part."""
    return Source(
        sha256=content_hash(data),
        name=name,
        size=len(data),
        media_type=reader.media_types[0],
        encoding=encoding,
        state=SourceState.PARTIAL if warnings else SourceState.READ,
        warnings=tuple(warnings),
    )
