"""Shares: 278 of 350 is 79.4%. The whole stands before the part, in the words of the share (占耕地86万亩的12%), or some sentences back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from archive.findings import CheckKind, Measure, Statistic
from ingest.extract.check_terms import PEOPLE, Finding, Sheet, bounds, chance, exact, half_step, same_kind, show

_SHARE = re.compile(r"占|比例|比重")
_RATE = re.compile(r"率|进度")
_PLAN = re.compile(r"(?:完成|为|达到)[^，。；;\d]{0,12}(?:计划|预算|任务|目标|指标)[^，。；;\d]{0,6}$")
_OF_WHOLE = re.compile(r"占(?:到|了)?(?P<noun>[^，。；\d占]{2,14}?)的?(?:比例|比重)?(?:仅?为|达到?|约|近|超过?)?\d")
_IN_WORDS = re.compile(r"^[，,]?(?:仅|只|约)?(?:占|为[^，。；;\d]{0,6}(?:计划|预算|任务|目标))[^，。；;\d]{0,16}$")
_OF = re.compile(r"^的(?:比例|比重)?(?:仅|约|为|达)?$")
_EACH = re.compile(r"^[，,、]?分别(?:占|为)[^，。；;\d]{0,20}$")
_LISTED = ("、", "和", "与", "及", "以及")
_ALL = re.compile(r"总(?:人口|人数|户数|数|量|额|面积)$|^(?:全部|总|$)")
_SOME_OF = re.compile(r"中[，,]?[仅只]?有?$")
_NAMED_RATE = re.compile(r"[，,、]?(?:平均|目前|现)?(?P<stem>[^，。；\d]{2})率(?:已|为|是|达|达到|约|到){0,2}\d[\d.]*[%％]")
_PLACES = frozenset("张个套间户床")
_TENANTS = PEOPLE | {"户"}
_DEEDS = ("办结", "组建", "整改", "化解", "调处", "销号", "答复", "回复", "入住")
_CLOSED = re.compile(r"[；;]|。(?!其中)")
_AMONG = re.compile(r"其中[:：，,]?")
_BUT_NOT = re.compile(r"总(?:面积|人口|户数|人数|数|量|额|产值)")
_HERE = re.compile(r"^(?:全[县市区国乡镇村]|我[县市区]|该[县市区镇村])")
_NAMED_ALIKE, _BY_TAIL = 0.12, 0.03
"""How likely a coincidence may be: within the sentence; where only the end of a noun or the place in the text speaks for it."""


def shares(sheet: Sheet) -> Iterator[Finding]:
    """A percentage of 占, 占比, 率 or 完成计划 with the two figures whose quotient it is."""
    for sentence in sheet.sentences:
        if not any(item.unit == "%" for item in sentence):
            continue
        yield from _each_of(sheet, sentence)
        whole: Statistic | None = None
        for index, item in enumerate(sentence):
            if item.unit != "%" or item.max_value is not None or not item.value or sheet.is_change(item):
                continue
            lead = sheet.lead(item)
            if "分别" in lead or (index and sentence[index - 1].unit == "%" and lead in _LISTED):
                continue
            words = (item.subject or "") + lead[-8:] + item.quote
            named = bool(_SHARE.search(words) or _PLAN.search(lead) or _OF.match(lead))
            if not named and not _RATE.search(words):
                continue
            counts = [
                other
                for other in sentence[max(0, index - 6) : index]
                if other.measure is not Measure.PERCENT and other.value > 0 and not sheet.is_change(other)
            ]
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


def _each_of(sheet: Sheet, sentence: tuple[Statistic, ...]) -> Iterator[Finding]:
    """41名、58名、27名,分别占32.5%、46%和21.4%: each of the whole before them, or of one in its own unit (户, 人)."""
    for index in range(2, len(sentence) - 1):
        if sentence[index].unit != "%" or not _EACH.search(sheet.lead(sentence[index])):
            continue
        rates = list(takewhile(lambda item: item.unit == "%", sentence[index : index + 8]))
        shared = sentence[max(0, index - len(rates)) : index]
        if len(rates) < 2 or len(shared) != len(rates) or any(part.unit == "%" for part in shared):
            continue
        wholes = [whole for whole in sheet.near(shared[0], 20, 400) if exact(whole) and sheet.adds_up(whole)]
        for part, item in zip(shared, rates, strict=True):
            found = [whole for whole in reversed(wholes) if same_kind(whole, part) and whole.value >= part.value]
            for tries, whole in enumerate(found, 1):
                if _quotient(part, whole, item) and chance(tries, 2 * half_step(item), float(item.value)) <= _BY_TAIL:
                    yield _as_share(part, whole, item, holds=True)
                    break


def _share(sheet: Sheet, item: Statistic, counts: Sequence[Statistic], named: bool) -> Iterator[Finding]:
    if len(counts) > 1 and _in_words(sheet, counts[-2], counts[-1], item):
        yield _as_share(counts[-2], counts[-1], item, _quotient(counts[-2], counts[-1], item))
        return
    if (pair := _in_sentence(sheet, item, counts)) or (counts and (pair := _further_back(sheet, item, counts[-1], named))):
        yield _as_share(*pair, item, _quotient(*pair, item))
        return
    told = _direct if named else _rate_of
    if not named and counts and (whole_done := _done_of(sheet, item, counts[-1])):
        yield _as_share(counts[-1], whole_done, item, _quotient(counts[-1], whole_done, item))
    elif len(counts) >= 2 and told(sheet, counts[-2], counts[-1], item):
        yield _as_share(counts[-1], counts[-2], item, _quotient(counts[-1], counts[-2], item))
    elif counts and (pair := _beside(sheet, item, counts[-1])):
        yield _as_share(*pair, item, holds=True)


def _in_words(sheet: Sheet, part: Statistic, whole: Statistic, item: Statistic) -> bool:
    """完成61646万元,占年初预算109466万元的56.3%: the share names its whole with its figure."""
    return (
        same_kind(part, whole)
        and (part.value <= whole.value or item.value > 100)
        and bool(_IN_WORDS.match(sheet.lead(whole)))
        and bool(_OF.match(sheet.lead(item)))
    )


def _in_sentence(sheet: Sheet, item: Statistic, counts: Sequence[Statistic]) -> tuple[Statistic, Statistic] | None:
    """The nearest two figures of the clauses before whose quotient is the percentage."""
    tries = 0
    for part in reversed(counts):
        for whole in reversed(counts):
            if part is whole or not same_kind(part, whole) or part.value > whole.value:
                continue
            if _CLOSED.search(sheet.between(part if part.span.start < whole.span.start else whole, item)):
                continue
            tries += 1
            if _quotient(part, whole, item):
                limit = 1.0 if part is counts[-1] and whole is counts[-2] else _NAMED_ALIKE
                return (part, whole) if chance(tries, 2 * half_step(item), float(item.value)) <= limit else None
    return None


def _further_back(sheet: Sheet, item: Statistic, part: Statistic, named: bool) -> tuple[Statistic, Statistic] | None:
    """The whole that 占耕地面积的60.1% names, where an earlier sentence counted it; or all of the part's noun for a rate."""
    match = _OF_WHOLE.search(item.quote) or _OF_WHOLE.search(sheet.lead(item)[-24:] + "0") if named else None
    if match is None:
        whole = _all_of(sheet, item, part)
        return (part, whole) if whole else None
    noun = _HERE.sub("", match["noun"])
    for whole in islice(sheet.named(noun, before=part), 6):
        if same_kind(whole, part) and whole.value > part.value:
            said = whole.subject == match["noun"] and len(noun) > 3 and sheet.just_before(whole, part) and sheet.just_before(part, item)
            return (part, whole) if said or _quotient(part, whole, item) else None
    wholes = sheet.near(part, 20, 400) if _ALL.search(noun) else sheet.tails(noun[-2:], before=part)
    near = [whole for whole in islice(wholes, 20) if same_kind(whole, part) and whole.value > part.value and not sheet.is_change(whole)]
    for whole in near[:8]:
        if exact(whole) and _quotient(part, whole, item) and chance(len(near[:8]), 2 * half_step(item), float(item.value)) <= _BY_TAIL:
            return part, whole
    return None


def _beside(sheet: Sheet, item: Statistic, part: Statistic) -> tuple[Statistic, Statistic] | None:
    """A whole of the paragraph that the words do not name, where it gives the printed decimals."""
    if not exact(item) or len(sheet.between(part, item)) > 16:
        return None
    wholes = [whole for whole in sheet.near(part, 8, 160) if same_kind(whole, part) and whole.value >= part.value and exact(whole)]
    for whole in reversed(wholes):
        if _quotient(part, whole, item) and chance(len(wholes), 2 * half_step(item), float(item.value)) <= _BY_TAIL / 3:
            return part, whole
    return None


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
    return Finding(CheckKind.SHARE, relation, holds, (whole, part, item), float(item.value), round(100 * part.value / whole.value, 6))
