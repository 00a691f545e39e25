"""What a reader knows of a file's layout, carried over to the documents that were cut from its text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import replace
from functools import wraps

from archive.layout import Cell, Heading, Layout, Table
from archive.records import Document
from archive.text import OffsetMap, Span
from ingest.extract.rosters import rosters
from ingest.extract.table_prose import is_prose, sentences
from ingest.stages import RawText, Stage


def with_layout(document: Document, raw: RawText) -> Document:
    """The document with the fragments, tables and headings of the file that stand in it."""
    runs = document.offsets.runs
    if not runs or not (raw.layout or raw.tables or raw.headings):
        return document
    kept = _Runs(document.offsets)
    spans = [Span(runs[0].source, runs[-1].source + runs[-1].length), *(caption.source for caption in document.captions)]
    return replace(
        document,
        layout=_layout(raw.layout, spans),
        tables=tuple(filter(None, (_table(table, kept, spans[0]) for table in raw.tables))),
        headings=tuple(filter(None, (_heading(heading, kept) for heading in raw.headings))),
    )


def _layout(layout: Layout, spans: list[Span]) -> Layout:
    return tuple(one for one in layout if any(one.start < span.end and span.start < one.start + one.length for span in spans))


def _table(table: Table, runs: _Runs, extent: Span) -> Table | None:
    span = runs.from_source(table.span) if table.span.start < extent.end and extent.start < table.span.end else None
    if span is None:
        return None
    cells: list[Cell] = []
    at = span.start
    for cell in table.cells:
        found = runs.from_source(cell.span) if cell.span.start < cell.span.end else None
        at = found.end if found else at
        cells.append(cell._replace(span=found or Span(at, at)))
    return Table(span, tuple(cells), table.name)


class _Runs:
    """The runs of a document in the order of the source: a sheet of 100,000 cells asks for each, and a text may have as many runs."""

    def __init__(self, offsets: OffsetMap) -> None:
        self._runs = sorted(offsets.runs, key=lambda run: run.source)
        self._starts = [run.source for run in self._runs]

    def from_source(self, span: Span) -> Span | None:
        """The clean range that holds what is left of a range of the source; None when nothing of it is."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return OffsetMap(tuple(self._runs[first : bisect_left(self._starts, span.end)])).from_source(span)


def _heading(heading: Heading, runs: _Runs) -> Heading | None:
    span = runs.from_source(heading.span)
    return Heading(span, heading.level) if span else None


def outside_tables(stage: Stage) -> Stage:
    """The stage, for which tables and lists of persons are white space of the same length, but for the sentences in cells of tables."""

    @wraps(stage)
    def of_prose(document: Document) -> Document:
        text = _blanked(document) if document.tables else document.text
        for span in rosters(text):
            text = text[: span.start] + _white(span.of(text)) + text[span.end :]
        return stage(document) if text is document.text else replace(stage(replace(document, text=text)), text=document.text)

    return of_prose


def _blanked(document: Document) -> str:
    """The text without its tables. The last few are kept, because every stage asks for the same one (a quarter of the time of a sheet)."""
    for text, tables, blanked in tuple(_last):
        if text is document.text and tables is document.tables:
            return blanked
    pieces: list[str] = []
    at = 0
    for table in document.tables:
        pieces.append(document.text[at : table.span.start])
        at = table.span.start
        for cell in () if is_prose(table, document.text) else (*sentences(table, document.text), _none_at(table.span.end)):
            pieces += [_white(document.text[at : cell.span.start]), cell.span.of(document.text)]
            at = cell.span.end
    blanked = "".join([*pieces, document.text[at:]])
    _last.append((document.text, document.tables, blanked))
    return blanked


_last: deque[tuple[str, tuple[Table, ...], str]] = deque(maxlen=16)


def _none_at(end: int) -> Cell:
    return Cell(0, 0, Span(end, end))


def _white(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)
