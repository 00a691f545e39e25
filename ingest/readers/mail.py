"""Messages in the form of internet mail (MIME): their heads, whatever encoding those are in, and their parts. For mail and saved pages."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime

from archive.errors import UnreadableFile
from ingest.readers.encodings import decode
from ingest.readers.web.source import codec_of

MAX_PARTS = 1_000
"""A page saved whole has some hundreds of pictures."""

_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MAX_MULTIPARTS = 60  # nested or not: the parser goes one call deeper for each level
_SPACE = re.compile(r"\s+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]+")
_LONGEST_NAME = 150
_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/]+")


def message_of(data: bytes) -> Message:
    """The message in `data`. Raises UnreadableFile where it is none, or built to hurt."""
    if len(_MULTIPART.findall(data)) > _MAX_MULTIPARTS:
        raise UnreadableFile(f"it has more than {_MAX_MULTIPARTS} multipart bodies within each other; save the parts that you want")
    try:
        message = message_from_bytes(data.lstrip(b"\r\n \t"))
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        raise UnreadableFile(f"it is no message that can be taken apart ({type(error).__name__}); save it again") from None
    if not message.keys():
        raise UnreadableFile("it is no message: it has no head; save it again, or as text")
    return message


def head(message: Message, name: str) -> str:
    """The field `name` of a message's head, decoded; empty when it has none. Bare GBK and UTF-8 are told by their look."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return _decoded(str(raw))


def _decoded(raw: str) -> str:
    text = _plain(raw)
    if "=?" in text:
        with suppress(HeaderParseError):  # a broken encoded word stays as it is
            text = "".join(_word(word, charset) for word, charset in decode_header(text))
    return _SPACE.sub(" ", text).strip()


def _plain(raw: str) -> str:
    """A field whose bytes beyond ASCII came through as surrogates."""
    if raw.isascii():
        return raw
    found = decode(raw.encode("utf-8", "surrogateescape"))
    return found.text if found else raw.encode("ascii", "replace").decode()


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    if charset is None or charset == "unknown-8bit":
        return word.decode("ascii", "replace")
    return word.decode(codec_of(charset) or "utf-8", "replace")


def day_of(message: Message) -> str | None:
    """The day of a message's date where it was written, as YYYY-MM-DD."""
    try:
        sent = parsedate_to_datetime(head(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).date().isoformat()


def parts(message: Message) -> Iterator[Message]:
    """The parts of a message that hold something, in order, at most MAX_PARTS. A message in a message is one part."""
    waiting = [message]
    count = 0
    while waiting and count < MAX_PARTS:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting += reversed([inner for inner in part.get_payload() if isinstance(inner, Message)])
        else:
            count += 1
            yield part


def content(part: Message) -> bytes:
    """The bytes of a part, decoded from base64 or quoted-printable; what is damaged in them comes as it stands.

    Of base64 that broke off in the middle of a byte comes what is whole; the library gives its letters, which look like a text.
    """
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b""
    if head(part, "content-transfer-encoding").lower() == "base64" and payload and payload == _letters(part):
        letters = _NO_LETTER.sub(b"", payload)
        return b64decode(letters[: len(letters) // 4 * 4])
    return payload


def _letters(part: Message) -> bytes:
    raw = part.get_payload()
    return raw.encode("ascii", "surrogateescape") if isinstance(raw, str) else b""


def file_name(part: Message) -> str | None:
    """The file name that a part gives itself, without folders and what a file system would not show; None when it gives none.

    RFC 2047, RFC 2231 and bare bytes in GBK or UTF-8 are read.
    """
    for field, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        raw = next((str(value) for key, value in part.raw_items() if key.lower() == field), None)
        if raw is None:
            continue
        holder = Message()
        holder[field] = _SPACE.sub(" ", _plain(raw))
        value = holder.get_param(parameter, header=field)
        if not value:
            continue
        given = _rfc2231(value) if isinstance(value, tuple) else _decoded(value)
        name = _UNSAFE.sub("_", re.split(r"[/\\]", given)[-1]).strip(" ._")[-_LONGEST_NAME:]
        if name:
            return name
    return None


def _rfc2231(value: tuple[str | None, str | None, str]) -> str:
    charset, language, text = value
    codec = codec_of(charset or "utf-8") or "utf-8"
    return collapse_rfc2231_value((codec, language, text), errors="replace")
