"""Files whose name promises a container and whose bytes are none: plain text that somebody called .doc, or a download that failed."""

from __future__ import annotations

from archive.errors import UnreadableFile
from ingest.readers.txt import TextReader
from ingest.stages import RawText


def as_text(name: str, data: bytes, promised: str) -> RawText:
    """The text of such a file. Raises UnreadableFile when it is none; `promised` is the format of its name."""
    try:
        return TextReader().read(name, data)
    except UnreadableFile as refused:
        reason = f"its name says {promised}, and its bytes are neither that nor text; fetch it again or save it anew"
        raise UnreadableFile(reason) from refused
