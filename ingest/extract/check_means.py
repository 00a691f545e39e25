"""Averages (户均, 平均每村), yearly means and products of an amount for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.findings import CheckKind, Measure, Statistic
from ingest.extract.check_terms import Finding, Sheet, bounds, chance, exact, half_step, rounded, same_kind, show
from ingest.extract.numerals import read

_MEAN = re.compile(r"(?P<of>[户人亩村社镇])均|平均每(?:一?[个名位户亩头家所])?(?P<noun>[^，。；;\d]{1,4})|每(?P<each>[户人亩村镇社])平均")
_HOLDERS = {
    "户": frozenset("户"),
    "人": frozenset("人名位"),
    "亩": frozenset("亩"),
    "村": frozenset("个"),
    "镇": frozenset("个"),
    "社": frozenset("个家"),
}
_EACH = re.compile(r"每一?(?P<unit>平方米|公里|公斤|[一-鿿])")
_YEARS = re.compile(r"(?:近|过去|这|前|连续)的?(\d{1,2}|[两三四五六七八九十])年")
_BY_CHANCE, _ROUGH = 0.05, 0.1


def averages(sheet: Sheet) -> Iterator[Finding]:
    """户均4亩 is 1200亩 over 300户: reported where a total and a count of its sentence, or of the one before, give the mean."""
    for sentence in sheet.sentences if "均" in sheet.text else ():
        for index, mean in enumerate(sentence):
            if "均" not in mean.quote and "均" not in (mean.subject or "") and "均" not in sheet.lead(mean):
                continue
            match = _MEAN.search(mean.quote) or _MEAN.search(mean.subject or "") or _MEAN.search(sheet.lead(mean)[-10:])
            if match is None or not mean.value or sheet.is_change(mean):
                continue
            inside = sentence[max(0, index - 5) : index] + sentence[index + 1 : index + 3]
            found = _mean(sheet, mean, inside, match, limit=1.0) or _mean(sheet, mean, sheet.near(mean, 10, 240), match, limit=_BY_CHANCE)
            if found:
                yield found


def _mean(sheet: Sheet, mean: Statistic, near: Sequence[Statistic], match: re.Match[str], limit: float) -> Finding | None:
    pairs = [
        (total, count)
        for count in near
        if count.value >= 2 and exact(count) and _holds(count, match)
        for total in near
        if total is not count and same_kind(total, mean) and exact(total) and total.value > mean.value and not sheet.is_change(total)
    ]
    least, most = bounds(mean)
    half = half_step(mean) if exact(mean) else 0.0
    width = 2 * half if exact(mean) else _ROUGH * float(mean.value)
    if chance(len(pairs), width, float(mean.value)) > (limit if exact(mean) else 2 * _BY_CHANCE):
        return None
    if not exact(mean):  # 超过6000 may be read off 6100, hardly off 24000
        least, most = max(least, float(mean.value) * (1 - _ROUGH)), min(most, float(mean.value) * (1 + _ROUGH))
    for total, count in pairs:
        low, high = (edge / float(count.value) for edge in bounds(total))
        if low <= max(most, float(mean.value) + half) and high >= min(least, float(mean.value) - half):
            relation = f"{show(total.value)}/{show(count.value)}={show(mean.value)}"
            return Finding(
                CheckKind.AVERAGE,
                relation,
                True,
                (total, count, mean),
                float(mean.value),
                round(float(total.value) / float(count.value), 6),
            )
    return None


def _holds(count: Statistic, match: re.Match[str]) -> bool:
    """Whether a figure counts what the mean is taken over: 300户 for 户均, 8个村 for 平均每村."""
    of = match["of"] or match["each"] or match["noun"]
    subject = (count.subject or "") + count.quote
    for end in range(len(of), 0, -1):
        holder = of[:end]
        if holder in _HOLDERS:
            return count.unit in _HOLDERS[holder] and (holder not in "村镇社" or holder in subject)
        if end > 1 and holder in subject:
            return True
    return False


def yearly(sheet: Sheet) -> Iterator[Finding]:
    """近三年流失87人,年均29人: a total over a number of years and its yearly mean."""
    for sentence in sheet.sentences if "年均" in sheet.text else ():
        for total, mean in pairwise(sentence):
            if "年均" not in mean.quote or not same_kind(total, mean) or not exact(total) or not exact(mean) or not mean.value:
                continue
            start = max(total.span.start - 24, sheet.text.rfind("。", 0, total.span.start) + 1)
            said = list(_YEARS.finditer(sheet.text, start, total.span.end))
            years = read(said[-1][1]) if said else None
            if years and abs(float(total.value) / float(years) - float(mean.value)) <= half_step(mean) + 1e-9:
                relation = f"{show(total.value)}/{show(float(years))}={show(mean.value)}"
                computed = round(float(total.value) / float(years), 6)
                yield Finding(CheckKind.AVERAGE, relation, True, (total, mean), float(mean.value), computed, (sheet.quote(said[-1]),))


def products(sheet: Sheet) -> Iterator[Finding]:
    """每人3000元 for 50人 makes 15万元."""
    for sentence in sheet.sentences if "每" in sheet.text else ():
        for index, rate in enumerate(sentence):
            if not exact(rate) or rate.measure not in (Measure.MONEY, Measure.WEIGHT, Measure.AREA, Measure.COUNT, Measure.LENGTH):
                continue
            words = sheet.before(rate, 6) + rate.quote
            match = _EACH.search(words) if "每" in words else None
            if match is None:
                continue
            near = sentence[max(0, index - 3) : index] + sentence[index + 1 : index + 4]
            yield from _product(rate, match["unit"], near)


def _product(rate: Statistic, unit: str, near: Sequence[Statistic]) -> Iterator[Finding]:
    units = _HOLDERS.get(unit, frozenset((unit,)))
    for count in near:
        if count.unit not in units or count.value < 2 or not exact(count):
            continue
        made = float(count.value) * float(rate.value)
        for total in near:
            if count is total or not same_kind(total, rate) or not exact(total):
                continue
            if abs(made - float(total.value)) <= max(half_step(total) if rounded(total) else 0.0, 1e-9):
                relation = f"{show(count.value)}×{show(rate.value)}={show(total.value)}"
                yield Finding(CheckKind.PRODUCT, relation, True, (count, rate, total), float(total.value), made)
