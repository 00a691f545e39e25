"""Files out of containers and mail, and out of those in these, one at a time; what is called like a path out of them never becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeAlias

from archive.errors import UnreadableFile
from ingest.containers import container_in
from ingest.containers.base import MAX_DEPTH, Bomb, Budget, Container, Entry
from ingest.containers.mails import attached_files
from ingest.containers.names import file_name, is_junk, label, led_out
from ingest.files import Failure, chosen
from ingest.readers import is_mail
from ingest.readers.attachments import may_have_attachments

_ATTACHED = "attachments"  # in the place of their name, where it is told of those that were not read


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was in a container: its own name, its bytes, how reports call it, and what they are to tell of it, if anything."""

    name: str
    data: bytes
    label: str
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A file in a container that looks like no document, and was not read."""

    label: str


Unpacked: TypeAlias = Member | Passed | Failure


def unpacked(source: Path | bytes, name: str, shown: str, largest: int) -> Iterator[Unpacked]:
    """The files in the container `source`, which is called `name`, and `shown` in reports; `largest` is how many bytes one may have.

    One that cannot be read is a Failure, and the others go on.
    """
    try:
        with source.open("rb") if isinstance(source, Path) else BytesIO(source) as file:
            yield from _Unpacking(largest).outermost(file, name, shown)
    except OSError as error:
        yield Failure(shown, f"it cannot be opened ({error.strerror})")


def attached(data: bytes, shown: str, largest: int) -> Iterator[Unpacked]:
    """The files attached to the mail in `data`, which is `shown` so in reports; the mail itself is none of them."""
    yield from _Unpacking(largest).attached(data, shown)


def to_take_apart(name: str, data: bytes) -> bool:
    """Whether a file is a mail that may have others attached to it."""
    return is_mail(name, data) and may_have_attachments(data)


def not_attached(shown: str, reason: str) -> Failure:
    """Why files attached to the mail `shown` could not be had; the mail itself may well have been read."""
    return Failure(f"{shown}/{_ATTACHED}", reason)


class _Unpacking:
    """One container with all that are inside it."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._budget = Budget(largest)
        self._inside: list[str] = []

    def outermost(self, file: BinaryIO, name: str, shown: str) -> Iterator[Unpacked]:
        container = container_in(file)
        if container is None:
            yield Failure(shown, "it is no archive any more; see that nothing writes to it, and ingest it again")
            return
        digest = file_digest(file, sha256).hexdigest()  # type: ignore[arg-type]
        file.seek(0)
        try:
            yield from self._files(container, file, name, shown, digest)
        except Bomb as bomb:
            yield Failure(shown, str(bomb))

    def attached(self, data: bytes, shown: str) -> Iterator[Unpacked]:
        try:
            yield from self._attached(data, shown)
        except Bomb as bomb:
            yield not_attached(shown, str(bomb))

    def _files(self, container: Container, file: BinaryIO, name: str, shown: str, digest: str) -> Iterator[Unpacked]:
        self._inside.append(digest)
        told = passed = 0
        try:
            for entry in container.entries(name, file, self._budget):
                for found in self._entry(entry, shown):
                    passed += isinstance(found, Passed)
                    told += not isinstance(found, Passed)
                    yield found
        except Bomb:
            raise
        except UnreadableFile as refusal:
            yield Failure(shown, str(refusal))
            told += 1
        finally:
            self._inside.pop()
        if not told:
            others = f" among its {passed:,}" if passed else ""
            yield Failure(shown, f"it is a {container.name} that holds no document{others}; leave it out, or unpack it and name the files")

    def _entry(self, entry: Entry, shown: str) -> Iterator[Unpacked]:
        if is_junk(entry.path):
            return
        called = f"{shown}/{label(entry.path)}"
        if not chosen(file_name(entry.path)):
            yield Passed(called)
            return
        try:
            data = entry.read()
        except Bomb:
            raise
        except UnreadableFile as refusal:
            yield Failure(called, str(refusal))
            return
        warning = led_out(entry.path)
        for found in self._file(data, file_name(entry.path), called):
            yield replace(found, warning=warning) if isinstance(found, Member) and found.label == called else found

    def _attached(self, data: bytes, shown: str) -> Iterator[Unpacked]:
        """The files attached to a mail. One that cannot be taken apart is told where it is read."""
        if len(self._inside) >= MAX_DEPTH:
            yield not_attached(shown, f"they are attached to a mail inside {MAX_DEPTH} others; save them and ingest them")
            return
        self._inside.append(sha256(data).hexdigest())
        try:
            for entry in attached_files(data, self._budget):
                yield from self._entry(entry, shown)
        except Bomb:
            raise
        except UnreadableFile as refusal:
            yield not_attached(shown, str(refusal))
        finally:
            self._inside.pop()

    def _file(self, data: bytes, name: str, shown: str) -> Iterator[Unpacked]:
        inner = BytesIO(data)
        container = container_in(inner)
        if container is None:
            yield Member(name, data, shown)
            if to_take_apart(name, data):
                yield from self._attached(data, shown)
            return
        digest = sha256(data).hexdigest()
        if digest in self._inside:
            yield Failure(shown, "it is an archive that holds itself; leave it out")
        elif len(self._inside) >= MAX_DEPTH:
            yield Failure(shown, f"it is an archive inside {MAX_DEPTH} others; unpack it and ingest what is in it")
        else:
            yield from self._files(container, inner, name, shown, digest)
