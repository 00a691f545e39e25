"""How a query was read: each clause with its range, what it became, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from schema.describe import describe
from schema.enums import MatchMode
from schema.language.clauses import ClauseKind, Note, NoteCode
from schema.language.parts import Part
from schema.language.plan import Plan
from schema.text_range import TextRange

describe(
    ClauseKind,
    "What a clause of a query was read as.",
    {
        "WORDS": "Words that an item holds.",
        "PHRASE": "Words that stand one after the other, as typed.",
        "FIELD": "A field and its values (地区:台州市).",
        "FIGURE": "A subject and what its figure lies between (网格员>=300人); only figures are found.",
        "OR": "Joins the clause before it and the one behind it: either will do.",
        "IGNORED": "Takes no part in the search; its notes say why, unless it is a mere sign.",
    },
)
describe(
    NoteCode,
    "Why a clause, or the whole query, was read otherwise than it may have been meant.",
    {
        "UNBALANCED_QUOTES": "A quotation mark without its partner was ignored.",
        "NO_VALUE": "A field without a value was ignored.",
        "UNKNOWN_FIELD": "There is no field of that name; its text was read as words.",
        "UNKNOWN_VALUE": "The field has no such value (no such place, theme or kind); it was read as words, or ignored beside known ones.",
        "AMBIGUOUS_PLACE": "Several places have that name; all were taken.",
        "WHOLE_COUNTRY": "The whole country was named, which leaves nothing out.",
        "PLACE_NAME": "A word is the name of a place; it was looked for as a word, and the note tells how to search the place. "
        "Of a word that is left out, the place is left out too.",
        "AUTHOR_NAME": "A word is the name of an author, whose documents were found too; the note tells how to find these alone.",
        "YEAR_ONLY": "Of a day or a month the year was taken.",
        "NO_NUMBER": "No number stands behind a sign of comparison; the text was read as words.",
        "NOT_EQUAL": "A figure other than a number cannot be asked for; the sign and its number were ignored.",
        "ABOUT_EQUAL": "A sign for about (≈) was read as equal.",
        "RANGE": "Behind a sign of comparison stands a range; figures within the range were looked for.",
        "NO_SUBJECT": "No subject stands before a comparison: a sign is ignored, one in prose (超过300人) read as words.",
        "UNKNOWN_SUBJECT": "No figure of the archive is of that subject, so none can be found.",
        "OR_WITHOUT_TERMS": "OR without two clauses to join was ignored.",
        "WORD_OPERATOR": "AND, NOT and or in small letters are words like others; the note tells what to write instead.",
        "PARENTHESES": "Parentheses have no meaning; OR joins its two neighbours.",
        "SYNONYMS": "Names that mean the same were looked for as well; `synonyms: false` leaves them out.",
        "ASKING_WORDS": "Words of a question were left out.",
        "ANY_WORD": "Too little held all the words, so items that hold any of them were taken; those with all come first.",
        "FIGURES_ONLY": "A condition on a figure finds figures only.",
        "FIGURES_LEFT_OUT": "A condition on a figure that is left out leaves out figures only.",
        "FIGURE_AS_WORDS": "No figure meets the condition, so what was typed was looked for as words, which must all be there.",
        "DOCUMENTS_ONLY": "A condition on the title finds documents only.",
    },
)


@dataclass(frozen=True, slots=True)
class QueryReadingOf:
    """What a QueryReading is resolved from."""

    plan: Plan
    every: bool
    whole: int | None = None

    @property
    def text(self) -> str:
        """The query, tidied."""
        return self.plan.typed.printed

    @property
    def match(self) -> MatchMode:
        """How it was matched in the end."""
        return MatchMode.ALL if self.every else MatchMode.ANY

    @property
    def clauses(self) -> list[QueryClauseOf]:
        """One entry a clause, in order."""
        return [QueryClauseOf(part) for part in self.plan.parts]

    @property
    def notes(self) -> list[Note]:
        """What is to be said of the whole."""
        if self.every or not self.plan.can_relax:
            return []
        held = "很少" if self.whole is None else f"只有{self.whole}条" if self.whole else "没有一条"
        return [Note(NoteCode.ANY_WORD, f"{held}同时包含全部检索词，以下按任一词（含相邻两字）检索")]


@dataclass(frozen=True, slots=True)
class QueryClauseOf:
    """What a QueryClause is resolved from."""

    part: Part

    @property
    def text(self) -> str:
        """As typed."""
        return self.part.clause.text

    @property
    def range(self) -> TextRange:
        """Where it stands."""
        return TextRange(start=self.part.clause.start, end=self.part.clause.end)

    @property
    def kind(self) -> ClauseKind:
        """What it became."""
        return self.part.kind

    @property
    def excluded(self) -> bool:
        """Whether it leaves out."""
        return self.part.clause.excluded

    @property
    def label(self) -> str:
        """In Chinese."""
        return self.part.label

    @property
    def synonyms(self) -> list[str]:
        """Added names."""
        return list(self.part.synonyms)

    @property
    def notes(self) -> list[Note]:
        """Remarks."""
        return list(self.part.notes)


@strawberry.type(description="A remark on how a query was read.")
class ReadingNote:
    """Resolved from Note."""

    code: NoteCode = strawberry.field(description="What kind of remark it is.")
    message: str = strawberry.field(description="A sentence in Chinese, ready to be shown.")


@strawberry.type(description="A clause of a query.")
class QueryClause:
    """Resolved from QueryClauseOf."""

    text: str = strawberry.field(description="The clause as it was typed.")
    range: TextRange = strawberry.field(description="Where it stands in the query, in code points.")
    kind: ClauseKind = strawberry.field(description="What it was read as.")
    excluded: bool = strawberry.field(description="Whether it leaves out what it names.")
    label: str = strawberry.field(description="How it was read, in Chinese, ready to be shown.")
    synonyms: list[str] = strawberry.field(description="Names that mean the same and were looked for as well.")
    notes: list[ReadingNote] = strawberry.field(description="Where it was read otherwise than it may have been meant.")


@strawberry.type(description="How a query was read. Clauses hold every character but white space.")
class QueryReading:
    """Resolved from QueryReadingOf."""

    text: str = strawberry.field(description="The query with one space between its clauses; it is read just the same.")
    match: MatchMode = strawberry.field(description="Whether every word was wanted in the end, or any.")
    clauses: list[QueryClause] = strawberry.field(description="The clauses in their order.")
    notes: list[ReadingNote] = strawberry.field(description="What is to be said of the whole query.")
