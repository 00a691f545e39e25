"""What Elasticsearch and the way to it can say, in our own errors; and which of it is worth another try."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from elastic_transport import ApiError, ConnectionTimeout, SerializationError, TlsError, TransportError
from elastic_transport import ConnectionError as NoConnection
from elasticsearch import UnsupportedProductError

from archive.errors import ArchiveError, SearchUnavailable
from search.elastic.cluster import Cluster

log = logging.getLogger("fangzhi.search")


class Busy(Exception):
    """The cluster turned some of a bulk away for now."""


BUSY = frozenset((429, 502, 503, 504))
"""Statuses that a later try may cure: too many requests, and a gateway or master that is not there yet."""

_FULL = (
    "the disk of an Elasticsearch node is nearly full, so it takes no more (flood-stage watermark); "
    "what was acknowledged is safe: free some space and do this again"
)
_REFUSED = (401, 403)
_SENTENCES: dict[type[Exception], str] = {
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
    Busy: "Elasticsearch at {place} takes no more just now ({why}); try again in a moment",
    TransportError: "no Elasticsearch answers at {place}; start it, or correct FANGZHI_ARCHIVE or --archive, and try again",
}
"""The first that an error is an instance of counts."""


def error_type(body: object) -> str:
    """The `type` of an error body or of a bulk item's error; empty where there is none."""
    error = body.get("error") if isinstance(body, Mapping) and "error" in body else body
    return str(error.get("type", "")) if isinstance(error, Mapping) else ""


def reason(body: object) -> str:
    """What Elasticsearch says of an error, cut short: its reason and the one beneath it."""
    error: Any = body.get("error") if isinstance(body, Mapping) and "error" in body else body
    if not isinstance(error, Mapping):
        return str(error)[:200]
    below = error.get("caused_by") or next(iter(error.get("root_cause") or ()), None) or {}
    parts = dict.fromkeys(str(part["reason"]) for part in (error, below) if part.get("reason"))
    return ": ".join(parts)[:300]


def is_flooded(body: object) -> bool:
    """Whether a node has run out of disk and blocks writing."""
    return "read-only-allow-delete" in reason(body) or "read_only_allow_delete" in reason(body)


def is_write_block(body: object) -> bool:
    """Whether a rebuild holds writing up while it switches indexes."""
    return error_type(body) == "cluster_block_exception" and "index write" in reason(body)


def is_transient(error: BaseException, *, timeouts: bool) -> bool:
    """Whether doing the same again may help; after a time-out only where `timeouts`, since the first try may still be running."""
    if isinstance(error, Busy):
        return True
    if isinstance(error, ApiError):
        if is_write_block(error.body):
            return True
        return error.meta.status in BUSY and not is_flooded(error.body)
    if isinstance(error, ConnectionTimeout):
        return timeouts
    return isinstance(error, NoConnection) and not isinstance(error, TlsError)


def is_missing(error: BaseException) -> bool:
    """Whether the index or alias asked for is not there."""
    return isinstance(error, ApiError) and error.meta.status == 404 and error_type(error.body) == "index_not_found_exception"


def translated(error: ApiError | TransportError | Busy, cluster: Cluster) -> ArchiveError:
    """The error for people; what was said goes to the log and stays in `__cause__`."""
    log.info("Elasticsearch at %s: %s", cluster.shown, error)
    place = ", ".join(cluster.hosts)
    if isinstance(error, ApiError) and not isinstance(error, UnsupportedProductError):
        return _refused(error, place)
    said = next(sentence for kind, sentence in _SENTENCES.items() if isinstance(error, kind))
    return SearchUnavailable(said.format(place=place, seconds=cluster.request_seconds, why=getattr(error, "message", error)))


def _refused(error: ApiError, place: str) -> ArchiveError:
    said = reason(error.body)
    status = error.meta.status
    if is_flooded(error.body):
        return out_of_disk()
    if status in _REFUSED and "cluster_block" not in error_type(error.body):
        return SearchUnavailable(
            f"Elasticsearch at {place} refuses who we are or what we may do ({said}); check FANGZHI_ELASTICSEARCH_API_KEY, or _USER and "
            "_PASSWORD, and the privileges listed in docs/operate.md"
        )
    if status in BUSY:
        return SearchUnavailable(f"Elasticsearch at {place} cannot answer just now ({said or status}); try again in a moment")
    return SearchUnavailable(f"Elasticsearch at {place} refused what was asked ({status}: {said}); please report this as a bug")


def out_of_disk() -> SearchUnavailable:
    """The error of a cluster whose disk is full."""
    return SearchUnavailable(_FULL)
