"""Every engine that the contract holds. Another one joins by a line in ENGINES."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.embedded.engine import EmbeddedEngine
from search.port import SearchEngine
from tests.contract.driver import Driver

ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "embedded": lambda folder: EmbeddedEngine.open(folder / "index", lock_wait=20.0),
}


@pytest.fixture(params=ENGINES, scope="session")
def opener(request: pytest.FixtureRequest) -> Callable[[Path], SearchEngine]:
    return ENGINES[request.param]


@pytest.fixture
def engine(opener: Callable[[Path], SearchEngine], tmp_path: Path) -> Iterator[Driver]:
    driver = Driver(opener(tmp_path))
    yield driver
    driver.close()


@pytest.fixture(scope="module")
def standing(opener: Callable[[Path], SearchEngine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """One for all tests of a module, which only read what its first fixture wrote."""
    driver = Driver(opener(tmp_path_factory.mktemp("standing")))
    yield driver
    driver.close()
