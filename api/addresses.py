"""Who asks: the address that a request is counted under. Behind a proxy it is what the proxy says, and only when that proxy is named."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

LOCAL = "local"
"""Who asks through a socket that has no address."""
_IPV6_PREFIX = 64  # what one subscriber is given at least
_HOPS = 20
_FOR = re.compile(r'(?:^|;)\s*for\s*=\s*("[^"]*"|[^;,\s]*)', re.IGNORECASE)
_BRACKETED = re.compile(r"\[([0-9a-fA-F:.]+)\](?::\d{1,5})?", re.ASCII)
_WITH_PORT = re.compile(r"([0-9.]+):\d{1,5}", re.ASCII)


def asker(scope: Scope, trusted: Sequence[Network] = ()) -> str:
    """The address of whoever asks, as a name for counting; an IPv6 address by its /64.

    Only the last hop before a named proxy is believed, so headers are read from the right. Where `X-Forwarded-For` and `Forwarded` are
    both there and differ, a client has made up one of them, and the request is counted under the proxy itself.
    """
    client = scope.get("client")
    peer = _address(client[0]) if client else None
    if peer is None:
        return LOCAL
    if not _within(peer, trusted):
        return _counted(peer)
    headers = Headers(scope=scope)
    plain = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
    standard = [_node(part) for line in headers.getlist("forwarded") for part in line.split(",")]
    found = {_before(hops, peer, trusted) for hops in (plain, standard) if hops}
    return _counted(found.pop() if len(found) == 1 else peer)


def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks with commas between them. Raises ValueError."""
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


@lru_cache(maxsize=4096)  # asked of every open connection whenever one is made
def countable(host: str) -> str:
    """The address of a peer as a name for counting, an IPv6 address by its /64."""
    address = _address(host)
    return LOCAL if address is None else _counted(address)


def is_stranger(host: str, trusted: Sequence[Network] = ()) -> bool:
    """Whether a peer is neither this machine nor one of the proxies, for whom many may ask."""
    address = _address(host)
    return address is not None and not address.is_loopback and not _within(address, trusted)


def _before(hops: Sequence[str], peer: Address, trusted: Sequence[Network]) -> Address:
    """The nearest hop that is no proxy of ours; what a stranger wrote to the left of it is not looked at."""
    last = peer
    for hop in reversed(hops[-_HOPS:]):
        address = _address(hop)
        if address is None:
            return last
        last = address
        if not _within(address, trusted):
            return last
    return last


def _node(element: str) -> str:
    found = _FOR.search(element)
    return found[1].strip('"') if found else ""


def _address(text: str) -> Address | None:
    match = _BRACKETED.fullmatch(text) or _WITH_PORT.fullmatch(text)
    try:
        address = ipaddress.ip_address((match[1] if match else text).partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _within(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)


def _counted(address: Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))
