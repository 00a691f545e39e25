"""Rows of tables on their way from a reader to the documents: no rule for lines takes them apart."""

from __future__ import annotations

from archive.records import Document, Source
from ingest.pipeline import drafts
from ingest.readers.builder import CellText, TextBuilder
from ingest.stages import RawText


def documents(builder: TextBuilder) -> tuple[Document, ...]:
    built = builder.built()
    source = Source(sha256="a" * 64, name="a.xlsx", size=1)
    return drafts(RawText(source, built.text, built.layout, built.tables, built.headings, paragraphs=True))


def rows(*texts: str) -> list[list[CellText]]:
    return [[CellText(cell) for cell in text.split("|")] for text in texts]


def cells(document: Document) -> list[str]:
    return [cell.span.of(document.text) for table in document.tables for cell in table.cells]


def test_a_table_stays_in_the_body_with_empty_cells_at_either_end_and_its_unit_above_it() -> None:
    builder = TextBuilder()
    builder.line("表1 甲县2023年基本情况")
    builder.line("单位：万元")
    builder.table(rows("指标|金额|", "|3|5", "||", "合计|3|"))
    builder.line("注：数据来自县统计局。")
    (document,) = documents(builder)
    assert document.title == "表1 甲县2023年基本情况"
    assert document.text == "单位：万元\n指标\t金额\n3\t5\n合计\t3\n注：数据来自县统计局。"
    assert cells(document) == ["指标", "金额", "", "", "3", "5", "", "", "", "合计", "3", ""]


def test_a_file_of_rows_alone_is_one_document_in_their_order() -> None:
    builder = TextBuilder()
    builder.table(rows("一、人口|350", "||", "||", "||", "||", "二、土地|12"))
    (document,) = documents(builder)
    assert document.text.split() == ["一、人口", "350", "二、土地", "12"]


def test_rows_of_one_number_are_no_page_numbers() -> None:
    builder = TextBuilder()
    builder.table(rows("1", "2", "3"))
    (document,) = documents(builder)
    assert cells(document) == ["1", "2", "3"]


def test_a_line_of_plain_text_with_tabs_behind_it_is_no_row() -> None:
    text = "全县人口稳定。产业发展情况良好，各项事业稳步推进，群众\t\n收入不断增加，生活明显改善。"
    (document,) = drafts(RawText(Source(sha256="a" * 64, name="a.txt", size=1), text))
    assert document.text == text.replace("\t\n", "")
