"""What cannot hold as printed: parts of one enumeration that exceed their whole together, an announced total that its items miss.

A wrong accusation is the worst fault: parts are taken for disjoint by their names only (`apart`, splits.toml), a rough figure
refutes nothing, and where another figure of the sentence may be the whole that is meant, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.findings import CheckKind, Measure, Statistic
from ingest.extract.check_splits import apart
from ingest.extract.check_terms import PEOPLE, Finding, Sheet, bounds, exact, half_step, kind_of, rounding, show

_AMONG = re.compile(r"[，,。]?\s?[(]?其中[^，,。；;、\d]{0,8}")
_APART = re.compile(r"[；;。！？\n(]|其中|包括|含|另|此外")
_TOTAL = re.compile(r"(?:合计|共计|总计)[^，。；;:\d]{0,10}$")
_OPENS = re.compile(r":(?!\n)")
_ITEM = re.compile(r"[，,、；;]")
_END = re.compile(r"[。\n！？]")
_VAGUE = re.compile(r"等|其中|其余|主要|如|包括|另|还有|[()]")
_NO_LIST = PEOPLE | {"户", "人次", "户次", "%"}
_COUNTED = (Measure.COUNT, Measure.POPULATION)
_MOST = 12


def excesses(sheet: Sheet) -> Iterator[Finding]:
    """投入1200万元,其中省级资金800万元、县级资金500万元: of each name there is a part of its own, and together they are too much."""
    for sentence in sheet.sentences if "其中" in sheet.text else ():
        for index in range(len(sentence) - 2):
            whole, first = sentence[index], sentence[index + 1]
            if not exact(whole) or not sheet.adds_up(whole) or not _AMONG.match(sheet.between(whole, first) + first.quote):
                continue
            parts = _enumerated(sheet, whole, sentence[index + 1 : index + 1 + _MOST])
            rivals = sheet.near(whole) if whole.measure is Measure.MONEY else sentence[:index]
            most = max(bounds(item)[1] for item in (whole, *rivals) if kind_of(item) == kind_of(whole))
            least = sum(float(part.value) for part in parts) - _margin(whole, *parts)
            if len(parts) > 1 and least > most * (1 + 1e-9) and apart(sheet, parts):
                relation = "+".join(show(part.value) for part in parts) + f"<={show(whole.value)}(其中)"
                total = round(float(sum(part.value for part in parts)), 6)
                yield Finding(CheckKind.BOUND, relation, False, (whole, *parts), total, float(whole.value))


def _enumerated(sheet: Sheet, whole: Statistic, row: Sequence[Statistic]) -> list[Statistic]:
    """The amounts of the whole's kind that one enumeration lists, up to the first figure that is neither such an amount nor its change."""
    found: list[Statistic] = []
    before = whole
    for item in row:
        if found and _APART.search(sheet.between(before, item) + item.quote):
            break
        before = item
        if item.measure is Measure.PERCENT or sheet.is_change(item):
            continue
        if kind_of(item) != kind_of(whole) or item.status is not whole.status or not exact(item) or not sheet.adds_up(item):
            break
        found.append(item)
    return found


def listed(sheet: Sheet) -> Iterator[Finding]:
    """合计投入3000万元:道路1200万元,水利800万元,绿化700万元: each clause up to the full stop has one amount, and they miss the total."""
    for sentence in sheet.sentences if ":" in sheet.text else ():
        for index in range(len(sentence) - 2):
            whole, rest = sentence[index], sentence[index + 1 :]
            if not _OPENS.match(sheet.text, whole.span.end) or not _TOTAL.search(sheet.lead(whole)) or len(rest) > _MOST:
                continue
            if "累计" not in sheet.lead(whole) and _fit(sheet, whole, rest):
                total, said = float(sum(part.value for part in rest)), float(whole.value)
                over = total > said and whole.measure is not Measure.MONEY  # what is counted may be in two of the items; a yuan is not
                if not over and abs(total - said) > max(_margin(whole, *rest), 0.001 * said):
                    relation = "+".join(show(part.value) for part in rest) + f"={show(said)}"
                    yield Finding(CheckKind.SUM, relation, False, (whole, *rest), said, round(total, 6))


def _margin(*items: Statistic) -> float:
    """By how much rounding may put figures apart; 12 km beside 12.4 km may be rounded, 12 schools are 12."""
    return sum(rounding(item) if item.measure in _COUNTED else half_step(item) for item in items)


def _fit(sheet: Sheet, whole: Statistic, rest: Sequence[Statistic]) -> bool:
    """Whether the figures are the items of the list, all of them, each in a clause of its own."""
    if whole.unit in _NO_LIST or any(kind_of(item) != kind_of(whole) or item.status is not whole.status for item in rest):
        return False
    if not all(exact(item) and sheet.adds_up(item) for item in (whole, *rest)):
        return False
    end = _END.search(sheet.text, rest[-1].span.end)
    words = sheet.text[whole.span.end + 1 : end.start() if end else len(sheet.text)]
    return len(words) < 400 and not _VAGUE.search(words) and len(_ITEM.findall(words.rstrip("，,、；;"))) == len(rest) - 1
