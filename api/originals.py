"""Originals over HTTP: the files as they came, whole or in ranges, and pictures of their pages with the words of a fact marked."""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Lock

from anyio import to_thread
from graphql import GraphQLError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api.original_headers import SAFE, original_headers
from api.page_images import PageImages
from api.page_marks import asked, marked_boxes
from api.replies import error_reply
from archive.errors import ArchiveCorrupt, ArchiveError, ArchiveMissing
from archive.ids import source_id
from archive.originals import Originals
from archive.records import Source
from schema.context import Services
from schema.errors import UNAVAILABLE_MESSAGE, ErrorCode, coded, failure
from search.projection import read_record

_ID = re.compile(r"SRC-[0-9a-f]{16}|[0-9a-f]{64}", re.ASCII)
_PAGE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_CHECKED = 4_096  # files whose hash is known to match, so that a range of a large file costs no reading of the whole
_STATUS = {
    ErrorCode.BAD_REQUEST: 400,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.ARCHIVE_MISSING: 404,
    ErrorCode.UNREADABLE_FILE: 422,
    ErrorCode.LIMIT_EXCEEDED: 503,
    ErrorCode.SEARCH_UNAVAILABLE: 503,
    ErrorCode.TIMEOUT: 504,
}
_REFUSED_RANGES = {
    400: "This range cannot be read; it has the form bytes=0-499, counted from 0.",
    416: "This original has no such bytes; Content-Range says how many it has, counted from 0.",
}

Stamp = tuple[int, int, int]


class OriginalsView:
    """`GET /originals/{id}` and `GET /originals/{id}/pages/{page}.png`; an id is that of a source, or the SHA-256 of its file."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the archive's, or that of its originals where the index is on a cluster."""
        self._originals = Originals(folder)
        self._pages = PageImages()
        self._whole: OrderedDict[str, Stamp] = OrderedDict()
        self._lock = Lock()

    async def file(self, request: Request) -> Response:
        """The original itself, byte for byte; one that no longer matches its hash is refused."""
        return await _answered(lambda: self._file(request))

    async def page(self, request: Request) -> Response:
        """A page of a PDF or a picture as PNG, at most `width` pixels wide; `mark` names facts whose words are marked on it."""
        return await _answered(lambda: self._page(request))

    def close(self) -> None:
        """End the processes that draw pages."""
        self._pages.close()

    async def _file(self, request: Request) -> Response:
        services = _services(request)
        source = await _source(services, request.path_params["id"])
        headers = original_headers(source)
        if _unchanged(request, headers["etag"]):
            return Response(status_code=304, headers={name: headers[name] for name in ("etag", "cache-control")})
        path = await to_thread.run_sync(self._checked, source, services.engine.kind.shared)
        return _Served(path, headers=headers)

    async def _page(self, request: Request) -> Response:
        services = _services(request)
        source = await _source(services, request.path_params["id"])
        page = _page(request.path_params["page"], source)
        wanted = asked(request.query_params)
        boxes = await marked_boxes(services.engine, source, page, wanted.marks)
        path = await to_thread.run_sync(self._checked, source, services.engine.kind.shared)
        image = await self._pages.image(source, path, page, wanted.width, boxes)
        headers = {**SAFE, "cache-control": "private, no-cache", "etag": image.tag}
        if _unchanged(request, image.tag):
            return Response(status_code=304, headers=headers)
        return Response(image.png, media_type="image/png", headers=headers)

    def _checked(self, source: Source, shared: bool) -> Path:
        """The file of a source. It is read whole once, and again when it has changed. Raises ArchiveCorrupt and ArchiveMissing."""
        sha256 = source.sha256
        path = self._originals.path(sha256)
        try:
            stamp = _stamp(path)
        except FileNotFoundError:
            if shared:
                raise ArchiveMissing("The original is not on this machine; FANGZHI_ORIGINALS names the folder that has it.") from None
            stamp = (0, 0, 0)
        with self._lock:
            known = self._whole.get(sha256)
        if known != stamp:
            self._originals.checked(sha256)
            with self._lock:
                self._whole[sha256] = stamp
                if len(self._whole) > _CHECKED:
                    self._whole.popitem(last=False)
        return path


class _Served(FileResponse):
    """A file, whole or in ranges; a range that cannot be had is refused in the form of all other errors."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused: Message | None = None

        async def told(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in _REFUSED_RANGES:
                refused = message
            if refused is None:
                await send(message)

        await super().__call__(scope, receive, told)
        if refused is not None:
            size = {name: value for name, value in Headers(raw=refused["headers"]).items() if name == "content-range"}
            error = failure(ErrorCode.BAD_REQUEST, _REFUSED_RANGES[refused["status"]])
            await error_reply(refused["status"], error, headers={**SAFE, "cache-control": "no-store", **size})(scope, receive, send)


async def _answered(work: Callable[[], Awaitable[Response]]) -> Response:
    """Errors in the form of all others, under the status that their code has here."""
    try:
        return await work()
    except (ArchiveError, GraphQLError) as error:
        told = error if isinstance(error, GraphQLError) else coded(GraphQLError("", original_error=error))
        code = ErrorCode((told.extensions or {})["code"])
        headers = {"cache-control": "no-store"} | ({"retry-after": "5"} if code is ErrorCode.LIMIT_EXCEEDED else {})
        return error_reply(_STATUS.get(code, 500), told, headers=headers)


def _services(request: Request) -> Services:
    services: Services | None = request.app.state.services
    if services is None:
        raise failure(ErrorCode.SEARCH_UNAVAILABLE, UNAVAILABLE_MESSAGE)
    return services


async def _source(services: Services, given: str) -> Source:
    """The source with an id or a hash. Raises an error NOT_FOUND."""
    if _ID.fullmatch(given):
        key = given if given.startswith("SRC-") else source_id(given)
        hit = (await services.engine.get([key])).get(key)
        record = read_record(hit.kind, hit.record) if hit else None
        if isinstance(record, Source) and given in (key, record.sha256):
            if source_id(record.sha256) != key:
                raise ArchiveCorrupt(f"The index holds another hash under {key}; run `fangzhi rebuild`.")
            return record
    message = "There is no original with this id; an id is `Source.id` (SRC- and 16 digits) or `Source.sha256`."
    raise failure(ErrorCode.NOT_FOUND, message)


def _page(given: str, source: Source) -> int:
    """The number of a page that the source has. Raises an error NOT_FOUND."""
    count = source.quality.pages if source.quality else None
    if not count:
        raise failure(ErrorCode.NOT_FOUND, "This original has no pages; get the file itself.")
    if not _PAGE.fullmatch(given) or int(given) > count:
        raise failure(ErrorCode.NOT_FOUND, f"There is no such page; this original has {count:,}, counted from 1.")
    return int(given)


def _stamp(path: Path) -> Stamp:
    found = os.stat(path)  # noqa: PTH116 the same for a path of any kind
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _unchanged(request: Request, tag: str) -> bool:
    """Whether who asks has this content already (If-None-Match)."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in given.split(","))
