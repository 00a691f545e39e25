"""Writing so that a file is wholly there or not at all, and stays there when the power goes."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`: wholly there and durable on return, or not there at all."""
    fresh = [folder for folder in (path.parent, path.parent.parent) if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    # One name for each target: what a killed run left behind is overwritten by the run that completes it.
    incoming = path.with_name(f".incoming-{path.name}")
    with incoming.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    incoming.replace(path)
    for folder in (path.parent, *(folder.parent for folder in fresh)):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Windows has no such call: its file system journals names itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
