"""What can be set from outside, read once from the environment when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from platformdirs import user_data_dir

from archive.errors import BadRequest
from ingest.readers import MAX_BYTES

T = TypeVar("T")

PREFIX = "FANGZHI_"
_MAX_PORT = 65_535


def default_archive() -> Path:
    """The folder `fangzhi` in the user's data directory."""
    return Path(user_data_dir("fangzhi", appauthor=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; each is also an environment variable: FANGZHI_ and its name in capitals.

    `max_file_bytes` is the largest file that is read. `lock_seconds` is how long a writer waits for another one. `request_seconds` is how
    long one GraphQL request may take.
    """

    archive: Path = field(default_factory=default_archive)
    host: str = "127.0.0.1"
    port: int = 8000
    max_file_bytes: int = MAX_BYTES
    lock_seconds: float = 60.0
    request_seconds: float = 10.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that `environment` names, defaults for the rest.

        Raises BadRequest, naming the variable, when one cannot be understood.
        """
        given = {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX) and value}
        usual = cls()
        return cls(
            archive=Path(given["archive"]).expanduser() if "archive" in given else usual.archive,
            host=given.get("host", usual.host),
            port=_number(given, "port", int, usual.port, _MAX_PORT),
            max_file_bytes=_number(given, "max_file_bytes", int, usual.max_file_bytes),
            lock_seconds=_number(given, "lock_seconds", float, usual.lock_seconds),
            request_seconds=_number(given, "request_seconds", float, usual.request_seconds),
        )


def _number(given: Mapping[str, str], name: str, kind: Callable[[str], T], default: T, largest: float = float("inf")) -> T:
    if name not in given:
        return default
    try:
        value = kind(given[name])
        fits = 0 <= float(str(value)) <= largest
    except ValueError:
        fits = False
    if not fits:
        raise BadRequest(f"{PREFIX}{name.upper()} is {given[name]!r}, which is no number of its kind; set it to a number or leave it out.")
    return value
