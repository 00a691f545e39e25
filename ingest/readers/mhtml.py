"""Web pages saved whole in one file (MHTML: the page and its pictures as parts of a message)."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message

from archive.errors import UnreadableFile
from ingest.readers.base import ReadOptions
from ingest.readers.eml import EmlReader
from ingest.readers.html import read_page
from ingest.readers.mail import content, message_of, parts
from ingest.readers.web.source import decoded_page
from ingest.stages import RawText

_SENT = ("to", "received", "message-id", "delivered-to")


class MhtmlReader:
    """Pages saved as .mht by browsers, and by Word under .doc. The root page is read as any other page; pictures are passed over."""

    name = "web page with its pictures"
    extensions: Sequence[str] = (".mht", ".mhtml")
    media_types: Sequence[str] = ("multipart/related", "application/x-mimearchive")
    magic: Sequence[bytes] = (b"MIME-Version:", b"Mime-Version:", b"From: <Saved by", b'From: "Saved by', b"Snapshot-Content-Location:")

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The article of the page. Raises UnreadableFile where the message holds no page, or the page no article."""
        message = message_of(data)
        if any(message.get(field) for field in _SENT):
            return EmlReader().read(name, data, options)
        root = _root(message)
        if root is None:
            raise UnreadableFile("it holds no web page; save the page again, as HTML")
        return read_page(self, name, data, decoded_page(content(root)))


def _root(message: Message) -> Message | None:
    """The part that is the page: the one that the head calls the start, or the first; of frames the one with the most text."""
    pages = [part for part in parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(message.get_param("start") or "").strip("<> ")
    named = [part for part in pages if start and (part.get("content-id") or "").strip("<> ") == start]
    root = next(iter([*named, *pages]), None)
    if root is not None and b"<frameset" in content(root).lower():
        return max(pages, key=lambda part: (part is not root, len(content(part))))
    return root
