"""Plain text."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import UnreadableFile
from ingest.readers.aligned import aligned_tables
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.binary import refuse_binary, refuse_endless
from ingest.readers.encodings import ENCODINGS, decode
from ingest.stages import RawText

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\x1a"


class TextReader:
    """Text files in any encoding that Chinese text comes in. Line breaks stay as they are: offsets lead into the decoded text.

    Rows of figures in columns below a head are tables where they stand.
    """

    name = "plain text"
    extensions: Sequence[str] = (".txt", ".text")
    media_types: Sequence[str] = ("text/plain",)
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The decoded text. Raises UnreadableFile when there is none, or when the bytes are no text."""
        decoded = decode(data)
        if decoded is None:
            raise UnreadableFile(f"it is no text in {ENCODINGS} (binary, or too badly damaged); save it as UTF-8 text")
        text = decoded.text
        if not text.strip().strip(_INVISIBLE).strip():
            raise UnreadableFile("it holds nothing but white space; leave it out or fetch it again")
        controls = refuse_binary(decoded)
        refuse_endless(text)
        found = []
        if decoded.damaged:
            found.append(f"{decoded.damaged} damaged characters could not be decoded as {decoded.encoding}")
        if controls:
            found.append(f"{controls} control character{'s are' if controls > 1 else ' is'} left out (the original keeps what it held)")
        return RawText(source_of(self, name, data, found, decoded.encoding), text, tables=aligned_tables(text), reader=self.name)
