"""File names as text, fit to be shown; and which of them no person has given."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # Unicode categories of characters that would not show, or would mislead
_LEFT_BEHIND = re.compile(r"\..*|~\$.*|__MACOSX|thumbs\.db|desktop\.ini", re.IGNORECASE)


def readable(name: str) -> str:
    """A file name as text, whatever encoding its file system keeps it in: names in GB18030 are common in old collections."""
    data = os.fsencode(name)
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


def shown(path: Path | str) -> str:
    """A path or name as one line of text that a terminal shows as it stands: control and format characters are escaped."""
    text = readable(str(path))
    return "".join(ascii(char)[1:-1] if unicodedata.category(char) in _UNSHOWN else char for char in text)


def left_behind(name: str) -> bool:
    """Whether systems and programs leave files or folders of this name beside documents.

    Hidden ones, Word's marks of files that are open (~$), the Finder's forks (__MACOSX), pictures of a folder.
    """
    return _LEFT_BEHIND.fullmatch(name) is not None
