"""Proportions in signs: 三次产业比19.1:28.3:52.6 makes 100 and gives the shares of the parts; 城乡收入比2.13:1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.findings import CheckKind, Quote, Statistic
from ingest.extract.check_terms import Finding, Sheet, exact, half_step, show

_PART = r"\d{1,3}(?:\.\d{1,3})?"
_SPLIT = re.compile(rf"(?<![\d:.])(?:{_PART}\s?:\s?){{1,3}}{_PART}(?![\d:]|\.\d)")
_CUE = re.compile(r"(?:比|比例|比重|结构|构成)[^，,。；;]{0,40}$")
_PARTS_OF_ALL = re.compile(r"产业[^，,。；;]{0,30}$|(?:比重|构成|结构)[^，,。；;]{0,20}$")
_ONE = re.compile(r"(?:收入|差距|倍差)[^，,。；;\d]{0,6}(?:比|比例|倍)[^，,。；;]{0,24}$")
_PLAIN = re.compile(r"(?<=[到为至])\d\.\d{1,2}(?![\d:%.万亿元])")
_THEIRS = re.compile(r"[，,]?城乡(?:居民)?(?:人均)?(?:可支配)?收入(?:之?比|倍差)(?:例?(?:为|达到?|(?:缩小|下降|降低|降|扩大)[到至为]))?")
_INCOME = re.compile(r"(城镇|城市|农村|乡村)(?:常住)?居民(?:年?人均)?可支配收入")
_SENTENCE = 200
_OTHERS = re.compile(r"上年|去年|全国|全省|目标|预期|计划")
_URBAN, _RURAL = ("城镇", "城市", "市民"), ("农村", "农民", "乡村")


def ratios(sheet: Sheet, found: Sequence[Finding]) -> Iterator[Finding]:
    """Every proportion of the text whose words say so; `found` has the totals with their parts."""
    yield from _income_gaps(sheet)
    if ":" not in sheet.text:
        return
    sums: dict[str, list[Finding]] = {}
    for one in found:
        if one.kind is CheckKind.SUM and one.holds and one.statistics:
            sums.setdefault(one.statistics[0].id, []).append(one)
    for match in _SPLIT.finditer(sheet.text):
        before = sheet.text[max(0, match.start() - 48) : match.start()].rpartition("\n")[2]
        parts = [piece.strip() for piece in match[0].split(":")]
        if not _CUE.search(before):
            continue
        quote = sheet.quote(match)
        if parts[-1] == "1" and len(parts) == 2:
            if _ONE.search(before):
                yield from _levels(sheet, match.start(), float(parts[0]), _half(parts[0]), quote)
                yield from _missed(sheet, match.start(), float(parts[0]), _half(parts[0]), quote)
            continue
        total, margin = sum(map(float, parts)), sum(map(_half, parts))
        off = abs(total - 100)
        if off <= margin + 1e-9:
            yield Finding(CheckKind.SUM, "+".join(parts) + "=100", True, (), 100.0, round(total, 6), (quote,))
            yield from _shares(sheet, match.start(), parts, sums, quote)
        elif len(parts) > 2 and off < 10 and _PARTS_OF_ALL.search(before) and any("." in part for part in parts):
            yield Finding(CheckKind.SUM, "+".join(parts) + "=100", False, (), 100.0, round(total, 6), (quote,))


def _income_gaps(sheet: Sheet) -> Iterator[Finding]:
    """城乡居民收入比缩小到2.13, without the :1."""
    for match in _PLAIN.finditer(sheet.text) if "收入比" in sheet.text or "倍差" in sheet.text else ():
        if _ONE.search(sheet.text, max(0, match.start() - 48), match.start()):
            yield from _levels(sheet, match.start(), float(match[0]), _half(match[0]), sheet.quote(match))


def _half(part: str) -> float:
    return 0.5 / 10.0 ** len(part.partition(".")[2])


def _shares(sheet: Sheet, at: int, parts: Sequence[str], sums: Mapping[str, Sequence[Finding]], quote: Quote) -> Iterator[Finding]:
    """The shares of the last total before that has as many parts, where they are what the proportion says."""
    for found in (
        one for item in reversed(sheet.within(at - 600, at)) for one in sums.get(item.id, ()) if len(one.statistics) == len(parts) + 1
    ):
        whole = max(found.statistics, key=lambda item: item.value)
        rest = [item for item in found.statistics if item is not whole]
        shares = [100 * float(item.value) / float(whole.value) for item in rest]
        if all(abs(share - float(part)) <= 2 * _half(part) for share, part in zip(shares, parts, strict=True)):
            relation = "; ".join(f"{show(item.value)}/{show(whole.value)}={part}%" for item, part in zip(rest, parts, strict=True))
            yield Finding(CheckKind.SHARE, relation, True, (whole, *rest), printed=(quote,))
            return


def _levels(sheet: Sheet, at: int, ratio: float, half: float, quote: Quote) -> Iterator[Finding]:
    """Urban over rural income, both printed before, where their quotient is the proportion."""
    before = [item for item in sheet.within(at - 600, at)[-24:] if item.unit == "元" and exact(item) and not sheet.is_change(item)]
    for urban in reversed(before):
        for rural in reversed(before):
            named = any(word in (urban.subject or "") for word in _URBAN) and any(word in (rural.subject or "") for word in _RURAL)
            if named and _quotient(urban, rural, ratio, half):
                relation = f"{show(urban.value)}/{show(rural.value)}={show(ratio)}"
                yield Finding(CheckKind.RATIO, relation, True, (urban, rural), ratio, round(urban.value / rural.value, 6), (quote,))
                return


def _missed(sheet: Sheet, at: int, ratio: float, half: float, quote: Quote) -> Iterator[Finding]:
    """An income ratio directly after the two incomes that it is of, and no others in the sentence, that cannot be their quotient."""
    opens = max(sheet.text.rfind(end, max(0, at - _SENTENCE), at) for end in "。；;\n")
    if opens < 0 and at > _SENTENCE:
        return
    said = [item for item in sheet.within(opens + 1, at) if item.span.end <= at]
    incomes = [item for item in said if item.unit == "元"]
    if len(incomes) != 2 or not all(item.unit in ("元", "%") for item in said) or not _THEIRS.fullmatch(sheet.text[said[-1].span.end : at]):
        return
    urban, rural = incomes
    named = [match[1][0] for item in incomes if (match := _INCOME.fullmatch(item.subject or ""))]
    alike = (urban.period, urban.place, urban.status) == (rural.period, rural.place, rural.status)
    if not alike or not all(exact(item) and not sheet.is_change(item) for item in incomes) or _OTHERS.search(sheet.text, opens + 1, at):
        return
    if named in (["城", "农"], ["城", "乡"]) and not _quotient(urban, rural, ratio, half):
        relation = f"{show(urban.value)}/{show(rural.value)}={show(ratio)}"
        yield Finding(CheckKind.RATIO, relation, False, (urban, rural), ratio, round(urban.value / rural.value, 6), (quote,))


def _quotient(one: Statistic, other: Statistic, ratio: float, half: float) -> bool:
    low = (float(one.value) - half_step(one)) / (float(other.value) + half_step(other))
    high = (float(one.value) + half_step(one)) / max(float(other.value) - half_step(other), 1e-9)
    return low - half <= ratio + 1e-9 and ratio <= high + half + 1e-9
