"""Who may write through the API: tokens, kept as hashes in a journal of their own beside the originals.

A token is 256 random bits, so its SHA-256 says nothing about it: a slow hash (bcrypt, Argon2) protects secrets that people choose and that
can therefore be guessed, and would only slow down every request here. The file is append-only: a token that was revoked stays named in it.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from archive.durable import sync_folder
from archive.errors import ArchiveCorrupt, ArchiveLocked, ArchiveMissing, BadRequest
from archive.journal import Journal, Line

FILE = "tokens.jsonl"
PREFIX = "fz_"
CREATED, REVOKED = "TOKEN_CREATED", "TOKEN_REVOKED"

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_DIGITS = 43  # 62^43 is more than 2^256
_SUM_DIGITS = 6  # 62^6 is more than 2^32
_FORM = re.compile(rf"{PREFIX}([0-9A-Za-z]{{{_SECRET_DIGITS}}})([0-9A-Za-z]{{{_SUM_DIGITS}}})", re.ASCII)
_LOCK_SECONDS = 10.0
_MAX_NAME = 100
_MAX_DAYS = 3_650


class Scope(StrEnum):
    """What a token lets its bearer do."""

    INGEST = "ingest"  # upload, ingest, follow jobs of its own
    ADMIN = "admin"  # all of that, of everybody's, and delete


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is known of a token; never the token. Times are UTC, ISO 8601."""

    id: str
    name: str
    scopes: frozenset[Scope]
    created_at: str
    expires_at: str | None = None
    revoked_at: str | None = None
    digest: str = field(default="", repr=False)

    def allows(self, scope: Scope) -> bool:
        """Whether it lets its bearer do this; `admin` holds every other scope."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    def live(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or datetime.fromisoformat(self.expires_at) > now)


class Tokens:
    """The tokens of the archive in `folder`. A change by another process is seen by the next call."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._journal = Journal(self.path)
        self._lock = FileLock(folder / "tokens.lock", mode=0o600)
        self._stamp: tuple[int, int, int] | None = None
        self._known: tuple[Token, ...] = ()

    def listed(self) -> tuple[Token, ...]:
        """All of them, oldest first, with those that do not count any more.

        Raises ArchiveCorrupt when a line is damaged: it may have been the one that revoked a token, so that none is accepted then.
        """
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._known = _folded(self._journal.numbered(), self.path) if stamp else ()
            self._stamp = stamp
        return self._known

    def any(self) -> bool:
        """Whether there is a token that counts; without one nothing can be written through the API."""
        now = datetime.now(UTC)
        return any(token.live(now) for token in self.listed())

    def holder(self, secret: str) -> Token | None:
        """The token that `secret` is, if it counts now.

        Every candidate is compared, each in constant time, so that how long it takes tells nothing about any of them.
        """
        digest = _digest(secret).encode()
        found = [token for token in self.listed() if hmac.compare_digest(token.digest.encode(), digest)]
        now = datetime.now(UTC)
        return next((token for token in found if token.live(now)), None)

    def still(self, token: Token) -> bool:
        """Whether a token that counted once counts now."""
        now = datetime.now(UTC)
        try:
            return any(one.id == token.id and one.live(now) for one in self.listed())
        except ArchiveCorrupt:
            return False

    def create(self, scopes: Iterable[Scope], name: str = "", days: int | None = None) -> tuple[Token, str]:
        """A new token and its secret, which nothing here keeps. Raises BadRequest, ArchiveLocked and ArchiveMissing (no such folder)."""
        if len(name) > _MAX_NAME or not all(char.isprintable() for char in name):
            raise BadRequest(f"The name of a token is at most {_MAX_NAME} characters that can be shown; choose another.")
        if days is not None and not 1 <= days <= _MAX_DAYS:
            raise BadRequest(f"A token counts for 1 to {_MAX_DAYS:,} days, not {days:,}; leave --days out for one that does not expire.")
        now = datetime.now(UTC)
        secret = _secret()
        token = Token(
            id=f"TOK-{secrets.token_hex(5)}",
            name=name,
            scopes=frozenset(scopes),
            created_at=now.isoformat(timespec="seconds"),
            expires_at=(now + timedelta(days=days)).isoformat(timespec="seconds") if days is not None else None,
            digest=_digest(secret),
        )
        self._append(_line(token))
        return token, secret

    def revoke(self, identifier: str) -> Token:
        """The token with this id counts no more from the next request on. Raises BadRequest when there is none, or no longer."""
        found = next((token for token in self.listed() if token.id == identifier), None)
        if found is None or found.revoked_at is not None:
            what = "was revoked already" if found else "is not the id of a token"
            raise BadRequest(f"{identifier[:40]!r} {what}; `fangzhi token list` shows the ids.")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._append({"event": REVOKED, "id": identifier, "at": now})
        return replace(found, revoked_at=now)

    def _append(self, line: Line) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"The folder {self.path.parent} cannot be made ({error.strerror}); name another archive with --archive."
            raise ArchiveMissing(message) from None
        try:
            with self._lock.acquire(timeout=_LOCK_SECONDS):
                self._private()
                self._journal.append([line])
        except Timeout:
            raise ArchiveLocked(f"Another process is writing {self.path}; try again.") from None

    def _private(self) -> None:
        """The file there, and readable by its owner alone from its first moment on."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return
        sync_folder(self.path.parent)

    def _stamp_now(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return (found.st_ino, found.st_size, found.st_mtime_ns)


def well_formed(secret: str) -> bool:
    """Whether it has the form of a token and its own check sum: a typing error is told without a look at any token."""
    match = _FORM.fullmatch(secret)
    return match is not None and _sum(match[1]) == match[2]


def _secret() -> str:
    digits = _base62(int.from_bytes(secrets.token_bytes(32)), _SECRET_DIGITS)
    return f"{PREFIX}{digits}{_sum(digits)}"


def _sum(digits: str) -> str:
    return _base62(binascii.crc32(digits.encode()), _SUM_DIGITS)


def _base62(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    return digits


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _folded(lines: Iterable[tuple[int, Line | None]], path: Path) -> tuple[Token, ...]:
    tokens: dict[str, Token] = {}
    for number, line in lines:
        try:
            if line is None or line["event"] not in (CREATED, REVOKED):
                raise _damaged(number, path)
            if line["event"] == CREATED:
                token = _token(line)
                tokens[token.id] = token
            else:
                tokens[str(line["id"])] = replace(tokens[str(line["id"])], revoked_at=str(line["at"]))
        except (KeyError, ValueError):
            raise _damaged(number, path) from None
    return tuple(tokens.values())


def _damaged(number: int, path: Path) -> ArchiveCorrupt:
    return ArchiveCorrupt(f"Line {number} of {path} is damaged, so no token is accepted; restore it, or remove it and make new ones.")


def _line(token: Token) -> dict[str, str]:
    line = {"event": CREATED, "id": token.id, "sha256": token.digest, "scopes": " ".join(sorted(token.scopes)), "name": token.name}
    line["at"] = token.created_at
    return line if token.expires_at is None else line | {"expires": token.expires_at}


def _token(line: Line) -> Token:
    expires = line.get("expires")
    if expires is not None:
        datetime.fromisoformat(str(expires))
    return Token(
        id=str(line["id"]),
        name=str(line["name"]),
        scopes=frozenset(Scope(scope) for scope in str(line["scopes"]).split()),
        created_at=str(line["at"]),
        expires_at=str(expires) if expires is not None else None,
        digest=str(line["sha256"]),
    )
