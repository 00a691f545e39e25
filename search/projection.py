"""From records to index entries: one function a kind. What is not known is left out; what is inferred stands in the `*_all` fields only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.findings import Practice, Statistic, Unit
from archive.records import Document, PlaceRole, Source
from archive.text import Span
from archive.themes import themes
from search.port import Entry, FieldValue, SourceEntries
from search.stored import (
    DocumentContext,
    Passage,
    Record,
    StoredPractice,
    StoredStatistic,
    StoredUnit,
    pack,
    read_fact,
    read_record,
)

__all__ = ["MAX_EXTENT", "Record", "entries", "read_fact", "read_record"]

MAX_EXTENT = 2_000
"""Code points of a unit's extent that are indexed and kept with it: a chapter heading's extent is the whole chapter."""

_SENTENCE = 150  # code points to either side of a figure, at most
_OPENING = 40
_ENDS = "。！？；!?;\n"
_YEAR = re.compile(r"(?:^|/)([0-9]{4})")
_LONGEST_PERIOD = 60  # years
_LONGEST_TITLE = 200


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


class Places(Protocol):
    """What is needed of the gazetteer."""

    def ancestors(self, code: str) -> Sequence[_Coded]:
        """The divisions above a code."""
        ...

    def current(self, code: str) -> Sequence[_Coded]:
        """The divisions that a code is or has become."""
        ...


@dataclass(frozen=True, slots=True)
class _Codes:
    """Codes of places with all above them: those that the text prints, and those with inferred ones."""

    printed: tuple[str, ...] = ()
    every: tuple[str, ...] = ()


def entries(
    source: Source, documents: Sequence[Document], gazetteer: Places, theme_id: Callable[[str], str | None] | None = None
) -> SourceEntries:
    """All entries of a source: itself, its documents and everything found in them. `theme_id` gives the slug of a theme's label."""
    slug = theme_id or _slug
    found = [_source_entry(source)]
    for document in documents:
        found.extend(_Projector(document, gazetteer, slug).entries())
    return SourceEntries(source.id, tuple(found))


def years(period: str | None, until: str | None = None) -> tuple[int, ...]:
    """The years that a period in its normal form touches; an open one (`2016-`) reaches to the year of `until`, an ISO date."""
    if period is None:
        return ()
    found = [int(year) for year in _YEAR.findall(period)]
    if period.endswith("-") and until is not None:
        found.append(int(until[:4]))
    if not found:
        return ()
    return tuple(range(found[0], min(max(found), found[0] + _LONGEST_PERIOD) + 1))


def _slug(label: str) -> str | None:
    theme = themes().get(label)
    return theme.id if theme else None


def _source_entry(source: Source) -> Entry:
    fields = _present({"source_id": source.id, "file": source.name, "state": source.state.value})
    return Entry(source.id, "SOURCE", fields, pack(source))


def _present(fields: Mapping[str, FieldValue | None]) -> dict[str, FieldValue]:
    return {name: value for name, value in fields.items() if value is not None and value not in ((), "")}


class _Projector:
    """What all entries of one document share, worked out once."""

    def __init__(self, document: Document, gazetteer: Places, slug: Callable[[str], str | None]) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._slug = slug
        about = [mention for mention in document.places if mention.role is PlaceRole.PRIMARY]
        self._places = self._codes((mention.division_code or mention.adcode, mention.inferred) for mention in document.places)
        self._primary = self._codes((mention.division_code or mention.adcode, mention.inferred) for mention in about)
        self._own: dict[tuple[str | None, str | None], str] = {
            (mention.name, mention.adcode): mention.division_code for mention in document.places if mention.division_code
        }
        self._units = {unit.id: unit for unit in document.units}
        self._holds: defaultdict[str, set[bool | None]] = defaultdict(set)  # by figure: a sheet of 16,000 rows has as many checks
        for check in document.checks:
            for identifier in check.statistics:
                self._holds[identifier].add(check.holds)
        published = (document.published[:4],) if document.published else ()
        self._years = tuple(sorted({*years(document.period, document.published), *map(int, published)}))
        self._context = DocumentContext(
            id=document.id,
            source_id=document.source.id,
            file=document.source.name,
            ordinal=document.ordinal,
            title=document.title or document.text.strip()[:_OPENING].partition("\n")[0],
            has_title=document.title is not None,
            genre=document.genre,
            place=next(iter(about), None),
            dateline=document.dateline,
            published=document.published,
            period=document.period,
            reprint_of=document.reprint_of,
        )

    def entries(self) -> list[Entry]:
        """The document and its facts, each numbered in the order of the text."""
        document = self._document
        return [
            self._document_entry(),
            *(self._unit_entry(unit, ordinal) for ordinal, unit in enumerate(document.units, 1)),
            *(self._statistic_entry(figure, ordinal) for ordinal, figure in enumerate(document.statistics, 1)),
            *(self._practice_entry(practice, ordinal) for ordinal, practice in enumerate(document.practices, 1)),
        ]

    def _document_entry(self) -> Entry:
        document = self._document
        title = "\n".join(filter(None, (document.kicker, document.title, document.subtitle)))
        text = "\n".join((document.text, *(caption.text for caption in document.captions)))
        holds = {check.holds for check in document.checks}
        fields = self._shared(document.ordinal, document.themes, self._places, self._primary) | {
            "title": _one_line(document.title),
            "year": self._years,
            "practices": tuple(dict.fromkeys(practice.key for practice in document.practices)),
            "shingles": tuple(f"{shingle:x}" for shingle in document.shingles),
            "checks_hold": _all_hold(holds),
            "title_words": title,
            "title_grams": title,
            "document_words": text,
            "document_grams": text,
        }
        return Entry(document.id, "DOCUMENT", _present(fields), pack(document))

    def _unit_entry(self, unit: Unit, ordinal: int) -> Entry:
        start, end = unit.extent
        passage = Passage(self._document.text[start : min(end, start + MAX_EXTENT)], start)
        text = f"{unit.quote}\n{passage.text}"
        inside = [one for one in self._document.practices if unit.extent.holds(one.span)]
        codes = self._own_codes(unit.place, unit.adcode, unit.place_inferred)
        fields = self._shared(ordinal, unit.themes, codes, codes) | {
            "year": self._years,
            "path": unit.path,
            "parent_id": unit.parent,
            "unit_id": unit.id,
            "unit_kind": unit.kind.value,
            "practices": tuple(dict.fromkeys(practice.key for practice in inside)),
            "unit_words": text,
            "unit_grams": text,
        }
        return Entry(unit.id, "UNIT", _present(fields), pack(StoredUnit(unit, self._context, passage)))

    def _statistic_entry(self, figure: Statistic, ordinal: int) -> Entry:
        passage = self._sentence(figure.span)
        text = "\n".join(filter(None, (figure.subject, passage.text)))
        codes = self._own_codes(figure.place, figure.adcode, figure.place_inferred)
        fields = self._shared(ordinal, self._unit_themes(figure.unit_id), codes, codes) | {
            "year": years(figure.period, self._document.published) or self._years,
            "path": self._unit_path(figure.unit_id),
            "unit_id": figure.unit_id,
            "subject": figure.subject,
            "unit": figure.unit,
            "measure": figure.measure.value,
            "status": figure.status.value,
            "qualifier": figure.qualifier.value,
            "value": float(figure.value),
            "value_max": None if figure.max_value is None else float(figure.max_value),
            "checks_hold": _all_hold(self._holds[figure.id]),
            "statistic_words": text,
            "statistic_grams": text,
        }
        if (form := figure.normal) is not None:
            fields |= {
                "indicator": form.indicator,
                "aspect": form.aspect.value,
                "normal_unit": form.unit,
                "normal_value": float(form.value),
            }
        return Entry(figure.id, "STATISTIC", _present(fields), pack(StoredStatistic(figure, self._context, passage)))

    def _practice_entry(self, practice: Practice, ordinal: int) -> Entry:
        passage = self._sentence(practice.span)
        text = f"{practice.name}\n{passage.text}"
        codes = self._own_codes(practice.place, practice.adcode, practice.place_inferred)
        fields = self._shared(ordinal, self._unit_themes(practice.unit_id), codes, codes) | {
            "year": self._years,
            "path": self._unit_path(practice.unit_id),
            "unit_id": practice.unit_id,
            "practices": practice.key,
            "practice_kind": practice.kind.value,
            "practice_state": practice.state.value if practice.state else None,
            "practice_words": text,
            "practice_grams": text,
        }
        return Entry(practice.id, "PRACTICE", _present(fields), pack(StoredPractice(practice, self._context, passage)))

    def _shared(self, ordinal: int, labels: Iterable[str], places: _Codes, primary: _Codes) -> dict[str, FieldValue | None]:
        document = self._document
        return {
            "source_id": document.source.id,
            "document_id": document.id,
            "ordinal": ordinal,
            "file": document.source.name,
            "genre": document.genre.value,
            "published": document.published,
            "authors": document.authors,
            "dateline": document.dateline,
            "reprint_of": document.reprint_of,
            "is_reprint": document.reprint_of is not None,
            "themes": tuple(filter(None, map(self._slug, labels))),
            "places": places.printed,
            "places_all": places.every,
            "place_primary": primary.printed,
            "place_primary_all": primary.every,
        }

    def _own_codes(self, place: str | None, adcode: str | None, inferred: bool) -> _Codes:
        """A fact that names a place is about that one, a township or village that has a code of its own about that and all above it; one
        that names none is about what its document is about.

        A named place without a code (X县) is taken to lie where its document is about, which is inferred: it was read there, and no more.
        """
        if adcode is not None:
            return self._codes([(adcode, inferred), (self._own.get((place, adcode)), inferred)])
        return self._primary if place is None else _Codes((), self._primary.every)

    def _codes(self, given: Iterable[tuple[str | None, bool]]) -> _Codes:
        printed: set[str] = set()
        every: set[str] = set()
        for code, inferred in given:
            if code is None:
                continue
            now = [code, *(division.code for division in self._gazetteer.current(code))]
            whole = {*now, *(above.code for one in now for above in self._gazetteer.ancestors(one))}
            every |= whole
            if not inferred:
                printed |= whole
        return _Codes(tuple(sorted(printed)), tuple(sorted(every)))

    def _unit_themes(self, unit_id: str | None) -> tuple[str, ...]:
        unit = self._units.get(unit_id or "")
        return unit.themes if unit else ()

    def _unit_path(self, unit_id: str | None) -> str | None:
        unit = self._units.get(unit_id or "")
        return unit.path if unit else None

    def _sentence(self, span: Span) -> Passage:
        text = self._document.text
        start, end = max(0, span.start - _SENTENCE), min(len(text), span.end + _SENTENCE)
        begin = max((text.rfind(mark, start, span.start) + 1 for mark in _ENDS), default=start)
        stop = min((at + 1 for mark in _ENDS if (at := text.find(mark, max(span.start, span.end - 1), end)) >= 0), default=end)
        begin = max(begin, start)
        return Passage(text[begin:stop].rstrip("\n"), begin)


def _one_line(title: str | None) -> str | None:
    """A title as a keyword: without breaks of lines, and no longer than anybody reads."""
    return " ".join(title.split())[:_LONGEST_TITLE] if title else None


def _all_hold(holds: set[bool | None]) -> bool | None:
    return False if False in holds else True if True in holds else None
