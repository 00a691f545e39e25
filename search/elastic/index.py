"""The life of the index: `<alias>-000001` behind the alias, its successor built beside it and switched in, drift noticed.

Elasticsearch is sent the mapping file as it stands, with the settings of the cluster and the fingerprint of mapping and text analysis.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from typing import Any

from elastic_transport import ApiError
from elasticsearch import AsyncElasticsearch

import index_mappings
from archive.errors import ArchiveCorrupt, ArchiveError, ArchiveLocked, SearchUnavailable
from search.elastic.cluster import DEFAULT_REFRESH, Cluster
from search.elastic.connection import Connection, MissingIndex
from search.elastic.faults import error_type
from search.mapping import Mapping

log = logging.getLogger("fangzhi.search")

_BUILDING = ".building"
_GREEN_SECONDS = 60
_MADE_ALREADY = ("resource_already_exists_exception", "invalid_alias_name_exception", "illegal_state_exception")
"""Somebody made an index of that name, or one that the alias names: an alias has one index to write to at most."""
_REBUILD = "run `fangzhi rebuild` to make it anew from the originals; nothing is lost"


@dataclass(frozen=True, slots=True)
class Standing:
    """The index behind the alias: its name, the alias that is its alone and that it is written by, its number of shards, and why it may
    not be used or not be written to, if so.
    """

    name: str
    own: str
    shards: int
    unusable: ArchiveError | None = None
    unwritable: ArchiveError | None = None


class Life:
    """Looks up, makes, switches and removes the indexes of one archive."""

    def __init__(self, connection: Connection, mapping: Mapping, *, patient: bool = False) -> None:
        """With `patient`, for a write, what it looks up is waited for as what it changes."""
        self._connection = connection
        self._read = connection.write if patient else connection.read
        self._cluster = connection.cluster
        self._mapping = mapping

    async def standing(self) -> Standing | None:
        """The index that answers; None while there is none. Raises SearchUnavailable, and ArchiveCorrupt when the name is taken."""
        alias = self._cluster.alias
        try:
            found = (await self._read(lambda client: client.indices.get(index=alias, flat_settings=True))).body
        except MissingIndex:
            return None
        if alias in found:
            raise ArchiveCorrupt(
                f"on {', '.join(self._cluster.hosts)} {alias} is an index, where the archive's alias should be; "
                "choose another alias at the end of FANGZHI_ARCHIVE, or remove that index"
            )
        if len(found) > 1:
            raise ArchiveCorrupt(f"the alias {alias} names {len(found)} indexes ({', '.join(sorted(found))}); leave it one of them")
        [(name, raw)] = found.items()
        if not _ours(raw):
            raise ArchiveCorrupt(
                f"on {', '.join(self._cluster.hosts)} the alias {alias} names the index {name}, which is no archive of Fangzhi; "
                "choose another alias at the end of FANGZHI_ARCHIVE, or remove that index"
            )
        return Standing(
            name, _own(name, raw), int(raw["settings"]["index.number_of_shards"]), self._drift(raw), _loses(name, raw["settings"])
        )

    async def make(self) -> Standing:
        """The index that answers, made when there is none; of several processes that make one at once, one does."""
        while True:
            name = await self._next_name()
            standing = await self.standing()
            if standing is not None:
                break
            await self._create(name, {self._cluster.alias: {"is_write_index": True}, _new_alias(name): {}})
        if not standing.own:
            own = _new_alias(standing.name)
            await self._update([{"add": {"index": standing.name, "alias": own}}])
            return replace(standing, own=own)
        return standing

    async def begin(self) -> Standing:
        """A new empty index beside the one that answers; what earlier rebuilds left unfinished is removed."""
        for name, raw in (await self._indexes()).items():
            if self._cluster.alias not in raw["aliases"] and _ours(raw):
                marks = [alias for alias in raw["aliases"] if alias.endswith(_BUILDING)]
                if not marks or await self._take_off(name, marks[0]):
                    await self.remove(name)
        while True:
            name = await self._next_name()
            own = _new_alias(name)
            if await self._create(name, {own: {}, own + _BUILDING: {}}, building=True):
                return Standing(name, own, self._cluster.shards)

    async def discard(self, built: Standing) -> bool:
        """Remove an index that is being built, unless the alias names it by now: of this and `switch` one happens, and not the other.

        Whether it was removed.
        """
        if not await self._take_off(built.name, built.own + _BUILDING):
            return False
        await self.remove(built.name)
        return True

    async def finish(self, built: Standing) -> None:
        """Give the new index its copies and make it searchable; it does not answer yet.

        Raises ArchiveCorrupt when it is not what was asked for: every search would be refused from the switch on.
        """
        name = built.name
        ready = _copies(self._cluster) | {"refresh_interval": _refresh(self._cluster)}
        await self._connection.write(lambda client: client.indices.put_settings(index=name, settings={"index": ready}))
        await self._connection.write(lambda client: client.indices.refresh(index=name))
        # A time-out here is no failure: on one node with a replica asked for, green never comes, and the primaries are complete.
        wait = f"{_GREEN_SECONDS}s"
        await self._connection.write(lambda client: _health(client, name, wait))
        made = (await self._read(lambda client: client.indices.get(index=name, flat_settings=True))).body[name]
        if self._drift(made) or _loses(name, made["settings"]):
            raise ArchiveCorrupt(
                f"{', '.join(self._cluster.hosts)} changes what is made under the name {name}, by an index template perhaps, so the old "
                f"index was kept; take {self._cluster.alias}-* out of that, and run the rebuild again"
            )

    async def switch(self, new: Standing, old: Standing | None) -> None:
        """Let the alias name the new index instead of the old one, in one step.

        Raises ArchiveLocked when somebody removed the new one, or switched the alias, before.
        """
        alias = self._cluster.alias
        actions: list[dict[str, Any]] = [{"remove": {"index": new.name, "alias": new.own + _BUILDING, "must_exist": True}}]
        if old is not None:
            actions.append({"remove": {"index": old.name, "alias": alias, "must_exist": True}})
        actions.append({"add": {"index": new.name, "alias": alias, "is_write_index": True}})
        if not await self._update(actions):
            now = await self.standing()
            if now is None or now.name != new.name:  # otherwise it was done before, and the answer to that was lost
                raise ArchiveLocked("another rebuild came first, so what answers was kept; run one rebuild at a time")

    async def hold_writes(self, name: str, hold: bool) -> None:
        """Let no write into an index any more; returns when those on their way have ended. Raises SearchUnavailable when they have not."""
        if not hold:
            await self._connection.write(lambda client: client.indices.put_settings(index=name, settings={"index.blocks.write": None}))
            return
        answer = await self._connection.write(lambda client: client.indices.add_block(index=name, block="write"))
        if answer["indices"] and not answer["shards_acknowledged"]:  # none is named where the block stood already
            raise SearchUnavailable("writes to the old index do not come to an end, so it was kept; run the rebuild again")

    async def remove(self, *names: str) -> None:
        """Remove indexes; one that is gone already is no error."""
        await self._connection.write(lambda client: client.indices.delete(index=list(names), ignore_unavailable=True))

    async def changes(self, name: str) -> int:
        """A number that grows with every operation on an index, and with nothing else: the sum of its primaries' last sequence numbers."""
        answer = await self._read(lambda client: client.indices.stats(index=name, metric="docs", level="shards"))
        shards = answer["indices"].get(name, {"shards": {}})["shards"].values()  # one whose primaries are all gone is left out
        primaries = [copy for copies in shards for copy in copies if copy["routing"]["primary"]]
        return sum(int(copy["seq_no"]["max_seq_no"]) + 1 for copy in primaries)

    async def _take_off(self, name: str, alias: str) -> bool:
        """Whether an index bore this alias until now."""
        return await self._update([{"remove": {"index": name, "alias": alias, "must_exist": True}}])

    async def _update(self, actions: list[dict[str, Any]]) -> bool:
        """Whether the aliases stood as these actions take for granted; where not, nothing is changed."""

        async def update(client: AsyncElasticsearch) -> bool:
            try:
                answer = await client.indices.update_aliases(actions=actions)
            except ApiError as error:
                if error_type(error.body) in ("aliases_not_found_exception", "index_not_found_exception", "illegal_state_exception"):
                    return False
                raise
            return not answer.get("errors", False)

        return await self._connection.write(update)

    async def _indexes(self) -> dict[str, Any]:
        """All indexes that are named as those of this archive are, also those that do not answer."""
        pattern = re.compile(re.escape(self._cluster.alias) + r"-[0-9]{6}")
        wanted = f"{self._cluster.alias}-*"
        answer = await self._read(lambda client: client.indices.get(index=wanted, expand_wildcards="all"))
        return {name: raw for name, raw in answer.body.items() if pattern.fullmatch(name)}

    async def _next_name(self) -> str:
        last = max((int(name[-6:]) for name in await self._indexes()), default=0)
        return f"{self._cluster.alias}-{last + 1:06d}"

    async def _create(self, name: str, aliases: MappingOf[str, Any], *, building: bool = False) -> bool:
        """Whether it was made; False where another process made one of that name first."""
        raw = index_mappings.read("archive")
        settings = raw["settings"]["index"] | {"number_of_shards": self._cluster.shards}
        if building:
            settings |= {"refresh_interval": "-1", "number_of_replicas": 0}
        else:
            settings |= {"refresh_interval": _refresh(self._cluster)} | _copies(self._cluster)
        mappings = raw["mappings"] | {"_meta": raw["mappings"]["_meta"] | {"fingerprint": self._mapping.fingerprint}}

        async def create(client: AsyncElasticsearch) -> bool:
            try:
                await client.indices.create(index=name, aliases=aliases, settings={"index": settings}, mappings=mappings)
            except ApiError as error:
                if error_type(error.body) in _MADE_ALREADY:
                    return False
                raise
            return True

        return await self._connection.write(create)

    def _drift(self, raw: MappingOf[str, Any]) -> ArchiveError | None:
        mappings = raw["mappings"]
        wanted = index_mappings.read("archive")["mappings"]
        if mappings["_meta"]["fingerprint"] != self._mapping.fingerprint:
            return ArchiveCorrupt(f"the search index was made by another version of Fangzhi; {_REBUILD}")
        if {**mappings, "_meta": None} != {**wanted, "_meta": None}:
            return ArchiveCorrupt(f"the mapping of the search index was changed from outside; {_REBUILD}")
        return None


def _ours(raw: MappingOf[str, Any]) -> bool:
    """Whether Fangzhi made an index, whichever version of it; what is not ours is never removed."""
    return "fingerprint" in raw["mappings"].get("_meta", {})


def _new_alias(name: str) -> str:
    """An alias that no other index ever bears: who writes by it writes into this index and into none that takes its place or its name."""
    return f"{name}.{secrets.token_hex(8)}"


def _own(name: str, raw: MappingOf[str, Any]) -> str:
    """The alias that is the index's alone; empty where it was lost, as in a restore without aliases."""
    pattern = re.compile(re.escape(name) + r"\.[0-9a-f]{16}")
    return min((alias for alias in raw["aliases"] if pattern.fullmatch(alias)), default="")


def _loses(name: str, settings: MappingOf[str, str]) -> ArchiveError | None:
    if settings.get("index.translog.durability", "request").lower() == "request":
        return None
    return SearchUnavailable(
        f"the index {name} keeps its translog asynchronously and would lose acknowledged documents when a node stops; set "
        "index.translog.durability of it to request, or run `fangzhi rebuild`"
    )


def _copies(cluster: Cluster) -> dict[str, Any]:
    if cluster.replicas is None:
        return {"auto_expand_replicas": "0-1"}
    return {"auto_expand_replicas": "false", "number_of_replicas": cluster.replicas}


def _refresh(cluster: Cluster) -> str | None:
    """None leaves it to Elasticsearch: each second, but only while somebody searches."""
    if cluster.refresh_seconds == DEFAULT_REFRESH:
        return None
    return f"{round(cluster.refresh_seconds * 1000)}ms" if cluster.refresh_seconds > 0 else "-1"


async def _health(client: AsyncElasticsearch, name: str, wait: str) -> None:
    try:
        await client.options(request_timeout=_GREEN_SECONDS + 10).cluster.health(index=name, wait_for_status="green", timeout=wait)
    except ApiError as error:
        if error.meta.status != 408:
            raise
        log.warning("the copies of %s are not all there yet; Elasticsearch makes them as soon as it has nodes for them", name)
