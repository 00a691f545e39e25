"""A page of an OFD file: its text and pictures, those of its templates, and what its annotations say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image

from archive.errors import UnreadableFile
from ingest.readers import ocr, picture
from ingest.readers.ofd_text import Glyph, glyphs, lines_of
from ingest.readers.ofd_xml import POINTS, Element, Matrix, Parts, count_elements, first, matrix, named, numbers, tag, text_of
from ingest.readers.printed_page import PrintedLine, PrintedPage

A4 = (0.0, 0.0, 210.0, 297.0)
MOST_GLYPHS = 100_000
"""Characters of one page; a newspaper page has 15,000."""
LARGEST = 5_000.0
"""Millimetres of a page's side; larger ones are errors of the file."""
FURNITURE = 0.12
"""Of a page's height at its top and foot: what a template prints there are running heads and page frames."""
NESTED = 8
"""Composite objects within composite objects."""

MEDIA = "MultiMedia"
UNIT = "CompositeGraphicUnit"


class Placed(NamedTuple):
    """A picture and where its unit square comes to stand on the page, in millimetres."""

    path: str
    place: Matrix


@dataclass(slots=True)
class Content:
    """What was found on a page."""

    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class Resources:
    """The parts of a document that its pages refer to by number: pictures (their paths), composite units, templates (their paths)."""

    parts: Parts
    pictures: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    area: Sequence[float] = A4
    drawn: int = 0

    def add(self, path: str) -> None:
        """Take in the resources that the part at `path` lists."""
        root = self.parts.root(path)
        if root is None:
            return
        count_elements(root)
        base = self.parts.path(path, root.get("BaseLoc") or ".")
        for element in root.iter():
            name, identifier = tag(element), element.get("ID") or ""
            if name == MEDIA and (file := text_of(element, "MediaFile")):
                self.pictures[identifier] = self.parts.path(f"{base}/.", file)
            elif name in (UNIT, "VectorG"):
                self.units[identifier] = element


def read_page(resources: Resources, path: str, number: int, remarks: list[str], apart: Sequence[str]) -> PrintedPage | None:
    """The page whose part is at `path`; None when it is missing or holds nothing that can be read, with a remark."""
    root = resources.parts.root(path)
    if root is None:
        remarks.append(f"page {number} is missing or damaged and was left out; fetch the file again")
        return None
    count_elements(root)
    left, top, width, height = area_of(root, resources.area)
    origin = Matrix(e=-left, f=-top)
    content = _content(root, resources, origin)
    lines = lines_of(content.glyphs)
    framed: list[PrintedLine] = []
    for template in named(root, "Template"):
        part = resources.parts.root(resources.templates.get(template.get("TemplateID") or "", ""))
        if part is not None:
            count_elements(part)
            of_template = _content(part, resources, origin)
            framed += lines_of(of_template.glyphs)
            content.pictures += of_template.pictures
    high = height * POINTS
    furniture = [line for line in framed if line.box.bottom < FURNITURE * high or line.box.top > (1 - FURNITURE) * high]
    lines += tuple(line for line in framed if line not in furniture)
    page = PrintedPage(number, round(width * POINTS, 1), round(high, 1), lines, apart=(*(line.text for line in furniture), *apart))
    if lines or not content.pictures:
        return page
    return _recognised(page, content.pictures, resources.parts, remarks)


def area_of(root: Element, default: Sequence[float]) -> Sequence[float]:
    """The rectangle of a page that is printed on, in millimetres: left, top, width, height."""
    area = first(root, "Area") if tag(root) == "Page" else root
    for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        box = numbers(text_of(area, name), 4)
        if box and 0 < box[2] <= LARGEST and 0 < box[3] <= LARGEST:
            return box[:4]
    return default


def annotated(resources: Resources, path: str) -> dict[str, list[str]]:
    """What the annotations listed at `path` print (stamps, notes, watermarks), by the number of the page's object."""
    found: dict[str, list[str]] = {}
    for page in named(resources.parts.root(path), "Page"):
        part = resources.parts.root(resources.parts.path(path, text_of(page, "FileLoc")))
        content = Content()
        for annotation in named(part, "Annot"):
            count_elements(annotation)
            for appearance in named(annotation, "Appearance"):
                box = numbers(appearance.get("Boundary"), 4) or [0.0] * 4
                _collect(appearance, resources, Matrix(e=box[0], f=box[1]), content, 0)
        found.setdefault(page.get("PageID") or "", []).extend(line.text for line in lines_of(content.glyphs))
    return found


def _content(root: Element, resources: Resources, origin: Matrix) -> Content:
    content = Content()
    for whole in named(root, "Content"):
        for layer in named(whole, "Layer"):
            _collect(layer, resources, origin, content, 0)
    return content


def _collect(block: Element, resources: Resources, around: Matrix, content: Content, depth: int) -> None:
    for element in block:
        name = tag(element)
        if element.get("Visible", "").lower() == "false" or element.get("Alpha", "") == "0":
            continue
        if name in ("PageBlock", "Layer"):
            _collect(element, resources, around, content, depth)
        elif name == "TextObject":
            for glyph in glyphs(element, around):
                content.glyphs.append(glyph)
                if len(content.glyphs) > MOST_GLYPHS:
                    raise UnreadableFile(f"a page of it has more than {MOST_GLYPHS:,} characters, as only made-up files do; fetch it again")
        elif name == "ImageObject" and (path := resources.pictures.get(element.get("ResourceID") or "")):
            content.pictures.append(Placed(path, _placed(element, around)))
        elif name == "CompositeObject" and depth < NESTED:
            _composite(element, resources, around, content, depth)


def _composite(element: Element, resources: Resources, around: Matrix, content: Content, depth: int) -> None:
    unit = resources.units.get(element.get("ResourceID") or "")
    resources.drawn += 1
    if unit is None or resources.drawn > MOST_GLYPHS:
        return
    for inner in named(unit, "Content"):
        _collect(inner, resources, _placed(element, around), content, depth + 1)


def _placed(element: Element, around: Matrix) -> Matrix:
    box = numbers(element.get("Boundary"), 4) or [0.0] * 4
    return around.after(Matrix(e=box[0], f=box[1])).after(matrix(element.get("CTM")))


def _recognised(page: PrintedPage, pictures: Sequence[Placed], parts: Parts, remarks: list[str]) -> PrintedPage | None:
    """The page whose pictures are read: laid on paper where the page has them, for a scan may come in strips."""
    if not ocr.available():
        remarks.append(f"page {page.number} is a picture without text and was left out; to read it, {ocr.ADVICE}")
        return None
    scale = min(ocr.RENDER_SCALE, (ocr.MAX_PIXELS / (page.width * page.height)) ** 0.5)
    paper = Image.new("RGB", (max(1, round(page.width * scale)), max(1, round(page.height * scale))), "white")
    for box, image in _images(pictures, parts, page.number, remarks):
        left, top, right, bottom = (round(value * POINTS * scale) for value in box)
        size = min(right - left, 2 * paper.width), min(bottom - top, 2 * paper.height)
        if min(size) > 0:
            paper.paste(image.convert("RGB").resize(size, Image.Resampling.LANCZOS), (left, top))
    return ocr.recognise(paper, page.number, scale)._replace(apart=page.apart)


def _images(
    pictures: Sequence[Placed], parts: Parts, number: int, remarks: list[str]
) -> Iterator[tuple[tuple[float, float, float, float], Image.Image]]:
    for path, place in pictures:
        (x0, y0), (x1, y1) = place.point(0, 0), place.point(1, 1)
        try:
            image = picture.unpacked(picture.opened(parts.package.read(path)))
        except (UnreadableFile, *picture.DAMAGE):
            remarks.append(f"a picture on page {number} is missing, damaged or of a kind that is not read; print the page anew as PDF")
            continue
        yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), image
