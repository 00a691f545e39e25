"""What has come into watched folders and is complete: looked at again and again, whoever says that something changed.

Nothing depends on what the system reports, in which order and how often: a folder that was moved in whole, a file that was renamed and one
that came while nobody looked are all the same, files with a stamp that was not dealt with yet.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ingest.files import Failure, walk

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".opdownload", ".tmp", ".temp", ".aria2", ".!ut", ".bc!")
"""Ends of the names that browsers, WinSCP, aria2 and others give to files while they fetch them; some keep an empty file beside it."""
_SCRATCH = re.compile(r"~\$|~syncthing~|~wrl\d", re.IGNORECASE)
"""Begins of the names of Office's lock files and of scratch files that are no document."""
_HELD = 60.0  # seconds after which a file that somebody keeps open without writing to it is taken as it is
_PATIENCE = 5  # settle times that complete files wait for others which are still arriving, so that they are read together


class Stamp(NamedTuple):
    """What tells a file from the one that was there before. `modified` and `changed` (rights, name, content) are times in nanoseconds."""

    node: int
    size: int
    modified: int
    changed: int


class _Seen(NamedTuple):
    stamp: Stamp
    since: float


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the folders found: complete files, how long until the next may be, and what is new and not to be read.

    `wait` is None when nothing is on its way. `passed` are files that look like no document, each named once for each stamp.
    """

    ready: tuple[Path, ...] = ()
    wait: float | None = None
    passed: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()
    gone: tuple[Path, ...] = ()
    back: tuple[Path, ...] = ()


@dataclass(slots=True)
class Arrivals:
    """The files in `folders` and below. `without` are folders that are passed over, such as the archive itself.

    A file is complete when its stamp has not changed for `settle` seconds, nothing with a name for unfinished files stands beside it, and
    nobody has it open for writing, as far as that can be known.
    """

    folders: Sequence[Path]
    settle: float
    without: Sequence[Path] = ()
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _done: dict[Path, Stamp] = field(default_factory=dict)
    _refused: set[Failure] = field(default_factory=set)
    _missing: set[Path] = field(default_factory=set)

    def look(self, now: float) -> Look:
        """Look at all files. `now` is a monotonic time in seconds."""
        missing = {folder for folder in self.folders if not folder.is_dir()}
        gone, back = missing - self._missing, self._missing - missing
        self._missing = missing
        chosen, passed, failures = self._found([folder for folder in self.folders if folder not in missing])
        self._seen = {path: self._age(path, stamp, now) for path, stamp in chosen.items() if self._done.get(path) != stamp}
        if not missing:  # what a folder held that is away for a while is not forgotten
            present = chosen.keys() | passed.keys()
            self._done = {path: stamp for path, stamp in self._done.items() if path in present}
        new = tuple(path for path, stamp in passed.items() if self._done.get(path) != stamp)
        self.done((path, passed[path]) for path in new)
        ready, wait = self._ready(now)
        return Look(ready, wait, new, failures, tuple(sorted(gone)), tuple(sorted(back)))

    def stamps(self, paths: Iterable[Path]) -> list[tuple[Path, Stamp]]:
        """The stamps under which files were found, to be given to `done` when they are dealt with."""
        return [(path, self._seen[path].stamp) for path in paths]

    def done(self, files: Iterable[tuple[Path, Stamp]]) -> None:
        """These are dealt with; one that has changed since is looked at again."""
        self._done.update(files)

    def _found(self, folders: Sequence[Path]) -> tuple[dict[Path, Stamp], dict[Path, Stamp], tuple[Failure, ...]]:
        chosen: dict[Path, Stamp] = {}
        passed: dict[Path, Stamp] = {}
        unfinished: set[Path] = set()
        refused: set[Failure] = set()
        for found in walk(folders, self.without):
            if isinstance(found, Failure):
                refused.add(found)
            elif found.path.name.lower().endswith(_UNFINISHED):
                unfinished.add(found.path.with_name(found.path.name.rpartition(".")[0]))
            elif not _SCRATCH.match(found.path.name) and (stamp := stamp_of(found.path)):
                (chosen if found.chosen else passed)[found.path] = stamp
        failures = tuple(sorted(refused - self._refused, key=lambda failure: failure.name))
        self._refused = refused
        return {path: stamp for path, stamp in chosen.items() if path not in unfinished}, passed, failures

    def _age(self, path: Path, stamp: Stamp, now: float) -> _Seen:
        before = self._seen.get(path)
        return before if before and before.stamp == stamp else _Seen(stamp, now)

    def _ready(self, now: float) -> tuple[tuple[Path, ...], float | None]:
        """The files that are complete, none of them while more are on their way, and the time until the next look is worth it."""
        settled = [path for path, seen in self._seen.items() if now - seen.since >= self.settle]
        held = {path for path in settled if now - self._seen[path].since < _HELD and open_for_writing(path)}
        ready = tuple(path for path in settled if path not in held)
        if len(ready) == len(self._seen):
            return ready, None
        oldest = min((self._seen[path].since for path in ready), default=now)
        if ready and now - oldest > _PATIENCE * self.settle:
            return ready, 0.0
        return (), max(0.05, self.settle / 2)


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file; None when it is gone or cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def open_for_writing(path: Path) -> bool:
    """Whether some process has the file open for writing; False where that cannot be known.

    On Linux a read lease is refused for such a file (fcntl(2), F_SETLEASE). It is given back at once; a process that opens the file in
    between waits that long, and the signal that tells of it is one that is ignored.
    """
    if sys.platform != "linux":
        return False
    import fcntl  # noqa: PLC0415 not on Windows
    import signal  # noqa: PLC0415

    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:  # another's file, or a file system without leases
        return False
    finally:
        os.close(handle)
    return False
