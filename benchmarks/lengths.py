"""Does the time of the figures grow with the length of the text only? `python -m benchmarks.lengths [FOLDER]`.

For each shape of text, the seconds of the statistics stage at one length and at twice that length; their ratio is 2 where time is linear.
The shapes are the samples repeated up to 5 MB, and runs of what makes careless patterns backtrack.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from archive.records import Document, Source
from archive.text import MappedText
from ingest.extract.statistics import find_statistics
from ingest.readers import read

MEGABYTE = 1_000_000
RUNS = (
    "1",
    "1,",
    "1.",
    "1:",
    "1+",
    "1/",
    "一",
    "十",
    "万",
    "第",
    "每",
    "每年",
    "比",
    "20",
    "2020年",
    "A1",
    " ",
    "“",
    "由1到",
    "计划",
    "壹",
    "1个、",
    "下达",
)


def seconds(text: str) -> float:
    """Processor seconds of the statistics stage over `text`."""
    source = Source(sha256="0" * 64, name="text.txt", size=1)
    document = Document(id="DOC-0-1", source=source, ordinal=1, text=text, offsets=MappedText.whole(text).offsets)
    started = time.process_time()
    find_statistics(document)
    return time.process_time() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples"))
    options = parser.parse_args()
    page = "".join(read(path.name, path.read_bytes()).text for path in sorted(options.folder.glob("*.txt")))
    size = 5 * MEGABYTE // 3  # characters: three bytes each
    shapes = [("5 MB of the samples", page * (size // max(1, len(page)) + 1), size)]
    shapes += [(f"{run!r} over and over", run * (200_000 // len(run)), 200_000) for run in RUNS]
    for name, text, length in shapes:
        half, whole = seconds(text[: length // 2]), seconds(text[:length])
        print(f"{name:28} {length // 2:>9,}: {half:7.3f} s {length:>9,}: {whole:7.3f} s   x{whole / max(half, 1e-6):.1f}")


if __name__ == "__main__":
    main()
