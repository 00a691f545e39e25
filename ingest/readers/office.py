"""Documents of other word processors (Word 97, WPS, RTF, OpenDocument), made into Word files by LibreOffice and read as those."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

import olefile

from archive.errors import UnreadableFile
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.docx import DocxReader
from ingest.readers.inside import OLE_MAGIC, ZIP_MAGIC
from ingest.readers.misnamed import as_text
from ingest.readers.packages import Package
from ingest.readers.soffice import to_docx
from ingest.stages import RawText

_PASSWORD = "a password protects it; open it with the password and save it without one"  # noqa: S105 a sentence
_ENCRYPTED = 0x0100  # bit of the flags at offset 10 of the stream WordDocument ([MS-DOC] 2.5.2, fEncrypted)
_MANIFEST = "META-INF/manifest.xml"


def _word_97_is_locked(data: bytes) -> bool:
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole, ole.openstream("WordDocument") as stream:
            head = stream.read(12)
    except Exception:  # whatever the library trips over in a damaged file: LibreOffice will say
        return False
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)


def _open_document_is_locked(data: bytes) -> bool:
    return b"encryption-data" in Package(data).read(_MANIFEST, 1_000_000)


def _never_locked(_: bytes) -> bool:
    return False


@dataclass
class OfficeReader:
    """One format that LibreOffice reads for us. Places are numbers of paragraphs and addresses of cells, as in Word files.

    `suffix` is the ending that LibreOffice knows it by, `locked` says whether a file needs a password.
    """

    name: str
    extensions: Sequence[str]
    media_types: Sequence[str]
    suffix: str
    magic: Sequence[bytes] = ()
    locked: Callable[[bytes], bool] = field(default=_never_locked, repr=False)

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of `data`. Raises UnreadableFile: LibreOffice is not there, cannot open it, or takes too long; a password locks it."""
        if not data.startswith((*self.magic, *ZIP_MAGIC, *OLE_MAGIC)):
            return as_text(name, data, self.name)
        if self.locked(data):
            raise UnreadableFile(_PASSWORD)
        raw = DocxReader().read(name, to_docx(data, self.suffix), options)
        source = source_of(self, name, data, raw.source.warnings)
        return replace(raw, source=source, reader=f"{self.name}, through LibreOffice")


_OPEN = "application/vnd.oasis.opendocument.text"

WORD_97 = OfficeReader("Word 97", (".doc", ".dot", ".wps", ".wpt"), ("application/msword",), ".doc", locked=_word_97_is_locked)
WORKS = OfficeReader("Works", (), ("application/vnd.ms-works",), ".wps")
RTF = OfficeReader("RTF", (".rtf",), ("application/rtf",), ".rtf", (b"{\\rtf",))
OPEN_DOCUMENT = OfficeReader(
    "OpenDocument",
    (".odt", ".ott", ".oth"),
    (_OPEN, f"{_OPEN}-template", f"{_OPEN}-web"),
    ".odt",
    locked=_open_document_is_locked,
)

CONVERTED = frozenset(media_type for reader in (WORD_97, WORKS, RTF, OPEN_DOCUMENT) for media_type in reader.media_types)
"""The media types of files that were read through another program."""
