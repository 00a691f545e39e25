"""Which figures of a text another copy of it lacks, has beside them, or prints otherwise."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from archive.findings import Statistic
from archive.text_changes import Change, image


class FigureChangeKind(StrEnum):
    """What happened to a figure of the first text."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"


class FigureChange(NamedTuple):
    """A figure of the first text and what the second one has in its place; one of them may be missing."""

    before: Statistic | None
    after: Statistic | None

    @property
    def kind(self) -> FigureChangeKind:
        """Told by which of the two is missing."""
        if self.before is None:
            return FigureChangeKind.ADDED
        return FigureChangeKind.REMOVED if self.after is None else FigureChangeKind.CHANGED


def figure_changes(before: Sequence[Statistic], after: Sequence[Statistic], changes: Sequence[Change]) -> tuple[FigureChange, ...]:
    """The figures that differ, in the order of the first text, then what the second one has beside them. `changes` is text_changes' answer.

    Figures are held against each other by their place in the text, then by what they say (in a paragraph that was moved), then by what
    they count. Those that say the same are left out.
    """
    pairs = _by_place(before, after, changes)
    for same in (_said, _counted):
        pairs += _alike(_without(before, (one for one, _ in pairs)), _without(after, (other for _, other in pairs)), same)
    partner = {one.id: other for one, other in pairs}
    taken = {other.id for other in partner.values()}
    found = [FigureChange(one, partner.get(one.id)) for one in before if one.id not in partner or _value(one) != _value(partner[one.id])]
    return (*found, *(FigureChange(None, other) for other in after if other.id not in taken))


def _value(figure: Statistic) -> tuple[object, ...]:
    return figure.value, figure.max_value, figure.unit, figure.qualifier


def _said(figure: Statistic) -> Hashable:
    return figure.subject, *_value(figure)


def _counted(figure: Statistic) -> Hashable | None:
    """What a figure counts; None where it does not say, for then nothing holds two of them together."""
    return (figure.subject, figure.unit, figure.measure, figure.status, figure.period) if figure.subject else None


def _without(figures: Sequence[Statistic], taken: Iterable[Statistic]) -> list[Statistic]:
    ids = {one.id for one in taken}
    return [one for one in figures if one.id not in ids]


def _by_place(before: Sequence[Statistic], after: Sequence[Statistic], changes: Sequence[Change]) -> list[tuple[Statistic, Statistic]]:
    """Figures that stand at the same place of the text and have the same unit; of several, the one that says the same."""
    left = sorted(after, key=lambda one: one.span)
    pairs: list[tuple[Statistic, Statistic]] = []
    first = 0
    for one in sorted(before, key=lambda figure: figure.span):
        place = image(one.span, changes)
        while first < len(left) and left[first].span.end <= place.start:
            first += 1
        there = []
        for other in left[first:]:
            if other.span.start >= place.end:
                break
            if other.unit == one.unit or other.subject == one.subject:
                there.append(other)
        if there:
            best = max(there, key=lambda other: (_said(other) == _said(one), _value(other) == _value(one), other.unit == one.unit))
            left.remove(best)
            pairs.append((one, best))
    return pairs


def _alike(
    before: Sequence[Statistic], after: Sequence[Statistic], same: Callable[[Statistic], Hashable | None]
) -> list[tuple[Statistic, Statistic]]:
    """Pairs of figures that `same` says the same of, in the order of both texts."""
    left: dict[Hashable, list[Statistic]] = {}
    for other in reversed(after):
        left.setdefault(same(other), []).append(other)
    pairs: list[tuple[Statistic, Statistic]] = []
    for one in before:
        key = same(one)
        if key is not None and left.get(key):
            pairs.append((one, left[key].pop()))
    return pairs
