"""From a path to the files behind it: the file itself, or what is in it when it is a container."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

from archive.errors import UnreadableFile
from ingest.containers import LARGEST, container_in
from ingest.files import Failure, load, readable, shown, state
from ingest.limits import Overrun
from ingest.unpacking import Member, Unpacked, unpacked
from ingest.workers import Processes


def arriving(path: Path, largest: int, executor: Executor | None = None) -> Iterator[Unpacked]:
    """The file at `path`, loaded, or one after the other the files in it; `largest` is how many bytes one may have.

    A container is opened in a process of the executor, if that has processes of this machine. What cannot be read is a Failure. A file
    that was in a container has another label than the path has.
    """
    label = shown(path)
    try:
        if not _is_container(path):
            yield Member(readable(path.name), load(path, largest), label)
            return
        before = path.stat()
        if before.st_size > largest * LARGEST:
            yield Failure(label, f"it is an archive of {before.st_size:,} bytes and the limit is {largest * LARGEST:,}; split it")
            return
        yield from _files(path, label, largest, executor)
        if state(path.stat()) != state(before):
            yield Failure(label, "it changed while it was unpacked; ingest it again when whoever writes it is done")
    except UnreadableFile as refusal:
        yield Failure(label, str(refusal))
    except OSError as error:
        yield Failure(label, f"it cannot be opened ({error.strerror})")


def _is_container(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return container_in(file) is not None


def _files(path: Path, label: str, largest: int, executor: Executor | None) -> Iterator[Unpacked]:
    given = (path, readable(path.name), label, largest)
    if not isinstance(executor, Processes):
        yield from unpacked(*given)
        return
    try:
        yield from executor.stream(unpacked, *given)
    except Overrun as overrun:
        yield Failure(label, str(overrun))
