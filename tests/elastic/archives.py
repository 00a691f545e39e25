"""An archive whose index is on a real node, and reports to fill it with."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from search.elastic.cluster import Cluster
from tests.elastic.support import run
from tests.ingest.archives import Archive, write
from tests.support import SAMPLES

T = TypeVar("T")


class ElasticArchive(Archive):
    """Originals in a folder, index on a cluster."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        super().__init__(folder)
        self.cluster = cluster

    def run(self, work: Callable[[Any], Awaitable[T]]) -> T:
        return run(self.cluster, work, patient=True)


def reports(folder: Path, count: int) -> Path:
    """`count` reports of some 80 entries each: the samples, with figures of their own so that they are no reprints of each other."""
    files = {}
    for number in range(count):
        name = SAMPLES[number % len(SAMPLES)]
        files[f"{number:03}.txt"] = re.sub(r"(?<!\d)\d{1,3}(?!\d)", partial(_other, number), name.read_text("utf-8"))
    return write(folder, files)


def _other(number: int, found: re.Match[str]) -> str:
    return str(int(found[0]) + 7 * number)
