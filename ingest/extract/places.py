"""Which places a document names, and which place a sentence of it is about.

Official names are found in the gazetteer, villages and townships also by pattern, anonymised names (X县) by their mask. What a name
means is settled by the document itself (place_sense); what the text does not print is inferred from what it does print, with the
words that the inference rests on (place_inference). Nothing here guesses: a name that nothing settles has no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from archive.changed import changed
from archive.records import Document, Genre, Mention, PlaceLevel, PlaceMention, PlaceRole
from ingest.extract.place_inference import Own, infer_masked, own_division
from ingest.extract.place_names import find_names
from ingest.extract.place_roles import Zone, primary_names, quote
from ingest.extract.place_scope import PlaceReader, place_reader
from ingest.extract.place_sense import TOWNSHIPS, Sense, Senses
from ingest.extract.place_short import unify
from ingest.extract.place_stated import with_stated
from ingest.extract.place_text import Name, NameKind
from ingest.extract.place_twins import part_twins
from ingest.extract.place_villages import COUNTIES, known_villages, listed_villages

MORE = 5  # further quotes that an inference lists


def find_places(doc: Document) -> Document:
    """Fill `places` (once per name, those that the document is about first) and `mentions` (every occurrence in the body)."""
    zones = _zones(doc)
    senses = _senses(doc, zones)
    listed = _with_villages(zones, senses)
    if listed is not zones:
        zones, senses = listed, _senses(doc, listed)
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
    return changed(doc, places=tuple(places), mentions=mentions)


def place_at(doc: Document, offset: int) -> PlaceMention | None:
    """The place that the sentence at `offset` of `doc.text` is about, or None when the document names no place.

    `PlaceReader` says by which rules. It remembers the paragraphs that it has read: whoever asks for many offsets of one document takes
    `places_at` or a reader of its own.
    """
    return PlaceReader(doc).at(offset)


def places_at(doc: Document, offsets: Iterable[int]) -> tuple[PlaceMention | None, ...]:
    """`place_at` for each of `offsets`, in their order; linear in the length of the text."""
    reader = place_reader(doc)
    return tuple([reader.at(offset) for offset in offsets])


def _zones(doc: Document) -> tuple[Zone, ...]:
    signed = doc.byline if doc.genre is Genre.WORK_REPORT else None  # 某县人民政府县长 王某: the report is that county's
    heads = [part for part in (doc.title, doc.kicker, doc.subtitle, signed) if part]
    captions = [caption.text for caption in doc.captions]
    texts = [doc.text, *heads, *captions]
    names = part_twins(unify(texts, [find_names(part) for part in texts]))
    kinds = [(False, False), *((True, False) for _ in heads), *((False, True) for _ in captions)]
    names = [with_stated(text, found) for text, found in zip(texts, names, strict=True)]
    return tuple(Zone(text, found, head, caption) for text, found, (head, caption) in zip(texts, names, kinds, strict=True))


def _senses(doc: Document, zones: Sequence[Zone]) -> Senses:
    return Senses([zone.names for zone in zones], doc.dateline or _dateline(doc.dateline_text), _year(doc.published))


def _with_villages(zones: tuple[Zone, ...], senses: Senses) -> tuple[Zone, ...]:
    """The zones with the villages that the lists of the document's townships and few counties have; the same zones where there are none."""
    codes = [sense.division.code for sense in senses.senses.values() if sense.division and sense.level is PlaceLevel.TOWNSHIP]
    codes = codes if len(codes) <= TOWNSHIPS else []
    counties = senses.counties()
    known = [known_villages(code) for code in (*codes, *(sorted(counties) if len(counties) <= COUNTIES else ()))]
    found = [listed_villages(zone.text, zone.names, known) for zone in zones] if known else []
    if all(names is zone.names for names, zone in zip(found, zones, strict=False)):
        return zones
    return tuple(zone._replace(names=with_stated(zone.text, names)) for names, zone in zip(part_twins(found), zones, strict=True))


def _dateline(text: str | None) -> str | None:
    found = re.search(r"本报(.{2,8}?)(?:\d+月\d+日)?[讯电]", text or "")
    return found[1] if found else None


def _year(published: str | None) -> int | None:
    return int(published[:4]) if published and published[:4].isdecimal() else None


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
