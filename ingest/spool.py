"""What was extracted, on the disk between two passes over it: scans and Word files are too slow to be read twice."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType

import msgspec

from ingest.reading import Extracted

_LENGTH = 8  # bytes before each record that say how long it is
_LEVEL = 1  # of zlib: a fifth of the bytes for 1% of what extraction takes


class Spool:
    """Extractions in the order in which they were put, in a nameless file under `folder` that is gone when the context ends."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # it lives as long as this does
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Extracted).decode

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def put(self, extracted: Extracted) -> None:
        """Keep one. Raises OSError when the disk is full."""
        data = zlib.compress(self._encode(extracted), _LEVEL)
        self._file.write(len(data).to_bytes(_LENGTH) + data)

    def __iter__(self) -> Iterator[Extracted]:
        self._file.seek(0)
        while length := int.from_bytes(self._file.read(_LENGTH)):
            yield self._decode(zlib.decompress(self._file.read(length)))
