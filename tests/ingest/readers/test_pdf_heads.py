"""Heads of tables without lines that stand beside or over their columns, and names too long for their cells."""

from __future__ import annotations

import pytest

from tests.ingest.readers.pdfs import Drawing, drawn
from tests.ingest.readers.test_pdf_tight import PROSE, read, rows_of, sheet


def test_years_at_the_left_above_figures_at_the_right_are_heads_beside_a_long_name() -> None:
    rows = [
        ["指标", "2010年", "2011年", "2012年"],
        ["地区生产总值", "10000", "10013", "10026"],
        *(["财政", "20000", "20013", "20026"],) * 3,
    ]
    edges = [54.0, 114, 174, 234, 294]
    assert rows_of(read(drawn(lambda page: sheet(page, rows, edges)))) == rows


@pytest.mark.parametrize("name", ["地区生产总值", "新生产总值额", "人均纯收入为"])
def test_a_name_whose_end_the_next_cell_covers_is_a_cell_by_itself(name: str) -> None:
    rows = [
        ["指标", "单位", "2021年", "2022年"],
        [name, "亿元", "580.3", "592.4"],
        ["人口", "万人", "151.7", "150.9"],
        ["产量", "万吨", "4.2", "4.7"],
    ]
    edges = [54.0, 114, 174, 234, 294]
    assert rows_of(read(drawn(lambda page: sheet(page, rows, edges)))) == rows


def test_a_year_that_stands_over_two_columns_is_one_head() -> None:
    def draw(page: Drawing) -> None:
        page.text(150, 82, "乡镇")
        for x, text in zip((235, 371), ("2022年", "2023年"), strict=True):
            page.text(x, 82, text)
        for x, text in zip((192, 260, 328, 396), ("合作社(家)", "产值(万元)") * 2, strict=True):
            page.text(x, 103, text)
        for row in range(5):
            page.text(144, 124 + 21 * row, "甲乙丙丁戊"[row] + "河镇")
            for x, figure in zip((210, 278, 346, 414), (100, 200, 110, 220), strict=True):
                page.text(x, 124 + 21 * row, str(figure + row))

    rows = rows_of(read(drawn(draw)))
    assert rows[0] == ["乡镇", "2022年", "", "2023年", ""]
    assert rows[1:3] == [["", *("合作社(家)", "产值(万元)") * 2], ["甲河镇", "100", "200", "110", "220"]]


def test_characters_that_overlap_in_a_line_of_prose_part_nothing() -> None:
    def draw(page: Drawing) -> None:
        for number in range(6):
            page.text(54, 100 + 18 * number, PROSE[:12])
            page.text(54 + 11.5 * 12, 100 + 18 * number, PROSE[12:30])

    raw = read(drawn(draw))
    assert raw.tables == ()
    assert PROSE[:30] in raw.text.replace("\n", "")


@pytest.mark.parametrize("text", ["2023年1月至6月，全县120个村", "县里2022年开办12家合作社，", "县乡两级共派出2018年以来的"])
def test_lines_of_prose_with_figures_below_each_other_are_no_table(text: str) -> None:
    raw = read(drawn(lambda page: [page.text(54, 100 + 18 * number, text * 2) for number in range(6)]))
    assert raw.tables == ()
