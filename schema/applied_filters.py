"""The filters of a search, told back with labels, so that a reader can take each away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import strawberry

from schema.context import Services
from schema.facets import KINDS, label
from schema.inputs import DateRange, FigureFilter, SearchFilter
from schema.labels import CHINESE


@dataclass(frozen=True, slots=True)
class AppliedFilterOf:
    """What an AppliedFilter is resolved from."""

    field: str
    value: str
    label: str


@strawberry.type(description="One value of one filter of a search.")
class AppliedFilter:
    """Resolved from AppliedFilterOf."""

    field: str = strawberry.field(description="The field of SearchFilter, as in placeIds, figure.min and published.from.")
    value: str = strawberry.field(description="The value as it was given.")
    label: str = strawberry.field(description="What to show.")


def applied(services: Services, chosen: SearchFilter) -> list[AppliedFilterOf]:
    """Every value of every filter, those that a facet could have offered first. What was left at its default is none."""
    offered = [
        AppliedFilterOf(kind.input, value, label(services, field, value)) for field, kind in KINDS.items() for value in kind.given(chosen)
    ]
    return [*offered, *_other_values(chosen), *_bounds(chosen), *_flags(chosen)]


def _other_values(chosen: SearchFilter) -> Iterator[AppliedFilterOf]:
    for identifier in chosen.document_ids or ():
        yield AppliedFilterOf("documentIds", identifier, identifier)
    for qualifier in (chosen.figure and chosen.figure.qualifiers) or ():
        yield AppliedFilterOf("figure.qualifiers", qualifier.name, CHINESE[qualifier.name])


def _bounds(chosen: SearchFilter) -> Iterator[AppliedFilterOf]:
    figure, published = chosen.figure or FigureFilter(), chosen.published or DateRange()
    bounds: tuple[tuple[str, float | date | None, str], ...] = (
        ("figure.min", figure.min, "数值不小于 {}"),
        ("figure.max", figure.max, "数值不大于 {}"),
        ("published.from", published.from_, "{} 起发布"),
        ("published.to", published.to, "{} 止发布"),
    )
    for name, bound, words in bounds:
        if bound is not None:
            given = bound.isoformat() if isinstance(bound, date) else f"{bound:.15g}"
            yield AppliedFilterOf(name, given, words.format(given))


def _flags(chosen: SearchFilter) -> Iterator[AppliedFilterOf]:
    flags = (
        ("includeDescendants", chosen.include_descendants, True, "不含下辖地区"),
        ("includeInferred", chosen.include_inferred, False, "含推断地区"),
        ("includeReprints", chosen.include_reprints, False, "含转载"),
    )
    for name, given, usual, words in flags:
        if given is not usual:
            yield AppliedFilterOf(name, str(given).lower(), words)
