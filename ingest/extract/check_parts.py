"""Shares (278 of 350 is 79.4%), parts that must not exceed their whole, and parts that add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.findings import Measure, Statistic
from ingest.extract.check_terms import Finding, Sheet, bounds, exact, half_step, same_kind, show

_SHARE = re.compile(r"占比?|比例|比重|占到")
_RATE = re.compile(r"率")
_CLOSED = re.compile(r"[；;。]")
_AMONG = re.compile(r"其中[:：，,]?")
_LISTS = re.compile(r"其中|分别|包括|包含|分为|含|由|[:(]|即")
_BUT_NOT = re.compile(r"总(?:面积|人口|户数|人数|数|量|额|产值)")


def shares(sheet: Sheet) -> Iterator[Finding]:
    """A percentage of 占, 占比 or 率 with the two counts before it whose quotient it is."""
    for sentence in sheet.sentences:
        for index, item in enumerate(sentence):
            if item.unit != "%" or item.max_value is not None:
                continue
            words = (item.subject or "") + item.quote
            named = bool(_SHARE.search(words))
            if not named and not _RATE.search(words):
                continue
            counts = [other for other in sentence[max(0, index - 6) : index] if other.measure is not Measure.PERCENT and other.value > 0]
            yield from _share(sheet, item, counts, named)


def _share(sheet: Sheet, item: Statistic, counts: list[Statistic], named: bool) -> Iterator[Finding]:
    for part in reversed(counts):
        for whole in reversed(counts):
            if (
                part is whole
                or not same_kind(part, whole)
                or part.value > whole.value
                or _CLOSED.search(sheet.between(min(part, whole, key=_start), item))
            ):
                continue
            holds = _quotient(part, whole, item)
            if holds:
                yield _as_share(part, whole, item, holds)
                return
    if named and len(counts) >= 2 and _direct(sheet, counts[-2], counts[-1], item):
        yield _as_share(counts[-1], counts[-2], item, _quotient(counts[-1], counts[-2], item))


def _start(item: Statistic) -> int:
    return item.span.start


def _direct(sheet: Sheet, whole: Statistic, part: Statistic, item: Statistic) -> bool:
    """网格员350人,其中党员278人,占比为…: nothing but the share itself stands after the part, and no other whole is named."""
    gap = sheet.between(part, item)
    return (
        bool(_AMONG.search(sheet.between(whole, part)))
        and same_kind(whole, part)
        and part.value <= whole.value
        and len(gap) <= 2
        and not _CLOSED.search(gap)
        and not _BUT_NOT.search(item.quote)
        and bool(re.match(r"占比?(?:为|达|达到)?\d", item.quote.replace("％", "%")) or item.quote.startswith("占比"))
    )


def _quotient(part: Statistic, whole: Statistic, item: Statistic) -> bool | None:
    """Whether part/whole can be the percentage; None where the print leaves it open."""
    low_part, high_part = bounds(part)
    low_whole, high_whole = bounds(whole)
    low = 100 * low_part / high_whole if high_whole else 0.0
    high = 100 * high_part / low_whole if low_whole else float("inf")
    value, half = float(item.value), half_step(item) + 1e-9
    least, most = (value - half, value + half) if exact(item) else bounds(item)
    if high < least or low > most:
        return False
    if exact(part) and exact(whole) and (exact(item) or (least <= low and high <= most)):
        return True
    return None


def _as_share(part: Statistic, whole: Statistic, item: Statistic, holds: bool | None) -> Finding:
    relation = f"{show(part.value)}/{show(whole.value)}={show(item.value)}%"
    return Finding(relation, holds, (whole, part, item), float(item.value), round(100 * part.value / whole.value, 6))


def parts(sheet: Sheet) -> Iterator[Finding]:
    """A part named with 其中 is no more than its whole."""
    for sentence in sheet.sentences:
        for index, item in enumerate(sentence):
            whole = _whole_of(sheet, sentence, index)
            if whole is None or not same_kind(whole, item) or item.measure is Measure.PERCENT:
                continue
            least, most = bounds(item)[0], bounds(whole)[1]
            holds: bool | None = True if bounds(item)[1] <= bounds(whole)[0] else None
            if least > most:
                holds = False
            if holds is not None:
                yield Finding(f"{show(item.value)}<={show(whole.value)}(其中)", holds, (whole, item), float(item.value), float(whole.value))


def _whole_of(sheet: Sheet, sentence: tuple[Statistic, ...], index: int) -> Statistic | None:
    """The figure before the 其中 that the figure at `index` directly follows."""
    item = sentence[index]
    if index == 0:
        return None
    gap = sheet.text[sentence[index - 1].span.end : item.span.end]
    at = gap.find("其中")
    return sentence[index - 1] if 0 <= at <= 3 and not _CLOSED.search(gap[:at]) else None


def sums(sheet: Sheet) -> Iterator[Finding]:
    """A total and the parts that its sentence lists after it: 共20个,其中村级12个、镇级8个."""
    for sentence in sheet.sentences:
        for index, whole in enumerate(sentence):
            items = _listed(sheet, whole, sentence[index + 1 :])
            for size in range(len(items), 1, -1):
                chosen = items[:size]
                total = sum(item.value for item in chosen)
                half = half_step(whole) if isinstance(whole.value, float) or half_step(whole) > 0.5 else 0.0
                if abs(total - whole.value) <= half + 1e-9 * max(1.0, float(whole.value)):
                    relation = "+".join(show(item.value) for item in chosen) + f"={show(whole.value)}"
                    yield Finding(relation, True, (whole, *chosen), float(whole.value), float(total))
                    break


def _listed(sheet: Sheet, whole: Statistic, rest: tuple[Statistic, ...]) -> list[Statistic]:
    """The exact figures of the same unit that a list after `whole` holds."""
    if not exact(whole) or whole.value <= 1 or not rest or not _LISTS.search(sheet.text[whole.span.end : rest[0].span.end]):
        return []
    found: list[Statistic] = []
    for item in rest[:12]:
        if _CLOSED.search(sheet.between(whole, item)) or (item.value > whole.value and same_kind(item, whole)):
            break
        if same_kind(item, whole) and exact(item) and item.measure is not Measure.PERCENT:
            found.append(item)
    return found
