from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.writing.service import FIRST, Service, archive_with, serving


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(archive_with(tmp_path, {"甲.txt": FIRST})) as made:
        yield made


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """For what is refused: one for all such tests of a module."""
    with serving(archive_with(tmp_path_factory.mktemp("quiet"), {"甲.txt": FIRST})) as made:
        yield made
