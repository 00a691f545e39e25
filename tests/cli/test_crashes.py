"""What only real processes show: kills, locks, signals, streams."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from archive.originals import Originals
from tests.ingest.archives import Archive, write
from tests.support import ROOT, SAMPLES

# Small batches, so that a kill meets originals, journal and index at every stage of their coming to be.
SMALL_BATCHES = "import ingest.indexing as i; i._BATCH_FILES = 3; from api.cli import main; main()"


def start(*arguments: object, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 our own interpreter
        [sys.executable, "-c", SMALL_BATCHES, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def texts(count: int, mark: str = "") -> dict[str, str]:
    words = "一、主要做法\n第{0}批{1}网格共{2}个，配备网格员{3}人。\n"
    return {f"{mark}{number:02}.txt": words.format(number, mark, number + 3, number + 5) for number in range(count)}


def finish(process: subprocess.Popen[str], code: int = 0) -> str:
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert "Traceback" not in said
    return said


def wait_for_line(process: subprocess.Popen[str], part: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if part in line:
            return
    raise AssertionError(f"never said {part!r}")


def test_a_killed_ingest_leaves_an_archive_that_opens_and_the_next_one_completes_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", texts(15))
    killed = Archive(tmp_path / "killed")
    chance = random.Random(11)  # noqa: S311 moments, no secret
    acknowledged: set[str] = set()
    for _ in range(3):
        process = start("--archive", killed.folder, "ingest", folder)
        wait_for_line(process, "files to look at")
        time.sleep(chance.uniform(0.0, 0.35))
        process.kill()
        _, said = process.communicate()
        done = ("read: ", "already there: ", "completed: ")
        acknowledged |= {Path(line.partition(": ")[2]).name for line in said.splitlines() if line.startswith(done)}
        if killed.folder.exists():
            assert acknowledged <= {document.source.name for document in killed.documents()}
            assert all("the index does not hold it" in problem.what for problem in killed.problems())
    finish(start("--archive", killed.folder, "ingest", folder))
    assert killed.problems() == []
    whole = Archive(tmp_path / "whole")
    whole.ingest(folder)
    assert killed.dump() == whole.dump()
    assert not list((killed.folder / "originals").rglob(".incoming-*"))


def test_two_ingests_at_once_lose_nothing(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", texts(5, "甲")), write(tmp_path / "two", texts(5, "乙"))
    archive = Archive(tmp_path / "archive")
    running = [start("--archive", archive.folder, "ingest", folder, SAMPLES[2]) for folder in (one, two)]
    for process in running:
        finish(process)
    assert {document.source.name for document in archive.documents()} == {*texts(5, "甲"), *texts(5, "乙"), SAMPLES[2].name}
    assert archive.problems() == []


def test_an_ingest_that_cannot_wait_any_longer_says_so_in_one_sentence(tmp_path: Path) -> None:
    with Originals(tmp_path / "archive").writing():
        said = finish(start("--archive", tmp_path / "archive", "ingest", SAMPLES[2], FANGZHI_LOCK_SECONDS="0.2"), 1)
    lines = said.splitlines()
    assert "waiting up to 0.2 seconds" in lines[0]
    assert lines[1].startswith("fangzhi: Another process is writing")
    assert len(lines) == 2


@pytest.mark.parametrize("command", ["ingest", "serve"])
def test_an_interrupt_ends_cleanly(tmp_path: Path, command: str) -> None:
    archive = Archive(tmp_path / "archive")
    folder = write(tmp_path / "in", texts(18))
    if command == "serve":
        archive.ingest(folder)
        process = start("--archive", archive.folder, "serve", "--port", "0")
        wait_for_line(process, "Serving")
    else:
        process = start("--archive", archive.folder, "ingest", folder)
        wait_for_line(process, "read: ")
    process.send_signal(signal.SIGINT)
    assert finish(process, 130).endswith("fangzhi: interrupted.\n")
    assert len(archive.ingest(folder).failed) == 0
    assert archive.problems() == []


def test_serve_answers_on_the_port_it_names_and_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.ingest(write(tmp_path / "in", texts(1)))
    server = start("--archive", archive.folder, "serve", "--port", "0")
    assert server.stderr is not None
    address = server.stderr.readline().split()[3]
    try:
        with urllib.request.urlopen(f"{address}health", timeout=20) as answer:  # noqa: S310 our own server
            assert answer.status == 200
        port = address.rstrip("/").rpartition(":")[2]
        said = finish(start("--archive", archive.folder, "serve", "--port", port), 2)
        assert "cannot be listened on" in said
        assert len(said.splitlines()) == 1
    finally:
        server.terminate()
        server.communicate(timeout=20)


def test_output_into_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    process = start("extract", *SAMPLES)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=30) != 0


def test_a_killed_rebuild_leaves_the_old_index_answering(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.ingest(write(tmp_path / "in", texts(12)))
    before = archive.dump()
    process = start("--archive", archive.folder, "rebuild")
    wait_for_line(process, "read: ")
    process.kill()
    process.communicate()
    assert archive.dump() == before
    archive.rebuild()
    assert archive.dump() == before


def test_a_full_disk_is_one_sentence_and_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.ingest(write(tmp_path / "in", texts(2)))
    before = archive.dump()
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); "
        "import sys; sys.argv[0] = 'fangzhi'; from api.cli import main; main()"
    )
    arguments = [sys.executable, "-c", limited, "--archive", str(archive.folder), "ingest", str(SAMPLES[0])]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 our own interpreter
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("fangzhi: ")
    assert "Traceback" not in done.stderr
    assert archive.dump() == before
    assert archive.ingest(SAMPLES[0]).read == [str(SAMPLES[0])]
    assert archive.problems() == []


def test_a_terminal_sees_a_bar(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", {"[甲].txt": "甲县建成网格12个。"})
    arguments = [sys.executable, "-m", "api", "--archive", str(tmp_path / "archive"), "ingest", str(tmp_path / "in")]
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=60, check=False)  # noqa: S603
    os.close(theirs)
    shown = os.read(ours, 100_000).decode("utf-8", "replace")
    os.close(ours)
    assert done.returncode == 0
    assert "1/1" in shown
    assert "Traceback" not in shown
    assert "Read 1 file: " in done.stdout
