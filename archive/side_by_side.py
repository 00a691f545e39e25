"""Figures of several places or documents side by side: those that share an indicator in one row, each with what differs said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.findings import Aspect, Direction, NormalForm, Qualifier, Statistic, Status
from archive.indicators import Kinship, indicators, kin, kinship
from archive.quantities import normal_unit
from archive.records import PlaceLevel


class DifferenceKind(StrEnum):
    """In what a figure differs from the first one of its row."""

    UNIT = "UNIT"
    PERIOD = "PERIOD"
    STATUS = "STATUS"
    PRECISION = "PRECISION"
    INDICATOR = "INDICATOR"
    PART = "PART"
    MODIFIER = "MODIFIER"
    DIRECTION = "DIRECTION"
    PLACE = "PLACE"
    INFERRED = "INFERRED"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `note` says it in Chinese."""

    kind: DifferenceKind
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A figure that has an indicator, on one side of a comparison.

    `period` is its own or its document's, `level` that of the place that it is about.
    """

    side: int
    figure: Statistic
    normal: NormalForm
    indicator: str
    period: str | None = None
    level: PlaceLevel | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure in its row; the first of a row has no differences, because the others are told against it."""

    placed: Placed
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one indicator, aspect and normal unit, with those of a near indicator where a side has no other."""

    indicator: str
    listed: bool
    aspect: Aspect
    unit: str
    figures: tuple[Compared, ...]


_QUALIFIERS = {
    Qualifier.EXACT: "确数",
    Qualifier.ABOUT: "约数",
    Qualifier.MORE_THAN: "超过此数",
    Qualifier.AT_LEAST: "不少于此数",
    Qualifier.AT_MOST: "不超过此数",
    Qualifier.RANGE: "区间",
}
_STATUSES = {Status.ACTUAL: "实际", Status.PLANNED: "计划", Status.REQUIRED: "要求"}
_LEVELS = {
    PlaceLevel.COUNTRY: "全国",
    PlaceLevel.PROVINCE: "省级",
    PlaceLevel.PREFECTURE: "地市级",
    PlaceLevel.COUNTY: "县级",
    PlaceLevel.TOWNSHIP: "乡级",
    PlaceLevel.VILLAGE: "村级",
}


def rows(placed: Sequence[Placed], each: int = 3) -> list[Row]:
    """The rows that at least two sides have a figure for, those of the most sides first, at most `each` figures of a side in a row.

    An indicator of its own is never mixed with a near one of the same side, and no two units stand in one row: households are no people.
    """
    groups: dict[tuple[str, Aspect, str], list[Placed]] = {}
    for one in placed:
        groups.setdefault((one.indicator, one.normal.aspect, one.normal.unit), []).append(one)
    near = _near(key[0] for key in groups)
    order = sorted(groups, key=lambda key: (-len(_sides(groups[key])), *_rank(groups[key][0])))
    found: list[Row] = []
    heads: set[tuple[str, Aspect, str]] = set()
    for key in order:
        own = groups[key]
        if len(_sides(own)) < 2 and any((other, *key[1:]) in heads for other in near[key[0]]):
            continue  # it stands in the row of what is near it, or that side has better there
        beside = [other for other in order if other[1:] == key[1:] and other[0] in near[key[0]] and other != key and _usual(other)]
        added = [one for other in beside for one in groups[other] if one.side not in _sides(own)]
        if len(_sides([*own, *added])) < 2:
            continue
        heads.add(key)
        found.append(Row(key[0], own[0].normal.listed, key[1], key[2], _told(_chosen([*own, *added], key[0], each))))
    return sorted(found, key=lambda row: -len({one.placed.side for one in row.figures}))


def comparable(sides: Sequence[Collection[str]]) -> list[str]:
    """The indicators, of those that each side has, that another side has too, or has a near one of; in the order of the sides."""
    everything = dict.fromkeys(indicator for side in sides for indicator in side)
    near = _near(everything)
    return [one for one in everything if sum(bool(near[one] & set(side)) for side in sides) >= 2]


def with_kin(wanted: Iterable[str], keys: Sequence[str]) -> list[str]:
    """Those of the keys that are wanted, or next of kin to one that is."""
    chosen = set(wanted)
    near = _near([*keys, *chosen])
    return [key for key in keys if near[key] & chosen]


def differences(first: Placed, other: Placed) -> Iterator[Difference]:
    """What keeps two figures of one row from being compared as they stand."""
    ours, theirs = first.normal, other.normal
    if note := _indicators(first.indicator, other.indicator):
        yield Difference(DifferenceKind.INDICATOR, note)
    if _narrowing(first) != _narrowing(other):
        yield Difference(DifferenceKind.PART, f"范围不同：{_counted(first)}；{_counted(other)}")
    if set(ours.modifiers) != set(theirs.modifiers):
        yield Difference(DifferenceKind.MODIFIER, f"限定不同：{_words(ours.modifiers)}；{_words(theirs.modifiers)}")
    if ours.direction is not theirs.direction and ours.direction and theirs.direction:
        yield Difference(DifferenceKind.DIRECTION, f"方向相反：{_direction(ours)}；{_direction(theirs)}")
    if normal_unit(first.figure.unit) != normal_unit(other.figure.unit):
        yield Difference(DifferenceKind.UNIT, _units(first.figure.unit, other.figure.unit))
    if first.period != other.period:
        yield Difference(DifferenceKind.PERIOD, f"时期不同：{first.period or '未注明'}；{other.period or '未注明'}")
    if first.figure.status is not other.figure.status:
        yield Difference(DifferenceKind.STATUS, f"性质不同：{_STATUSES[first.figure.status]}；{_STATUSES[other.figure.status]}")
    if first.figure.qualifier is not other.figure.qualifier:
        yield Difference(
            DifferenceKind.PRECISION, f"精确程度不同：{_QUALIFIERS[first.figure.qualifier]}；{_QUALIFIERS[other.figure.qualifier]}"
        )
    if first.level is not other.level and first.level in _LEVELS and other.level in _LEVELS:
        yield Difference(DifferenceKind.PLACE, f"地域层级不同：{_LEVELS[first.level]}；{_LEVELS[other.level]}")
    if other.figure.place_inferred:
        yield Difference(DifferenceKind.INFERRED, f"地区由文中其他词语推断：{other.figure.place}")


def level_of(name: str | None, code: str | None) -> PlaceLevel | None:
    """The level of the place that a figure is about: a township or village is told by its name, since it carries its county's code."""
    for level, endings in ((PlaceLevel.TOWNSHIP, ("乡", "镇", "街道", "苏木")), (PlaceLevel.VILLAGE, ("村", "社区", "嘎查"))):
        if name is not None and name.endswith(endings):
            return level
    if code is None:
        return None
    if len(code) > 6:
        return PlaceLevel.TOWNSHIP if len(code) == 9 else PlaceLevel.VILLAGE
    return PlaceLevel.PROVINCE if code.endswith("0000") else PlaceLevel.PREFECTURE if code.endswith("00") else PlaceLevel.COUNTY


def _rank(placed: Placed) -> tuple[bool, bool, str]:
    """Terms of the list first, and broad ones before what they hold, so that the row is called by the broad one."""
    own = placed.indicator
    return not placed.normal.listed, any(kinship(own, other) is Kinship.BROADER for other in kin(own)), own


def _usual(key: tuple[str, Aspect, str]) -> bool:
    """Whether the unit is one that the indicator is counted in: people beside 行政村 are not counted villages."""
    known = indicators().get(key[0])
    return known is None or known.unit in (None, key[2]) or key[1] is not Aspect.LEVEL


def _sides(placed: Sequence[Placed]) -> set[int]:
    return {one.side for one in placed}


def _near(keys: Iterable[str]) -> dict[str, set[str]]:
    """For each indicator itself and those of the others that are its next of kin."""
    near = {indicator: {indicator} for indicator in keys}
    for indicator, found in near.items():
        for other in kin(indicator):
            if other in near:
                found.add(other)
                near[other].add(indicator)
    return near


def _chosen(placed: Sequence[Placed], indicator: str, each: int) -> list[Placed]:
    """At most `each` figures a side: of the row's own indicator, of no part, real, exact and new ones first; one said twice stands once."""

    def worth(one: Placed) -> tuple[bool, bool, bool, bool, int]:
        year = int(digits) if (digits := (one.period or "")[:4]).isdecimal() else 0
        figure = one.figure
        exact = figure.qualifier is Qualifier.EXACT
        return one.indicator != indicator, one.normal.whole is not None, figure.status is not Status.ACTUAL, not exact, -year

    best: dict[int, dict[tuple[object, ...], Placed]] = {}
    for one in sorted(placed, key=worth):
        form = one.normal
        said = (one.indicator, form.value, form.max_value, form.whole, one.period, one.figure.place)
        best.setdefault(one.side, {}).setdefault(said, one)
    kept = [list(best[side].values())[:each] for side in sorted(best)]
    own = [one for side in kept for one in side if one.indicator == indicator]
    return [*own, *(one for side in kept for one in side if one.indicator != indicator)]


def _told(chosen: Sequence[Placed]) -> tuple[Compared, ...]:
    first, *others = chosen
    return (Compared(first, ()), *(Compared(other, tuple(differences(first, other))) for other in others))


def _indicators(ours: str, theirs: str) -> str | None:
    match kinship(ours, theirs):
        case Kinship.NARROWER:
            return f"指标不同：{theirs}是{ours}的一种"
        case Kinship.BROADER:
            return f"指标不同：{ours}是{theirs}的一种"
        case Kinship.RELATED:
            return f"指标不同：{theirs}与{ours}相近而不相同"
    return None


def _narrowing(placed: Placed) -> str | None:
    """The whole that a figure is only a part of. One that holds the indicator anyway narrows nothing (网格员中专职网格员)."""
    whole = placed.normal.whole
    return None if whole is None or kinship(whole, placed.indicator) is not None else whole


def _counted(placed: Placed) -> str:
    whole = _narrowing(placed)
    return f"{whole}中的{placed.indicator}" if whole else f"全部{placed.indicator}"


def _words(modifiers: Sequence[str]) -> str:
    return "、".join(modifiers) or "无"


def _direction(normal: NormalForm) -> str:
    return "增" if normal.direction is Direction.UP else "减"


def _units(ours: str, theirs: str) -> str:
    normal = [(printed, normal_unit(printed)) for printed in (ours, theirs)]
    converted = [f"1{printed}折合{unit.factor}{unit.name}" for printed, unit in normal if not unit.same]
    return f"单位不同：{ours}；{theirs}（{'，'.join(converted)}）"
