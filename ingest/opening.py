"""From a path to the files behind it: the file itself, what is in it when it is a container, and what is attached to it when it is mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from archive.errors import UnreadableFile
from ingest.containers import LARGEST, container_in
from ingest.files import Failure, load, readable, shown, state
from ingest.limits import Overrun
from ingest.unpacking import Member, Unpacked, attached, not_attached, to_take_apart, unpacked
from ingest.workers import Processes


def arriving(path: Path, largest: int, executor: Executor | None = None) -> Iterator[Unpacked]:
    """The file at `path`, loaded, or one after the other the files in it; `largest` is how many bytes one may have.

    A mail is followed by the files that are attached to it. A container, and such a mail, is opened in a process of the executor, if that
    has processes of this machine. What cannot be read is a Failure. A file that was in another one has another label than the path has.
    """
    label = shown(path)
    try:
        if not _is_container(path):
            file = Member(readable(path.name), load(path, largest), label)
            yield file
            yield from _attached(file, largest, executor)
            return
        before = path.stat()
        if before.st_size > largest * LARGEST:
            yield Failure(label, f"it is an archive of {before.st_size:,} bytes and the limit is {largest * LARGEST:,}; split it")
            return
        try:
            yield from _elsewhere(executor, unpacked, path, readable(path.name), label, largest)
        except Overrun as overrun:
            yield Failure(label, str(overrun))
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


def _attached(file: Member, largest: int, executor: Executor | None) -> Iterator[Unpacked]:
    if not to_take_apart(file.name, file.data):
        return
    try:
        yield from _elsewhere(executor, attached, file.data, file.label, largest)
    except Overrun as overrun:
        yield not_attached(file.label, str(overrun))


def _elsewhere(executor: Executor | None, find: Callable[..., Iterator[Unpacked]], *given: Any) -> Iterator[Unpacked]:
    """What `find` finds, in a process of the executor if it can. Raises Overrun."""
    return executor.stream(find, *given) if isinstance(executor, Processes) else find(*given)
