"""Links between what is found: problem, measure, result, figure, recommendation, each by the words of the text that say so."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from archive.changed import changed
from archive.findings import Link, Quote, Relation, Status, Unit, UnitKind
from archive.records import Document
from archive.text import Span

_ROWS = Path(__file__).with_name("unit_links.toml")
_SENTENCE_BREAK = re.compile(r"[。！？；!?;\n]")
_LONGEST_SENTENCE = 200
"""Code points that are looked back over for the beginning of a sentence."""
_NEAR = 300
"""Code points: so far back 这些问题 may point, and so far apart the problems that it means may stand."""
_MOST_MEANT = 6
_MOST_SHARING = 3
"""A pair of characters that stands in more problems than this tells none of them from the others."""
_ENOUGH_SHARED = 2
_ENOUGH_MEANT = 0.5
"""The share of the words of a named trouble (办事难, 办事远) that must stand in the problem it is taken for."""
_NUMBER = re.compile(r"[一二三四五六七八九十\d①-⒇]+")


@dataclass(frozen=True, slots=True)
class LinkCues:
    """The compiled rows of unit_links.toml."""

    means: tuple[re.Pattern[str], ...]
    achieved: tuple[re.Pattern[str], ...]
    by_now: tuple[re.Pattern[str], ...]
    aimed: re.Pattern[str]
    these: re.Pattern[str]
    unspecific: re.Pattern[str]


def rows() -> Mapping[str, Any]:
    """The tables of unit_links.toml as they stand, for the tests of their examples."""
    return tomllib.loads(_ROWS.read_text("utf-8"))


@cache
def link_cues() -> LinkCues:
    """The compiled cue words."""
    tables = rows()
    words = "|".join(sorted(map(re.escape, tables["common"]["words"]), key=len, reverse=True))
    return LinkCues(
        **{name: tuple(map(re.compile, tables[name]["patterns"])) for name in ("means", "achieved", "by_now")},
        aimed=re.compile("|".join(tables["aimed"]["patterns"])),
        these=re.compile(tables["these"]["pattern"]),
        unspecific=re.compile(rf"{words}|[^\u4e00-\u9fff]+"),
    )


def find_links(doc: Document) -> Document:
    """Fill `links` from units and statistics that know their place (`link_units`). Time is linear in the text and its findings."""
    by_id = {unit.id: unit for unit in doc.units}
    found: dict[tuple[str, Relation, str], Link] = {}
    for link in (*_measured(doc, by_id), *_achieved(doc, by_id), *_aimed(doc), *_answered(doc)):
        found.setdefault((link.start, link.relation, link.target), link)
    order = {one: number for number, one in enumerate((*by_id, *(figure.id for figure in doc.statistics)))}
    return changed(doc, links=tuple(sorted(found.values(), key=lambda link: (order[link.start], order[link.target], link.relation))))


def _link(text: str, start: Unit, relation: Relation, target: str, cue: Span) -> Link:
    return Link(start=start.id, relation=relation, target=target, cue=Quote(cue.of(text), cue))


def _measured(doc: Document, by_id: Mapping[str, Unit]) -> Iterator[Link]:
    """From a result to each figure in it that is a fact; the figure's own words say so."""
    for figure in doc.statistics:
        unit = by_id.get(figure.unit_id or "")
        if unit is None or unit.kind is not UnitKind.RESULT or figure.status is not Status.ACTUAL:
            continue
        if figure.span.end > unit.span.start:  # what stands before the result in its sentence was put in, not got out
            yield _link(doc.text, unit, Relation.MEASURED_BY, figure.id, figure.span)


def _achieved(doc: Document, by_id: Mapping[str, Unit]) -> Iterator[Link]:
    """From the measure that a result stands under, by words of consequence in the result's sentence."""
    for unit in doc.units:
        if unit.kind is not UnitKind.RESULT:
            continue
        holder = by_id.get(unit.parent or "")
        while holder is not None and holder.kind is not UnitKind.MEASURE:
            holder = by_id.get(holder.parent or "")
        if holder is not None and (cue := _consequence(doc.text, unit)):
            yield _link(doc.text, holder, Relation.ACHIEVES, unit.id, cue)


def _consequence(text: str, unit: Unit) -> Span | None:
    begins = max(_sentence_start(text, unit.span.start), unit.extent.start)
    told = ((begins, link_cues().means), (unit.span.start, link_cues().achieved), (begins, link_cues().by_now))
    for start, patterns in told:
        for pattern in patterns:
            if found := pattern.search(text, start, unit.span.end):
                return Span(*found.span())
    at = unit.quote.find(unit.cue) if unit.cue else -1
    return Span(unit.span.start + at, unit.span.start + at + len(unit.cue)) if unit.cue and at >= 0 else None


def _sentence_start(text: str, offset: int) -> int:
    first = max(0, offset - _LONGEST_SENTENCE)
    breaks = [match.end() for match in _SENTENCE_BREAK.finditer(text, first, offset)]
    return breaks[-1] if breaks else first


class _Problems:
    """The problems of a document, found by the pairs of characters that tell them apart."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.all = [unit for unit in units if unit.kind is UnitKind.PROBLEM]
        self.ends = [unit.span.end for unit in self.all]
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(self.all):
            for pair in telling_pairs(unit.quote):
                self._with[pair].append(number)

    def sharing(self, pairs: Iterable[str]) -> Counter[int]:
        """How many of `pairs` each problem holds, by its number; pairs that many hold do not count."""
        return Counter(number for pair in pairs if len(self._with.get(pair, ())) <= _MOST_SHARING for number in self._with.get(pair, ()))

    def last_in(self, span: Span) -> Unit | None:
        """The last problem that is told inside `span`."""
        at = bisect_right(self.ends, span.end) - 1
        return self.all[at] if at >= 0 and span.holds(self.all[at].span) else None

    def just_before(self, offset: int) -> list[Unit]:
        """The last problems told before `offset`, when they stand near."""
        found: list[Unit] = []
        at = offset
        for unit in reversed(self.all[max(0, bisect_right(self.ends, offset) - _MOST_MEANT) : bisect_right(self.ends, offset)]):
            if at - unit.span.end > _NEAR:
                break
            found.append(unit)
            at = unit.span.start
        return found[::-1]


def telling_pairs(words: str) -> dict[str, int]:
    """The pairs of characters of `words` without those that stand in most units, each with its offset."""
    found: dict[str, int] = {}
    at = 0
    for gap in (*link_cues().unspecific.finditer(words), None):
        end = gap.start() if gap else len(words)
        for offset in range(at, end - 1):
            found.setdefault(words[offset : offset + 2], offset)
        at = gap.end() if gap else end
    return found


def _aimed(doc: Document) -> Iterator[Link]:
    """From a measure to the problem it is meant for (针对…问题), from a recommendation likewise; 这些 points to those told before."""
    problems = _Problems(doc.units)
    if not problems.all:
        return
    acting = _Acting(doc)
    for match in link_cues().aimed.finditer(doc.text):
        unit = acting.at(match)
        if unit is None:
            continue
        relation = Relation.ADDRESSES if unit.kind is UnitKind.MEASURE else Relation.ANSWERS
        cue = Span(*match.span())
        for problem in _meant(match["trouble"], problems, cue):
            yield _link(doc.text, unit, relation, problem.id, cue)


def _meant(trouble: str, problems: _Problems, cue: Span) -> list[Unit]:
    if (own := problems.last_in(cue)) is not None:
        return [own]
    offset = cue.start
    if link_cues().these.match(trouble):
        return problems.just_before(offset)
    pairs = telling_pairs(trouble)
    shared = problems.sharing(pairs)
    if not shared:
        return []
    best, count = max(shared.items(), key=lambda one: (one[1], -abs(problems.all[one[0]].span.start - offset)))
    return [problems.all[best]] if count >= _ENOUGH_MEANT * len(pairs) else []


class _Acting:
    """Which measure or recommendation a place in the text belongs to."""

    def __init__(self, doc: Document) -> None:
        self._text = doc.text
        self._units = [unit for unit in doc.units if unit.kind in (UnitKind.MEASURE, UnitKind.RECOMMENDATION)]
        self._starts = [unit.span.start for unit in self._units]

    def at(self, match: re.Match[str]) -> Unit | None:
        """The unit whose quote stands in the same sentence behind `match`, or else the one last begun that still goes on there."""
        following = bisect_left(self._starts, match.start())
        if following < len(self._units) and not _SENTENCE_BREAK.search(self._text, match.start(), self._starts[following]):
            return self._units[following]
        last = self._units[following - 1] if following else None
        return last if last is not None and last.extent.end >= match.end() else None


def _answered(doc: Document) -> Iterator[Link]:
    """From a recommendation to the problem that it shares telling words with; where two lists are equally long, place by place."""
    problems = _Problems(doc.units)
    advice = [unit for unit in doc.units if unit.kind is UnitKind.RECOMMENDATION]
    if not problems.all or not advice:
        return
    numbers = {unit.id: number for number, unit in enumerate(problems.all)}
    opposite = _opposite(problems.all, advice)
    asked = Counter(pair for unit in advice for pair in telling_pairs(unit.quote))
    for unit in advice:
        pairs = telling_pairs(unit.quote)
        shared = problems.sharing(pairs)
        other = opposite.get(unit.id)
        if other is not None and shared[numbers[other.id]]:
            best = numbers[other.id]
        elif shared:
            best = max(shared, key=lambda number: (shared[number], -number))
            own = [pair for pair in pairs if pair in problems.all[best].quote]
            alone = asked[own[0]] == 1 and len(shared) == 1 if own else False
            if shared[best] < _ENOUGH_SHARED and not alone:
                continue
        else:
            continue
        problem = problems.all[best]
        yield _link(doc.text, unit, Relation.ANSWERS, problem.id, _shared_words(unit, pairs, problem))


def _shared_words(unit: Unit, pairs: Mapping[str, int], problem: Unit) -> Span:
    """The longest words of `unit` that `problem` holds too."""
    held = telling_pairs(problem.quote)
    offsets = sorted(offset for pair, offset in pairs.items() if pair in held)
    runs = [[offset for _, offset in run] for _, run in groupby(enumerate(offsets), key=lambda one: one[1] - one[0])]
    longest = max(runs, key=len)
    return Span(longest[0], longest[-1] + 2).shifted(unit.span.start)


def _opposite(problems: Sequence[Unit], advice: Sequence[Unit]) -> dict[str, Unit]:
    """For each recommendation of a list the problem at its place in the nearest list before it that is equally long."""
    lists: dict[int, list[Unit]] = {}
    found: dict[str, Unit] = {}
    for _, series in sorted(_series((*problems, *advice)), key=lambda one: one[1][0].span.start):
        if series[0].kind is UnitKind.PROBLEM:
            lists[len(series)] = series
        elif len(series) > 1 and len(series) in lists:
            found.update((unit.id, other) for unit, other in zip(series, lists[len(series)], strict=True))
    return found


def _series(units: Iterable[Unit]) -> list[tuple[tuple[UnitKind, str, str], list[Unit]]]:
    """Siblings of one kind whose marks have one form."""
    found: defaultdict[tuple[UnitKind, str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        above, _, own = (unit.path or "").rpartition("/")
        found[unit.kind, above or unit.parent or "", _NUMBER.sub("", own)].append(unit)
    return list(found.items())
