"""What a container file is that shares its first bytes with others: Word, Excel and OFD are ZIP files; Word 97 and Excel 97 OLE files."""

from __future__ import annotations

import re
from io import BytesIO

import olefile

from archive.errors import UnreadableFile
from ingest.readers.packages import Package

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = (b"\xd0\xcf\x11\xe0",)
"""Half of it: a file that goes on in another way is a damaged one, for no text has a control character there."""

PLAIN_ZIP = "application/zip"
"""A ZIP file that is none of the documents below: an archive of files."""

UNKNOWN_OLE = "application/x-ole-storage"

_MAIN_PART = re.compile(rb"""ContentType\s*=\s*["']([\w.+/-]{8,100})\.main(?:\+xml)?["']""")
_MAX_CONTENT_TYPES = 1_000_000  # bytes; 130 or so for each part
_MARKS = (("ofd.xml", "application/ofd"), ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
"""Members that tell a ZIP document without a list of content types or a `mimetype`, and its media type."""

STREAMS = (
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("CONTENTS", "application/vnd.ms-works"),
    ("MatOST", "application/vnd.ms-works"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("HwpSummaryInformation", "application/x-hwp"),
)
"""Streams at the root of an OLE file and the media type that each of them proves, the surest first."""


def media_type_inside(data: bytes) -> str | None:
    """The media type of a ZIP or OLE document, by what is in it; None for any other file. PLAIN_ZIP and UNKNOWN_OLE are what is left.

    Raises UnreadableFile when the container is damaged.
    """
    if data.startswith(ZIP_MAGIC):
        return _zip_type(Package(data))
    if data.startswith(OLE_MAGIC):
        return _ole_type(data)
    return None


def _zip_type(package: Package) -> str:
    mimetype = package.head("mimetype", 200).decode("ascii", "replace").strip()
    if mimetype:
        return mimetype
    declared = _MAIN_PART.search(package.head("[Content_Types].xml", _MAX_CONTENT_TYPES))
    if declared:
        return declared[1].decode("ascii")
    return next((media_type for member, media_type in _MARKS if member in package), PLAIN_ZIP)


def _ole_type(data: bytes) -> str:
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            streams = {path[0].lower() for path in ole.listdir() if len(path) == 1}
    except Exception as error:  # whatever the library trips over in a damaged file, recursion included
        raise UnreadableFile(f"it is a damaged Office 97 file ({type(error).__name__}); fetch it again or save it anew") from error
    return next((media_type for name, media_type in STREAMS if name.lower() in streams), UNKNOWN_OLE)
