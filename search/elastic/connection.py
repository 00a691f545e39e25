"""The way to Elasticsearch: the official client, with backoff and jitter around it and our errors out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from elastic_transport import ApiError, TransportError
from elasticsearch import AsyncElasticsearch, OrjsonSerializer
from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_random_exponential

from archive.errors import SearchUnavailable
from search.elastic.cluster import Cluster
from search.elastic.faults import Busy, is_missing, is_transient, translated

T = TypeVar("T")

_READ_PATIENCE = 2.0  # seconds: who waits for an answer would rather hear that there is none just now
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds; each wait is drawn between 0 and a bound that doubles ("full jitter")
_CONNECTIONS = 32  # for each node: as many searches as one server runs at a time


class MissingIndex(Exception):
    """The index or alias that was asked for is not there."""


class Connection:
    """A client that is made when it is first needed, inside the event loop that uses it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._client: AsyncElasticsearch | None = None
        self._closed = False

    async def read(self, ask: Callable[[AsyncElasticsearch], Awaitable[T]]) -> T:
        """What `ask` gives, tried again for a moment where that can help.

        Raises SearchUnavailable, and MissingIndex when there is no such index.
        """
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
            wait=wait_random_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT),
            retry=retry_if_exception(lambda error: is_transient(error, timeouts=timeouts)),
            reraise=True,
        )
        try:
            async for attempt in retrying:
                with attempt:
                    return await ask(client)
        except (ApiError, TransportError, Busy) as error:
            if is_missing(error):
                raise MissingIndex(str(error)) from error
            raise translated(error, self.cluster) from error
        raise AssertionError("the last attempt ends in a value or an error")


def _client(cluster: Cluster) -> AsyncElasticsearch:
    given: dict[str, Any] = {}
    if cluster.api_key is not None:
        given["api_key"] = cluster.api_key
    if cluster.user is not None:
        given["basic_auth"] = (cluster.user, cluster.password or "")
    if cluster.ca_file is not None:
        given["ca_certs"] = str(cluster.ca_file)
    if cluster.fingerprint is not None:
        given["ssl_assert_fingerprint"] = cluster.fingerprint
    if cluster.sniff:
        given |= {"sniff_on_start": True, "sniff_on_node_failure": True}
    return AsyncElasticsearch(
        list(cluster.hosts),
        serializer=OrjsonSerializer(),
        request_timeout=cluster.request_seconds,
        connections_per_node=_CONNECTIONS,
        max_retries=0,  # the transport tries again at once and without jitter; the waiting is ours
        retry_on_status=(),
        **given,
    )
