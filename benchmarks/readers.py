"""Readers against the bare libraries underneath: `python -m benchmarks.readers [FILE.pdf …] [--pages N] [--rounds N]`.

Without files it makes one of N pages of prose, every tenth with a ruled table. Pages a second of the processor's time, in one process:
PDFium giving only the characters, PDFium giving characters and their places (the least that a reader with places needs), pdfplumber giving
characters and tables, and our reader. Peak memory is of a process that does nothing else.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest import readers

SENTENCE = "全县把网格员队伍建设作为基层治理的重要抓手，2023年选派机关干部350人到村任职，为群众办理实事1200件，GDP增长8.5%。"
_PLUMBER_PAGES = 20
"""Pages that pdfplumber is measured on: it takes some twenty times as long."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="only read the file and print the peak memory in MB")
    options = parser.parse_args()
    if options.memory:
        readers.read(options.files[0].name, options.files[0].read_bytes())
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.pdf"
        if not options.files:
            made.write_bytes(prose(options.pages))
        for path in options.files or [made]:
            report(path, options.rounds)


def report(path: Path, rounds: int) -> None:
    """Time the ways of reading one file, in turns, and print the median of each."""
    data = path.read_bytes()
    count = len(pypdfium2.PdfDocument(data))
    ways: dict[str, Callable[[bytes], int]] = {
        "PDFium, characters": characters,
        "PDFium, with places": places,
        "pdfplumber, tables": plumber,
        "our reader": lambda data: readers.read(path.name, data).pages or 0,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.process_time()
            pages = way(data)
            times[name].append((time.process_time() - started) / pages)
    ours = statistics.median(times["our reader"])
    peak = subprocess.run([sys.executable, "-m", "benchmarks.readers", "--memory", str(path)], capture_output=True, text=True, check=True)
    print(f"{path.name}: {count} pages, {len(data):,} bytes; peak memory of our reader {peak.stdout.strip()} MB")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:20} {1 / median:8.0f} pages/s {1000 * median:7.2f} ms a page; of our reader's time {100 * median / ours:5.0f}%")


def characters(data: bytes) -> int:
    """The text of every page and nothing else."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def places(data: bytes) -> int:
    """The text of every page and the box of every character."""
    document = pypdfium2.PdfDocument(data)
    box = pdfium.FS_RECTF()
    for page in document:
        textpage = page.get_textpage()
        textpage.get_text_range()
        for index in range(textpage.count_chars()):
            pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, box)
            _ = (box.left, box.top, box.right, box.bottom)
    return len(document)


def plumber(data: bytes) -> int:
    """The text and the tables of the first pages by pdfplumber."""
    with pdfplumber.open(io.BytesIO(data), pages=list(range(1, _PLUMBER_PAGES + 1))) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
        return len(document.pages)


def prose(pages: int) -> bytes:
    """A file of full pages: 40 lines of 36 characters, every tenth page with a table of 8 rows."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for number in range(pages):
        canvas.setFont("STSong-Light", 12)
        text = SENTENCE * 30
        table = number % 10 == 9
        for row in range(28 if table else 40):
            canvas.drawString(72, 770 - 17 * row, text[36 * row : 36 * row + 36])
        for row in range(9 if table else 0):
            canvas.line(72, 270 - 20 * row, 472, 270 - 20 * row)
            for column in range(5 if row < 8 else 0):
                canvas.drawString(76 + 100 * column, 255 - 20 * row, f"第{row}行")
        for column in range(5 if table else 0):
            canvas.line(72 + 100 * column, 110, 72 + 100 * column, 270)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


if __name__ == "__main__":
    main()
