"""Where extraction is done: in this process, in several, or on a Dask cluster that stands already; what the options of a command say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from importlib import import_module
from typing import Any, TypeAlias, TypeVar

import click

from api.settings import Settings
from archive.errors import ArchiveError
from ingest.limits import Limits
from ingest.reading import light
from ingest.workers import Apart, Processes, SameCode, identity

T = TypeVar("T")
Opening: TypeAlias = AbstractContextManager[Executor]
"""An executor for as long as the context lasts; what still runs at its end is stopped."""

_ANSWER_SECONDS = 4.0  # within which a scheduler on a working network has long answered
_CLOSE_SECONDS = 2.0
_DASK = {
    "distributed.admin.large-graph-warning-threshold": "1 GiB",  # a task holds its file, which may be large
    "distributed.comm.retry.count": 0,
}


def with_executor(function: Callable[..., T]) -> Callable[..., T]:
    """Gives a command that has `settings` already an `executor`, an Opening, by its options --workers and --dask."""

    @click.option("--workers", type=click.IntRange(1, 64), help="Processes of this machine that extract side by side. Default: 1.")
    @click.option("--dask", metavar="ADDRESS", help="The scheduler of a Dask cluster that extracts, such as tcp://scheduler:8786.")
    @wraps(function)
    def run(settings: Settings, workers: int | None, dask: str | None, **given: Any) -> T:
        if workers is not None and dask is not None:
            raise click.UsageError("--workers and --dask cannot be given together; name one of them")
        return function(settings=settings, executor=_opening(workers or 1, dask, settings.limits), **given)

    return run


def _opening(workers: int, dask: str | None, limits: Limits) -> Opening:
    """Limits hold in processes of this machine; a cluster has its own, `distributed.worker.memory` among them."""
    return dask_cluster(dask) if dask is not None else processes(workers, limits)


@contextmanager
def processes(count: int, limits: Limits) -> Iterator[Executor]:
    """`count` processes of this machine, within `limits`; a single one leaves plain texts to this process, which is faster."""
    executor = Processes(count, limits) if count > 1 else Apart(limits, light)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False)


@contextmanager
def dask_cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask cluster whose scheduler listens at `address`.

    Raises ArchiveError, saying what to do, when the package `distributed` is not installed, when no scheduler answers, and when a worker
    has another Fangzhi than this process: the same input would give another output there.
    """
    dask, distributed = _packages()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is said here, in sentences
    with dask.config.set(_DASK):
        _require_scheduler(distributed, address)
        with distributed.Client(address, timeout=_ANSWER_SECONDS, set_as_default=False) as client:
            _require_same_code(client, address)
            executor = client.get_executor(pure=False)
            try:
                yield SameCode(executor)
            finally:
                executor.shutdown(wait=False)
                client.close(timeout=_CLOSE_SECONDS)


def _packages() -> tuple[Any, Any]:
    try:
        return import_module("dask"), import_module("distributed")
    except ImportError:
        raise ArchiveError(
            "--dask needs the package distributed, which is not installed; install it with `pip install 'fangzhi[dask]'`"
        ) from None


def _require_scheduler(distributed: Any, address: str) -> None:
    """Ask before the client is made: the client would wait for ever for a server that takes connections and says nothing."""

    async def kind() -> object:
        async with distributed.rpc(address, timeout=_ANSWER_SECONDS) as server:
            return (await server.identity())["type"]

    async def in_time() -> object:
        return await asyncio.wait_for(kind(), _ANSWER_SECONDS)

    try:
        answer = asyncio.run(in_time())
    except (ValueError, TypeError) as error:
        raise ArchiveError(f"{address!r} is no address of a Dask scheduler ({error}); give one such as tcp://scheduler:8786") from None
    except (OSError, MemoryError):  # the latter from a server that speaks another protocol: its first bytes are taken for a length
        message = f"No Dask scheduler answers at {address}; see that it runs (`dask scheduler`) and that this machine reaches its port"
        raise ArchiveError(message) from None
    if answer != "Scheduler":
        raise ArchiveError(f"At {address} there is a Dask {str(answer).lower()} and no scheduler; give the scheduler's address")


def _require_same_code(client: Any, address: str) -> None:
    here = identity()
    found: dict[str, object] = client.run(identity, on_error="return")
    if not found:
        raise ArchiveError(f"The Dask scheduler at {address} has no workers yet; start some with `dask worker {address}`")
    for worker, there in sorted(found.items()):
        if isinstance(there, Exception):
            raise ArchiveError(f"The Dask worker {worker} cannot run Fangzhi ({there}); install Fangzhi {here} there")
        if there != here:
            raise ArchiveError(f"The Dask worker {worker} runs Fangzhi {there} and this is {here}; install the same on both")
