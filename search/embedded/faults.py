"""What tantivy says when something is wrong, in our own errors. It has one exception type for everything, so its words decide.

They go to the log and stay in `__cause__`; the sentence for people is ours alone.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import ArchiveError, ArchiveLocked, SearchUnavailable
from search.embedded.storage import corrupt

log = logging.getLogger("fangzhi.search")

_FULL = "the disk is full: what was acknowledged before is safe; free some space and do this again"
_HELD = "Failed to acquire Lockfile"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def translated() -> Iterator[None]:
    """Raises archive.errors for every failure of tantivy or of the file system within; our own errors pass."""
    try:
        yield
    except ArchiveError:
        raise
    except OSError as error:
        raise _of_system(error) from error
    except ValueError as error:
        log.info("the search engine said: %s", error)
        raise of_engine(str(error)) from error
    except BaseException as error:  # a Rust panic is no Exception and has no importable type
        if type(error).__module__ != "pyo3_runtime":
            raise
        log.info("the search engine failed: %s", error)
        raise SearchUnavailable("the search engine failed; do this again, and run `fangzhi rebuild` if it fails again") from error


def of_engine(message: str) -> ArchiveError:
    """The error for what tantivy said; damage is assumed where nothing else is known, because requests are checked before."""
    if is_full(message):
        return SearchUnavailable(_FULL)
    if "writer was killed" in message:
        return SearchUnavailable("the search index could not be written, perhaps because the disk is full; check it and do this again")
    if message.startswith(_HELD):  # the word alone also stands in the list of files, which is quoted when it is damaged
        return ArchiveLocked("another program has the search index open for writing; stop it and try again")
    if "ermission denied" in message or "ead-only" in message:
        return SearchUnavailable("the search index may not be read or written; check who owns its folder")
    return corrupt("cannot be read")


def is_full(message: str) -> bool:
    """Whether tantivy ran out of disk, of quota, or of the size that a file may have."""
    return any(f"os error {number}" in message for number in _NO_ROOM)


def _of_system(error: OSError) -> ArchiveError:
    if error.errno in _NO_ROOM:
        return SearchUnavailable(_FULL)
    return SearchUnavailable(f"the search index may not be read or written ({error}); check its folder and try again")
