"""Changes from one figure to another (由120户减少到80户,减少40户; 增长25%), averages (户均) and products."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.findings import Measure, Statistic
from ingest.extract.check_terms import Finding, Sheet, bounds, exact, half_step, same_kind, show
from ingest.extract.numerals import read

_FROM = re.compile(r"(?:由|从)[^，。；]{0,24}$")
_TO = re.compile(r"^[^，。；\d]{0,12}(?:\d{4}年[^，。；\d]{0,8}?的?)?(?:到|至|为)?[^，。；\d]{0,3}$")
_RISE = re.compile(r"增|涨|提高|上升|提升|扩大|新增")
_FALL = re.compile(r"减|降|下降|缩|回落|压")
_MEAN = re.compile(r"(?P<of>[户人亩村])均|平均每(?:名|个|户|人|位|亩|村)?")
_HOLDERS = {"户": frozenset("户"), "人": frozenset("人名位"), "亩": frozenset("亩"), "村": frozenset("个")}
_EACH = re.compile(r"每(?P<unit>[人名位户亩个村头只])")


def changes(sheet: Sheet) -> Iterator[Finding]:
    """A figure that goes from A to B, and the difference or the growth printed after it in the same sentence."""
    for sentence in sheet.sentences:
        for index in range(len(sentence) - 2):
            old, new, change = sentence[index : index + 3]
            if not same_kind(old, new) or not _goes(sheet, old, new) or not (exact(old) and exact(new) and exact(change)):
                continue
            between = sheet.text[new.span.end : change.span.end]
            if len(between) > 24 or re.search(r"[。；;]|[到至为](?=[\d.]{1,8}[^\d]{0,4}$)", between):
                continue
            if not (change.subject or "").startswith((old.subject or "?")[:4]):  # the change is said of something else
                continue
            yield from _change(old, new, change, between)


def _goes(sheet: Sheet, old: Statistic, new: Statistic) -> bool:
    start = max(old.span.start - 20, 0)
    lead = sheet.text[start : old.span.end]
    number = re.search(r"(?:由|从)(?:\d{4}年[^\d，。；]{0,6})?\s?[\d,.]+[^\d，。；]{0,6}$", lead)
    gap = sheet.text[old.span.end : new.span.end]
    return bool(number and re.search(r"(?:到|至|为)", gap) and not re.search(r"[。；;]", gap))


def _change(old: Statistic, new: Statistic, change: Statistic, words: str) -> Iterator[Finding]:
    sign = 1 if _RISE.search(words) else -1 if _FALL.search(words) else 0
    if not sign:
        return
    if change.unit == "倍" and sign > 0 and old.value and not re.search(r"倍于|[到至为]", words):
        growth = float(new.value) / float(old.value) - 1
        holds = abs(growth - float(change.value)) <= half_step(change) + 1e-9
        relation = f"{show(new.value)}/{show(old.value)}-1={show(change.value)}"
        yield Finding(relation, holds, (old, new, change), float(change.value), round(growth, 6))
    elif change.measure is Measure.PERCENT and old.measure is not Measure.PERCENT and change.unit == "%" and old.value:
        slack = (
            100 * (half_step(new) + half_step(old) * float(new.value) / float(old.value)) / float(old.value) if _rounded(old, new) else 0.0
        )
        growth = sign * 100 * (float(new.value) - float(old.value)) / float(old.value)
        holds = abs(growth - float(change.value)) <= half_step(change) + slack + 1e-9
        relation = f"({show(new.value)}-{show(old.value)})/{show(old.value)}={show(sign * float(change.value))}%"
        yield Finding(relation, holds, (old, new, change), float(change.value), round(growth, 6))
    elif same_kind(old, change) or (old.unit == "%" and change.unit == "百分点"):
        difference = sign * (float(new.value) - float(old.value))
        slack = half_step(old) + half_step(new) + half_step(change) if _rounded(old, new, change) else 0.0
        holds = abs(difference - float(change.value)) <= slack + 1e-9
        first, last = (new, old) if sign > 0 else (old, new)
        yield Finding(
            f"{show(first.value)}-{show(last.value)}={show(change.value)}",
            holds,
            (old, new, change),
            float(change.value),
            round(difference, 6),
        )


def _rounded(*items: Statistic) -> bool:
    """Whether a figure is one that print rounds: with decimals, or in 万 and 亿."""
    return any(isinstance(item.value, float) or half_step(item) > 0.5 for item in items)


def averages(sheet: Sheet) -> Iterator[Finding]:
    """户均4亩 is 1200亩 over 300户: reported where a total and a count of its paragraph's sentence give the mean."""
    for sentence in sheet.sentences:
        for index, mean in enumerate(sentence):
            match = _MEAN.search(mean.quote) or _MEAN.search(mean.subject or "")
            if match is None or not match["of"] or not exact(mean) or not mean.value:
                continue
            near = sentence[max(0, index - 5) : index] + sentence[index + 1 : index + 3]
            found = _mean(mean, near, _HOLDERS[match["of"]])
            if found:
                yield found


def _mean(mean: Statistic, near: tuple[Statistic, ...], holders: frozenset[str]) -> Finding | None:
    for count in near:
        if count.unit not in holders or count.value < 2 or not exact(count):
            continue
        for total in near:
            if total is count or not same_kind(total, mean) or not exact(total) or total.value <= mean.value:
                continue
            computed = float(total.value) / float(count.value)
            low, high = bounds(total)
            half = half_step(mean)
            if low / float(count.value) - half <= float(mean.value) <= high / float(count.value) + half:
                relation = f"{show(total.value)}/{show(count.value)}={show(mean.value)}"
                return Finding(relation, True, (total, count, mean), float(mean.value), round(computed, 6))
    return None


def yearly(sheet: Sheet) -> Iterator[Finding]:
    """近三年流失87人,年均29人: a total over a number of years and its yearly mean."""
    for sentence in sheet.sentences:
        for total, mean in pairwise(sentence):
            if "年均" not in mean.quote or not same_kind(total, mean) or not exact(total) or not exact(mean) or not mean.value:
                continue
            words = re.findall(
                r"(?:近|过去|这|前|连续)的?(\d{1,2}|[两三四五六七八九十])年", sheet.before(total, 24).rpartition("。")[2] + total.quote
            )
            years = read(words[-1]) if words else None
            if years and abs(float(total.value) / float(years) - float(mean.value)) <= half_step(mean) + 1e-9:
                relation = f"{show(total.value)}/{show(float(years))}={show(mean.value)}"
                yield Finding(relation, True, (total, mean), float(mean.value), round(float(total.value) / float(years), 6))


def products(sheet: Sheet) -> Iterator[Finding]:
    """每人3000元 for 50人 makes 15万元."""
    for sentence in sheet.sentences:
        for index, rate in enumerate(sentence):
            match = _EACH.search(sheet.before(rate, 6) + rate.quote)
            if match is None or not exact(rate) or rate.measure not in (Measure.MONEY, Measure.WEIGHT, Measure.AREA):
                continue
            units = _HOLDERS.get(match["unit"], frozenset((match["unit"],)))
            near = sentence[max(0, index - 3) : index] + sentence[index + 1 : index + 4]
            for count in near:
                for total in near:
                    made = float(count.value) * float(rate.value)
                    if (
                        count is total
                        or count.unit not in units
                        or not same_kind(total, rate)
                        or count.value < 2
                        or not exact(count)
                        or not exact(total)
                    ):
                        continue
                    if abs(made - float(total.value)) <= max(half_step(total) if _rounded(total) else 0.0, 1e-9):
                        relation = f"{show(count.value)}×{show(rate.value)}={show(total.value)}"
                        yield Finding(relation, True, (count, rate, total), float(total.value), made)
