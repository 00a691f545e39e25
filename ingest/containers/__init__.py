"""The containers that are opened, each holding files of their own. To add one: its file in this folder, and its line in CONTAINERS."""

from __future__ import annotations

from typing import BinaryIO

from ingest.containers.base import Container
from ingest.containers.seven_zip_and_rar import LibarchiveContainer
from ingest.containers.tars import TarContainer
from ingest.containers.zips import ZipContainer

CONTAINERS: tuple[Container, ...] = (
    ZipContainer(),
    TarContainer(),
    LibarchiveContainer("7z archive", (".7z",), b"7z\xbc\xaf\x27\x1c", ("7zip",)),
    LibarchiveContainer("RAR archive", (".rar",), b"Rar!\x1a\x07", ("rar", "rar5")),
)

LARGEST = 20
"""Times the largest file that a container may have itself: it is read from the disk, and only its files are held in memory."""


def container_in(file: BinaryIO) -> Container | None:
    """What opens `file`; None when it is a file to read, or too damaged to tell. Leaves it at its beginning."""
    for container in CONTAINERS:
        file.seek(0)
        found = container.holds(file)
        file.seek(0)
        if found:
            return container
    return None


def extensions() -> frozenset[str]:
    """The extensions of all containers."""
    return frozenset(extension for container in CONTAINERS for extension in container.extensions)
