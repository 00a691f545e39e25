"""Which Elasticsearch, how to get in, and how the index is to lie on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_ALIAS = "fangzhi"
DEFAULT_REFRESH = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One archive on one cluster. Secrets are never shown: not by `repr`, not by `shown`, not in an error.

    `hosts` are URLs without credentials. `alias` is the name that is searched; the indexes behind it are `<alias>-000001` and so on.
    `request_seconds` is how long one request may take; `patience_seconds` is how long a request that the cluster turns away (too many
    requests, no master, connection lost) is tried again. `replicas` None keeps one copy as soon as there is a second node.
    `refresh_seconds` is how often Elasticsearch itself makes changes visible, by default only while it is searched; a write that has
    returned is visible at once, whatever it is.
    """

    hosts: tuple[str, ...]
    alias: str = DEFAULT_ALIAS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    fingerprint: str | None = None
    sniff: bool = False
    request_seconds: float = 30.0
    patience_seconds: float = 60.0
    shards: int = 1
    replicas: int | None = None
    refresh_seconds: float = DEFAULT_REFRESH

    @property
    def shown(self) -> str:
        """The place for people to read: hosts and alias."""
        return f"{', '.join(self.hosts)} ({self.alias})"
