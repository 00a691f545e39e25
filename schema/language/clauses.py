"""The clauses that a typed query falls into, and what is said where one was read otherwise than it was meant to be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_PLACES = 6
"""Decimal places that people type; what has more was worked out (三分之二)."""


class ClauseKind(StrEnum):
    """What a clause was read as."""

    WORDS = "WORDS"
    PHRASE = "PHRASE"
    FIELD = "FIELD"
    FIGURE = "FIGURE"
    OR = "OR"
    IGNORED = "IGNORED"


class NoteCode(StrEnum):
    """Why something was read otherwise than it may have been meant."""

    UNBALANCED_QUOTES = "UNBALANCED_QUOTES"
    NO_VALUE = "NO_VALUE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    UNKNOWN_VALUE = "UNKNOWN_VALUE"
    AMBIGUOUS_PLACE = "AMBIGUOUS_PLACE"
    WHOLE_COUNTRY = "WHOLE_COUNTRY"
    PLACE_NAME = "PLACE_NAME"
    AUTHOR_NAME = "AUTHOR_NAME"
    YEAR_ONLY = "YEAR_ONLY"
    NO_NUMBER = "NO_NUMBER"
    NOT_EQUAL = "NOT_EQUAL"
    ABOUT_EQUAL = "ABOUT_EQUAL"
    RANGE = "RANGE"
    NO_SUBJECT = "NO_SUBJECT"
    UNKNOWN_SUBJECT = "UNKNOWN_SUBJECT"
    OR_WITHOUT_TERMS = "OR_WITHOUT_TERMS"
    WORD_OPERATOR = "WORD_OPERATOR"
    PARENTHESES = "PARENTHESES"
    SYNONYMS = "SYNONYMS"
    ASKING_WORDS = "ASKING_WORDS"
    ANY_WORD = "ANY_WORD"
    FIGURES_ONLY = "FIGURES_ONLY"
    FIGURES_LEFT_OUT = "FIGURES_LEFT_OUT"
    FIGURE_AS_WORDS = "FIGURE_AS_WORDS"
    DOCUMENTS_ONLY = "DOCUMENTS_ONLY"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for the reader; `message` is a Chinese sentence."""

    code: NoteCode
    message: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a figure must lie between; an open bound leaves its own value out. `unit` is as typed, None where none is."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None

    @property
    def label(self) -> str:
        """In signs: ≥300人, 300–500人."""
        unit = self.unit or ""
        if self.low is not None and self.high is not None:
            if self.low_open or self.high_open:
                low, high = "＞" if self.low_open else "≥", "＜" if self.high_open else "≤"
                return f"{low}{written(self.low)}{unit}且{high}{written(self.high)}{unit}"
            return f"＝{written(self.low)}{unit}" if self.low == self.high else f" {written(self.low)}–{written(self.high)}{unit}"
        if self.low is not None:
            return f"{'＞' if self.low_open else '≥'}{written(self.low)}{unit}"
        return f"{'＜' if self.high_open else '≤'}{written(self.high or Decimal())}{unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause: `query[start:end] == text`, in code points.

    `value` are its words, its phrase or the subject of its figure; `values` are those of the field called `field`. `in_prose` is a figure
    that texts write so (不足50人), and not with a sign of comparison.
    """

    kind: ClauseKind
    start: int
    end: int
    text: str
    value: str = ""
    field: str | None = None
    values: tuple[str, ...] = ()
    bounds: Bounds | None = None
    excluded: bool = False
    in_prose: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def says(self) -> bool:
        """Whether it has a part in what is found."""
        return self.kind not in (ClauseKind.OR, ClauseKind.IGNORED)

    @property
    def meaning(self) -> tuple[object, ...]:
        """All of it but where it stands and what was said about it."""
        return (self.kind, self.value, self.field, self.values, self.bounds, self.excluded)


@dataclass(frozen=True, slots=True)
class Typed:
    """A query as it was read: clauses in their order, which together hold every character but white space."""

    query: str
    clauses: tuple[Clause, ...]

    @property
    def printed(self) -> str:
        """The query with one space between its clauses; read again, it is the same."""
        return " ".join(clause.text for clause in self.clauses)

    @property
    def groups(self) -> tuple[tuple[Clause, ...], ...]:
        """The clauses that say something; those that OR joins stand in one group. Excluded ones are groups of their own."""
        found: list[list[Clause]] = []
        joined = False
        for clause in self.clauses:
            if clause.kind is ClauseKind.OR:
                joined = bool(found)
            elif clause.says:
                if joined and not clause.excluded and not found[-1][-1].excluded:
                    found[-1].append(clause)
                else:
                    found.append([clause])
                joined = False
        return tuple(map(tuple, found))

    def without(self, *left_out: Clause) -> str:
        """The query without some of its clauses, and without what was ignored."""
        kept = [clause for clause in self.clauses if clause not in left_out and clause.kind is not ClauseKind.IGNORED]
        words = [clause.text for clause in kept]
        while kept and kept[-1].kind is ClauseKind.OR:
            kept.pop()
            words.pop()
        while kept and kept[0].kind is ClauseKind.OR:
            kept.pop(0)
            words.pop(0)
        return " ".join(words)


def written(value: Decimal) -> str:
    """A number as people write it, 万 and 亿 where they come out even, and two places of one that has no end (66.67)."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_PLACES:
        value = round(value, 2) or value
    for sign, worth in (("亿", 10**8), ("万", 10**4)):
        if value >= worth and (value / worth * 100) % 1 == 0:
            return f"{format((value / worth).normalize(), 'f')}{sign}"
    return format(value.normalize(), "f")
