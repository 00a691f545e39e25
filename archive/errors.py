"""Every error that Fangzhi raises on purpose, in one tree; each says what to do.

ArchiveError
├── UnreadableFile        the file cannot be turned into text; the batch goes on
├── ArchiveLocked         another process writes to this archive
├── ArchiveCorrupt        what is kept no longer matches its hash or its index
├── ArchiveMissing        no archive stands at this place yet
├── BadRequest            the caller asked for something that makes no sense
│   └── BadCursor         a paging cursor that this archive never gave out
└── SearchUnavailable     the engine cannot answer now; try again
"""

from __future__ import annotations

from typing import ClassVar


class ArchiveError(Exception):
    """A failure with a sentence for people, a code for programs and an exit code for shells."""

    code: ClassVar[str] = "INTERNAL"
    exit_code: ClassVar[int] = 1


class UnreadableFile(ArchiveError):
    """A file that no reader can turn into text: binary, empty, oversized or missing."""

    code = "UNREADABLE_FILE"


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive; wait for it or stop it."""

    code = "ARCHIVE_LOCKED"


class ArchiveCorrupt(ArchiveError):
    """What is kept does not match its hash, or the index does not open; `fangzhi rebuild` mends the index."""

    code = "ARCHIVE_CORRUPT"


class ArchiveMissing(ArchiveError):
    """There is no archive at this place; `fangzhi ingest` makes one."""

    code = "ARCHIVE_MISSING"


class BadRequest(ArchiveError):
    """An argument out of its range or of the wrong form."""

    code = "BAD_REQUEST"
    exit_code = 2


class BadCursor(BadRequest):
    """A cursor that was not given out by this archive."""

    code = "BAD_CURSOR"


class SearchUnavailable(ArchiveError):
    """The search engine does not answer; the originals are not touched by this."""

    code = "SEARCH_UNAVAILABLE"
