"""What belongs to the pages and not to the text: running heads, footers, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.readers.printed_page import PrintedLine, PrintedPage

_EDGE = 0.15
"""Share of a page's height in which running heads and footers stand."""
_OUTERMOST = 4
_SAME_HEIGHT = 6.0
_LARGE = 1.5
"""Size of a watermark, in sizes of the text."""
_NUMBER = re.compile(
    r"[\s\-—–·•~|]*(?:(?:第|page)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*页?(?:\s*(?:[,，/／]|of|共)\s*[共总]?\s*\d{1,4}\s*页?)?)[\s\-—–·•~|]*",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"\d+|[一二三四五六七八九十百]+(?=[页版])")
_TEXT = re.compile(r"[^\W\d_]")


def without_furniture(pages: Sequence[PrintedPage], size: float) -> tuple[list[tuple[PrintedLine, ...]], tuple[str, ...]]:
    """The lines of each page that are text, and what was set apart, each once; page numbers are left out of both."""
    edges = [_edges(page) for page in pages]
    repeated = _repeated(pages, edges, size)
    marks = _watermarks(pages, size)
    kept: list[tuple[PrintedLine, ...]] = []
    apart = [text for page in pages for text in page.apart]
    for page, (top, bottom) in zip(pages, edges, strict=True):
        gone: set[int] = set()
        for edge in (top, bottom):
            for line in edge:
                if not _NUMBER.fullmatch(line.text):
                    if _key(line) not in repeated:
                        break
                    apart.append(_stripped(line))
                gone.add(id(line))
        for line in page.lines:
            if id(line) not in gone and _placed(line) in marks:
                apart.append(_stripped(line))
                gone.add(id(line))
        kept.append(tuple(line for line in page.lines if id(line) not in gone))
    return kept, tuple(dict.fromkeys(text for text in apart if text))


def _edges(page: PrintedPage) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The outermost lines at the upper and at the lower edge of a page, from outside in."""
    lines = sorted((line for line in page.lines if line.pieces), key=lambda line: line.pieces[0].box.top)
    top = [line for line in lines if line.pieces[0].box.bottom < _EDGE * page.height]
    bottom = [line for line in reversed(lines) if line.pieces[0].box.top > (1 - _EDGE) * page.height]
    return top[:_OUTERMOST], bottom[:_OUTERMOST]


def _repeated(pages: Sequence[PrintedPage], edges: Sequence[tuple[list[PrintedLine], list[PrintedLine]]], size: float) -> set[str]:
    """Texts at the edges of several pages at one height: of three, or of two in a short file."""
    places: dict[str, list[float]] = defaultdict(list)
    for page, (top, bottom) in zip(pages, edges, strict=True):
        for line in {_key(line): line for line in (*top, *bottom)}.values():
            if line.size <= _LARGE * size and _TEXT.search(line.text):
                places[_key(line)].append(line.box.top if line in top else page.height - line.box.top)
    needed = 2 if len(pages) <= 5 else 3
    return {key for key, heights in places.items() if _at_one_height(heights) >= needed}


def _at_one_height(heights: Sequence[float]) -> int:
    return max(sum(abs(one - other) <= _SAME_HEIGHT for one in heights) for other in heights)


def _watermarks(pages: Sequence[PrintedPage], size: float) -> set[tuple[str, int, int]]:
    """Large lines that stand at one place of most pages."""
    if len(pages) < 2:
        return set()
    counts: dict[tuple[str, int, int], int] = defaultdict(int)
    for page in pages:
        for place in {_placed(line) for line in page.lines if line.size >= _LARGE * size}:
            counts[place] += 1
    return {place for place, count in counts.items() if count >= max(2, 0.6 * len(pages))}


def _key(line: PrintedLine) -> str:
    return _CHANGING.sub("0", "".join(line.text.split()))


def _placed(line: PrintedLine) -> tuple[str, int, int]:
    return line.text, round(line.box.x0 / 4), round(line.box.top / 4)


def _stripped(line: PrintedLine) -> str:
    return " ".join(line.text.split())
