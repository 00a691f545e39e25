"""The article of samples/formats says the same in every format that it is kept in (made by tools/make_formats.py)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from archive.layout import Location, locations
from archive.records import Document, Genre, TextLayer
from ingest.reading import Extracted, extract
from tests.formats.needs import needed

FOLDER = Path(__file__).parents[2] / "samples" / "formats"
CONTAINERS = (".zip", ".7z")
ONE_PAGE = "article-page-1.jpg"
SCANS = ("article-scan.pdf", ONE_PAGE)
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix not in CONTAINERS)
EXACT = [name for name in FILES if name not in SCANS]
OCR_FIGURES = 0.97
"""The least share of the figures that a machine must read right in a scan."""


@cache
def extracted(name: str) -> Extracted:
    needed(name)
    return extract(name, (FOLDER / name).read_bytes())


def article(name: str) -> Document:
    (document,) = extracted(name).documents
    return document


def test_there_is_a_file_of_every_format_that_is_read() -> None:
    from ingest.readers import READERS

    there = {path.suffix for path in FOLDER.iterdir()}
    missing = [reader.name for reader in READERS if reader.extensions and not there & set(reader.extensions)]
    assert missing == [name for name in missing if name.endswith("image")], "one picture stands for all"


@pytest.mark.parametrize("name", EXACT)
def test_the_title_is_the_same(name: str) -> None:
    assert article(name).title == article("article.txt").title


@pytest.mark.parametrize("name", EXACT)
def test_the_words_are_the_same(name: str) -> None:
    assert "".join(article(name).text.split()) == "".join(article("article.txt").text.split())


@pytest.mark.parametrize("name", EXACT)
def test_the_units_are_the_same(name: str) -> None:
    def units(document: Document) -> list[tuple[str, str, str | None]]:
        return [(unit.kind, unit.quote, unit.path) for unit in document.units]

    assert units(article(name)) == units(article("article.txt"))


@pytest.mark.parametrize("name", EXACT)
def test_the_figures_are_the_same(name: str) -> None:
    def figures(document: Document) -> list[tuple[object, ...]]:
        return [(one.quote, one.value, one.unit, one.subject, one.status, one.place, one.period) for one in document.statistics]

    assert figures(article(name)) == figures(article("article.txt"))
    assert article(name).genre is article("article.txt").genre is not Genre.OTHER


@pytest.mark.parametrize("name", EXACT)
def test_every_file_but_plain_text_leads_back_to_its_pages_paragraphs_or_cells(name: str) -> None:
    document = article(name)
    for one in document.statistics:
        places = locations(document.layout, document.offsets.to_source(one.span))
        if name.endswith(".txt"):
            assert places == ()
        else:
            assert places
            assert all(place != Location() for place in places)


def test_a_machine_reads_the_figures_of_a_scan() -> None:
    document, original = article("article-scan.pdf"), article("article.txt")
    wanted = Counter((one.value, one.unit) for one in original.statistics)
    read = Counter((one.value, one.unit) for one in document.statistics)
    assert (wanted & read).total() >= OCR_FIGURES * wanted.total(), wanted - read
    assert all(one.confidence is not None and 0 < one.confidence <= 1 for one in document.statistics)
    quality = extracted("article-scan.pdf").source.quality
    assert quality is not None
    assert quality.text_layer is TextLayer.RECOGNISED


def test_a_photo_of_one_page_gives_the_figures_of_that_page() -> None:
    document, original = article(ONE_PAGE), article("article.txt")
    wanted = {(one.value, one.unit) for one in original.statistics}
    read = [(one.value, one.unit) for one in document.statistics]
    assert len(read) >= 5
    assert sum(one in wanted for one in read) >= OCR_FIGURES * len(read)


def test_figures_of_files_that_hold_their_characters_bear_no_confidence() -> None:
    assert {one.confidence for one in article("article.pdf").statistics} == {None}
