"""One page of a PDF at a time: its lines and tables from its text layer, or a picture of it for the machine that reads pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from PIL.Image import Image

from ingest.readers.ocr import RENDER_SCALE
from ingest.readers.pdf_frame import Frame, frame_of
from ingest.readers.pdf_layers import Layer, shown, soundness, without_text
from ingest.readers.pdf_lines import lines_of, without_doubles
from ingest.readers.pdf_run import Run
from ingest.readers.pdf_runs import RunReader
from ingest.readers.pdf_tables import edges_of, fill, grids_of
from ingest.readers.printed_page import PrintedPage

MOST_CHARACTERS = 100_000
"""Characters on one page; a newspaper page has some 15,000."""
MOST_TEXTS = 30_000
"""Texts drawn on one page one by one; a newspaper page that draws each character by itself has some 15,000. PDFium's time grows with
their square where they lie upon each other: 20,000 took it 2 seconds, 49,000 took 30."""
MOST_PIXELS = 25_000_000
"""Of a page's picture; A4 at 200 dpi has 3.9 million, a newspaper page 25 million."""


class ReadPage(NamedTuple):
    """A page as it was read; `remark` is what is to be said of it."""

    page: PrintedPage
    layer: Layer
    remark: str | None = None


def read_page(page: Any, number: int) -> ReadPage:
    """The lines and tables of a page of pypdfium2, from its text layer."""
    frame, turned = frame_of(page), 0
    if _texts(page) > MOST_TEXTS:
        return _left_out(number, frame, f"draws more than {MOST_TEXTS:,} texts one by one and was left out")
    textpage = page.get_textpage()
    reader = RunReader(textpage, frame)
    if reader.count > MOST_CHARACTERS:
        return _left_out(number, frame, f"has more than {MOST_CHARACTERS:,} characters and was left out")
    runs = reader.runs()
    turned, lie = _lie(runs)
    if turned:
        frame = frame.turned(turned)
        runs = RunReader(textpage, frame, lie).runs()
    textpage.close()
    runs, hidden = shown(page, frame, [run for run in runs if _on_page(run, frame)])
    apart = tuple(_slanting(runs))
    upright = without_doubles([run for run in runs if run.quarter == 0])
    layer = soundness("".join(run.text for run in runs)) if runs else without_text(page, frame)
    if layer is Layer.SOUND and hidden:
        layer = Layer.HIDDEN
    edges = edges_of(page, frame)
    grids = grids_of(edges) if edges is not None else None
    remark = "holds too many lines to look for tables; what stands in any is read as text" if grids is None else None
    tables, upright = fill(grids or (), upright)
    lines = lines_of(upright)
    return ReadPage(PrintedPage(number, frame.width, frame.height, tuple(lines), tuple(tables), apart, turned), layer, remark)


def picture_of(page: Any) -> tuple[Image, float]:
    """The picture of a page, and how many of its pixels make a point."""
    width, height = page.get_size()
    scale = min(RENDER_SCALE, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    image: Image = page.render(scale=scale).to_pil()
    return image, scale


def _left_out(number: int, frame: Frame, remark: str) -> ReadPage:
    return ReadPage(PrintedPage(number, frame.width, frame.height, ()), Layer.BLANK, remark)


def _texts(page: Any) -> int:
    """How many texts a page draws, if it draws so many things at all that it matters."""
    raw = page.raw
    count = pdfium.FPDFPage_CountObjects(raw)
    if count <= MOST_TEXTS:
        return 0
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(raw, index)) for index in range(count))
    return sum(kind == pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds)


def _on_page(run: Run, frame: Frame) -> bool:
    return -run.size <= run.base <= frame.height + run.size and -run.size <= run.xs[0] <= frame.width


def _lie(runs: Sequence[Run]) -> tuple[int, int]:
    """By how many quarters to the left the page must be turned for its text to run from left to right, and how characters lie then."""
    characters = sum(len(run.chars) for run in runs)
    if characters < 4:
        return 0, 0
    lies: Counter[int] = Counter()
    for run in runs:
        if run.quarter:
            lies[run.quarter] += len(run.chars)
    for quarter, count in lies.most_common(1):
        if 2 * count > characters:
            return 4 - quarter, 0
    below = sum(_stands_below(one, other) for one, other in pairwise(runs))
    return (1, 1) if 2 * below > characters else (0, 0)


def _stands_below(above: Run, below: Run) -> bool:
    """Whether two characters stand one below the other, as in vertical writing."""
    single = len(above.chars) == len(below.chars) == 1 and above.quarter == below.quarter == 0
    return single and abs(above.xs[0] - below.xs[0]) < 0.4 * above.size and 0.5 * above.size < below.base - above.base < 2 * above.size


def _slanting(runs: Sequence[Run]) -> Iterator[str]:
    """The texts that do not lie as the page does: watermarks, stamps, notes along the edge."""
    text: list[str] = []
    last: Run | None = None
    for run in runs:
        if run.quarter == 0:
            continue
        if last is not None and abs(run.xs[0] - last.xs[0]) + abs(run.base - last.base) > 4 * run.size:
            yield "".join(text)
            text = []
        text.append(run.text)
        last = run
    if text:
        yield "".join(text)
