"""The title of a file that holds tables alone is the line that names the first one, and nothing that stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from ingest import readers
from ingest.pipeline import drafts
from ingest.readers.table_titles import is_date, may_title
from tests.ingest.readers.pdfs import Drawing, drawn
from tests.ingest.readers.test_sheets import rows, workbook

TITLE = "青山县2023年网格员配备情况统计表"
TABLE: list[list[Any]] = [["乡镇", "网格数（个）", "网格员（人）"], ["石桥镇", 12, 35], ["柳河镇", 8, 20], ["大坪乡", 10, 33]]
ABOVE = [
    [TITLE],
    [TITLE, "单位：个、人"],
    ["单位：万元", TITLE],
    ["附件1", TITLE],
    ["附表2-1", TITLE, "单位：个、人"],
    [TITLE, "（2023年12月）"],
    [TITLE, "填报单位：青山县委政法委"],
]
NO_TITLES = [
    "单位：万元",
    "计量单位:人",
    "附件1",
    "附表 2-1",
    "表2",
    "（2023年12月）",
    "2023年1-6月",
    "截至2023年底",
    "注：数据来自县统计局",
    "各乡镇已经完成统计。",
]


def sheet(*above: str, below: str = "", header: str = "", merged: bool = True) -> bytes:
    def fill(page: Any) -> None:
        rows(*([line] for line in above), *TABLE, *([[below]] if below else []))(page)
        for number in range(1, len(above) + 1) if merged else ():
            page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=3)
        page.oddHeader.center.text = header

    return workbook(fill)


def printed(*above: str, below: str = "", size: float = 10) -> bytes:
    def draw(page: Drawing) -> None:
        for number, line in enumerate(above):
            page.text(222 - size * len(line) / 2, 60 + 30 * number, line, size)
        bottom = page.table(72, 72 + 30 * len(above), [[str(cell) for cell in row] for row in TABLE])
        if below:
            page.text(72, bottom + 20, below, 10)

    return drawn(draw)


def title(name: str, data: bytes) -> str | None:
    (document,) = drafts(readers.read(name, data))
    return document.title


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("above", ABOVE)
def test_of_the_lines_above_a_sheets_table_one_is_the_title(above: list[str], merged: bool) -> None:
    assert title("a.xlsx", sheet(*above, merged=merged)) == TITLE


@pytest.mark.parametrize("size", [10, 18])
@pytest.mark.parametrize("above", ABOVE)
def test_of_the_lines_above_a_printed_table_one_is_the_title(above: list[str], size: float) -> None:
    assert title("a.pdf", printed(*above, size=size)) == TITLE


@pytest.mark.parametrize("line", [line for line in NO_TITLES if not line.startswith("注")])
def test_a_unit_a_number_or_a_date_above_a_table_is_no_title(line: str) -> None:
    assert title("a.xlsx", sheet(line)) is None
    assert title("a.pdf", printed(line)) is None


@pytest.mark.parametrize("below", ["注：数据截至2023年底，由各乡镇上报。", "资料来源：县统计局。", "填表人：王小明"])
def test_notes_below_a_table_neither_join_its_title_nor_take_it_away(below: str) -> None:
    assert title("a.xlsx", sheet(TITLE, below=below)) == TITLE
    assert title("a.pdf", printed(TITLE, below=below)) == TITLE
    assert below in readers.read("a.pdf", printed(TITLE, below=below)).text.split("\n")


def test_the_caption_of_a_later_table_is_no_title() -> None:
    later = workbook(rows(*TABLE, [], ["表2 青山县网格员培训情况"], *TABLE))
    assert all(one.title is None for one in drafts(readers.read("a.xlsx", later)))


@pytest.mark.parametrize("header", [TITLE, f'&"宋体,加粗"&16{TITLE}'])
def test_a_title_that_a_sheet_prints_above_each_page_is_its_title_when_it_has_no_other(header: str) -> None:
    assert title("a.xlsx", sheet(header=header)) == TITLE
    assert title("a.xlsx", sheet("单位：个、人", header=header)) == TITLE
    assert title("a.xlsx", sheet("青山县各乡镇网格一览表", header=header)) == "青山县各乡镇网格一览表"
    assert title("a.xlsx", sheet(header="第 &P 页")) is None


@pytest.mark.parametrize("line", NO_TITLES)
def test_what_stands_beside_a_table_may_not_be_its_title(line: str) -> None:
    assert not may_title(line)


@pytest.mark.parametrize(
    "line", [TITLE, "2023年各乡镇人口一览表", "表1 青山县2023年基本情况", "各乡镇情况表（2023年）", "附件1：网格员名册", "2023年度经济运行"]
)
def test_a_name_of_a_table_may_be_its_title_also_with_a_year_or_a_number(line: str) -> None:
    assert may_title(line) and not is_date(line)
