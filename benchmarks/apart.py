"""What it costs to read texts in a process apart: `python -m benchmarks.apart [--files N] [--rounds N]`.

Ingests N texts like the samples into a fresh archive, in turns with all of them read in the main process and with all read in one process
beside it. Processor's time of both together, which a busy machine changes least, and time by the clock; the median of the rounds, without
and with the start of the process.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from archive.originals import Originals
from ingest.indexing import ingest
from ingest.limits import Limits
from ingest.reading import light
from ingest.workers import Apart, Processes
from search.embedded.engine import EmbeddedEngine

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = texts(Path(made) / "in", options.files)
        found: dict[str, list[tuple[float, float]]] = {}
        for number in range(options.rounds + 1):  # the first round warms up
            for way in ("here", "apart"):
                cost = run(folder, Path(made) / f"{way}-{number}", way == "apart")
                found.setdefault(way, []).extend([cost] if number else [])
    print(f"{options.files} texts, {options.rounds} rounds\n\n| read | processor | clock |\n| --- | --- | --- |")
    for way, costs in found.items():
        print(f"| {way} | {median(cost[0] for cost in costs):.2f} s | {median(cost[1] for cost in costs):.2f} s |")
    print(f"\nto start the process and have it import all: {median(started() for _ in range(options.rounds)):.2f} s by the clock")


def texts(folder: Path, count: int) -> Path:
    """The samples again and again, each time about other figures and so no reprints."""
    folder.mkdir()
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    for number in range(count):
        digits = str.maketrans("123456789", "".join(str((int(digit) + number) % 9 + 1) for digit in "123456789"))
        text = samples[number % len(samples)].translate(digits)
        (folder / f"{number}.txt").write_text(f"第{number}号材料\n{text}", "utf-8")
    return folder


def run(folder: Path, archive: Path, apart: bool) -> tuple[float, float]:
    """Seconds of the processor and of the clock that an ingest takes, the start of its process among them."""
    before, began = spent(), time.perf_counter()
    with Processes(1, Limits()) if apart else Apart(Limits(), light) as executor:
        asyncio.run(_ingested(folder, archive, executor))
    return spent() - before, time.perf_counter() - began


async def _ingested(folder: Path, archive: Path, executor: Processes) -> None:
    engine = EmbeddedEngine.open(archive / "index")
    try:
        with Originals(archive).writing() as writer:
            await ingest([folder], writer, engine, executor=executor)
    finally:
        await engine.close()


def started() -> float:
    """Seconds until a fresh process has read a short text."""
    began = time.perf_counter()
    with Processes(1, Limits()) as executor:
        executor.submit(light, "a.txt", b"x").result()
    return time.perf_counter() - began


def spent() -> float:
    """Seconds of the processor that this process and those that it started and ended took."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
