"""Paragraph and character styles: which of them are headings, which bring a number along, which hide their text."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.readers.office_xml import Element
from ingest.readers.word.names import number, switch, value, w

MAX_CHAIN = 30
"""Styles that a style may build on, one on the other; Word allows ten or so, a circle has no end."""

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d$", re.IGNORECASE)
_TITLES = ("title", "标题")
BODY_LEVEL = 9


class NumberRef(NamedTuple):
    """Which list a paragraph belongs to and on which level (from 0); None is not said. List 0 takes the number away."""

    list_id: int | None
    level: int | None


class Style(NamedTuple):
    """What a style says, and the styles under it."""

    name: str
    heading: int | None = None
    number: NumberRef | None = None
    hidden: bool | None = None
    contents: bool = False
    title: bool = False


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = Style("")
        self._known: dict[str, Style] = {}
        for element in root.iterfind(w("style")) if root is not None else ():
            style_id = element.get(w("styleId"))
            if style_id is not None:
                self._elements.setdefault(style_id, element)
                if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                    self._default = self[style_id]

    def __getitem__(self, style_id: str | None) -> Style:
        """The style of an id; the default one for a paragraph that names none or one that is not there."""
        if style_id is None or style_id not in self._elements:
            return self._default
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id)
        return self._known[style_id]

    def _resolved(self, style_id: str) -> Style:
        chain: list[Element] = []
        upwards: str | None = style_id
        while upwards in self._elements and len(chain) < MAX_CHAIN:
            chain.append(self._elements[upwards])
            upwards = value(chain[-1], "basedOn")
        found = Style(value(chain[0], "name") or style_id)
        for element in reversed(chain):
            found = _built_on(found, element)
        return found._replace(contents=bool(_CONTENTS.match(found.name)), title=found.name.lower() in _TITLES)


def _built_on(below: Style, element: Element) -> Style:
    properties = element.find(w("pPr"))
    name = _HEADING.match(value(element, "name") or "")
    heading = heading_level(properties, int(name[1]) if name else below.heading)
    hidden = switch(element.find(w("rPr")), "vanish")
    return below._replace(
        heading=heading,
        number=number_ref(properties, below.number),
        hidden=below.hidden if hidden is None else hidden,
    )


def heading_level(properties: Element | None, otherwise: int | None) -> int | None:
    """The level (from 1) that paragraph properties give, else `otherwise`; the tenth level of Word is that of running text."""
    level = number(properties, "outlineLvl")
    if level is None:
        return otherwise
    return level + 1 if 0 <= level < BODY_LEVEL else None


def number_ref(properties: Element | None, otherwise: NumberRef | None) -> NumberRef | None:
    """The list and level that paragraph properties name, with `otherwise` (the style's) for what they leave out."""
    if properties is None or properties.find(w("numPr")) is None:
        return otherwise
    list_id, level = number(properties, "numPr", "numId"), number(properties, "numPr", "ilvl")
    if list_id is None and otherwise is not None:
        return NumberRef(otherwise.list_id, level if level is not None else otherwise.level)
    return NumberRef(list_id, level)
