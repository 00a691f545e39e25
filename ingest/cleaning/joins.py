"""Lines that a column, a page or a fixed width broke in the middle of a sentence are made whole again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import pairwise

from archive.text import Edit, MappedText
from ingest.cleaning.lines import Line, LineKind, is_row_of_figures, lines_of

LONG = 45
"""Code points beyond which an unfinished line with a comma in it is no headline; the longest headings of the samples have 33."""
NARROWEST, WIDEST = 18, 90
"""Columns that text is wrapped to; mail and old editors wrap at 35 to 40 full-width characters."""
_NEVER_FIRST = "，。、；：！？”’）》%％"
_OPEN_FIGURE = re.compile(r"\d[.．]?$")
_DECIMALS = re.compile(r"\d{1,4}(?:%|％|[万亿元人户个亩吨])")
_CUT_FIGURE = re.compile(r"[\d.]*\d?[万亿%％元人户个名家次件亩年月日名所项条]|\d")
MAX_BLANKS = 2
"""A gap of three blank lines separates articles on every newspaper page seen; a column break leaves one."""


def join_broken_lines(page: MappedText) -> MappedText:
    """Delete the line breaks inside sentences; a space is left only between two Latin words."""
    lines = lines_of(page.text)
    wrapped = _wrapping(lines)
    edits = []
    for above, below in pairwise(lines):
        if _is_broken(above, below, wrapped):
            words_meet = all(character.isascii() and character.isalpha() for character in (above.text[-1], below.text[0]))
            edits.append(Edit(above.span.end, below.span.start, " " if words_meet else ""))
    return page.edited(edits)


def _is_broken(above: Line, below: Line, wrapped: Callable[[Line], bool]) -> bool:
    running = above.kind in (LineKind.TEXT, LineKind.MARKED, LineKind.DATELINE) and below.kind is LineKind.TEXT
    if above.ended or not running or below.blanks > MAX_BLANKS or is_row_of_figures(above.text) or is_row_of_figures(below.text):
        return False
    if (
        (above.text[-1] in "，,、；;（(“《" and len(above.text) > 8)
        or below.text[0] in _NEVER_FIRST
        or (above.text[-1].isdigit() and _CUT_FIGURE.match(below.text))
        or (len(above.text) > 8 and _OPEN_FIGURE.search(above.text) and _DECIMALS.match(below.text))
    ):
        return True
    if below.headlike and not _finishes(below):
        return False
    if not below.blanks and wrapped(above):
        return True
    return "。" in above.text or (len(above.text) > LONG and ("，" in above.text or "," in above.text))


def _finishes(below: Line) -> bool:
    """A fragment may look like a headline and still be the end of the sentence above: it has a comma in it."""
    return "，" in below.text or "," in below.text


def _columns(text: str) -> float:
    """The width of a line in full-width characters: Latin letters and digits take half a column."""
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def _wrapping(lines: tuple[Line, ...]) -> Callable[[Line], bool]:
    """Whether a line is as long as a text was wrapped to; no line is in a text of paragraphs.

    Some editors count characters and some columns; the count in which more lines have one length is the one that was used.
    """
    by_characters = _width([float(len(line.text)) for line in lines])
    by_columns = _width([_columns(line.text) for line in lines])
    if by_characters is None and by_columns is None:
        return lambda line: False
    if by_columns is None or (by_characters is not None and by_characters[1] >= by_columns[1]):
        width = by_characters[0] if by_characters else 0
        return lambda line: len(line.text) >= width - 2
    width = by_columns[0]
    return lambda line: _columns(line.text) >= width - 2


def _width(lengths: list[float]) -> tuple[float, int] | None:
    """The length that a text was wrapped to and how many lines have it within 2, or None when its lines are paragraphs.

    Wrapped text has many lines of one length and next to none beyond it: at least four lines and a quarter of all, and at most one line
    in twenty is longer (a banner, a link).
    """
    lengths = sorted(lengths)
    best: tuple[float, int] | None = None
    for index, length in enumerate(lengths):
        if not NARROWEST <= length <= WIDEST or 20 * (len(lengths) - bisect_right(lengths, length)) > len(lengths):
            continue
        near = index + 1 - bisect_left(lengths, length - 2)
        if near >= (best[1] if best else max(4, len(lengths) // 4)):
            best = (length, near)
    return best
