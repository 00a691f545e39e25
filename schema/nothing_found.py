"""Why a search found nothing: what each clause finds alone, what would be found without it, and the nearest query that finds something."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import strawberry

from schema.context import Services
from schema.facets import KINDS
from schema.language.clauses import Clause, ClauseKind, Typed
from schema.language.parts import Part
from schema.language.plan import Plan
from schema.search_box import phrase, pieces
from schema.text_range import TextRange
from search.analysis import Form, fold, terms
from search.criteria import Everything, Not, Query, SearchRequest

MOST_CLAUSES = 4
MOST_FILTERS = 3
"""So that it takes eleven searches at most: two a clause, one a filter; and one more for each character that is no word."""
FEW_CLAUSES = 12
"""Of a query with more clauses each is told alone: what remains of a hundred without one is as dear to look for as the whole."""
_SHOWN = 20  # characters of what is missing, in a sentence

_NUMBER = re.compile(r"[\d.,%]+")
_OTHER_FILTERS = {"published": ("发布日期", "published"), "document_id": ("文献", "documentIds"), "value": ("数值", "figure.min")}
_ALWAYS = {"findable", "reprints", "figures"}


class Searched(Protocol):
    """What is needed of the search that found nothing."""

    @property
    def plan(self) -> Plan:
        """What was typed."""
        ...

    @property
    def request(self) -> SearchRequest:
        """What the engine was asked."""
        ...


@strawberry.type(description="What one clause, or one word, has to do with nothing being found.")
class ClauseFound:
    """Counts of a clause."""

    text: str = strawberry.field(description="The clause as typed; the words of a single clause are told one by one.")
    range: TextRange = strawberry.field(description="Where it stands in the query, in code points.")
    alone: int = strawberry.field(description="How many hits it has by itself, within the filters.")
    without: int = strawberry.field(
        description="How many hits the query has without it; more than 0 where it alone is in the way. "
        f"0 in a query of more than {FEW_CLAUSES} clauses, where it is not looked for."
    )


@strawberry.type(description="What one filter has to do with nothing being found.")
class FilterFound:
    """Counts of a filter."""

    field: str = strawberry.field(description="The field of SearchFilter, as in placeIds.")
    label: str = strawberry.field(description="Its Chinese name.")
    without: int = strawberry.field(description="How many hits the query has without this filter.")


@strawberry.type(description="A query that is near the one that was typed, and finds something.")
class RelaxedQuery:
    """A way out."""

    text: str = strawberry.field(description="The query.")
    count: int = strawberry.field(description="How many hits it has, within the same filters.")


@strawberry.type(description="Why nothing holds all that was typed.")
class NothingFound:
    """Resolved from NothingFoundOf."""

    clauses: list[ClauseFound] = strawberry.field(description=f"The first {MOST_CLAUSES} clauses, alternatives of one OR together.")
    filters: list[FilterFound] = strawberry.field(description=f"The first {MOST_FILTERS} filters.")
    relaxed: RelaxedQuery | None = strawberry.field(
        description="The query without the clause that is most in the way, or else the clause that finds most; null where none finds any."
    )
    message: str = strawberry.field(description="All of it as a sentence in Chinese, ready to be shown.")


@dataclass(frozen=True, slots=True)
class NothingFoundOf:
    """What a NothingFound is resolved from."""

    clauses: list[ClauseFound]
    filters: list[FilterFound]
    relaxed: RelaxedQuery | None
    within: frozenset[str] = frozenset()
    """What stands only inside other words (值 in 生产总值)."""
    pieces: bool = False
    """Whether a single clause is told word by word."""

    @property
    def message(self) -> str:
        """A sentence."""
        unknown = dict.fromkeys(
            f"“{self._shown(at)}”" for at, one in enumerate(self.clauses) if not one.alone and one.text not in self.within
        )
        inside = [f"“{one.text}”" for one in self.clauses if one.text in self.within]
        said = [f"库中没有{'、'.join(unknown)}"] if unknown else []
        said += [f"{'、'.join(inside)}只在别的词里出现，不是单独的词"] if inside else []
        if not said and len(self.clauses) > 1:
            said = ["各部分都有，但没有一条同时满足"]
        said += [f"去掉筛选“{one.label}”有{one.without}条" for one in self.filters if one.without]
        if self.relaxed is not None:
            said.append(f"改检“{self.relaxed.text}”有{self.relaxed.count}条")
        return "；".join(said) or "库中没有符合条件的内容"

    def _shown(self, at: int) -> str:
        """A clause as typed: a piece of a name with the lone characters that the cutting parted from it (次仁片, 少)."""
        text, clauses = self.clauses[at].text, self.clauses
        start, end = clauses[at].range.start, clauses[at].range.end
        if self.pieces and at and len(clauses[at - 1].text) == 1 and clauses[at - 1].range.end == start:
            text = clauses[at - 1].text + text
        if self.pieces and at + 1 < len(clauses) and len(clauses[at + 1].text) == 1 and clauses[at + 1].range.start == end:
            text += clauses[at + 1].text
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


async def diagnosed(services: Services, found: Searched) -> NothingFoundOf:
    """Some searches that only count, all at once."""
    plan = _by_words(found.plan)
    filters = found.request.filters
    groups = plan.groups[:MOST_CLAUSES] if plan.fixed is None else ()
    named = list(_named(filters))[:MOST_FILTERS]
    whole = plan.query(every=True)
    asked = [(_alone(plan, group), filters) for group in groups]
    each = groups if len(plan.groups) <= FEW_CLAUSES else ()
    asked += [(plan.query(every=True, without=group), filters) for group in each]
    asked += [(whole, {name: query for name, query in filters.items() if name != left_out}) for left_out, _, _ in named]
    counts = await asyncio.gather(*(_count(services, query, within) for query, within in asked))
    alone, unfiltered = counts[: len(groups)], counts[len(groups) + len(each) :]
    without = counts[len(groups) : len(groups) + len(each)] if each else [0] * len(groups)
    clauses = [
        ClauseFound(text=_text(group), range=_range(group), alone=first, without=second if len(groups) > 1 else 0)
        for group, first, second in zip(groups, alone, without, strict=True)
    ]
    narrowed = [FilterFound(field=field, label=label, without=count) for (_, field, label), count in zip(named, unfiltered, strict=True)]
    lone = [one.text for one in clauses if not one.alone and len(one.text) == 1]  # two characters that stand together are found by pairs
    held = await asyncio.gather(*(_count(services, phrase(one), filters) for one in lone))
    within = frozenset(one for one, count in zip(lone, held, strict=True) if count)
    return NothingFoundOf(clauses, narrowed, _relaxed(plan.typed, groups, clauses), within, plan is not found.plan)


def _relaxed(typed: Typed, groups: Sequence[Sequence[Part]], clauses: Sequence[ClauseFound]) -> RelaxedQuery | None:
    if not clauses:
        return None

    def in_the_way(at: int) -> tuple[bool, bool, bool, int]:
        one = clauses[at]
        return one.without > 0, one.alone == 0, groups[at][0].clause.excluded, one.without

    for at in sorted(range(len(clauses)), key=in_the_way, reverse=True):
        left = typed.without(*(part.clause for part in groups[at]))
        if clauses[at].without and _telling(left):
            return RelaxedQuery(text=left, count=clauses[at].without)
    wanted = [one for one, group in zip(clauses, groups, strict=True) if not group[0].clause.excluded and _telling(one.text)]
    best = max(wanted, key=lambda one: one.alone, default=None)
    return RelaxedQuery(text=best.text, count=best.alone) if best is not None and best.alone else None


def _telling(text: str) -> bool:
    """Whether a query is worth offering: more than single characters and short numbers, which nearly everything holds."""
    return any(len(term) > (3 if _NUMBER.fullmatch(term) else 1) for term in terms(text, Form.WORDS))


def _by_words(plan: Plan) -> Plan:
    """The plan with a single clause of words told word by word."""
    said = [part for part in plan.parts if part.says]
    if len(said) != 1 or said[0].kind is not ClauseKind.WORDS or said[0].clause.kind is not ClauseKind.WORDS or said[0].clause.excluded:
        return plan
    clause, kept = said[0].clause, set(fold(said[0].words))
    if clause.text != clause.value:  # what nobody sees moves its words
        return plan
    named = {fold(clause.value[start:end]): (start, end) for start, end in reversed(pieces(clause.value))}
    found = sorted(span for text, span in named.items() if set(text) & kept or text.isascii())
    if len(found) < 2:
        return plan
    parts = tuple(_word(said[0], clause, clause.start + start, clause.start + end) for start, end in found)
    return Plan(Typed(plan.typed.query, tuple(part.clause for part in parts)), parts, plan.match)


def _word(part: Part, clause: Clause, start: int, end: int) -> Part:
    text = clause.text[start - clause.start : end - clause.start]
    return replace(part, clause=replace(clause, start=start, end=end, text=text, value=text), words=text, synonyms=())


def _named(filters: Mapping[str, Query]) -> Iterator[tuple[str, str, str]]:
    """The filters that somebody chose: name, field of the input, label."""
    known = {kind.index: (kind.label, kind.input) for kind in KINDS.values()} | _OTHER_FILTERS
    for name in filters:
        if name not in _ALWAYS:
            label, field = known.get(name, (name, name))
            yield name, field, label


def _alone(plan: Plan, group: Sequence[Part]) -> Query:
    own = {part.clause.start for part in group}
    others = [part for part in plan.parts if part.clause.start not in own]
    query = plan.query(every=True, without=others)
    return Not(group[0].condition(every=True)) if query == Everything() and group[0].clause.excluded else query


async def _count(services: Services, query: Query, filters: Mapping[str, Query]) -> int:
    return (await services.engine.search(SearchRequest(query, filters=filters, size=0))).total


def _text(group: Sequence[Part]) -> str:
    return " OR ".join(part.clause.text for part in group)


def _range(group: Sequence[Part]) -> TextRange:
    return TextRange(start=group[0].clause.start, end=group[-1].clause.end)
