"""XML parts of Office packages, read without entities, without the network and without trust in their depth."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from archive.errors import UnreadableFile

Element = etree._Element

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
"""Namespaces of the strict variety of Office Open XML and those of the usual one."""

MAX_TAGS = 4_000_000
"""In one part. A single table of 490,000 rows of one word, 4,900,000 tags, took 966 MB: a table is read as a whole."""


def parsed(data: bytes, part: str) -> Element | None:
    """The root of a whole part; None when it is empty or not there. Raises UnreadableFile when it is damaged."""
    if not data:
        return None
    _check(data, part)
    try:
        return etree.fromstring(
            _usual(data), etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        )
    except etree.XMLSyntaxError as error:
        raise _damaged(part, error) from error


def children(data: bytes, part: str, parent: str, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements called one of `tags` right below the one called `parent`, one at a time: each is gone when the next one is asked for.

    Raises UnreadableFile when the part is damaged.
    """
    _check(data, part)
    events = etree.iterparse(
        BytesIO(_usual(data)),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            above = element.getparent()
            if above is None or above.tag != parent:
                continue
            yield element
            element.clear()
            while element.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        raise _damaged(part, error) from error


def _check(data: bytes, part: str) -> None:
    if data.count(b"<") > MAX_TAGS:
        raise UnreadableFile(f"its part {part} has more than {MAX_TAGS:,} tags, the limit; split the document")


def _usual(data: bytes) -> bytes:
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def _damaged(part: str, error: etree.XMLSyntaxError) -> UnreadableFile:
    return UnreadableFile(f"its part {part} is damaged ({error.msg}); open it in an office program and save it anew")
