"""Every engine that the contract holds. Another one joins by a row in ENGINES."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from api.settings import Settings
from search.elastic.engine import ElasticEngine
from search.embedded.engine import EmbeddedEngine
from search.port import SearchEngine
from tests.contract.driver import Driver
from tests.elastic.nodes import remove_indexes, unique_alias

Opener: TypeAlias = Callable[[Path], SearchEngine]


def embedded(request: pytest.FixtureRequest) -> Iterator[Opener]:
    yield lambda folder: EmbeddedEngine.open(folder / "index", lock_wait=20.0)


def elasticsearch(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Each folder has an alias of its own."""
    url = request.getfixturevalue("elasticsearch_url")
    prefix = unique_alias()

    def open_engine(folder: Path) -> SearchEngine:
        alias = f"{prefix}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
        cluster = Settings.from_environment({**os.environ, "FANGZHI_ARCHIVE": f"{url}/{alias}"}).cluster
        assert cluster is not None
        return ElasticEngine.open(cluster)

    yield open_engine
    remove_indexes(url, prefix)


ENGINES = {"embedded": embedded, "elasticsearch": elasticsearch}


@pytest.fixture(params=ENGINES, scope="session")
def opener(request: pytest.FixtureRequest) -> Iterator[Opener]:
    yield from ENGINES[request.param](request)


@pytest.fixture
def engine(opener: Opener, tmp_path: Path) -> Iterator[Driver]:
    driver = Driver(opener(tmp_path))
    yield driver
    driver.close()


@pytest.fixture(scope="module")
def standing(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """One for all tests of a module, which only read what its first fixture wrote."""
    driver = Driver(opener(tmp_path_factory.mktemp("standing")))
    yield driver
    driver.close()
