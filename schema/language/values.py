"""What a field's values become: a condition on the index, labels to show, and remarks on values that nothing is known of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from archive.findings import PracticeKind, PracticeState, UnitKind
from archive.places import Division, Gazetteer
from archive.records import Genre
from archive.themes import find_theme
from ingest.extract.practice_keys import practice_key
from schema.enums import ItemType
from schema.inputs import indicator_key, place_field
from schema.labels import CHINESE
from schema.language.amounts import folded
from schema.language.clauses import Clause, Note, NoteCode
from schema.language.places import paths, places_called
from schema.language.rows import FieldKind, category_aliases, fields_by_name
from schema.search_box import title
from search.analysis import fold
from search.criteria import Any, Everything, Prefix, Query, Range, Term

_KINDS: tuple[tuple[str, type[Enum]], ...] = (
    ("kind", ItemType),
    ("unit_kind", UnitKind),
    ("genre", Genre),
    ("practice_kind", PracticeKind),
)
_HAN_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DAY = re.compile(r"(\d{4})(?:年(?:0?[1-9]|1[0-2])月(?:[0-3]?\d[日号])?|([-./])(?:0?[1-9]|1[0-2])(?:\2[0-3]?\d)?)")
_YEAR = re.compile(r"(?P<sign>>=|=>|<=|=<|≥|≤|>|<|=)?(?P<year>\d{4})年?(?P<after>及?(?:以后|之后|以前|之前)|以来|起|-?至今|-|以内)?")
_YEARS = re.compile(r"(?P<first>\d{4})年?(?:-|~|至|到)(?P<last>\d{4})年?")
MOST_VILLAGES = 5
"""Values of one query that are looked for among the villages."""
_COUNTRY = frozenset({"中国", "全国", "中华人民共和国", "china"})
_SINCE = {">=", "=>", "≥", "以来", "以后", "之后", "起", "至今", "及以后", "及之后", "-至今", "-"}
_UNTIL = {"<=", "=<", "≤", "以前", "之前", "以内", "及以前", "及之前"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a value stands for: the condition, how to show it, and what is to be said."""

    query: Query
    label: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRead:
    """What a field clause became. `unknown` are the values that nothing is known of; without any `found`, they are words."""

    found: tuple[Found, ...]
    unknown: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def query(self) -> Query:
        """Any of the values."""
        return self.found[0].query if len(self.found) == 1 else Any(tuple(one.query for one in self.found))


def field_of(clause: Clause, gazetteer: Gazetteer, *, inferred: bool, villages: bool = True) -> FieldRead:
    """What the values of a field clause stand for. `inferred` are places that the text does not print, `villages` take long to look for."""
    kind = fields_by_name()[clause.field or ""].kind
    if kind is FieldKind.PLACE:
        known = [
            (value, places_called(value, gazetteer, villages=villages and at < MOST_VILLAGES)) for at, value in enumerate(clause.values)
        ]
        looked_up = [(value, _place(value, places, gazetteer, inferred)) for value, places in known]
    else:
        looked_up = [(value, _READERS[kind](value)) for value in clause.values]
    found = tuple(one for _, one in looked_up if one is not None)
    unknown = tuple(value for value, one in looked_up if one is None)
    hint = "；年份请写成2021、2021-2023或2021以来" if kind is FieldKind.YEAR else ""
    how = "已忽略" if found else "按普通词检索"
    notes = [note for one in found for note in one.notes]
    notes += [Note(NoteCode.UNKNOWN_VALUE, f"没有叫“{value}”的{clause.field}，{how}{hint}") for value in unknown]
    return FieldRead(found, unknown, tuple(notes))


def _place(value: str, places: tuple[Division, ...], gazetteer: Gazetteer, inferred: bool) -> Found | None:
    if fold(value).strip() in _COUNTRY:
        return Found(Everything(), "全国", (Note(NoteCode.WHOLE_COUNTRY, f"“{value}”包括所有地区，没有限制"),))
    if not places:
        return None
    present = tuple({one.code: one for one in places if one.in_force}.values())
    notes: tuple[Note, ...] = ()
    if len(present) > 1:
        notes = (Note(NoteCode.AMBIGUOUS_PLACE, f"“{value}”有{len(present)}处：{paths(present, gazetteer)}，都算在内"),)
    codes = tuple(dict.fromkeys(one.code for one in places))
    names = tuple(dict.fromkeys(one.name for one in present or places[:1]))
    label = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
    return Found(Term(place_field(inferred), codes), label, notes)


def _theme(value: str) -> Found | None:
    theme = find_theme(value) or find_theme(fold(value))
    return Found(Term("themes", (theme.id,)), theme.label) if theme else None


def _category(value: str) -> Found | None:
    wanted = fold(value).upper()
    label = category_aliases().get(fold(value), fold(value))
    for field, kinds in _KINDS:
        for member in kinds:
            if label == CHINESE[member.name] or wanted == member.name:
                return Found(Term(field, (member.value,)), CHINESE[member.name])
    return None


def _state(value: str) -> Found | None:
    label = category_aliases().get(fold(value), fold(value))
    known = _states().get(label) or _states().get(fold(value).upper())
    return Found(Term("practice_state", (known.value,)), CHINESE[known.name]) if known else None


@cache
def _states() -> Mapping[str, PracticeState]:
    return {name: state for state in PracticeState for name in (CHINESE[state.name], state.name)}


def _year(value: str) -> Found | None:
    written = _HAN_YEAR.sub(lambda year: year[0].translate(_HAN_DIGITS), folded(value))
    if both := _YEARS.fullmatch(written):
        first, last = sorted((int(both["first"]), int(both["last"])))
        return Found(Range("year", gte=first, lte=last), f"{first}–{last}")
    if day := _DAY.fullmatch(written):
        note = Note(NoteCode.YEAR_ONLY, f"“{value}”只按年份{day[1]}检索；要按日期，用发布日期的筛选")
        return Found(Term("year", (int(day[1]),)), day[1], (note,))
    one = _YEAR.fullmatch(written)
    return _since_or_until(one) if one else None


def _since_or_until(one: re.Match[str]) -> Found | None:
    if one["sign"] and one["after"]:
        return None
    year, told = int(one["year"]), one["sign"] or one["after"]
    if told in _SINCE:
        return Found(Range("year", gte=year), f"{year}年以来")
    if told in _UNTIL:
        return Found(Range("year", lte=year), f"{year}年及以前")
    if told in (">", "<"):
        bound = Range("year", gt=year) if told == ">" else Range("year", lt=year)
        return Found(bound, f"{year}年之{'后' if told == '>' else '前'}，不含{year}年")
    return Found(Term("year", (year,)), f"{year}")


def _title(value: str) -> Found:
    note = Note(NoteCode.DOCUMENTS_ONLY, "只有文献有题名，所以只找文献")
    return Found(title(value), value, (note,))


_READERS: Mapping[FieldKind, Callable[[str], Found | None]] = {
    FieldKind.TITLE: _title,
    FieldKind.THEME: _theme,
    FieldKind.CATEGORY: _category,
    FieldKind.YEAR: _year,
    FieldKind.AUTHOR: lambda value: Found(Term("authors", (value,)), value),
    FieldKind.SOURCE: lambda value: Found(Prefix("file", value), value),
    FieldKind.PRACTICE: lambda value: Found(Term("practices", (practice_key(value),)), value),
    FieldKind.STATE: _state,
    FieldKind.INDICATOR: lambda value: Found(Term("indicator", (indicator_key(value),)), indicator_key(value)),
}
