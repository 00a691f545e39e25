"""Lines that a column, a page or a fixed width broke in the middle of a sentence are made whole again."""

from __future__ import annotations

from itertools import pairwise

from archive.text import Edit, MappedText
from ingest.cleaning.lines import Line, LineKind, lines_of

LONG = 45
"""Code points beyond which an unfinished line with a comma in it is no headline; the longest headings of the samples have 33."""
MAX_BLANKS = 2
"""A gap of three blank lines separates articles on every newspaper page seen; a column break leaves one."""


def join_broken_lines(page: MappedText) -> MappedText:
    """Delete the line breaks inside sentences; a space is left only between two ASCII words."""
    lines = lines_of(page.text)
    width = _wrap_width(lines)
    edits = []
    for above, below in pairwise(lines):
        if _is_broken(above, below, width):
            ascii_both = above.text[-1].isascii() and above.text[-1].isalnum() and below.text[0].isascii() and below.text[0].isalnum()
            edits.append(Edit(above.span.end, below.span.start, " " if ascii_both else ""))
    return page.edited(edits)


def _is_broken(above: Line, below: Line, width: int | None) -> bool:
    if above.ended or above.kind not in (LineKind.TEXT, LineKind.MARKED, LineKind.DATELINE) or below.kind is not LineKind.TEXT:
        return False
    if below.blanks > MAX_BLANKS:
        return False
    if above.text[-1] in "，,、；;（(“《" and len(above.text) > 8:
        return True
    if below.headlike and not _finishes(below):
        return False
    if width and not below.blanks and len(above.text) >= width - 2:
        return True
    return "。" in above.text or (len(above.text) > LONG and ("，" in above.text or "," in above.text))


def _finishes(below: Line) -> bool:
    """A fragment may look like a headline and still be the end of the sentence above: it has a comma in it."""
    return "，" in below.text or "," in below.text


def _wrap_width(lines: tuple[Line, ...]) -> int | None:
    """The width that a text was wrapped to, or None when its lines are paragraphs.

    Wrapped text has many lines of nearly one length: at least 60% of all lines lie within 15% of the longest, which is a page's width.
    """
    if len(lines) < 6:
        return None
    longest = max(len(line.text) for line in lines)
    if not 15 <= longest <= 90:
        return None
    near = sum(len(line.text) >= 0.85 * longest for line in lines)
    return longest if near >= 0.6 * len(lines) else None
