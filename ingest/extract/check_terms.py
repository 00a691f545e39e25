"""What the rules of arithmetic share: a document's figures by sentence, with their bounds, and the finding that a rule yields."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from archive.findings import CheckKind, Measure, Qualifier, Quote, Statistic, Status
from archive.records import Document
from archive.text import Span
from ingest.extract.numerals import MULTIPLIERS, fold

PEOPLE = frozenset("人名位")
BRACKET = re.compile(r"[(（][^()（）]{0,6}[)）]")
_END = re.compile(r"[！？!?\n]|。(?!其中)")
_NUMBER = re.compile(r"(\d[\d,]*)(?:\.(\d+))?\s?[余多来]?(万亿|[百千]亿|[百千]万|十万|千(?![克米瓦伏])|百(?!分)|[万亿])?")
_FIRST = re.compile(r"(?<!\d)(?!(?:19|20)\d\d年)\d")
_CHANGE = re.compile(
    r"(?:比|较|同比|环比)(?:\d{4}年)?[^，。；;\d]{0,16}(?:[增减多少高低升降涨缩]|扩大|收窄|回落|提[高升])[^，。；;\d到至为]{0,4}$"
    r"|(?:净?增[加收长幅]|减[少收]|[提升]高|上[升涨]|[升降]幅|下[降跌]|回落|拉动[^，。；;\d]{0,8}|增速)[了达约近超过为]{0,3}$"
)
_NO_AMOUNT = re.compile(r"(?:[户人亩村畜年日月]均|平均|每|最[高低大小多少长短]|单价|价格|浓度|海拔|指数)[^，。；;(]{0,20}$")
_LIVESTOCK = frozenset("只头匹口羽峰()、只")
COMMON = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation of printed figures. `stated` is the figure that is recomputed, `computed` what the others give; `printed` has words that
    take part and are no statistic (三次产业比为3:5:2)."""

    kind: CheckKind
    relation: str
    holds: bool | None
    statistics: tuple[Statistic, ...]
    stated: float | None = None
    computed: float | None = None
    printed: tuple[Quote, ...] = ()

    def quotes(self) -> Iterator[Quote]:
        """The quotes of the figures, in the order of the relation."""
        for item in self.statistics:
            yield Quote(item.quote, item.span)
        yield from self.printed


class Sheet:
    """The figures of a document in order, and in groups of one sentence."""

    def __init__(self, doc: Document) -> None:
        self.raw = doc.text
        self.text = fold(doc.text)
        self.all = doc.statistics
        self._index = {item.id: index for index, item in enumerate(self.all)}
        self._changes: dict[Span, bool] = {}
        self._leads: dict[Span, str] = {}
        self.sentences: list[tuple[Statistic, ...]] = []
        group: list[Statistic] = []
        for item in self.all:
            if group and _END.search(self.text, group[-1].span.end, item.span.start):
                self.sentences.append(tuple(group))
                group = []
            group.append(item)
        if group:
            self.sentences.append(tuple(group))

    @cached_property
    def _by_noun(self) -> dict[str, list[Statistic]]:
        found: dict[str, list[Statistic]] = defaultdict(list)
        for item in self.all:
            if item.subject and exact(item):
                found[item.subject[-2:]].append(item)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [item.span.start for item in self.all]

    @cached_property
    def counts(self) -> list[Statistic]:
        """The whole numbers of things that are there, from 5 on."""
        return [
            item
            for item in self.all
            if item.value >= COMMON
            and item.subject
            and item.status is Status.ACTUAL
            and item.measure in (Measure.COUNT, Measure.POPULATION)
            and whole_number(item)
        ]

    def tails(self, tail: str, before: Statistic) -> Iterator[Statistic]:
        """The exact figures before another whose subject ends with two characters; the nearest first, 200 at most."""
        for item in reversed(self._by_noun.get(tail, [])[-200:]):
            if item.span.start < before.span.start:
                yield item

    def named(self, noun: str, before: Statistic) -> Iterator[Statistic]:
        """The exact figures before another whose subject ends with a noun, or is one that the noun ends with; the nearest first."""
        for item in self.tails(noun[-2:], before):
            subject = item.subject or ""
            if subject.endswith(noun) or (len(subject) > 2 and noun.endswith(subject)):
                yield item

    def within(self, start: int, end: int) -> tuple[Statistic, ...]:
        """The figures that begin between two places of the text."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def near(self, item: Statistic, most: int = 6, length: int = 120) -> tuple[Statistic, ...]:
        """The figures of the paragraph before another, `most` of them and `length` characters back."""
        at, low = self._index[item.id], max(0, item.span.start - length)
        low = max(low, self.text.rfind("\n", low, item.span.start))
        return tuple(other for other in self.all[max(0, at - most) : at] if other.span.start >= low)

    def just_before(self, one: Statistic, other: Statistic) -> bool:
        """Whether no figure stands between two, and a clause at most."""
        return self._index[other.id] - self._index[one.id] == 1 and len(self.between(one, other)) <= 12

    def between(self, earlier: Statistic, later: Statistic) -> str:
        """The folded text between two figures."""
        return self.text[earlier.span.end : later.span.start]

    def before(self, item: Statistic, length: int) -> str:
        """The folded text that leads up to a quote."""
        return self.text[max(0, item.span.start - length) : item.span.start]

    def quote(self, match: re.Match[str]) -> Quote:
        """What a pattern found in the folded text, as it is printed."""
        return Quote(self.raw[match.start() : match.end()], Span(match.start(), match.end()))

    def lead(self, item: Statistic) -> str:
        """The words between the figure before (40 characters at most) and the number itself."""
        words = self._leads.get(item.span)
        if words is None:
            at, (begin, end) = self._index[item.id], item.span
            start = max(0, begin - 40, self.all[at - 1].span.end if at else 0)
            number = _FIRST.search(self.text, begin, end)
            words = self._leads[item.span] = self.text[start : number.start() if number else end]
        return words

    def adds_up(self, item: Statistic) -> bool:
        """Whether a figure is an amount that parts make up: no change, no mean, no price, no height, no percentage."""
        return item.measure is not Measure.PERCENT and not self.is_change(item) and not _NO_AMOUNT.search(self.lead(item)[-24:])

    def is_change(self, item: Statistic) -> bool:
        """Whether a figure is a difference or a growth (比上年增加94人, 增长6%), and no level."""
        found = self._changes.get(item.span)
        if found is None:
            found = self._changes[item.span] = bool(_CHANGE.search(self.lead(item)))
        return found


def show(value: float) -> str:
    """A value as a relation writes it: 278, 79.4, 1.5万 as 15000."""
    return str(int(value)) if float(value).is_integer() else f"{value:.10g}"


def kind_of(item: Statistic) -> str:
    """The unit in one form for what is counted together: 人, 名 and 位; 头, 只 and 匹 of livestock."""
    unit = item.unit
    return "人" if unit in PEOPLE else "头" if _LIVESTOCK.issuperset(unit) else unit


def half_step(item: Statistic) -> float:
    """Half a unit of the last printed digit: 0.05 for 79.4%, 5000 for 6.5万平方公里."""
    return _half(item.quote, float(item.value))


@lru_cache(maxsize=8192)
def _half(quote: str, value: float) -> float:
    for match in reversed(list(_NUMBER.finditer(fold(quote)))):
        scale = MULTIPLIERS.get(match[3] or "", 1)
        number = Decimal(match[1].replace(",", "") + ("." + match[2] if match[2] else "")) * scale
        if float(number) == value:
            return float(Decimal(scale) / (10 ** len(match[2] or "")) / 2)
    return 0.5


def exact(item: Statistic) -> bool:
    """Whether a figure is printed without 余, 近, 以上 and without a range."""
    return item.qualifier is Qualifier.EXACT


def rounded(*items: Statistic) -> bool:
    """Whether a figure is one that print rounds: with decimals, or in 万 and 亿."""
    return any(map(rounding, items))


def rounding(item: Statistic) -> float:
    """By how much the print may have rounded a figure; nothing for a count."""
    half = half_step(item)
    return half if half > 0.5 or isinstance(item.value, float) else 0.0


def slack(*items: Statistic) -> float:
    """The most by which a sum of printed figures may be off: half a unit of the last digit of each, nothing where all are counts."""
    return sum(map(rounding, items))


def bounds(item: Statistic) -> tuple[float, float]:
    """The least and the greatest value that the print allows. `inf` where it sets no bound."""
    value = float(item.value)
    if item.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return value, float("inf")
    if item.qualifier is Qualifier.AT_MOST:
        return 0.0, value
    if item.qualifier is Qualifier.RANGE and item.max_value is not None:
        return value, float(item.max_value)
    if item.qualifier is Qualifier.ABOUT:
        return value * 0.9, value * 1.1
    half = half_step(item)
    return (value, value) if value.is_integer() and half <= 0.5 else (value - half, value + half)


def same_kind(one: Statistic, other: Statistic) -> bool:
    """Whether two figures count in the same unit; 人, 名 and 位 are one."""
    return one.unit == other.unit or (one.unit in PEOPLE and other.unit in PEOPLE)


def whole_number(item: Statistic) -> bool:
    """Whether a figure is a count of things: exact, and without rounding."""
    return exact(item) and isinstance(item.value, int) and item.value > 0 and half_step(item) <= 0.5


def chance(tries: int, width: float, value: float) -> float:
    """How likely one of `tries` unrelated numbers comes within `width` of `value`, if they lie anywhere up to twice the value.

    A match that rests on the numbers alone is reported only where this is small.
    """
    return min(1.0, tries * width / (2 * value)) if value > 0 else 1.0


def grain(items: Sequence[Statistic]) -> float:
    """The step that figures are printed in: 1,000,000 for 300万, 500万 and 200万, so that round numbers prove little by adding up."""
    step = min(2 * half_step(item) for item in items)
    while all(abs(float(item.value) / (10 * step) - round(float(item.value) / (10 * step))) < 1e-9 for item in items) and step < 1e15:
        step *= 10
    return step
