"""Which Elasticsearch: from the archive's URL and the variables FANGZHI_ELASTICSEARCH_…"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from api.places import Address, is_here
from api.variables import PREFIX, Variables
from archive.errors import BadRequest
from search.elastic.cluster import Cluster

CLUSTER_PREFIX = f"{PREFIX}ELASTICSEARCH_"

NAMES = (
    "user",
    "password",
    "password_file",
    "api_key",
    "api_key_file",
    "ca",
    "fingerprint",
    "sniff",
    "request_seconds",
    "patience_seconds",
    "shards",
    "replicas",
    "refresh_seconds",
)
"""What can be set, each as FANGZHI_ELASTICSEARCH_ and its name in capitals."""

_DAY = 86_400
_MAX_SHARDS = 1_024  # Elasticsearch's own limit for one index


def check_names(variables: Variables, names: Sequence[str] = NAMES, others: tuple[str, ...] = ()) -> None:
    """Raise BadRequest when a variable is set that does not exist: a misspelt one would be an unnoticed default.

    `others` are the beginnings of names that are none of ours to judge.
    """
    for name in sorted(name for name in set(variables.given) - set(names) if not name.startswith(others)):
        close = get_close_matches(name, names, 1)
        meant = f"; {variables.variable(close[0])} may be meant" if close else ""
        known = ", ".join(map(str.upper, names))
        raise BadRequest(f"{ascii(variables.variable(name))[1:-1]} is no setting{meant}. Known behind {variables.prefix}: {known}.")


def cluster(address: Address, variables: Variables) -> Cluster:
    """The cluster that a URL and the variables describe.

    Raises BadRequest, naming the variable, when one cannot be understood or two contradict each other.
    """
    user, password, api_key = _credentials(address, variables)
    usual = Cluster(hosts=address.hosts)
    ca_file, fingerprint = _ca(variables), _fingerprint(variables)
    if (ca_file or fingerprint) and any(host.startswith("http:") for host in address.hosts):
        name = variables.variable("ca" if ca_file else "fingerprint")
        raise BadRequest(
            f"{name} is set, and the archive's URL begins with http://, which proves nothing; write https://, or leave it out."
        )
    return Cluster(
        hosts=address.hosts,
        alias=address.alias,
        user=user,
        password=password,
        api_key=api_key,
        ca_file=ca_file,
        fingerprint=fingerprint,
        sniff=variables.switch("sniff", usual.sniff),
        request_seconds=variables.number("request_seconds", float, usual.request_seconds, 0.1, _DAY),
        patience_seconds=variables.number("patience_seconds", float, usual.patience_seconds, 0, _DAY),
        shards=variables.number("shards", int, usual.shards, 1, _MAX_SHARDS),
        replicas=variables.number("replicas", int, 0, 0, _MAX_SHARDS) if variables.text("replicas") else usual.replicas,
        refresh_seconds=variables.number("refresh_seconds", float, usual.refresh_seconds, 0.1, _DAY),
    )


def concern(found: Cluster) -> str | None:
    """What to warn of: credentials that anyone on the way can read."""
    bare = [host for host in found.hosts if host.startswith("http:") and not is_here(urlsplit(host).hostname or "")]
    if not bare or not (found.user or found.api_key):
        return None
    what = "API key" if found.api_key else "password"
    return f"The {what} goes to {', '.join(bare)} unencrypted, for anyone on the way to read; use https://"


def _credentials(address: Address, variables: Variables) -> tuple[str | None, str | None, str | None]:
    """User, password and API key. Contradictions are refused, for one of the two would be left out in silence."""
    user, password, api_key = variables.text("user"), variables.secret("password"), variables.secret("api_key")
    for name, set_apart, in_url in (("user", user, address.user), ("password", password, address.password)):
        if set_apart and in_url and set_apart != in_url:
            raise BadRequest(f"The archive's URL names another {name} than {variables.variable(name)} does; leave one of them out.")
    user, password = user or address.user, password or address.password
    named, opened, keyed = (variables.variable(name) for name in ("user", "password", "api_key"))
    if api_key and (user or password):
        raise BadRequest(f"{keyed} is set, and a user or password is too; leave one of them out ({named}, {opened}, or those in the URL).")
    if user and not password:
        raise BadRequest(f"A user is named without a password; set {opened} or {opened}_FILE.")
    if password and not user:
        raise BadRequest(f"A password is set without a user; set {named}.")
    if user and (":" in user or not user.isprintable()):
        raise BadRequest(f"The name in {named} or in the archive's URL holds a character that no user of Elasticsearch has; correct it.")
    if password and not password.isprintable():
        raise BadRequest(f"The password in {opened} or in the archive's URL holds characters that cannot be sent; correct it.")
    if api_key and not (api_key.isascii() and " " not in api_key):
        raise BadRequest(f"{keyed} holds characters that no API key has; set it to the field `encoded` of what Elasticsearch answered.")
    return user, password, api_key


def _ca(variables: Variables) -> Path | None:
    file = variables.path("ca")
    if file is None:
        return None
    named = f"{variables.variable('ca')} names {file}, which"
    try:
        found = b"-----BEGIN " in file.read_bytes()
    except OSError as error:
        raise BadRequest(f"{named} cannot be read ({error.strerror}); name the file with the certificate of the authority.") from None
    if not found:
        raise BadRequest(f"{named} holds no certificate in PEM form; name the file that begins with -----BEGIN CERTIFICATE-----.")
    return file


def _fingerprint(variables: Variables) -> str | None:
    given = variables.text("fingerprint")
    if given is None:
        return None
    digits = given.strip().replace(":", "").lower()
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise BadRequest(
            f"{variables.variable('fingerprint')} is no SHA-256 fingerprint, which has 64 hexadecimal digits, with or without colons; "
            "`openssl s_client -connect HOST:9200 </dev/null | openssl x509 -fingerprint -sha256 -noout` prints it."
        )
    return digits
