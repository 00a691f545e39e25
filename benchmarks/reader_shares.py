"""Our share of the time of readers beside the libraries underneath: `python -m benchmarks.reader_shares [--rounds N] [--only NAME]`.

Each row reads one file by the whole reader and by the bare library, alternating, in seconds of the processor. A share is what the reader
takes beyond the library, of all that it takes; at most half is wanted. PDF, web pages and spreadsheets have benchmarks of their own.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import docx
import numpy
from markdown_it import MarkdownIt
from PIL import Image

from ingest.readers import read
from ingest.readers.ocr_engine import _engine

FORMATS = Path(__file__).parents[1] / "samples" / "formats"
PARAGRAPHS = 5_000


def _word() -> bytes:
    made = docx.Document()
    for number in range(PARAGRAPHS):
        made.add_paragraph(f"第{number}段：全县选聘网格员350人，化解矛盾纠纷1200件，群众满意度达到98.5%。")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _markdown() -> bytes:
    lines = [f"{'## ' if number % 20 == 0 else ''}全县选聘网格员350人，化解矛盾纠纷{number}件。" for number in range(PARAGRAPHS)]
    return "\n\n".join(lines).encode()


def _python_docx(data: bytes) -> object:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _rapidocr(data: bytes) -> object:
    return _engine()(numpy.asarray(Image.open(io.BytesIO(data)).convert("RGB")), use_det=True, use_cls=False, use_rec=True)


ROWS: dict[str, tuple[str, Callable[[], bytes], Callable[[bytes], object]]] = {
    "Word, python-docx": ("a.docx", _word, _python_docx),
    "Markdown, markdown-it": ("a.md", _markdown, lambda data: MarkdownIt("commonmark").enable("table").parse(data.decode())),
    "picture, rapidocr": ("a.jpg", (FORMATS / "article-page-1.jpg").read_bytes, _rapidocr),
}


def _seconds(method: Callable[[bytes], object], data: bytes) -> float:
    started = time.process_time()
    method(data)
    return time.process_time() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=ROWS)
    options = parser.parse_args()
    print(f"{'':24} {'ours':>8} {'bare':>8} {'share':>7}")
    for label, (name, make, bare) in ROWS.items():
        if options.only not in (None, label):
            continue
        data = make()
        bare(data)  # models are loaded once
        pairs = [(_seconds(lambda data: read(name, data), data), _seconds(bare, data)) for _ in range(options.rounds)]  # noqa: B023
        ours, theirs = (median(column) for column in zip(*pairs, strict=True))
        print(f"{label:24} {ours:7.2f}s {theirs:7.2f}s {max(0.0, 1 - theirs / ours):7.0%}")


if __name__ == "__main__":
    main()
