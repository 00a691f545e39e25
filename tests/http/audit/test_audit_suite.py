"""The server audits of the npm package graphql-http, which follow the specification of GraphQL over HTTP, against the running service."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from tests.http.server import fill, serving

HERE = Path(__file__).parent
NAMED = ("package.json", "package-lock.json", "run.js")
AUDITS = 61


@pytest.fixture(scope="session")
def suite() -> Path:
    """The folder where the suite is installed, once for each state of its files. Without npm a failure in CI, and a skip elsewhere."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        message = f"{' and '.join(missing)} not found: install Node.js 18 or newer with npm to run the audit suite"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    state = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in NAMED)).hexdigest()[:12]
    place = Path(platformdirs.user_cache_dir("fangzhi")) / f"audit-{state}"
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="audit-", dir=place.parent))
        for name in NAMED:
            shutil.copy(HERE / name, made)
        done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=made, capture_output=True, text=True, check=False)  # noqa: S607
        if done.returncode:
            shutil.rmtree(made)
            if not os.environ.get("CI"):
                pytest.skip(f"npm could not install the audit suite: {done.stderr[-300:]}")
            pytest.fail(f"npm could not install the audit suite: {done.stderr}", pytrace=False)
        try:
            made.rename(place)
        except OSError:  # another run was faster
            shutil.rmtree(made)
    return place


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(fill(tmp_path_factory.mktemp("audited"))) as started:
        yield started


def audited(suite: Path, url: str) -> list[dict[str, Any]]:
    done = subprocess.run(["node", "run.js", url], cwd=suite, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603, S607
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_all_audits_are_passed_without_a_warning(suite: Path, address: str) -> None:
    results = audited(suite, f"{address}/graphql")
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS


def test_the_suite_would_tell_what_is_no_such_server(suite: Path, address: str) -> None:
    told = Counter(result["status"] for result in audited(suite, f"{address}/health"))
    assert told["error"] > 10
