"""Every error that a client can see, and how failures become one of them; what is not listed here leaves as INTERNAL."""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import TypeVar

from graphql import GraphQLError, GraphQLSyntaxError

from archive.errors import ArchiveError, SearchUnavailable

T = TypeVar("T")

log = logging.getLogger("fangzhi.graphql")


class ErrorCode(StrEnum):
    """The values of `extensions.code`; docs/graphql.md says for each what to do."""

    BAD_REQUEST = "BAD_REQUEST"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    BAD_CURSOR = "BAD_CURSOR"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    RATE_LIMITED = "RATE_LIMITED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    TIMEOUT = "TIMEOUT"
    SEARCH_UNAVAILABLE = "SEARCH_UNAVAILABLE"
    ARCHIVE_LOCKED = "ARCHIVE_LOCKED"
    ARCHIVE_CORRUPT = "ARCHIVE_CORRUPT"
    ARCHIVE_MISSING = "ARCHIVE_MISSING"
    UNREADABLE_FILE = "UNREADABLE_FILE"
    INTERNAL = "INTERNAL"


UNAVAILABLE_MESSAGE = "The search engine cannot answer just now; try again in a moment. /health and the log say why."
INTERNAL_MESSAGE = "Something failed inside the archive; its log has the reason under this request's id."


def failure(code: ErrorCode, message: str) -> GraphQLError:
    """An error of our own with its code, for a resolver or a limit to raise."""
    return GraphQLError(message, extensions={"code": code.value})


def known(found: T | None, identifier: str) -> T:
    """What an id leads to. Raises an error NOT_FOUND when that is nothing."""
    if found is None:
        raise failure(ErrorCode.NOT_FOUND, f"There is no {identifier}; `places(query:)` and `themes` list the ids.")
    return found


def coded(error: GraphQLError) -> GraphQLError:
    """`error` with a code, and with a message that tells nothing of our insides.

    Errors of archive.errors keep their code and sentence, those of the caller's query say what is wrong with it, all else is masked.
    """
    if error.extensions and "code" in error.extensions:
        return error
    cause = error.original_error
    if isinstance(cause, GraphQLError):
        return _rewritten(error, cause)
    if isinstance(cause, ArchiveError):
        return _copy(error, _told(cause), ErrorCode(cause.code))
    if cause is not None:
        return _masked(error, cause)
    if isinstance(error, GraphQLSyntaxError):
        code = ErrorCode.LIMIT_EXCEEDED if error.message.endswith("Parsing aborted.") else ErrorCode.GRAPHQL_PARSE_FAILED
        return _copy(error, error.message, code)
    return _copy(error, error.message, ErrorCode.GRAPHQL_VALIDATION_FAILED)


def _told(cause: ArchiveError) -> str:
    """Where the engine is and how to mend it is for who runs the archive, and not for everybody who asks it."""
    if not isinstance(cause, SearchUnavailable):
        return str(cause)
    log.warning("a search was not answered: %s", cause)
    return UNAVAILABLE_MESSAGE


def _masked(error: GraphQLError, cause: Exception) -> GraphQLError:
    if not error.path and error.nodes:  # before anything ran: a literal that its scalar could not even parse
        return _copy(error, "A value of the query does not fit its type.", ErrorCode.GRAPHQL_VALIDATION_FAILED)
    log.error("a resolver failed at %s", error.path, exc_info=cause)
    return _copy(error, INTERNAL_MESSAGE, ErrorCode.INTERNAL)


def _rewritten(error: GraphQLError, cause: GraphQLError) -> GraphQLError:
    """With the words of its cause, behind the name of the variable that graphql-core puts before them."""
    inner = coded(cause)
    before = error.message.removesuffix(cause.message) if error.message.endswith(cause.message) else ""
    return _copy(error, before + inner.message, ErrorCode((inner.extensions or {})["code"]))


def _copy(error: GraphQLError, message: str, code: ErrorCode) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code.value},
    )
