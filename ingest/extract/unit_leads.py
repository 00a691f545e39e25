"""Units that no mark announces: heading lines, short lead sentences and paragraphs that begin with a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_actions import heard, lead_quote, told_measures
from ingest.extract.unit_cues import Draft, Section, cues, section_of, wording_of
from ingest.extract.unit_lines import LONGEST_LEAD, SHORTEST_LEAD, Paragraph, bold_leads, headings_in, paragraphs
from ingest.extract.unit_plans import announced
from ingest.extract.unit_sections import Stretch
from ingest.extract.unit_sentences import clauses, sentences

_NEAR = 8
_SAME_HEAD = 2
"""Code points that sentences of one paragraph begin with alike when each says a measure (围绕粮食，…。围绕果业，…)."""


_READ_FOR_PLAN = 120
_DIGIT = re.compile(r"\d")


class Rank(IntEnum):
    """How far the extent of a lead reaches: to the next of its own rank or higher, and for a plain lead no further than its paragraph."""

    HEADING = 1
    BOLD = 2
    PLAIN = 3


@dataclass(frozen=True, slots=True)
class _Lead:
    rank: Rank
    draft: Draft
    limit: int


def article_units(text: str, region: Span, opening_only: bool = False, section: Section | None = None) -> list[Draft]:
    """The units of a text without an outline: a newspaper article, a feature, a photo story; or of what opens an outlined one.

    `section` is the one that stands over the beginning of `region`.
    """
    lines = paragraphs(text, region)
    headings = set() if opening_only else headings_in(text, lines)
    bold = set() if opening_only else bold_leads(text, [line for line in lines if line not in headings])
    bold = bold if headings or len(bold) > 1 else set()  # a heading inside its paragraph does not stand alone
    opening = not opening_only and not headings and not bold
    roundup = _tells_of_many(text, lines)
    leads: list[_Lead] = []
    told: list[Draft] = []
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
            plain = list(_plain(text, Paragraph(Span(line.lead.end + 1, line.span.end), line.lead), section)) if roundup else []
            leads += (_Lead(Rank.PLAIN, draft, line.span.end) for draft in plain)
            told += told_measures(text, line, [leads[-1 - len(plain)].draft, *plain]) if headings and section is None else ()
        elif (before in headings and cues().whole.match(line.span.of(text))) or (section is not None and section.kind is None):
            continue
        else:
            plain = list(_plain(text, line, section)) if opening else [draft for draft in (_model(text, line),) if draft]
            leads += (_Lead(Rank.PLAIN, draft, line.span.end) for draft in plain)
            if (headings or not bold) and not opening_only and (section is None or section.kind is UnitKind.MEASURE):
                told += told_measures(text, line, plain)
    return _with_extents(_closed(text, _agreed(leads), lines)) + told


def section_units(text: str, stretch: Stretch) -> list[Draft]:
    """The paragraphs of a section whose heading names no content and that has no items: each one's lead is a unit of the section's kind.

    Below a heading with content only a series of short lead sentences counts.
    """
    node = stretch.node
    lines = [
        line for line in paragraphs(text, Span(node.span.end, node.extent.end)) if len(line.lead.of(text).strip("。：: ")) >= SHORTEST_LEAD
    ]
    headings = headings_in(text, lines) if stretch.names_only else set()
    bold = bold_leads(text, [line for line in lines if line not in headings])
    section = Section(stretch.kind, stretch.firm, stretch.cue)
    leads: list[_Lead] = []
    for line in lines:
        if line in headings:
            leads.append(_Lead(Rank.HEADING, _draft(text, line.span, node.extent.end, section), node.extent.end))
        elif headings and leads:
            continue
        elif line in bold and (stretch.names_only or len(bold) > 1):
            leads.append(_Lead(Rank.BOLD, _draft(text, line.lead, node.extent.end, section), node.extent.end))
        elif stretch.names_only and text[line.span.end - 1] not in "：:":
            leads += (_Lead(Rank.PLAIN, draft, line.span.end) for draft in _section_paragraph(text, line, section))
    return [replace(draft, path=node.path) for draft in _with_extents(leads)]


def _closed(text: str, leads: list[_Lead], lines: list[Paragraph]) -> list[_Lead]:
    """End the reach of the last of a series of leads where a later paragraph closes the article (下一步，…; 目前，…).

    Below a heading on a line of its own 目前 may go on with its own matter, so that only what is to come closes it.
    """
    series = [lead for lead in leads if lead.rank is not Rank.PLAIN]
    if len(series) < 2:
        return leads
    last = series[-1].draft.span
    for line in reversed(lines):
        if line.span.start <= last.end:
            return leads
        if _closes(text, line, series[-1].rank):
            break
    else:
        return leads
    end = line.span.start
    return [replace(lead, limit=min(lead.limit, end)) if lead.draft.span.start < end else lead for lead in leads]


def _closes(text: str, line: Paragraph, rank: Rank) -> bool:
    found = cues().closing.match(text[line.span.start : line.lead.end])
    if found and (rank is Rank.BOLD or not cues().total.match(found.group())):
        return True
    return any(announced(text, sentence) for sentence in sentences(text, line.span))


def _agreed(leads: list[_Lead]) -> list[_Lead]:
    """Headings and leads whose words decide nothing share the kind that the words of at least half of their rank decide."""
    ranks = Counter(lead.rank for lead in leads)
    votes = Counter((lead.rank, lead.draft.kind) for lead in leads if lead.draft.cue)
    kinds: dict[Rank, UnitKind] = {
        rank: kind for (rank, kind), count in votes.items() if 2 * count >= ranks[rank] and rank is not Rank.PLAIN
    }
    return [
        replace(lead, draft=replace(lead.draft, kind=kinds.get(lead.rank, lead.draft.kind))) if not lead.draft.cue else lead
        for lead in leads
    ]


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
        if cues().announcing.search(words) or cues().conceding.search(words):
            continue
        if (listed := cues().itemised.match(words)) and text[sentence.end : sentence.end + 1] in ("；", ";"):
            yield from _items(text, Span(sentence.start + listed.end(), line.span.end), section)
            return
        if section.kind is not UnitKind.PROBLEM and (found := cues().lacking.search(words)):
            yield Draft(UnitKind.PROBLEM, Span(sentence.start + found.start(), sentence.end), sentence, found.group()[:2])
            continue
        quote = lead_quote(text, sentence) if section.kind is UnitKind.MEASURE else _shortened(text, sentence)
        if quote:
            yield _draft(text, quote, line.span.end, section)
        return


def _items(text: str, region: Span, section: Section) -> Iterator[Draft]:
    """The parts of a list that semicolons part, up to its full stop (主要是：链条不长；人才短缺；欠账较多。)."""
    for sentence in sentences(text, region):
        yield _draft(text, sentence, sentence.end, section)
        if text[sentence.end : sentence.end + 1] not in ("；", ";"):
            return


def _plain(text: str, line: Paragraph, section: Section | None) -> Iterator[Draft]:
    """The lead of a paragraph, and each later sentence of it that begins with a place or goes on with 同时."""
    if section is not None and section.kind is not None and section.kind is not UnitKind.MEASURE:
        yield from _section_paragraph(text, line, section)
        return
    found = False
    head = text[line.lead.start : line.lead.start + _SAME_HEAD]
    for sentence in sentences(text, line.span):
        first = sentence.start == line.lead.start or (
            found and text.startswith(head, sentence.start) and cues().aside.match(head) is not None
        )
        if not _states_measure(text, sentence, first, not found):
            continue
        if quote := lead_quote(text, sentence):
            found = True
            yield replace(_draft(text, quote, line.span.end, section), kind=UnitKind.MEASURE)


def _states_measure(text: str, sentence: Span, first: bool, none_yet: bool) -> bool:
    """Whether a sentence of a paragraph says what was done: who acts stands at its head; the first one may begin with the act.

    A paragraph that begins with a scene or with what was wrong tells later what was done, so that anybody may act there.
    """
    words = sentence.of(text)
    skipped = heard(words)
    bare = words[skipped:]
    if (
        cues().spoken.search(words)
        or cues().planned.match(words[:_READ_FOR_PLAN])
        or announced(text, sentence)
        or text[sentence.end : sentence.end + 1] in ("？", "?")
        or words[-1:] in "：:"
        or cues().remark.match(bare)
        or cues().past.match(words)
        or cues().listing.match(words)
        or cues().lacking.search(words)
        or any(cues().willing.match(part.of(text)) for part in clauses(text, sentence)[:2])
        or cues().demanded.match(bare)
        or (cues().total.match(words) and _DIGIT.search(words))
    ):
        return False
    place = None if cues().action.match(bare) else cues().place.match(bare)
    who = place or (cues().actor.match(bare) if none_yet or skipped else None)
    if who and cues().action.search(bare, who.end(), who.end() + 40):
        return True
    if skipped and (words.startswith(("同时", "此外", "与此同时")) or (none_yet and cues().action.search(bare, 0, _NEAR))):
        return True
    return first and any(cue.match(bare) for cue in (cues().action, cues().aside, cues().scene))


def _shortened(text: str, sentence: Span) -> Span:
    parts = clauses(text, sentence)
    return sentence if sentence.end - sentence.start <= LONGEST_LEAD else Span(sentence.start, parts[min(1, len(parts) - 1)].end)


def _model(text: str, line: Paragraph) -> Draft | None:
    """In an opening paragraph: a new way of working that the article presents as its subject."""
    for sentence in sentences(text, line.span):
        for clause in clauses(text, sentence):
            if (found := cues().model.search(text[clause.start : clause.end])) and not cues().aside.match(clause.of(text)):
                kind = UnitKind.MEASURE if found.group().startswith(("推行", "推广")) else UnitKind.EXPERIENCE
                return Draft(kind, clause, sentence, found.group()[:2])
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
