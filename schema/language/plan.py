"""A typed query made ready to be searched: what each clause became, with its label, and the query tree for all words or for any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.errors import BadRequest
from schema.context import Services
from schema.enums import ItemType, MatchMode
from schema.known_indicators import named_indicator
from schema.language import figures
from schema.language.clauses import Clause, ClauseKind, Note, NoteCode, Typed
from schema.language.hints import widened, with_authors, with_hint, without_asking
from schema.language.invisible import seen
from schema.language.parts import Part, any_of
from schema.language.reading import read
from schema.language.rows import FieldKind, fields_by_name
from schema.language.values import MOST_VILLAGES, field_of
from schema.search_box import says, sought, words
from search.analysis import Form, fold, terms
from search.criteria import All, Any, Constant, Everything, Not, Nothing, Query, SearchRequest, Term

MAX_FIGURES = 10
WHOLE = 100.0
"""What an item gains for each of up to ten words by holding them all where any will do: enough to come first. A title of the samples gets
20 for a word at most, one in 60,000 texts some 60; more than a thousand in all would cost scores their last digits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole query. One that was not typed is `fixed` and has no parts."""

    typed: Typed = field(default_factory=lambda: Typed("", ()))
    parts: tuple[Part, ...] = ()
    match: MatchMode = MatchMode.ALL
    fixed: Query | None = None

    @property
    def can_relax(self) -> bool:
        """Whether any word may do where all find nothing: AUTO was asked for, and there are several words."""
        texts = [part.words for part in self.parts if part.kind is ClauseKind.WORDS and part.words and not part.clause.excluded]
        return self.match is MatchMode.AUTO and len({term for text in texts for term in sought(text)}) > 1

    def in_words(self) -> Plan | None:
        """The plan with its figures in prose read as words that must all be there; None where it has none, or AUTO was not asked for.

        A sentence that is pasted holds figures as often as a condition does (人才不足50人).
        """
        parts = tuple(_in_words(part) for part in self.parts)
        return replace(self, parts=parts) if self.match is MatchMode.AUTO and parts != self.parts else None

    @property
    def _loose(self) -> frozenset[ClauseKind]:
        """What any one of will do once any word will do. A question quotes words too, and means them no more strictly than the others."""
        return frozenset({ClauseKind.WORDS, ClauseKind.PHRASE} if self.match is MatchMode.AUTO else {ClauseKind.WORDS})

    @property
    def groups(self) -> tuple[tuple[Part, ...], ...]:
        """The parts that say something, alternatives together."""
        of = {part.clause.start: part for part in self.parts}
        found = (tuple(part for clause in group if (part := of[clause.start]).says) for group in self.typed.groups)
        return tuple(filter(None, found))

    def query(self, *, every: bool, without: Sequence[Part] = (), whole: bool = True) -> Query:
        """The query tree that wants every word, or any; fields, figures and what is left out count either way, phrases too
        unless AUTO has come to any. Then those that hold every word come first, unless it is known that none does (`whole` is False)."""
        if self.fixed is not None:
            return self.fixed
        left_out = {part.clause.start for part in without}
        together: list[str] = []
        loose: list[tuple[Part, ...]] = []
        wanted: list[Query] = []
        refused: list[Query] = []
        for members in self.groups:
            group = tuple(part for part in members if part.clause.start not in left_out)
            if not group:
                continue
            if group[0].clause.excluded:
                refused.append(Not(group[0].condition(every=True)))
            elif len(group) == 1 and group[0].plain:
                together.append(group[0].words)
            elif not every and all(part.kind in self._loose and part.query is None for part in group):
                loose.append(group)
            else:
                wanted.append(any_of(part.condition(every=True) for part in group))
        if together or loose:
            wanted.insert(0, self._together(together, loose, every=every, whole=whole))
        left = [part for part in self.parts if part.clause.start not in left_out and not part.clause.excluded]
        if not any(part.words for part in left) and (named := " ".join(part.name for part in left if part.name)):
            wanted.append(Any((Everything(), words(named, every=False))))
        queries = [*(wanted or [Everything()]), *refused]
        return queries[0] if len(queries) == 1 else All(tuple(queries))

    def _together(self, plain: Sequence[str], loose: Sequence[Sequence[Part]], *, every: bool, whole: bool) -> Query:
        """Some words, and alternatives of which any word will do as well; what holds them all first where AUTO has come to any."""
        also = [part.also for group in loose for part in group if part.also is not None]
        text = " ".join([*plain, *(text for group in loose for part in group for text in (part.words, *part.synonyms))])
        found = any_of([words(text, every=every), *also])
        if every or not whole or self.match is MatchMode.ANY:
            return found
        held = [words(" ".join(plain), every=True)] if plain else []
        held += [any_of(part.condition(every=True) for part in group) for group in loose]
        return Any((found, Constant(All(tuple(held)), WHOLE * min(len(terms(text, Form.WORDS)), 10))))


def fixed(query: Query) -> Plan:
    """A plan for what nobody typed."""
    return Plan(fixed=query)


async def planned(services: Services, query: str, match: MatchMode, *, synonyms: bool = True, inferred: bool = False) -> Plan:
    """Reads a query and looks up what it names. Raises BadRequest when it is too long or has too many figures."""
    typed = read(query)
    if sum(clause.kind is ClauseKind.FIGURE for clause in typed.clauses) > MAX_FIGURES:
        raise BadRequest(f"A query may have {MAX_FIGURES} conditions on figures; each takes a search of its own.")
    fields = [clause.start for clause in typed.clauses if clause.kind is ClauseKind.FIELD][:MOST_VILLAGES]
    parts = [await _part(services, clause, inferred=inferred, villages=clause.start in fields) for clause in typed.clauses]
    if match is MatchMode.AUTO:
        parts = without_asking(parts)
    parts = await with_authors(services, [with_hint(services.gazetteer, part, inferred=inferred) for part in parts])
    if synonyms:
        parts = [widened(part) for part in parts]
    return Plan(typed, tuple(parts), match)


def names_it(text: str, name: str) -> bool:
    """Whether `name` holds every word and every phrase that is typed, wherever they stand in it; all else is left to the query."""
    folded = fold(name)
    said = [clause for clause in read(text).clauses if clause.says and not clause.excluded]
    wanted = [word for clause in said if clause.kind is ClauseKind.WORDS for word in terms(clause.value, Form.WORDS)]
    wanted += [fold(clause.value) for clause in said if clause.kind is ClauseKind.PHRASE]
    return all(one in folded for one in wanted)


async def _part(services: Services, clause: Clause, *, inferred: bool, villages: bool) -> Part:
    left_out = "不含" if clause.excluded else ""
    match clause.kind:
        case ClauseKind.WORDS:
            return Part(clause, clause.kind, f"{left_out or '包含'}“{clause.value}”", clause.notes, words=clause.value)
        case ClauseKind.PHRASE:
            return Part(clause, clause.kind, f"{left_out or '原样包含'}“{clause.value}”", clause.notes, words=clause.value)
        case ClauseKind.FIELD:
            return await _checked(services, _field_part(services, clause, inferred=inferred, villages=villages), look=villages)
        case ClauseKind.FIGURE:
            return await _figure_part(services, clause)
        case ClauseKind.OR:
            return Part(clause, clause.kind, "或", clause.notes)
    return Part(clause, clause.kind, f"忽略“{clause.text}”", clause.notes)


def _field_part(services: Services, clause: Clause, *, inferred: bool, villages: bool) -> Part:
    found = field_of(clause, services.gazetteer, inferred=inferred, villages=villages)
    notes = (*clause.notes, *found.notes)
    if not found.found:
        text = " ".join(clause.values)
        label = f"{'不含' if clause.excluded else '包含'}“{text}”"
        return Part(clause, ClauseKind.WORDS, label, notes, words=text if says(text) else "")
    label = f"{'不要' if clause.excluded else ''}{clause.field}：{'、'.join(one.label for one in found.found)}"
    spoken_of = fields_by_name()[clause.field or ""].kind in (FieldKind.THEME, FieldKind.PRACTICE)
    name = " ".join(one.label for one in found.found) if spoken_of else ""
    return Part(clause, clause.kind, label, notes, query=found.query, name=name)


async def _checked(services: Services, part: Part, *, look: bool) -> Part:
    """With a note where the field names what no list holds, and the archive neither; `look` bounds how often it is asked."""
    if part.query is None or not look or fields_by_name()[part.clause.field or ""].kind is not FieldKind.INDICATOR:
        return part
    if any(map(named_indicator, part.clause.values)) or (await services.engine.search(SearchRequest(part.query, size=0))).total:
        return part
    values = "、".join(f"“{value}”" for value in part.clause.values)
    return replace(part, notes=(*part.notes, Note(NoteCode.UNKNOWN_VALUE, f"库中没有叫{values}的{part.clause.field}")))


async def _figure_part(services: Services, clause: Clause) -> Part:
    if clause.bounds is None:
        raise ValueError(f"{clause.text} is a figure without bounds")
    subjects = await figures.subjects_called(services.engine, clause.value)
    label = f"{'不要' if clause.excluded else ''}数据：{clause.value}{clause.bounds.label}"
    note = Note(NoteCode.FIGURES_ONLY, f"“{clause.value}”按数字检索，只找数据")
    if clause.excluded:
        note = Note(NoteCode.FIGURES_LEFT_OUT, f"“{clause.value}”按数字检索，只去掉符合的数据，其他都保留")
    if subjects == Nothing():
        if clause.in_prose and not clause.excluded and not seen(clause.text).startswith(clause.value):  # 十户以上联防 is no condition
            return Part(clause, ClauseKind.WORDS, f"包含“{seen(clause.text)}”", clause.notes, words=seen(clause.text))
        note = Note(NoteCode.UNKNOWN_SUBJECT, f"没有统计对象叫“{clause.value}”")
    kind = Term("kind", (ItemType.STATISTIC.value,))
    condition = All((kind, subjects, figures.between(clause.bounds)))
    return Part(clause, clause.kind, label, (*clause.notes, note), query=condition)


def _in_words(part: Part) -> Part:
    if part.kind is not ClauseKind.FIGURE or not part.clause.in_prose or part.clause.excluded:
        return part
    text = seen(part.clause.text)
    notes = tuple(note for note in part.notes if note.code is not NoteCode.FIGURES_ONLY)
    note = Note(NoteCode.FIGURE_AS_WORDS, f"没有一条数据符合“{text}”，按普通词检索，各词都要有")
    return replace(part, kind=ClauseKind.WORDS, label=f"包含“{text}”", notes=(*notes, note), query=words(text, every=True))
