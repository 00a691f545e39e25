"""Text that remembers where each of its characters stood before cleaning."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that this span covers in `text`."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Run(NamedTuple):
    """`length` characters that were copied unchanged: clean offset `clean` is source offset `source`."""

    clean: int
    source: int
    length: int


class Edit(NamedTuple):
    """Replace `[start, end)` of the present text by `insert`, which holds white space only."""

    start: int
    end: int
    insert: str = ""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Sorted runs from clean text to its source; clean characters in no run were inserted (line breaks)."""

    runs: tuple[Run, ...]

    def to_source(self, span: Span) -> tuple[Span, ...]:
        """The source ranges that `span` was copied from, in order, touching ones joined; inserted characters have none."""
        found: list[Span] = []
        index = max(0, bisect_right(self.runs, span.start, key=lambda run: run.clean) - 1)
        for run in self.runs[index:]:
            if run.clean >= span.end:
                break
            start, end = max(span.start, run.clean), min(span.end, run.clean + run.length)
            if start >= end:
                continue
            piece = Span(start, end).shifted(run.source - run.clean)
            if found and found[-1].end == piece.start:
                found[-1] = Span(found[-1].start, piece.end)
            else:
                found.append(piece)
        return tuple(found)

    def from_source(self, span: Span) -> Span | None:
        """The clean range that holds what is left of the source range `span`; None when nothing of it is."""
        kept = [run for run in self.runs if run.source < span.end and span.start < run.source + run.length]
        if not kept:
            return None
        first, last = kept[0], kept[-1]
        return Span(
            first.clean + max(0, span.start - first.source),
            last.clean + min(last.length, span.end - last.source),
        )


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text with the way back to its source.

    Cleaning only ever deletes characters or inserts white space, so every visible character of a quote is a character of the original
    (a rewritten quote would not be one).
    """

    text: str
    offsets: OffsetMap

    @classmethod
    def whole(cls, source: str) -> MappedText:
        """`source` itself, nothing cleaned yet."""
        return cls(source, OffsetMap((Run(0, 0, len(source)),) if source else ()))

    def edited(self, edits: Iterable[Edit]) -> MappedText:
        """The text after `edits`, which must be sorted and must not overlap.

        Raises ValueError when they do overlap, or when an edit would insert anything but white space.
        """
        pieces: list[str | Span] = []
        at = 0
        for edit in edits:
            if edit.start < at or edit.end < edit.start or edit.end > len(self.text):
                raise ValueError(f"edit {edit} overlaps the one before it or runs past the end")
            if edit.insert and not edit.insert.isspace():
                raise ValueError(f"an edit may only insert white space, not {edit.insert!r}")
            pieces.append(Span(at, edit.start))
            if edit.insert:
                pieces.append(edit.insert)
            at = edit.end
        pieces.append(Span(at, len(self.text)))
        return self.assembled(pieces)

    def slice(self, span: Span) -> MappedText:
        """The part of the text that `span` covers, with its own way back."""
        return self.assembled((span,))

    def assembled(self, pieces: Iterable[str | Span]) -> MappedText:
        """A new text from spans of this one and inserted white space, in the order given."""
        parts: list[str] = []
        runs: list[Run] = []
        at = 0
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                at += len(piece)
                continue
            parts.append(piece.of(self.text))
            for run in self._runs_within(piece):
                clean = at + run.clean - piece.start
                last = runs[-1] if runs else None
                if last and last.clean + last.length == clean and last.source + last.length == run.source:
                    runs[-1] = Run(last.clean, last.source, last.length + run.length)
                else:
                    runs.append(Run(clean, run.source, run.length))
            at += piece.end - piece.start
        return MappedText("".join(parts), OffsetMap(tuple(runs)))

    def _runs_within(self, span: Span) -> Iterable[Run]:
        runs = self.offsets.runs
        index = max(0, bisect_right(runs, span.start, key=lambda run: run.clean) - 1)
        while index < len(runs) and runs[index].clean < span.end:
            run = runs[index]
            start, end = max(span.start, run.clean), min(span.end, run.clean + run.length)
            if start < end:
                yield Run(start, run.source + start - run.clean, end - start)
            index += 1
