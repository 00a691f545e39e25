"""Headings among the paragraphs of printed pages, by size and weight; and the articles of a page that has several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ingest.readers.printed_paragraphs import Chunk
from ingest.readers.printed_text import ITEM, SENTENCE_END
from ingest.readers.table_titles import is_aside, may_title

_LONGEST = 60
_LONGEST_BOLD = 40
_LARGER = 1.12
"""Size of a heading, in sizes of the text."""
_CLEARLY = 1.15
"""How much larger than any other line the title is."""
_HEADLINE = 1.3
"""Size of the headline of an article, in sizes of the text."""
_SMALL_HEADLINE = 1.15
"""Size of a headline that no other line of the pages is clearly larger than."""
_AS_LARGE = 0.95
_SHORTEST_HEADLINE = 6
"""Characters: what names a section (主要做法) and is no larger than a small headline has fewer."""
_ALIKE = 0.72
"""Size of the smaller headlines of a page, in sizes of its main one."""
_LEAST_BODY = 40
"""Characters of text below a headline."""
_BYLINE = re.compile(r"(?:本报|本网|特约)?(?:记者|通讯员)|^[□■◎]|(?:本报|新华社|本网).{0,12}(?:讯|电)|^[文图]\s*[/／|]")
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,10}(?:(?<![汇通申上呈])报|周刊|快讯|信息)$")
"""The name of a paper over its first page (某某日报, 工作简报)."""
_MOST_LEVELS = 6


class _Head(NamedTuple):
    """Where an article may begin: the number of its first paragraph, and that of its headline."""

    start: int
    headline: int


def headings_of(chunks: Sequence[Chunk], size: float) -> dict[int, int]:
    """The level of each heading by the number of its paragraph; 0 is the title, where one line of the first page is clearly the largest."""
    bold_body = _mostly_bold(chunks)
    found: dict[int, float] = {}
    for number, chunk in enumerate(chunks):
        if not chunk.table and _is_heading(chunk, size, bold_body):
            found[number] = round(chunk.size * 2) / 2
    if not found:
        return {}
    title = _title(chunks, found)
    sizes = sorted({size for number, size in found.items() if number != title}, reverse=True)
    return {number: 0 if number == title else min(sizes.index(large) + 1, _MOST_LEVELS) for number, large in found.items()}


def table_title(chunks: Sequence[Chunk]) -> str | None:
    """The line above the first table of pages without running text, the largest of several; it may be as small as the cells."""
    prose = [chunk for chunk in chunks if not chunk.table]
    if len(prose) == len(chunks) or any(_is_written(chunk.text) for chunk in prose):
        return None
    above = takewhile(lambda chunk: not chunk.table, chunks)
    rows = [row for chunk in above for row in chunk.rows if may_title(row.text)]
    return max(rows, key=lambda row: round(row.size)).text if rows else None


def _is_written(text: str) -> bool:
    """Whether a paragraph is running text, and no note of a table."""
    return not is_aside(text) and (len(text) > _LONGEST or text[-1] in "。！？")


def articles_of(chunks: Sequence[Chunk], headings: dict[int, int], size: float) -> list[int]:
    """The numbers of the paragraphs with which the articles begin; none where the pages hold one article only.

    Only pages in columns are looked at. A page has several articles when a second headline is nearly as large as the first, stands across
    several columns, has a byline below it or no headline above it; numbered headings belong to their article.
    """
    heads = _heads(chunks, headings, size)
    if len(heads) < 2:
        return []
    largest = max(chunks[head.headline].size for head in heads)
    begun = [
        head.start
        for head in heads
        if chunks[head.headline].size >= _ALIKE * largest
        or _across(chunks, head.headline)
        or _signed(chunks, headings, head.start)
        or _topmost(chunks, head, heads)
    ]
    if len(begun) < 2 or not any(_in_columns(chunks, start) for start in begun):
        return []
    return [0, *begun[1:]]


def _mostly_bold(chunks: Sequence[Chunk]) -> bool:
    bold = sum(len(row.text) for chunk in chunks for row in chunk.rows if row.bold)
    return 2 * bold > sum(len(row.text) for chunk in chunks for row in chunk.rows)


def _is_heading(chunk: Chunk, size: float, bold_body: bool) -> bool:
    text = chunk.text
    if len(text) > _LONGEST or not any(char.isalnum() for char in text) or text[-1] in "。；;，,":
        return False
    if chunk.size >= _LARGER * size:
        return True
    bold = all(row.bold for row in chunk.rows) and not bold_body
    return bold and len(text) <= _LONGEST_BOLD and chunk.size >= 0.95 * size and not SENTENCE_END.search(text)


def _title(chunks: Sequence[Chunk], found: dict[int, float]) -> int | None:
    first_page = chunks[0].rows[0].page.number
    first = [number for number in found if chunks[number].rows[0].page.number == first_page]
    if not first:
        return None
    title = max(first, key=lambda number: (found[number], -number))
    others = [size for number, size in found.items() if number != title]
    return title if found[title] >= _CLEARLY * max(others, default=0.0) else None


def _heads(chunks: Sequence[Chunk], headings: dict[int, int], size: float) -> list[_Head]:
    """Where heads of articles may begin: headlines with running text below; the lines above one that belong to it count with it."""
    heads: list[_Head] = []
    most = max((chunks[number].size for number in headings if not _PAPER.fullmatch(chunks[number].text)), default=0.0)
    number = 0
    while number < len(chunks):
        start = number
        while number < len(chunks) and (number in headings or (number > start and len(chunks[number].text) <= _LONGEST_BOLD)):
            number += 1
        group = [one for one in range(start, number) if one in headings]
        if not group:
            number = start + 1
            continue
        titles = [one for one in group if not _PAPER.fullmatch(chunks[one].text)] or group
        largest = max(titles, key=lambda one: (chunks[one].size, -one))
        body = "".join(chunk.text for chunk in chunks[number : number + 3] if not chunk.table)
        if _is_headline(chunks[largest], size, most) and len(body) >= _LEAST_BODY:
            heads.append(_Head(start, largest))
    return heads


def _is_headline(chunk: Chunk, size: float, most: float) -> bool:
    """Whether a heading may be that of an article, when the largest heading has the size `most`."""
    if ITEM.match(chunk.text):
        return False
    small = chunk.size >= max(_SMALL_HEADLINE * size, _AS_LARGE * most) and len(chunk.text) >= _SHORTEST_HEADLINE
    return chunk.size >= _HEADLINE * size or small


def _topmost(chunks: Sequence[Chunk], head: _Head, heads: Sequence[_Head]) -> bool:
    """Whether a headline has no other one above it on its page, as those of two articles side by side."""
    row = chunks[head.headline].rows[0]
    others = [chunks[other.headline].rows[0] for other in heads if other is not head]
    return not any(other.page is row.page and other.box.bottom <= row.box.top for other in others)


def _across(chunks: Sequence[Chunk], head: int) -> bool:
    """Whether the headline is wider than the column of the text below it, or stands out of it."""
    below = next((chunk for chunk in chunks[head + 1 :] if chunk.size < chunks[head].size and len(chunk.text) >= _LEAST_BODY), None)
    if below is None:
        return False
    column = below.columns[0]
    return any(
        row.box.x1 - row.box.x0 > 1.1 * (column.right - column.left) or row.box.x1 > column.right + row.size for row in chunks[head].rows
    )


def _signed(chunks: Sequence[Chunk], headings: dict[int, int], head: int) -> bool:
    below = [chunk.text for number, chunk in enumerate(chunks[head + 1 : head + 5], head + 1) if number not in headings][:2]
    return any(_BYLINE.search(text[:40]) for text in below)


def _in_columns(chunks: Sequence[Chunk], head: int) -> bool:
    """Whether the page on which the headline stands is set in columns."""
    page = chunks[head].rows[0].page
    columns = {id(column): column for chunk in chunks for row, column in zip(chunk.rows, chunk.columns, strict=True) if row.page is page}
    return any(len(column.rows) > 1 and column.right - column.left < 0.6 * page.width for column in columns.values())
