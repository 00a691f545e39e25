"""What the journal says of originals that were deleted. A line says that one is to go, a second one that it is gone.

Between the two the original and its entries may still be there; whoever writes to the archive next completes it. The lines stay, so that a
rebuild does not take in again what was deleted; the same file may be ingested again, which is a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archive.journal import Line

ADDED, REMOVED, ERASED = "ORIGINAL_ADDED", "ORIGINAL_REMOVED", "ORIGINAL_ERASED"
_EVENTS = re.compile(rb'"event": ?"(ORIGINAL_ADDED|ORIGINAL_REMOVED)", ?"sha256": ?"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """An original that was deleted, by whom (the id of a token), and when (UTC, ISO 8601). `done`: all of it is gone."""

    sha256: str
    name: str
    by: str
    at: str
    done: bool = False


def removals(lines: Iterable[Line]) -> dict[str, Removal]:
    """Those that were deleted and did not come again, by hash."""
    found: dict[str, Removal] = {}
    for line in lines:
        sha256, event = str(line.get("sha256")), line.get("event")
        if event == REMOVED:
            found[sha256] = Removal(sha256=sha256, name=str(line.get("name")), by=str(line.get("by")), at=str(line.get("at")))
        elif event == ADDED:
            found.pop(sha256, None)
        elif event == ERASED and sha256 in found:
            found[sha256] = replace(found[sha256], done=True)
    return found


def removed(sha256: str, name: str, by: str) -> dict[str, str]:
    """The line that says that an original is to go."""
    return {"event": REMOVED, "sha256": sha256, "name": name, "by": by, "at": _now()}


def erased(sha256: str) -> dict[str, str]:
    """The line that says that it is gone."""
    return {"event": ERASED, "sha256": sha256, "at": _now()}


def count(content: bytes) -> int:
    """How many originals a journal names that were not deleted, without parsing it."""
    last = {sha256: event for event, sha256 in _EVENTS.findall(content)}
    return sum(event == ADDED.encode() for event in last.values())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
