"""Where a subject and a condition on its figure stand in a query: 网格员>=300人, 网格员300人以上, 300名以上网格员, 300<网格员<400."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from archive.findings import Measure
from ingest.extract.measures import by_spelling
from schema.known_indicators import named_indicator
from schema.language import amounts
from schema.language.clauses import Bounds
from schema.language.rows import asking_words, linking_words, operators, range_words

_SYMBOLS = "<>=≥≤≧≦⩾⩽≈≒≅"
_NO_SUBJECT = r"\s|:,;()\"“”「」『』，。；！？、" + _SYMBOLS
_COMPARED = re.compile(rf"([^{_NO_SUBJECT}]{{1,30}})\s*(?=[{_SYMBOLS}])")
_FRAMED = re.compile(rf"[^{_NO_SUBJECT}\d]{{1,30}}")
_HAN_OR_WORD = re.compile(r"[㐀-鿿]|[A-Za-z]{2}")
_ARABIC = re.compile(r"\d")
_DIGITS = frozenset("0123456789一二两三四五六七八九十百千万")
_COUNTING = frozenset({Measure.COUNT, Measure.POPULATION})
_LONGEST_SUBJECT = 20
_FEW = 3  # 两级以上组织 counts nothing


class FigureRead(NamedTuple):
    """A subject with what its figure lies between, up to `end`. It begins at `start`; what stands before is no part of it."""

    start: int
    end: int
    subject: str
    bounds: Bounds


class Compared(NamedTuple):
    """A subject before a symbol, with the condition behind it; None where there is none."""

    subject: str
    symbol: str
    stop: int
    number: int
    apart: bool
    found: amounts.Condition | None


def compared(query: str, folded: str, at: int) -> Compared | None:
    """The subject and the symbol of comparison that stand at `at`, with what follows; `stop` is where the symbol begins."""
    subject = _COMPARED.match(folded, at)
    if subject is None or not _HAN_OR_WORD.search(subject[1]):
        return None
    symbol = amounts.symbol_at(folded, subject.end()) or ""
    number = amounts.skipped(folded, subject.end() + len(symbol))
    found = amounts.compared_at(folded, number, symbol)
    if found is not None and not amounts.CLOSED.match(folded, found.end):
        found = None
    return Compared(query[at : subject.end(1)], symbol, subject.end(), number, subject.end() > subject.end(1), found)


def numeric(folded: str, at: int) -> bool:
    """Whether a digit stands there."""
    return _ARABIC.match(folded, at) is not None


def framed(query: str, folded: str, at: int) -> FigureRead | None:
    """A bound before its subject, and perhaps another behind it: 300<网格员<400."""
    before = amounts.framed_at(folded, at)
    subject = _FRAMED.match(folded, before[1]) if before else None
    if before is None or subject is None or not _is_subject(query[subject.start() : subject.end()]):
        return None
    condition, end = before[0], subject.end()
    symbol = amounts.symbol_at(folded, amounts.skipped(folded, end))
    if symbol:
        other = amounts.compared_at(folded, amounts.skipped(folded, amounts.skipped(folded, end) + len(symbol)), symbol)
        joined = amounts.both(condition, other) if other else condition
        if other is None or joined is condition:
            return None
        condition, end = joined, other.end
    if not amounts.CLOSED.match(folded, end):
        return None
    return FigureRead(at, end, query[subject.start() : subject.end()], condition.bounds)


def in_prose(query: str, folded: str, at: int, end: int) -> FigureRead | None:
    """A subject and a condition in words, in the run of characters `[at, end)` or beginning with it. In one run a unit makes it sure."""
    alone = amounts.condition_at(folded, at)
    if alone and alone.told:
        return _behind(query, folded, alone, at, end)
    return _within(query, folded, at, end) or _apart(query, folded, at, end)


def _behind(query: str, folded: str, found: amounts.Condition, at: int, end: int) -> FigureRead | None:
    """A subject behind its condition: 300名以上网格员, 超过300名的网格员. Only what is counted; 60岁以上老人 says what each is like."""
    unit = by_spelling().get(found.bounds.unit or "")
    if unit is None or unit.measure not in _COUNTING or _largest(found.bounds) < _FEW:
        return None
    start = found.end + (query[found.end : found.end + 1] == "的")
    stop = query.find("的", start, end)
    stop = end if stop < 0 else stop
    subject = query[start:stop]
    if start >= end or not _is_subject(subject) or _ARABIC.search(folded, start, stop) or not amounts.CLOSED.match(folded, stop):
        return None
    return FigureRead(at, stop, subject, found.bounds)


def _within(query: str, folded: str, at: int, end: int) -> FigureRead | None:
    for start in range(at + 1, min(end, at + _LONGEST_SUBJECT)):
        if folded[start] not in _beginnings():
            continue
        found = amounts.condition_at(folded, start)
        if found is None or not found.told:
            continue
        if not amounts.CLOSED.match(folded, found.end):
            return None  # another number behind it may be one, but of no subject that holds this one
        if (
            found.bounds.unit is None and _largest(found.bounds) < amounts.LARGE and not _ARABIC.search(folded, start, found.end)
        ):  # 第一以上
            continue
        cut = _subject_start(query, at, start)
        subject = _unlinked(query[cut:start])
        if _is_subject(subject):
            return FigureRead(cut, found.end, subject, found.bounds)
    return None


def _apart(query: str, folded: str, at: int, end: int) -> FigureRead | None:
    following = amounts.skipped(folded, end)
    if following == end or not _is_subject(query[at:end]):
        return None
    found = amounts.condition_at(folded, following)
    if found is None or not found.told or not amounts.CLOSED.match(folded, found.end):
        return None
    return FigureRead(at, found.end, query[at:end], found.bounds)


def _largest(bounds: Bounds) -> Decimal:
    return max(bound for bound in (bounds.low, bounds.high, Decimal()) if bound is not None)


def _unlinked(subject: str) -> str:
    """The subject without what links it to its figure (网格员在)."""
    word = next((one for one in linking_words() if subject.endswith(one)), "")
    shorter = subject.removesuffix(word)
    return shorter if _is_subject(shorter) else subject


def _subject_start(query: str, at: int, end: int) -> int:
    """Where the subject begins in `query[at:end]`: behind the last 的, and behind words of questions (有没有投资)."""
    start = query.rfind("的", at, end) + 1 or at
    while word := next((one for one in asking_words() if query.startswith(one, start, end)), None):
        start += len(word)
    return start


def _is_subject(text: str) -> bool:
    return _HAN_OR_WORD.search(text) is not None and (len(text) > 1 or named_indicator(text) is not None) and len(text) <= _LONGEST_SUBJECT


@cache
def _beginnings() -> frozenset[str]:
    """What a condition may begin with."""
    return _DIGITS | {sign[0] for sign in (*operators("before"), *range_words("opens"))}
