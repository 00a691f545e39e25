"""Where a text says itself that a place lies in another one: 某镇位于某县, 某村地处某乡, 某镇隶属某县."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.records import PlaceLevel
from ingest.extract.place_text import Name

_LIES_IN = re.compile(r"(?:地处|处于|位于|坐落(?:于|在)|座落(?:于|在)|[现今]?(?:隶属|归属)于?|属于?)(?:[^，。；、\d]{0,6}的)?")
_BETWEEN = re.compile(
    r"(?:[与和及同、至到]|(?:境外|以[东南西北外]|之[东南西北外间])|[^，。；、]{0,12}(?:交界|交汇|接壤|毗邻|相邻|相连|之间|接合部|结合部))"
)
"""What follows a place that another one lies beside, or between it and a third."""
_WIDER = {
    PlaceLevel.VILLAGE: frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.COUNTY}),
    PlaceLevel.TOWNSHIP: frozenset({PlaceLevel.COUNTY, PlaceLevel.PREFECTURE}),
}


def with_stated(text: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names of `text` in order; each that the text says to lie in the one behind it knows so (`within`), and that one is firm."""
    found = list(names)
    for index in range(len(found) - 2, -1, -1):
        last = index + 1
        while last + 1 < len(found) and found[last + 1].before is found[last]:
            last += 1
        inner, first, outer = found[index], found[index + 1], found[last]
        if not _LIES_IN.fullmatch(text, inner.span.end, first.span.start) or _BETWEEN.match(text, outer.span.end):
            continue
        if first.level is outer.level and not first.firm:
            outer = found[last] = replace(outer, firm=True)
        if outer.level in _WIDER.get(inner.level, ()):
            found[index] = replace(inner, within=outer)
    return tuple(found)
