"""Characters a second of the pipeline, by stage: `python -m benchmarks.pipeline [FOLDER] [--rounds N]`.

Every round runs all stages over all files of the folder in one process on one core; the table gives the median round. Shares matter more
than absolute figures: machines differ and are shared.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from ingest.cleaning import clean
from ingest.pipeline import STAGES, drafts
from ingest.readers import read

BUDGET = 100_000
"""Characters a second that the whole pipeline must reach on one core."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples"))
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    raws = [read(path.name, path.read_bytes()) for path in sorted(options.folder.glob("*.txt"))]
    characters = sum(len(raw.text) for raw in raws)
    rounds: dict[str, list[float]] = {}
    for _ in range(options.rounds + 1):
        for name, seconds in one_round(raws).items():
            rounds.setdefault(name, []).append(seconds)
    medians = {name: statistics.median(times[1:]) for name, times in rounds.items()}
    whole = sum(medians.values())
    print(f"{len(raws)} files, {characters:,} characters, median of {options.rounds} rounds")
    for name, seconds in [*medians.items(), ("all", whole)]:
        print(f"{name:20} {characters / seconds:14,.0f} characters/s {100 * seconds / whole:5.1f}%")
    print(f"budget {BUDGET:,} characters/s: {'kept' if characters / whole >= BUDGET else 'MISSED'}")


def one_round(raws: list) -> dict[str, float]:  # type: ignore[type-arg]
    """Seconds by stage, each stage run over every document."""
    seconds: dict[str, float] = {}
    started = time.perf_counter()
    for raw in raws:
        clean(raw.text)
    seconds["clean"] = time.perf_counter() - started
    started = time.perf_counter()
    documents = [document for raw in raws for document in drafts(raw)]
    seconds["split and heads"] = max(1e-9, time.perf_counter() - started - seconds["clean"])
    for stage in STAGES:
        started = time.perf_counter()
        documents = [stage(document) for document in documents]
        seconds[stage.__name__] = time.perf_counter() - started
    return seconds


if __name__ == "__main__":
    main()
