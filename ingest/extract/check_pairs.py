"""Equal numbers of things of which there is one for each of something (69 grids, 69 maps; 44+3 grids, 47 members)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.findings import CheckKind, Statistic
from ingest.extract.check_repeats import plain, stem
from ingest.extract.check_terms import Finding, Sheet, same_kind, show, whole_number

_LINKED = re.compile(r"(?:联系|包联|包保|对应|覆盖|对口|结对|帮扶|联|包|挂)$")
_FEW, _SURE = 12, 10


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


def _paired(items: tuple[Statistic, ...], note: str) -> Finding:
    values = "=".join(show(item.value) for item in items)
    return Finding(CheckKind.PAIRED, f"{values}({note})", True, items, float(items[0].value), float(items[-1].value))


def pairs(sheet: Sheet) -> Iterator[Finding]:
    """One for each: by a row of pairs.toml, by a shared noun (红色网格, 网格微信群), by a verb that links neighbours (7名领导联系7个村)."""
    counts = sheet.counts
    by_value: dict[float, list[Statistic]] = defaultdict(list)
    for item in counts:
        by_value[float(item.value)].append(item)
    for group in by_value.values():
        if 1 < len(group) <= _FEW:
            yield from _one_each(group)
    for one, other in zip(sheet.all, sheet.all[1:], strict=False):
        linked = one.value == other.value and whole_number(one) and whole_number(other) and one.value > 1 and one.unit != other.unit
        if linked and len(sheet.between(one, other)) <= 4 and _LINKED.search(sheet.text[one.span.start : other.span.start]):
            yield _paired((one, other), f"每{other.unit}一{one.unit}")
    yield from _added(sheet, by_value)


def _one_each(group: list[Statistic]) -> Iterator[Finding]:
    firsts: dict[str, Statistic] = {}
    for item in group:
        firsts.setdefault(plain(item.subject or ""), item)
    items = list(firsts.values())
    held = {thing.id for thing in items if any(_known(holder, thing) for holder in items if holder is not thing)}
    for holder in items:
        for thing in items:
            if thing is not holder and (_known(holder, thing) or (thing.id not in held and _named_after(holder, thing))):
                yield _paired((holder, thing), f"{thing.subject},每{plain(holder.subject or '')}一{thing.unit}"[:40])


@cache
def _things() -> dict[str, tuple[str, ...]]:
    """What there is one of for each holder, of all rows."""
    found: dict[str, tuple[str, ...]] = {}
    for row in pair_rows():
        for holder in map(plain, row.holders):
            found[holder] = found.get(holder, ()) + row.things
    return found


def _known(holder: Statistic, thing: Statistic) -> bool:
    things = _things().get(plain(holder.subject or ""))
    if not things or not (thing.subject or "").endswith(things):
        return False
    return thing.value >= _SURE or "村" in (thing.subject or "") or thing.unit == "名"


def _named_after(holder: Statistic, thing: Statistic) -> bool:
    """Whether the thing is named after its holder's last noun: 网格微信群 after 红色网格."""
    noun, subject = plain(holder.subject or ""), plain(thing.subject or "")
    if len(noun) < 2 or holder.value < 10 or noun == subject or f"{noun}中" in subject:  # 学校中幼儿园: a part
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
            if noun in subject and not same_kind(total, one) and subject not in seen and stem(subject) not in seen:
                seen.update((subject, stem(subject)))
                relation = f"{show(one.value)}+{show(other.value)}={show(total.value)}({subject[-16:]})"
                yield Finding(CheckKind.SUM, relation, True, (one, other, total), float(total.value), float(one.value + other.value))
