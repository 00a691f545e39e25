"""Tables of Word: merged cells, head rows, and tables that only frame text."""

from __future__ import annotations

from archive.layout import locations
from tests.ingest.readers.word_files import cell, lines, p, read, table, word

DOWN, ON, ACROSS = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'


def test_merged_cells_say_what_they_span() -> None:
    raw = read(
        word(
            table(
                cell("乡镇", properties=DOWN) + cell("人数", properties=ACROSS),
                cell("", properties=ON) + cell("男") + cell("女"),
                cell("甲镇") + cell("3") + cell("4"),
            )
        )
    )
    assert raw.text.splitlines() == ["乡镇\t人数\t\t", "\t男\t女\t", "甲镇\t3\t4\t"]
    (found,) = raw.tables
    assert [(one.row, one.column, one.rows, one.columns) for one in found.cells[:4]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    places = [locations(raw.layout, [one.span])[0].cell for one in found.cells if one.span.of(raw.text)]
    assert places == ["表1!A1", "表1!B1", "表1!B2", "表1!C2", "表1!A3", "表1!B3", "表1!C3"]


def test_a_cell_that_continues_nothing_is_a_cell() -> None:
    assert lines(table(cell("甲", properties=ON) + cell("1"))) == ["甲\t1\t"]


def test_skipped_columns_keep_the_others_in_their_place() -> None:
    indented = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("乙")}</w:tr>'
    raw = read(word(table(cell("甲") + cell("1"), indented)))
    assert raw.text.splitlines() == ["甲\t1\t", "\t乙\t"]
    assert raw.tables[0].cells[-1].column == 1


def test_rows_that_are_repeated_on_every_page_are_head_cells() -> None:
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('乡镇')}{cell('人数')}</w:tr>"
    raw = read(word(table(head, cell("甲镇") + cell("3"), head)))
    assert [one.head for one in raw.tables[0].cells] == [True, True, False, False, False, False]


def test_paragraphs_of_a_cell_are_one_text() -> None:
    assert lines(table(cell("甲", "乙") + cell("1"))) == ["甲 乙\t1\t"]


def test_a_table_of_one_column_frames_paragraphs() -> None:
    raw = read(word(table(cell("一、做法", "网格员350人。"), cell("二、成效"))))
    assert raw.text.splitlines() == ["一、做法", "网格员350人。", "二、成效"]
    assert raw.tables == ()
    assert [(one.location.paragraph, one.location.cell) for one in raw.layout] == [(1, "表1!A1"), (2, "表1!A1"), (3, "表1!A2")]


def test_a_table_around_tables_is_a_frame() -> None:
    raw = read(word(table(cell(p("左栏的话。"), table(cell("甲") + cell("1"))) + cell("右栏的话。"))))
    assert raw.text.splitlines() == ["左栏的话。", "甲\t1\t", "右栏的话。"]
    assert [one.name for one in raw.tables] == ["表2"]


def test_a_row_with_pages_of_prose_in_a_form_is_read_as_paragraphs() -> None:
    prose = "全县推行网格化管理，配备网格员350人，调解矛盾纠纷1250件。" * 10
    raw = read(word(table(cell("单位") + cell("甲县"), cell("主要做法") + cell("一、建强队伍", prose), cell("电话") + cell("123"))))
    assert raw.text.splitlines() == ["单位\t甲县\t", "主要做法", "一、建强队伍", prose, "电话\t123\t"]
    assert len(raw.tables) == 2
    assert [one.location.cell for one in raw.layout] == ["表1!A1", "表1!B1", "表1!A2", "表1!B2", "表1!B2", "表1!A3", "表1!B3"]


def test_an_empty_table_is_none() -> None:
    assert lines(p("正文"), table(cell("") + cell(""))) == ["正文"]


def test_spans_beyond_what_word_allows_are_cut() -> None:
    raw = read(word(table(cell("甲", properties='<w:gridSpan w:val="999999999"/>') + cell("乙"))))
    assert raw.text.count("\t") == 64


def test_rows_and_cells_in_content_controls_are_found() -> None:
    inner = f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{cell('甲')}</w:sdtContent></w:sdt>{cell('1')}</w:tr></w:sdtContent></w:sdt>"
    assert lines(f"<w:tbl>{inner}</w:tbl>") == ["甲\t1\t"]
