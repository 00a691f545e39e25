"""Tables that are printed without lines, and what only looks like one."""

from __future__ import annotations

import pytest

from ingest import readers
from ingest.stages import RawText
from tests.ingest.readers.pdfs import Drawing, drawn

ROWS = [["指标", "2018年", "2019年"], ["贫困村（个）", "62", "18"], ["贫困人口（人）", "21,560", "5,230"], ["贫困发生率（%）", "9.8", "—"]]
PROSE = "全县把产业扶贫作为稳定脱贫的根本之策选派机关干部到村任职为群众办理实事解决急难愁盼问题。"


def read(rows: list[list[str]], lefts: tuple[int, ...] = (72, 250, 400)) -> RawText:
    def draw(page: Drawing) -> None:
        y = page.paragraph(72, 100, PROSE) + 10
        for row in rows:
            for left, text in zip(lefts, row, strict=True):
                page.text(left, y, text)
            y += 24
        page.paragraph(72, y + 20, PROSE)

    return readers.read("a.pdf", drawn(draw))


def test_rows_of_figures_in_columns_are_a_table_between_the_paragraphs() -> None:
    raw = read(ROWS)
    (table,) = raw.tables
    assert [cell.span.of(raw.text) for cell in table.cells] == [text for row in ROWS for text in row]
    assert [line for line in raw.text.split("\n") if "\t" not in line and line] == [PROSE, PROSE]


def test_an_empty_cell_keeps_its_place() -> None:
    raw = read([*ROWS[:3], ["户数", "", "5"], ["口数", "7", ""], ["人数", "9", "8"]])
    (table,) = raw.tables
    kept = {(cell.row, cell.column): cell.span.of(raw.text) for cell in table.cells}
    assert [[kept[row, column] for column in range(3)] for row in (3, 4, 5)] == [["户数", "", "5"], ["口数", "7", ""], ["人数", "9", "8"]]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS[:2], id="two rows"),
        pytest.param([["甲", "乙", "丙"], ["王小明", "李建国", "张文"], ["赵强", "刘芳", "陈静"], ["马文", "孙丽", "周平"]], id="names"),
        pytest.param([[PROSE[:12], PROSE[12:22], PROSE[22:32]]] * 4, id="columns of prose"),
    ],
)
def test_what_stands_side_by_side_without_figures_is_no_table(rows: list[list[str]]) -> None:
    raw = read(rows)
    assert raw.tables == ()
    for row in rows:
        for text in row:
            assert text in raw.text


def test_a_title_above_and_a_note_below_stay_lines() -> None:
    def draw(page: Drawing) -> None:
        page.text(180, 80, "礼贤县主要指标", 14)
        page.text(400, 100, "单位：个、人")
        for number, row in enumerate(ROWS):
            for left, text in zip((72, 250, 400), row, strict=True):
                page.text(left, 130 + 24 * number, text)
        page.text(72, 240, "资料来源：县统计局。")

    raw = readers.read("a.pdf", drawn(draw))
    assert [line for line in raw.text.split("\n") if "\t" not in line and line] == [
        "礼贤县主要指标",
        "单位：个、人",
        "资料来源：县统计局。",
    ]
    assert len(raw.tables) == 1
