"""A figure says how sure the machine was that read it."""

from __future__ import annotations

from archive.ids import content_hash
from archive.layout import Box, Fragment, Location
from archive.records import Source
from ingest.output import as_record
from ingest.pipeline import run
from ingest.stages import RawText

SURE, UNSURE = "全县共有网格员", "350"
TEXT = f"{SURE}{UNSURE}人。\n其中党员278人，占比为79.4%。\n"
SOURCE = Source(sha256=content_hash(TEXT.encode()), name="scan.png", size=len(TEXT), media_type="image/png")


def raw(*sure: tuple[int, int, float | None]) -> RawText:
    places = tuple(Fragment(at, length, Location(1, Box(0, 0, 9, 9), confidence=how)) for at, length, how in sure)
    return RawText(SOURCE, TEXT, places, paragraphs=True)


def test_the_least_sure_piece_of_its_quote_counts() -> None:
    end = len(SURE) + len(UNSURE)
    (document,) = run(raw((0, len(SURE), 0.99), (len(SURE), len(UNSURE), 0.61), (end, len(TEXT) - end, 0.95)))
    assert {figure.value: figure.confidence for figure in document.statistics} == {350: 0.61, 278: 0.95, 79.4: 0.95}
    listed = as_record(document)["statistics"]
    assert isinstance(listed, list) and [one["confidence"] for one in listed] == [0.61, 0.95, 0.95]


def test_figures_that_the_file_held_as_characters_have_none() -> None:
    (document,) = run(raw((0, len(TEXT), None)))
    assert document.statistics and {figure.confidence for figure in document.statistics} == {None}


def test_a_page_of_a_scan_beside_printed_pages_lends_its_doubt_to_no_other() -> None:
    first = TEXT.index("\n")
    (document,) = run(raw((0, first, 0.7), (first, len(TEXT) - first, None)))
    assert {figure.value: figure.confidence for figure in document.statistics} == {350: 0.7, 278: None, 79.4: None}
