"""Parts that add up: after their total (共20个,其中…), before it (合计), several splits of one total, percentages that make 100.

A sum that the words announce is taken as it stands. One that they do not announce is reported where the numbers leave little to chance
(`chance`: digits against sums tried) and the parts are named alike; it is never called false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, takewhile

from archive.findings import CheckKind, Measure, Statistic
from ingest.extract.check_splits import complete, named_alike, outer
from ingest.extract.check_terms import Finding, Sheet, chance, exact, grain, half_step, kind_of, rounding, same_kind, show, slack
from ingest.extract.numerals import read

_TOTAL = re.compile(
    r"(?:(?P<size>[两二三四五六])?(?:项|者|类|处|地)?(?P<sum>合计|共计|总计|相加|总共|一共)|(?<![公中总])共(?!享|同|建|产|青|识))[^，。；;\d]{0,8}$"
)
_LISTS = re.compile(r"其中|分别|包括|包含|分为|含|由|[:(]|即")
_REST = re.compile(r"(?:剩余|剩下|余下|其余|尚有|还有|仍有)[^，。；;\d]{0,10}$")
_STOP = re.compile(r"。(?!其中)|[；;\n！？]")
_LONG = re.compile(r"。(?!其中)|(?<=[。；;：:！？])\n")
_END = re.compile(r"[^，,、。；;(\d]{0,12}[)。；;]")
_SHARED = re.compile(r"占|比例|比重")
_COARSE = 0.005
_AHEAD, _PARTS, _REACH = 16, 12, 900
_TOLD, _ALIKE, _FAR, _BARE = 0.5, 0.02, 0.004, 0.0005
"""How likely a coincidence may be: where the words list the parts; where they are named alike, beside the total or not; otherwise."""


def sums(sheet: Sheet) -> Iterator[Finding]:
    """A total and the parts that the text lists after it, innermost first, so that 其中 within a part does not hide the parts."""
    for row in _rows(sheet):
        taken: set[str] = set()
        for index in range(len(row) - 3, -1, -1):
            for parts in _splits(sheet, row[index], row[index + 1 : index + 1 + _AHEAD], taken):
                taken.update(part.id for part in parts)
                yield _sum(row[index], parts, holds=True)


def _rows(sheet: Sheet) -> Iterator[list[Statistic]]:
    """The amounts of one unit, in order."""
    rows: dict[str, list[Statistic]] = {}
    for item in sheet.all:
        if item.value > 0 and exact(item):
            rows.setdefault(kind_of(item), []).append(item)
    for row in rows.values():
        if len(row) > 2:
            yield [item for item in row if sheet.adds_up(item)]


def _sum(whole: Statistic, parts: Sequence[Statistic], *, holds: bool | None, first: bool = True) -> Finding:
    total = float(sum(part.value for part in parts))
    relation = "+".join(show(part.value) for part in parts) + f"={show(whole.value)}"
    items = (whole, *parts) if first else (*parts, whole)
    return Finding(CheckKind.SUM, relation, holds, items, float(whole.value), round(total, 6))


def _splits(sheet: Sheet, whole: Statistic, after: Sequence[Statistic], taken: set[str]) -> Iterator[tuple[Statistic, ...]]:
    """Every run of parts after a total that adds up to it. Parts of parts are left out: those already taken, then those after a 其中."""
    row = [item for item in after if item.span.start - whole.span.end < _REACH and item.value < whole.value and item.id not in taken]
    if len(row) < 2 or whole.value <= 2:
        return
    found = list(_runs(sheet, whole, row, after[0]))
    if not found:
        bare = outer(sheet, row)
        found = list(_runs(sheet, whole, bare, after[0])) if 1 < len(bare) < len(row) else []
    yield from found


def _runs(sheet: Sheet, whole: Statistic, row: Sequence[Statistic], first: Statistic) -> Iterator[tuple[Statistic, ...]]:
    aim, beside, start, tries = float(whole.value), row[0] is first, 0, 0
    values, margins = [float(item.value) for item in row], [rounding(item) for item in row]
    while start < min(len(row) - 1, 10):
        total, margin, step = values[start], rounding(whole) + margins[start] + 1e-9 * aim, 0
        for end in range(start + 1, min(start + _PARTS, len(row))):
            total, margin = total + values[end], margin + margins[end]
            if total > aim + margin:
                break
            tries += total > aim / 2
            if (
                total >= aim - margin
                and _adds(whole, row[start : end + 1])
                and _credible(sheet, whole, parts := tuple(row[start : end + 1]), tries, beside)
            ):
                yield parts
                step = end + 1 - start
                break
        beside = bool(step)
        start += step or 1


def _credible(sheet: Sheet, whole: Statistic, parts: tuple[Statistic, ...], tries: int, beside: bool) -> bool:
    """Whether a sum that comes out is one that the text means."""
    likely = _likely(whole, parts, max(tries, 1))
    between = sheet.text[whole.span.end : parts[0].span.end]
    listed = sheet.text[whole.span.end : parts[-1].span.start]
    told = beside and bool(_LISTS.search(between)) and len(between) < 60 and not (_LONG if "其中" in between else _STOP).search(listed)
    if told or (beside and _REST.search(sheet.lead(parts[-1])) and not _LONG.search(listed)):
        return likely <= _TOLD
    if beside and len(parts) > 2 and _ends(sheet, parts[-1]) and not _LONG.search(listed) and _likely(whole, parts, 1) <= _ALIKE:
        return True
    if complete(sheet, parts) or named_alike(sheet, parts):
        return likely <= (_ALIKE if beside else _FAR)
    return beside and likely <= _BARE and "\n" not in listed


def _ends(sheet: Sheet, last: Statistic) -> bool:
    """Whether the sentence or its bracket ends with a figure, so that there is only one list to try."""
    return bool(_END.match(sheet.text, last.span.end))


def _adds(whole: Statistic, parts: Sequence[Statistic]) -> bool | None:
    """Whether parts make their total; None where the rounding of coarse figures leaves it open (12万 and 8万 may be 21万)."""
    off, aim = abs(float(sum(part.value for part in parts)) - float(whole.value)), float(whole.value)
    if off > slack(whole, *parts) + 1e-9 * aim:
        return False
    return True if off <= max(rounding(whole), _COARSE * aim) + 1e-9 * aim else None


def _likely(whole: Statistic, parts: Sequence[Statistic], tries: int) -> float:
    return chance(tries, max(grain((whole, *parts)), 2 * slack(whole, *parts)), float(whole.value))


def complements(sheet: Sheet) -> Iterator[Finding]:
    """Parts that exhaust their total by their names (男/女, 城镇/乡村) or by 其余, directly after it with 其中, and that miss it."""
    for sentence in sheet.sentences if "其中" in sheet.text else ():
        for index in range(len(sentence) - 2):
            whole, *rest = sentence[index : index + 4]
            if "其中" not in sheet.lead(rest[0])[:4]:
                continue
            for parts in (rest, rest[:2]):
                if (
                    all(same_kind(part, whole) and exact(part) and part.status is whole.status for part in parts)
                    and exact(whole)
                    and all(map(sheet.adds_up, (whole, *parts)))
                    and (complete(sheet, parts) or ("其余" in sheet.lead(parts[-1]) and len(parts) == 2))
                ):
                    total, margin = float(sum(part.value for part in parts)), 2 * slack(whole, *parts)
                    other = any(abs(float(item.value) - total) <= margin for item in sentence[max(0, index - 4) : index])
                    if not other and abs(total - float(whole.value)) > max(margin, 0.001 * float(whole.value)):
                        yield _sum(whole, parts, holds=False)
                    break


def totals(sheet: Sheet) -> Iterator[Finding]:
    """A total after its parts: 造林2万亩、种草3万亩,两项合计5万亩. It cannot hold only where the print says how many parts there are."""
    for sentence in sheet.sentences:
        for index in range(2, len(sentence)):
            whole = sentence[index]
            if whole.measure is Measure.PERCENT or not exact(whole) or not (lead := _TOTAL.search(sheet.lead(whole))):
                continue
            near = [item for item in sentence[max(0, index - 10) : index] if same_kind(item, whole) and exact(item) and sheet.adds_up(item)]
            if lead["size"]:
                yield from _counted(whole, near, int(read(lead["size"]) or 0))
                continue
            parts = near[max(0, len(near) - _beside(sentence[:index], whole)) :]
            for count in range(2, len(parts) + 1):
                limit = _TOLD if lead["sum"] else 0.1
                if _adds(whole, parts[-count:]) and _likely(whole, parts[-count:], count - 1) <= limit:
                    yield _sum(whole, parts[-count:], holds=True, first=False)
                    break


def _beside(before: Sequence[Statistic], whole: Statistic) -> int:
    """How many figures of its unit stand before a total with no other unit between them."""
    return sum(1 for _ in takewhile(lambda item: same_kind(item, whole) and exact(item), reversed(before[-8:])))


def _counted(whole: Statistic, near: Sequence[Statistic], size: int) -> Iterator[Finding]:
    """三项合计: the last three amounts before it, or any three of them; refuted where there are three and no more."""
    if not 1 < size <= len(near):
        return
    chosen = next((parts for parts in combinations(reversed(near), size) if _adds(whole, parts)), None)
    if chosen:
        yield _sum(whole, chosen[::-1], holds=True, first=False)
    elif len(near) == size:
        yield _sum(whole, near, holds=_adds(whole, near), first=False)


def percentages(sheet: Sheet) -> Iterator[Finding]:
    """Shares of one whole that make 100%: 男性占53.2%,女性占46.8%."""
    for sentence in sheet.sentences:
        row = [item for item in sentence if item.unit == "%"]
        if len(row) < 2:
            continue
        row = [item for item in row if exact(item) and 0 < item.value < 100 and not sheet.is_change(item)]
        start = 0
        while start < len(row) - 1:
            size = _hundred(sheet, row[start : start + _PARTS])
            if size:
                items = tuple(row[start : start + size])
                relation = "+".join(show(item.value) for item in items) + "=100"
                yield Finding(CheckKind.SUM, relation, True, items, 100.0, round(float(sum(item.value for item in items)), 6))
            start += size or 1


def _hundred(sheet: Sheet, row: Sequence[Statistic]) -> int:
    """How many percentages from the first make 100; 0 where they do not, or are no shares of one thing."""
    total, margin = 0.0, 0.0
    shares = 0
    for count, item in enumerate(row, 1):
        total, margin = total + float(item.value), margin + half_step(item)
        shares += bool(_SHARED.search(sheet.lead(item) + item.quote))
        if total > 100 + margin:
            return 0
        alike = shares == count or (shares and count > 2) or (shares and complete(sheet, row[:count]))
        if count > 1 and alike and abs(total - 100) <= min(margin, 0.6) + 1e-9:
            return count if all(len(sheet.between(one, other)) <= 40 for one, other in pairwise(row[:count])) else 0
    return 0
