"""What stands in the index of each source: one document a source, on its shard, written last.

A source is replaced in three steps: its manifest is claimed, its entries are written and stale ones deleted, and the manifest is completed.
A manifest that is not complete means that somebody is at it, or died at it: whoever writes that source next claims it anew, does all of it,
and nothing is lost. Two writers at once cannot mix their versions, because every entry carries the number of its claim as its external
version: what comes late with a lower number is turned away by Elasticsearch itself, and its writer finds its claim gone and begins again.
A shard holds its operations in order, so a snapshot never has a complete manifest without the entries that it names.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from search.elastic.bulk import Operation, Outcome, documents, send
from search.elastic.compile import Json
from search.elastic.connection import Connection
from search.elastic.faults import takes_nothing
from search.entries import RESERVED
from search.port import Refusal


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """`claim` is the number of the claim, at least milliseconds since 1970.

    Deletes carry twice it as version and entries one more, so that a delete which arrives late takes nothing out that came after it.
    `ids` are those of all entries that the source may have in the index; `refused` are entries that Elasticsearch did not take.
    """

    claim: int
    writer: str
    digest: str = ""
    complete: bool = False
    ids: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def deleting(self) -> dict[str, int | str]:
        """How a delete under this claim is sent."""
        return {"version": 2 * self.claim, "version_type": "external_gte"}

    @property
    def putting(self) -> dict[str, int | str]:
        """How an entry under this claim is sent."""
        return {"version": 2 * self.claim + 1, "version_type": "external_gte"}


@dataclass(frozen=True, slots=True)
class Held:
    """A manifest as it stands, and the sequence number and term by which it can be replaced if nobody did so since."""

    manifest: Manifest
    seq_no: int
    primary_term: int

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What Elasticsearch refused of the source."""
        return tuple(Refusal(entry_id, why) for entry_id, why in self.manifest.refused)


def manifest_id(source_id: str) -> str:
    """The id of a source's manifest; no entry's id begins so."""
    return RESERVED + source_id


async def read(connection: Connection, target: str, source_ids: Iterable[str]) -> dict[str, Held]:
    """The manifests of these sources, also those written a moment ago; a source that was never written has none."""
    found: dict[str, Held] = {}
    wanted = list(source_ids)
    stand = await documents(connection, target, [(one, manifest_id(one)) for one in wanted], "record")
    for source_id, raw in zip(wanted, stand, strict=True):
        if raw.get("found"):
            manifest = msgspec.json.decode(raw["_source"]["record"], type=Manifest)
            found[source_id] = Held(manifest, raw["_seq_no"], raw["_primary_term"])
    return found


async def claim(connection: Connection, target: str, wanted: Mapping[str, Sequence[str]], present: Mapping[str, Held]) -> dict[str, Held]:
    """Claim sources (id to the ids of their new entries); those that somebody else claimed since `present` was read are left out."""
    writer = secrets.token_hex(8)
    claims = {one: _claimed(present.get(one), ids, writer) for one, ids in wanted.items()}
    outcomes = await _write(connection, target, [_put(one, manifest, present.get(one)) for one, manifest in claims.items()])
    won = {
        outcome.source_id: Held(claims[outcome.source_id], outcome.seq_no, outcome.primary_term) for outcome in outcomes if not outcome.why
    }
    lost = [outcome.source_id for outcome in outcomes if outcome.conflict]
    if lost:  # our own claim, perhaps: it was carried out, and the connection broke before the answer came
        now = await read(connection, target, lost)
        won |= {one: held for one, held in now.items() if held.manifest.writer == writer}
    return won


async def complete(connection: Connection, target: str, done: Mapping[str, tuple[Held, Manifest]]) -> set[str]:
    """Complete the manifests of claimed sources; those that are ours no longer are left out of the answer."""
    outcomes = await _write(connection, target, [_put(one, manifest, held) for one, (held, manifest) in done.items()])
    ours = {outcome.source_id for outcome in outcomes if not outcome.why}
    lost = [outcome.source_id for outcome in outcomes if outcome.conflict]
    if lost:
        now = await read(connection, target, lost)
        ours |= {one for one, held in now.items() if held.manifest == done[one][1]}
    return ours


async def _write(connection: Connection, target: str, operations: Iterable[Operation]) -> list[Outcome]:
    """Raises SearchUnavailable when one is refused: all manifests have one form, so the fault lies with the index."""
    outcomes = await send(connection, target, iter(operations))
    for outcome in outcomes:
        if outcome.refused:
            raise takes_nothing(outcome.why)
    return outcomes


def _claimed(present: Held | None, ids: Sequence[str], writer: str) -> Manifest:
    """Claims of one source grow by themselves; by the clock they also grow from source to source, for an id that moves between two."""
    before = present.manifest if present else None
    number = max(before.claim + 1 if before else 1, time.time_ns() // 1_000_000)
    return Manifest(number, writer, ids=tuple(dict.fromkeys((*(before.ids if before else ()), *ids))))


def _put(source_id: str, manifest: Manifest, over: Held | None) -> Operation:
    document: Json = {"record": msgspec.json.encode(manifest).decode()}
    if over is None:
        return Operation.create(source_id, manifest_id(source_id), document)
    return Operation.index(source_id, manifest_id(source_id), document, if_seq_no=over.seq_no, if_primary_term=over.primary_term)
