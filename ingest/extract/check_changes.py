"""Changes: from one printed level to another (由120户减少到80户,减少40户; 增长25%), or a level with its difference and its growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.findings import CheckKind, Measure, Statistic
from ingest.extract.check_terms import Finding, Sheet, exact, half_step, rounded, same_kind, show, slack

_RISE = re.compile(r"增|涨|提高|提升|上升|扩大|多|高")
_FALL = re.compile(r"减|降|缩|回落|压|少|低|跌")
_FROM = re.compile(r"(?:由|从)(?:\d{4}年[^\d，。；]{0,6})?\s?[^\d，。；]{0,8}[\d,.]+[^\d，。；]{0,6}$")
_TO = re.compile(r"到|至|为")
_THAN = re.compile(
    r"^[，,]?(?:比|较|相比|与)(?:\d{4}年|[\d一两三四五六七八九十]{1,2}年前|上年|去年|前年|上一?年度|上?年?同期)[^\d，。；;]{0,8}的[^\d，。；;]{0,4}$"
)
_PLAIN = re.compile(r"^[，,、]?(?:同比|共|净|累计)?(?:[增减][加少长幅收]|提[高升]|[上下][升降涨跌]|[降缩]低|[升降]幅)[了达为]{0,2}$")
_AHEAD = re.compile(r"^[，,](?:即|其中)?(?:由|从)")
_OTHER_BASE = re.compile(r"年均|平均|复合|环比|同比|可比|口径|实际|累计")
"""Growth that need not be counted from the first of the two levels, so that they cannot refute it."""
_GAP = re.compile(r"(?:高差|相差|落差|差距)[^，。；;\d]{0,4}$")
_EXTREME = re.compile(r"最([高低大小多少长短])")
_STOP = re.compile(r"[。；;\n]")
_LEVEL = re.compile(r"(?:增加?长?|提[高升]|[上下]?[升降]|减少)[到至为][^，。；;\d]{0,4}$|[到至为][\d.]{1,8}[^\d]{0,4}$")
_TIMES = re.compile(r"倍于|[到至为是]")
_FACTOR = re.compile(r"(?:是|为|相当于)[^，。；;\d]{0,10}$")
_BESIDE = re.compile(r"^[，,、]?(?:同比|比[上去]年(?:同期)?|较[上去]年(?:同期)?)?净?(?:增加|增收|减少|减收)了?$")
_RATE_BESIDE = re.compile(r"^[，,、]?(?:同比|增幅|降幅|增速)?(?:增长|下降|减少|增加)?(?:为|达|达到|了)?$")
_REAL = re.compile(r"生产总值|GDP|增加值|产值|可比|实际|口径|剔除|扣除|按|收入")
"""Growth of these is printed in constant prices or on a changed basis, so that the printed levels cannot refute it."""


def changes(sheet: Sheet) -> Iterator[Finding]:
    """A figure that goes from A to B (or B against the A of the year before), and the difference or the growth printed after it."""
    for sentence in sheet.sentences:
        for index in range(len(sentence) - 2):
            one, other, change = sentence[index : index + 3]
            if same_kind(other, change) and sheet.is_change(one) and _AHEAD.match(sheet.lead(other)) and _goes(sheet, other, change):
                yield from (found for found in _change(other, change, one, sheet.lead(one)[-6:]) if found.holds)
            if not same_kind(one, other) or not (exact(one) and exact(other) and exact(change)):
                continue
            turned = bool(_THAN.match(sheet.lead(other)))
            if not turned and not _goes(sheet, one, other):
                continue
            between = sheet.lead(change)
            if len(between) > 24 or _STOP.search(between) or _LEVEL.search(between):
                continue
            if not turned and not _PLAIN.match(between) and not (change.subject or "").startswith((one.subject or "?")[:4]):
                continue  # the change is said of something else
            old, new = (other, one) if turned else (one, other)
            other_base = _OTHER_BASE.search(between)
            yield from (found for found in _change(old, new, change, between) if found.holds or not other_base)


def gaps(sheet: Sheet) -> Iterator[Finding]:
    """最高点2700米,最低点1950米,相对高差750米: the difference of two figures beside it."""
    for sentence in sheet.sentences:
        for index in range(len(sentence) - 2):
            one, other, gap = sentence[index : index + 3]
            if not (same_kind(one, other) and same_kind(one, gap) and exact(one) and exact(other) and exact(gap)):
                continue
            named = _EXTREME.findall(sheet.lead(one)[-14:]) + _EXTREME.findall(sheet.lead(other)[-14:])
            if _GAP.search(sheet.lead(gap)) and sorted(named) in (["低", "高"], ["大", "小"], ["多", "少"], ["长", "短"]):
                high, low = sorted((one, other), key=lambda item: -item.value)
                difference = float(high.value) - float(low.value)
                holds = abs(difference - float(gap.value)) <= slack(one, other, gap) + 1e-9
                relation = f"{show(high.value)}-{show(low.value)}={show(gap.value)}"
                yield Finding(CheckKind.CHANGE, relation, holds, (one, other, gap), float(gap.value), round(difference, 6))


def _goes(sheet: Sheet, old: Statistic, new: Statistic) -> bool:
    lead = sheet.text[max(old.span.start - 20, 0) : old.span.end]
    gap = sheet.text[old.span.end : new.span.end]
    return bool(_FROM.search(lead) and _TO.search(gap) and not _STOP.search(gap))


def _change(old: Statistic, new: Statistic, change: Statistic, words: str) -> Iterator[Finding]:
    items = (old, new, change)
    stated = float(change.value)
    if change.unit == "倍" and old.value and _FACTOR.search(words):
        factor = float(new.value) / float(old.value)
        holds = abs(factor - stated) <= half_step(change) + _spread(old, new, factor) + 1e-9
        yield Finding(CheckKind.CHANGE, f"{show(new.value)}/{show(old.value)}={show(stated)}", holds, items, stated, round(factor, 6))
        return
    sign = 1 if _RISE.search(words) else -1 if _FALL.search(words) else 0
    if not sign:
        return
    if change.unit == "倍" and sign > 0 and old.value and not _TIMES.search(words):
        growth = float(new.value) / float(old.value) - 1
        holds = abs(growth - stated) <= half_step(change) + 1e-9
        relation = f"{show(new.value)}/{show(old.value)}-1={show(stated)}"
        yield Finding(CheckKind.CHANGE, relation, holds, items, stated, round(growth, 6))
    elif change.measure is Measure.PERCENT and old.measure is not Measure.PERCENT and change.unit == "%" and old.value:
        growth = sign * _relative(old, new)
        margin = 100 * _spread(old, new, float(new.value) / float(old.value)) if rounded(old, new) else 0.0
        holds = abs(growth - stated) <= half_step(change) + margin + 1e-9
        relation = f"({show(new.value)}-{show(old.value)})/{show(old.value)}={show(sign * stated)}%"
        yield Finding(CheckKind.CHANGE, relation, holds, items, stated, round(growth, 6))
    elif old.unit == change.unit == "%" and old.value and abs(sign * _relative(old, new) - stated) <= half_step(change):
        growth = sign * _relative(old, new)  # 由20%提高到25%,增长25%: of the share itself
        relation = f"({show(new.value)}-{show(old.value)})/{show(old.value)}={show(sign * stated)}%"
        yield Finding(CheckKind.CHANGE, relation, True, items, stated, round(growth, 6))
    elif same_kind(old, change) or (old.unit == "%" and change.unit == "百分点"):
        difference = sign * (float(new.value) - float(old.value))
        holds = abs(difference - stated) <= slack(*items) + 1e-9
        first, last = (new, old) if sign > 0 else (old, new)
        relation = f"{show(first.value)}-{show(last.value)}={show(stated)}"
        yield Finding(CheckKind.CHANGE, relation, holds, items, stated, round(difference, 6))


def _relative(old: Statistic, new: Statistic) -> float:
    return 100 * (float(new.value) - float(old.value)) / float(old.value)


def _spread(old: Statistic, new: Statistic, factor: float) -> float:
    """How far the rounding of two levels can move their quotient."""
    return (half_step(new) + half_step(old) * factor) / float(old.value)


def growths(sheet: Sheet) -> Iterator[Finding]:
    """A level with its difference and its growth: 38.3亿元,同比增收6.5亿元,增长20.4% is 6.5 of the 31.8 before.

    Refuted only where the three stand side by side and the growth is no growth in constant prices.
    """
    for sentence in sheet.sentences:
        for index in range(len(sentence) - 2):
            level, *rest = sentence[index : index + 3]
            if sheet.is_change(level) or not level.value or not exact(level) or level.measure is Measure.PERCENT:
                continue
            difference, rate = sorted(rest, key=lambda item: item.unit in ("%", "倍"))
            if (
                same_kind(level, difference)
                and rate.unit in ("%", "倍")
                and exact(difference)
                and exact(rate)
                and (sheet.is_change(difference) or _rise_of(sheet, difference))
                and (sheet.is_change(rate) or rate.unit == "倍")
                and not _STOP.search(sheet.between(level, rest[-1]))
            ):
                yield from _growth(sheet, level, difference, rate, rest)


def _rise_of(sheet: Sheet, item: Statistic) -> bool:
    return bool(re.search(r"(?:比|较)[^，。；;]{0,16}[增减多少][加收少]?$", sheet.lead(item)))


def _growth(sheet: Sheet, level: Statistic, difference: Statistic, rate: Statistic, rest: Sequence[Statistic]) -> Iterator[Finding]:
    words, told = sheet.lead(difference), sheet.lead(rate)
    sign = -1 if _FALL.search(words[-6:]) else 1
    if (sign < 0) != bool(_FALL.search(told[-6:])) or (rate.unit == "倍" and (sign < 0 or _TIMES.search(told[-4:]))):
        return
    before = float(level.value) - sign * float(difference.value)
    if before <= 0:
        return
    scale = 100 if rate.unit == "%" else 1
    growth = scale * float(difference.value) / before
    up, down = float(difference.value) + half_step(difference), float(difference.value) - half_step(difference)
    most = scale * up / max(float(level.value) - half_step(level) - sign * up, 1e-9)
    least = scale * down / (float(level.value) + half_step(level) - sign * down)
    low, high = sorted((least, most))
    holds = low - half_step(rate) - 1e-9 <= float(rate.value) <= high + half_step(rate) + 1e-9
    plain = rest[0] is difference and _BESIDE.match(words) and _RATE_BESIDE.match(told)
    named = (level.subject or "") + sheet.before(level, 12) + level.quote
    if holds or (plain and not _REAL.search(named) and abs(growth - float(rate.value)) > 2 * half_step(rate) + (high - low)):
        unit = "%" if scale == 100 else ""
        operator = "-" if sign > 0 else "+"
        relation = f"{show(difference.value)}/({show(level.value)}{operator}{show(difference.value)})={show(rate.value)}{unit}"
        yield Finding(CheckKind.CHANGE, relation, holds, (level, difference, rate), float(rate.value), round(growth, 6))
