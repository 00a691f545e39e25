"""One indicator through the years, place by place: every point a printed figure, all in one unit, nothing filled in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import strawberry

from archive import findings
from archive.errors import BadRequest
from archive.findings import Aspect, Status
from archive.indicators import indicators
from archive.places import Division
from archive.side_by_side import level_of
from schema.enums import ItemType
from schema.errors import known
from schema.fields import resolved
from schema.inputs import SearchFilter, criteria, indicator_key
from schema.node import Info
from schema.place import Place, place_by_id
from schema.statistic import Statistic
from search.criteria import SearchRequest, Sort, Term
from search.projection import read_fact
from search.stored import StoredStatistic

MAX_PLACES = 10
MAX_FIGURES = 500
MAX_NAME = 50
_PLAIN = {"共计", "总计", "合计"}
"""Modifiers that leave a figure what it is; with all others (累计, 新增, 组建) it is another than what a place has."""
_PLANS = {"计划", "预计"}
"""Modifiers that say of a plan only that it is one, which its status says too."""


@dataclass(frozen=True, slots=True)
class PointOf:
    """What a SeriesPoint is resolved from; `stated` are all figures of this period, value and status, by id."""

    period: str
    stated: tuple[findings.Statistic, ...]
    conflicting: bool = False

    @property
    def statistic(self) -> findings.Statistic:
        """The first of them."""
        return self.stated[0]


@dataclass(frozen=True, slots=True)
class SeriesOf:
    """What a StatisticSeries is resolved from."""

    place: Division
    indicator: str
    aspect: Aspect
    unit: str | None
    points: list[PointOf] = field(repr=False)
    undated_count: int
    narrowed_count: int
    planned_count: int
    other_units: list[str]
    left_out: int


@strawberry.type(description="What is printed for one period.")
class SeriesPoint:
    """Resolved from PointOf."""

    period: str = strawberry.field(description="The period in its normal form, as in 2025, 2025-H1 or 2016-.")
    statistic: Statistic = strawberry.field(
        description="The figure, with its quote, its status, how exactly it is stated and whether only its document tells the time."
    )
    conflicting: bool = strawberry.field(description="Whether another value is printed for the same place, period and status.")

    @resolved(description="The value in the unit of the series.")
    @staticmethod
    def value(parent: strawberry.Parent[PointOf]) -> float:
        """The normal form's."""
        return _form(parent.statistic).value

    @resolved(description="The upper end of a range in the unit of the series; null otherwise.")
    @staticmethod
    def max_value(parent: strawberry.Parent[PointOf]) -> float | None:
        """The normal form's."""
        return _form(parent.statistic).max_value

    @resolved(description="Whether it is a fact, a plan or a rule.")
    @staticmethod
    def status(parent: strawberry.Parent[PointOf]) -> Status:
        """A plan is never drawn as if it had come true."""
        return parent.statistic.status

    @resolved(description="How many times it is printed so, reprints left out.")
    @staticmethod
    def mention_count(parent: strawberry.Parent[PointOf]) -> int:
        """One or more."""
        return len(parent.stated)


@strawberry.type(description="One indicator of one place through the years, in one unit. What the archive does not print has no point.")
class StatisticSeries:
    """Resolved from SeriesOf."""

    place: Place = strawberry.field(description="The place; figures of places inside it are not among the points.")
    indicator: str = strawberry.field(description="What is counted: the thesaurus's preferred term, or the name as it was given.")
    aspect: Aspect = strawberry.field(description="What the figures say of it.")
    unit: str | None = strawberry.field(description="The normal unit of all points of all places; null where there is no figure.")
    points: list[SeriesPoint] = strawberry.field(description="By period, then by value. Two values for one period are two points.")
    undated_count: int = strawberry.field(description="How many figures have no point because no text tells their time.")
    narrowed_count: int = strawberry.field(
        description="How many figures have no point because they are of a part (网格员中党员), are narrowed (累计) or of a township "
        "that has no code of its own."
    )
    planned_count: int = strawberry.field(description="How many plans and rules have no point because they were not asked for.")
    other_units: list[str] = strawberry.field(description="Units of figures that have no point because they cannot be converted.")
    left_out: int = strawberry.field(description=f"How many figures were too many to look at, beyond the first {MAX_FIGURES}.")


@dataclass(frozen=True, slots=True)
class SeriesAsked:
    """What was asked for. `unit` is the normal unit, None for the usual one."""

    indicator: str
    aspect: Aspect = Aspect.LEVEL
    unit: str | None = None
    planned: bool = False


async def series_of(info: Info, asked: SeriesAsked, place_ids: Sequence[str], chosen: SearchFilter) -> list[SeriesOf]:
    """A series for each place, in the order given. Raises BadRequest, and an error NOT_FOUND for ids that lead nowhere."""
    name = asked.indicator.strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise BadRequest(f"`indicator` must have 1 to {MAX_NAME} characters, such as 网格员.")
    ids = list(dict.fromkeys(place_ids))
    if not 1 <= len(ids) <= MAX_PLACES:
        raise BadRequest(f"`placeIds` takes 1 to {MAX_PLACES} ids, not {len(ids)}.")
    asked = replace(asked, indicator=indicator_key(name))
    places = [known(place_by_id(one, info), one) for one in ids]
    found = await asyncio.gather(*(_figures(info, asked, one, chosen) for one in ids))
    unit = asked.unit or _unit(asked, [figure for place, (stored, _) in zip(places, found, strict=True) for figure in _own(place, stored)])
    return [_series(asked, unit, place, stored, total) for place, (stored, total) in zip(places, found, strict=True)]


async def _figures(info: Info, asked: SeriesAsked, place: str, chosen: SearchFilter) -> tuple[list[StoredStatistic], int]:
    """The figures of a place and of none inside it, and how many there are."""
    narrowed = replace(chosen, place_ids=[strawberry.ID(place)], include_descendants=False)
    filters = criteria(narrowed, info.context.services.gazetteer) | {
        "kind": Term("kind", (ItemType.STATISTIC.value,)),
        "series": Term("indicator", (asked.indicator,)),
        "series aspect": Term("aspect", (asked.aspect.value,)),
    }
    request = SearchRequest(filters=filters, sort=Sort("id", descending=False), size=MAX_FIGURES)
    page = await info.context.services.engine.search(request)
    read = (read_fact(hit.kind, hit.record) for hit in page.hits)
    return [one for one in read if isinstance(one, StoredStatistic) and one.record.normal], page.total


def _own(place: Division, stored: Iterable[StoredStatistic]) -> list[findings.Statistic]:
    """The figures of the place as a whole: of no part of what is counted, and of no township that has only its county's code."""
    return [one.record for one in stored if _level(one) in (None, place.level) and not _narrowed(one.record)]


def _level(stored: StoredStatistic) -> object:
    figure, about = stored.record, stored.context.place
    named = (figure.place, figure.adcode) if figure.place else (about.name, about.division_code or about.adcode) if about else (None, None)
    return level_of(*named)


def _narrowed(figure: findings.Statistic) -> bool:
    form = _form(figure)
    plain = _PLAIN if figure.status is Status.ACTUAL else _PLAIN | _PLANS
    return form.whole is not None or not plain.issuperset(form.modifiers)


def _unit(asked: SeriesAsked, figures: Sequence[findings.Statistic]) -> str | None:
    """The thesaurus's unit of a level where a figure has it, else that of the most figures; among equals the first by name."""
    counted = Counter(_form(figure).unit for figure in figures)
    usual = indicators().get(asked.indicator)
    if usual and asked.aspect is Aspect.LEVEL and usual.unit in counted:
        return usual.unit
    return min(counted, key=lambda unit: (-counted[unit], unit), default=None)


def _series(asked: SeriesAsked, unit: str | None, place: Division, stored: Sequence[StoredStatistic], total: int) -> SeriesOf:
    own = _own(place, stored)
    real = [one for one in own if asked.planned or one.status is Status.ACTUAL]
    same = [one for one in real if _form(one).unit == unit]
    return SeriesOf(
        place=place,
        indicator=asked.indicator,
        aspect=asked.aspect,
        unit=unit,
        points=_points([(one.period, one) for one in same if one.period]),
        undated_count=sum(one.period is None for one in same),
        narrowed_count=len(stored) - len(own),
        planned_count=len(own) - len(real),
        other_units=sorted({_form(one).unit for one in real if _form(one).unit != unit}),
        left_out=total - len(stored),
    )


def _points(dated: Sequence[tuple[str, findings.Statistic]]) -> list[PointOf]:
    """A point for each period, status and value that is printed."""
    groups: dict[tuple[str, Status, float, float], list[findings.Statistic]] = {}
    for period, one in dated:
        form = _form(one)
        upper = form.value if form.max_value is None else form.max_value
        groups.setdefault((period, one.status, form.value, upper), []).append(one)
    values = Counter((period, status) for period, status, *_ in groups)
    ordered = sorted(groups, key=lambda key: (key[0], key[2], key[3], key[1]))
    return [PointOf(key[0], tuple(groups[key]), values[key[:2]] > 1) for key in ordered]


def _form(figure: findings.Statistic) -> findings.NormalForm:
    """Its normal form; figures without one were never found by an indicator."""
    if figure.normal is None:
        raise ValueError(f"{figure.id} has no normal form")
    return figure.normal
