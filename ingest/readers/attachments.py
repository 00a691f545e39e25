"""The files that are attached to a mail, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO

from archive.errors import UnreadableFile
from ingest.readers.mail import content, file_name, head, message_of, parts

MAX_ATTACHMENTS = 200
MAX_TOTAL_BYTES = 200_000_000
"""Of all attachments of one mail together, decoded; they are never larger than the mail, whose size is bounded before."""

_SIGN = re.compile(
    rb"message/rfc822|^(?:content-(?:type|disposition)[ \t]*:|[ \t])[^\r\n<]*?(?:attachment|name)", re.IGNORECASE | re.MULTILINE
)


def may_have_attachments(data: bytes) -> bool:
    """Whether to take the mail in `data` apart for attached files: False is certain, and costs a look at its bytes instead of a parse."""
    return _SIGN.search(data.replace(b"\r", b"\n")) is not None


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file attached to the mail in `data`, in their order.

    A mail that is attached comes whole, as an .eml file. Pictures that the body shows in its lines are no attachments. Raises
    UnreadableFile when `data` is no mail, and as `attachments_of` does.
    """
    yield from attachments_of(message_of(data))


def attachments_of(message: Message) -> Iterator[tuple[str, bytes]]:
    """`attachments` of a mail that is taken apart already. Raises UnreadableFile after MAX_ATTACHMENTS when it has more of them."""
    taken = 0
    for number, part in enumerate(attached(message), 1):
        name = file_name(part)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            body = _as_bytes(inner) if isinstance(inner, Message) else content(part)
            name = name or f"{head(inner, 'subject')[:100] if isinstance(inner, Message) else ''}" or f"邮件{number}"
            name = name.replace("/", "_") if name.lower().endswith(".eml") else f"{name}.eml".replace("/", "_")
        else:
            body = content(part)
        taken += len(body)
        if number > MAX_ATTACHMENTS or taken > MAX_TOTAL_BYTES:
            what = f"more than {MAX_ATTACHMENTS} attached files, or more than {MAX_TOTAL_BYTES:,} bytes in them"
            raise UnreadableFile(f"it has {what}; save the others and ingest them")
        yield name or f"附件{number}", body


def attached(message: Message) -> list[Message]:
    """The parts of a mail that are files: marked so, or named and not shown in the body."""
    return [part for part in parts(message) if _is_attached(part)]


def _is_attached(part: Message) -> bool:
    disposition = part.get_content_disposition()
    if disposition == "attachment" or part.get_content_type() == "message/rfc822":
        return True
    shown = disposition == "inline" or part.get("content-id") is not None
    if part.get_content_maintype() == "image" and shown:
        return False
    return file_name(part) is not None


def _as_bytes(message: Message) -> bytes:
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(message)
    return out.getvalue()
