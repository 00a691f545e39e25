"""The lines of a page in the order of its mark-up: what a browser would print as a line of its own, and how much of it is links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from ingest.readers.web.elements import AROUND, BLOCKS, HEADINGS, SILENT, STRUCK, is_unshown, string_of
from ingest.readers.web.numbering import ListNumbers
from ingest.readers.web.tables import Grid, TooLarge, is_data, to_grid
from ingest.readers.web.templates import is_around, is_body

HAN = "\u3400-\u9fff\uf900-\ufaff"
_SPACE = re.compile(r"[ \t\n\f\r]+")
_BROKEN = re.compile(rf"(?<=[{HAN}，。、；：？！”」》）])[ \t\f\r]*\n[ \t\n\f\r]*(?=[{HAN}“「《（])")
"""A line of the mark-up that ends between two Chinese characters: a browser for Chinese prints nothing there."""
_EDGES = " \t\n\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Block:
    """A line, or a table. `linked` counts its characters in links, `around` says that it stands where templates keep what is no article."""

    text: str
    level: int | None = None
    linked: int = 0
    around: bool = False
    mark: str = ""
    grid: Grid | None = None


class Extent(NamedTuple):
    """The blocks, from `start` up to `end`, that stand in one element."""

    start: int
    end: int


@dataclass(slots=True)
class Page:
    """The blocks of a page, the extents of its elements, those of elements that templates keep bodies in, and what was struck out.

    `large_tables` counts those that are too large for one and were read as lines.
    """

    blocks: list[Block] = field(default_factory=list)
    extents: list[Extent] = field(default_factory=list)
    bodies: list[Extent] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    large_tables: int = 0


class _Walk:
    """One pass over a tree; the state of the line that is being collected."""

    def __init__(self, cells: bool) -> None:
        self.page = Page()
        self._cells = cells
        self._pieces: list[str] = []
        self._linked = self._links = self._pre = self._around = 0
        self._raised: list[bool] = []
        self._level: int | None = None
        self._open: list[tuple[int, bool, bool]] = []
        self._numbers = ListNumbers()

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self._raised and text.strip().isascii() and text.strip().isdigit():
            text = text.strip().translate(_RAISED)  # a power or the number of a note: never a digit of the figure before it
        if self._links:
            self._linked += len("".join(text.split()))
        if self._pre:
            *lines, text = text.split("\n")
            for line in lines:
                self._pieces.append(line)
                self.end_line()
        self._pieces.append(text)

    def end_line(self) -> None:
        if self._pieces:
            whole = "".join(self._pieces)
            line = whole.replace("\u00a0", " ").strip(_EDGES) if self._pre else _shown(whole)
            if line:
                mark = "" if self._cells else self._numbers.mark(line)
                self.page.blocks.append(Block(line, self._level, self._linked, self._around > 0, mark))
            self._pieces = []
        self._linked = 0

    def start(self, element: etree._Element, tag: str) -> bool:
        """Enter an element; False when what is in it is no text, or was taken as a whole."""
        if tag in SILENT or _is_hidden(element):
            return False
        if tag in STRUCK:
            self.page.struck.append(string_of(element))
            return False
        if tag in BLOCKS:
            self.end_line()
            if tag == "table" and not self._cells and is_data(element):
                return not self._table(element)
            self._enter(element, tag)
        elif tag == "br":
            self.end_line()
        elif tag == "a" and _leads_on(element):
            self._links += 1
        elif tag == "sup":
            self._raised.append(True)
        return True

    def _enter(self, element: etree._Element, tag: str) -> None:
        body = is_body(element)
        around = (tag in AROUND or is_around(element)) and not body
        self._open.append((len(self.page.blocks), body, around))
        self._around += around
        self._pre += tag == "pre"
        self._level = HEADINGS.get(tag, self._level)
        self._numbers.enter(element, tag)

    def end(self, element: etree._Element, tag: str, entered: bool) -> None:
        """Leave an element that was entered or passed over."""
        if entered and tag in BLOCKS:
            self.end_line()
            start, body, around = self._open.pop()
            self._around -= around
            self._pre -= tag == "pre"
            self._level = None if tag in HEADINGS else self._level
            self._numbers.leave(tag)
            end = len(self.page.blocks)
            if end > start:
                self.page.extents.append(Extent(start, end))
                if body:
                    self.page.bodies.append(Extent(start, end))
        elif entered and tag == "a" and _leads_on(element):
            self._links -= 1
        elif entered and tag == "sup":
            self._raised.pop()
        self.text(element.tail)

    def _table(self, element: etree._Element) -> bool:
        try:
            grid = to_grid(element, cell_text)
        except TooLarge:
            self.page.large_tables += 1
            return False
        if grid is None:
            return False
        linked = sum(len("".join(string_of(link).split())) for link in element.iter("a"))
        text = " ".join(cell.text for row in grid.rows for cell in row if cell is not None and cell.text)
        for caption in element.iterchildren("caption"):
            self.page.blocks.append(Block(cell_text(caption), around=self._around > 0))
        self.page.blocks.append(Block(text, None, linked, self._around > 0, grid=grid))
        return True


def cell_text(element: etree._Element) -> str:
    """The text of a cell on one line."""
    if not len(element):
        return _shown(element.text or "")
    return " ".join(block.text for block in _walked(element, cells=True).blocks)


def _shown(text: str) -> str:
    """Characters of the mark-up as a browser prints them: runs of white space are one space, or none within Chinese."""
    return _SPACE.sub(" ", _BROKEN.sub("", text)).replace("\u00a0", " ").strip(_EDGES)


def page_of(root: etree._Element) -> Page:
    """The blocks of a whole page."""
    return _walked(root, cells=False)


def _walked(root: etree._Element, cells: bool) -> Page:
    walk = _Walk(cells)
    passed: etree._Element | None = None
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if event == "start":
            if walk.start(element, tag):
                walk.text(element.text)
            else:
                passed = element
                walker.skip_subtree()
        elif element is root:
            break
        elif event == "end":
            walk.end(element, tag, entered=passed is not element)
            passed = None
        else:
            walk.text(element.tail)
    walk.end_line()
    return walk.page


def _is_hidden(element: etree._Element) -> bool:
    return is_unshown(element) and not is_body(element)  # an account's page hides its body until a script shows it


def _leads_on(link: etree._Element) -> bool:
    return not (link.get("href") or "#").startswith("#")
