"""The file formats that can be read. To add one: its file in this folder, and its line in READERS."""

from __future__ import annotations

from pathlib import PurePath

from archive.errors import UnreadableFile
from ingest.readers.base import Reader, ReadOptions
from ingest.readers.foreign import FOREIGN, recognised
from ingest.readers.txt import TextReader
from ingest.stages import RawText

READERS: tuple[Reader, ...] = (TextReader(),)
"""In order of preference; the last one is tried for a file that none of the others claims."""

MAX_BYTES = 50_000_000
"""The largest file that is read unless a setting says otherwise."""


def known_extensions() -> frozenset[str]:
    """The extensions of documents, read or not: what a folder is searched for."""
    readable = [extension for reader in READERS for extension in reader.extensions]
    foreign = [extension for row in FOREIGN for extension in row.extensions]
    return frozenset((*readable, *foreign))


def check_size(size: int, limit: int = MAX_BYTES) -> None:
    """Raise UnreadableFile when a file of `size` bytes is empty or over `limit`; for use before it is loaded."""
    if size == 0:
        raise UnreadableFile("it is empty; leave it out or fetch it again")
    if size > limit:
        raise UnreadableFile(f"it has {size:,} bytes and the limit is {limit:,}; split it, or raise FANGZHI_MAX_FILE_BYTES")


def read(name: str, data: bytes, limit: int = MAX_BYTES, options: ReadOptions = ReadOptions()) -> RawText:
    """The text of a file called `name`, by the reader whose first bytes, or else whose extension, it has.

    Raises UnreadableFile with the reason and what to do: empty, over `limit` bytes, a format that is not read yet, or no text at all.
    """
    check_size(len(data), limit)
    foreign = recognised(data)
    if foreign is not None:
        raise UnreadableFile(f"it looks like {foreign.name}, a format that is not read yet; {foreign.advice}")
    extension = PurePath(name).suffix.lower()
    by_magic = (reader for reader in READERS if reader.magic and data.startswith(tuple(reader.magic)))
    by_extension = (reader for reader in READERS if extension in reader.extensions)
    reader = next(by_magic, None) or next(by_extension, None) or READERS[-1]
    return reader.read(name, data, options)
