"""Characters a second of the pipeline, by stage: `python -m benchmarks.pipeline [FOLDER] [--rounds N]`.

Every round runs all stages over all files of the folder in one process on one core and counts the processor's time, so that other work on
the machine matters little; the table gives the median round. Shares matter more than absolute figures.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from ingest.cleaning import clean
from ingest.pipeline import STAGES, drafts
from ingest.readers import read
from ingest.splitting import split

BUDGET = 300_000
"""Characters a second that the stages must reach on one core, from clean text to records."""
_BEFORE = ("clean", "split and heads")


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
    stages = whole - sum(medians[name] for name in _BEFORE)
    for name, seconds in [*medians.items(), ("clean text to records", stages), ("all", whole)]:
        print(f"{name:22} {characters / seconds:14,.0f} characters/s {100 * seconds / whole:5.1f}%")
    print(f"budget {BUDGET:,} characters/s from clean text to records: {'kept' if characters / stages >= BUDGET else 'MISSED'}")


def one_round(raws: list) -> dict[str, float]:  # type: ignore[type-arg]
    """Seconds by stage, each stage run over every document."""
    seconds: dict[str, float] = {}
    started = time.process_time()
    pages = [clean(raw.text) for raw in raws]
    seconds["clean"] = time.process_time() - started
    started = time.process_time()
    for page in pages:
        split(page.page, page.banner_title)
    seconds["split and heads"] = time.process_time() - started
    documents = [document for raw in raws for document in drafts(raw)]
    for stage in STAGES:
        started = time.process_time()
        documents = [stage(document) for document in documents]
        seconds[stage.__name__] = time.process_time() - started
    return seconds


if __name__ == "__main__":
    main()
