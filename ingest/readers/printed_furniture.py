"""What belongs to the pages and not to the text: running heads, footers, page numbers, watermarks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from ingest.readers.printed_page import PrintedLine, PrintedPage

_EDGE = 0.15
"""Share of a page's height in which running heads and footers stand."""
_OUTERMOST = 4
_SHORT = 5
"""Pages of a file in which two make a running head; three do in a longer one."""
_MOST_EMPTIED = 0.5
"""Share of the pages that may consist of running heads only; beyond it they are what the file has to say."""
_GAP = 0.5
"""How much further than usual, in characters, a running head of a short file stands from the text, unless it is of another size."""
_SIZES_DIFFER = 0.08
_SAME_HEIGHT = 6.0
_LARGE = 1.5
"""Size of a watermark, in sizes of the text."""
_NUMBER = re.compile(
    r"[\s\-—–·•~|]*(?:(?:第|page)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*页?(?:\s*(?:[,，/／]|of|共)\s*[共总]?\s*\d{1,4}\s*页?)?)[\s\-—–·•~|]*",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"\d+|[一二三四五六七八九十百]+(?=[页版])")
_TEXT = re.compile(r"[^\W\d_]")
_Edges: TypeAlias = tuple[list[PrintedLine], list[PrintedLine]]
"""The outermost lines at the upper and at the lower edge of a page, from outside in."""


def without_furniture(pages: Sequence[PrintedPage], size: float) -> tuple[list[tuple[PrintedLine, ...]], tuple[str, ...]]:
    """The lines of each page that are text, and what was set apart, each once; page numbers are left out of both."""
    edges = [_edges(page) for page in pages]
    repeated = _repeated(pages, edges, size)
    marks = _watermarks(pages, size)
    kept: list[tuple[PrintedLine, ...]] = []
    apart: list[str] = []
    emptied = 0
    for page, outer in zip(pages, edges, strict=True):
        lines, gone = _parted(page, outer, repeated, marks)
        emptied += bool(gone) and not lines and not page.tables
        kept.append(lines)
        apart += gone
    if emptied > _MOST_EMPTIED * len(pages):
        parts = [_parted(page, outer, set(), marks) for page, outer in zip(pages, edges, strict=True)]
        kept, apart = [lines for lines, _ in parts], [text for _, gone in parts for text in gone]
    return kept, tuple(dict.fromkeys(text for text in (*(text for page in pages for text in page.apart), *apart) if text))


def _parted(
    page: PrintedPage, edges: _Edges, repeated: set[str], marks: set[tuple[str, int, int]]
) -> tuple[tuple[PrintedLine, ...], list[str]]:
    """The lines of a page that are text, and the texts of those that are not, page numbers aside."""
    apart: list[str] = []
    gone: set[int] = set()
    for edge in edges:
        for line in edge:
            if not _NUMBER.fullmatch(line.text):
                if _key(line) not in repeated:
                    break
                apart.append(_stripped(line))
            gone.add(id(line))
    for line in page.lines if marks else ():
        if id(line) not in gone and _placed(line) in marks:
            apart.append(_stripped(line))
            gone.add(id(line))
    return tuple(line for line in page.lines if id(line) not in gone), apart


def _edges(page: PrintedPage) -> _Edges:
    """The outermost lines at the upper and at the lower edge of a page, from outside in."""
    lines = sorted((line for line in page.lines if line.pieces), key=lambda line: line.pieces[0].box.top)
    top = [line for line in lines if line.pieces[0].box.bottom < _EDGE * page.height]
    bottom = [line for line in reversed(lines) if line.pieces[0].box.top > (1 - _EDGE) * page.height]
    return top[:_OUTERMOST], bottom[:_OUTERMOST]


def _repeated(pages: Sequence[PrintedPage], edges: Sequence[_Edges], size: float) -> set[str]:
    """Texts at the edges of several pages at one height: of three, or of two in a short file."""
    places: dict[str, list[float]] = defaultdict(list)
    for page, (top, bottom) in zip(pages, edges, strict=True):
        for line in {_key(line): line for line in (*top, *bottom)}.values():
            if line.size <= _LARGE * size and _TEXT.search(line.text):
                places[_key(line)].append(line.box.top if line in top else page.height - line.box.top)
    if len(pages) > _SHORT:
        return {key for key, heights in places.items() if _at_one_height(heights) >= 3}
    repeated = {key for key, heights in places.items() if _at_one_height(heights) >= 2}
    return repeated - {key for page, outer in zip(pages, edges, strict=True) for key in _adjoining(page, outer, repeated)}


def _adjoining(page: PrintedPage, edges: _Edges, repeated: set[str]) -> set[str]:
    """Those of the `repeated` texts that stand with the text of a page, as its first or last lines: no gap, the same size."""
    lines = sorted((line for line in page.lines if line.pieces), key=lambda line: line.box.bottom)
    steps = [step for above, line in pairwise(lines) if (step := line.box.bottom - above.box.bottom) > 0.6 * line.size]
    usual = median(steps) if steps else 0.0
    found: set[str] = set()
    for edge, inward in zip(edges, (1, -1), strict=True):
        stack = [line for line in edge if _key(line) in repeated]
        for line in reversed(stack):
            beyond = [other for other in lines if inward * (other.box.bottom - line.box.bottom) > 0.6 * line.size]
            text = min(beyond, key=lambda other: abs(other.box.bottom - line.box.bottom), default=None)
            if text is None or (_key(text) in repeated and _key(text) not in found):
                continue
            near = abs(text.box.bottom - line.box.bottom) <= usual + _GAP * line.size
            if near and abs(text.size - line.size) <= _SIZES_DIFFER * line.size:
                found.add(_key(line))
    return found


def _at_one_height(heights: Sequence[float]) -> int:
    rising = sorted(heights)
    return max(bisect_right(rising, one + _SAME_HEIGHT) - bisect_left(rising, one - _SAME_HEIGHT) for one in rising)


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
