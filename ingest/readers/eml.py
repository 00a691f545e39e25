"""Mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message
from email.utils import parseaddr

from archive.errors import UnreadableFile
from ingest.readers.attachments import attached
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.builder import TextBuilder
from ingest.readers.mail import content, day_of, file_name, head, message_of, parts
from ingest.readers.replies import without_replies
from ingest.readers.web.blocks import Block, page_of
from ingest.readers.web.compose import broken_off, put
from ingest.readers.web.metadata import senders
from ingest.readers.web.source import decoded_page, parsed
from ingest.stages import FileMeta, RawText

_PREFIXES = re.compile(r"^(?:(?:re|fwd?|回复|答复|转发|转)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)
_TNEF = "application/ms-tnef"
_FAR_SHORTER = 5  # times: a plain part that only says that the mail is to be read elsewhere


class EmlReader:
    """Mail as it was sent. The text is its subject and what its writer wrote; quoted replies and signatures are set apart.

    Attached files are documents of their own (`ingest.readers.attachments`). Addresses are kept nowhere but in the original.
    """

    name = "mail"
    extensions: Sequence[str] = (".eml",)
    media_types: Sequence[str] = ("message/rfc822",)
    magic: Sequence[bytes] = (b"Received: ", b"Return-Path: ", b"Delivered-To: ", b"X-Mozilla-Status: ")

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of a mail. Raises UnreadableFile where there is neither a subject nor a body."""
        message = message_of(data)
        subject = _PREFIXES.sub("", head(message, "subject"))
        warnings: list[str] = []
        if any(part.get_content_type() == _TNEF or (file_name(part) or "").lower() == "winmail.dat" for part in parts(message)):
            warnings.append("its attachments are packed in winmail.dat, which is not opened; ask for them as files of their own")
        blocks, plain, damaged = _body(message)
        if damaged:
            warnings.append(f"{damaged} damaged characters could not be decoded")
        kept, apart = without_replies(blocks)
        if not any(block.text for block in kept):
            if not (subject and attached(message)):
                raise UnreadableFile("it holds no text of its own; leave it out, or save what is in it as files of their own")
            kept = []  # it only brings its files: its subject and its day say where these come from
        titled = bool(subject) and (not kept or "".join(kept[0].text.split()) != "".join(subject.split()))
        builder = TextBuilder()
        put(builder, [Block(subject), *kept] if titled else kept, {0} if subject else ())
        built = builder.built()
        return RawText(
            source_of(self, name, data, warnings),
            built.text,
            built.layout,
            built.tables,
            built.headings,
            meta=FileMeta(title=subject or None, authors=senders(parseaddr(head(message, "from"))[0]), published=day_of(message)),
            paragraphs=not plain and not broken_off(kept),
            reader=self.name,
            set_apart=apart,
        )


def _body(message: Message) -> tuple[list[Block], bool, int]:
    """What the writer wrote, whether it came as plain text, and how many characters are damaged."""
    files = attached(message)
    shown = [part for part in parts(message) if not any(part is file for file in files)]
    plain, damage = _plain_blocks([part for part in shown if part.get_content_type() == "text/plain"])
    pages = [part for part in shown if part.get_content_type() == "text/html"]
    rich: list[Block] = []
    for part in pages:
        page = decoded_page(content(part))
        damage += page.damaged
        if page.text.strip():
            rich += page_of(parsed(page.text).root).blocks
    if rich and _size(plain) * _FAR_SHORTER < _size(rich):
        return rich, False, damage
    return plain, True, damage


def _plain_blocks(found: Sequence[Message]) -> tuple[list[Block], int]:
    blocks: list[Block] = []
    damage = 0
    for part in found:
        page = decoded_page(content(part))
        damage += page.damaged
        blocks += [Block(line.strip()) for line in page.text.replace("\t", " ").split("\n") if line.strip()]
    return blocks, damage


def _size(blocks: Sequence[Block]) -> int:
    return sum(len("".join(block.text.split())) for block in blocks)
