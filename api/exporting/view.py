"""`GET /export`: what a search finds, as a file that is sent while it is made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.addresses import Network, asker
from api.exporting.address import addressed
from api.exporting.answering import Turns, answered
from api.exporting.citing import STYLES, CitationFile, citations
from api.exporting.formats import FORMATS, Records
from api.exporting.pages import Hits, Page
from api.exporting.rows import record
from archive.errors import BadRequest
from schema.build import ArchiveSchema
from schema.context import Context, Services

MAX_ROWS = 50_000
USUAL_ROWS = 10_000
_OWN = ("format", "limit", "accessed")


class ExportView:
    """Errors come before the first byte of the file; what fails later breaks the answer off, so that nobody takes half for all."""

    def __init__(self, schema: ArchiveSchema, seconds: float, trusted: Sequence[Network] = ()) -> None:
        """`seconds` is how long each page of hits may take; `trusted` proxies say for whom they ask."""
        self._trusted = trusted
        self._schema = schema
        self._seconds = seconds
        self._turns = Turns()

    async def file(self, request: Request) -> Response:
        """Answer one request."""
        return await answered(request, self._seconds, self._answer)

    async def _answer(self, request: Request, services: Services) -> Response:
        given = request.query_params.multi_items()
        own = _once([(name, text) for name, text in given if name in _OWN])
        form = own.get("format", "csv")
        if form not in FORMATS and form not in STYLES:
            raise BadRequest(f"There is no format {form[:40]!r}; there are {', '.join([*FORMATS, *STYLES])}.")
        limit, accessed = _limit(own.get("limit")), _day(own.get("accessed"))
        variables = addressed(self._schema.graphql, [(name, text) for name, text in given if name not in _OWN])
        who = asker(request.scope, self._trusted)
        self._turns.take(who)
        try:
            body, headers = await _file(request, services, Hits(self._schema, services, variables, limit, self._seconds), form, accessed)
            return _Sent(self._turns, who, body, headers)
        except BaseException:
            self._turns.give_back(who)
            raise


class _Sent(StreamingResponse):
    """Gives its turn back when it is over, also when the client goes before the first byte."""

    def __init__(self, turns: Turns, who: str, body: AsyncIterator[bytes], headers: dict[str, str]) -> None:
        super().__init__(body, headers=headers)
        self._turns = turns
        self._who = who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._turns.give_back(self._who)


async def _file(
    request: Request, services: Services, hits: Hits, form: str, accessed: date | None
) -> tuple[AsyncIterator[bytes], dict[str, str]]:
    page = await hits.first()
    base = str(request.base_url).rstrip("/")
    file = STYLES.get(form) or FORMATS[form]
    if isinstance(file, CitationFile):
        body = citations(hits.nodes(page), Context.of(services).document, file, base, accessed)
    else:
        body = file.write(_records(hits, page, base))
    return body, _headers(file.extension, file.media_type, page.total, hits.query)


async def _records(hits: Hits, page: Page, base: str) -> Records:
    async for node in hits.nodes(page):
        yield record(node, base)


def _once(given: list[tuple[str, str]]) -> dict[str, str]:
    own = dict(given)
    if len(own) < len(given):
        twice = next(name for name in own if sum(name == other for other, _ in given) > 1)
        raise BadRequest(f"The parameter `{twice}` is given twice; it takes one value.")
    return own


def _limit(text: str | None) -> int:
    if text is None:
        return USUAL_ROWS
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= MAX_ROWS):
        raise BadRequest(f"The parameter `limit` takes a number from 1 to {MAX_ROWS}, not {text[:40]!r}.")
    return int(text)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRequest(f"The parameter `accessed` takes a day, as in 2026-11-22, not {text!r:.40}.") from None


def _headers(extension: str, media_type: str, total: int, query: str) -> dict[str, str]:
    name = "".join(char if char.isalnum() else "-" for char in query)[:40].strip("-")
    file = f"fangzhi-{name}.{extension}" if name else f"fangzhi.{extension}"
    return {
        "content-type": media_type,
        "content-disposition": f"attachment; filename=\"fangzhi.{extension}\"; filename*=UTF-8''{quote(file, safe='')}",
        "cache-control": "no-cache",
        "x-total-count": str(total),
    }
