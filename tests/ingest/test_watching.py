"""A watched folder and a real archive: what comes is read once and whole, whatever goes wrong meanwhile."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from archive.errors import ArchiveCorrupt, ArchiveError, ArchiveLocked, ArchiveMissing, SearchUnavailable
from archive.originals import Originals
from ingest import watching
from ingest.arrivals import Look
from ingest.indexing import ingest
from ingest.report import IngestReport
from ingest.watching import Manner, Take, Watch
from search.embedded.engine import EmbeddedEngine
from tests.ingest.archives import Archive, bare, write

QUICK = Manner(settle=0.3)
PATIENCE = 60.0  # seconds for what comes at once on a machine with nothing else to do
TEXT = "关于网格化管理的调研报告\n全县建成网格12个，配备网格员350人。\n"


class Heard:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.reports: list[IngestReport] = []
        self.waits: list[tuple[str, float]] = []
        self.polls: list[str] = []
        self.looks: list[Look] = []

    def watching(self, folders: Sequence[Path]) -> None:
        assert folders

    def looked(self, look: Look) -> None:
        self.looks.append(look)

    def taken(self, report: IngestReport) -> None:
        self.reports.append(report)

    def waiting(self, reason: str, seconds: float) -> None:
        self.waits.append((reason, seconds))

    def polling(self, reason: str, seconds: float) -> None:
        self.polls.append(reason)

    @property
    def read(self) -> list[str]:
        return bare(name for report in self.reports for name in report.read)

    @property
    def already(self) -> list[str]:
        return bare(name for report in self.reports for name in report.already)

    @property
    def failed(self) -> list[str]:
        return bare(failure.name for report in self.reports for failure in report.failed)

    async def until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, (self.read, self.already, self.failed, self.waits, self.looks[-1:])
            await asyncio.sleep(0.05)


class Drop:
    """A drop folder and the archive that it leads to."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(folder / "archive")
        self.path = folder / "drop"
        self.path.mkdir()

    async def take(self, paths: Sequence[Path]) -> IngestReport:
        engine = EmbeddedEngine.open(self.archive.folder / "index")
        try:
            with Originals(self.archive.folder).writing() as writer:
                return await ingest(paths, writer, engine)
        finally:
            await engine.close()

    def watched(self, script: Callable[[Heard], Awaitable[None]] | None = None, manner: Manner = QUICK, take: Take | None = None) -> Heard:
        """Watch while `script` runs, or until all is done where the manner says so."""

        async def run() -> Heard:
            heard, stop = Heard(), asyncio.Event()
            watch = asyncio.create_task(Watch([self.path], take or self.take, heard, manner).run(stop))
            if script:
                work = asyncio.create_task(script(heard))  # type: ignore[arg-type]
                await asyncio.wait({watch, work}, return_when=asyncio.FIRST_COMPLETED)
                stop.set()
                if work.done():
                    await work
                work.cancel()
            await asyncio.wait_for(watch, PATIENCE)
            return heard

        return asyncio.run(run())


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    return Drop(tmp_path)


def once(drop: Drop) -> Heard:
    return drop.watched(manner=Manner(settle=0.3, once=True))


def test_a_file_that_is_written_slowly_is_read_once_and_whole(drop: Drop) -> None:
    async def script(heard: Heard) -> None:
        await heard.until(lambda: heard.looks)
        with (drop.path / "slow.txt").open("w", encoding="utf-8") as file:
            for line in TEXT.splitlines(keepends=True):
                file.write(line)
                file.flush()
                await asyncio.sleep(1.0)
        await heard.until(lambda: heard.read)
        await asyncio.sleep(1.0)

    assert drop.watched(script).read == ["slow.txt"]
    (sha256,) = drop.archive.originals.listed()
    assert drop.archive.originals.read(sha256) == TEXT.encode()


def test_what_came_while_nobody_watched_is_read_at_the_start_and_nothing_twice(drop: Drop) -> None:
    write(drop.path, {"a.txt": TEXT, "b.txt": "乙县建成网格13个。"})
    assert sorted(once(drop).read) == ["a.txt", "b.txt"]
    write(drop.path / "sub", {"c.txt": "丙县建成网格14个。"})
    again = once(drop)
    assert (again.read, sorted(again.already)) == (["c.txt"], ["a.txt", "b.txt"])
    assert drop.archive.problems() == []


def test_a_file_that_is_replaced_is_read_again_and_both_are_kept(drop: Drop) -> None:
    async def script(heard: Heard) -> None:
        write(drop.path, {"a.txt": TEXT})
        await heard.until(lambda: len(heard.read) == 1)
        (drop.path / "new").write_text("甲县建成网格15个。", "utf-8")
        (drop.path / "new").replace(drop.path / "a.txt")
        await heard.until(lambda: len(heard.read) == 2)

    heard = drop.watched(script)
    assert heard.read == ["a.txt", "a.txt"]
    assert "another version" in heard.reports[-1].warnings[0]
    assert len(drop.archive.originals.listed()) == 2


def test_a_bad_file_is_named_once_and_read_when_it_was_mended(drop: Drop) -> None:
    async def script(heard: Heard) -> None:
        (drop.path / "bad.txt").write_bytes(b"\0" * 50)
        await heard.until(lambda: heard.failed)
        write(drop.path, {"other.txt": "丁县建成网格12个。"})
        await heard.until(lambda: heard.read)
        assert heard.failed == ["bad.txt"]
        write(drop.path, {"bad.txt": TEXT})
        await heard.until(lambda: "bad.txt" in heard.read)

    heard = drop.watched(script)
    assert heard.failed == ["bad.txt"] and heard.read == ["other.txt", "bad.txt"]


def test_what_is_away_is_waited_for_with_growing_pauses(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_PAUSES", (0.01, 0.02, 0.03))
    errors = [SearchUnavailable("the engine is away"), ArchiveLocked("held"), OSError(28, "no space"), ArchiveMissing("unmounted")]

    async def take(paths: Sequence[Path]) -> IngestReport:
        if errors:
            raise errors.pop(0)
        return await drop.take(paths)

    async def script(heard: Heard) -> None:
        write(drop.path, {"a.txt": TEXT})
        await heard.until(lambda: heard.read)

    heard = drop.watched(script, take=take)
    assert heard.read == ["a.txt"]
    assert [seconds for _, seconds in heard.waits] == [0.01, 0.02, 0.03, 0.03]
    assert heard.waits[0][0] == "the engine is away"


def test_an_archive_that_another_process_holds_is_waited_for(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_PAUSES", (0.05,))

    async def script(heard: Heard) -> None:
        with Originals(drop.archive.folder).writing():
            write(drop.path, {"a.txt": TEXT})
            await heard.until(lambda: heard.waits)
            assert not heard.read
        await heard.until(lambda: heard.read)

    assert "Another process is writing" in drop.watched(script).waits[0][0]


def test_a_folder_that_goes_away_and_comes_back_is_watched_again(drop: Drop) -> None:
    async def script(heard: Heard) -> None:
        write(drop.path, {"a.txt": TEXT})
        await heard.until(lambda: heard.read)
        shutil.rmtree(drop.path)
        await heard.until(lambda: any(look.gone for look in heard.looks))
        write(drop.path, {"b.txt": "乙县建成网格13个。"})
        await heard.until(lambda: any(look.back for look in heard.looks))
        await heard.until(lambda: "b.txt" in heard.read)
        write(drop.path, {"c.txt": "丙县建成网格13个。"})
        await heard.until(lambda: "c.txt" in heard.read)

    assert drop.watched(script).read == ["a.txt", "b.txt", "c.txt"]


def test_without_watches_of_the_system_the_folder_is_looked_at_now_and_then(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object, **__: object) -> AsyncIterator[set[object]]:
        raise OSError(28, "OS file watch limit reached.")
        yield set()

    monkeypatch.setattr(watching, "awatch", full)
    monkeypatch.setattr(watching, "POLL", 0.1)

    async def script(heard: Heard) -> None:
        await heard.until(lambda: heard.polls)
        write(drop.path, {"a.txt": TEXT})
        await heard.until(lambda: heard.read)

    assert "watch limit reached" in drop.watched(script).polls[0]


def test_who_asks_for_polling_does_without_the_system(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "awatch", None)

    async def script(heard: Heard) -> None:
        await heard.until(lambda: heard.looks)
        write(drop.path, {"a.txt": TEXT})
        await heard.until(lambda: heard.read)

    assert drop.watched(script, Manner(settle=0.3, poll=0.1)).polls == []


def test_many_files_are_read_some_at_a_time(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_AT_ONCE", 2)
    write(drop.path, {f"{number}.txt": f"甲县建成网格{number + 10}个。" for number in range(5)})
    heard = once(drop)
    assert [len(report.read) for report in heard.reports] == [2, 2, 1]


def test_what_arrives_together_is_read_together(drop: Drop) -> None:
    async def script(heard: Heard) -> None:
        await heard.until(lambda: heard.looks)
        write(drop.path.parent / "whole", {f"{number}.txt": f"甲县建成网格{number + 10}个。" for number in range(4)})
        (drop.path.parent / "whole").rename(drop.path / "whole")
        await heard.until(lambda: heard.read)

    assert [len(report.read) for report in drop.watched(script).reports] == [4]


def test_who_is_told_to_stop_leaves_what_is_in_hand_to_the_next_run(drop: Drop) -> None:
    begun: list[bool] = []

    async def take(_: Sequence[Path]) -> IngestReport:
        begun.append(True)
        await asyncio.Event().wait()
        raise AssertionError

    async def script(heard: Heard) -> None:
        write(drop.path, {"a.txt": TEXT})
        await heard.until(lambda: begun)

    assert drop.watched(script, take=take).reports == []
    assert once(drop).read == ["a.txt"]


def test_what_does_not_pass_by_waiting_ends_the_watch(drop: Drop) -> None:
    write(drop.path, {"a.txt": TEXT})

    async def take(_: Sequence[Path]) -> IngestReport:
        raise ArchiveCorrupt("the index does not open")

    async def script(heard: Heard) -> None:
        await heard.until(lambda: False)

    with pytest.raises(ArchiveCorrupt):
        drop.watched(script, take=take)


@pytest.mark.parametrize("error", [SearchUnavailable("away"), ArchiveLocked("held"), ArchiveError("else")])
def test_who_wants_it_once_is_told_at_once_what_is_wrong(drop: Drop, error: ArchiveError) -> None:
    write(drop.path, {"a.txt": TEXT})

    async def take(_: Sequence[Path]) -> IngestReport:
        raise error

    with pytest.raises(type(error)):
        drop.watched(manner=Manner(settle=0.3, once=True), take=take)


def test_an_empty_folder_once_is_nothing_to_do(drop: Drop) -> None:
    assert once(drop).reports == []
