"""Shares (278 of 350 is 79.4%), parts that must not exceed their whole, and parts that add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from archive.findings import Measure, Statistic
from ingest.extract.check_terms import PEOPLE, Finding, Sheet, bounds, exact, half_step, same_kind, show
from ingest.extract.numerals import read

_SHARE = re.compile(r"占比?|比例|比重|占到")
_RATE = re.compile(r"率")
_OF_WHOLE = re.compile(r"占(?:到|了)?(?P<noun>[^，。；\d占]{2,14}?)的?(?:比例|比重)?(?:为|达到?|约|近|超过?)?\d")
_SOME_OF = re.compile(r"中[，,]?[仅只]?有?$")
_NAMED_RATE = re.compile(r"[，,、]?(?:平均|目前|现)?(?P<stem>[^，。；\d]{2})率(?:已|为|是|达|达到|约|到){0,2}\d[\d.]*[%％]")
_PLACES = frozenset("张个套间户床")
_TENANTS = PEOPLE | {"户"}
_DEEDS = ("办结", "组建", "整改", "化解", "调处", "销号", "答复", "回复", "入住")
_TOTAL = re.compile(r"(?P<size>[两二三四五六])?(?:项|者|类|处|地)?(?:合计|共计|总计|相加)[^，。；\d]{0,6}\d")
_CLOSED = re.compile(r"[；;]|。(?!其中)")
_FULL_STOP = re.compile(r"。(?!其中)|\n")
_MORE = re.compile(r"^(?:同比|比|较)?[^，。；\d]{0,6}(?:增加|减少|增长|下降|多|少)了?\d")
_AMONG = re.compile(r"其中[:：，,]?")
_LISTS = re.compile(r"其中|分别|包括|包含|分为|含|由|[:(]|即")
_BUT_NOT = re.compile(r"总(?:面积|人口|户数|人数|数|量|额|产值)")


def shares(sheet: Sheet) -> Iterator[Finding]:
    """A percentage of 占, 占比 or 率 with the two counts before it whose quotient it is."""
    for sentence in sheet.sentences:
        whole: Statistic | None = None
        for index, item in enumerate(sentence):
            if item.unit != "%" or item.max_value is not None:
                continue
            words = (item.subject or "") + item.quote
            named = bool(_SHARE.search(words))
            if not named and not _RATE.search(words):
                continue
            counts = [other for other in sentence[max(0, index - 6) : index] if other.measure is not Measure.PERCENT and other.value > 0]
            found = tuple(_share(sheet, item, counts, named))
            yield from found
            if found:
                whole = found[0].statistics[0]
            elif whole and counts and (named or _one_noun(counts[-1], whole)) and _parallel(sheet, counts[-1], whole, item):
                yield _as_share(counts[-1], whole, item, _quotient(counts[-1], whole, item))


def _one_noun(part: Statistic, whole: Statistic) -> bool:
    return bool(whole.subject and (part.subject or "").endswith(whole.subject[-2:]))


def _parallel(sheet: Sheet, part: Statistic, whole: Statistic, item: Statistic) -> bool:
    """…;80岁以上3万人,占3%: of the whole before."""
    near = same_kind(part, whole) and part.value <= whole.value and len(sheet.between(part, item)) <= 2
    return near and bool(_quotient(part, whole, item))


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
    whole_said = _elsewhere(sheet, item, counts[-1]) if counts else None
    if whole_said is not None and _quotient(counts[-1], whole_said, item):
        yield _as_share(counts[-1], whole_said, item, _quotient(counts[-1], whole_said, item))
        return
    told = _direct if named else _rate_of
    if not named and counts and (whole_done := _done_of(sheet, item, counts[-1])):
        yield _as_share(counts[-1], whole_done, item, _quotient(counts[-1], whole_done, item))
        return
    if len(counts) >= 2 and told(sheet, counts[-2], counts[-1], item):
        yield _as_share(counts[-1], counts[-2], item, _quotient(counts[-1], counts[-2], item))


def _elsewhere(sheet: Sheet, item: Statistic, part: Statistic) -> Statistic | None:
    """The whole that 占耕地面积的60.1% names, where an earlier sentence counted it: the last figure of that noun before the part."""
    match = _OF_WHOLE.search(item.quote)
    if match is None:
        return _all_of(sheet, item, part)
    noun = match["noun"].removeprefix("全县").removeprefix("全市").removeprefix("全区").removeprefix("全国")
    return next((other for other in sheet.named(noun, before=part) if same_kind(other, part) and other.value > part.value), None)


def _rate_of(sheet: Sheet, whole: Statistic, part: Statistic, item: Statistic) -> bool:
    """120个站点中有30个停用,停用率25%: the rate is named after what the part does."""
    rate = re.search(r"(?P<stem>[^，。；\d]{2})率", item.quote)
    return bool(
        rate
        and same_kind(whole, part)
        and part.value <= whole.value
        and _SOME_OF.search(sheet.between(whole, part))
        and rate["stem"] in sheet.text[part.span.start : item.span.start]
        and len(sheet.between(part, item)) <= 12
        and not _CLOSED.search(sheet.between(whole, item))
    )


def _all_of(sheet: Sheet, item: Statistic, part: Statistic) -> Statistic | None:
    """成立业委会的小区469个,组建率为53.5%: of all 小区 that an earlier sentence counted, where that gives the rate to its decimals."""
    noun = (part.subject or "")[-2:]
    if len(noun) < 2 or float(item.value).is_integer() or not _NAMED_RATE.match(sheet.text, part.span.end, item.span.end):
        return None
    for whole in islice(sheet.named(noun, before=part), 12):
        if len(whole.subject or "") <= 6 and same_kind(whole, part) and _quotient(part, whole, item):
            return whole
    return None


def _done_of(sheet: Sheet, item: Statistic, part: Statistic) -> Statistic | None:
    """形成决议1104项,已办结987项,办结率92.4%: the rate is named after the verb of the part, and this is the whole of it.

    A whole that is counted in another unit (床位860张,入住713人) or stands further back must give the printed rate; the count
    just before, of the same noun, is the whole in any case.
    """
    rate = _NAMED_RATE.match(sheet.text, part.span.end, item.span.end)
    clause = re.split(r"[，,。；;：:\n]", sheet.text[max(0, part.span.start - 12) : part.span.end])[-1]
    if not rate or rate["stem"] not in clause or not exact(item) or not exact(part):
        return None
    before = [other for other in sheet.near(part) if other.measure is not Measure.PERCENT and other.value >= part.value]
    for whole in reversed(before):
        if (same_kind(whole, part) or (whole.unit in _PLACES and part.unit in _TENANTS)) and exact(whole) and _quotient(part, whole, item):
            return whole
    last = before[-1] if before else None
    if last is None or not exact(last) or not same_kind(last, part) or not sheet.just_before(last, part):
        return None
    deed = rate["stem"] in _DEEDS and clause.lstrip("已共").startswith(rate["stem"])
    obvious = (deed or last.subject == part.subject) and not _CLOSED.search(sheet.between(last, item))
    return last if obvious else None


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
    if not 0 <= at <= 3 or _CLOSED.search(gap[:at]):
        return None
    whole = sentence[index - 1]
    if index > 1 and _MORE.search(whole.quote) and same_kind(whole, sentence[index - 2]):  # 1126人,比上年增加94人,其中…: of the 1126
        return sentence[index - 2]
    return whole


def sums(sheet: Sheet) -> Iterator[Finding]:
    """A total and the parts that its sentence lists after it: 共20个,其中村级12个、镇级8个."""
    for sentence in sheet.sentences:
        for index, whole in enumerate(sentence):
            items = _listed(sheet, whole, sentence[index + 1 : index + 13])
            for size in range(len(items), 1, -1):
                chosen = items[:size]
                total = sum(item.value for item in chosen)
                half = half_step(whole) if isinstance(whole.value, float) or half_step(whole) > 0.5 else 0.0
                if abs(total - whole.value) <= half + 1e-9 * max(1.0, float(whole.value)):
                    relation = "+".join(show(item.value) for item in chosen) + f"={show(whole.value)}"
                    yield Finding(relation, True, (whole, *chosen), float(whole.value), float(total))
                    break


def totals(sheet: Sheet) -> Iterator[Finding]:
    """A total after its parts: 造林2万亩、种草3万亩,两项合计5万亩. It cannot hold only where the print says how many parts there are."""
    for sentence in sheet.sentences:
        for index, whole in enumerate(sentence):
            lead = _TOTAL.search(sheet.before(whole, 8) + sheet.text[whole.span.start : whole.span.end])
            if lead is None or index < 2 or not exact(whole) or whole.measure is Measure.PERCENT:
                continue
            size = int(read(lead["size"]) or 0) if lead["size"] else 0
            near = sentence[max(0, index - (size or 6)) : index]
            if size > index or not all(same_kind(item, whole) and exact(item) for item in near[-max(size, 2) :]):
                continue
            half = sum(half_step(item) for item in (whole, *near)) if isinstance(whole.value, float) or half_step(whole) > 0.5 else 0.0
            for count in [size] if size else range(2, len(near) + 1):
                chosen = near[-count:]
                total = sum(float(item.value) for item in chosen)
                holds = abs(total - float(whole.value)) <= half + 1e-9 * max(1.0, float(whole.value))
                if not all(same_kind(item, whole) and exact(item) for item in chosen):
                    break
                if holds or size:
                    relation = "+".join(show(item.value) for item in chosen) + f"={show(whole.value)}"
                    yield Finding(relation, holds, (*chosen, whole), float(whole.value), total)
                    break


def _listed(sheet: Sheet, whole: Statistic, rest: tuple[Statistic, ...]) -> list[Statistic]:
    """The exact figures of the same unit that a list after `whole` holds."""
    first = next((index for index, item in enumerate(rest) if same_kind(item, whole)), 0)
    rest = rest[first:]  # 小区876个,居民38万户,其中物业小区512个
    lead = sheet.text[whole.span.end : rest[0].span.end] if rest else ""
    if not exact(whole) or whole.value <= 1 or not (_AMONG if first else _LISTS).search(lead):
        return []
    ends = _FULL_STOP if "其中" in lead else _CLOSED  # 其中…;…;… lists over semicolons
    found: list[Statistic] = []
    for item in rest[:12]:
        if ends.search(sheet.between(whole, item)) or (item.value > whole.value and same_kind(item, whole)):
            break
        if same_kind(item, whole) and exact(item) and item.measure is not Measure.PERCENT:
            found.append(item)
    return found
