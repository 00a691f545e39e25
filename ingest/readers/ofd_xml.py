"""The parts of an OFD file: hardened XML, paths that may be wrong, numbers and matrices as the standard writes them."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from archive.errors import UnreadableFile
from ingest.readers.packages import Package

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""
MOST_ELEMENTS = 500_000
"""Elements of one part; a page of 3,000 characters, each an object of its own, has 10,000."""
DEEPEST = 64
"""Elements within elements; real pages have ten at most."""
PART_BYTES = 64_000_000

Element = etree._Element


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Matrix) -> Matrix:
        """First `first`, then this one."""
        e, f = self.point(first.e, first.f)
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )


class Parts:
    """The XML parts of a file, found by paths that are absolute, relative to the part that names them, or wrong in their slashes."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def path(self, base: str, location: str) -> str:
        """The path of a part that the part `base` names: from the root, from the folder of `base`, or from any folder above it."""
        location = location.strip().replace("\\", "/")
        folder = posixpath.dirname(base)
        places = ["" if location.startswith("/") else folder, folder]
        while folder:
            folder = posixpath.dirname(folder)
            places.append(folder)
        paths = [posixpath.normpath(posixpath.join("/", place, location.lstrip("/"))).lstrip("/") for place in places]
        return next((path for path in paths if path in self.package), paths[0])

    def root(self, path: str) -> Element | None:
        """The root element of a part; None when it is missing or is no XML."""
        if path not in self.package:
            return None
        data = self.package.read(path, PART_BYTES)
        if b"<!DOCTYPE" in data:
            raise UnreadableFile(f"its part {path} has a document type declaration, which no OFD has; fetch it again from its source")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None


def named(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of `element` with one of these names, whatever their prefix."""
    if element is not None:
        for child in element:
            if tag(child) in names:
                yield child


def first(element: Element | None, name: str) -> Element | None:
    """The first child with this name."""
    return next(named(element, name), None)


def text_of(element: Element | None, name: str) -> str:
    """The text of the first child with this name; empty when it is missing."""
    child = first(element, name)
    return (child.text or "").strip() if child is not None else ""


def tag(element: Element) -> str:
    """The name of an element without its namespace; entities that were not resolved have none."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def count_elements(root: Element) -> int:
    """How many elements a part has. Raises UnreadableFile where they are nested too deep or too many."""
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise UnreadableFile("a page of it holds too many elements, or nests them too deep, as only made-up files do; fetch it again")
    return count


def numbers(value: str | None, least: int = 0) -> list[float]:
    """The numbers of an attribute; empty when there are fewer than `least` or one is none."""
    try:
        found = [float(one) for one in (value or "").replace(",", " ").split()]
    except ValueError:
        return []
    return found if len(found) >= least and all(map(math.isfinite, found)) else []


def number(value: str | None, default: float = 0.0) -> float:
    """The number of an attribute."""
    return next(iter(numbers(value)), default)


def matrix(value: str | None) -> Matrix:
    """The matrix of a CTM attribute; none leaves everything in its place."""
    found = numbers(value, 6)
    return Matrix(*found[:6]) if found else Matrix()


def deltas(value: str | None, most: int) -> list[float]:
    """The steps of DeltaX or DeltaY, at most `most` of them: `g 3 1.5 2` is 1.5 three times and then 2."""
    steps: list[float] = []
    words = (value or "").replace(",", " ").split()
    at = 0
    while at < len(words) and len(steps) < most:
        if words[at].lower() == "g":
            repeat = numbers(" ".join(words[at + 1 : at + 3]), 2)
            if not repeat:
                break
            steps += [repeat[1]] * max(0, min(int(repeat[0]), most - len(steps)))
            at += 3
            continue
        step = numbers(words[at], 1)
        if not step:
            break
        steps += step
        at += 1
    return steps
