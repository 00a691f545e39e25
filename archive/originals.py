"""The originals as they came, by content hash: the archive itself. Everything else is derived from them and can be made anew.

    <archive>/originals/ab/cdef…   the file, named by its SHA-256
    <archive>/journal.jsonl        when it came, under which name; one JSON line an event
    <archive>/writer.lock          held by who writes

An original is on the disk before the journal names it, and the journal names it before an index entry does, so a kill at any moment leaves
an archive that opens; reading the same file again completes it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from archive.durable import write_atomically
from archive.errors import ArchiveCorrupt, ArchiveLocked, ArchiveMissing
from archive.ids import content_hash
from archive.journal import Journal, Line
from archive.removals import ADDED, REMOVED, Removal, count, erased, removals, removed

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file that is kept. `added_at` is the moment it came, UTC, ISO 8601; the rest says what it came as."""

    sha256: str
    name: str
    size: int
    media_type: str
    added_at: str


class Originals:
    """The originals under `folder`. Reading needs no lock; what writes is given out by `writing()`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder / "journal.jsonl")
        self._files = folder / "originals"
        self._lock = FileLock(folder / "writer.lock", thread_local=False)

    def require(self) -> None:
        """Raise ArchiveMissing unless something was archived here before."""
        if not self.journal.path.is_file() and not self.held():
            raise ArchiveMissing(f"There is no archive in {self.folder}; make one with `fangzhi ingest PATH`.")

    def begin(self) -> None:
        """Make the folder an archive, an empty one, unless it is one already. Raises OSError when the disk does not take it."""
        if not self.held():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.journal.path.touch()

    @contextmanager
    def writing(self, wait: float = 0.0, on_wait: Callable[[], None] = lambda: None, *, shared: bool = False) -> Iterator[Writer]:
        """Hold the archive for writing. Waits up to `wait` seconds for another process, calling `on_wait` once before it does.

        `shared` lets others write in between: the archive is then held while something is added only.

        Raises ArchiveLocked when the other one is still writing after that, and ArchiveMissing when the folder cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = (
                f"The archive's folder {self.folder} cannot be made ({error.strerror}); name another with --archive or FANGZHI_ARCHIVE."
            )
            raise ArchiveMissing(message) from None

        def hold() -> AbstractContextManager[object]:
            return self._holding(wait, on_wait)

        with nullcontext() if shared else hold():
            yield Writer(self, hold)

    @contextmanager
    def _holding(self, wait: float, on_wait: Callable[[], None]) -> Iterator[None]:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            try:
                self._lock.acquire(timeout=wait)
            except Timeout:
                message = f"Another process is writing to {self.folder} (waited {wait:g} s); try again when it has finished."
                raise ArchiveLocked(message) from None
        try:
            yield
        finally:
            self._lock.release()

    def read(self, sha256: str) -> bytes:
        """The content of an original, checked against its hash.

        Raises ArchiveCorrupt when it is gone or no longer matches.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise _gone(sha256) from None
        if content_hash(data) != sha256:
            raise _damaged(sha256)
        return data

    def checked(self, sha256: str) -> Path:
        """Where the content of an original is, checked against its hash without loading it.

        Raises ArchiveCorrupt as `read` does.
        """
        path = self.path(sha256)
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise _gone(sha256) from None
        if found != sha256:
            raise _damaged(sha256)
        return path

    def listed(self) -> dict[str, Original]:
        """What the journal names, by hash, in the order it came. A damaged line names nothing: see `damage` and `orphans`."""
        found: dict[str, Original] = {}
        for line in self.journal.read():
            if line.get("event") == REMOVED:
                found.pop(str(line.get("sha256")), None)
            original = _original(line)
            if original is not None:
                found.setdefault(original.sha256, original)
        return found

    def damage(self) -> list[int]:
        """The numbers of the journal's damaged lines, counted from 1."""
        return [
            number for number, line in self.journal.numbered() if line is None or (line.get("event") == ADDED and _original(line) is None)
        ]

    def held(self) -> list[str]:
        """The hashes of all files that are kept, named by the journal or not, in ascending order. Looks at names alone."""
        folders = [folder for folder in self._files.iterdir() if folder.is_dir()] if self._files.is_dir() else []
        hashes = (folder.name + path.name for folder in folders for path in folder.iterdir())
        return sorted(sha256 for sha256 in hashes if _HASH.fullmatch(sha256))

    def orphans(self) -> list[str]:
        """The hashes of files that are kept and that no line of the journal names, not even one that says that they are to go."""
        named = self.listed().keys() | self.removals().keys()
        return [sha256 for sha256 in self.held() if sha256 not in named]

    def removals(self) -> dict[str, Removal]:
        """What was deleted and did not come again, by hash."""
        return removals(self.journal.read())

    def count(self) -> int:
        """How many originals the archive has, without parsing the journal; those on the disk when the journal names none."""
        content = self.journal.content()
        return count(content) or (0 if REMOVED.encode() in content else len(self.held()))

    def busy(self) -> bool:
        """Whether a process is writing just now."""
        with suppress(OSError):  # a folder that cannot be written to has no writer that would matter
            try:
                with self._lock.acquire(timeout=0):
                    return False
            except Timeout:
                return True
        return False

    def path(self, sha256: str) -> Path:
        """Where the content with this hash is kept, there or not. Raises ArchiveCorrupt for what is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ArchiveCorrupt(f"{sha256!r} is no hash of an original.")
        return self._files / sha256[:2] / sha256[2:]


class Writer:
    """Adds originals while the archive is held. Made by `Originals.writing`."""

    def __init__(self, originals: Originals, hold: Callable[[], AbstractContextManager[object]]) -> None:
        """`hold` keeps other processes out; who holds the archive already may hold it again."""
        self._originals = originals
        self._hold = hold
        self._size = originals.journal.size()
        self._known = originals.listed()

    @property
    def originals(self) -> Originals:
        """The archive that is held."""
        return self._originals

    @property
    def folder(self) -> Path:
        """The archive's folder."""
        return self._originals.folder

    def listed(self) -> list[Original]:
        """What the journal names, in the order it came."""
        return list(self._known.values())

    def known(self, sha256: str) -> Original | None:
        """What the journal says of a content, if it came before."""
        return self._known.get(sha256)

    def holds(self, sha256: str) -> bool:
        """Whether a content is in the journal and kept intact."""
        if sha256 not in self._known:
            return False
        try:
            self._originals.read(sha256)
        except ArchiveCorrupt:
            return False
        return True

    def add(self, files: Iterable[tuple[str, str, bytes]]) -> list[Original]:
        """Keep `files` (name, media type, content) and say what each is kept as, durable on return. The first name of a content stays.

        Raises OSError when the disk does not take them; a file that did get onto it is completed by the next call. Raises ArchiveLocked
        when another process holds the archive for too long.
        """
        with self._hold():
            if self._originals.journal.size() != self._size:  # another process has added something
                self._known = self._originals.listed()
            kept = self._add(files)
            self._size = self._originals.journal.size()
            return kept

    def remove(self, sha256: str, name: str, by: str) -> None:
        """Say that an original is to go; durable on return. It is not listed from then on, and kept until `erase`."""
        with self._hold():
            self._originals.journal.append([removed(sha256, name, by)])
            self._known = self._originals.listed()
            self._size = self._originals.journal.size()

    def erase(self, sha256: str) -> None:
        """The original that is to go is gone, unless it came again."""
        with self._hold():
            if sha256 in self._originals.removals():
                self._originals.path(sha256).unlink(missing_ok=True)
                self._originals.journal.append([erased(sha256)])
            self._size = self._originals.journal.size()

    def _add(self, files: Iterable[tuple[str, str, bytes]]) -> list[Original]:
        kept: list[Original] = []
        fresh: dict[str, Original] = {}
        for name, media_type, data in files:
            sha256 = content_hash(data)
            path = self._originals.path(sha256)
            if not (path.is_file() and path.read_bytes() == data):
                write_atomically(path, data)
            original = self._known.get(sha256) or fresh.get(sha256)
            if original is None:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                original = Original(sha256=sha256, name=name, size=len(data), media_type=media_type, added_at=now)
                fresh[sha256] = original
            kept.append(original)
        self._originals.journal.append(_line(original) for original in fresh.values())
        self._known |= fresh
        return kept


def _gone(sha256: str) -> ArchiveCorrupt:
    return ArchiveCorrupt(f"The original {sha256} is missing; restore it from a backup or ingest the file again.")


def _damaged(sha256: str) -> ArchiveCorrupt:
    return ArchiveCorrupt(f"The original {sha256} no longer matches its hash; restore it from a backup or ingest the file again.")


def _original(line: Line) -> Original | None:
    """The original that a line of the journal adds; None for another event, and for a line that lacks something."""
    if line.get("event") != ADDED or not _HASH.fullmatch(str(line.get("sha256"))):
        return None
    try:
        return Original(
            sha256=str(line["sha256"]),
            name=str(line["name"]),
            size=int(line["size"]),
            media_type=str(line["media_type"]),
            added_at=str(line["at"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _line(original: Original) -> dict[str, str | int]:
    return {
        "event": ADDED,
        "sha256": original.sha256,
        "name": original.name,
        "size": original.size,
        "media_type": original.media_type,
        "at": original.added_at,
    }
