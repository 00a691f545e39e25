"""Word documents: what is printed is read, once and in order, and what is not printed is left out."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.layout import Location, locations
from archive.records import SourceState
from archive.text import Span
from ingest.readers.word import blocks
from ingest.reading import extract
from tests.ingest.readers.word_files import cell, lines, p, r, read, table, word

HAN = st.text(alphabet=st.sampled_from("网格员巡查走访调解矛盾纠纷一二三县乡村，。、（）《》0123456789%A"), min_size=1, max_size=30)


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_become_lines_in_their_order() -> None:
    document = docx.Document()
    for text in ("关于基层治理的报告", "一、做法", "网格员350人。"):
        document.add_paragraph(text)
    raw = read(saved(document))
    assert raw.text.splitlines() == ["关于基层治理的报告", "一、做法", "网格员350人。"]
    assert (raw.reader, raw.source.state, raw.source.warnings) == ("Word", SourceState.READ, ())
    assert raw.source.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@given(texts=st.lists(HAN, min_size=1, max_size=30), in_table=st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_planted_paragraphs_come_out_whole_and_in_order_with_their_numbers(texts: list[str], in_table: int) -> None:
    before, inside, after = texts[:in_table], texts[in_table : in_table + 4], texts[in_table + 4 :]
    rows = table(*(cell(text) + cell("甲") for text in inside)) if inside else ""
    raw = read(word(*map(p, before), rows, *map(p, after)))
    at = 0
    numbers = [*range(1, len(before) + 1), *(len(before) + 1 + 2 * index for index in range(len(inside)))]
    numbers += range(len(before) + 2 * len(inside) + 1, len(texts) + len(inside) + 1)
    for text, number in zip(texts, numbers, strict=True):
        start = raw.text.index(text, at)
        (place,) = locations(raw.layout, [Span(start, start + len(text))])
        assert place.paragraph == number
        at = start + len(text)


def test_headings_are_marked_with_their_levels() -> None:
    document = docx.Document()
    document.add_heading("基层治理调研报告", 0)
    document.add_heading("主要做法", 1)
    document.add_heading("建强队伍", 2)
    document.add_paragraph("网格员350人。")
    raw = read(saved(document))
    assert [(heading.span.of(raw.text), heading.level) for heading in raw.headings] == [
        ("基层治理调研报告", 0),
        ("主要做法", 1),
        ("建强队伍", 2),
    ]
    assert raw.meta.title == "基层治理调研报告"


def test_outline_levels_mark_headings_too_and_the_tenth_is_running_text() -> None:
    raw = read(
        word(
            p("主要做法", properties='<w:outlineLvl w:val="0"/>'),
            p("正文", style="own", properties='<w:outlineLvl w:val="9"/>'),
            p("建强队伍", style="own"),
            p("工作成效", style="chinese"),
            styles='<w:style w:styleId="base" w:type="paragraph"><w:name w:val="基础"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
            '<w:style w:styleId="own" w:type="paragraph"><w:name w:val="自定义"/><w:basedOn w:val="base"/></w:style>'
            '<w:style w:styleId="chinese" w:type="paragraph"><w:name w:val="标题 3"/></w:style>',
        )
    )
    assert [(heading.span.of(raw.text), heading.level) for heading in raw.headings] == [("主要做法", 1), ("建强队伍", 2), ("工作成效", 3)]


def test_a_table_keeps_its_cells_and_their_addresses() -> None:
    document = docx.Document()
    document.add_paragraph("表前")
    grid = document.add_table(2, 2)
    for index, text in enumerate(("乡镇", "网格员", "甲镇", "35")):
        grid.cell(index // 2, index % 2).text = text
    raw = read(saved(document))
    assert raw.text.splitlines() == ["表前", "乡镇\t网格员\t", "甲镇\t35\t"]
    (found,) = raw.tables
    assert [(one.row, one.column, one.span.of(raw.text)) for one in found.cells] == [
        (0, 0, "乡镇"),
        (0, 1, "网格员"),
        (1, 0, "甲镇"),
        (1, 1, "35"),
    ]
    assert locations(raw.layout, [found.cells[3].span]) == (Location(paragraph=5, cell="表1!B2"),)


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="it holds no text"):
        read(word(p("")))
    with pytest.raises(UnreadableFile, match="pictures and no text; save it as PDF"):
        read(word(p("<w:r><w:drawing><a:pic/></w:drawing></w:r>")))


def test_more_paragraphs_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_PARAGRAPHS", 10)
    assert len(lines(*[p("甲")] * 10)) == 10
    with pytest.raises(UnreadableFile, match="more than 10 paragraphs"):
        lines(*[p("甲")] * 11)


def test_far_more_of_them_are_refused_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_PARAGRAPHS", 10)
    monkeypatch.setattr("ingest.readers.docx.children", None)
    with pytest.raises(UnreadableFile, match="more than 10 paragraphs"):
        lines(*["<w:p/>", '<w:p w:rsidR="1"/>', p("甲")] * 7)


def test_runs_of_one_word_are_joined_and_empty_paragraphs_stay_empty_lines() -> None:
    assert lines(p(r("网"), r("格"), r("员")), p(""), p("350人")) == ["网格员", "", "350人"]


def test_headings_without_numbers_are_nodes_of_the_outline() -> None:
    document = docx.Document()
    document.add_paragraph("关于甲县基层治理的调研报告")
    document.add_heading("主要做法", 1)
    document.add_paragraph("（一）建强队伍。全县有网格员350人。")
    document.add_heading("主要成效", 1)
    document.add_paragraph("调解矛盾纠纷1250件。")
    (found,) = extract("a.docx", saved(document)).documents
    assert [(node.path, node.marker, node.title) for node in found.outline] == [
        ("主要做法", "", "主要做法"),
        ("主要做法/（一）", "（一）", "建强队伍"),
        ("主要成效", "", "主要成效"),
    ]
    assert [(unit.kind.value, unit.quote, unit.path) for unit in found.units] == [
        ("MEASURE", "建强队伍", "主要做法/（一）"),
        ("RESULT", "调解矛盾纠纷1250件", "主要成效"),
    ]
