"""The same figure printed again: with the same value, or, for what there is only one number of, with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from archive.findings import CheckKind, Measure, Statistic, Status
from ingest.extract.check_terms import BRACKET, COMMON, PEOPLE, Finding, Sheet, exact, half_step, same_kind, show, whole_number

_VERB = re.compile(r"(?:解决|化解|调处|办理|整改|查处|建成|成立|组建)[了到]?")
_PRODUCT = re.compile(r"^(?:国内|地区)?生产总值(?:\(GDP\))?|^GDP")
_GROWS = re.compile(r"(?:的?正?增长|增速)$")
_FOLLOWING = re.compile(r"\d+([一-鿿]{5})")
_THINGS = (Measure.COUNT, Measure.POPULATION, Measure.DURATION, Measure.FREQUENCY)
_END = re.compile(r"[。！；;\n]")
_GROWTH_AFTER = re.compile(r"的?正?增长")
_LINE, _SHOWN = 60, 4
"""How far a sentence is compared with its copies, in characters; how many equal values a relation writes out."""

_WHOLE = re.compile(r"(?:全[县市区旗镇乡村]|辖区|我[县市区])(?:现?共?有|下辖|辖|总)[^，。；;\d]{0,6}$")
_STOCK = (
    "行政村",
    "自然村",
    "村民小组",
    "社区",
    "乡镇",
    "户籍人口",
    "常住人口",
    "总人口",
    "总面积",
    "耕地面积",
    "网格",
    "网格员",
    "党员",
    "党支部",
)
_OTHER_TIME = re.compile(r"\d{4}年|去年|上年|以前|过去|原|调整|撤|合并|新增|计划|规划|试点|达到|增加|减少|发展到|从")


def repeated(sheet: Sheet) -> Iterator[Finding]:
    """The same number of the same noun in different sentences, or of the same kind of thing after the same verb (解决…问题9个)."""
    groups: dict[tuple[str, str, float], list[Statistic]] = defaultdict(list)
    deeds: dict[tuple[str, str, str, float], list[Statistic]] = defaultdict(list)
    for item in _again(sheet, sheet.counts):
        subject = item.subject or ""
        groups[stem(subject), "人" if item.unit in "人名位" else item.unit, float(item.value)].append(item)
        if len(subject) > 3 and (verb := _VERB.search(sheet.before(item, 70).rpartition("。")[2])):
            deeds[verb[0][:2], subject.removesuffix("等")[-2:], item.unit, float(item.value)].append(item)
    for group in groups.values():
        if len(group) > 1:
            yield _equal(group, group[0].subject or "")
    for (verb_, noun, _, _), group in deeds.items():
        if len(group) == 2 and group[1].span.start - group[0].span.end > 60:
            yield _equal(group, verb_ + noun)


def _again(sheet: Sheet, items: Iterable[Statistic]) -> Iterator[Statistic]:
    """The figures whose value and unit are printed more than once, in other words: a passage that is only copied confirms nothing."""
    groups: dict[tuple[float, bool | str], list[Statistic]] = defaultdict(list)
    for item in items:
        groups[item.value, item.unit in PEOPLE or item.unit].append(item)
    for group in groups.values():
        told: dict[tuple[str, str], Statistic] = {}
        for item in group if len(group) > 1 else ():
            told.setdefault(_words(sheet, item), item)
        if len(told) > 1:
            yield from told.values()


def _words(sheet: Sheet, item: Statistic) -> tuple[str, str]:
    """What the sentence says before and after a figure, as far as a line of print on either side."""
    before = _END.split(sheet.before(item, _LINE))[-1]
    return before, _END.split(sheet.text[item.span.start : item.span.end + _LINE])[0]


def reworded(sheet: Sheet) -> Iterator[Finding]:
    """The same number before the same five characters (13个业务看板) in another sentence, whatever the rest of its noun."""
    groups: dict[tuple[str, int], list[Statistic]] = defaultdict(list)
    counted = (item for item in sheet.all if item.value >= COMMON and item.measure in (Measure.COUNT, Measure.POPULATION))
    for item in _again(sheet, counted):
        words = _FOLLOWING.match(sheet.text, item.span.start)
        if words and whole_number(item):
            groups[words[1], int(item.value)].append(item)
    for (words_, _), group in groups.items():
        apart = _apart(sheet, group)
        if len(apart) > 1:
            yield _equal(apart, words_[1:])


def _apart(sheet: Sheet, group: Sequence[Statistic]) -> list[Statistic]:
    """The figures of a group that stand in sentences of their own."""
    return [group[0], *(other for one, other in pairwise(group) if _END.search(sheet.text, one.span.end, other.span.start))]


def restated(sheet: Sheet) -> Iterator[Finding]:
    """Money, areas, weights and percentages of one noun again in another sentence: the printed digits must be two at least."""
    groups: dict[tuple[str, str, float], list[Statistic]] = defaultdict(list)
    for item in _again(sheet, (item for item in sheet.all if item.measure not in _THINGS and exact(item))):
        subject = _normal(sheet, item)
        if len(subject.removesuffix("增长")) > 3 and float(item.value) >= 20 * half_step(item):
            groups[subject, item.unit, float(item.value)].append(item)
    for (subject, _, _), group in groups.items():
        apart = _apart(sheet, group)
        periods = {item.period for item in apart if item.period}
        if len(apart) > 1 and len({(item.place, item.status) for item in apart}) == 1 and len(periods) < 2:
            yield _equal(apart, subject)


def _normal(sheet: Sheet, item: Statistic) -> str:
    """A subject in one form: GDP and 地区生产总值 are 生产总值; 1.5%的正增长 is a growth."""
    subject = _PRODUCT.sub("生产总值", BRACKET.sub("", item.subject or ""))
    grows = item.unit == "%" and (sheet.is_change(item) or bool(_GROWTH_AFTER.match(sheet.text, item.span.end)))
    return _GROWS.sub("", subject) + "增长" if grows else subject


def contradicted(sheet: Sheet) -> Iterator[Finding]:
    """全县共有120个行政村 here and 全县辖118个行政村 there: a number of which a county has only one at a time.

    Refuted only for the nouns of a closed list, both exact, both said of the whole place, with the same place and period.
    """
    firsts: dict[tuple[str, str, str | None, str | None, str], Statistic] = {}
    for item in sheet.all:
        subject = item.subject or ""
        if not subject.endswith(_STOCK) or not exact(item) or item.status is not Status.ACTUAL or item.measure is Measure.PERCENT:
            continue
        said = _WHOLE.search(sheet.lead(item))
        clause = sheet.text[sheet.text.rfind("。", 0, item.span.start) + 1 : item.span.end] if said else ""
        if not said or len(clause) > 200 or _OTHER_TIME.search(clause):
            continue
        noun = max((word for word in _STOCK if subject.endswith(word)), key=len)
        first = firsts.setdefault((noun, item.unit, item.place, item.period, said[0][:2]), item)
        apart = abs(float(first.value) - float(item.value))
        if first is not item and subject == first.subject and same_kind(first, item) and apart > half_step(first) + half_step(item):
            values = f"{show(first.value)}={show(item.value)}({noun})"
            yield Finding(CheckKind.REPEATED, values, False, (first, item), float(item.value), float(first.value))


def _equal(items: Sequence[Statistic], note: str) -> Finding:
    value = show(items[0].value)
    values = "=".join([value] * len(items)) if len(items) <= _SHOWN else f"{value}×{len(items)}次"
    return Finding(CheckKind.REPEATED, f"{values}({note})", True, tuple(items), float(items[0].value), float(items[-1].value))


def plain(subject: str) -> str:
    """A subject without its short brackets: 村(居) is 村."""
    return BRACKET.sub("", subject) if "(" in subject or "（" in subject else subject


def stem(subject: str) -> str:
    """A subject by what it counts: its last words, so that 管理和服务专职网格员 and 专职网格员 are one."""
    for joint in ("和服务", "从事", "和"):
        head, found, tail = subject.rpartition(joint)
        if found and head and len(tail) >= 4:
            subject = tail
    return plain(subject)
