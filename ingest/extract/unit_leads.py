"""Units that no mark announces: heading lines, short lead sentences and paragraphs that begin with a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_cues import Draft, Section, cues, section_of, wording_of
from ingest.extract.unit_sections import Stretch
from ingest.extract.unit_sentences import clauses, sentences

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LONGEST_HEADING = 30
_LONGEST_LEAD = 36
_SHORTEST_LEAD = 4
_LONGEST_QUOTE = 90
_SHORTEST_QUOTE = 6
_DATELINE = re.compile(
    r"^(?:本报|新华社|本网|.{2,8}日报)[^。，]{0,20}[讯电](?:\s*[（(][^）)]{0,40}[）)])?\s*|^[（(][^）)]{0,40}记者[^）)]{0,40}[）)]\s*"
)
_BULLET = re.compile(r"(?:—{1,2}|[●■◆▲★•·*➤◎])\s*(?!记|访|写在)")
_NO_HEADING_END = "。！？；：，、…!?;:,.）)"
_LEADING_ACTION = 10
"""Code points before the verb at most: 强化…, 以工作制度化为保障，提升…, 党员带好一个家庭."""
_MORE_THAN_LEAD = 10


class Rank(IntEnum):
    """How far the extent of a lead reaches: to the next of its own rank or higher, and for a plain lead no further than its paragraph."""

    HEADING = 1
    BOLD = 2
    PLAIN = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text without the white space around it, and its first sentence."""

    span: Span
    lead: Span


@dataclass(frozen=True, slots=True)
class _Lead:
    rank: Rank
    draft: Draft
    limit: int


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


def article_units(text: str, region: Span, opening_only: bool = False) -> list[Draft]:
    """The units of a text without an outline: a newspaper article, a feature, a photo story; or of what opens an outlined one."""
    lines = paragraphs(text, region)
    headings = set() if opening_only else _headings(text, lines)
    bold = set() if opening_only else _bold(text, [line for line in lines if line not in headings])
    opening = not opening_only and not headings and not bold
    roundup = _tells_of_many(text, lines)
    leads: list[_Lead] = []
    section: Section | None = None
    for before, line in zip([None, *lines], lines, strict=False):
        if line in headings:
            opening = True
            named = section_of(line.span.of(text))
            section = named or section
            if named is None:
                leads.append(_Lead(Rank.HEADING, _draft(text, line.span, region.end, section), region.end))
        elif line in bold:
            opening = True
            leads.append(_Lead(Rank.BOLD, _draft(text, line.lead, region.end, section), region.end))
            if roundup:
                rest = Paragraph(Span(line.lead.end + 1, line.span.end), line.lead)
                leads += (_Lead(Rank.PLAIN, draft, line.span.end) for draft in _plain(text, rest, section))
        elif before in headings and cues().whole.match(line.span.of(text)):
            continue
        elif opening:
            leads += (_Lead(Rank.PLAIN, draft, line.span.end) for draft in _plain(text, line, section))
        elif draft := _model(text, line):
            leads.append(_Lead(Rank.PLAIN, draft, line.span.end))
    return _with_extents(leads)


def section_units(text: str, stretch: Stretch) -> list[Draft]:
    """The paragraphs of a section whose heading names no content and that has no items: each one's lead is a unit of the section's kind.

    Below a heading with content only a series of short lead sentences counts.
    """
    node = stretch.node
    lines = [
        line for line in paragraphs(text, Span(node.span.end, node.extent.end)) if len(line.lead.of(text).strip("。：: ")) >= _SHORTEST_LEAD
    ]
    bold = _bold(text, lines)
    section = Section(stretch.kind, stretch.firm, stretch.cue)
    leads: list[_Lead] = []
    for line in lines:
        if line in bold and (stretch.names_only or len(bold) > 1):
            leads.append(_Lead(Rank.BOLD, _draft(text, line.lead, node.extent.end, section), node.extent.end))
        elif stretch.names_only and text[line.span.end - 1] not in "：:":
            leads += (_Lead(Rank.PLAIN, draft, line.span.end) for draft in _section_paragraph(text, line, section))
    return [replace(draft, path=node.path) for draft in _with_extents(leads)]


def _tells_of_many(text: str, lines: list[Paragraph]) -> bool:
    """Whether the paragraphs begin with the names of several places, as a roundup's do."""
    leads = [line.lead.of(text) for line in lines]
    names = {found.group() for words in leads if not cues().action.match(words) and (found := cues().place.match(words))}
    return len({name for name in names if not cues().whole.match(name)}) > 1


def _section_paragraph(text: str, line: Paragraph, section: Section) -> Iterator[Draft]:
    """The first sentence of a paragraph that is of its section's kind; a problem that introduces advice is one of its own."""
    for sentence in sentences(text, line.span):
        words = sentence.of(text)
        if section.kind is UnitKind.MEASURE and cues().total.match(words):
            return
        if cues().announcing.search(words):
            continue
        if section.kind is not UnitKind.PROBLEM and (found := cues().lacking.search(words)):
            yield Draft(UnitKind.PROBLEM, Span(sentence.start + found.start(), sentence.end), sentence, found.group()[:2])
            continue
        quote = _quote(text, sentence) if section.kind is UnitKind.MEASURE else _shortened(text, sentence)
        if quote:
            yield _draft(text, quote, line.span.end, section)
        return


def _headings(text: str, lines: list[Paragraph]) -> set[Paragraph]:
    """Lines that are headings by themselves: short, without a full stop, with a longer paragraph after them.

    One without a verb of action needs another one of about its length.
    """
    found, unsure = set(), set()
    for line, following in pairwise(lines):
        words = line.span.of(text)
        if not _SHORTEST_LEAD <= len(words) <= _LONGEST_HEADING or words[-1] in _NO_HEADING_END or words[0] in "—（(●■":
            continue
        if following.span.end - following.span.start <= len(words) + _MORE_THAN_LEAD:
            continue
        if section_of(words) or (not cues().narrative.search(words) and (cues().action.search(words) or wording_of(words))):
            found.add(line)
        elif not cues().narrative.search(words):
            unsure.add(line)
    lengths = Counter(line.span.end - line.span.start for line in (*found, *unsure))
    return found | {line for line in unsure if sum(lengths[line.span.end - line.span.start + by] for by in (-1, 0, 1)) > 1}


def _bold(text: str, lines: Iterable[Paragraph]) -> set[Paragraph]:
    """Paragraphs whose first sentence is a short heading; without a verb of action only in a series of about equal length."""
    found, unsure = set(), []
    for line in lines:
        words = line.lead.of(text)
        length = len(words)
        more = line.span.end - line.lead.end > _MORE_THAN_LEAD
        if not more or text[line.lead.end] not in "。" or not _SHORTEST_LEAD <= length <= _LONGEST_LEAD or cues().narrative.search(words):
            continue
        acting = cues().action.search(words)
        if (acting and (acting.start() <= _LEADING_ACTION or "，" in words)) or wording_of(words):
            found.add(line)
        else:
            unsure.append((length, line))
    lengths = Counter(length for length, _ in unsure)
    return found | {line for length, line in unsure if sum(lengths[length + by] for by in (-1, 0, 1)) > 1}


def _plain(text: str, line: Paragraph, section: Section | None) -> Iterator[Draft]:
    """The lead of a paragraph, and each later sentence of it that begins with a place or goes on with 同时."""
    if section is not None and section.kind is not None and section.kind is not UnitKind.MEASURE:
        yield _draft(text, _shortened(text, line.lead), line.span.end, section)
        return
    for sentence in sentences(text, line.span):
        first = sentence.start == line.lead.start
        if not _states_measure(text, sentence, first):
            continue
        if quote := _quote(text, sentence):
            yield replace(_draft(text, quote, line.span.end, section), kind=UnitKind.MEASURE)


def _states_measure(text: str, sentence: Span, first: bool) -> bool:
    words = sentence.of(text)
    if cues().spoken.search(words) or words[-1:] in "？?" or (cues().total.match(words) and re.search(r"\d", words)):
        return False
    skipped = _heard(words)
    bare = words[skipped:]
    place = None if cues().action.match(bare) else cues().place.match(bare)
    if place and cues().action.search(bare, place.end(), place.end() + 40):
        return True
    if skipped and words.startswith(("同时", "此外", "与此同时")):
        return True
    return first and bool(cues().action.match(bare) or cues().aside.match(bare))


def _quote(text: str, sentence: Span) -> Span | None:
    """The lead of a long sentence: up to the end of the first clause that says what was done; None when no clause does."""
    start = sentence.start + _heard(sentence.of(text))
    for clause in clauses(text, Span(start, sentence.end)):
        words = clause.of(text)
        unsaid = cues().aside.match(words) or cues().promising.match(words)
        if unsaid or clause.end - clause.start < _SHORTEST_QUOTE or not cues().action.search(words):
            continue
        first = start if clause.end - start <= _LONGEST_QUOTE else clause.start
        return Span(first, clause.end)
    return None


def _heard(words: str) -> int:
    """How far the opening words reach that a measure is not quoted with (近日，记者从民政局获悉，)."""
    at = 0
    while at < len(words) and (found := cues().heard.match(words[at : at + 60])):
        at += found.end()
    return at


def _shortened(text: str, sentence: Span) -> Span:
    parts = clauses(text, sentence)
    return sentence if sentence.end - sentence.start <= _LONGEST_LEAD else Span(sentence.start, parts[min(1, len(parts) - 1)].end)


def _model(text: str, line: Paragraph) -> Draft | None:
    """In an opening paragraph: a new way of working that the article presents as its subject."""
    for sentence in sentences(text, line.span):
        for clause in clauses(text, sentence):
            if (found := cues().model.search(text[clause.start : clause.end])) and not cues().aside.match(clause.of(text)):
                return Draft(UnitKind.EXPERIENCE, clause, sentence, found.group()[:2])
    return None


def _draft(text: str, quote: Span, limit: int, section: Section | None) -> Draft:
    words = quote.of(text)
    if section is not None and section.kind is not None and section.firm:
        return Draft(section.kind, quote, Span(quote.start, limit), section.cue)
    if worded := wording_of(words):
        return Draft(worded[0], quote, Span(quote.start, limit), worded[1])
    acting = cues().action.search(words)
    kind = section.kind if section is not None and section.kind is not None else UnitKind.MEASURE
    return Draft(kind, quote, Span(quote.start, limit), acting.group() if acting else "")


def _with_extents(leads: list[_Lead]) -> list[Draft]:
    """End each lead's extent where the next of its rank or a higher one begins."""
    done: list[Draft] = []
    nearest: dict[Rank, int] = {}
    for lead in reversed(leads):
        end = min([lead.limit, *(start for rank, start in nearest.items() if rank <= lead.rank)])
        start = lead.draft.span.start
        done.append(replace(lead.draft, extent=Span(start, max(end, lead.draft.span.end))))
        nearest[lead.rank] = start
    return done[::-1]
