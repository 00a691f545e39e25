"""The way to Elasticsearch: the official client, with backoff and jitter around it and our errors out of it."""

from __future__ import annotations

import base64
import logging
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from elastic_transport import ApiError, ApiResponse, JsonSerializer, NodeConfig, SerializationError, TransportError
from elastic_transport.client_utils import url_to_node_config
from elasticsearch import AsyncElasticsearch
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_delay, wait_random_exponential

from archive.errors import ArchiveError, SearchUnavailable
from search.elastic.cluster import Cluster
from search.elastic.faults import Busy, Partial, is_missing, is_transient, missing_part, translated

T = TypeVar("T")

log = logging.getLogger("fangzhi.search")

_READ_PATIENCE = 2.0  # seconds: who waits for an answer would rather hear that there is none just now
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds; each wait is drawn between 0 and a bound that doubles ("full jitter")
_WAIT = wait_random_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT)
_CONNECTIONS = 32  # for each node: as many searches as one server runs at a time


class Json(JsonSerializer):
    """JSON by msgspec, several times as fast as the client's own; nothing but plain values is ever sent or received."""

    def json_dumps(self, data: Any) -> bytes:
        """As JsonSerializer's."""
        return msgspec.json.encode(data)

    def json_loads(self, data: bytes) -> Any:
        """As JsonSerializer's. Raises ValueError, which its caller turns into a SerializationError."""
        try:
            return msgspec.json.decode(data)
        except msgspec.DecodeError as error:
            raise ValueError(str(error)) from error


class MissingIndex(Exception):
    """The index or alias that was asked for is not there."""


class Connection:
    """A client that is made when it is first needed, inside the event loop that uses it."""

    def __init__(self, cluster: Cluster, *, patient: bool = False) -> None:
        """With `patient`, reads are as patient as writes."""
        self.cluster = cluster
        self._patient = patient
        self._client: AsyncElasticsearch | None = None
        self._closed = False
        self._told = ""
        self.trouble: ArchiveError | None = None
        """What is wrong now, where something is being tried again."""

    async def read(self, ask: Callable[[AsyncElasticsearch], Awaitable[T]]) -> T:
        """What `ask` gives, tried again for a moment where that can help.

        Raises SearchUnavailable, and MissingIndex when there is no such index.
        """
        if self._patient:
            return await self.write(ask)
        return await self._run(ask, min(_READ_PATIENCE, self.cluster.patience_seconds), timeouts=False)

    async def write(self, ask: Callable[[AsyncElasticsearch], Awaitable[T]]) -> T:
        """As `read`, but as patient as the cluster's settings say, also after time-outs: what is written must bear to be written twice."""
        return await self._run(ask, self.cluster.patience_seconds, timeouts=True)

    async def close(self) -> None:
        """Let go of the connections; safe to call twice."""
        self._closed = True
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    async def _run(self, ask: Callable[[AsyncElasticsearch], Awaitable[T]], patience: float, *, timeouts: bool) -> T:
        if self._closed:
            raise SearchUnavailable("this search engine was closed; open the archive again")
        client = self._client = self._client or _client(self.cluster)
        retrying = AsyncRetrying(
            stop=stop_after_delay(patience),
            wait=lambda state: min(_WAIT(state), max(0.0, patience - (state.seconds_since_start or 0.0))),
            retry=retry_if_exception(lambda error: is_transient(error, timeouts=timeouts)),
            before_sleep=self._note,
            reraise=True,
        )
        try:
            async for attempt in retrying:
                with attempt:
                    answer = await ask(client)
                    self._over()
                    return answer
        except (ApiError, TransportError, Busy) as error:
            if is_missing(error):
                raise MissingIndex(str(error)) from error
            self._tell(error)
            raise translated(error, self.cluster) from error
        raise AssertionError("the last attempt ends in a value or an error")

    def _note(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ApiError | TransportError | Busy):
            self.trouble = translated(error, self.cluster)

    def _tell(self, error: ApiError | TransportError | Busy) -> None:
        """One line for each new trouble, and not one for each that meets it."""
        kind = f"{type(error).__name__} {error.__context__!r}"
        if kind != self._told:
            log.info("Elasticsearch at %s: %.1000s (%r)", self.cluster.shown, error, error.__context__)
        self._told = kind

    def _over(self) -> None:
        if self._told:
            log.info("Elasticsearch at %s answers again", self.cluster.shown)
        self.trouble, self._told = None, ""


class _Client(AsyncElasticsearch):
    """Gives whole answers of Elasticsearch only: no page of a proxy, and nothing that a shard or the time was missing for."""

    async def perform_request(self, *args: Any, **kwargs: Any) -> ApiResponse[Any]:
        answer = await super().perform_request(*args, **kwargs)
        if answer.meta.headers.get("x-elastic-product") != "Elasticsearch" or not isinstance(answer.body, dict):
            raise SerializationError(f"not Elasticsearch's: {answer.body!r:.200}")
        part = missing_part(answer.body)
        if part:
            raise Partial(part)
        return answer


def _client(cluster: Cluster) -> AsyncElasticsearch:
    given: dict[str, Any] = {}
    if cluster.api_key is not None:
        given["api_key"] = cluster.api_key
    if cluster.user is not None:  # encoded here: the client itself knows ASCII only, Elasticsearch reads UTF-8
        given["basic_auth"] = base64.b64encode(f"{cluster.user}:{cluster.password or ''}".encode()).decode()
    if cluster.sniff:
        given |= {"sniff_on_start": True, "sniff_on_node_failure": True}
    return _Client(
        _nodes(cluster),
        serializer=Json(),
        request_timeout=cluster.request_seconds,
        connections_per_node=_CONNECTIONS,
        max_retries=0,  # the transport tries again at once and without jitter; the waiting is ours
        retry_on_status=(),
        **given,
    )


def _nodes(cluster: Cluster) -> list[NodeConfig]:
    """The hosts, each with whom it is believed: the holder of one certificate, or whoever an authority says is that host."""
    nodes = [url_to_node_config(host, use_default_ports_for_scheme=True) for host in cluster.hosts]
    if all(node.scheme != "https" for node in nodes):
        return nodes
    if cluster.fingerprint is not None:
        trust: dict[str, Any] = {"ssl_assert_fingerprint": cluster.fingerprint}
    else:
        trust = {"ssl_context": _trust(cluster)}
    return [node.replace(**trust) if node.scheme == "https" else node for node in nodes]


def _trust(cluster: Cluster) -> ssl.SSLContext:
    """Of our own making, because that of the client believes any certificate for a host that is an address."""
    try:
        return ssl.create_default_context(cafile=cluster.ca_file)
    except OSError as error:
        why = error.strerror or error
        raise SearchUnavailable(
            f"the certificate of the authority cannot be read from {cluster.ca_file} ({why}); correct FANGZHI_ELASTICSEARCH_CA"
        ) from error
