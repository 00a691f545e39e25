"""How well a file was read, in figures and as a grade."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from archive.layout import Layout
from archive.records import Document, Grade, Quality, Source
from archive.text import Span
from ingest.stages import RawText

_DAMAGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)")
"""What a broken text layer or a wrong encoding leaves: replacement and private characters, controls, numbers of glyphs."""
_DAMAGED = 0.02
"""Share of a line's characters, damaged or unsure, from which on it is not understood: one in fifty."""
_UNSURE = 0.8
"""Confidence below which a recognised fragment is unsure."""
_FIGURES = "%％‰℃°＋+−"
"""Signs that change what is said, as letters and digits do. Other punctuation changes nothing: in a clean scan of
3,800 characters at 200 dpi 26 commas, 2 pause marks and 3 dashes came out at 0.5 to 0.8, and no other character."""

LIMITS: tuple[tuple[Grade, float, float, int | None], ...] = (
    (Grade.A, 0.99, 0.95, 0),
    (Grade.B, 0.97, 0.90, None),
    (Grade.C, 0.85, 0.80, None),
)
"""A grade, the least share of lines understood, the least confidence, the most warnings (None: any number). Below all of them it is D."""


def graded(raw: RawText, documents: Sequence[Document]) -> Source:
    """The source of `raw` with its quality."""
    lines, understood = _lines(raw)
    sure = _confidence(raw.layout)
    share = understood / lines if lines else 0.0
    quality = Quality(
        grade=grade(share if documents else 0.0, sure, len(warnings_of(raw.source, documents))),
        reader=raw.reader,
        pages=raw.pages,
        text_layer=raw.text_layer,
        confidence=None if sure is None else round(sure, 3),
        lines=lines,
        understood=understood,
        removed=_removed(raw, documents),
        set_apart=raw.set_apart,
    )
    return replace(raw.source, quality=quality)


def warnings_of(source: Source, documents: Sequence[Document]) -> tuple[str, ...]:
    """The warnings of a file and of the articles in it: what was left out of one is not in the archive either way."""
    return (*source.warnings, *(warning for document in documents for warning in document.warnings))


def grade(understood: float, confidence: float | None, warnings: int) -> Grade:
    """The grade by LIMITS. `understood` is a share of the lines, 0 to 1; `confidence` is None where nothing was recognised."""
    for name, least, surest, most in LIMITS:
        if understood >= least and (confidence is None or confidence >= surest) and (most is None or warnings <= most):
            return name
    return Grade.D


def doubts(source: Source, documents: Sequence[Document]) -> tuple[str, ...]:
    """What keeps a source, in which these articles were found, from the best grade, in words."""
    quality = source.quality
    if quality is None:
        return ()
    _, share, surest, most = LIMITS[0]
    found: list[str] = []
    if not documents:
        found.append("no article was found in it")
    if quality.understood < share * quality.lines:
        found.append(f"{quality.lines - quality.understood:,} of {quality.lines:,} lines are damaged or unsure")
    if quality.confidence is not None and quality.confidence < surest:
        found.append(f"confidence {quality.confidence:.2f} in what was read in pictures")
    warnings = len(warnings_of(source, documents))
    if most is not None and warnings > most:
        found.append(f"{warnings:,} warning{'s' * (warnings > 1)}")
    return tuple(found)


def _lines(raw: RawText) -> tuple[int, int]:
    """How many lines have text on them, and how many of these are understood."""
    unsure = [
        one for one in raw.layout if (sure := one.location.confidence) is not None and sure < _UNSURE and _telling(raw.text, one.span)
    ]
    starts = [one.start for one in unsure]
    lines = understood = at = 0
    for line in raw.text.split("\n"):
        end = at + len(line)
        if line.strip():
            lines += 1
            doubtful = sum(one.length for one in unsure[bisect_left(starts, at) : bisect_left(starts, end)])
            if _DAMAGE.search(line):
                doubtful += sum(len(found.group()) for found in _DAMAGE.finditer(line))
            understood += doubtful < _DAMAGED * _visible(line)
        at = end + 1
    return lines, understood


def _telling(text: str, span: Span) -> bool:
    """Whether it matters what stands there: letters, digits, signs, and the point within a figure."""
    if any(char.isalnum() or char in _FIGURES for char in span.of(text)):
        return True
    return text[max(0, span.start - 1) : span.start].isdigit() and text[span.end : span.end + 1].isdigit()


def _confidence(layout: Layout) -> float | None:
    known = [(one.location.confidence, one.length) for one in layout if one.location.confidence is not None]
    length = sum(length for _, length in known)
    return sum(sure * length for sure, length in known) / length if length else None


def _removed(raw: RawText, documents: Sequence[Document]) -> float:
    """The share of visible characters in no article: neither in a body nor in a head nor in a caption."""
    visible = _visible(raw.text)
    kept = sum(_visible(part) for document in documents for part in _printed(document))
    return round(max(0.0, 1 - kept / visible), 3) if visible else 0.0


def _printed(document: Document) -> list[str]:
    head = (document.kicker, document.title, document.subtitle, document.column, document.byline, document.dateline_text)
    return [document.text, *(part for part in head if part), *(caption.text for caption in document.captions)]


def _visible(text: str) -> int:
    return len("".join(text.split()))
