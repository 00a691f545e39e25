"""Finds the figures of a text: a number with its measure word, its value folded exactly, and how exactly it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from archive.findings import Measure, Qualifier
from ingest.extract.measures import MeasureWord, by_spelling, unit_pattern
from ingest.extract.numerals import ARABIC, HAN, HAN_DIGITS, MULTIPLIERS, plain, read

_MULTIPLIER = r"(?:万亿|[百千]万|十万|百(?!分)|千(?![克米瓦伏])|万|亿)"
_TO = r"\s?(?:-{1,2}|~|至|到)\s?"
_FIGURE = re.compile(
    rf"(?=[\d百千{HAN_DIGITS}十])(?:"
    rf"(?<![\d.A-Za-z+])(?P<arabic>{ARABIC})\s?(?P<some1>[余多来])?(?P<times>{_MULTIPLIER})?(?P<some2>[余多来](?!源))?"
    rf"(?:(?P<unit1>[%元岁亩天米名人户个倍]|公里|万元)?{_TO}(?P<last>{ARABIC})(?P<some3>[余多])?(?P<times2>{_MULTIPLIER})?(?P<some4>[余多])?)?\s?"
    rf"|(?P<hundredth>[百千]分之(?:{ARABIC}|{HAN}(?:点[{HAN_DIGITS}]{{1,4}})?|百))"
    rf"|(?<![第])(?P<part>(?P<lower>[二三四五六七八九十])分之(?P<upper>[一二三四五六七八九]))(?!一)"
    rf"|(?<![{HAN_DIGITS}十百千万亿第数几初周期之点零\d])(?P<han>{HAN})(?P<some5>[余多来])?(?P<times3>[万亿])?(?P<some6>[余多])?"
    r")"
)
_TENTHS = re.compile(r"成(?P<half>半)?(?![员立为果效本绩功长熟年品交都就套才分语批片形对人型])")
_PERIODIC = re.compile(
    r"(?P<first>至少|不少于)?每个?(?P<per>半年|季度|学期|[天日周月季年])[^，。；：、,;:\d\n每]{0,10}?(?P<least>(?:不少于|至少|不低于)(?:[^，。；：、,;:\d\n每]{1,6}?)?)?"
    r"(?P<count>\d{1,3}|[一两二三四五六七八九十])(?P<unit>[次期场轮回])(?![性数元])(?P<more>以上)?"
)
_BEFORE = re.compile(
    r"(?:(?P<AT_LEAST>不少于|至少(?:[^，。；、,;:\d]{0,4}(?:建成|建有|建设|配备|设立|新建|打造|培育|安排|完成|组织|开展|有|建|设|配|派|选|办|带动|联系|走访|探访|上门|参加|培训|服务|帮扶|入户|召开|举办|巡查|学习|解决|化解|包联|联|落实|掌握|吸纳|投入|提供))?|不低于|不得少于|不得低于|最少|起码)|(?P<AT_MOST>不超过|不到|不足|不高于|不多于|不得超过|少于|低于|小于|最多|(?:给予|提供|发放|享受|补助|奖励)最高|最高(?:不超过|限额|额度|[可能](?:[贷达享获得补奖]|贷款|达到|享受|获得|补助|补贴|奖励|给予|领取|申请|授信)?|贷款?|补助|补贴|奖励|给予|授信)|至多|控制在)"
    r"|(?P<MORE_THAN>超过?|逾|突破|多于|高于|大于|高出)|(?P<ABOUT>将近|接近|大约|大概|(?<![附邻靠远最亲])近|(?<![民公条合契签制节预守履违])约))(?:达到?|了)?$"
)
_AFTER = re.compile(
    r"(?P<MORE_THAN>[多余](?![个名户条件]))|(?P<AT_LEAST>\(含\)以上|及?以上|起步)|(?P<AT_MOST>及?以下|以内|之内|内(?![容部外涵蒙])|封顶)|(?P<ABOUT>左右|上下|不等)"
)
_BARE = re.compile(r"(?:人口|总数|人数)(?:[约近达为共有]{0,2})$")
_POINTS = re.compile(rf"(?:(?:、|和|及|与|以及|,|，){ARABIC}个){{0,4}}(?:、|和|及|与|以及|,|，){ARABIC}个百分点")
_END = re.compile(r"[，。；：、,;:)\n]|$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `[start, end)` of the folded text, 以上 and the like included."""

    start: int
    end: int
    value: int | float
    max_value: int | float | None
    unit: str
    measure: Measure
    qualifier: Qualifier
    han: bool = False
    tail: int = 0  # length of 以上, 左右 and the like
    lead: int | None = None  # where a 至少 with its verb (至少建成) begins


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    last: Decimal | None
    more: bool
    end: int
    large: bool
    han: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure before the words around it are looked at."""

    start: int
    end: int
    value: Decimal
    unit: str
    measure: Measure
    last: Decimal | None = None
    more: bool = False
    han: bool = False
    noun_follows: bool = False


def figures(folded: str) -> Iterator[Figure]:
    """Every figure of the folded text in order; labels, names and dates are for the caller to set aside."""
    periodic = {match.start("count"): match for match in _PERIODIC.finditer(folded)}
    at = 0
    for match in _FIGURE.finditer(folded):
        if match.start() < at:
            continue
        rate = periodic.get(match.start())
        found = _rate(rate) if rate else _figure(folded, match)
        if found is not None:
            yield found
            at = found.end


def _rate(match: re.Match[str]) -> Figure:
    value = read(match["count"]) or Decimal(1)
    qualifier = Qualifier.AT_LEAST if match["first"] or match["least"] or match["more"] else Qualifier.EXACT
    unit = f"{match['unit']}/{match['per'].replace('季度', '季')}"
    tail = len(match["more"] or "")
    return Figure(match.start("count"), match.end(), plain(value), None, unit, Measure.FREQUENCY, qualifier, tail=tail)


def _scaled(numeral: str, times: str | None) -> Decimal | None:
    value = read(numeral)
    return None if value is None else value * MULTIPLIERS[times or ""] if times else value


def _number(match: re.Match[str]) -> _Number | None:
    if match["arabic"]:
        times, last = match["times"], match["last"]
        value = _scaled(match["arabic"], times or (match["times2"] if last and match["unit1"] != "万元" else None))
        upper = _scaled(last, match["times2"]) if last else None
        more = any(match[name] for name in ("some1", "some2", "some3", "some4"))
        return (value and _Number(value, upper, more, match.end(), bool(times) or more or value >= 100, False)) or _zero(match)
    value = _scaled(match["han"], match["times3"])
    more = bool(match["some5"] or match["some6"])
    return None if value is None else _Number(value, None, more, match.end(), bool(match["times3"]) or more or value >= 100, True)


def _zero(match: re.Match[str]) -> _Number | None:
    return _Number(Decimal(0), None, False, match.end(), False, False) if match["arabic"].strip("0") in ("", ".") else None


def _figure(folded: str, match: re.Match[str]) -> Figure | None:
    if match["hundredth"] or match["part"]:
        return _share(folded, match)
    number = _number(match)
    if number is None:
        return None
    tenths = _tenths(folded, match, number)
    if tenths is not None:
        return tenths
    wrong_range = match["last"] and (number.last is None or number.last <= number.value or match["last"].startswith("0"))
    if wrong_range:
        return None
    unit = unit_pattern().match(folded, match.end())
    if unit and unit[0] == "个" and _POINTS.match(folded, unit.end()):  # 2.3个和1.7个百分点
        return _finished(folded, _Reading(match.start(), unit.end(), number.value, "百分点", Measure.PERCENT, number.last, number.more))
    return _with_unit(folded, match, number, unit[0]) if unit else _without_unit(folded, match, number)


def _tenths(folded: str, match: re.Match[str], number: _Number) -> Figure | None:
    """6成 is 60%; a Chinese 三成 only after 近, 超过 and the like, because 成 begins too many words."""
    tenths = _TENTHS.match(folded, match.end())
    if tenths is None or number.value >= 10 or number.last is not None:
        return None
    if number.han and not (
        _BEFORE.search(folded, max(0, match.start() - 4), match.start())
        or folded[match.start() - 1 : match.start()] in ("占", "达", "过", "到")
        or folded.startswith(("以上", "以下", "左右"), tenths.end())
    ):
        return None
    value = number.value * 10 + (5 if tenths["half"] else 0)
    return _finished(folded, _Reading(match.start(), tenths.end(), value, "%", Measure.PERCENT, None, number.more, number.han))


def _with_unit(folded: str, match: re.Match[str], number: _Number, spelling: str) -> Figure | None:
    row = by_spelling()[spelling]
    if (row.only_large and not number.large) or (number.han and not _han_counts(number, row, match)):
        return None
    printed = row.unit if row.noun or row.one_name or spelling.startswith("个") else spelling
    end = match.end() if row.noun else match.end() + len(spelling)
    more, han = number.more, number.han
    return _finished(folded, _Reading(match.start(), end, number.value, printed, row.measure, number.last, more, han, row.noun))


def _han_counts(number: _Number, row: MeasureWord, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral counts: a long one (一百二十户), a rough one (十余次), a small one before a concrete measure word."""
    if row.noun:
        return number.more
    if len(match["han"]) > 1 and number.value > 10:
        return True
    if match["han"] in ("百", "千"):
        return False
    return number.more or (row.han and 2 <= number.value <= 10)


def _share(folded: str, match: re.Match[str]) -> Figure | None:
    if match["part"]:
        lower, upper = read(match["lower"]), read(match["upper"])
        if not lower or not upper or upper >= lower:
            return None
        value, unit = upper * 100 / lower, "%"
    else:
        numeral = match["hundredth"][3:]
        whole, _, decimals = numeral.partition("点")
        number = Decimal(100) if whole == "百" else read(whole)
        if number is not None and decimals:
            number += Decimal("0." + "".join(str(read(sign)) for sign in decimals))
        if number is None:
            return None
        value, unit = number, "%" if match["hundredth"][0] == "百" else "‰"
    return _finished(folded, _Reading(match.start(), match.end(), value, unit, Measure.PERCENT, han=True))


def _without_unit(folded: str, match: re.Match[str], number: _Number) -> Figure | None:
    """人口6.6万: no measure word, but the noun before says what is counted."""
    if not match["arabic"] or not match["times"] or not _END.match(folded, match.end()):
        return None
    if not _BARE.search(folded[max(0, match.start() - 8) : match.start()]):
        return None
    return _finished(folded, _Reading(match.start(), match.end(), number.value, "人", Measure.POPULATION, number.last, number.more))


@cache
def _names(pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(pattern.groupindex)


def _named(match: re.Match[str]) -> Qualifier:
    return next(Qualifier(name) for name in _names(match.re) if match[name])


def _finished(folded: str, read_: _Reading) -> Figure:
    """Adds how exactly the figure is stated: by the words before it (近, 超过), in it (余, 多) or after it (以上, 左右)."""
    start, end, last = read_.start, read_.end, read_.last
    qualifier = Qualifier.MORE_THAN if read_.more else Qualifier.EXACT
    before = _BEFORE.search(folded, max(0, start - 10), start)
    after = None if read_.noun_follows else _AFTER.match(folded, end)
    if before:
        qualifier = _named(before)
    tail = 0
    if after:
        qualifier = _named(after) if not (before and after["ABOUT"]) else qualifier
        tail = after.end() - end
        if after["AT_MOST"] and after[0] == "内":
            tail = 1
    if last is not None:
        qualifier = Qualifier.RANGE
    top = None if last is None else plain(last)
    lead = before.start() if before and len(before[0]) > 2 and before["AT_LEAST"] else None
    return Figure(start, end + tail, plain(read_.value), top, read_.unit, read_.measure, qualifier, read_.han, tail, lead)
