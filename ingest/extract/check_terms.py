"""What the rules of arithmetic share: a document's figures by sentence, with their bounds, and the finding that a rule yields."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.findings import Qualifier, Quote, Statistic
from archive.records import Document
from ingest.extract.numerals import MULTIPLIERS, fold

PEOPLE = frozenset("人名位")
_SENTENCE = re.compile(r"(?:[^。！？!?\n]|。(?=其中))++")
_NUMBER = re.compile(r"(\d[\d,]*)(?:\.(\d+))?\s?[余多来]?(万亿|[百千]万|十万|千(?![克米瓦伏])|百(?!分)|[万亿])?")


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation of printed figures. `stated` is the figure that is recomputed, `computed` what the others give."""

    relation: str
    holds: bool | None
    statistics: tuple[Statistic, ...]
    stated: float | None = None
    computed: float | None = None

    def quotes(self) -> Iterator[Quote]:
        """The quotes of the figures, in the order of the relation."""
        for item in self.statistics:
            yield Quote(item.quote, item.span)


class Sheet:
    """The figures of a document in order, and in groups of one sentence."""

    def __init__(self, doc: Document) -> None:
        self.text = fold(doc.text)
        self.all = doc.statistics
        ends = [item.span.end for item in self.all]
        self._index = {item.id: index for index, item in enumerate(self.all)}
        self.sentences: list[tuple[Statistic, ...]] = []
        for match in _SENTENCE.finditer(self.text):
            first, last = bisect_left(ends, match.start() + 1), bisect_left(ends, match.end() + 1)
            if last > first:
                self.sentences.append(self.all[first:last])

        self._by_noun: dict[str, list[Statistic]] = defaultdict(list)
        for item in self.all:
            if item.subject and exact(item):
                self._by_noun[item.subject[-2:]].append(item)

    def named(self, noun: str, before: Statistic) -> Iterator[Statistic]:
        """The exact figures before another whose subject ends with a noun, or is one that the noun ends with; the nearest first."""
        for item in reversed(self._by_noun.get(noun[-2:], [])[-200:]):
            subject = item.subject or ""
            if item.span.start < before.span.start and (subject.endswith(noun) or (len(subject) > 2 and noun.endswith(subject))):
                yield item

    def near(self, item: Statistic) -> tuple[Statistic, ...]:
        """The figures of the paragraph before another, six at most and 120 characters back."""
        at, low = self._index[item.id], max(0, item.span.start - 120)
        low = max(low, self.text.rfind("\n", low, item.span.start))
        return tuple(other for other in self.all[max(0, at - 6) : at] if other.span.start >= low)

    def just_before(self, one: Statistic, other: Statistic) -> bool:
        """Whether no figure stands between two, and a clause at most."""
        return self._index[other.id] - self._index[one.id] == 1 and len(self.between(one, other)) <= 12

    def between(self, earlier: Statistic, later: Statistic) -> str:
        """The folded text between two figures."""
        return self.text[earlier.span.end : later.span.start]

    def before(self, item: Statistic, length: int) -> str:
        """The folded text that leads up to a quote."""
        return self.text[max(0, item.span.start - length) : item.span.start]


def show(value: float) -> str:
    """A value as a relation writes it: 278, 79.4, 1.5万 as 15000."""
    return str(int(value)) if float(value).is_integer() else f"{value:.10g}"


def half_step(item: Statistic) -> float:
    """Half a unit of the last printed digit: 0.05 for 79.4%, 5000 for 6.5万平方公里."""
    matches = list(_NUMBER.finditer(fold(item.quote)))
    for match in reversed(matches):
        scale = MULTIPLIERS.get(match[3] or "", 1)
        number = Decimal(match[1].replace(",", "") + ("." + match[2] if match[2] else "")) * scale
        if float(number) == float(item.value):
            return float(Decimal(scale) / (10 ** len(match[2] or "")) / 2)
    return 0.5


def exact(item: Statistic) -> bool:
    """Whether a figure is printed without 余, 近, 以上 and without a range."""
    return item.qualifier is Qualifier.EXACT


def bounds(item: Statistic) -> tuple[float, float]:
    """The least and the greatest value that the print allows. `inf` where it sets no bound."""
    value, half = float(item.value), half_step(item)
    if item.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return value, float("inf")
    if item.qualifier is Qualifier.AT_MOST:
        return 0.0, value
    if item.qualifier is Qualifier.RANGE and item.max_value is not None:
        return value, float(item.max_value)
    if item.qualifier is Qualifier.ABOUT:
        return value * 0.9, value * 1.1
    if float(item.value).is_integer() and half <= 0.5:
        return value, value
    return value - half, value + half


def same_kind(one: Statistic, other: Statistic) -> bool:
    """Whether two figures count in the same unit; 人, 名 and 位 are one."""
    return one.unit == other.unit or {one.unit, other.unit} <= PEOPLE


def whole_number(item: Statistic) -> bool:
    """Whether a figure is a count of things: exact, and without rounding."""
    return exact(item) and isinstance(item.value, int) and half_step(item) <= 0.5 and item.value > 0
