"""Of copies that say the same, the one is counted whose characters nobody had to convert or to recognise."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.layout import Fragment, Location
from archive.records import Document
from ingest import duplicates
from ingest.readers.docx import DocxReader
from ingest.reading import extract
from tests.formats.needs import needed
from tests.ingest.test_duplicates import document, prose

FORMATS = Path(__file__).parents[2] / "samples" / "formats"
WORD_97 = "application/msword"
TEXT = prose(90, 900)


def converted(text: str, removed: int = 0, media_type: str = WORD_97) -> Document:
    made = document(text, removed)
    return replace(made, source=replace(made.source, media_type=media_type))


def recognised(text: str, removed: int = 0) -> Document:
    made = document(text, removed)
    return replace(made, layout=(Fragment(0, 10, Location(page=1, confidence=0.99)),))


def counted(*copies: Document) -> Document:
    """The one copy that is counted, in whatever order they come."""
    chosen = set()
    for order in permutations(copies):
        marked = duplicates.mark_reprints(order)
        chosen.add(tuple(sorted(each.id for each in marked if each.reprint_of is None)))
    ((only,),) = chosen
    return next(copy for copy in copies if copy.id == only)


MEDIA_TYPES = [
    WORD_97,
    "application/rtf",
    "application/vnd.ms-works",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-web",
]


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_a_file_of_its_own_characters_goes_before_a_converted_one_although_more_had_to_be_cleaned(media_type: str) -> None:
    own = document(TEXT, removed=40)
    assert counted(converted(TEXT + "完", media_type=media_type), own) == own


def test_a_file_of_its_own_characters_goes_before_a_recognised_one_and_so_does_a_converted_one() -> None:
    own, by_another, seen = document(TEXT, removed=40), converted(TEXT, removed=20), recognised(TEXT + "完")
    assert counted(seen, own) == own
    assert counted(seen, by_another) == by_another
    assert counted(seen, by_another, own) == own


def written(text: str, removed: int = 0) -> Document:
    return converted(text, removed, DocxReader.media_types[0])


def test_what_its_author_wrote_goes_before_a_print_of_it_that_holds_the_words_that_were_struck_out() -> None:
    own = written(TEXT, removed=40)
    printed = replace(document(TEXT + "原定的措施已经划去"), layout=(Fragment(0, 10, Location(page=1)),))
    assert counted(printed, own) == own


def test_what_its_author_wrote_goes_before_what_a_program_made_of_it() -> None:
    assert counted(converted(TEXT + "完"), recognised(TEXT + "完"), written(TEXT, removed=40)) == written(TEXT, removed=40)


@pytest.mark.parametrize("other", [document, converted, recognised])
def test_half_of_what_the_author_wrote_is_not_counted_for_the_whole(other: object) -> None:
    assert callable(other)
    for share in (0.3, 0.6, 0.8):
        assert counted(other(TEXT), written(TEXT[: round(len(TEXT) * share)])) == other(TEXT)


@pytest.mark.parametrize("other", [converted, recognised])
def test_half_a_text_is_not_counted_for_the_whole_however_it_was_read(other: object) -> None:
    assert callable(other)
    whole = other(TEXT)
    for share in (0.3, 0.6, 0.8):
        assert counted(whole, document(TEXT[: round(len(TEXT) * share)])) == whole


def test_among_copies_read_alike_it_is_as_it_was() -> None:
    for read in (converted, recognised):
        clean, dirty = read(TEXT, removed=2), read(TEXT, removed=30)
        assert counted(dirty, clean) == clean


def test_among_equal_ones_paragraphs_go_before_pages() -> None:
    for text in (prose(seed, 600) for seed in range(91, 97)):
        paged = replace(document(text), layout=(Fragment(0, 10, Location(page=1)),))
        flowing = replace(document(text), id="DOC-flowing", source=replace(document(text).source, sha256="f" * 64))
        assert counted(paged, flowing) == flowing


@pytest.mark.parametrize("name", ["article.doc", "article.rtf", "article.odt", "article.wps"])
def test_the_article_is_counted_in_the_format_that_we_read_ourselves(name: str) -> None:
    needed(name)
    (other,) = extract(name, (FORMATS / name).read_bytes()).documents
    for native in ("article.txt", "article.docx", "article.html", "article.pdf"):
        (own,) = extract(native, (FORMATS / native).read_bytes()).documents
        assert counted(other, own) == own


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_reading_never_matters(data: st.DataObject) -> None:
    reading = st.sampled_from([document, written, converted, recognised])
    texts = st.sampled_from([TEXT, TEXT[:850], TEXT[:700], TEXT[60:] + prose(91, 200), prose(91, 200) + prose(92, 300)])
    drawn = data.draw(st.lists(st.tuples(reading, texts, st.integers(0, 9)), min_size=1, max_size=7))
    found = list({each.id: each for each in (read(text, removed) for read, text, removed in drawn)}.values())
    copies = [duplicates.Copy.of(each) for each in found]
    assert duplicates.principals(copies) == duplicates.principals(data.draw(st.permutations(copies)))
