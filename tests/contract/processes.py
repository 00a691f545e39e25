"""What the tests run in processes of their own (spawned, never forked: a fork would inherit tantivy's threads)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from search.embedded.engine import EmbeddedEngine
from search.embedded.storage import Folder
from search.embedded.writers import Writers
from search.port import SourceEntries
from tests.contract.driver import Driver, entry, source

KINDS = ("UNIT", "DOCUMENT", "STATISTIC", "SOURCE")


def write_sources(folder: str, name: str, count: int) -> None:
    """Write `count` sources of three entries, one write each."""
    driver = Driver(EmbeddedEngine.open(Path(folder), lock_wait=60.0))
    for number in range(count):
        driver.write(source(f"{name}{number}", *(entry(f"{name}-{number}-{part}") for part in range(3))))
    driver.close()


def write_and_acknowledge(folder: str, descriptor_path: str, first: int) -> None:
    """Write one source after the other until killed; note each one in the file as soon as it is acknowledged."""
    driver = Driver(EmbeddedEngine.open(Path(folder), lock_wait=60.0))
    with Path(descriptor_path).open("a", encoding="ascii") as notes:
        for number in range(first, first + 100_000):
            driver.write(source(f"S{number}", *(entry(f"{number}-{part}", KINDS[part % 4], unit_words="网格员") for part in range(20))))
            notes.write(f"{number}\n")
            notes.flush()


def turns(turn: int) -> SourceEntries:
    """One source over four kinds; all its entries tell the turn."""
    return source("T", *(entry(f"{turn % 3}-{part}", KINDS[part % 4], ordinal=turn) for part in range(12)))


def write_turns(folder: str, first: int, count: int) -> None:
    """Replace the same source again and again."""
    driver = Driver(EmbeddedEngine.open(Path(folder), lock_wait=60.0))
    for turn in range(first, first + count):
        driver.write(turns(turn))
    driver.close()


def die_while_writing(folder: str, where: str) -> None:
    """Begin to replace that source and die at `where`: when one kind of four is committed, or when all are, but nothing points to them."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def commit(writers: Writers) -> None:
        next(iter(writers._writers.values())).commit()
        die()

    if where == "one kind committed":
        Writers.commit = commit  # type: ignore[method-assign]
    else:
        Folder.point_to = die  # type: ignore[method-assign]
    write_turns(folder, 1000, 1)


def rebuild_until_killed(folder: str, ready_path: str) -> None:
    """Begin a rebuild that never ends by itself."""
    driver = Driver(EmbeddedEngine.open(Path(folder), lock_wait=60.0))

    def batches() -> object:
        number = 0
        while True:
            yield [source(f"N{number}", *(entry(f"new-{number}-{part}") for part in range(2_000)))]
            number += 1
            if number == 6:
                Path(ready_path).write_text(str(os.getpid()), "ascii")

    driver.rebuild(batches())  # type: ignore[arg-type]


def write_on_a_full_disk(folder: str, limit: int) -> str:
    """What a write says when no file may grow over `limit` bytes; then that it works again."""
    import resource

    driver = Driver(EmbeddedEngine.open(Path(folder)))
    driver.write(source("S", entry("safe")))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    said = ""
    try:
        driver.write(source("BIG", *(entry(f"big-{n}", unit_words=f"网格员{n} " * 50) for n in range(3_000))))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    driver.write(source("AFTER", entry("after")))
    return said
