"""Pictures of pages, drawn in processes of their own: a file that kills the one that draws it costs one answer and nothing else."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from api.drawing import draw_bounded
from api.original_headers import media_type_of
from archive.addresses import DRAWN
from archive.errors import UnreadableFile
from archive.layout import Box
from archive.records import Source
from ingest.workers import Processes
from schema.errors import ErrorCode, failure

AT_ONCE = 2  # pages drawn side by side: each takes a processor and up to some hundred megabytes
WAITING = 30  # more that wait for their turn are refused: a browser asks for six at a time
SECONDS = 20.0  # for one page, with the start of a process; a page of text takes some 50 ms
CACHE_BYTES = 64_000_000


class PageImage(NamedTuple):
    """A page as PNG, and the entity tag of that."""

    png: bytes
    tag: str


Key = tuple[str, int, int, tuple[Box, ...]]


class PageImages:
    """Draws pages, and keeps the last ones up to CACHE_BYTES."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._idle: list[Processes] = []
        self._kept: OrderedDict[Key, PageImage] = OrderedDict()
        self._size = 0

    async def image(self, source: Source, path: Path, page: int, width: int, boxes: Sequence[Box]) -> PageImage:
        """The picture of a page of the file at `path`, with `boxes` marked.

        Raises UnreadableFile, and errors NOT_FOUND for a format that is not drawn, LIMIT_EXCEEDED when too many wait, TIMEOUT, and
        UNREADABLE_FILE for a page that ended the process that drew it.
        """
        media_type = media_type_of(source)
        if media_type not in DRAWN:
            raise failure(ErrorCode.NOT_FOUND, "Pages of PDFs and pictures can be drawn, those of this format cannot; get the file itself.")
        key = (source.sha256, page, width, tuple(boxes))
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        async with self._turn():
            png = await self._drawn(str(path), media_type, page, width, key[3])
        image = PageImage(png, f'"{hashlib.sha256(png).hexdigest()[:32]}"')
        self._keep(key, image)
        return image

    def close(self) -> None:
        """End the processes."""
        while self._idle:
            self._idle.pop().shutdown(wait=False)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._waiting >= WAITING:
            raise failure(ErrorCode.LIMIT_EXCEEDED, "Too many pages are being drawn just now; try again in a moment.")
        self._waiting += 1
        try:
            async with self._turns:
                yield
        finally:
            self._waiting -= 1

    async def _drawn(self, *call: object) -> bytes:
        """What `draw_bounded` gives in a process of its own, which is ended when it takes too long or is no longer waited for."""
        process = self._idle.pop() if self._idle else Processes(1)
        healthy = False
        try:
            work = asyncio.wrap_future(process.submit(draw_bounded, *call))  # type: ignore[arg-type]
            await asyncio.wait({work}, timeout=SECONDS)
            if not work.done():
                work.cancel()
                raise failure(ErrorCode.TIMEOUT, f"This page cannot be drawn within {SECONDS:g} seconds; get the file itself.")
            error = work.exception()
            healthy = error is None or isinstance(error, UnreadableFile)
            if error is None:
                return work.result()
            if healthy:
                raise error
            message = "Drawing this page took too much memory, or ended the process that drew it; get the file itself."
            raise failure(ErrorCode.UNREADABLE_FILE, message)
        finally:
            if healthy:
                self._idle.append(process)
            else:
                process.shutdown(wait=False)

    def _keep(self, key: Key, image: PageImage) -> None:
        if len(image.png) > CACHE_BYTES or key in self._kept:
            return
        self._kept[key] = image
        self._size += len(image.png)
        while self._size > CACHE_BYTES:
            _, old = self._kept.popitem(last=False)
            self._size -= len(old.png)
