"""PDFs that are damaged, locked or made to do harm: refused with a reason, or read as far as they can be."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.records import SourceState
from ingest import readers
from ingest.readers import pdf
from ingest.readers.base import ReadOptions
from ingest.readers.pdf_guard import MOST_UNPACKED, without_bombs
from tests.ingest.readers.pdfs import Drawing, drawn, encrypted, one_page, raw_pdf, stream

SENTENCE = b"BT /F 12 Tf 72 700 Td (350 households) Tj ET"


def three_pages() -> bytes:
    def draw(page: Drawing) -> None:
        for text in ("第一页：网格员350人。", "第二页：水渠12公里。", "第三页：学校3所。"):
            page.text(72, 100, text)
            page.page()

    return drawn(draw, pageCompression=0)


def packed(data: bytes, layers: int = 1) -> bytes:
    content = data
    for _ in range(layers):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [%s]" % (b"/FlateDecode " * layers))


def test_a_file_that_opens_with_a_password_only_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="save it without one"):
        readers.read("a.pdf", encrypted("secret"))


def test_a_file_that_opens_without_a_password_is_read_although_it_is_encrypted() -> None:
    assert readers.read("a.pdf", encrypted("")).text == "网格员350人。\n"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 20, b"%PDF-1.4 and then prose, which is no file at all"]
)
def test_what_only_begins_like_a_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="fetch it again"):
        readers.read("a.pdf", data)


def test_a_truncated_file_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = three_pages()
    raw = readers.read("a.pdf", whole[: whole.rindex(b"xref\n")])
    assert "第一页：网格员350人。" in raw.text
    assert raw.source.state is SourceState.PARTIAL
    assert any("end is missing" in warning for warning in raw.source.warnings)


@given(cut=st.floats(0.02, 0.99))
@settings(max_examples=40, deadline=None)
def test_any_part_of_a_file_is_read_or_refused_in_words(cut: float) -> None:
    whole = three_pages()
    try:
        raw = readers.read("a.pdf", whole[: int(len(whole) * cut)])
    except UnreadableFile as refused:
        assert len(str(refused)) > 20
    else:
        assert set(raw.text.split()) <= {"第一页：网格员350人。", "第二页：水渠12公里。", "第三页：学校3所。"}


def test_a_file_with_too_many_pages_is_refused_by_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(UnreadableFile, match="3 pages and the limit is 2"):
        readers.read("a.pdf", three_pages())


def test_pages_that_an_earlier_attempt_could_not_finish_are_left_out_with_a_warning() -> None:
    raw = readers.read("a.pdf", three_pages(), options=ReadOptions(without_pages=frozenset({2})))
    assert raw.text == "第一页：网格员350人。\n第三页：学校3所。\n"
    assert raw.source.warnings == ("page 2 took too much time or memory and was left out",)
    assert raw.pages == 3


def test_a_file_of_blank_pages_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        readers.read("a.pdf", one_page(stream(b"")))


@pytest.mark.parametrize(("data", "layers"), [(SENTENCE * 1_500_000, 1), (b" " * 200_000_000, 2)], ids=["64 MB of text", "packed twice"])
def test_a_page_that_would_unpack_to_an_enormous_size_is_left_out(data: bytes, layers: int) -> None:
    bomb = one_page(packed(data, layers))
    assert len(bomb) < 300_000
    assert without_bombs(bomb)[1] == 1
    with pytest.raises(UnreadableFile, match="enormous size"):
        readers.read("a.pdf", bomb)


def test_the_other_pages_beside_an_enormous_one_are_read() -> None:
    data = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] /Resources << /Font << /F 7 0 R >> >> >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>",
            packed(b" " * (MOST_UNPACKED + 1)),
            stream(SENTENCE),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )
    raw = readers.read("a.pdf", data)
    assert raw.text == "350 households\n"
    assert raw.source.state is SourceState.PARTIAL


@pytest.mark.parametrize("size", [10, 1_000_000, MOST_UNPACKED])
def test_streams_of_a_size_that_pages_have_are_left_as_they_are(size: int) -> None:
    data = one_page(packed(b" " * size))
    assert without_bombs(data) == (data, 0)


def test_a_tree_of_pages_that_holds_itself_ends() -> None:
    data = raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    with pytest.raises(UnreadableFile):
        readers.read("a.pdf", data)


def test_a_form_that_draws_itself_ends() -> None:
    form = stream(
        b"/X Do " + SENTENCE,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> /Font << /F 5 0 R >> >>",
    )
    data = one_page(stream(SENTENCE + b" /X Do"), b"/Font << /F 5 0 R >> /XObject << /X 6 0 R >>", [form])
    assert "350 households" in readers.read("a.pdf", data).text


def test_three_hundred_thousand_nested_states_end() -> None:
    assert readers.read("a.pdf", one_page(packed(b"q " * 300_000 + SENTENCE))).text == "350 households\n"


def test_sixty_thousand_crossing_lines_cost_the_search_for_tables_and_not_the_text() -> None:
    crossing = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (x % 595, x % 595, x % 842, x % 842) for x in range(30_000))
    raw = readers.read("a.pdf", one_page(packed(crossing + SENTENCE)))
    assert raw.text == "350 households\n"
    assert any("too many lines" in warning for warning in raw.source.warnings)


def test_a_page_with_a_hundred_thousand_characters_is_left_out() -> None:
    content = b"BT /F 0.5 Tf " + b"".join(b"1 0 0 1 10 %d Tm (%s) Tj " % (7 * row, b"abcdefghij" * 100) for row in range(1, 111)) + b"ET"
    with pytest.raises(UnreadableFile, match="characters"):
        readers.read("a.pdf", one_page(packed(content)))


def test_a_page_that_draws_tens_of_thousands_of_texts_upon_each_other_is_left_out() -> None:
    with pytest.raises(UnreadableFile, match="page 1 draws more than 30,000 texts one by one"):
        readers.read("a.pdf", one_page(packed(SENTENCE * 75_000)))


def test_a_page_that_draws_each_of_many_characters_by_itself_is_read() -> None:
    content = b"".join(b"BT /F 6 Tf %d %d Td (x) Tj ET " % (20 + 5 * (at % 110), 800 - 7 * (at // 110)) for at in range(11_000))
    assert len("".join(readers.read("a.pdf", one_page(packed(content))).text.split())) == 11_000
