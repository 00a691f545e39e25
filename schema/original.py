"""The file that a document came in: how well it was read, and where on its pages a quote stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import strawberry

from archive import layout
from archive.records import Grade, TextLayer
from archive.text import Span
from schema.arguments import clamped
from schema.cost import priced
from schema.describe import describe
from schema.fields import resolved
from schema.text_range import TextRange

MAX_CELLS = 2_000

StartArgument = Annotated[int, strawberry.argument(description="The first cell, counted from 0.")]
LengthArgument = Annotated[int, strawberry.argument(description=f"How many cells, at most {MAX_CELLS}.")]

describe(
    Grade,
    "How well a file was read: by the share of its lines that hold no damaged characters, the confidence of what was read in pictures, and "
    "the warnings.",
    {
        "A": "As printed, as far as can be told: 99% of the lines, confidence 0.95 where pictures were read, no warning.",
        "B": "With few doubts: 97% of the lines, confidence 0.90.",
        "C": "With doubts: 85% of the lines, confidence 0.80. Look at the original before you quote a figure.",
        "D": "Badly, or no article was found in it.",
    },
)
describe(
    TextLayer,
    "Where the characters of a file come from.",
    {
        "NATIVE": "The file holds them.",
        "RECOGNISED": "They were read in pictures by a machine.",
        "MIXED": "Some pages hold them, others are pictures.",
    },
)


@strawberry.type(description="How well a file was read.")
class SourceQuality:
    """Resolved from archive.records.Quality."""

    grade: Grade = strawberry.field(description="The judgement in one letter.")
    reader: str = strawberry.field(description="The format that it was read as.")
    pages: int | None = strawberry.field(description="How many pages it has; null where its format has none.")
    text_layer: TextLayer = strawberry.field(description="Where its characters come from.")
    confidence: float | None = strawberry.field(
        description="The mean confidence (0 to 1) of the characters that were read in pictures; null where none were."
    )
    lines: int = strawberry.field(description="How many lines have text on them.")
    understood: int = strawberry.field(description="How many of them hold no characters that look like damage.")
    removed: float = strawberry.field(description="The share (0 to 1) of its visible characters that stand in no document: boilerplate.")
    set_apart: list[str] = strawberry.field(description="Headers, footers and the like that were kept out of the text, each once.")


@strawberry.type(description="A rectangle on a page, in points (1/72 inch) from the page's top left corner.")
class PageBox:
    """Resolved from archive.layout.Box."""

    x0: float = strawberry.field(description="Its left edge.")
    top: float = strawberry.field(description="Its upper edge.")
    x1: float = strawberry.field(description="Its right edge.")
    bottom: float = strawberry.field(description="Its lower edge.")


@strawberry.type(description="A place in an original file. What its format does not have is null.")
class OriginalPlace:
    """Resolved from archive.layout.Location."""

    page: int | None = strawberry.field(description="The page, from 1.")
    box: PageBox | None = strawberry.field(description="Where on the page.")
    paragraph: int | None = strawberry.field(description="The paragraph, from 1, in the order of the file, those in tables too.")
    cell: str | None = strawberry.field(description="The sheet or table and the cell in it: 人口!B3, 表2!A1.")
    confidence: float | None = strawberry.field(description="How sure (0 to 1) a machine was that read it in a picture; else null.")


@dataclass(frozen=True, slots=True)
class TableOf:
    """What a DocumentTable is resolved from: the table and the text that it stands in."""

    table: layout.Table
    text: str


@dataclass(frozen=True, slots=True)
class CellOf:
    """What a TableCell is resolved from."""

    cell: layout.Cell
    text: str


@strawberry.type(description="A cell of a table.")
class TableCell:
    """Resolved from CellOf."""

    text: str = strawberry.field(description="What stands in it.")

    @resolved(description="Its row, from 0.")
    @staticmethod
    def row(parent: strawberry.Parent[CellOf]) -> int:
        """The upper one of a merged cell."""
        return parent.cell.row

    @resolved(description="Its column, from 0.")
    @staticmethod
    def column(parent: strawberry.Parent[CellOf]) -> int:
        """The left one of a merged cell."""
        return parent.cell.column

    @resolved(description="How many rows it spans.")
    @staticmethod
    def rows(parent: strawberry.Parent[CellOf]) -> int:
        """More than one where cells are merged."""
        return parent.cell.rows

    @resolved(description="How many columns it spans.")
    @staticmethod
    def columns(parent: strawberry.Parent[CellOf]) -> int:
        """More than one where cells are merged."""
        return parent.cell.columns

    @resolved(description="Whether the file itself calls it a head.")
    @staticmethod
    def head(parent: strawberry.Parent[CellOf]) -> bool:
        """Not guessed."""
        return parent.cell.head

    @resolved(description="Where its text stands in Document.text.", graphql_type=TextRange)
    @staticmethod
    def range(parent: strawberry.Parent[CellOf]) -> Span:
        """Empty for an empty cell."""
        return parent.cell.span


@strawberry.type(description="A table, as its file has it. Its text is in Document.text too, a line for each row.")
class DocumentTable:
    """Resolved from TableOf."""

    @resolved(description="The sheet that it stands on; null where its format has none.")
    @staticmethod
    def name(parent: strawberry.Parent[TableOf]) -> str | None:
        """As the file calls it."""
        return parent.table.name

    @resolved(description="Where it stands in Document.text.", graphql_type=TextRange)
    @staticmethod
    def range(parent: strawberry.Parent[TableOf]) -> Span:
        """All of its rows."""
        return parent.table.span

    @resolved(description="How many cells it has.")
    @staticmethod
    def cell_count(parent: strawberry.Parent[TableOf]) -> int:
        """Empty ones too, merged ones once."""
        return len(parent.table.cells)

    @resolved(description="Its cells, by row and column; merged cells once.", graphql_type=list[TableCell], metadata=priced(own=5))
    @staticmethod
    def cells(parent: strawberry.Parent[TableOf], start: StartArgument = 0, length: LengthArgument = 500) -> list[CellOf]:
        """Empty ones too."""
        start = clamped(start, "start", 10**9)
        cells = parent.table.cells[start : start + clamped(length, "length", MAX_CELLS)]
        return [CellOf(cell, cell.span.of(parent.text)) for cell in cells]
