"""What differs between two texts, character by character: what was put in, taken out or replaced, and where in either."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from archive.text import Span

LONGEST = 100_000
"""Code points of a text that is compared: some 100 printed pages."""
_GRAMS = (16, 6)
"""Characters in a row that hold two texts together where each of them has them once; the shorter ones where the longer find nothing."""
_EXACT = 4_000_000
"""Largest product of two lengths that is compared character by character (4 ms); what is longer and has nothing in common is replaced."""
_SHORTEST = 3
"""Code points that must be equal between two changes to keep them apart: 的 and a comma are equal by chance."""


class ChangeKind(StrEnum):
    """What happened to a place of the first text."""

    INSERTED = "INSERTED"
    DELETED = "DELETED"
    REPLACED = "REPLACED"


class Change(NamedTuple):
    """`before` in the first text became `after` in the second one; what stands between two changes is equal."""

    before: Span
    after: Span

    @property
    def kind(self) -> ChangeKind:
        """Told by which of the two is empty."""
        if self.before.start == self.before.end:
            return ChangeKind.INSERTED
        return ChangeKind.DELETED if self.after.start == self.after.end else ChangeKind.REPLACED


class _Run(NamedTuple):
    """`length` equal characters."""

    before: int
    after: int
    length: int


def text_changes(before: str, after: str) -> tuple[Change, ...]:
    """The changes that lead from one text to the other, in their order.

    Linear in the lengths, but for stretches of at most _EXACT. Whole numbers change, never digits of them. A paragraph that was moved is
    deleted at one place and inserted at the other. Raises ValueError when a text has more than LONGEST code points.
    """
    if max(len(before), len(after)) > LONGEST:
        raise ValueError(f"only texts of up to {LONGEST} characters are compared, and one of these has {max(len(before), len(after))}")
    head = _equal(before.startswith, after, lambda length: after[:length])
    rest = min(len(before), len(after)) - head
    tail = min(rest, _equal(before.endswith, after, lambda length: after[len(after) - length :]))
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    found = [_shifted(change, head, head) for gap in _gaps(*middle, 0) for change in _exactly(*middle, gap)]
    return tuple(_apart(_whole_numbers(before, after, change) for change in _apart(found)))


def equal_share(before: str, after: str, changes: Iterable[Change]) -> float:
    """The share of the characters of both texts that are equal in both: 1 for the same text, 0 for two that share nothing."""
    changed = sum(change.before.end - change.before.start + change.after.end - change.after.start for change in changes)
    return 1 - changed / (len(before) + len(after)) if before or after else 1.0


def image(span: Span, changes: Sequence[Change]) -> Span:
    """Where the second text has what `span` of the first one became, with the whole of every change that touches it."""
    first = bisect_left(changes, span.start, key=lambda change: change.before.end)
    touching = list(takewhile(lambda change: change.before.start <= span.end, islice(changes, first, None)))
    if not touching:
        return span.shifted(changes[first - 1].after.end - changes[first - 1].before.end if first else 0)
    opening, closing = touching[0], touching[-1]
    start = opening.after.start - max(0, opening.before.start - span.start)
    return Span(start, closing.after.end + max(0, span.end - closing.before.end))


def _gaps(before: str, after: str, level: int) -> Iterator[Change]:
    """What lies between runs of equal characters."""
    runs = _runs(before, after, _GRAMS[level])
    for above, below in pairwise([_Run(0, 0, 0), *runs, _Run(len(before), len(after), 0)]):
        gap = Change(Span(above.before + above.length, below.before), Span(above.after + above.length, below.after))
        if level + 1 < len(_GRAMS) and _product(gap) > _EXACT:
            inner = _gaps(gap.before.of(before), gap.after.of(after), level + 1)
            yield from (_shifted(one, gap.before.start, gap.after.start) for one in inner)
        else:
            yield gap


def _shifted(change: Change, before: int, after: int) -> Change:
    return Change(change.before.shifted(before), change.after.shifted(after))


def _equal(holds: Callable[[str], bool], after: str, part: Callable[[int], str]) -> int:
    """The length of the longest beginning (or end) of `after`, given by `part`, that the other text has too."""
    lengths = range(1, len(after) + 1)
    return bisect_left(lengths, True, key=lambda length: not holds(part(length)))


def _product(gap: Change) -> int:
    return (gap.before.end - gap.before.start) * (gap.after.end - gap.after.start)


def _runs(before: str, after: str, gram: int) -> list[_Run]:
    """Equal stretches in the order of both texts, found by what stands once in each."""
    here, there = _once(before, gram), _once(after, gram)
    pairs = [(at, there[text]) for text, at in here.items() if text in there]
    runs: list[_Run] = []
    at_before = at_after = 0
    for first, second in _rising(pairs):
        if first < at_before or second < at_after:
            continue
        back = 0
        while first - back > at_before and second - back > at_after and before[first - back - 1] == after[second - back - 1]:
            back += 1
        length = gram
        most = min(len(before) - first, len(after) - second)
        while length < most and before[first + length] == after[second + length]:
            length += 1
        runs.append(_Run(first - back, second - back, length + back))
        at_before, at_after = first + length, second + length
    return runs


def _once(text: str, gram: int) -> dict[str, int]:
    """The stretches of `gram` characters that stand once in `text`, with their places, in its order."""
    places: dict[str, int] = {}
    for at in range(len(text) - gram + 1):
        piece = text[at : at + gram]
        places[piece] = -1 if piece in places else at
    return {piece: at for piece, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, which rise in their first number, that rises in the second one too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [second]
        ends[place : place + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _exactly(before: str, after: str, gap: Change) -> Iterator[Change]:
    """The changes within a stretch, or the stretch as one change where it is too long."""
    if gap.before.start == gap.before.end and gap.after.start == gap.after.end:
        return
    if _product(gap) > _EXACT:
        yield gap
        return
    for step in Levenshtein.opcodes(gap.before.of(before), gap.after.of(after)):
        if step.tag != "equal":
            ours, theirs = Span(step.src_start, step.src_end), Span(step.dest_start, step.dest_end)
            yield _shifted(Change(ours, theirs), gap.before.start, gap.after.start)


def _apart(changes: Iterable[Change]) -> list[Change]:
    """The changes, those with next to nothing between them as one."""
    found: list[Change] = []
    for change in changes:
        if found and change.before.start - found[-1].before.end < _SHORTEST:
            last = found.pop()
            change = Change(Span(last.before.start, change.before.end), Span(last.after.start, change.after.end))  # noqa: PLW2901
        found.append(change)
    return found


def _whole_numbers(before: str, after: str, change: Change) -> Change:
    """The change with the rest of the numbers that it cuts: 12 became 15, not 2 became 5."""
    (start, end), (other_start, other_end) = change
    edges = (before[start:end] or "-", after[other_start:other_end] or "-")
    if any(edge[0] in _FIGURE for edge in edges):
        while start and other_start and before[start - 1] in _FIGURE and before[start - 1] == after[other_start - 1]:
            start, other_start = start - 1, other_start - 1
    if any(edge[-1] in _FIGURE for edge in edges):
        while end < len(before) and other_end < len(after) and before[end] in _FIGURE and before[end] == after[other_end]:
            end, other_end = end + 1, other_end + 1
    return Change(Span(start, end), Span(other_start, other_end))


_FIGURE = frozenset("0123456789.０１２３４５６７８９．")
