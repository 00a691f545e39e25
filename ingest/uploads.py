"""Files that were sent and are to be ingested: kept beside the originals under their hash until they are in the archive, or for a day.

<archive>/uploads/<sha256>     a file, whole; its time is when it was sent last
<archive>/uploads/.part-…      one that is just coming in
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from archive.durable import sync_folder
from ingest.content import content_type

KEPT_SECONDS = 24 * 3_600
MAX_FILES = 1_000
SENDING_SECONDS = 1_800.0
"""How long a file may take to come in."""
STALE_SECONDS = 2 * SENDING_SECONDS  # after which what was sent in part only is not coming in any more, but was left behind
_ID = re.compile(r"UPL-([0-9a-f]{64})", re.ASCII)


class UploadTooLarge(Exception):
    """More bytes than one file may have."""


class NoRoom(Exception):
    """So many bytes wait that no more are taken until some are used or forgotten."""


class DigestDiffers(Exception):
    """Other bytes came than the sender had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was sent. `media_type` is told by its content; `fresh` says that it was not there before."""

    sha256: str
    size: int
    media_type: str
    fresh: bool

    @property
    def id(self) -> str:
        """By which it is named when it is ingested; the same bytes have the same id."""
        return f"UPL-{self.sha256}"


class Uploads:
    """What was sent to the archive in `folder`: at most `largest` bytes a file, and `room` bytes together."""

    def __init__(self, folder: Path, largest: int, room: int) -> None:
        self._folder = folder / "uploads"
        self.largest = largest
        self.room = room

    def receive(self, announced: int | None) -> Receiving:
        """A place for a file; `announced` is its length, if the sender told. Raises UploadTooLarge, NoRoom, OSError."""
        if announced is not None and announced > self.largest:
            raise UploadTooLarge
        self.tidy()
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self.fits(announced or 0):
            raise NoRoom
        return Receiving(self, self._folder)

    def find(self, identifier: str) -> Path | None:
        """Where the file with this id is; None when it was never sent, or is forgotten."""
        sha256 = stands_for(identifier)
        path = self._folder / sha256 if sha256 else None
        return path if path and path.is_file() else None

    def forget(self, sha256: str) -> None:
        """As `forget`, of this archive."""
        forget(self._folder.parent, sha256)

    def tidy(self) -> None:
        """Forget what was not used within a day, and what was left behind half sent."""
        now = time.time()
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):
                if now - path.stat().st_mtime > (STALE_SECONDS if path.name.startswith(".") else KEPT_SECONDS):
                    path.unlink()

    def fits(self, more: int) -> bool:
        """Whether `more` bytes still have room, and their file has."""
        sizes = []
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):
                sizes.append(path.stat().st_size)
        return sum(sizes) + more <= self.room and len(sizes) <= MAX_FILES


class Receiving:
    """A file on its way in. Use it as a context: what was not kept by its end is gone."""

    def __init__(self, uploads: Uploads, folder: Path) -> None:
        self._uploads = uploads
        self._folder = folder
        self._path = folder / f".part-{secrets.token_hex(8)}"
        self._hash = hashlib.sha256()
        self._size = 0
        self._file: Any = None

    def __enter__(self) -> Receiving:
        self._file = self._path.open("xb")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, data: bytes) -> None:
        """The next bytes. Raises UploadTooLarge, NoRoom, OSError."""
        self._size += len(data)
        if self._size > self._uploads.largest:
            raise UploadTooLarge
        if not self._uploads.fits(len(data)):
            raise NoRoom
        self._hash.update(data)
        self._file.write(data)
        self._file.flush()

    def keep(self, digest: bytes | None = None) -> Upload:
        """The file is whole: keep it, durable on return. `digest` is the SHA-256 that its sender has.

        Raises DigestDiffers, UnreadableFile for what is no document, OSError.
        """
        if digest is not None and digest != self._hash.digest():
            raise DigestDiffers
        media_type = content_type(self._path)
        sha256 = self._hash.hexdigest()
        place = self._folder / sha256
        fresh = not place.is_file()
        if fresh:
            os.fsync(self._file.fileno())
            self._path.replace(place)
            sync_folder(self._folder)
        else:
            os.utime(place)
        return Upload(sha256=sha256, size=self._size, media_type=media_type, fresh=fresh)


def stands_for(identifier: str) -> str | None:
    """The SHA-256 of the file with this id, whether it is here or not; None for what is no id."""
    match = _ID.fullmatch(identifier)
    return match[1] if match else None


def forget(folder: Path, sha256: str) -> None:
    """Of the archive in `folder`: the file is among the originals now, or is to be nowhere any more."""
    (folder / "uploads" / sha256).unlink(missing_ok=True)


def linked(source: Path, target: Path) -> None:
    """The bytes of `source` at `target` too, without taking room again where the file system can do that."""
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
