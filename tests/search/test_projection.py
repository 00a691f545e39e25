"""Records become entries that say what is printed, and keep enough to be shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.errors import ArchiveCorrupt
from archive.findings import (
    Aspect,
    Check,
    CheckKind,
    Measure,
    NormalForm,
    Practice,
    PracticeKind,
    PracticeState,
    Quote,
    Statistic,
    Unit,
    UnitKind,
)
from archive.places import gazetteer
from archive.records import Caption, Document, Genre, PlaceLevel, PlaceMention, PlaceRole, Source
from archive.text import MappedText, Span
from ingest.pipeline import run
from search.embedded.engine import EmbeddedEngine
from search.mapping import archive
from search.port import Entry, SourceEntries, WriteReport
from search.projection import MAX_EXTENT, entries, read_fact, read_record, years
from search.stored import StoredStatistic
from tests.contract.driver import Driver
from tests.support import SAMPLES, raw_file

TEXT = "某县网格员350人。米林县推行积分制，" + "成效明显" * 600 + "。"
SOURCE = Source(sha256="ab" * 32, name="甲.txt", size=9)


def document(**changes: object) -> Document:
    def at(words: str) -> Span:
        start = TEXT.index(words)
        return Span(start, start + len(words))

    fields: dict[str, object] = {
        "id": "DOC-1-1",
        "source": SOURCE,
        "ordinal": 1,
        "text": TEXT,
        "offsets": MappedText.whole(TEXT).offsets,
        "title": "一份报告",
        "genre": Genre.RESEARCH_REPORT,
        "published": "2025-07-01",
        "period": "2023/2024",
        "captions": (Caption(text="图为走访", source=Span(0, 4)),),
        "places": (
            PlaceMention(name="X县", level=PlaceLevel.COUNTY, role=PlaceRole.PRIMARY, evidence="Y乡", adcode="540235", inferred=True),
            PlaceMention(name="米林县", level=PlaceLevel.COUNTY, role=PlaceRole.MENTIONED, evidence="米林县", adcode="540422"),
        ),
        "units": (
            Unit(
                id="U1",
                kind=UnitKind.MEASURE,
                quote="推行积分制",
                span=at("推行积分制"),
                extent=Span(10, len(TEXT)),
                path="一",
                themes=("积分制",),
            ),
        ),
        "statistics": (
            Statistic(
                id="S1",
                quote="网格员350人",
                span=at("网格员350人"),
                value=350,
                unit="人",
                subject="网格员",
                measure=Measure.COUNT,
                place="某县",
                normal=NormalForm(indicator="网格员", listed=True, aspect=Aspect.LEVEL, value=350, unit="人"),
            ),
            Statistic(id="S2", quote="350人", span=at("350人"), value=350, unit="人", subject=None, measure=Measure.COUNT, period="2016-"),
        ),
        "practices": (
            Practice(
                id="P1",
                name="积分制",
                key="积分制",
                kind=PracticeKind.INSTITUTION,
                quote="积分制",
                span=at("积分制"),
                adcode="540422",
                unit_id="U1",
            ),
        ),
        "checks": (
            Check(id="C1", kind=CheckKind.REPEATED, relation="1=1", holds=False, quotes=(Quote("350人", at("350人")),), statistics=("S2",)),
        ),
        "shingles": (255, 2**64 - 1),
    }
    return Document(**(fields | changes))  # type: ignore[arg-type]


def project(*documents: Document) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries(SOURCE, documents, gazetteer()).entries}


def test_projection_and_mapping_have_the_same_fields() -> None:
    base = document()
    ranged = Statistic(
        id="S3", quote="350人", span=Span(0, 2), value=1, max_value=2, unit="人", subject=None, measure=Measure.COUNT, unit_id="U1"
    )
    child = Unit(id="U2", kind=UnitKind.RESULT, quote="某县", span=Span(0, 2), extent=Span(0, 2), parent="U1")
    planned = Practice(
        id="P2", name="某", key="某", kind=PracticeKind.OTHER, quote="某", span=Span(0, 1), state=PracticeState.PLANNED, adcode="540235"
    )
    primary = replace(base.places[1], role=PlaceRole.PRIMARY)
    full = document(
        dateline="拉萨",
        authors=("某人",),
        reprint_of="DOC-0-1",
        places=(primary,),
        units=(*base.units, child),
        statistics=(*base.statistics, ranged),
        practices=(planned,),
    )
    found = {name for entry in project(full).values() for name in entry.fields}
    assert found | {"id", "kind", "record"} | set(archive().in_order.values()) == set(archive().fields)


def test_inferred_places_stand_in_the_fields_for_all_only() -> None:
    fields = project(document())["DOC-1-1"].fields
    assert fields["places"] == ("540000", "540400", "540422", "540481")  # what it was then and what it is now
    assert set(fields["places_all"]) == {"540000", "540200", "540235", "540400", "540422", "540481"}  # type: ignore[arg-type]
    assert "place_primary" not in fields
    assert fields["place_primary_all"] == ("540000", "540200", "540235")


def test_a_fact_is_about_its_own_place_known_or_not_and_else_about_its_documents() -> None:
    made = project(document())
    assert made["S1"].fields["places_all"] == ("540000", "540200", "540235")  # 某县 resolves to nothing: found where X县 is inferred to be
    assert "places" not in made["S1"].fields
    assert made["S2"].fields["places_all"] == ("540000", "540200", "540235")
    assert "places" not in made["S2"].fields
    assert made["P1"].fields["places"] == ("540000", "540400", "540422", "540481")


def test_a_named_place_without_a_code_is_its_documents_by_inference_only() -> None:
    printed = replace(document().places[1], role=PlaceRole.PRIMARY)
    fields = project(document(places=(printed,)))["S1"].fields
    codes = ("540000", "540400", "540422", "540481")
    assert fields["places_all"] == fields["place_primary_all"] == codes
    assert "places" not in fields and "place_primary" not in fields


def test_facts_carry_the_years_themes_checks_and_practices_that_are_theirs() -> None:
    made = project(document())
    assert made["DOC-1-1"].fields["year"] == (2023, 2024, 2025)
    assert made["S2"].fields["year"] == tuple(range(2016, 2026))
    assert made["S2"].fields["checks_hold"] is False
    assert "checks_hold" not in made["S1"].fields
    assert made["U1"].fields["practices"] == ("积分制",)
    assert made["P1"].fields["themes"] == made["U1"].fields["themes"]
    assert made["P1"].fields["path"] == "一"
    assert made["DOC-1-1"].fields["shingles"] == ("ff", "f" * 16)
    assert made["DOC-1-1"].fields["document_words"].endswith("图为走访")  # type: ignore[union-attr]
    assert [made[one].fields["ordinal"] for one in ("S1", "S2")] == [1, 2]


def test_facts_of_a_reprint_say_that_they_are() -> None:
    made = project(document(reprint_of="DOC-0-1"))
    assert {entry.fields["is_reprint"] for entry in made.values() if entry.kind != "SOURCE"} == {True}
    assert {entry.fields["is_reprint"] for entry in project(document()).values() if entry.kind != "SOURCE"} == {False}


def test_records_come_back_as_they_went_in() -> None:
    original = document()
    made = project(original)
    assert read_record("DOCUMENT", made["DOC-1-1"].record) == original
    assert read_record("SOURCE", made[SOURCE.id].record) == SOURCE
    assert read_record("UNIT", made["U1"].record) == original.units[0]
    assert read_record("STATISTIC", made["S1"].record) == original.statistics[0]
    assert read_record("PRACTICE", made["P1"].record) == original.practices[0]


def test_a_fact_can_be_shown_without_its_document() -> None:
    made = project(document(title=None))
    shown = read_fact("STATISTIC", made["S1"].record)
    assert isinstance(shown, StoredStatistic)
    assert (shown.context.title, shown.context.has_title, shown.context.file) == (TEXT[:40], False, "甲.txt")
    assert shown.context.place is not None
    assert shown.passage.text == "某县网格员350人。"
    unit = read_fact("UNIT", made["U1"].record)
    assert len(unit.passage.text) == MAX_EXTENT
    for entry_id, kind in (("S1", "STATISTIC"), ("S2", "STATISTIC"), ("U1", "UNIT"), ("P1", "PRACTICE")):
        fact = read_fact(kind, made[entry_id].record)
        start = fact.passage.start
        assert TEXT[start : start + len(fact.passage.text)] == fact.passage.text
        assert fact.record.quote in fact.passage.text


@pytest.mark.parametrize(("kind", "data"), [("UNIT", b"{}"), ("DOCUMENT", b"\xff"), ("NOTHING", b"{}"), ("SOURCE", b"[]")])
def test_bytes_that_are_no_record_are_said_to_be_corrupt(kind: str, data: bytes) -> None:
    with pytest.raises(ArchiveCorrupt, match="fangzhi rebuild"):
        read_record(kind, data)


@pytest.mark.parametrize(
    ("period", "until", "expected"),
    [
        (None, None, ()),
        ("2025", None, (2025,)),
        ("2025-H1", None, (2025,)),
        ("2025-06-03", None, (2025,)),
        ("2024-11/2025-02", None, (2024, 2025)),
        ("2016-", None, (2016,)),
        ("2016-", "2018-01-01", (2016, 2017, 2018)),
        ("2016-", "2010-01-01", (2016,)),
        ("", None, ()),
        ("1949/9999", None, tuple(range(1949, 2010))),
    ],
)
def test_the_years_of_a_period(period: str | None, until: str | None, expected: tuple[int, ...]) -> None:
    assert years(period, until) == expected


class _NoPlaces(NamedTuple):
    def ancestors(self, code: str) -> tuple[()]:
        return ()

    def current(self, code: str) -> tuple[()]:
        return ()


def test_a_source_without_documents_is_still_there() -> None:
    assert entries(SOURCE, (), _NoPlaces()) == SourceEntries(SOURCE.id, entries(SOURCE, (), gazetteer()).entries)


def test_everything_found_in_the_samples_fits_the_mapping_and_comes_back(tmp_path: Path) -> None:
    driver = Driver(EmbeddedEngine.open(tmp_path))
    for path in SAMPLES:
        raw = raw_file(path)
        documents = run(raw)
        batch = entries(raw.source, documents, gazetteer())
        assert driver.write(batch) == WriteReport(len(batch.entries))
        hits = driver.get([entry.id for entry in batch.entries])
        assert len(hits) == len(batch.entries)
        assert [read_record(hits[one.id].kind, hits[one.id].record) for one in documents] == list(documents)
        for entry in batch.entries:
            if entry.kind in {"UNIT", "STATISTIC", "PRACTICE"}:
                fact = read_fact(entry.kind, hits[entry.id].record)
                text = next(one.text for one in documents if one.id == fact.context.id)
                assert text[fact.passage.start : fact.passage.start + len(fact.passage.text)] == fact.passage.text


def test_a_figure_is_indexed_under_its_indicator_and_in_its_normal_unit() -> None:
    first, second = (project(document())[name].fields for name in ("S1", "S2"))
    assert {name: first[name] for name in ("indicator", "aspect", "normal_value", "normal_unit")} == {
        "indicator": "网格员",
        "aspect": "LEVEL",
        "normal_value": 350.0,
        "normal_unit": "人",
    }
    assert not {"indicator", "aspect", "normal_value", "normal_unit"} & set(second)


def test_a_normal_form_comes_back_as_it_was() -> None:
    entry = project(document())["S1"]
    found = read_record("STATISTIC", entry.record)
    assert isinstance(found, Statistic)
    assert found.normal == NormalForm(indicator="网格员", listed=True, aspect=Aspect.LEVEL, value=350, unit="人")
