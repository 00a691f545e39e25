"""`Authorization: Bearer`: who asks, by the token that a request bears. Nothing of a token goes into a log, an error or a metric."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.replies import error_reply
from archive.errors import ArchiveCorrupt
from archive.tokens import Token, Tokens, well_formed
from schema.errors import ErrorCode, failure

CHALLENGE = 'Bearer realm="fangzhi"'
_IN_ADDRESS = frozenset({"access_token", "accesstoken", "token", "authorization", "bearer", "api_key", "apikey"})
_LONGEST = 200  # characters of a header that could hold a token


class TokenRefused(Exception):
    """A request whose token is not accepted, or stands where tokens do not belong."""

    def __init__(self, status: int, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code

    def reply(self, media_type: str = "application/json; charset=utf-8") -> Response:
        """The answer to it; 401 names the way to do better (RFC 6750)."""
        headers = {"cache-control": "no-store"}
        if self.status == 401:
            headers["www-authenticate"] = f'{CHALLENGE}, error="invalid_token"'
        return error_reply(self.status, failure(self.code, str(self)), media_type, headers)


def bearer(connection: HTTPConnection, tokens: Tokens) -> Token | None:
    """The token that a request bears; None when it bears none, which is how everybody reads.

    A token that is not accepted is refused even where none is needed: who sends one should learn that it does not count. Raises
    TokenRefused, also for a token in the address, because addresses are kept in logs, histories and by proxies.
    """
    if any(name.lower() in _IN_ADDRESS for name in connection.query_params):
        message = "A token does not belong into the address; send it as the header `Authorization: Bearer …`, and revoke this one."
        raise TokenRefused(400, ErrorCode.BAD_REQUEST, message)
    given = connection.headers.getlist("authorization")
    if not given:
        return None
    scheme, _, secret = given[0].strip().partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        raise TokenRefused(401, ErrorCode.UNAUTHENTICATED, "Send one header `Authorization: Bearer …`, or none to read.")
    return accepted(secret.strip(), tokens)


def accepted(secret: str, tokens: Tokens) -> Token:
    """The token that this is. Raises TokenRefused when it does not count; whether it ever did is not said."""
    if len(secret) > _LONGEST or not well_formed(secret):
        message = "This is no token of Fangzhi, or a part of it is missing; copy it whole, from fz_ on."
        raise TokenRefused(401, ErrorCode.UNAUTHENTICATED, message)
    try:
        found = tokens.holder(secret)
    except ArchiveCorrupt:
        raise TokenRefused(401, ErrorCode.UNAUTHENTICATED, "No token is accepted just now; whoever runs the archive can say why.") from None
    if found is None:
        message = "This token is not known here, has expired or was revoked; `fangzhi token create` makes a new one."
        raise TokenRefused(401, ErrorCode.UNAUTHENTICATED, message)
    return found
