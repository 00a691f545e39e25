"""What each hostile file costs: `python -m benchmarks.torture FOLDER [--small] [--only TEXT]`.

Makes the files of tests/torture/make.py in FOLDER and ingests each of them alone, by the command line and with its usual limits. Prints
seconds, the peak memory of the largest process, and what was said. With --small they are a twentieth of their size.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.torture.make import ODD, SIZED, SMALL

MOST_SECONDS, MOST_MEGABYTES = 30, 1_000
"""What no file should cost."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    made = {name: lambda sized=sized: sized(SMALL if options.small else 1) for name, sized in SIZED.items()} | ODD
    print(f"{'file':26} {'bytes':>12} {'seconds':>8} {'MB':>6}  outcome")
    for name, content in made.items():
        if options.only in name:
            path = options.folder / name
            path.write_bytes(content())
            seconds, megabytes, outcome = cost(path, options.folder / "archives" / name)
            mark = "!" if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES else " "
            print(f"{name:26} {path.stat().st_size:12,} {seconds:8.1f} {megabytes:6,.0f} {mark} {outcome[:150]}", flush=True)


def cost(path: Path, archive: Path) -> tuple[float, float, str]:
    """Seconds, megabytes of the largest process, and the outcome of ingesting one file into an archive of its own."""
    command = [sys.executable, "-c", _MEASURED, sys.executable, "-m", "api", "--archive", str(archive), "ingest", str(path), "--json"]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    seconds = time.monotonic() - begun
    peak, _, printed = done.stdout.partition("\n")
    try:
        report = json.loads(printed)
    except ValueError:
        return seconds, float(peak or 0) / 1_000, f"FAULT: {done.stderr[-200:]}"
    outcome = "; ".join(failure["reason"] for failure in report["failed"]) or f"read, {report['characters']:,} characters"
    return seconds, float(peak) / 1_000, outcome


_MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.stdout.write(done.stdout.decode())
"""

if __name__ == "__main__":
    main()
