"""Bulks: in pieces, a few on their way at a time, each item answered for."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec
from anyio import Semaphore, create_task_group
from anyio.abc import TaskGroup
from anyio.lowlevel import checkpoint
from elastic_transport import ApiError
from elasticsearch import AsyncElasticsearch

from search.elastic.connection import Connection, MissingIndex
from search.elastic.faults import BUSY, Busy, Switching, error_type, is_flooded, is_write_block, out_of_disk, reason, takes_nothing

_PIECE_BYTES = 5_000_000  # Elasticsearch's guide says 5 to 15 MB; what is larger gains nothing and costs memory on both sides
_PIECE_OPERATIONS = 1_000
_LOOKED_UP_AT_ONCE = 1_000
_AT_A_TIME = 20  # operations made between two looks at the network, some 5 ms
_ON_THEIR_WAY = 2  # pieces of one call; the next is made in the meantime, and no more than these are in memory
_ANSWER = ["items.*.status", "items.*.error", "items.*._seq_no", "items.*._primary_term"]

_NEVER = (400, 413)  # a form or a size that no try changes

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Operation:
    """One item: its action and, but for a delete, its document, as lines of JSON. `source_id` and `entry_id` name it in the answer."""

    source_id: str
    entry_id: str
    lines: tuple[bytes, ...]

    @classmethod
    def index(cls, source_id: str, entry_id: str, document: dict[str, Any], **how: Any) -> Operation:
        """Put a document in, under its id, on the shard of its source; `how` are version or sequence numbers."""
        return cls(source_id, entry_id, (_action("index", source_id, entry_id, how), _encode(document)))

    @classmethod
    def create(cls, source_id: str, entry_id: str, document: dict[str, Any]) -> Operation:
        """The same for an id that must not be there yet."""
        return cls(source_id, entry_id, (_action("create", source_id, entry_id, {}), _encode(document)))

    @classmethod
    def delete(cls, source_id: str, entry_id: str, **how: Any) -> Operation:
        """Take a document out."""
        return cls(source_id, entry_id, (_action("delete", source_id, entry_id, how),))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation: `status` is HTTP's, `why` is given for what was refused."""

    source_id: str
    entry_id: str
    status: int
    why: str
    seq_no: int
    primary_term: int

    @property
    def conflict(self) -> bool:
        """Whether somebody else wrote this in the meantime."""
        return self.status == 409

    @property
    def refused(self) -> bool:
        """Whether this item can never be taken; a delete of what is not there is no failure."""
        return bool(self.why) and self.status in _NEVER

    @property
    def failed(self) -> bool:
        """Whether something else kept this item from being carried out, such as what this process may do."""
        return bool(self.why) and not self.refused and not self.conflict


class Expired(Exception):
    """What was to be sent is too old to be sent any more; this process stood still, perhaps."""


async def send(connection: Connection, target: str, operations: Iterator[Operation], until: float = math.inf) -> list[Outcome]:
    """Carry out all operations on the alias `target`, in no order; every one is in the answer.

    Nothing is sent later than `until`, in seconds since 1970: unlike the processor's clock, that one goes on while a machine sleeps.

    Raises SearchUnavailable or Expired, after which any of the operations may have been carried out, and MissingIndex when there is no
    such alias.
    """
    outcomes: list[Outcome] = []
    room = Semaphore(_ON_THEIR_WAY)

    async def carry_out(piece: list[Operation]) -> None:
        try:
            outcomes.extend(await _send(connection, target, piece, until))
        finally:
            room.release()

    async with side_by_side() as group:
        while piece := await _piece(operations):
            await room.acquire()
            group.start_soon(carry_out, piece)
    return outcomes


@asynccontextmanager
async def side_by_side() -> AsyncIterator[TaskGroup]:
    """A group of tasks that raises the first of what went wrong in it by itself: one failure ends them all, and one is told of."""
    try:
        async with create_task_group() as group:
            yield group
    except ExceptionGroup as failed:
        first = failed.exceptions[0]
        raise first from first.__cause__


async def _send(connection: Connection, target: str, piece: Sequence[Operation], until: float) -> list[Outcome]:
    outcomes: list[Outcome] = []
    waiting = list(piece)
    at_once = len(waiting)

    async def attempt(client: AsyncElasticsearch) -> None:
        """Send some; what the cluster turns away for now goes on waiting, and is tried again in halves, as it may be too much at once."""
        nonlocal waiting, at_once
        if time.time() > until:
            raise Expired
        some = waiting[:at_once]
        at_once = (len(some) + 1) // 2
        turned_away: list[Operation] = []
        for operation, raw in zip(some, await _bulk(client, target, some), strict=True):
            error = raw.get("error")
            if error is not None and is_flooded(error):
                raise out_of_disk()
            if error_type(error) == "index_not_found_exception":
                raise MissingIndex(target)
            if error is not None and (raw["status"] in BUSY or raw["status"] >= 500 or is_write_block(error)):
                turned_away.append(operation)
                busy = (Switching if is_write_block(error) else Busy)(reason(error))
                continue
            outcome = _outcome(operation, raw)
            if outcome.failed:
                raise takes_nothing(outcome.why)
            outcomes.append(outcome)
        waiting = [*turned_away, *waiting[len(some) :]]
        if turned_away:
            raise busy
        at_once = 2 * len(some)

    while waiting:
        await connection.write(attempt)
    return outcomes


async def _bulk(client: AsyncElasticsearch, target: str, some: Sequence[Operation]) -> list[dict[str, Any]]:
    """What Elasticsearch says of each. Raises Busy for what may be taken in smaller pieces."""
    lines = list(chain.from_iterable(operation.lines for operation in some))
    try:
        answer = await client.bulk(index=target, operations=lines, require_alias=True, filter_path=_ANSWER)  # type: ignore[arg-type]
    except ApiError as error:
        if error.meta.status != 413:
            raise
        why = "it is larger than a request may be; raise http.max_content_length of Elasticsearch, and the limits of what stands before it"
        if len(some) > 1:
            raise Busy(why) from error
        return [{"status": 413, "error": {"type": "too_large", "reason": why}}]
    return [raw for item in answer["items"] for raw in item.values()]


async def documents(connection: Connection, target: str, wanted: Sequence[tuple[str, str]], field: str) -> list[Mapping[str, Any]]:
    """What stands under ids (each behind its source's) with one field, in their order, also when it was written a moment ago.

    Raises SearchUnavailable when a single one cannot be looked up, and MissingIndex when there is no such alias.
    """
    found: list[Mapping[str, Any]] = []
    for start in range(0, len(wanted), _LOOKED_UP_AT_ONCE):
        docs = [{"_id": one, "routing": source_id, "_source": [field]} for source_id, one in wanted[start : start + _LOOKED_UP_AT_ONCE]]
        found += await connection.write(lambda client, docs=docs: _looked_up(client, target, docs))  # type: ignore[misc]
    return found


async def _looked_up(client: AsyncElasticsearch, target: str, docs: Sequence[dict[str, Any]]) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = (await client.mget(index=target, docs=docs))["docs"]
    for raw in found:
        if error_type(raw) == "index_not_found_exception":
            raise MissingIndex(target)
        if "error" in raw:
            raise Busy(reason(raw))
    return found


async def _piece(operations: Iterator[Operation]) -> list[Operation]:
    """The next piece, made in this thread a little at a time: a worker thread would keep the interpreter from sending what is ready."""
    piece: list[Operation] = []
    size = 0
    for operation in operations:
        piece.append(operation)
        size += sum(map(len, operation.lines))
        if not len(piece) % _AT_A_TIME:
            await checkpoint()
        if size >= _PIECE_BYTES or len(piece) >= _PIECE_OPERATIONS:
            break
    return piece


def _outcome(operation: Operation, raw: dict[str, Any]) -> Outcome:
    error = raw.get("error")
    why = "" if error is None else reason(error) or str(raw["status"])
    return Outcome(operation.source_id, operation.entry_id, raw["status"], why, raw.get("_seq_no", -1), raw.get("_primary_term", 0))


def _action(name: str, source_id: str, entry_id: str, how: dict[str, Any]) -> bytes:
    return _encode({name: {"_id": entry_id, "routing": source_id, **how}})
