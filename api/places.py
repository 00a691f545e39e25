"""Where an archive is: a folder, or a URL that names one archive on an Elasticsearch."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from archive.errors import BadRequest
from search.elastic.cluster import DEFAULT_ALIAS

_COMMA = "The archive's URL has a comma within it; write each host whole: https://a:9200,https://b:9200/alias."
_FORM = "https://host:9200/alias"
_URL = re.compile(r"https?(?::|//)|[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_BARE = re.compile(r"(?:[^/\\]*@)?(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]+):[0-9]{1,5}(?:/[^/\\]*)?", re.IGNORECASE)
_NEXT = re.compile(r"\s*,\s*(?=https?:)", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_][a-z0-9._-]{0,252}")

# https://www.elastic.co/guide/en/elasticsearch/reference/8.19/indices-create-index.html; 200 leaves room for the number behind it
_FORBIDDEN = re.compile(r'[\\/*?"<>|\s,#:@]')
_MAX_ALIAS = 200  # bytes
_NUMBERED = re.compile(r"-[0-9]{6}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a URL says: hosts without credentials, the alias, and the credentials apart."""

    hosts: tuple[str, ...]
    alias: str = DEFAULT_ALIAS
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def is_url(given: str) -> bool:
    """Whether a place is a URL and no folder. Raises BadRequest for a host and port without http:// that are no folder either."""
    if _URL.match(given.strip()):
        return True
    bare = _BARE.fullmatch(given)
    if bare and not Path(given).exists():
        said = given.rpartition("@")[2]
        scheme = "http" if is_here(bare[1].strip("[]")) else "https"
        raise BadRequest(f"There is no folder {said}; for an Elasticsearch write {scheme}://{said}, and for a new folder ./{said}.")
    return False


def parse(given: str) -> Address:
    """The hosts, alias and credentials of a URL, or of several with commas between them.

    Raises BadRequest, with what to write instead; the sentence shows no user and no password.
    """
    parts = [_split(part) for part in _NEXT.split(given.strip())]
    aliases = {alias for part in parts if (alias := unquote(part.path.strip("/")))}
    entries = {(unquote(part.username or ""), unquote(part.password or "")) for part in parts if part.username or part.password}
    if len(aliases) > 1:
        raise BadRequest(f"The archive's URLs name several aliases ({', '.join(sorted(map(ascii, aliases)))}); an archive has one.")
    if len(entries) > 1:
        raise BadRequest("The archive's URLs name several users or passwords; an archive has one of each.")
    user, password = entries.pop() if entries else ("", "")
    return Address(
        hosts=tuple(dict.fromkeys(_host(part) for part in parts)),
        alias=_alias(aliases.pop()) if aliases else DEFAULT_ALIAS,
        user=user or None,
        password=password or None,
    )


def folder_name(hosts: tuple[str, ...], alias: str) -> str:
    """A name for the folder of originals of one archive: the same whatever the order of hosts and the scheme, and of no other archive."""
    names = sorted(host.partition("://")[2] for host in hosts)
    readable = re.sub(r"[^a-z0-9]+", "-", f"{alias}-{names[0]}").strip("-")[:60]
    return f"{readable}-{sha256(' '.join((alias, *names)).encode()).hexdigest()[:12]}"


def is_here(host: str) -> bool:
    """Whether a host, named without its port and brackets, is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _split(url: str) -> SplitResult:
    """The parts of one URL, with a host and a port. No message shows any of it: in a malformed one a password may stand anywhere."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        if "," in url:
            raise BadRequest(_COMMA) from None
        raise BadRequest(
            f"The archive's URL has a host or a port (1 to 65535) that cannot be understood; write {_FORM}, and %2F for a / in a password."
        ) from None
    if parts.scheme not in ("http", "https"):
        raise BadRequest(f"The archive's URL begins with neither https:// nor http://; write {_FORM}, or for a folder ./folder.")
    if "@" in f"{parts.path}{parts.query}{parts.fragment}":
        raise BadRequest(
            "The archive's URL has an @ behind its host; write %2F for /, %3F for ? and %23 for # in a password, "
            "or set FANGZHI_ELASTICSEARCH_PASSWORD instead."
        )
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        raise BadRequest(f"The archive's URL has something behind ? or #; write {_FORM}, and set the rest by FANGZHI_ELASTICSEARCH_….")
    if not parts.hostname:
        raise BadRequest(f"The archive's URL names no host; write {_FORM}.")
    if "," in parts.netloc.rpartition("@")[2] or "," in parts.path:
        raise BadRequest(_COMMA)
    if not port:
        raise BadRequest(f"The archive's URL names no port; write {_FORM} (9200 is the usual one, 443 that of a hosted one).")
    return parts


def _host(parts: SplitResult) -> str:
    """Scheme, host and port, in one spelling."""
    name = parts.hostname or ""
    if ":" in name:
        try:
            return f"{parts.scheme}://[{ipaddress.IPv6Address(name).compressed}]:{parts.port}"
        except ValueError:
            name = ""
    if not _NAME.fullmatch(name):
        raise BadRequest(f"The archive's URL has a host that is no name and no address; write {_FORM}.")
    return f"{parts.scheme}://{name}:{parts.port}"


def _alias(given: str) -> str:
    """The alias, if Elasticsearch can have an index of that name. Raises BadRequest with one that it can have."""
    good = _FORBIDDEN.sub("-", "".join(char if char.isprintable() else "-" for char in given.lower()))
    good = good.lstrip("-_+.")
    while _NUMBERED.search(good):  # the indexes behind an alias are called that
        good = _NUMBERED.sub("", good)
    good = good.encode()[:_MAX_ALIAS].decode("utf-8", "ignore") or DEFAULT_ALIAS
    if good != given:
        raise BadRequest(f"Elasticsearch can have no archive called {ascii(given)[:120]}; call it {good}, as in https://host:9200/{good}.")
    return good
