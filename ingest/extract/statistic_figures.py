"""Finds the figures of a text: a number with its measure word, its value folded exactly, and how exactly it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from archive.findings import Measure, Qualifier
from ingest.extract.figure_numbers import Number, arabic, number_after, numbers
from ingest.extract.figure_signs import sign_at
from ingest.extract.measures import MeasureWord, Unit, by_spelling, people_at, unit_at
from ingest.extract.numerals import ARABIC, FINANCIAL, HAN_DIGITS, plain, read

_TO = re.compile(r"\s?(?:-{1,2}|~|至|到)\s?(?=[\d一二两三四五六七八九十])")
_SPACE = re.compile(r"[ \t　]|\n(?!\n)")
_TENTHS = re.compile(r"成(?P<half>半)?(?![员立为果效本绩功长熟年品交都就套才分语批片形对型人])")
_PERIODIC = re.compile(
    r"每个?(?P<per>半年|季度|学期|两[年月周天]|[天日周月季年])[^，。；：、,;:\d\n每]{0,10}?(?P<least>(?:不少于|至少|不低于)(?:[^，。；：、,;:\d\n每]{1,6}?)?)?"
    r"(?P<count>\d{1,3}|[一两二三四五六七八九十])(?P<unit>[次期场轮回])(?![性数元])(?P<more>以上)?"
)
_FIRST = re.compile(r"(?:至少|不少于)$")
BEFORE = re.compile(
    r"(?:(?P<AT_LEAST>不少于|至少(?:[^，。；、,;:\d]{0,4}(?:建成|建有|建设|配备|设立|新建|打造|培育|安排|完成|组织|开展|有|建|设|配|派|选|办|带动|联系|走访|探访|上门|参加|培训|服务|帮扶|入户|召开|举办|巡查|学习|解决|化解|包联|联|落实|掌握|吸纳|投入|提供))?|不低于|不得少于|不得低于|不下于?|最少|起码)"
    r"|(?P<AT_MOST>不超过?|不到|未超过?|不足|未达到?|不满|不高于|不多于|不大于|不得超过|不得高于|少于|低于|小于|最多(?:可(?:[贷获享领报申补]|贷款|获得|享受|领取|报销|申请|补助|奖励))?|(?:给予|提供|发放|享受|补助|奖励)最高|最高(?:不超过|限额|额度|[可能](?:[贷达享获得补奖]|贷款|达到|享受|获得|补助|补贴|奖励|给予|领取|申请|授信)?|贷款?|补助|补贴|奖励|给予|授信)|(?<=[助励贷贴款金额度供可,，、])最高|至多|控制在)"
    r"|(?P<MORE_THAN>超出?过?|逾|突破|首破|多于|高于|大于)"
    r"|(?P<ABOUT>将近|接近|逼近|大约|大概|大致|约为|(?<![附邻靠远最亲临])近|(?<![民公条合契签制节预守履违])约))(?:达到?|了|为)?$"
)
BEGIN_BEFORE = frozenset("不至最起未少低小给提发享补奖多控超逾突首高大将接逼约近")
"""The characters that a match of BEFORE begins with: half the figures have none of them before, and that is four times cheaper to see."""
_AFTER = re.compile(
    r"(?P<MORE_THAN>[多余](?![个名户条件元]))|(?P<AT_LEAST>\(含\)以上|及?以上|起步)|(?P<AT_MOST>及?以下|以内|之内|内(?![容部外涵蒙])|封顶)"
    r"|(?P<ABOUT>左右|上下(?!游)|不等|开外|出头)"
)
_BARE = re.compile(
    r"(?:(?P<people>人口|总数|人数)|(?P<money>[额款税]|产值|收入|投资|资金|支出|利润|增加值|生产总值|GDP|产出)"
    r"|(?P<times>(?:点击|播放|浏览|阅读|访问|点赞|转发|下载|观看)[量数次]?))(?:[约近达为共有超过突破逾到至了]{0,4})$"
)
_MORE_OF_IT = re.compile(r"[(,，、][^。；;\d\n]{0,8}(?:新增|增加|减少|其中|新建|净增)[^。；;\d\n]{0,6}")
_IMPLIED = {"people": ("人", Measure.POPULATION), "money": ("元", Measure.MONEY), "times": ("次", Measure.COUNT)}
_POINTS = re.compile(rf"(?:(?:、|和|及|与|以及|,|，){ARABIC}个){{0,4}}(?:、|和|及|与|以及|,|，){ARABIC}个百分点")
_AND = re.compile(r"(?:以及|[、和及与或])\s?(?=\d)")
_RESPECTIVE = re.compile(r"分别|依次|各")
_CENTS = re.compile(rf"(?P<dimes>[1-9{HAN_DIGITS}{FINANCIAL}])[角毛](?:(?P<cents>[1-9{HAN_DIGITS}{FINANCIAL}])分)?")
_HALF = re.compile(r"半(?![天年月日小个价数径途])")
_EXACT_MEASURES = frozenset((Measure.MONEY, Measure.AREA, Measure.LENGTH, Measure.WEIGHT))
_CHANGE_FROM = frozenset("由从")
_RATIO = re.compile(r"(?<![\d:.])(?P<first>\d{1,4}(?:\.\d{1,4})?)(?:\s?:\s?\d{1,4}(?:\.\d{1,4})?){1,5}(?![\d:.]*\d)")
_RATIO_CUE = re.compile(r"(?:比(?![赛试拼如较])|结构)[^。；;\n]{0,24}$")
_SEVERAL = re.compile(r"\s?\((?P<units>[^()\d\s]{1,8})\)")
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


class _Reading(NamedTuple):
    """A figure before the words around it are looked at."""

    number: Number
    end: int
    unit: str
    measure: Measure
    noun_follows: bool = False


def figures(folded: str) -> Iterator[Figure]:
    """Every figure of the folded text in order; labels, names and dates are for the caller to set aside."""
    rates = {match.start("count"): match for match in _PERIODIC.finditer(folded)}
    at, previous = 0, None
    for number in numbers(folded):
        if number.start < at:
            continue
        if number.start in rates:
            found: Figure | int | None = _rate(folded, rates[number.start])
        elif folded.startswith(":", number.end) and (ratio := _RATIO.match(folded, number.start)):
            found = _ratio(folded, ratio)
        else:
            found = _figure(folded, number) or _like(folded, number, previous)
        if isinstance(found, Figure):
            yield found
            at, previous = found.end, found
        elif found:
            at = found


def _like(folded: str, number: Number, previous: Figure | None) -> Figure | None:
    """登录36.5万次(当月新增2.1万): a round number that leaves out the measure word of the figure just before."""
    if previous is None or number.times < 10_000 or number.han or not _END.match(folded, number.end):
        return None
    if number.start - previous.end > 16 or not _MORE_OF_IT.fullmatch(folded, previous.end, number.start):
        return None
    return _finished(folded, _Reading(number, number.end, previous.unit, previous.measure))


def _rate(folded: str, match: re.Match[str]) -> Figure:
    value = read(match["count"]) or Decimal(1)
    least = match["least"] or match["more"] or _FIRST.search(folded, max(0, match.start() - 3), match.start())
    unit = f"{match['unit']}/{match['per'].replace('季度', '季')}"
    tail = len(match["more"] or "")
    qualifier = Qualifier.AT_LEAST if least else Qualifier.EXACT
    return Figure(match.start("count"), match.end(), plain(value), None, unit, Measure.FREQUENCY, qualifier, tail=tail)


def _ratio(folded: str, match: re.Match[str]) -> Figure | int:
    """三次产业比为12.5:48.3:39.2: one figure with its first term for a value and no measure word."""
    if not _RATIO_CUE.search(folded, max(0, match.start() - 30), match.start()):
        return match.end()
    return Figure(match.start(), match.end(), plain(Decimal(match["first"])), None, "", Measure.OTHER, Qualifier.EXACT)


def _figure(folded: str, number: Number) -> Figure | int | None:
    """The figure that begins with `number`; where to go on when what stands there is none for certain."""
    if number.sign:
        return _finished(folded, _Reading(number, number.end, number.sign, Measure.PERCENT))
    if tenths := _tenths(folded, number):
        return tenths
    unit = _unit(folded, number)
    gap = _TO.match(folded, unit.end if unit else number.end)
    if gap:
        second = number_after(folded, gap.end())
        other = _unit(folded, second) if second else None
        if second and not second.last and _joins(folded, number, unit, gap, other):
            whole = _range(folded, number, second)
            if whole is None and unit is None:
                return second.end
            if whole:
                number, unit = whole, other
    if unit is None:
        number, unit = _shared(folded, number)
    if unit is None:
        return _without_unit(folded, number)
    if unit.spelling == "个" and _POINTS.match(folded, unit.end):  # 2.3个和1.7个百分点
        return _finished(folded, _Reading(number, unit.end, "百分点", Measure.PERCENT))
    return _with_unit(folded, number, unit)


def _unit(folded: str, number: Number) -> Unit | None:
    return unit_at(folded, number.end + 1 if _SPACE.match(folded, number.end) else number.end)


def _joins(folded: str, number: Number, unit: Unit | None, gap: re.Match[str], other: Unit | None) -> bool:
    """Whether two numbers are the ends of one range: 5-15户, 10%至15%; a change (由3个到5个) has two figures."""
    if unit is None:
        return True
    if other is None or other.spelling != unit.spelling:
        return False
    return not (gap[0].strip() in ("到", "至") and folded[number.start - 1 : number.start] in _CHANGE_FROM)


def _range(folded: str, number: Number, second: Number) -> Number | None:
    low = number.value
    if number.times == 1 and second.times > 1 and low * second.times < second.value:
        low *= second.times  # 1-2万 is 10000–20000, 8000-1万 is not
    if low >= second.value or folded[second.start] == "0":
        return None
    return Number(number.start, second.end, low, second.value, number.more or second.more, max(number.times, second.times), second.han)


def _shared(folded: str, number: Number) -> tuple[Number, Unit | None]:
    """The measure word that a number has in common with those listed after it: 分别回落2.16和1.66个百分点, 分别为12、15万元."""
    at = number.end
    for _ in range(6):
        more = _AND.match(folded, at)
        following = arabic(folded, more.end()) if more else None
        if following is None:
            break
        unit = _unit(folded, following)
        if unit is None:
            at = following.end
            continue
        if number.han or not (unit.row.measure is Measure.PERCENT or _RESPECTIVE.search(folded, max(0, number.start - 30), number.start)):
            break
        if number.times == 1 and following.times > 1:
            number = number._replace(value=number.value * following.times, times=following.times)
        return number, unit._replace(end=number.end)
    return number, None


def _tenths(folded: str, number: Number) -> Figure | None:
    """6成 is 60%; a Chinese 三成 only after 近, 超过 and the like, because 成 begins too many words."""
    tenths = _TENTHS.match(folded, number.end)
    if tenths is None or number.value >= 10 or number.last is not None:
        return None
    if number.han and not (
        BEFORE.search(folded, max(0, number.start - 4), number.start)
        or folded[number.start - 1 : number.start] in ("占", "达", "过", "到", "有")
        or folded.startswith(("以上", "以下", "左右", "多", "的"), tenths.end())
    ):
        return None
    value = number.value * 10 + (5 if tenths["half"] else 0)
    return _finished(folded, _Reading(number._replace(value=value), tenths.end(), "%", Measure.PERCENT))


def _with_unit(folded: str, number: Number, unit: Unit) -> Figure | None:
    row = unit.row
    if row.only_after:
        if not re.search(f"(?:{row.only_after})$", folded[max(0, number.start - 10) : number.start]):
            return None
        number = number._replace(han=False)
    elif (row.only_large and not number.large) or (number.han and not _han_counts(number, row)):
        return None
    printed = row.unit if row.noun or row.one_name or unit.spelling.startswith("个") else unit.spelling
    measure, end = row.measure, number.end if row.noun else unit.end
    if unit.per:
        printed, measure = f"{printed}/{unit.per}", Measure.OTHER if measure is Measure.COUNT else measure
    if _HALF.match(folded, end) and (measure in _EXACT_MEASURES or measure is Measure.DURATION):  # 三亩半
        number, end = number._replace(value=number.value + Decimal("0.5")), end + 1
    if printed == "元" and (cents := _CENTS.match(folded, end)):  # 三元五角
        value = number.value + Decimal(read(cents["dimes"]) or 0) / 10 + Decimal(read(cents["cents"] or "零") or 0) / 100
        number, end = number._replace(value=value), cents.end()
    return _finished(folded, _Reading(number, end, printed, measure, row.noun))


def _han_counts(number: Number, row: MeasureWord) -> bool:
    """Whether a Chinese numeral counts: a long one (一百二十户), a rough one (十余次), a small one before a concrete measure word."""
    if row.noun:
        return number.more
    if number.value > 10:
        return True
    return (
        number.more or number.value % 1 != 0 or (number.value >= 2 and (row.han or row.measure in _EXACT_MEASURES)) or row.unit == "百分点"
    )


def _without_unit(folded: str, number: Number) -> Figure | None:
    """人口6.6万: no measure word, but the noun before says what is counted. 存栏10.5万(头只): several, of which the first counts."""
    several = _SEVERAL.match(folded, number.end) if number.times > 1 else None
    if several and all(unit_at(sign, 0) for sign in several["units"] if sign not in "、,，/"):
        row = by_spelling()[several["units"][0]]
        return _finished(folded, _Reading(number, several.end(), row.unit, row.measure))
    if (number.times > 1 or number.more) and people_at(folded, number.end):  # 16.4万农村人口
        return _finished(folded, _Reading(number, number.end, "人", Measure.COUNT, True))
    if number.han or number.times == 1 or not _END.match(folded, number.end):
        return None
    noun = _BARE.search(folded, max(0, number.start - 12), number.start)
    if noun is None:
        return None
    unit, measure = _IMPLIED[noun.lastgroup or ""]
    return _finished(folded, _Reading(number, number.end, unit, measure))


@cache
def _names(pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(pattern.groupindex)


def _named(match: re.Match[str]) -> Qualifier:
    return next(Qualifier(name) for name in _names(match.re) if match[name])


def _finished(folded: str, read_: _Reading) -> Figure:
    """Adds how exactly the figure is stated: by the words before it (近, 超过), in it (余, 多) or after it (以上, 左右)."""
    number, end = read_.number, read_.end
    start, last = number.start, number.last
    qualifier = Qualifier.MORE_THAN if number.more else Qualifier.EXACT
    low = max(0, start - 10)
    before = None if BEGIN_BEFORE.isdisjoint(folded[low:start]) else BEFORE.search(folded, low, start)
    after = None if read_.noun_follows else _AFTER.match(folded, end)
    if before:
        qualifier = _named(before)
    elif number.han and folded[start] in "百千万" and folded[start - 1 : start] == "上":  # 上百名
        qualifier = Qualifier.ABOUT
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
    value = number.value
    if last is None and (sign := sign_at(folded, start, read_.measure)) is not None:
        value, start = -value, sign
    return Figure(start, end + tail, plain(value), top, read_.unit, read_.measure, qualifier, number.han, tail, lead)
