"""Units of knowledge: what a document says was learned, done, reached, lacking or advised, each with the words that say so."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from archive.changed import changed
from archive.findings import Practice, Statistic, Unit, UnitKind
from archive.ids import fact_id
from archive.records import Document
from archive.text import Span
from ingest.extract.place_scope import PlaceReader, place_reader
from ingest.extract.themes import ThemeHits, ranked
from ingest.extract.unit_cues import Draft
from ingest.extract.unit_leads import article_units, section_units
from ingest.extract.unit_sections import NamedLines, Scope, Stretch, heading_units, innermost, stretches_of
from ingest.extract.unit_sentences import stated_units
from ingest.extract.unit_speech import Speech
from ingest.extract.unit_troubles import with_troubles

_QUOTE_WEIGHS = 3.0
"""A theme word in the heading against one in the text under it."""
_PARENT_WEIGHS = 1.5
"""The themes of the unit above, which a short sentence takes over when its own words say little."""
_TITLE_WEIGHS = 3.0
_MAIN_WEIGHS = 3.0
_MAIN_SHARE = 0.25
"""Of all cue words of a document. On real documents that the cues were not made for the main theme lifts the precision of themes from 0.59
to 0.63 and their recall from 0.73 to 0.78; a share of 0.4 or a weight of 2 gain less."""
_READ_FOR_THEMES = 1200
"""Code points of an extent that are weighed: a section says early what it is about, and nested ones must not be read over and over."""
_MOSTLY = 0.3
"""The share of a text that its outline covers, from which on all before the first mark is its opening."""

_SECTION_MARK = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
"""A mark of sections, which also stands inside lines where the scraper lost the line breaks."""
_AHEAD = re.compile(r"(?:^|\n)[ \t\u3000]*((?:下一?步|下阶段|今后|接下来)(?:[，,]|工作中))")
_LINES_AFTER = 4
"""Lines at most after the closing paragraph: signatures, editors, a date."""
_OWN_TEXT = 5
"""Code points that stand at least between a heading and the closing paragraph, or the heading is about what is to come."""

_SHORTEST_CUT = 9
"""Code points of a quote that is cut before the next unit of its sentence."""

_Fact = TypeVar("_Fact", Statistic, Practice)


def find_units(doc: Document) -> Document:
    """Fill `doc.units` from `doc.outline`, the layout of its paragraphs and the words of its sentences; needs outline and places."""
    named_lines = NamedLines.of(doc)
    stretches = stretches_of(doc, named_lines)
    covered = innermost(stretches)
    speech = Speech.of(doc.text)
    headings = _up_to_closing(doc.text, heading_units(stretches))
    drafts: list[Draft] = []
    for stretch in stretches:
        if stretch.leaf and stretch.kind is not None:
            drafts += section_units(doc.text, stretch)
    drafts += _outside_outline(doc, covered, named_lines)
    drafts = [draft for draft in drafts if not speech.tells(doc.text, draft)]
    yielding = [draft for draft in drafts if draft.yields]
    drafts = _first_of_overlapping(headings + [draft for draft in drafts if not draft.yields])
    taken = [draft.span for draft in drafts]
    stated = [draft for span, scope in _scopes(doc, covered, named_lines) for draft in stated_units(doc.text, span, scope)]
    drafts += (draft for draft in stated if not _overlaps(taken, draft.span) and not speech.tells(doc.text, draft))
    drafts += _beside(yielding, drafts)
    drafts, troubles = with_troubles(doc.text, drafts)
    drafts += (draft for draft in troubles if not speech.tells(doc.text, draft))
    return changed(doc, units=_finished(doc, sorted(drafts, key=lambda draft: (draft.span.start, -draft.extent.end))))


def link_units(doc: Document) -> Document:
    """Fill `unit_id` of statistics and practices: the innermost unit whose extent holds them."""
    holders = sorted(doc.units, key=lambda unit: (unit.extent.start, -unit.extent.end))
    return changed(doc, statistics=_linked(doc.statistics, holders), practices=_linked(doc.practices, holders))


def _linked(facts: tuple[_Fact, ...], holders: Sequence[Unit]) -> tuple[_Fact, ...]:
    """`facts` in their order, each with the id of the innermost of `holders` (sorted by start) that holds it."""
    found: dict[str, str | None] = {}
    open_: list[Unit] = []
    following = 0
    for fact in sorted(facts, key=lambda fact: fact.span.start):
        while following < len(holders) and holders[following].extent.start <= fact.span.start:
            open_.append(holders[following])
            following += 1
        open_ = [unit for unit in open_ if unit.extent.end > fact.span.start]
        found[fact.id] = next((unit.id for unit in reversed(open_) if unit.extent.end >= fact.span.end), None)
    return tuple([changed(fact, unit_id=found[fact.id]) for fact in facts])


def _up_to_closing(text: str, headings: list[Draft]) -> list[Draft]:
    """End what was done before the one paragraph at the end of the text that says what is to come (下一步，…).

    Where more than one paragraph begins so, each goes on with its own item.
    """
    ahead = [match.start(1) for match in _AHEAD.finditer(text)]
    if len(ahead) != 1 or any(draft.span.end > ahead[0] for draft in headings) or text.count("\n", ahead[0]) > _LINES_AFTER:
        return headings
    end = len(text[: ahead[0]].rstrip())
    return [
        replace(draft, extent=Span(draft.extent.start, end))
        if draft.kind is not UnitKind.RECOMMENDATION and draft.extent.end > ahead[0] > draft.span.end + _OWN_TEXT
        else draft
        for draft in headings
    ]


def _outside_outline(doc: Document, covered: list[tuple[Span, Stretch]], named_lines: NamedLines) -> Iterator[Draft]:
    """Units of text that no heading of its own line stands over."""
    text = doc.text
    if not any(
        stretch.node.extent.start == 0 or text[stretch.node.extent.start - 1] == "\n" or _SECTION_MARK.match(stretch.node.marker)
        for _, stretch in covered
    ):
        yield from article_units(text, Span(0, len(text)))
        return
    outlined = sum(span.end - span.start for span, _ in covered) >= _MOSTLY * len(text)
    for region, stretch in _regions(doc, covered):
        if stretch is None:
            for span in _parts(region, named_lines) if outlined else (region,):
                section = named_lines.at(span.start)
                yield from article_units(text, span, opening_only=outlined and section is None, section=section)


def _scopes(doc: Document, covered: list[tuple[Span, Stretch]], named_lines: NamedLines) -> Iterator[tuple[Span, Scope]]:
    """The text of `_regions`, cut also at the lines that name a section, with what stands over each part."""
    for region, stretch in _regions(doc, covered):
        path, start = (stretch.node.path, stretch.node.extent.start) if stretch else (None, -1)
        for span in _parts(region, named_lines):
            named = named_lines.at(span.start, start)
            if named is not None:
                yield span, Scope(named.kind, path, True)
            else:
                yield span, Scope(stretch.kind, path, True, stretch.surveys) if stretch else Scope()


def _parts(region: Span, named_lines: NamedLines) -> Iterator[Span]:
    starts = named_lines.starts
    cuts = starts[bisect_right(starts, region.start) : bisect_left(starts, region.end)]
    yield from (Span(start, end) for start, end in pairwise((region.start, *cuts, region.end)))


def _regions(doc: Document, covered: list[tuple[Span, Stretch]]) -> Iterator[tuple[Span, Stretch | None]]:
    """The whole text in its order, cut where the innermost node changes, without the titles of the nodes."""
    at = 0
    for span, stretch in covered:
        if at < span.start:
            yield Span(at, span.start), None
        title = stretch.node.span
        start = max(span.start, title.end) if span.start <= title.start < span.end else span.start
        yield Span(start, span.end), stretch
        at = span.end
    if at < len(doc.text):
        yield Span(at, len(doc.text)), None


def _first_of_overlapping(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.span.start, -draft.span.end)):
        if not kept or kept[-1].span.end <= draft.span.start:
            kept.append(draft)
    return kept


def _overlaps(taken: list[Span], span: Span) -> bool:
    """Whether `span` shares characters with one of `taken`, which are sorted and disjoint."""
    index = bisect_right(taken, span.start, key=lambda one: one.end)
    return index < len(taken) and taken[index].start < span.end


def _beside(yielding: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """`yielding` without what other drafts quote: cut before the next one, given up where too little is left."""
    taken = sorted((draft.span for draft in drafts), key=lambda span: span.start)
    ends = [span.end for span in taken]
    kept: list[Draft] = []
    for draft in yielding:
        index = bisect_right(ends, draft.span.start)
        end = min(draft.span.end, taken[index].start - 1) if index < len(taken) else draft.span.end
        if end == draft.span.end or end - draft.span.start >= _SHORTEST_CUT:
            kept.append(replace(draft, span=Span(draft.span.start, end)))
    return kept


def _finished(doc: Document, drafts: list[Draft]) -> tuple[Unit, ...]:
    """The drafts, in the order of the text, with id, parent, themes and place."""
    hits = ThemeHits.of(doc.text)
    units: list[Unit] = []
    open_: list[tuple[Draft, Unit, dict[str, float]]] = []
    reader = place_reader(doc)
    main = _main_theme(hits, doc)
    for number, draft in enumerate(drafts, 1):
        open_ = [entry for entry in open_ if entry[0].extent.end > draft.span.start]
        parent = next((entry for entry in reversed(open_) if entry[0].extent.end >= draft.span.end), None)
        weights = hits.weights(Span(draft.extent.start, min(draft.extent.end, draft.extent.start + _READ_FOR_THEMES)))
        for label, weight in hits.weights(draft.span, _QUOTE_WEIGHS).items():
            weights[label] = weights.get(label, 0.0) + weight
        if main:
            weights[main] = weights.get(main, 0.0) + _MAIN_WEIGHS
        inherited = parent[1].themes if parent and not draft.holds else ()
        for place, label in enumerate(inherited):
            weights[label] = weights.get(label, 0.0) + _PARENT_WEIGHS * (3 - place)
        unit = _unit(reader, number, draft, parent[1].id if parent else None, ranked(weights, 3))
        units.append(unit)
        if draft.holds:
            open_.append((draft, unit, weights))
    return tuple(units)


def _main_theme(hits: ThemeHits, doc: Document) -> str | None:
    """The theme that a document is about as a whole, which its units share unless their words say more of others; None without one."""
    weights = hits.weights(Span(0, len(doc.text)))
    title = doc.title or ""
    for label, weight in ThemeHits.of(title).weights(Span(0, len(title)), _TITLE_WEIGHS).items():
        weights[label] = weights.get(label, 0.0) + weight
    best = max(weights, key=lambda label: weights[label], default=None)
    return best if best and weights[best] >= _MAIN_SHARE * sum(weights.values()) else None


def _unit(reader: PlaceReader, number: int, draft: Draft, parent: str | None, themes: tuple[str, ...]) -> Unit:
    doc, place = reader.doc, reader.at(draft.span.start + 1)  # a quote that begins with a place is about it
    return Unit(
        id=fact_id("UNIT", doc.id, number),
        kind=draft.kind,
        quote=draft.span.of(doc.text),
        span=draft.span,
        extent=draft.extent,
        marker=draft.marker,
        path=draft.path,
        parent=parent,
        themes=themes,
        cue=draft.cue or None,
        place=place.name if place else None,
        adcode=place.adcode if place else None,
        place_inferred=place.inferred if place else False,
    )
