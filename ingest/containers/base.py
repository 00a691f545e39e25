"""What a container of one format is, and what its contents may amount to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from archive.errors import UnreadableFile

MAX_MEMBERS = 10_000
"""Files in one container, with those in containers inside it: a county's whole website of a decade has fewer, a bomb has millions."""

MAX_TOTAL_BYTES = 4_000_000_000
"""Unpacked, all files of one container together: a scanned gazetteer has 1 GB. The bomb 42.zip has 4,500 TB."""

MAX_RATIO = 200
"""Times a file may grow. Text grows to 3 to 10 times its packed size, a table of repeated figures to 60; deflate can do 1,032."""

MAX_DEPTH = 3
"""Containers in each other: a mail with an archive that holds an archive."""

_FREE = 10_000_000  # bytes: what a file may grow to whatever its packed size is
_CHUNK = 1_000_000


class Bomb(UnreadableFile):
    """The container amounts to more than any that people make: what was read of it stays, the rest is left."""


class Budget:
    """What is left for a container and all that are inside it."""

    def __init__(self, largest: int) -> None:
        """`largest` is how many bytes one file may have."""
        self._largest = largest
        self._members = MAX_MEMBERS
        self._bytes = MAX_TOTAL_BYTES

    def count(self, members: int = 1) -> None:
        """Raises Bomb when there are more of them than may be."""
        self._members -= members
        if self._members < 0:
            raise Bomb(f"it holds more than {MAX_MEMBERS:,} files; unpack it and ingest what is in it")

    def read(self, read: Callable[[int], bytes], packed: int | None) -> bytes:
        """All that `read` (of some bytes at a time) gives of a file whose packed size is `packed`.

        Raises UnreadableFile as soon as it is larger than a file may be, or has grown too much, and Bomb when the container has.
        """
        parts: list[bytes] = []
        size = 0
        while part := read(_CHUNK):
            size += len(part)
            self._bytes -= len(part)
            if self._bytes < 0:
                raise Bomb(f"its files have more than {MAX_TOTAL_BYTES:,} bytes together; unpack it and ingest what is in it")
            if size > self._largest:
                raise UnreadableFile(f"it has over {self._largest:,} bytes, which is the limit; split it, or raise FANGZHI_MAX_FILE_BYTES")
            if packed is not None and size > _FREE and size > packed * MAX_RATIO:
                raise UnreadableFile(
                    f"it unpacks to more than {MAX_RATIO} times its packed size, as only made-up files do; unpack it and ingest it"
                )
            parts.append(part)
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a container: the path that the container gives it, and how to read it, which raises UnreadableFile.

    It is to be read before the next entry is asked for, or not at all.
    """

    path: str
    read: Callable[[], bytes]


class Container(Protocol):
    """Opens one format. `extensions` are lower case with their dot; `name` is what people call the format."""

    name: str
    extensions: Sequence[str]

    def holds(self, file: BinaryIO) -> bool:
        """Whether `file` is of this format and no document; leaves it anywhere. Raises nothing for what is damaged."""
        ...

    def entries(self, name: str, file: BinaryIO, budget: Budget) -> Iterator[Entry]:
        """The files in `file`, which is called `name`, in their order; folders, links and devices are no files.

        Raises UnreadableFile for a container that cannot be opened or goes on no further, and Bomb for one that is too large.
        """
        ...
