"""What a resolver may reach: the services of the process, and the loaders of one request."""

from __future__ import annotations

from dataclasses import dataclass

from archive.places import Gazetteer
from search.port import SearchEngine


@dataclass(frozen=True, slots=True)
class Services:
    """What one process keeps open for all requests; built by api.bootstrap, never by a resolver."""

    engine: SearchEngine
    gazetteer: Gazetteer
