"""What Elasticsearch and the way to it can say, in our own errors; and which of it is worth another try."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectionError, ClientConnectorError, ClientConnectorSSLError, ServerFingerprintMismatch
from elastic_transport import ApiError, ConnectionTimeout, SerializationError, TlsError, TransportError
from elastic_transport import ConnectionError as NoConnection
from elasticsearch import UnsupportedProductError

from archive.errors import ArchiveError, BadRequest, SearchUnavailable
from search.elastic.cluster import Cluster


class Busy(Exception):
    """The cluster turned some of a bulk away for now."""


class Switching(Busy):
    """A rebuild holds writes up; or one that was killed did so and never let go."""


class Partial(Busy):
    """The cluster answered for some of the shards, or for what it had found when its time was up."""


BUSY = frozenset((429, 502, 503, 504))
"""Statuses that a later try may cure: too many requests, and a gateway or master that is not there yet."""

_FULL = (
    "the disk of an Elasticsearch node is nearly full, so it takes no more (flood-stage watermark); "
    "what was acknowledged is safe: free some space and do this again"
)
_AWAY = "no Elasticsearch answers at {place}; start it, or correct FANGZHI_ARCHIVE or --archive, and try again"
_BROKEN = "Elasticsearch at {place} broke the connection off; it may be stopping, or have too much to do: look at its log, and try again"
_TOO_LARGE = ("too_many_clauses", "too_many_nested_clauses", "maxClauseCount", "maximum nested depth")
_REFUSED = (401, 403)
_SENTENCES: dict[type[Exception], str] = {
    ServerFingerprintMismatch: (
        "the certificate of {place} is another one than FANGZHI_ELASTICSEARCH_FINGERPRINT says, which has to be the fingerprint of the "
        "node's own certificate, not of its authority; correct it, or name the file of the authority with FANGZHI_ELASTICSEARCH_CA instead"
    ),
    ClientConnectorSSLError: (
        "no encrypted connection to {place} comes about ({why}); "
        "write http:// where Elasticsearch speaks no TLS, or correct its TLS settings"
    ),
    UnsupportedProductError: "what answers at {place} is not Elasticsearch 8 or 9; correct FANGZHI_ARCHIVE or --archive",
    TlsError: (
        "the certificate of {place} is not trusted ({why}); name its authority with FANGZHI_ELASTICSEARCH_CA "
        "or its fingerprint with FANGZHI_ELASTICSEARCH_FINGERPRINT"
    ),
    ConnectionTimeout: (
        "Elasticsearch at {place} did not answer within {seconds:g} seconds; try again, "
        "or give it longer with FANGZHI_ELASTICSEARCH_REQUEST_SECONDS"
    ),
    SerializationError: "what {place} answered cannot be read; look whether a proxy stands before it, and try again",
    Partial: "Elasticsearch at {place} could answer in part only ({why}), and a part is no answer; try again in a moment",
    Switching: (
        "the search index takes no writes, as while a rebuild replaces it ({why}); try again in a moment, and if no rebuild is running, "
        "one was cut short: run `fangzhi rebuild`"
    ),
    Busy: "Elasticsearch at {place} cannot do this just now ({why}); try again in a moment",
    ClientConnectorError: _AWAY,
    ClientConnectionError: _BROKEN,
    TransportError: _AWAY,
}
"""The first counts that an error, or what the client made it from, is an instance of."""


def error_type(body: object) -> str:
    """The `type` of an error body or of a bulk item's error; empty where there is none."""
    error = body.get("error") if isinstance(body, Mapping) and "error" in body else body
    return str(error.get("type", "")) if isinstance(error, Mapping) else ""


def reason(body: object) -> str:
    """What Elasticsearch says of an error, cut short: its reason and the one beneath it."""
    error: Any = body.get("error") if isinstance(body, Mapping) and "error" in body else body
    if not isinstance(error, Mapping):
        said = str(error or "").strip()
        return "" if said.startswith("<") else said[:200]  # a page of a proxy says nothing in a sentence
    below = error.get("caused_by") or next(iter(error.get("root_cause") or ()), None) or {}
    parts = dict.fromkeys(str(part["reason"]) for part in (error, below) if part.get("reason"))
    return ": ".join(parts)[:300]


def is_flooded(body: object) -> bool:
    """Whether a node has run out of disk and blocks writing."""
    return "read-only-allow-delete" in reason(body) or "read_only_allow_delete" in reason(body)


def is_write_block(body: object) -> bool:
    """Whether a rebuild holds writing up while it switches indexes."""
    return error_type(body) == "cluster_block_exception" and "index write" in reason(body)


def missing_part(answer: Mapping[str, Any]) -> str:
    """What a successful answer lacks to be whole; empty where nothing. It is asked for in vain: `allow_partial_search_results=false`."""
    if answer.get("timed_out"):
        return "its time was up"
    shards = answer.get("_shards")
    if isinstance(shards, Mapping) and shards.get("failed"):
        first: Mapping[str, Any] = next(iter(shards.get("failures") or ()), {})
        return f"{shards['failed']} of {shards.get('total')} shards failed: {reason(first.get('reason'))}".removesuffix(": ")
    return ""


def is_transient(error: BaseException, *, timeouts: bool) -> bool:
    """Whether doing the same again may help; after a time-out only where `timeouts`, since the first try may still be running."""
    if isinstance(error, Busy | SerializationError):
        return True
    if isinstance(error, ApiError):
        if is_write_block(error.body):
            return True
        return error.meta.status in BUSY and not is_flooded(error.body)
    if isinstance(error, ConnectionTimeout):
        return timeouts
    return (
        isinstance(error, NoConnection) and not isinstance(error, TlsError) and not isinstance(error.__context__, ServerFingerprintMismatch)
    )


def is_missing(error: BaseException) -> bool:
    """Whether the index or alias asked for is not there."""
    return isinstance(error, ApiError) and error.meta.status == 404 and error_type(error.body) == "index_not_found_exception"


def translated(error: ApiError | TransportError | Busy, cluster: Cluster) -> ArchiveError:
    """The error for people; what was said stays in `__cause__`."""
    place = ", ".join(cluster.hosts)
    if isinstance(error, ApiError) and is_write_block(error.body):
        error = Switching(reason(error.body))
    if isinstance(error, ApiError) and "x-elastic-product" in error.meta.headers:
        return _refused(error, place)
    seen = (error, error.__context__)
    if isinstance(error, ApiError) and not isinstance(error.body, Mapping):
        return _refused(error, place)
    if isinstance(error, ApiError) and error.meta.status not in (*BUSY, *_REFUSED):
        return SearchUnavailable(_SENTENCES[UnsupportedProductError].format(place=place))
    if isinstance(error, ApiError):
        return _refused(error, place)
    said = next(sentence for kind, sentence in _SENTENCES.items() if any(isinstance(one, kind) for one in seen))
    return SearchUnavailable(said.format(place=place, seconds=cluster.request_seconds, why=getattr(error, "message", error)))


def _known(error: ApiError, place: str) -> ArchiveError | None:
    """The error for what Elasticsearch has a name for."""
    said = str(error.body)
    if is_flooded(error.body):
        return out_of_disk()
    if any(word in said for word in _TOO_LARGE):
        return BadRequest("the search has more words or parts than this Elasticsearch takes at once; ask for fewer")
    if "index_closed_exception" in said:
        return SearchUnavailable(f"the search index is closed on {place}; open it there, and try again")
    if "search_context_missing_exception" in said:
        return SearchUnavailable(f"the state of the index that was being read is gone, as after a restart of {place}; begin again")
    return None


def _refused(error: ApiError, place: str) -> ArchiveError:
    said = reason(error.body)
    status = error.meta.status
    if known := _known(error, place):
        return known
    if status in _REFUSED and "cluster_block" not in error_type(error.body):
        return SearchUnavailable(
            f"Elasticsearch at {place} refuses who we are or what we may do ({said or status}); "
            "check FANGZHI_ELASTICSEARCH_API_KEY, or _USER and _PASSWORD, and the privileges listed in docs/operate.md"
        )
    if status in BUSY:
        return SearchUnavailable(f"Elasticsearch at {place} cannot answer just now ({said or status}); try again in a moment")
    if not isinstance(error.body, Mapping):
        return SearchUnavailable(
            f"a proxy before Elasticsearch at {place}, or what stands there instead of it, refused what was asked (status {status}); "
            "look at its log and its limits: a write sends some 5 MB at once"
        )
    return SearchUnavailable(f"Elasticsearch at {place} refused what was asked ({status}: {said}); please report this as a bug")


def out_of_disk() -> SearchUnavailable:
    """The error of a cluster whose disk is full."""
    return SearchUnavailable(_FULL)


def takes_nothing(why: str) -> SearchUnavailable:
    """The error of an index that refuses what is in order: the fault lies with what was set on it."""
    return SearchUnavailable(
        f"the search index takes nothing ({why}); undo what was set on it, or run `fangzhi rebuild` to make it anew from the originals"
    )
