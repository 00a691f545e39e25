"""What a reader of one file format is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ingest.stages import RawText


class Reader(Protocol):
    """Turns the bytes of one format into text. It carries all that is known about the format; no other module names it.

    `name` is what people call the format. `extensions` are lower case with their dot. `magic` are the first bytes that prove the format, if
    it has any; `media_types` come in order of preference, the first one is stored.
    """

    name: str
    extensions: Sequence[str]
    media_types: Sequence[str]
    magic: Sequence[bytes]

    def read(self, name: str, data: bytes) -> RawText:
        """The text of `data`, a file called `name`; deterministic.

        Raises UnreadableFile with the reason and what to do about it.
        """
        ...
