"""What two documents differ in: their characters and their figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import strawberry
from anyio import to_thread

from archive import figure_changes, records, text_changes
from archive.errors import BadRequest
from archive.figure_changes import FigureChangeKind
from archive.text import Span
from archive.text_changes import LONGEST, ChangeKind, equal_share
from schema.arguments import clamped
from schema.cost import priced
from schema.describe import describe
from schema.fields import resolved
from schema.pagination import check_first
from schema.statistic import Statistic
from schema.text_range import TextRange

if TYPE_CHECKING:
    from schema.document import Document

MAX_CHANGES = 500
MAX_AROUND = 500

ChangesArgument = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MAX_CHANGES}.")]
CharsArgument = Annotated[int, strawberry.argument(description=f"How many characters, at most {MAX_AROUND}.")]

describe(
    ChangeKind,
    "What happened to a place of a text.",
    {
        "INSERTED": "The other document has characters there that this one has not.",
        "DELETED": "This document has characters there that the other one has not.",
        "REPLACED": "Both have characters there, and not the same.",
    },
)
describe(
    FigureChangeKind,
    "What happened to a figure.",
    {
        "ADDED": "Only the other document has it.",
        "REMOVED": "Only this document has it.",
        "CHANGED": "Both have a figure at that place, or of that subject and unit, and its value or its precision differs.",
    },
)


@dataclass(frozen=True, slots=True)
class DifferenceOf:
    """What a DocumentDifference is resolved from."""

    document: records.Document
    other: records.Document
    changes: tuple[text_changes.Change, ...] = field(repr=False)
    figures: tuple[figure_changes.FigureChange, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextPartOf:
    """What a TextPart is resolved from."""

    text: str
    range: Span


@dataclass(frozen=True, slots=True)
class TextChangeOf:
    """What a TextChange is resolved from."""

    text: str = field(repr=False)
    other: str = field(repr=False)
    change: text_changes.Change


@strawberry.type(description="Characters of a text with their place in it; none where something was inserted or deleted.")
class TextPart:
    """Resolved from TextPartOf."""

    text: str = strawberry.field(description="The characters.")
    range: TextRange = strawberry.field(description="Where they stand in the text of their document.")


@strawberry.type(description="One place where two texts differ. What stands between two changes is equal.")
class TextChange:
    """Resolved from TextChangeOf."""

    @resolved(description="What happened.")
    @staticmethod
    def kind(parent: strawberry.Parent[TextChangeOf]) -> ChangeKind:
        """Told by which part is empty."""
        return parent.change.kind

    @resolved(description="What this document has there.", graphql_type=TextPart)
    @staticmethod
    def before(parent: strawberry.Parent[TextChangeOf]) -> TextPartOf:
        """Of the document that was asked."""
        return TextPartOf(parent.change.before.of(parent.text), parent.change.before)

    @resolved(description="What the other document has there.", graphql_type=TextPart)
    @staticmethod
    def after(parent: strawberry.Parent[TextChangeOf]) -> TextPartOf:
        """Of the one it is compared with."""
        return TextPartOf(parent.change.after.of(parent.other), parent.change.after)

    @resolved(description="The characters of this document before the change.")
    @staticmethod
    def leading(parent: strawberry.Parent[TextChangeOf], chars: CharsArgument = 20) -> str:
        """Cut from its text."""
        start = parent.change.before.start
        return parent.text[max(0, start - clamped(chars, "chars", MAX_AROUND)) : start]

    @resolved(description="The characters of this document behind the change.")
    @staticmethod
    def trailing(parent: strawberry.Parent[TextChangeOf], chars: CharsArgument = 20) -> str:
        """Cut from its text."""
        end = parent.change.before.end
        return parent.text[end : end + clamped(chars, "chars", MAX_AROUND)]


@strawberry.type(description="A figure that only one of two documents has, or that differs between them.")
class FigureChange:
    """Resolved from archive.figure_changes.FigureChange."""

    kind: FigureChangeKind = strawberry.field(description="What happened.")
    before: Statistic | None = strawberry.field(description="The figure of this document; null for one that only the other one has.")
    after: Statistic | None = strawberry.field(description="The figure of the other document; null for one that it lacks.")


@strawberry.type(description="What leads from one document's text to another's, read in the direction from this one to the other.")
class DocumentDifference:
    """Resolved from DifferenceOf."""

    other: Annotated[Document, strawberry.lazy("schema.document")] = strawberry.field(description="The document it is compared with.")

    @resolved(description="The share (0 to 1) of the characters of both texts that are equal in both.")
    @staticmethod
    def equal(parent: strawberry.Parent[DifferenceOf]) -> float:
        """By the changes."""
        return equal_share(parent.document.text, parent.other.text, parent.changes)

    @resolved(description="How many changes there are.")
    @staticmethod
    def change_count(parent: strawberry.Parent[DifferenceOf]) -> int:
        """Whatever `first` of `changes` is."""
        return len(parent.changes)

    @resolved(
        description="The changes in the order of the text. A paragraph that was moved is deleted at one place and inserted at another.",
        graphql_type=list[TextChange],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    def changes(parent: strawberry.Parent[DifferenceOf], first: ChangesArgument = 20) -> list[TextChangeOf]:
        """Cut to what is asked for."""
        chosen = parent.changes[: check_first(first, MAX_CHANGES)]
        return [TextChangeOf(parent.document.text, parent.other.text, change) for change in chosen]

    @resolved(description="How many figures differ.")
    @staticmethod
    def figure_count(parent: strawberry.Parent[DifferenceOf]) -> int:
        """Whatever `first` of `figures` is."""
        return len(parent.figures)

    @resolved(
        description="The figures that differ, in the order of this document, then those that only the other one has.",
        graphql_type=list[FigureChange],
        metadata=priced(size=("first",)),
    )
    @staticmethod
    def figures(parent: strawberry.Parent[DifferenceOf], first: ChangesArgument = 20) -> list[figure_changes.FigureChange]:
        """Cut to what is asked for."""
        return list(parent.figures[: check_first(first, MAX_CHANGES)])


async def difference_of(document: records.Document, other: records.Document) -> DifferenceOf:
    """The difference of two documents, worked out beside the event loop. Raises BadRequest for a text that is too long."""
    for one in (document, other):
        if len(one.text) > LONGEST:
            raise BadRequest(
                f"Only documents of up to {LONGEST} characters are compared, and {one.id} has {len(one.text)}; compare its `text` in parts."
            )
    changes = await to_thread.run_sync(text_changes.text_changes, document.text, other.text)
    return DifferenceOf(document, other, changes, figure_changes.figure_changes(document.statistics, other.statistics, changes))
