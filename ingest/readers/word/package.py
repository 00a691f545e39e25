"""The parts of a Word package: where its main part is, and what it refers to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ingest.readers.office_xml import Element, parsed
from ingest.readers.packages import Package

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_SMALL = 30_000_000
"""Unpacked bytes of a part that is parsed as a whole: styles, lists, notes."""


class Parts:
    """The parts of a package by the kinds of their relationships (`styles`, `header`), which both varieties of the format share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.main = next(self._targets("_rels/.rels", "", "officeDocument"), _MAIN)
        if self.main not in package:
            self.main = _MAIN
        self._folder, name = posixpath.split(self.main)
        self._relations = posixpath.join(self._folder, "_rels", f"{name}.rels")

    def root(self, kind: str) -> Element | None:
        """The root of the first part of a kind; None when there is none."""
        return next(self.roots(kind), None)

    def roots(self, kind: str) -> Iterator[Element]:
        """The roots of all parts of a kind, in the order of their paths."""
        for path in sorted(set(self._targets(self._relations, self._folder, kind))):
            root = parsed(self._package.read(path, _SMALL), path)
            if root is not None:
                yield root

    def core(self) -> Element | None:
        """The root of the properties of the document."""
        path = next(self._targets("_rels/.rels", "", "core-properties"), "docProps/core.xml")
        return parsed(self._package.read(path, _SMALL), path)

    def _targets(self, relations: str, folder: str, kind: str) -> Iterator[str]:
        root = parsed(self._package.read(relations, _SMALL), relations)
        for relation in root.iterfind(_PACKAGE) if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and relation.get("Type", "").rpartition("/")[2] == kind and target:
                yield posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
