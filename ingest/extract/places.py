"""Which places a document names, and which place a sentence of it is about.

Official names are found in the gazetteer, villages and townships also by pattern, anonymised names (X县) by their mask. What a name
means is settled by the document itself (place_sense); what the text does not print is inferred from what it does print, with the
words that the inference rests on (place_inference). Nothing here guesses: a name that nothing settles has no code.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.records import Document, Mention, PlaceLevel, PlaceMention, PlaceRole
from archive.text import Span
from ingest.extract.place_inference import Own, infer_masked, own_division
from ingest.extract.place_names import Name, NameKind, find_names
from ingest.extract.place_roles import Zone, primary_names, quote
from ingest.extract.place_sense import Sense, Senses
from ingest.extract.place_words import place_words

MORE = 5  # further quotes that an inference lists
_SENTENCE_END = "。！？!?\n"
_CLAUSE_START = re.compile(r"[，,；;：:、。！？!?\s“《（(]$")
_WHOLE = re.compile(r"[全我本][县市区旗省州]")
_WIDE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY, PlaceLevel.UNRESOLVED})
REACH = 4000  # characters that `place_at` looks back for the paragraph's beginning
NAMES = 60  # names that it looks back at
HEADING = 40  # characters; a shorter line without a full stop is read as a heading


def find_places(doc: Document) -> Document:
    """Fill `places` (once per name, those that the document is about first) and `mentions` (every occurrence in the body)."""
    zones = _zones(doc)
    senses = Senses([zone.names for zone in zones], doc.dateline or _dateline(doc.dateline_text))
    infer_masked(senses, doc.text)
    senses.adopt_strays()
    own = own_division(senses, doc.text)
    primary = primary_names(zones, senses, own)
    where = {id(name): zone for zone in zones for name in zone.names}
    places = [_mention(sense, where, senses, primary) for sense in senses.senses.values()]
    if own is not None and own.division.name not in senses.senses:
        places.append(_own_mention(own, zones, senses, not primary))
    places.sort(key=lambda place: place.role is not PlaceRole.PRIMARY)
    mentions = tuple(Mention(key=name.text, span=name.span) for name in zones[0].names if name.text in senses.senses)
    return replace(doc, places=tuple(places), mentions=mentions)


def place_at(doc: Document, offset: int) -> PlaceMention | None:
    """The place that the sentence at `offset` of `doc.text` is about, or None when the document names no place.

    In this order: the nearest name before `offset` in the same sentence, unless it only says where a rule comes from (按照日喀则市委
    要求) or what a place holds (下辖…); the place that an earlier sentence of the paragraph has as its subject; the place in the heading
    right above; the place that the document is about. 全县, 全市 and the like pass over places of another kind. Looks back at most REACH
    characters, so that asking for every figure of a long text stays linear.
    """
    text = doc.text
    floor = max(0, offset - REACH)
    paragraph = max(text.rfind("\n", floor, offset) + 1, floor)
    sentence = max(paragraph, *(text.rfind(mark, paragraph, offset) + 1 for mark in _SENTENCE_END))
    whole = next(reversed([match[0][-1] for match in _WHOLE.finditer(text, sentence, offset)]), None)
    by_name = {place.name: place for place in doc.places}
    index = bisect_left(doc.mentions, offset, key=lambda mention: mention.span.start)
    for mention in reversed(doc.mentions[max(0, index - NAMES) : index]):
        if mention.span.start < paragraph:
            break
        place = by_name.get(mention.key)
        if place is None or (whole is not None and place.name[-1] != whole) or _is_source(text, mention.span):
            continue
        if mention.span.start >= sentence or (_carries(place, whole) and _is_subject(text, mention.span)):
            return place
    return (None if whole else _in_heading(doc, paragraph, by_name)) or _about(doc.places)


def _carries(place: PlaceMention, whole: str | None) -> bool:
    """Whether a sentence's subject holds for the next ones too: not a village, and an unnamed 边境旗 only where 全旗 takes it up."""
    unnamed = place.level is PlaceLevel.UNRESOLVED and place.role is not PlaceRole.PRIMARY
    return place.level in _WIDE and (whole is not None or not unnamed)


def _in_heading(doc: Document, paragraph: int, by_name: Mapping[str, PlaceMention]) -> PlaceMention | None:
    """The place in the short line without a full stop that stands right above a paragraph."""
    top = doc.text.rfind("\n", max(0, paragraph - HEADING - 1), max(0, paragraph - 1)) + 1
    if not 0 < paragraph - top <= HEADING or "。" in doc.text[top:paragraph]:
        return None
    index = bisect_left(doc.mentions, paragraph, key=lambda mention: mention.span.start) - 1
    if index < 0 or doc.mentions[index].span.start < top:
        return None
    return by_name.get(doc.mentions[index].key)


def _about(places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The PRIMARY place, the smallest one when a township is primary together with its county."""
    primary = [place for place in places if place.role is PlaceRole.PRIMARY]
    low = [place for place in primary if place.level in (PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE)]
    return next(iter(low or primary), None)


def _is_source(text: str, span: Span) -> bool:
    """Whether the clause before the name says that a rule, a document or an example comes from there."""
    before = text[max(0, span.start - 12) : span.start]
    clause = re.split(r"[，,；;。\n》]", before)[-1]
    return any(word in clause for word in place_words().source)


def _is_subject(text: str, span: Span) -> bool:
    """Whether the name opens its clause, parents before it included."""
    before = text[max(0, span.start - 12) : span.start]
    return not before or _CLAUSE_START.search(before) is not None or before[-1] in "省市区县旗州盟"


def _zones(doc: Document) -> tuple[Zone, ...]:
    heads = [part for part in (doc.title, doc.kicker, doc.subtitle) if part]
    captions = [caption.text for caption in doc.captions]
    return (
        Zone(doc.text, find_names(doc.text)),
        *(Zone(part, find_names(part), head=True) for part in heads),
        *(Zone(part, find_names(part), caption=True) for part in captions),
    )


def _dateline(text: str | None) -> str | None:
    found = re.search(r"本报(.{2,8}?)(?:\d+月\d+日)?[讯电]", text or "")
    return found[1] if found else None


def _mention(sense: Sense, where: Mapping[int, Zone], senses: Senses, primary: frozenset[str]) -> PlaceMention:
    uses = senses.uses[sense.name]
    witness = sense.witnesses[0] if sense.witnesses else uses[0]
    zone = where[id(witness)]
    span = quote(zone.text, witness)
    more = [*sense.witnesses[1:], *((use for use in uses if use.before) if sense.witnesses else ())]
    official = sense.division.name if sense.division else None
    return PlaceMention(
        name=sense.name,
        level=sense.level,
        role=PlaceRole.PRIMARY if sense.name in primary else PlaceRole.MENTIONED,
        evidence=span.of(zone.text),
        evidence_span=span if zone.body else None,
        adcode=sense.county,
        division_code=sense.division.code if sense.division and len(sense.division.code) > 6 else None,
        inferred=sense.inferred,
        resolved_name=official if official != sense.name else None,
        evidence_more=tuple(quote(where[id(name)].text, name).of(where[id(name)].text) for name in more[:MORE]),
        confidence=sense.confidence if sense.inferred else 1.0,
        in_caption=where[id(uses[0])].caption,
    )


def _own_mention(own: Own, zones: Sequence[Zone], senses: Senses, about: bool) -> PlaceMention:
    text = zones[0].text
    name = Name(own.span.of(text), own.span, NameKind.PATTERN, own.division.level)
    span = quote(text, name)
    return PlaceMention(
        name=own.division.name,
        level=own.division.level,
        role=PlaceRole.PRIMARY if about else PlaceRole.MENTIONED,
        evidence=span.of(text),
        evidence_span=span,
        adcode=own.division.code,
        inferred=True,
        resolved_name=own.division.name,
        evidence_more=tuple(
            quote(text, name).of(text)
            for name in zones[0].names
            if name.text in senses.senses and own.division.code == (senses.senses[name.text].county or "")
        )[:MORE],
        confidence=0.9,
    )
