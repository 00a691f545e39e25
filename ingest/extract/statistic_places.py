"""Places that stand where a noun would (河湾村96亩、石桥村150亩蔬菜大棚): they say where, and what is counted is said beside them."""

from __future__ import annotations

import re

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_parts import Named
from ingest.extract.subjects import tidy, without_change
from ingest.extract.subjects_after import after

_NEXT = re.compile(r"[、,，；;和及与]?[^，。；、,;\d\n]{2,16}")
_CUT = re.compile(r"[镇乡村县市区](?:占.{0,8}|增长|下降|增加|减少|提高|提升)")  # what is left of 白塔镇增长
_ENDS = re.compile(r"[。！？!?\n]")
_POINTS_AT = re.compile(r".*(?:[是为]|中|，|分别|其中)(?=.{2})")


def without_places(text: str, named: list[Named], places: set[str]) -> list[Named]:
    """The figures with no place for a subject: it gives way to the noun behind, to that of its list, or to what was counted before."""
    waiting = [index for index, item in enumerate(named) if item.subject and _is_place(item, places)]
    for index in reversed(waiting):
        item, following = named[index], named[index + 1] if index + 1 < len(named) else None
        found = after(text, item.figure, following.figure.start if following else len(text))
        if found.kind == "NOUN" and item.figure.measure is not Measure.PERCENT:
            named[index] = _with(item, tidy(found.of(text)), found.span.end)
            continue
        listed = following and following.figure.unit == item.figure.unit and _NEXT.fullmatch(text, item.figure.end, following.figure.start)
        named[index] = _with(item, _head(item, places) or (following.subject if following and listed else None))
    for index in waiting:
        item, previous = named[index], named[index - 1] if index else None
        like = previous if previous and previous.figure.unit == item.figure.unit else None
        if item.subject is None and like and not _ENDS.search(text, like.figure.end, item.figure.start):
            named[index] = _with(item, like.subject if item.figure.measure is Measure.PERCENT else like.base)
    return named


def _is_place(item: Named, places: set[str]) -> bool:
    subject = item.subject or ""
    if without_change(subject) in places or _CUT.fullmatch(subject):
        return True
    return item.base == subject and _POINTS_AT.sub("", subject) in places


def _head(item: Named, places: set[str]) -> str | None:
    """苹果面积中东岭镇 is 苹果面积."""
    whole, _, part = (item.subject or "").rpartition("中")
    return whole if whole and part in places else None


def _with(item: Named, subject: str | None, end: int = 0) -> Named:
    return item._replace(subject=subject, base=subject, span=Span(item.span.start, max(item.span.end, end)))
