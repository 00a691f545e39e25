"""Citations: what people read, and what reference managers read back."""

from datetime import date

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from archive.changed import changed
from archive.citations import CitationStyle, cite
from archive.records import Document, Genre, Source
from archive.text import OffsetMap

SOURCE = Source(sha256="ab" * 32, name="网格化管理.docx", size=10)
REPORT = Document(
    id="DOC-abababababababab-1",
    source=SOURCE,
    ordinal=1,
    text="为全面了解网格化管理情况，调研组赴各县调研。",
    offsets=OffsetMap(()),
    title="网格化管理调研报告",
    genre=Genre.RESEARCH_REPORT,
    authors=("扎西", "卓玛"),
    published="2024-05-01",
)
URL = "https://archive.example/originals/SRC-abababababababab"
READ_ON = date(2026, 11, 22)


def gbt(document: Document, url: str | None = URL, accessed: date | None = READ_ON) -> str:
    return cite(document, CitationStyle.GBT7714, url, accessed)


def test_a_report_on_the_network() -> None:
    assert gbt(REPORT) == f"扎西，卓玛. 网格化管理调研报告[R/OL]. (2024-05-01)[2026-11-22]. {URL}."


def test_a_report_without_an_address_names_its_file() -> None:
    assert gbt(REPORT, None, None) == "扎西，卓玛. 网格化管理调研报告[R]. 2024-05-01. 原件：网格化管理.docx."


@pytest.mark.parametrize(
    ("genre", "mark"),
    [(Genre.NEWS, "[N/OL]"), (Genre.PHOTO_NEWS, "[N/OL]"), (Genre.WORK_REPORT, "[R/OL]"), (Genre.CASE, "[Z/OL]"), (Genre.OTHER, "[Z/OL]")],
)
def test_the_genre_gives_the_mark(genre: Genre, mark: str) -> None:
    assert mark in gbt(changed(REPORT, genre=genre))


def test_of_more_than_three_authors_three_are_named() -> None:
    assert gbt(changed(REPORT, authors=("甲", "乙", "丙"))).startswith("甲，乙，丙. ")
    assert gbt(changed(REPORT, authors=("甲", "乙", "丙", "丁"))).startswith("甲，乙，丙，等. ")


def test_what_is_not_printed_is_said_to_be_unknown() -> None:
    nameless = changed(REPORT, title=None, authors=(), published=None)
    assert gbt(nameless) == f"[无题名：为全面了解网格化管理情况，调研组赴各县调…][R/OL]. (日期不详)[2026-11-22]. {URL}."
    assert gbt(changed(nameless, text="")).startswith("[无题名][R/OL]")


def test_the_subtitle_stands_behind_the_title() -> None:
    assert "网格化管理调研报告: 以三县为例[R" in gbt(changed(REPORT, subtitle="以三县为例"))


def read_bibtex(document: Document, url: str | None = URL) -> dict[str, str]:
    library = bibtexparser.parse_string(cite(document, CitationStyle.BIBTEX, url, READ_ON))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.key == document.id
    return {field.key: field.value for field in entry.fields}


def read_ris(document: Document, url: str | None = URL) -> dict[str, object]:
    (entry,) = rispy.loads(cite(document, CitationStyle.RIS, url, READ_ON))
    return dict(entry)


@pytest.mark.parametrize("subtitle", ["以三县为例", "——以三县为例", "—以三县为例", "-- 以三县为例", "―― 以三县为例"])
def test_every_form_has_the_subtitle_behind_the_title(subtitle: str) -> None:
    document = changed(REPORT, subtitle=subtitle)
    assert read_bibtex(document)["title"] == "{网格化管理调研报告: 以三县为例}"
    entry = read_ris(document)
    assert entry["title"] == "网格化管理调研报告: 以三县为例" and "short_title" not in entry
    assert "网格化管理调研报告: 以三县为例[R" in gbt(document)


@pytest.mark.parametrize("subtitle", [None, "", "——", " - "])
def test_a_subtitle_of_dashes_alone_is_none(subtitle: str | None) -> None:
    document = changed(REPORT, subtitle=subtitle)
    assert read_ris(document)["title"] == "网格化管理调研报告" and "网格化管理调研报告[R" in gbt(document)


def test_news_without_a_known_paper_is_no_article() -> None:
    assert cite(changed(REPORT, genre=Genre.NEWS), CitationStyle.BIBTEX).startswith("@misc{")


def test_bibtex_is_read_back() -> None:
    fields = read_bibtex(REPORT)
    assert fields["title"] == "{网格化管理调研报告}"
    assert fields["author"] == "{扎西} and {卓玛}"
    assert (fields["date"], fields["year"], fields["url"], fields["urldate"]) == ("2024-05-01", "2024", URL, "2026-11-22")


def test_ris_is_read_back() -> None:
    entry = read_ris(REPORT)
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == "网格化管理调研报告"
    assert entry["authors"] == ["扎西", "卓玛"]
    assert (entry["year"], entry["date"], entry["urls"]) == ("2024", "2024/05/01/", [URL])


def test_what_is_unknown_has_no_field() -> None:
    unknown = changed(REPORT, authors=(), published=None)
    assert not {"author", "date", "year"} & read_bibtex(unknown).keys()
    assert not {"authors", "date", "year"} & read_ris(unknown).keys()


def test_signs_of_tex_are_escaped() -> None:
    title = r"“50%”以上 & #1_{表} ~ ^ \input{x} $"
    assert read_bibtex(changed(REPORT, title=title))["title"] == (
        r"{“50\%”以上 \& \#1\_\{表\} \textasciitilde{} \textasciicircum{} \textbackslash{}input\{x\} \$}"
    )


@pytest.mark.parametrize("url", ["https://a.example/x y", "https://a.example/{x}", 'https://a.example/"', "https://a.example/\nER  - "])
@pytest.mark.parametrize("style", list(CitationStyle))
def test_an_address_that_would_end_its_field_is_refused(style: CitationStyle, url: str) -> None:
    with pytest.raises(ValueError, match="percent-encode"):
        cite(REPORT, style, url)


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=5))
def test_no_title_and_no_author_can_begin_a_field_of_its_own(title: str, authors: list[str]) -> None:
    document = changed(REPORT, title=title, authors=tuple(authors))
    ris = cite(document, CitationStyle.RIS, URL, READ_ON).split("\r\n")
    assert all(line[2:6] == "  - " for line in ris)
    assert len(ris) <= 12 + len(authors)
    assert len(cite(document, CitationStyle.GBT7714, URL).splitlines()) == 1
    read_bibtex(document)
