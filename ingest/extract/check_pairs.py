"""Equal numbers: a total that is stated again, and things of which there is one for each (69 grids, 69 maps; 44+3 grids, 47 members)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.findings import Measure, Statistic, Status
from ingest.extract.check_terms import Finding, Sheet, same_kind, show, whole_number

_LINKED = re.compile(r"(?:联系|包联|包保|对应|覆盖|对口|结对|帮扶|联|包|挂)$")
_VERB = re.compile(r"(?:解决|化解|调处|办理|整改|查处|建成|成立|组建)[了到]?")
_BRACKET = re.compile(r"[(（][^()（）]{0,6}[)）]")
_COMMON = 5
_FEW = 12


@dataclass(frozen=True, slots=True)
class PairRow:
    """A row of pairs.toml."""

    holders: tuple[str, ...]
    things: tuple[str, ...]
    example: str


@cache
def pair_rows() -> tuple[PairRow, ...]:
    """Every row of the table."""
    table = tomllib.loads(files("ingest.extract").joinpath("pairs.toml").read_text("utf-8"))
    return tuple(PairRow(tuple(row["holders"]), tuple(row["things"]), row["example"]) for row in table["pair"])


def _counts(sheet: Sheet) -> list[Statistic]:
    return [
        item
        for item in sheet.all
        if whole_number(item)
        and item.measure in (Measure.COUNT, Measure.POPULATION)
        and item.subject
        and item.value >= _COMMON
        and item.status is Status.ACTUAL
    ]


def _plain(subject: str) -> str:
    return _BRACKET.sub("", subject)


def _equal(items: tuple[Statistic, ...], note: str) -> Finding:
    values = "=".join(show(item.value) for item in items)
    return Finding(f"{values}({note})", True, items, float(items[0].value), float(items[-1].value))


def repeated(sheet: Sheet) -> Iterator[Finding]:
    """The same number of the same noun in different sentences, or of the same kind of thing after the same verb (解决…问题9个)."""
    groups: dict[tuple[str, str, float], list[Statistic]] = defaultdict(list)
    deeds: dict[tuple[str, str, str, float], list[Statistic]] = defaultdict(list)
    for item in _counts(sheet):
        subject = item.subject or ""
        groups[_stem(subject), "人" if item.unit in "人名位" else item.unit, float(item.value)].append(item)
        verb = _VERB.search(sheet.before(item, 70).rpartition("。")[2])
        if verb and len(subject) > 3:
            deeds[verb[0][:2], subject.removesuffix("等")[-2:], item.unit, float(item.value)].append(item)
    for group in groups.values():
        if len(group) > 1:
            yield _equal(tuple(group), group[0].subject or "")
    for (verb_, noun, _, _), group in deeds.items():
        if len(group) == 2 and group[1].span.start - group[0].span.end > 60:
            yield _equal(tuple(group), verb_ + noun)


def _stem(subject: str) -> str:
    """A subject by what it counts: its last words, so that 管理和服务专职网格员 and 专职网格员 are one."""
    for joint in ("和服务", "从事", "和"):
        head, found, tail = subject.rpartition(joint)
        if found and head and len(tail) >= 4:
            subject = tail
    return _plain(subject)


def pairs(sheet: Sheet) -> Iterator[Finding]:
    """One for each: by a row of pairs.toml, by a shared noun (红色网格, 网格微信群), by a verb that links neighbours (7名领导联系7个村)."""
    counts = _counts(sheet)
    by_value: dict[float, list[Statistic]] = defaultdict(list)
    for item in counts:
        by_value[float(item.value)].append(item)
    for group in by_value.values():
        if 1 < len(group) <= _FEW:
            yield from _one_each(group)
    for one, other in zip(sheet.all, sheet.all[1:], strict=False):
        linked = one.value == other.value and whole_number(one) and whole_number(other) and one.value > 1 and one.unit != other.unit
        if linked and len(sheet.between(one, other)) <= 4 and _LINKED.search(sheet.text[one.span.start : other.span.start]):
            yield _equal((one, other), f"每{other.unit}一{one.unit}")
    yield from _added(sheet, by_value)


def _one_each(group: list[Statistic]) -> Iterator[Finding]:
    firsts: dict[str, Statistic] = {}
    for item in group:
        firsts.setdefault(_plain(item.subject or ""), item)
    items = list(firsts.values())
    held = {thing.id for thing in items if any(_known(holder, thing) for holder in items if holder is not thing)}
    for holder in items:
        for thing in items:
            if thing is not holder and (_known(holder, thing) or (thing.id not in held and _named_after(holder, thing))):
                yield _equal((holder, thing), f"{thing.subject},每{_plain(holder.subject or '')}一{thing.unit}"[:40])


def _known(holder: Statistic, thing: Statistic) -> bool:
    subject, noun = thing.subject or "", holder.subject or ""
    return any(_plain(noun) in map(_plain, row.holders) and subject.endswith(row.things) for row in pair_rows())


def _named_after(holder: Statistic, thing: Statistic) -> bool:
    """Whether the thing is named after its holder's last noun: 网格微信群 after 红色网格."""
    noun, subject = _plain(holder.subject or ""), _plain(thing.subject or "")
    if len(noun) < 2 or holder.value < 10 or noun == subject:
        return False
    return (noun in subject and not subject.endswith(noun)) or (len(noun) > 3 and subject.startswith(noun[-2:]) and len(subject) > 2)


def _added(sheet: Sheet, by_value: dict[float, list[Statistic]]) -> Iterator[Finding]:
    """44个综合网格、3个专属网格: together as many as the 47 whose subject names a 网格."""
    for one, other in zip(sheet.all, sheet.all[1:], strict=False):
        noun = (one.subject or "")[-2:]
        listed = sheet.between(one, other).strip() in ("、", "和", "，", ",", "") and same_kind(one, other)
        if (
            not listed
            or len(noun) < 2
            or not (other.subject or "").endswith(noun)
            or one.subject == other.subject
            or not (whole_number(one) and whole_number(other))
        ):
            continue
        seen: set[str] = set()
        for total in by_value.get(float(one.value + other.value), ()):
            subject = total.subject or ""
            if noun in subject and total not in (one, other) and subject not in seen and _stem(subject) not in seen:
                seen.update((subject, _stem(subject)))
                relation = f"{show(one.value)}+{show(other.value)}={show(total.value)}({subject[-16:]})"
                yield Finding(relation, True, (one, other, total), float(total.value), float(one.value + other.value))
