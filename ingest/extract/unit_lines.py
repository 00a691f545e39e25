"""The lines of a text that no mark numbers: paragraphs, headings by themselves and short lead sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from archive.text import Span
from ingest.extract.unit_cues import cues, section_of, wording_of
from ingest.extract.unit_sentences import sentences

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LONGEST_HEADING = 30
LONGEST_LEAD = 36
SHORTEST_LEAD = 4
_DATELINE = re.compile(
    r"^(?:本报|新华社|本网|.{2,8}日报)[^。，]{0,20}[讯电](?:\s*[（(][^）)]{0,40}[）)])?\s*|^[（(][^）)]{0,40}记者[^）)]{0,40}[）)]\s*"
)
_BULLET = re.compile(r"(?:—{1,2}|[●■◆▲★•·*➤◎])\s*(?!记|访|写在)")
_NO_HEADING_END = "。！？；：，、…!?;:,.）)"
_LEADING_ACTION = 10
"""Code points before the verb at most: 强化…, 以工作制度化为保障，提升…, 党员带好一个家庭."""
_MORE_THAN_LEAD = 10
_SERIES = 3
"""So many short lines without a full stop, each over a longer paragraph, are the headings of a series, whatever their words."""
_LONGEST_IN_SERIES = 18
_SPREAD = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text without the white space around it, and its first sentence."""

    span: Span
    lead: Span


def paragraphs(text: str, region: Span) -> list[Paragraph]:
    """The lines of `region` that are not empty."""
    found = []
    for match in _LINE.finditer(text, region.start, region.end):
        raw = match.group()
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if bullet := _BULLET.match(text, start, end):
            start = bullet.end()
        if dateline := _DATELINE.match(text[start : min(end, start + 90)]):
            start += dateline.end()
        if start < end:
            found.append(Paragraph(Span(start, end), next(sentences(text, Span(start, end)), Span(start, end))))
    return found


def headings_in(text: str, lines: list[Paragraph]) -> set[Paragraph]:
    """Lines that are headings by themselves: short, without a full stop, with a longer paragraph after them.

    One without a verb of action needs another one of about its length, or a series of short ones.
    """
    found: set[Paragraph] = set()
    unsure: set[Paragraph] = set()
    for line, following in zip_longest(lines, lines[1:]):
        words = line.span.of(text)
        if not SHORTEST_LEAD <= len(words) <= _LONGEST_HEADING or words[-1] in _NO_HEADING_END or words[0] in "—（(●■":
            continue
        if section_of(words):
            found.add(line)
            continue
        more = following.span.end - following.span.start - len(words) if following else 0
        if following is None or more <= (0 if text[following.span.end - 1] == "。" else _MORE_THAN_LEAD):
            continue
        if cues().narrative.search(words):
            continue
        (found if cues().action.search(words) or wording_of(words) else unsure).add(line)
    series = [line for line in (*found, *unsure) if line.span.end - line.span.start <= _LONGEST_IN_SERIES]
    if len(series) >= _SERIES:
        return found.union(series)
    lengths = Counter(line.span.end - line.span.start for line in (*found, *unsure))
    return found | {line for line in unsure if sum(lengths[line.span.end - line.span.start + by] for by in (-1, 0, 1)) > 1}


def bold_leads(text: str, lines: Iterable[Paragraph]) -> set[Paragraph]:
    """Paragraphs whose first sentence is a short heading; without a verb of action only in a series of about equal length."""
    found, unsure = set(), []
    lines = list(lines)
    for line in lines:
        words = line.lead.of(text)
        length = len(words)
        more = line.span.end - line.lead.end > _MORE_THAN_LEAD
        if not more or text[line.lead.end] not in "。" or not SHORTEST_LEAD <= length <= LONGEST_LEAD or _told(words):
            continue
        acting = cues().action.search(words)
        if (acting and (acting.start() <= _LEADING_ACTION or "，" in words)) or wording_of(words):
            found.add(line)
        else:
            unsure.append((length, line))
    lengths = Counter(length for length, _ in unsure)
    found |= {line for length, line in unsure if sum(lengths[length + by] for by in (-1, 0, 1)) > 1}
    return found.union(*_series_of_leads(text, lines, found))


def _told(words: str) -> bool:
    """Whether a sentence tells or comments, and heads nothing."""
    return any((cues().narrative.search(words), cues().past.match(words), cues().remark.match(words)))


def _series_of_leads(text: str, lines: list[Paragraph], found: set[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs one after the other that all begin with a short sentence of two parts (怎么定，大家议).

    Half of them are leads by themselves, or they are about equally long and half of them tell of no scene.
    """
    run: list[Paragraph] = []
    for line in [*lines, None]:
        if line is not None and _in_two_parts(text, line):
            run.append(line)
            continue
        if len(run) >= _SERIES and (2 * sum(one in found for one in run) >= len(run) or _alike(text, run)):
            yield run
        run = []


def _alike(text: str, run: list[Paragraph]) -> bool:
    leads = [line.lead.of(text) for line in run]
    lengths = [len(words) for words in leads]
    return max(lengths) - min(lengths) <= _SPREAD and 2 * sum(cues().narrative.search(words) is None for words in leads) >= len(run)


def _in_two_parts(text: str, line: Paragraph) -> bool:
    words = line.lead.of(text)
    return (
        SHORTEST_LEAD <= len(words) <= _LONGEST_IN_SERIES
        and words.count("，") == 1
        and text[line.lead.end : line.lead.end + 1] == "。"
        and line.span.end - line.lead.end > _MORE_THAN_LEAD
        and cues().passing.search(words) is None
    )
