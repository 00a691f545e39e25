"""What exports and feeds answer when a search cannot be made, in the form that all errors have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from api.replies import error_reply
from archive.errors import BadRequest
from schema.context import Services
from schema.errors import ErrorCode, failure

_STATUS = {ErrorCode.SEARCH_UNAVAILABLE: 503, ErrorCode.ARCHIVE_MISSING: 503, ErrorCode.INTERNAL: 500, ErrorCode.NOT_FOUND: 404}


async def answered(request: Request, seconds: float, answer: Callable[[Request, Services], Awaitable[Response]]) -> Response:
    """The answer, or what went wrong before its first byte. `seconds` is how long one page of hits may take."""
    services: Services | None = request.app.state.services
    if services is None:
        return error_reply(503, failure(ErrorCode.SEARCH_UNAVAILABLE, "The archive is not open yet; try again in a moment."))
    try:
        return await answer(request, services)
    except BadRequest as error:
        return error_reply(400, failure(ErrorCode.BAD_REQUEST, str(error)))
    except GraphQLError as error:
        return error_reply(_STATUS.get(ErrorCode((error.extensions or {})["code"]), 400), error)
    except TimeoutError:
        return error_reply(504, failure(ErrorCode.TIMEOUT, f"A page of hits took longer than {seconds:g} s; narrow the search."))
