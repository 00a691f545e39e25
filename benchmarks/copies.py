"""An archive with a size, for benchmarks: the samples, and copies of them that differ in their first line."""

from __future__ import annotations

from pathlib import Path

from api.engine import open_engine
from api.settings import Settings
from archive.originals import Originals
from ingest.indexing import ingest


async def filled(folder: Path, samples: Path, copies: int) -> Settings:
    """Ingest each text of `samples` `copies` times into an archive in `folder`; its settings."""
    settings = Settings(archive=folder / "archive")
    pages = _written(folder / "pages", samples, copies)
    with Originals(settings.archive).writing(settings.lock_seconds) as writer:
        async with open_engine(settings) as engine:
            await ingest([pages], writer, engine)
    return settings


def _written(pages: Path, samples: Path, copies: int) -> Path:
    pages.mkdir()
    for path in sorted(samples.glob("*.txt")):
        for copy in range(copies):
            text = path.read_text("utf-8")
            (pages / f"{copy}-{path.name}").write_text(f"第{copy}批材料汇编说明。\n{text}" if copy else text, "utf-8")
    return pages
