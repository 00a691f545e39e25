"""What the commands make of an index that stands apart from the originals. The index is a real one: the embedded engine, behind a URL."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from api import engine
from search.embedded.engine import EmbeddedEngine
from tests.cli.test_commands import fangzhi, sentence
from tests.ingest.archives import write
from tests.support import ROOT

URL = "http://elastic:s3cr3t@localhost:9200/county"
FILES = {"a.txt": "甲县建成网格12个。", "b.txt": "乙县建成网格13个。"}


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = SimpleNamespace(ElasticEngine=SimpleNamespace(open=lambda _, **how: EmbeddedEngine.open(tmp_path / "index")))
    monkeypatch.setattr(engine, "import_module", lambda _: opened)


def run(folder: Path, *arguments: object) -> Result:
    done = fangzhi(*arguments, FANGZHI_ARCHIVE=URL, FANGZHI_ORIGINALS=str(folder))
    assert "s3cr3t" not in done.output
    return done


def test_a_cluster_without_an_archive_says_so(tmp_path: Path) -> None:
    for arguments in (("search", "网格"), ("serve", "--port", "0"), ("verify",), ("rebuild",)):
        said = sentence(run(tmp_path / "kept", *arguments), 1)
        assert "There is no archive at http://localhost:9200 (county) yet; make one with `fangzhi ingest PATH`" in said


def test_ingest_names_the_archive_so_that_its_examples_can_be_copied(tmp_path: Path) -> None:
    files = write(tmp_path / "in", FILES)
    done = run(tmp_path / "kept", "ingest", files)
    assert done.exit_code == 0, done.stderr
    following = done.stdout.partition("Next:\n")[2].splitlines()
    assert len(following) == 3
    assert all("fangzhi --archive http://localhost:9200/county " in line for line in following)
    report = json.loads(run(tmp_path / "kept", "ingest", files, "--json").stdout)
    assert report["archive"] == "http://localhost:9200 (county)"


def test_a_machine_without_originals_searches_and_says_where_the_rest_is_done(tmp_path: Path) -> None:
    assert run(tmp_path / "kept", "ingest", write(tmp_path / "in", FILES)).exit_code == 0
    found = run(tmp_path / "none", "search", "网格")
    assert (found.exit_code, found.stderr) == (0, "")
    for command in ("verify", "rebuild"):
        said = sentence(run(tmp_path / "none", command), 1)
        assert f"The originals of http://localhost:9200 (county) are not in {tmp_path / 'none'}; set FANGZHI_ORIGINALS" in said
    assert not (tmp_path / "none").exists()
    assert run(tmp_path / "kept", "verify").exit_code == 0
    assert run(tmp_path / "kept", "rebuild").exit_code == 0


def test_an_index_may_hold_more_than_the_originals_of_one_machine(tmp_path: Path) -> None:
    for name, content in FILES.items():
        assert run(tmp_path / f"kept-{name}", "ingest", write(tmp_path / f"in-{name}", {name: content})).exit_code == 0
    assert run(tmp_path / "kept-a.txt", "search", "网格").stderr == ""


def test_a_folder_does_not_pay_for_the_client_of_elasticsearch() -> None:
    look = "import sys, api.app, api.commands.ingest, api.commands.search; sys.exit('elasticsearch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0  # noqa: S603
