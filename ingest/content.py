"""What a file is by its content alone, before anything reads it."""

from __future__ import annotations

from pathlib import Path

from ingest.containers import container_in
from ingest.readers import check_size, kind_of

_CONTAINERS = {
    "ZIP archive": "application/zip",
    "tar or gzip archive": "application/x-tar",
    "7z archive": "application/x-7z-compressed",
    "RAR archive": "application/vnd.rar",
}


def content_type(path: Path) -> str:
    """The media type of the file at `path`, a document or a container of some.

    Raises UnreadableFile when it is empty or neither, with what it is and what to do.
    """
    check_size(path.stat().st_size, path.stat().st_size)
    with path.open("rb") as file:
        container = container_in(file)
    if container is not None:
        return _CONTAINERS.get(container.name, "application/octet-stream")
    return kind_of(path.read_bytes())
