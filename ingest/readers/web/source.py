"""The mark-up of a page: its characters, by evidence before declaration, and a tree of it within bounds, whatever the page holds."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree

from archive.errors import UnreadableFile
from ingest.readers.binary import refuse_binary
from ingest.readers.encodings import ENCODINGS, Decoded, decode

MAX_ATTRIBUTES = 1_000
"""On one tag; libxml2 looks at every pair of them: 10,000 take 0.1 s, 300,000 over 45 s."""

MAX_WORDS_IN_TAGS = 2_000_000
"""Names and values of attributes on a whole page. The largest pages seen have a tenth of it; each attribute takes 300 bytes of memory."""

_LONG_TAG = 2 * MAX_ATTRIBUTES  # bytes: shorter tags have no room for more attributes
_SHORT_TAG = 80
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SILENT = ("script", "style", "template", "noscript", "iframe", "noframes", "noembed", "svg", "xmp", "title")
_WORDS = re.compile(rb"(?:[\x80-\xff][\x30-\x39\x40-\xff]?)+")
"""Runs of characters beyond ASCII in UTF-8, GB18030 and Big5: no byte of theirs is `<`, a quotation mark or a space."""
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_FAMILIES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
_READ = frozenset(("utf-8", "utf8", "gb18030", "big5hkscs", "utf-16", "utf-16le", "utf-16be"))
_HEAD_BYTES = 4_096  # where a page says its encoding; browsers look at the first 1,024

_TAG = re.compile(r"""<[a-zA-Z][^>=]*(?:=\s*(?:"[^"]*"|'[^']*'|)[^>=]*){0,1000}""")
_TAG_GOES_ON = re.compile(r"""(?:=\s*(?:"[^"]*"|'[^']*'|)[^>=]*){1,1000}""")
_TAG_NAME = re.compile(r"<[a-zA-Z][^\s/>=]{0,40}")
_BREAKING = re.compile(r"</?(?:p|div|br|tr|li|table|h[1-6]|section|article|dd|dt|ul|ol|blockquote|pre|td|th|center|form)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page as a tree, the characters it was made of, and what was lost or bent on the way, in words."""

    root: etree._Element
    warnings: tuple[str, ...]


def decoded_page(data: bytes) -> Decoded:
    """The characters of a page.

    Its encoding is told by the words in it, without the mark-up: pages declare GB2312 and hold UTF-8. What it declares decides only
    where the words do not. Raises UnreadableFile when nothing reads it.
    """
    if data.startswith(_BOMS) or data[:200].count(0) > 20:
        found = decode(data)
    else:
        words = b" ".join(_WORDS.findall(data))
        by_words = decode(words) if words else Decoded("", "utf-8")
        found = _whole(data, by_words.encoding) if by_words else None
        found = found or _as_declared(data) or decode(data)
    if found is None:
        raise UnreadableFile(f"its characters are in no encoding that is read ({ENCODINGS}); save the page as UTF-8")
    refuse_binary(found)
    return Decoded(found.text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"), found.encoding, found.damaged)


def _whole(data: bytes, codec: str) -> Decoded | None:
    """All of the page in the encoding of its words; damage is counted, and too much of it proves another encoding."""
    text = data.decode(codec, "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    return Decoded(text, codec, max(0, damaged)) if damaged <= max(1, len(text) // 1000) else None


def _as_declared(data: bytes) -> Decoded | None:
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    codec = codec_of(declared[1].decode("ascii")) if declared else None
    return _whole(data, codec) if codec else None


def codec_of(name: str) -> str | None:
    """The encoding that is meant by a declared name: GB2312 and GBK are read as GB18030, which holds them. None for one not read here."""
    lower = name.strip().lower()
    codec = _FAMILIES.get(lower, lower)
    return codec if codec in _READ else None


def parsed(text: str) -> Parsed:
    """The tree of a page. One that nests deeper than the parser goes is read as lines without structure, and says so."""
    warnings: list[str] = []
    safe = without_floods(text)
    if safe is not text:
        warnings.append(f"a tag has more than {MAX_ATTRIBUTES:,} attributes; they were passed over")
    root, complete = _tree(safe)
    if not complete:
        warnings.append("its elements are nested deeper than is read; its lines are kept, without tables and headings; check it")
        root, _ = _tree(as_lines(safe))
    if root is None:
        raise UnreadableFile("it holds no text; save the page after it has loaded")
    return Parsed(root, tuple(warnings))


def _tree(text: str) -> tuple[etree._Element | None, bool]:
    """The tree of some mark-up, and whether libxml2 read it to its end: above 2,048 levels it stops, silently but for its log."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_blank_text=False)
    try:
        root = etree.fromstring(_XML_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it but white space or comments
        root = None
    complete = not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return root, complete


def without_floods(text: str) -> str:
    """The mark-up, where a tag with more attributes than MAX_ATTRIBUTES keeps none; the same object where there is no such tag.

    Raises UnreadableFile where the attributes of all tags together are too many.
    """
    flooded = False
    words = 0
    for found in _TAG.finditer(text):
        words += found[0].count(" ") if found.end() - found.start() > _SHORT_TAG else 1
        flooded = flooded or _is_flood(found, text)
    if flooded:
        return _bare(without_silent(text))
    if words > MAX_WORDS_IN_TAGS:
        raise UnreadableFile(f"its tags hold more than {MAX_WORDS_IN_TAGS:,} attributes; save the page's text as a .txt file")
    return text


def _bare(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while (found := _TAG.search(text, at)) is not None:
        end = found.end()
        if _is_flood(found, text):
            while (more := _TAG_GOES_ON.match(text, end)) is not None:
                end = more.end()
            name = _TAG_NAME.match(text, found.start())
            pieces += [text[at : found.start()], name[0] if name else "<p"]
        else:
            pieces.append(text[at:end])
        at = end
    return "".join([*pieces, text[at:]])


def _is_flood(tag: re.Match[str], text: str) -> bool:
    length = tag.end() - tag.start()
    return length > _LONG_TAG and (text[tag.end() : tag.end() + 1] == "=" or len(tag[0].split()) > MAX_ATTRIBUTES)


def without_silent(text: str) -> str:
    """The mark-up without comments, and without the elements whose characters are no text of the page (scripts, styles)."""
    pieces: list[str] = []
    at = 0
    opening = re.compile(rf"<!--|<({'|'.join(_SILENT)})\b", re.IGNORECASE)
    while (found := opening.search(text, at)) is not None:
        pieces.append(text[at : found.start()])
        closing = re.compile(rf"</{found[1]}\b[^>]*>" if found[1] else "-->", re.IGNORECASE).search(text, found.end())
        if closing is None:  # as a browser does: what is never closed swallows the rest
            return "".join(pieces)
        at = closing.end()
    return "".join([*pieces, text[at:]])


def as_lines(text: str) -> str:
    """The mark-up as nothing but lines: each tag that begins a block begins a line, all others go. Linear in the length, at any depth."""
    pieces: list[str] = []
    at = 0
    bare = without_silent(text)
    for found in re.finditer(r"<[/a-zA-Z!?][^>]*>?", bare):
        pieces.append(bare[at : found.start()])
        if _BREAKING.match(found[0]):
            pieces.append("\n")
        at = found.end()
    lines = html.unescape("".join([*pieces, bare[at:]])).split("\n")
    return "<html><body>" + "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line.strip()) + "</body></html>"
