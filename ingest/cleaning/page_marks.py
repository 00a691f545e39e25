"""Marks that a page viewer put between its pages: `…生产生活一线同有\n6、效整合机关…` becomes one sentence again."""

from __future__ import annotations

import re

from archive.text import Edit, MappedText
from ingest.cleaning.lines import CLOSERS, SENTENCE_END

_NUMBERED = re.compile(r"^(?P<mark>(?P<number>\d{1,4})、)", re.MULTILINE)
_LONE_NUMBER = re.compile(r"^[ \t\u3000]*[-—–·]{0,2}[ \t]*(?P<number>\d{1,4}) *[-—–·]{0,2}[ \u3000]*$\n?", re.MULTILINE)
_SENTENCE_STOPS = tuple(SENTENCE_END + "；;：:")


def join_numbered_pages(page: MappedText) -> MappedText:
    """Take out `1、 2、 3、 …` at line starts when they count pages and not items.

    They count pages when they run from 1 without a gap, there are at least three, and at least half of the lines before them break off
    in the middle of a sentence: items of a real list end with a full stop or a semicolon.
    """
    marks = list(_NUMBERED.finditer(page.text))
    run: list[re.Match[str]] = []
    for mark in marks:
        if int(mark["number"]) == len(run) + 1:
            run.append(mark)
    if len(run) < 3:
        return page
    broken = [not _ends_sentence(page.text, mark.start()) for mark in run[1:]]
    if 2 * sum(broken) < len(broken):
        return page
    return page.edited(Edit(_stripped_end(page.text, mark.start()), mark.end()) for mark in run)


def drop_page_numbers(page: MappedText) -> MappedText:
    """Take out lines that hold only a page number (`- 3 -`, `12`) when they count up through the text."""
    numbers = list(_LONE_NUMBER.finditer(page.text))
    rising: list[re.Match[str]] = []
    for match in numbers:
        if not rising or int(match["number"]) == int(rising[-1]["number"]) + 1:
            rising.append(match)
    if len(rising) < 2 or int(rising[0]["number"]) > 3:
        return page
    return page.edited(Edit(match.start(), match.end()) for match in rising)


def _stripped_end(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _ends_sentence(text: str, end: int) -> bool:
    end = _stripped_end(text, end)
    while end and text[end - 1] in CLOSERS:
        end -= 1
    return end == 0 or text[end - 1] in _SENTENCE_STOPS
