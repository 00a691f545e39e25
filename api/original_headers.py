"""The headers under which an original goes out: what a browser may show, under which name it is kept, and that nothing in it is run.

An original is a stranger's file. What a browser could take for a page of ours (HTML, SVG, XML, Office files) is only ever downloaded, and
whatever it shows it shows without scripts, without network and in no origin.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from archive.records import Source

SHOWN = frozenset(("text/plain", "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"))
"""Media types that a browser shows without running anything that stands in them; all others are downloaded."""

UNKNOWN = "application/octet-stream"

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}", re.ASCII)
_CHARSETS = {"big5hkscs": "big5"}
"""Names of codecs that the web knows by another one; its Big5 holds the characters of Hong Kong."""
_CHARSET = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,40}", re.ASCII)
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f"/\\\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
"""Not part of a file name: controls, marks of direction (they disguise an extension), parts of paths and halves of pairs."""

SAFE = {
    "content-security-policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
"""What keeps a stranger's file from acting in our name. Chromium shows a PDF in this sandbox too (tried with 156), from our own pages also
in a frame.
"""


def original_headers(source: Source) -> dict[str, str]:
    """All headers of the file of `source` that do not depend on the request."""
    media_type = media_type_of(source)
    return {
        **SAFE,
        "content-type": content_type(media_type, source.encoding),
        "content-disposition": disposition(source.name, shown=media_type in SHOWN),
        "cache-control": "private, max-age=31536000, immutable",
        "etag": f'"{source.sha256}"',
    }


def media_type_of(source: Source) -> str:
    """The media type of a source, in lower case; that of unknown bytes where what is stored is none."""
    stored = source.media_type.lower()
    return stored if _MEDIA_TYPE.fullmatch(stored) else UNKNOWN


def content_type(media_type: str, encoding: str | None) -> str:
    """With the character set where it is known; nothing is claimed where it is not."""
    if encoding is None or not media_type.startswith("text/"):
        return media_type
    name = encoding.lower().removesuffix("-bom")
    name = _CHARSETS.get(name, name)
    return f"{media_type}; charset={name}" if _CHARSET.fullmatch(name) else media_type


def disposition(name: str, *, shown: bool) -> str:
    """Content-Disposition (RFC 6266) with the name in UTF-8 (RFC 8187), and one in ASCII for programs that know no other."""
    clean = _NO_NAME.sub("_", name).strip() or "original"
    plain = "".join(char if char.isascii() and char not in "%;" else "_" for char in clean)
    kind = "inline" if shown else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
