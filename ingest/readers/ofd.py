"""OFD (GB/T 33190), the fixed-layout format of Chinese offices: a ZIP file of XML parts, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.errors import UnreadableFile
from archive.records import TextLayer
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.ofd_page import Resources, annotated, area_of, read_page
from ingest.readers.ofd_xml import Element, Parts, count_elements, first, named, text_of
from ingest.readers.packages import Package
from ingest.readers.pages import at_page
from ingest.readers.printed import compose
from ingest.readers.printed_page import PrintedPage
from ingest.stages import FileMeta, RawText

MOST_PAGES = 3_000
_ENTRY = "OFD.xml"
_TITLE = re.compile(r"(?=.*[\u4e00-\u9fff]{4})(?!.*\.\w{2,5}$)(?!.*(?:文档|无标题|未命名|Microsoft|Word)).{4,80}")
"""A title that somebody wrote: most are the name of a file or of the program that printed it."""
_NAMED = 5


@dataclass(slots=True)
class _Reading:
    parts: Parts
    options: ReadOptions
    pages: list[PrintedPage] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    count: int = 0


class OfdReader:
    """OFD files: text with its places; pages that are only pictures are recognised."""

    name = "OFD"
    extensions: Sequence[str] = (".ofd",)
    media_types: Sequence[str] = ("application/ofd",)
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of all pages in reading order; seals and other annotations are set apart.

        Raises UnreadableFile when the file is encrypted, damaged beyond reading or made up, or holds no text.
        """
        parts = Parts(Package(data))
        root = parts.root(_ENTRY)
        bodies = list(named(root, "DocBody"))
        if any(path.lower().endswith("encryptions.xml") for path in parts.package.names):
            raise UnreadableFile("it is encrypted; save it without a password, or print it as PDF")
        if not bodies:
            raise UnreadableFile("it is no OFD that can be opened, or is damaged (its OFD.xml is missing or empty); fetch it again")
        reading = _Reading(parts, options)
        for body in bodies:
            _read_document(parts.path(_ENTRY, text_of(body, "DocRoot")), reading)
        composed = compose(reading.pages)
        built = composed.built
        if not built.text.strip():
            said = f" ({'; '.join(reading.remarks)})" if reading.remarks else ""
            raise UnreadableFile(f"no text was found in it{said}; leave it out or fetch it again")
        recognised = {one.location.confidence is not None for one in built.layout}
        layers = {frozenset((True,)): TextLayer.RECOGNISED, frozenset((True, False)): TextLayer.MIXED}
        layer = layers.get(frozenset(recognised), TextLayer.NATIVE)
        return composed.raw(
            source_of(self, name, data, [*reading.remarks, *composed.remarks]), self.name, reading.count, layer, _meta(bodies)
        )


def _read_document(path: str, reading: _Reading) -> None:
    root = reading.parts.root(path)
    if root is None:
        reading.remarks.append(f"its part {path or 'DocRoot'} is missing or damaged, with the pages that it lists; fetch it again")
        return
    count_elements(root)
    resources = _resources(root, path, reading.parts)
    notes: dict[str, list[str]] = {}
    for listed in named(root, "Annotations"):
        notes |= annotated(resources, reading.parts.path(path, (listed.text or "").strip()))
    for page in _pages(root):
        reading.count += 1
        if reading.count > MOST_PAGES:
            raise UnreadableFile(f"it has more than {MOST_PAGES:,} pages; split it")
        if reading.count in reading.options.without_pages:
            reading.remarks.append(f"page {reading.count} took too much time or memory and was left out")
            continue
        at_page(reading.count, reading.count)
        where = reading.parts.path(path, page.get("BaseLoc") or "")
        found = read_page(resources, where, reading.count, reading.remarks, notes.get(page.get("ID") or "", ()))
        if found is not None:
            reading.pages.append(found)
    _name_attachments(root, path, reading)


def _pages(root: Element) -> Iterator[Element]:
    for pages in named(root, "Pages"):
        yield from named(pages, "Page")


def _resources(root: Element, path: str, parts: Parts) -> Resources:
    resources = Resources(parts)
    common = first(root, "CommonData")
    area = first(common, "PageArea")
    if area is not None:
        resources.area = area_of(area, resources.area)
    for listed in named(common, "PublicRes", "DocumentRes"):
        resources.add(parts.path(path, listed.text or ""))
    for template in named(common, "TemplatePage"):
        resources.templates[template.get("ID") or ""] = parts.path(path, template.get("BaseLoc") or "")
    return resources


def _name_attachments(root: Element, path: str, reading: _Reading) -> None:
    for listed in named(root, "Attachments"):
        part = reading.parts.root(reading.parts.path(path, (listed.text or "").strip()))
        names = [one.get("Name") or "without a name" for one in named(part, "Attachment")]
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            reading.remarks.append(f"files are attached to it that are not read: {', '.join(names[:_NAMED])}{more}; save and ingest them")


def _meta(bodies: Sequence[Element]) -> FileMeta:
    title = text_of(first(bodies[0], "DocInfo"), "Title") if len(bodies) == 1 else ""
    return FileMeta(title=title if _TITLE.fullmatch(title) else None)
