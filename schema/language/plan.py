"""A typed query made ready to be searched: what each clause became, with its label, and the query tree for all words or for any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from archive.errors import BadRequest
from schema.context import Services
from schema.enums import ItemType, MatchMode
from schema.known_indicators import named_indicator
from schema.language import figures
from schema.language.clauses import Clause, ClauseKind, Note, NoteCode, Typed
from schema.language.invisible import seen
from schema.language.places import is_place
from schema.language.reading import read
from schema.language.rows import FieldKind, asking_words, fields_by_name
from schema.language.values import MOST_VILLAGES, field_of
from schema.search_box import phrase, says, words
from search.analysis import Form, fold, terms
from search.analysis import words as tokens
from search.criteria import All, Any, Everything, Not, Nothing, Query, SearchRequest, Term

MAX_SYNONYMS = 8
MAX_FIGURES = 10
WHOLE = 10.0
"""What an item gains by holding every word where any will do: enough for it to come first. Judged searches neither gain nor lose."""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as it takes part in the search: by `words` (with `synonyms`), or by the condition `query`; by neither where ignored.

    `name` is what a field names that texts speak of, a theme or a practice."""

    clause: Clause
    kind: ClauseKind
    label: str
    notes: tuple[Note, ...] = ()
    words: str = ""
    synonyms: tuple[str, ...] = ()
    query: Query | None = None
    name: str = ""

    @property
    def says(self) -> bool:
        """Whether it has a part in what is found."""
        return bool(self.words) or self.query is not None

    @property
    def plain(self) -> bool:
        """Whether it is words that need no condition of their own."""
        return bool(self.words) and not self.synonyms and self.kind is ClauseKind.WORDS and not self.clause.excluded

    def condition(self, *, every: bool) -> Query:
        """What it asks of an item, whether it is excluded or not."""
        if self.query is not None:
            return self.query
        if self.clause.excluded or self.kind is ClauseKind.PHRASE:
            return phrase(self.words)
        found = tuple(words(text, every=every or text != self.words) for text in (self.words, *self.synonyms))
        return found[0] if len(found) == 1 else Any(found)


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
        return self.match is MatchMode.AUTO and len({term for text in texts for term in terms(text, Form.WORDS)}) > 1

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

    def query(self, *, every: bool, without: Sequence[Part] = ()) -> Query:
        """The query tree that wants every word, or any; fields, figures and what is left out count either way, phrases too
        unless AUTO has come to any."""
        if self.fixed is not None:
            return self.fixed
        together: list[str] = []
        wanted: list[Query] = []
        refused: list[Query] = []
        for whole in self.groups:
            group = [part for part in whole if part not in without]
            if not group:
                continue
            if group[0].clause.excluded:
                refused.append(Not(group[0].condition(every=True)))
            elif len(group) == 1 and group[0].plain:
                together.append(group[0].words)
            elif not every and all(part.kind in self._loose and part.query is None for part in group):
                together += [text for part in group for text in (part.words, *part.synonyms)]
            else:
                wanted.append(_any(part.condition(every=True) for part in group))
        if together:
            text = " ".join(together)
            found = words(text, every=every)
            wanted.insert(0, found if every or self.match is MatchMode.ANY else Any((found, words(text, every=True, weight=WHOLE))))
        sought = any(part.words for part in self.parts if part not in without and not part.clause.excluded)
        if not sought and (named := self._named(without)):
            wanted.append(Any((Everything(), words(named, every=False))))
        queries = [*(wanted or [Everything()]), *refused]
        return queries[0] if len(queries) == 1 else All(tuple(queries))

    def _named(self, without: Sequence[Part]) -> str:
        """What its fields name, for the order of what they alone let through: what speaks of a theme before what is filed under it."""
        return " ".join(part.name for part in self.parts if part.name and not part.clause.excluded and part not in without)


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
        parts = _without_asking(parts)
    parts = [_with_hint(services, part) for part in parts]
    if synonyms:
        parts = [_widened(part) for part in parts]
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
    if subjects == Nothing():
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


def _without_asking(parts: list[Part]) -> list[Part]:
    """The parts without words of questions, as long as others remain."""
    shorter = [_told(part) for part in parts]
    return shorter if any(part.says for part in shorter) else parts


def _told(part: Part) -> Part:
    if part.kind is not ClauseKind.WORDS or part.clause.excluded or part.clause.kind is not ClauseKind.WORDS:
        return part
    asking = [token for token in tokens(part.words) if token.text in asking_words()]
    if not asking:
        return part
    text, at = "", 0
    for token in asking:
        text += part.words[at : token.start] + " "
        at = token.end
    text = " ".join((text + part.words[at:]).split())
    dropped = "、".join(dict.fromkeys(token.text for token in asking))
    note = Note(NoteCode.ASKING_WORDS, f"“{dropped}”不参加检索")
    if not says(text):
        return replace(part, kind=ClauseKind.IGNORED, label=f"忽略“{part.words}”", notes=(*part.notes, note), words="")
    return replace(part, label=f"包含“{text}”", notes=(*part.notes, note), words=text)


def _with_hint(services: Services, part: Part) -> Part:
    """With a hint where a word is exactly the name of a place, which finds what prints it and not what lies in it."""
    if part.kind is not ClauseKind.WORDS or part.clause.kind is not ClauseKind.WORDS or part.clause.excluded:
        return part
    if not is_place(part.words, services.gazetteer):
        return part
    note = Note(NoteCode.PLACE_NAME, f"“{part.words}”也是地名；只找这个地区的，写“地区:{part.words}”")
    return replace(part, notes=(*part.notes, note))


def _widened(part: Part) -> Part:
    """With the synonyms that the thesaurus has for exactly these words: they mean the same and nothing else."""
    known = named_indicator(part.words) if part.plain else None
    if known is None:
        return part
    folded = fold(part.words)
    names = [name for name in (known.term, *known.synonyms) if folded not in fold(name)]
    shortest = [name for name in names if not any(other != name and fold(other) in fold(name) for other in names)][:MAX_SYNONYMS]
    if not shortest:
        return part
    said = "、".join(f"“{name}”" for name in shortest)
    note = Note(NoteCode.SYNONYMS, f"“{part.words}”也找同义词{said}")
    return replace(part, label=f"{part.label}或{said}", notes=(*part.notes, note), synonyms=tuple(shortest))


def _any(queries: Iterable[Query]) -> Query:
    found = tuple(queries)
    return found[0] if len(found) == 1 else Any(found)
