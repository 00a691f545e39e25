"""Documents of lines and tables for tests: a table is a list of rows, its cells parted by `|`, `^` where a merged cell covers the place."""

from __future__ import annotations

from collections.abc import Sequence

from archive.findings import Statistic
from archive.records import Document, Source
from ingest.pipeline import run
from ingest.readers.builder import CellText, TextBuilder
from ingest.stages import FileMeta, RawText

Part = str | Sequence[str]


def document(*parts: Part) -> Document:
    """The document of these lines and tables, complete with its findings; every quote is checked against its place."""
    builder = TextBuilder()
    for part in parts:
        if isinstance(part, str):
            builder.line(part)
        else:
            builder.table([cells(row) for row in part])
    built = builder.built()
    source = Source(sha256="a" * 64, name="a.xlsx", size=1)
    title = parts[0] if isinstance(parts[0], str) and "。" not in parts[0] else None
    (found,) = run(RawText(source, built.text, built.layout, built.tables, built.headings, meta=FileMeta(title=title), paragraphs=True))
    for number, item in enumerate(found.statistics, 1):
        assert item.span.of(found.text) == item.quote
        assert item.id == f"STAT-{'a' * 16}-1-{number}"
    for check in found.checks:
        assert {quote.span.of(found.text) for quote in check.quotes} == {quote.text for quote in check.quotes}
    return found


def cells(row: str) -> list[CellText | None]:
    """The cells of a row; a `^` belongs to the cell on its left."""
    found: list[CellText | None] = []
    for text in row.split("|"):
        if text == "^":
            last = max(number for number, cell in enumerate(found) if cell is not None)
            cell = found[last]
            assert cell is not None
            found[last] = cell._replace(columns=cell.columns + 1)
            found.append(None)
        else:
            found.append(CellText(text))
    return found


def told(*parts: Part) -> list[str]:
    """The statistics of a document as `subject value unit`, in order."""
    return [show(item) for item in document(*parts).statistics]


def show(item: Statistic) -> str:
    """A statistic in a line."""
    return f"{item.subject} {item.value} {item.unit}".strip()
