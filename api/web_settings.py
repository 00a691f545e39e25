"""What the service lets strangers do, as settings: how much, by which names, from which pages, which documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from api.addresses import Network, networks
from api.limits import MAX_COST
from api.variables import Variables
from archive.errors import BadRequest

T = TypeVar("T")

WEB_NAMES = ("rate_points", "rate_burst", "trusted_proxies", "hosts", "cors_origins", "introspection", "suggestions", "trusted_only")
RATE_POINTS = 60_000
"""Points a minute for an address when strangers can reach the service: some 700 searches with facets, several times what a person asks."""
_HOST = re.compile(r"[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\]", re.ASCII)
_ORIGIN = re.compile(r"https?://[a-z0-9._-]{1,253}(?::[0-9]{1,5})?|https?://\[[0-9a-f:.]{2,45}\](?::[0-9]{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The settings; `rate_points` None stands for RATE_POINTS where strangers reach the service, and for 0 where only this machine does.

    `rate_burst` is how many points an address may spend at once, a minute's when it is None. `trusted_proxies` are believed when they say
    for whom they ask. `hosts` are the names that the service answers to beside its machine's, `cors_origins` the pages that may ask it
    from a browser. `trusted_only` refuses every document but those of our own pages.
    """

    rate_points: int | None = None
    rate_burst: int | None = None
    trusted_proxies: tuple[Network, ...] = ()
    hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    introspection: bool = True
    suggestions: bool = True
    trusted_only: bool = False

    @classmethod
    def of(cls, given: Variables) -> Web:
        """Those that are set. Raises BadRequest, naming the variable, when one cannot be understood."""
        usual = cls()
        return cls(
            rate_points=given.number("rate_points", int, -1, least=0) if given.text("rate_points") else None,
            rate_burst=given.number("rate_burst", int, 0, least=MAX_COST) if given.text("rate_burst") else None,
            trusted_proxies=_read(given, "trusted_proxies", networks, "addresses or networks such as 10.0.0.0/8"),
            hosts=_read(given, "hosts", lambda text: _listed(text, _HOST), "names without a port, such as archive.example"),
            cors_origins=_read(given, "cors_origins", lambda text: _listed(text, _ORIGIN), "origins such as https://pages.example"),
            introspection=given.switch("introspection", usual.introspection),
            suggestions=given.switch("suggestions", usual.suggestions),
            trusted_only=given.switch("trusted_only", usual.trusted_only),
        )


def _read(given: Variables, name: str, of: Callable[[str], tuple[T, ...]], noun: str) -> tuple[T, ...]:
    text = given.text(name) or ""
    try:
        return of(text)
    except ValueError:
        raise BadRequest(f"{given.variable(name)} is {text!r}; set it to {noun}, with commas between them, or leave it out.") from None


def _listed(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    parts = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not all(pattern.fullmatch(part) for part in parts):
        raise ValueError(text)
    return parts
