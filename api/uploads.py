"""`PUT /uploads`: a file that is to be ingested, streamed to the disk beside the originals and known by its hash."""

from __future__ import annotations

import base64
import binascii
import errno
import re
from functools import partial

import anyio
from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.asking import Refused
from api.replies import error_reply, json_reply
from api.tokens import CHALLENGE, TokenRefused, bearer
from archive.errors import UnreadableFile
from archive.tokens import Scope, Tokens
from ingest import uploads as waiting
from ingest.uploads import DigestDiffers, NoRoom, Receiving, Upload, Uploads, UploadTooLarge
from schema.context import Services
from schema.errors import ErrorCode, failure

_BUFFER = 1 << 20  # bytes that are written at a time
PAUSE_SECONDS = 60.0
"""How long a sender may pause."""
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]{44}):", re.ASCII)
_SAFE = {"cache-control": "no-store"}


class UploadsView:
    """The ASGI application at /uploads."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    async def __call__(self, request: Request) -> Response:
        """201 for a file that was not there, 200 for one that was; refuses before the body is read where it can."""
        try:
            uploads = self._allowed(request)
            upload = await _received(request, uploads)
        except TokenRefused as refused:
            return refused.reply()
        except Refused as refused:
            return error_reply(refused.status, failure(refused.code, str(refused)), headers=_SAFE | refused.headers)
        body = {"uploadId": upload.id, "sha256": upload.sha256, "size": upload.size, "type": upload.media_type}
        return json_reply(body, 201 if upload.fresh else 200, headers=_SAFE)

    def _allowed(self, request: Request) -> Uploads:
        caller = bearer(request, self._tokens)
        if caller is None:
            message = f"Sending files needs a token with the scope {Scope.INGEST}: `Authorization: Bearer …`."
            raise Refused(401, ErrorCode.UNAUTHENTICATED, message, {"www-authenticate": CHALLENGE, "connection": "close"})
        if not caller.allows(Scope.INGEST):
            raise Refused(403, ErrorCode.FORBIDDEN, f"Sending files needs the scope {Scope.INGEST}.", {"connection": "close"})
        services: Services | None = request.app.state.services
        if services is None or services.desk is None:
            raise Refused(503, ErrorCode.FORBIDDEN, "This service only reads; ask one that keeps the originals.", {"connection": "close"})
        return services.desk.uploads


async def _received(request: Request, uploads: Uploads) -> Upload:
    """The body as a file that is kept. Raises Refused; then nothing of it is."""
    announced, digest = _length(request), _digest(request)
    try:
        with await to_thread.run_sync(uploads.receive, announced) as receiving:
            await _written(request, receiving)
            return await to_thread.run_sync(partial(receiving.keep, digest))
    except UploadTooLarge:
        message = f"A file may have {uploads.largest:,} bytes; split it, or have FANGZHI_MAX_FILE_BYTES raised."
        raise Refused(413, ErrorCode.LIMIT_EXCEEDED, message, {"connection": "close"}) from None
    except NoRoom:
        message = "Too much was sent and is not ingested yet; ingest it, or wait until it is forgotten (24 hours)."
        raise Refused(507, ErrorCode.LIMIT_EXCEEDED, message, {"connection": "close", "retry-after": "3600"}) from None
    except DigestDiffers:
        raise Refused(400, ErrorCode.BAD_REQUEST, "Other bytes came than Content-Digest says; send the file again.") from None
    except UnreadableFile as refusal:
        raise Refused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, f"This file is not taken: {refusal}.") from None
    except ClientDisconnect:
        raise Refused(400, ErrorCode.BAD_REQUEST, "The body could not be read to its end.") from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused(507, ErrorCode.LIMIT_EXCEEDED, "The archive's disk is full.", {"connection": "close"}) from None


async def _written(request: Request, receiving: Receiving) -> None:
    buffer = bytearray()
    parts = aiter(request.stream())
    begun = anyio.current_time()
    while True:
        left = begun + waiting.SENDING_SECONDS - anyio.current_time()
        try:
            with anyio.fail_after(max(0.0, min(PAUSE_SECONDS, left))):
                part = await anext(parts, None)
        except TimeoutError:
            message = f"No byte came for {PAUSE_SECONDS:g} s, or the file did not come within {waiting.SENDING_SECONDS:g} s; send it again."
            raise Refused(408, ErrorCode.TIMEOUT, message, {"connection": "close"}) from None
        if part is None:
            break
        buffer += part
        if len(buffer) >= _BUFFER:
            await to_thread.run_sync(receiving.add, bytes(buffer))
            buffer.clear()
    await to_thread.run_sync(receiving.add, bytes(buffer))


def _length(request: Request) -> int | None:
    given = request.headers.get("content-length")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 20):
        raise Refused(400, ErrorCode.BAD_REQUEST, "Content-Length is no number.", {"connection": "close"})
    return int(given)


def _digest(request: Request) -> bytes | None:
    """The SHA-256 that the sender has (RFC 9530); other digests are not looked at."""
    given = request.headers.get("content-digest")
    if given is None or "sha-256=" not in given:
        return None
    match = _DIGEST.search(given)
    try:
        return base64.b64decode(match[1], validate=True) if match else _malformed()
    except binascii.Error:
        return _malformed()


def _malformed() -> bytes:
    raise Refused(400, ErrorCode.BAD_REQUEST, "Content-Digest is malformed; it looks like sha-256=:…:, with the hash in base64.")
