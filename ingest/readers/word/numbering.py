"""Automatic numbers: what Word prints in front of a paragraph of a list and does not keep in its text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from ingest.readers.number_formats import formatted
from ingest.readers.office_xml import Element
from ingest.readers.word.names import OFF, VAL, number, switch, value, w
from ingest.readers.word.styles import NumberRef, Styles

LEVELS = 9
BULLET = "●"
"""For bullets from fonts of symbols, whose characters mean nothing outside of them."""

_LEVEL = re.compile(r"%([1-9])")
_MAX_LABEL = 60  # code points; Word itself takes no more for the text of a level
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` has %1 for the number of the first level; `restart` is the level (from 1) that sets it back."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    suffix: str = "tab"
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it: its levels, the counters that it shares with others, the starts of its own."""

    levels: tuple[Level, ...]
    counters: list[int | None]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document with their counters: asked for every paragraph in order, it says what Word prints in front of it."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._elements: dict[int, Element] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._lists: dict[int, _List | None] = {}
        for element in root if root is not None else ():
            if element.tag == w("abstractNum"):
                self._abstract.setdefault(element.get(w("abstractNumId"), ""), element)
            elif element.tag == w("num") and (found := _int(element.get(w("numId")))) is not None:
                self._elements.setdefault(found, element)

    def label(self, ref: NumberRef | None, style_id: str | None) -> str:
        """The number in front of the next paragraph, with the space behind it; "" for one without. Counts on."""
        if ref is None or not ref.list_id:
            return ""
        found = self._list(ref.list_id)
        if found is None:
            return ""
        level = ref.level if ref.level is not None else self._level_of_style(found, style_id)
        if not 0 <= level < LEVELS:
            return ""
        _count(found, level)
        return _printed(found, level)

    def _level_of_style(self, numbered: _List, style_id: str | None) -> int:
        return next((index for index, level in enumerate(numbered.levels) if style_id and level.style == style_id), 0)

    def _list(self, list_id: int) -> _List | None:
        if list_id not in self._lists:
            element = self._elements.get(list_id)
            self._lists[list_id] = None if element is None else self._built(element)
        return self._lists[list_id]

    def _built(self, element: Element) -> _List | None:
        abstract = self._abstract_of(element)
        if abstract is None:
            return None
        levels = [Level()] * LEVELS
        for child in abstract.iterfind(w("lvl")):
            if (index := _index(child)) is not None:
                levels[index] = _level(child)
        starts: dict[int, int] = {}
        for override in element.iterfind(w("lvlOverride")):
            index = _index(override)
            if index is None:
                continue
            if (own := override.find(w("lvl"))) is not None:
                levels[index] = _level(own)
            if (start := number(override, "startOverride")) is not None:
                starts[index] = start
        counters = self._counters.setdefault(abstract.get(w("abstractNumId"), ""), [None] * LEVELS)
        return _List(tuple(levels), counters, starts)

    def _abstract_of(self, element: Element, further: int = 3) -> Element | None:
        """The definition behind a list; it may name a style whose list holds it."""
        abstract = self._abstract.get(value(element, "abstractNumId") or "")
        link = value(abstract, "numStyleLink")
        ref = self._styles[link].number if link else None
        linked = self._elements.get(ref.list_id) if ref and ref.list_id else None
        return self._abstract_of(linked, further - 1) if linked is not None and further else abstract


def _level(element: Element) -> Level:
    legal = switch(element, "isLgl") or False
    restart = number(element, "lvlRestart")
    start = number(element, "start")
    found = Level(
        start=1 if start is None else start,
        format=_format(element),
        text=value(element, "lvlText") or "",
        restart=restart,
        suffix=value(element, "suff") or "tab",
        legal=legal,
        style=value(element, "pStyle"),
    )
    null = element.find(w("lvlText"))
    return replace(found, text="") if null is not None and null.get(w("null"), "0") not in OFF else found


def _format(element: Element) -> str:
    """The format of a level; Word 2010 offers newer ones beside an older one that says nearly the same."""
    found = next(element.iter(w("numFmt")), None)
    return "decimal" if found is None else found.get(VAL, "decimal")


def _index(element: Element) -> int | None:
    found = _int(element.get(w("ilvl")))
    return found if found is not None and 0 <= found < LEVELS else None


def _int(said: str | None) -> int | None:
    return int(said) if said and re.fullmatch(r"\d{1,9}", said) else None


def _count(numbered: _List, level: int) -> None:
    counters = numbered.counters
    start = numbered.starts.pop(level, None)  # a start of its own counts when the list is used first
    before = counters[level]
    if start is not None:
        counters[level] = start
    else:
        counters[level] = numbered.levels[level].start if before is None else before + 1
    for deeper in range(level + 1, LEVELS):
        restart = numbered.levels[deeper].restart
        if restart is None or level < restart:
            counters[deeper] = None


def _printed(numbered: _List, level: int) -> str:
    own = numbered.levels[level]
    if own.format == "bullet":
        text = _PRIVATE.sub(BULLET, own.text)
    else:
        text = _LEVEL.sub(lambda match: _number(numbered, int(match[1]) - 1, own.legal), own.text)
    text = text.strip()[:_MAX_LABEL]
    return text + _space(text, own.suffix)


def _number(numbered: _List, level: int, legal: bool) -> str:
    found = numbered.levels[level]
    counter = numbered.counters[level]
    name = "decimal" if legal and found.format != "none" else found.format
    return formatted(found.start if counter is None else counter, name)


def _space(label: str, suffix: str) -> str:
    """The gap behind a number; full-width punctuation and enclosed numbers bring their own (一、 （一） ①)."""
    if not label or suffix == "nothing":
        return ""
    full_width = unicodedata.category(label[-1])[0] == "P" and unicodedata.east_asian_width(label[-1]) in "WF"
    return "" if full_width or unicodedata.category(label[-1]) == "No" else " "
