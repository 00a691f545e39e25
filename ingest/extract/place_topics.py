"""What paragraphs are about beyond their own words: the village or town that opened one above, until something leads away from it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property

from archive.records import Mention, PlaceLevel, PlaceMention
from archive.text import Span

ASIDE = 120  # characters of a bracket before a name
HEADING = 40  # characters; a shorter line that no mark ends is read as a heading
_CLOSED = re.compile(r"[）)]")
_LINES = re.compile(r"^[ 　]{0,4}([^ 　\n][^\n]*)$", re.MULTILINE)
_LEADS_AWAY = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|[\d①-⑳]{1,2}[.．、]|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}[，、,]"
)
_MARK = re.compile(r"[，。；,;]")
_WHEN = re.compile(r"[^，,。；;\n“]{0,12}[年月日来前间季][，,]")
_LOW = frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE})


class Topics:
    """The topics of one document's paragraphs; read when first asked for. `place` gives the place that a mention's key belongs to."""

    def __init__(self, text: str, mentions: Sequence[Mention], place: Callable[[str], PlaceMention | None]) -> None:
        self._text, self._mentions, self._place = text, mentions, place

    def at(self, offset: int) -> PlaceMention | None:
        """The village or township that opened a paragraph above `offset`, with no heading, item or other place opening one since."""
        last = bisect_right(self._changes, offset, key=lambda change: change[0]) - 1
        return self._changes[last][1] if last >= 0 else None

    @cached_property
    def _changes(self) -> list[tuple[int, PlaceMention | None]]:
        """Where a paragraph changes the topic: to the village or township that opens it, or to None."""
        found: list[tuple[int, PlaceMention | None]] = []
        for line in _LINES.finditer(self._text):
            start, stop = line.span(1)
            opened = self._opens(start)
            if opened is not None:
                found.append((start, opened if opened.level in _LOW else None))
            elif _LEADS_AWAY.match(self._text, start) or self._is_heading(start, stop):
                found.append((start, None))
        return found

    def _is_heading(self, start: int, stop: int) -> bool:
        """Whether a line is short, without a mark, and no part of a sentence that a line's end cut."""
        above = self._text[:start].rstrip()[-1:] if start < HEADING else self._text[start - HEADING : start].rstrip()[-1:]
        return stop - start <= HEADING and not _MARK.search(self._text, start, stop) and (not above or above in "。！？；：”）)!?")

    def _opens(self, start: int) -> PlaceMention | None:
        """The last of the places that are printed one behind the other from `start` on."""
        when = _WHEN.match(self._text, start)
        start = when.end() if when is not None else start
        index = bisect_left(self._mentions, start, key=lambda mention: mention.span.start)
        opened = None
        while index < len(self._mentions) and self._mentions[index].span.start == start:
            opened, start, index = self._place(self._mentions[index].key), self._mentions[index].span.end, index + 1
        return opened


def is_aside(text: str, span: Span, offset: int) -> bool:
    """Whether the name at `span` stands in brackets that close before `offset`."""
    start = span.start
    low = max(0, start - ASIDE)
    opened = max(text.rfind("（", low, start), text.rfind("(", low, start))
    if opened < 0 or text.find("）", opened, start) >= 0 or text.find(")", opened, start) >= 0:
        return False
    return _CLOSED.search(text, span.end, offset) is not None
