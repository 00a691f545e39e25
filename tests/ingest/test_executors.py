"""Wherever extraction is done, the archive is the same; what dies there costs only itself."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import LocalCluster

from api.executors import dask_cluster
from ingest.reading import Extraction, Incoming
from ingest.workers import Processes, SameCode, identity
from tests.cli.test_commands import fangzhi, sentence
from tests.cli.test_crashes import finish, start, texts, wait_for_line
from tests.ingest.archives import Archive, names, write
from tests.ingest.deadly import Sabotaged
from tests.support import SAMPLES


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = Archive(tmp_path_factory.mktemp("expected") / "archive")
    made.ingest(*SAMPLES)
    return made


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Dask scheduler with two worker processes of one thread each."""
    settings = {"distributed.scheduler.allowed-failures": 0}
    with warnings.catch_warnings(), dask.config.set(settings):
        warnings.simplefilter("ignore")  # sockets that distributed leaves to the garbage collector
        with LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None, silence_logs=50
        ) as running:
            yield running.scheduler_address


@pytest.fixture
def processes() -> Iterator[Processes]:
    before = set(active_children())
    with Processes(2) as executor:
        yield executor
    assert set(active_children()) <= before


@pytest.mark.parametrize(
    "make", [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")), lambda: Processes(2)]
)
def test_any_executor_gives_the_same_archive_and_the_same_rebuilt(expected: Archive, tmp_path: Path, make: Callable[[], Executor]) -> None:
    archive = Archive(tmp_path / "archive")
    with make() as executor:
        archive.ingest(*SAMPLES, executor=executor)
        assert archive.dump() == expected.dump()
        assert len(archive.rebuild(executor=executor).read) == len(SAMPLES)
    assert archive.dump() == expected.dump()


def test_batches_that_overlap_keep_the_order_of_the_files(tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.indexing._BATCH_FILES", 3)
    monkeypatch.setattr("ingest.reading.AHEAD_FILES", 2)
    texts = {f"{number:02}.txt": f"第{number}批甲县建成网格{number + 3}个。" + "他" * (20 - number) for number in range(11)}
    folder = write(tmp_path / "in", {**texts, "05.txt": " \n"})
    plain, parallel = Archive(tmp_path / "plain"), Archive(tmp_path / "parallel")
    reports = [plain.ingest(folder), parallel.ingest(folder, executor=processes)]
    assert reports[0] == reports[1]
    assert names(reports[1])[2] == ["05.txt"]
    assert parallel.dump() == plain.dump()
    reports = [plain.rebuild(), parallel.rebuild(executor=processes)]
    assert reports[0] == reports[1]
    assert parallel.dump() == plain.dump()


def five(folder: Path) -> Path:
    return write(folder, {f"{name}.txt": f"{name}县建成网格12个。" for name in "abcde"})


def test_a_file_that_kills_its_process_costs_itself_alone(tmp_path: Path, processes: Processes) -> None:
    archive = Archive(tmp_path / "archive")
    report = archive.ingest(five(tmp_path / "in"), executor=Sabotaged(processes))
    assert names(report) == (["a.txt", "c.txt", "d.txt", "e.txt"], [], ["b.txt"])
    assert "the process that read it died" in report.failed[0].reason
    assert archive.problems() == []
    assert names(archive.ingest(tmp_path / "in", executor=processes))[0] == ["b.txt"]


def test_a_process_killed_by_something_else_costs_nothing(tmp_path: Path, processes: Processes) -> None:
    archive = Archive(tmp_path / "archive")
    report = archive.ingest(five(tmp_path / "in"), executor=Sabotaged(processes, once=tmp_path / "mark"))
    assert (tmp_path / "mark").exists()
    assert (len(report.read), report.failed) == (5, [])


def test_what_a_call_raises_is_raised_by_its_future_and_the_process_goes_on(processes: Processes) -> None:
    with pytest.raises(ZeroDivisionError):
        processes.submit(divmod, 1, 0).result()
    assert processes.submit(divmod, 7, 2).result() == (3, 1)


def test_processes_are_ended_at_once_when_nobody_waits_for_them() -> None:
    before = set(active_children())
    executor = Processes(1)
    endless = executor.submit(signal.pause)
    waiting = executor.submit(divmod, 7, 2)
    while set(active_children()) <= before:
        pass
    executor.shutdown(wait=False)
    assert set(active_children()) <= before
    assert isinstance(endless.exception(), BrokenExecutor)
    assert waiting.cancelled()


def test_ctrl_c_reaches_the_whole_group_and_one_process_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path / "archive")
    folder = write(tmp_path / "in", texts(18))
    with monkeypatch.context() as grouped:
        grouped.setattr("subprocess.Popen", partial(subprocess.Popen, start_new_session=True))
        process = start("--archive", archive.folder, "ingest", folder, "--workers", 2)
    wait_for_line(process, "read: ")
    os.killpg(process.pid, signal.SIGINT)
    said = finish(process, 130)  # reads until all that inherited standard error have ended
    assert said.endswith("fangzhi: interrupted.\n")
    assert archive.documents() != []
    assert len(archive.ingest(folder).failed) == 0
    assert archive.problems() == []


@pytest.mark.parametrize("how", ["closed", "cancelled", "raising"])
def test_a_foreign_executor_that_loses_a_task_costs_that_file(how: str) -> None:
    class Losing(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if how == "closed":
                raise RuntimeError("cannot schedule new futures after shutdown")
            future: Future[Any] = Future()
            if how == "cancelled":
                future.cancel()
            else:
                future.set_exception(KeyError("lost\n  twice"))
            return future

    async def outcome() -> object:
        with Extraction(bytes.__len__, Losing()) as extraction:  # type: ignore[arg-type]
            file = Incoming("a.txt", b"x", "0" * 64, "a.txt")
            extraction.begin(file)
            return await extraction.result(file)

    reason = asyncio.run(outcome()).reason  # type: ignore[attr-defined]
    assert "ingest it again" in reason
    assert "\n" not in reason


def test_a_dask_cluster_gives_the_same_archive_and_the_same_rebuilt(expected: Archive, tmp_path: Path, cluster: str) -> None:
    archive = Archive(tmp_path / "archive")
    for command in (("ingest", *SAMPLES), ("rebuild",)):
        result = fangzhi(*command, "--dask", cluster, archive=archive.folder)
        assert result.exit_code == 0, result.output
        assert archive.dump() == expected.dump()


def test_a_file_that_kills_its_dask_worker_costs_itself_alone(tmp_path: Path, cluster: str) -> None:
    archive = Archive(tmp_path / "archive")
    with dask_cluster(cluster) as executor:
        report = archive.ingest(five(tmp_path / "in"), executor=Sabotaged(executor))
    assert "b.txt" in names(report)[2]
    assert all("was lost (KilledWorker: " in failure.reason for failure in report.failed)
    assert names(archive.ingest(tmp_path / "in"))[0] == names(report)[2]


@pytest.fixture
def changed_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process has other code than its workers."""
    monkeypatch.setattr("ingest.workers._READING", ())
    identity.cache_clear()
    yield
    monkeypatch.undo()
    identity.cache_clear()


@pytest.mark.usefixtures("changed_here")
def test_workers_with_another_version_are_refused(tmp_path: Path, cluster: str) -> None:
    result = fangzhi("ingest", SAMPLES[0], "--dask", cluster, archive=tmp_path / "archive")
    assert "install the same on both" in sentence(result, 1)
    assert not (tmp_path / "archive").exists()


@pytest.mark.usefixtures("changed_here")
def test_a_worker_with_another_version_that_joins_later_extracts_nothing(tmp_path: Path, processes: Processes) -> None:
    report = Archive(tmp_path / "archive").ingest(five(tmp_path / "in"), executor=SameCode(processes))
    assert len(report.failed) == 5
    assert "install the same on both" in report.failed[0].reason


def test_an_address_where_no_scheduler_is_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.executors._ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        assert f"No Dask scheduler answers at {address}" in sentence(fangzhi("ingest", SAMPLES[0], "--dask", address), 1)
    assert f"No Dask scheduler answers at {address}" in sentence(fangzhi("ingest", SAMPLES[0], "--dask", address), 1)
    for address in ("scheduler", "http://scheduler:8786", ""):
        assert "is no address of a Dask scheduler" in sentence(fangzhi("ingest", SAMPLES[0], "--dask", address), 1)


def test_without_the_package_a_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = fangzhi("ingest", SAMPLES[0], "--dask", "tcp://127.0.0.1:1")
    assert "pip install 'fangzhi[dask]'" in sentence(result, 1)


@pytest.mark.parametrize("command", [("ingest", "x"), ("rebuild",)])
def test_workers_and_dask_together_are_bad_usage(command: tuple[str, ...]) -> None:
    assert "--workers and --dask" in sentence(fangzhi(*command, "--workers", "1", "--dask", "tcp://127.0.0.1:1"), 2)
