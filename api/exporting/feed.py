"""`GET /feed`: the documents that a search finds as an Atom feed (RFC 4287), those first that came last into the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from anyio import to_thread
from lxml import etree
from starlette.requests import Request
from starlette.responses import Response

from api.etags import held
from api.exporting.address import addressed
from api.exporting.answering import Turns, answered
from api.exporting.pages import Hits
from archive.errors import BadRequest
from archive.ids import source_id
from archive.originals import Original, Originals
from schema.build import ArchiveSchema
from schema.context import Services
from schema.labels import CHINESE

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
_FILES = 200  # names that one search is asked for at once: a filter takes no more
_SEARCHES = 10
_NEVER = "1970-01-01T00:00:00+00:00"  # an empty feed must have a day, too, and the same one each time
_OPENING = 30  # characters by which a document without a title is told from others


class FeedView:
    """The newest documents of a search, as far back as the last 2,000 files that came."""

    def __init__(self, schema: ArchiveSchema, folder: Path, seconds: float) -> None:
        """`folder` is where the originals are; `seconds` is how long each search may take."""
        self._schema = schema
        self._originals = Originals(folder)
        self._seconds = seconds
        self._turns = Turns()
        self._known: tuple[int, list[Original]] = (-1, [])

    async def feed(self, request: Request) -> Response:
        """Answer one request."""
        return await answered(request, self._seconds, self._answer)

    async def _answer(self, request: Request, services: Services) -> Response:
        self._turns.take()
        try:
            return await self._made(request, services)
        finally:
            self._turns.give_back()

    async def _made(self, request: Request, services: Services) -> Response:
        given = request.query_params.multi_items()
        variables = addressed(self._schema.graphql, given)
        if len(variables.get("filter", {}).get("sources", ())) > _FILES:
            raise BadRequest(f"The parameter `sources` takes at most {_FILES} names; ask for fewer.")
        base = str(request.base_url).rstrip("/")
        arrived = await to_thread.run_sync(self._newest_first)
        found = await self._found(services, variables, arrived)
        address = f"{base}/feed" + (f"?{urlencode(given)}" if given else "")
        body = atom(found, address, base, str(variables.get("query", "")))
        current = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"etag": current, "cache-control": "no-cache"}
        if held(request, current):  # readers of feeds ask again and again, and nearly always for nothing
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/atom+xml; charset=utf-8", headers=headers)

    async def _found(
        self, services: Services, variables: dict[str, Any], arrived: Sequence[Original]
    ) -> list[tuple[dict[str, Any], Original]]:
        """Documents with the files that they came in, asked for by the names of the newest files."""
        chosen = variables.get("filter", {})
        found: list[tuple[dict[str, Any], Original]] = []
        for files in _parts(arrived, chosen.get("sources")):
            by_source = {source_id(one.sha256): one for one in files}
            asked = {**variables, "filter": {**chosen, "types": ["DOCUMENT"], "sources": sorted({one.name for one in files})}}
            hits = Hits(self._schema, services, asked, 10 * _FILES, self._seconds)
            nodes = [node async for node in hits.nodes(await hits.first())]
            here = [(node, by_source[node["source"]["id"]]) for node in nodes if node["source"]["id"] in by_source]
            found += sorted(here, key=lambda one: (one[1].added_at, one[0]["id"]), reverse=True)
            if len(found) >= ENTRIES:
                break
        return found[:ENTRIES]

    def _newest_first(self) -> list[Original]:
        """The journal is read again only when it has grown."""
        size = self._originals.journal.size()
        if self._known[0] != size:
            listed = sorted(self._originals.listed().values(), key=lambda one: (one.added_at, one.sha256), reverse=True)
            self._known = (size, listed)
        return self._known[1]


def _parts(arrived: Sequence[Original], wanted: list[str] | None) -> Iterator[Sequence[Original]]:
    """The files in groups, at least one, so that a search that cannot be made is told even in an empty archive."""
    names = None if wanted is None else frozenset(wanted)
    files = [one for one in arrived if names is None or one.name in names]
    for start in range(0, max(1, min(len(files), _FILES * _SEARCHES)), _FILES):
        yield files[start : start + _FILES]


def atom(found: Sequence[tuple[dict[str, Any], Original]], address: str, base: str, query: str) -> bytes:
    """The feed. Its days are those on which files came into the archive: few documents print when they were published."""
    feed = etree.Element("feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml names the default namespace None
    _text(feed, "id", address)
    _text(feed, "title", f"方志：{query}" if query else "方志：全部文献")
    _text(feed, "updated", max((original.added_at for _, original in found), default=_NEVER))
    etree.SubElement(feed, "link", rel="self", href=address, type="application/atom+xml")
    _text(etree.SubElement(feed, "author"), "name", "方志")
    for node, original in found:
        entry = etree.SubElement(feed, "entry")
        _text(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, node['id'])}")  # the same under whatever name the service is reached
        _text(entry, "title", node["title"] or f"（无题名）{node['opening'][:_OPENING]}…")
        _text(entry, "updated", original.added_at)
        if node["publishedOn"]:
            _text(entry, "published", f"{node['publishedOn']}T00:00:00+08:00")  # days are China's
        for author in node["authors"]:
            _text(etree.SubElement(entry, "author"), "name", author)
        etree.SubElement(entry, "category", term=node["genre"], label=CHINESE[node["genre"]])
        etree.SubElement(entry, "link", rel="alternate", href=base + node["source"]["url"])
        _text(entry, "summary", node["opening"])
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def _text(parent: Any, name: str, text: str) -> None:
    """An element with `text`, without the characters that XML cannot hold."""
    etree.SubElement(parent, name).text = "".join(char for char in text if char.isprintable() or char == "\n")
