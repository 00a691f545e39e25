"""What exports and feeds answer when a search cannot be made, in the form that all errors have."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from api.replies import error_reply
from archive.errors import BadRequest
from schema.context import Services
from schema.errors import ErrorCode, failure

AT_ONCE = 2
_STATUS = {
    ErrorCode.RATE_LIMITED: 503,
    ErrorCode.SEARCH_UNAVAILABLE: 503,
    ErrorCode.ARCHIVE_MISSING: 503,
    ErrorCode.INTERNAL: 500,
    ErrorCode.NOT_FOUND: 404,
}


_VARIABLE = re.compile(
    r"Variable '\$(?P<variable>\w+)' has invalid value(?: at \.(?P<path>[\w.]+)(?:\[\d+\])?)?: (?P<reason>.+)", re.DOTALL
)


def _of_parameters(message: str) -> str:
    """What is wrong, in the words of an address: nobody who exports has written the query behind it, or its variables."""
    found = _VARIABLE.fullmatch(message)
    if found is None:
        return message
    name = (found["path"] or found["variable"]).replace("from_", "from")
    return f"The parameter `{name}` is wrong: {found['reason']}"


class Turns:
    """How many exports are made at once: each takes half the processor for as long as it lasts, and searches go first."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._free = most
        self._holders: set[str] = set()

    def take(self, who: str | None = None) -> None:
        """One turn, or the only one that `who` may have. Raises GraphQLError where none is free."""
        if who in self._holders:
            raise failure(ErrorCode.RATE_LIMITED, "Another export is being sent to your address; begin the next one when it has ended.")
        if not self._free:
            raise failure(ErrorCode.RATE_LIMITED, "Other exports are being made; try again in a moment.")
        self._free -= 1
        if who is not None:
            self._holders.add(who)

    def give_back(self, who: str | None = None) -> None:
        """When it has been sent, or given up."""
        self._free += 1
        self._holders.discard(who or "")


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
        code = ErrorCode((error.extensions or {})["code"])
        status = _STATUS.get(code, 400)
        plain = failure(ErrorCode.BAD_REQUEST if code is ErrorCode.GRAPHQL_VALIDATION_FAILED else code, _of_parameters(error.message))
        return error_reply(status, plain, headers={"retry-after": "5"} if status == 503 else {})
    except TimeoutError:
        return error_reply(504, failure(ErrorCode.TIMEOUT, f"A page of hits took longer than {seconds:g} s; narrow the search."))
