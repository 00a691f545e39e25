"""A new index beside the old one, and the switch to it when it is complete."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, Sequence
from contextlib import suppress

from anyio import CancelScope

from archive.errors import ArchiveLocked, SearchUnavailable
from search import mapping as mappings
from search.elastic.connection import Connection, MissingIndex
from search.elastic.index import Life, Standing
from search.elastic.writing import Writer
from search.port import SourceEntries, WriteReport

log = logging.getLogger("fangzhi.search")

_CHANGED = "something was written while the new index was being made, so the old one was kept; run the rebuild again"


class Rebuild:
    """One rebuild. Whatever ends it early leaves the old index answering and writable."""

    def __init__(self, connection: Connection, mapping: mappings.Mapping, life: Life) -> None:
        self._connection = connection
        self._mapping = mapping
        self._life = life

    async def run(self, batches: AsyncIterable[Sequence[SourceEntries]], since: str | None) -> WriteReport:
        """Build and switch. Raises ArchiveLocked when something was written since `since`, or since now, which the new one would lack."""
        old = await self._life.standing()
        before = await self.generation(old)
        if since is not None and since != before:
            raise ArchiveLocked(_CHANGED)
        new = await self._life.begin()
        report = WriteReport()
        try:
            writer = Writer(self._connection, self._mapping, new.own)
            async for batch in batches:
                part = await writer.replace(batch)
                report = WriteReport(report.written + part.written, (*report.refused, *part.refused))
            await self._life.finish(new)
            await self._switch(old, before, new)
        except BaseException as error:
            with CancelScope(shield=True), suppress(SearchUnavailable, MissingIndex):
                # Whose mark is gone lost to another rebuild, and that one may rely on the block.
                if await self._life.discard(new) and old is not None:
                    await self._life.hold_writes(old.name, False)
            if isinstance(error, MissingIndex):  # the new one, or the old one
                raise ArchiveLocked("another rebuild came first, or removed what this one was making; run one at a time") from None
            raise
        if old is not None:
            await self._remove(old.name)
        return report

    async def generation(self, standing: Standing | None) -> str:
        """The name of the state that an index is in. Raises MissingIndex when it is gone."""
        return "empty" if standing is None else f"{standing.name}.{await self._life.changes(standing.name)}"

    async def _switch(self, old: Standing | None, before: str, new: Standing) -> None:
        if old is None:
            await self._life.switch(new, None)
            return
        await self._life.hold_writes(old.name, True)
        await self._ensure_unchanged(before)
        await self._life.switch(new, old)

    async def _ensure_unchanged(self, before: str) -> None:
        if await self.generation(await self._life.standing()) != before:
            raise ArchiveLocked(_CHANGED)

    async def _remove(self, name: str) -> None:
        try:
            await self._life.remove(name)
        except SearchUnavailable as error:
            log.warning("the index %s could not be removed (%s); the next rebuild does it", name, error)
