"""The file formats that can be read. To add one: its file in this folder, and its line in READERS."""

from __future__ import annotations

from pathlib import PurePath

from archive.errors import UnreadableFile
from ingest.readers import office
from ingest.readers.base import Reader, ReadOptions
from ingest.readers.delimited import DelimitedReader
from ingest.readers.docx import DocxReader
from ingest.readers.eml import EmlReader
from ingest.readers.encodings import ENCODINGS, decode
from ingest.readers.foreign import FOREIGN, recognised
from ingest.readers.html import HtmlReader
from ingest.readers.inside import OLE_MAGIC, ZIP_MAGIC, media_type_inside
from ingest.readers.markdown import MarkdownReader
from ingest.readers.mhtml import MhtmlReader
from ingest.readers.misnamed import as_text
from ingest.readers.ods import OdsReader
from ingest.readers.ofd import OfdReader
from ingest.readers.pdf import PdfReader
from ingest.readers.picture import PICTURES
from ingest.readers.txt import TextReader
from ingest.readers.xls import XlsReader
from ingest.readers.xlsx import XlsxReader
from ingest.stages import RawText

_MAIL = EmlReader()

READERS: tuple[Reader, ...] = (
    DocxReader(),
    office.WORD_97,
    office.RTF,
    office.OPEN_DOCUMENT,
    office.WORKS,
    OfdReader(),
    PdfReader(),
    XlsxReader(),
    XlsReader(),
    OdsReader(),
    DelimitedReader(),
    _MAIL,
    HtmlReader(),
    MarkdownReader(),
    MhtmlReader(),
    *PICTURES,
    TextReader(),
)
"""In order of preference; the last one is tried for a file that none of the others claims."""

MAX_BYTES = 50_000_000
"""The largest file that is read unless a setting says otherwise."""

_SAMPLE = 20_000  # bytes that tell whether a file is a text; the last character of them may be cut in the middle, so up to 3 fewer do
_START = 1_000  # bytes in which a format is proved, behind the blank lines that servers put before a page


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
    """The text of a file called `name`, by the reader whose first bytes, or else whose extension, it has; of a ZIP or OLE container by
    what is in it (`media_type_inside`).

    Raises UnreadableFile with the reason and what to do: empty, over `limit` bytes, a format that is not read, damaged, or no text at all.
    """
    check_size(len(data), limit)
    inside = media_type_inside(data)
    foreign = recognised(data, inside)
    if foreign is not None:
        raise UnreadableFile(f"it looks like {foreign.name}, a format that is not read; {foreign.advice}")
    reader = _reader_of(name, data, inside)
    extension = PurePath(name).suffix.lower()
    promised = next((row.name for row in FOREIGN if extension in row.extensions), None) if reader is READERS[-1] else None
    return as_text(name, data, promised) if promised else reader.read(name, data, options)


def kind_of(data: bytes) -> str:
    """The media type of a file by its content, whatever it is called; nothing of it is read.

    Raises UnreadableFile for a format that is not read, and for bytes that are in no format and no text.
    """
    inside = media_type_inside(data)
    foreign = recognised(data, inside)
    if foreign is not None:
        raise UnreadableFile(f"it looks like {foreign.name}, a format that is not read; {foreign.advice}")
    reader = _reader_of("", data, inside)
    if reader is READERS[-1] and not any(decode(data[:end]) for end in range(_SAMPLE, _SAMPLE - 4, -1)):
        raise UnreadableFile(f"it is in no format that is read, and no text in {ENCODINGS}; send the document itself")
    return inside or reader.media_types[0]


def is_plain(name: str, data: bytes) -> bool:
    """Whether a file is read as plain text, by its first bytes and its name; nothing in it is opened to tell."""
    return _is_read_by(READERS[-1], name, data)


def is_mail(name: str, data: bytes) -> bool:
    """Whether a file is read as mail, to which others may be attached; told as `is_plain` does."""
    return _is_read_by(_MAIL, name, data)


def _is_read_by(reader: Reader, name: str, data: bytes) -> bool:
    return not data.startswith((*ZIP_MAGIC, *OLE_MAGIC)) and recognised(data) is None and _reader_of(name, data, None) is reader


def _reader_of(name: str, data: bytes, inside: str | None) -> Reader:
    if inside is not None:
        for reader in READERS:
            if inside in reader.media_types:
                return reader
        raise UnreadableFile(f"it is a container of a kind that is not read ({inside}); save it as .docx, PDF or text")
    extension = PurePath(name).suffix.lower()
    start = data[:_START].lstrip(b" \t\r\n")
    by_magic = (reader for reader in READERS if reader.magic and start.startswith(tuple(reader.magic)))
    by_extension = (reader for reader in READERS if extension in reader.extensions)
    return next(by_magic, None) or next(by_extension, None) or READERS[-1]
