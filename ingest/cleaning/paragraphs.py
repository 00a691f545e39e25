"""A text that lost all its line breaks gets them back where a numbered heading begins."""

from __future__ import annotations

import re

from archive.text import Edit, MappedText

LONG_PARAGRAPH = 1200
"""Code points. Paragraphs of the printed documents seen end before that; beyond it headings have run into each other."""
_HEADING = re.compile(r"(?<=[。；！？”）)])(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])(?![、，,]))")
_SECTION_NAME = re.compile(
    r"(?<=\n)[一二三四五六七八九十]{1,3}、[^\n。；，,（(]{2,24}(?=[（(]一[）)])",
)


def break_run_on_headings(page: MappedText) -> MappedText:
    """Insert a line break before each heading mark 一、 or （一） that follows a sentence inside an over-long paragraph."""
    edits: list[Edit] = []
    at = 0
    for line in page.text.split("\n"):
        if len(line) > LONG_PARAGRAPH and "一、" in line:
            edits += [Edit(at + match.start(), at + match.start(), "\n") for match in _HEADING.finditer(line)]
        at += len(line) + 1
    broken = page.edited(edits)
    if not edits:
        return broken
    return broken.edited(Edit(match.end(), match.end(), "\n") for match in _SECTION_NAME.finditer(broken.text))
