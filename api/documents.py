"""Documents that are kept here, so that a client need not send them: our own page's, and those that clients had kept before.

Trusted documents come with the program: `api/static/documents.json` holds them under their hashes, made of .graphql files by
`python -m api.trusted`. Apollo's automatic persisted queries are a cache and no barrier, unless only trusted documents are allowed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from api.asking import Asked, Refused
from schema.bounded import Bounded
from schema.errors import ErrorCode

MANIFEST = Path(__file__).with_name("static") / "documents.json"
KEPT_DOCUMENTS = 1000
KEPT_BYTES = 4_000_000
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PREFIX = "sha256:"
NOT_FOUND = "PersistedQueryNotFound"  # Apollo's clients wait for these very words, and then send the document


@dataclass(frozen=True, slots=True)
class Resolved:
    """The text to run; `learn` is its hash when it may be kept once it has proved valid."""

    query: str
    learn: str | None = None


@cache
def trusted() -> Mapping[str, str]:
    """The manifest: documents by the SHA-256 of their text."""
    found: dict[str, str] = json.loads(MANIFEST.read_text("utf-8"))
    return found


@dataclass(slots=True)
class Kept:
    """What one service keeps. With `trusted_only` every other document is refused."""

    trusted_only: bool = False
    known: Mapping[str, str] = field(default_factory=trusted)
    learnt: Bounded[str, str] = field(default_factory=lambda: Bounded(KEPT_DOCUMENTS, KEPT_BYTES))

    def resolve(self, asked: Asked) -> Resolved:
        """The document that a request means, by its text, by `documentId` or by `extensions.persistedQuery`. Raises Refused."""
        found = self._by_id(asked) if asked.document_id else self._by_extension(asked)
        if self.trusted_only and hash_of(found.query) not in self.known:
            message = "This service runs the documents of its own pages only, by their `documentId`; ask whoever runs it for more."
            raise Refused(400, ErrorCode.PERSISTED_QUERY_NOT_FOUND, message)
        return found

    def learn(self, resolved: Resolved) -> None:
        """Keep a document that was run: it can be read and is valid."""
        if resolved.learn is not None and resolved.learn not in self.known:
            self.learnt.put(resolved.learn, resolved.query, len(resolved.query) * 4)

    def _by_id(self, asked: Asked) -> Resolved:
        if asked.query:
            raise Refused(400, ErrorCode.BAD_REQUEST, "Give `query` or `documentId`, and not both.")
        given = asked.document_id or ""
        if not given.startswith(_PREFIX) or not _HASH.fullmatch(given.removeprefix(_PREFIX)):
            message = f"`documentId` must be {_PREFIX} and the SHA-256 of the document in 64 small hexadecimal digits."
            raise Refused(400, ErrorCode.BAD_REQUEST, message)
        query = self._find(given.removeprefix(_PREFIX))
        if query is None:
            message = "No document is kept under this `documentId`; send the document itself as `query`."
            raise Refused(400, ErrorCode.PERSISTED_QUERY_NOT_FOUND, message)
        return Resolved(query)

    def _by_extension(self, asked: Asked) -> Resolved:
        if "persistedQuery" not in asked.extensions:
            return Resolved(asked.query)
        given = asked.extensions["persistedQuery"]
        if not isinstance(given, dict) or given.get("version") != 1 or not isinstance(given.get("sha256Hash"), str):
            message = "`extensions.persistedQuery` must be {version: 1, sha256Hash: the SHA-256 of the document}."
            raise Refused(400, ErrorCode.BAD_REQUEST, message)
        wanted = given["sha256Hash"].lower()
        if not _HASH.fullmatch(wanted):
            raise Refused(400, ErrorCode.BAD_REQUEST, "`sha256Hash` must be 64 hexadecimal digits.")
        if not asked.query:
            query = self._find(wanted)
            if query is None:
                raise Refused(400, ErrorCode.PERSISTED_QUERY_NOT_FOUND, NOT_FOUND)
            return Resolved(query)
        if hash_of(asked.query) != wanted:
            raise Refused(400, ErrorCode.BAD_REQUEST, "`sha256Hash` is not the SHA-256 of `query`; hash the text as it is sent, in UTF-8.")
        return Resolved(asked.query, wanted)

    def _find(self, wanted: str) -> str | None:
        return self.known.get(wanted) or self.learnt.get(wanted)


def hash_of(query: str) -> str:
    """The SHA-256 of a document's text, as it is sent."""
    return hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()
