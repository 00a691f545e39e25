"""Tables without lines whose cells nearly touch, as LibreOffice prints sheets; columns of prose with a narrow gutter; what is neither."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest import readers
from ingest.readers import soffice
from ingest.reading import extract
from ingest.stages import RawText
from tests.formats.needs import needed
from tests.ingest.readers.pdfs import Drawing, drawn

HEAD = ["序号", "姓名", "性别", "年龄", "职务", "电话"]
NAMES = ["王伟", "李秀芳", "张敏", "刘强", "陈桂英", "杨洋"]
POSTS = ["村主任", "妇联主席", "会计", "党支部书记", "网格员", "民兵连长"]
ROSTER = [HEAD, *([str(n), NAMES[n - 1], "男女"[n % 2], str(30 + 3 * n), POSTS[n - 1], f"1360706946{n}"] for n in range(1, 7))]
FIGURES = [
    ["乡镇", "户数", "人口", "贫困发生率(%)"],
    ["东川镇", "7070", "37092", "0.3"],
    ["西河乡", "6054", "30794", "1.7"],
    ["南岭镇", "4718", "5806", "2"],
    ["北山乡", "4803", "31506", "3.4"],
]
PROSE = "全县把产业扶贫作为稳定脱贫的根本之策，选派机关干部到村任职，为群众办理实事，解决急难愁盼问题。"
WATER = "水利部门沿河修建防洪堤坝疏浚灌溉渠道，为沿岸村庄接通自来水管网，农牧民从此用上干净的饮用水源。"


def read(data: bytes) -> RawText:
    return readers.read("a.pdf", data)


def rows_of(raw: RawText) -> list[list[str]]:
    (table,) = raw.tables
    found = [["" for _ in range(max(cell.column for cell in table.cells) + 1)] for _ in range(max(cell.row for cell in table.cells) + 1)]
    for cell in table.cells:
        found[cell.row][cell.column] = cell.span.of(raw.text)
    return found


def sheet(page: Drawing, rows: list[list[str]], edges: list[float], y: float = 100, size: float = 11) -> None:
    """Print a sheet as LibreOffice does: words one point behind the left edge of their cell, figures one before the right one."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            figure = text.replace(".", "").isdecimal()
            x = edges[column + 1] - 1 - 0.5 * size * len(text) if figure else edges[column] + 1
            page.text(x, y + 15 * number, text, size)


def printed(folder: Path, rows: list[list[str]], widths: list[float]) -> bytes:
    """A sheet as LibreOffice prints it."""
    needed("a.doc")
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append([float(cell) if cell.replace(".", "").isdecimal() and len(cell) < 9 else cell for cell in row])
    for letter, width in zip("ABCDEFGH", widths, strict=False):
        page.column_dimensions[letter].width = width
    book.save(folder / "a.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice.program(), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(folder / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 LibreOffice, as the reader starts it
    return (folder / "a.pdf").read_bytes()


@pytest.mark.parametrize("widths", [[5, 7, 5, 5, 11, 13], [9] * 5 + [13]], ids=["narrow columns", "wide columns"])
def test_a_roster_that_libreoffice_printed_is_a_table_and_gives_no_figure(tmp_path: Path, widths: list[float]) -> None:
    data = printed(tmp_path, ROSTER, widths)
    assert rows_of(read(data)) == ROSTER
    assert [one for document in extract("a.pdf", data).documents for one in document.statistics] == []


def test_figures_that_libreoffice_printed_have_their_heads(tmp_path: Path) -> None:
    data = printed(tmp_path, FIGURES, [8, 8, 8, 14])
    assert rows_of(read(data)) == FIGURES
    (document,) = extract("a.pdf", data).documents
    assert ("人口", 37092) in {(one.subject, one.value) for one in document.statistics}


@pytest.mark.parametrize(
    "edges",
    [
        pytest.param([54, 84, 121, 146, 171, 231, 310], id="cells that nearly touch"),
        pytest.param([54, 114, 174, 234, 294, 354, 440], id="heads at the left edge of their cells, figures at the right one"),
    ],
)
def test_a_sheet_without_lines_is_a_table(edges: list[float]) -> None:
    assert rows_of(read(drawn(lambda page: sheet(page, ROSTER, edges)))) == ROSTER


def test_a_head_that_runs_into_the_next_one_is_cut_where_that_begins() -> None:
    rows = [["乡镇", "户数", "贫困发生率(%)", "人均收入"], *([*row[:2], row[3], row[2]] for row in FIGURES[1:])]
    edges = [54.0, 114, 174, 174 + 1 + 5 * 11 + 3 * 5.5, 320]
    assert rows_of(read(drawn(lambda page: sheet(page, rows, edges)))) == rows


def test_a_title_and_a_line_of_units_above_are_no_rows() -> None:
    def draw(page: Drawing) -> None:
        page.text(110, 60, "各乡镇基本情况表", 14)
        page.text(54, 80, "填报单位：县统计局", 11)
        page.text(240, 80, "单位：户、人", 11)
        sheet(page, FIGURES, [54, 100, 145, 190, 275])

    assert rows_of(read(drawn(draw))) == FIGURES


def test_an_empty_cell_keeps_its_place() -> None:
    rows = [list(row) for row in FIGURES]
    rows[2][1] = rows[3][2] = ""
    assert rows_of(read(drawn(lambda page: sheet(page, rows, [54, 100, 145, 190, 275])))) == rows


def test_a_cell_of_several_lines_belongs_to_the_row_that_is_nearest() -> None:
    def draw(page: Drawing) -> None:
        sheet(page, [["项目", "做法", "投入", "户数"]], [54, 104, 234, 274, 320])
        for number, (name, lines) in enumerate(
            [("光伏", [WATER[:10], WATER[10:16]]), ("饮水", [PROSE[:10]]), ("危房", [WATER[20:30], "道路"])]
        ):
            bottom = 140 + 34 * number
            for up, line in enumerate(reversed(lines)):
                page.text(105, bottom - 13 * up, line, 11)
            sheet(page, [[name, "", f"{number + 2}76", f"1{number}8"]], [54, 104, 234, 274, 320], bottom)

    rows = rows_of(read(drawn(draw)))
    assert [row[0] for row in rows] == ["项目", "光伏", "饮水", "危房"]
    assert [row[2:] for row in rows[1:]] == [["276", "108"], ["376", "118"], ["476", "128"]]
    assert [row[1].replace(" ", "") for row in rows[1:]] == [WATER[:16], PROSE[:10], f"{WATER[20:30]}道路"]


def test_a_sheet_that_goes_on_over_the_page_is_one_table() -> None:
    rows = [["序号", "村名", "户数", "人口"], *([str(n), "东西南北"[n % 4] + "家村", str(70 + 7 * n), str(90 * n)] for n in range(1, 41))]

    def draw(page: Drawing) -> None:
        sheet(page, rows[:25], [54, 84, 124, 154, 190])
        page.page()
        sheet(page, rows[25:], [54, 84, 124, 154, 190])

    assert rows_of(read(drawn(draw))) == rows


def test_what_may_be_a_table_or_not_is_read_row_by_row_and_said() -> None:
    names = [["王小明", "李建国", "张文", "马福"], ["赵强", "刘芳", "陈静", "周平"], ["马文", "孙丽", "杨秀英", "何涛"]]

    def draw(page: Drawing) -> None:
        for number, row in enumerate(names):
            for column, name in enumerate(row):
                page.text(72 + 50 * column, 100 + 20 * number, name)

    raw = read(drawn(draw))
    assert raw.tables == ()
    assert raw.text.split("\n")[:3] == [" ".join(row) for row in names]
    (warning,) = raw.source.warnings
    assert warning.startswith("page 1 holds words in columns without lines")


def test_pairs_of_a_name_and_a_figure_stay_in_their_lines() -> None:
    raw = read(drawn(lambda page: sheet(page, [row[:2] for row in FIGURES], [54, 100, 145])))
    assert raw.text.split("\n")[:5] == [" ".join(row[:2]) for row in FIGURES]


def columns(page: Drawing, gutter: float, across: int = 18, count: int = 2) -> None:
    for column in range(count):
        text = (PROSE, WATER, PROSE)[column] * 3
        page.paragraph(60 + column * (12 * across + gutter), 100, text, across=across)


@pytest.mark.parametrize(("gutter", "across", "count"), [(6, 18, 2), (12, 18, 2), (6, 12, 3), (12, 12, 3), (14, 9, 4)])
def test_columns_of_prose_are_read_one_after_the_other_however_narrow_the_gutter(gutter: float, across: int, count: int) -> None:
    count = min(count, 3)
    raw = read(drawn(lambda page: columns(page, gutter, across, count)))
    assert "".join(raw.text.split()) == "".join(text * 3 for text in (PROSE, WATER, PROSE)[:count])
    assert (raw.tables, raw.source.warnings) == ((), ())


def grid(page: Drawing, text: str, across: int, pitch: float, between: float) -> None:
    """Set `text` on a grid, character by character, with `between` points between Chinese and Latin characters."""
    for row in range(0, len(text), across):
        x, last = 60.0, ""
        for char in text[row : row + across]:
            x += between if last and (last < "\x7f") != (char < "\x7f") else 0
            page.text(x, 100 + 1.5 * row, char)
            x, last = x + (pitch if char > "\x7f" else pitch - 6), char


@pytest.mark.parametrize(
    ("text", "across", "pitch", "between"),
    [
        pytest.param((PROSE + WATER) * 4, 30, 12.0, 0.0, id="full-width characters"),
        pytest.param((PROSE + WATER) * 4, 30, 12.6, 0.0, id="full-width characters, spread a little"),
        pytest.param("全县投入资金35亿元建成公路120公里饮水工程86处改造危房1250户" * 6, 28, 12.0, 3.0, id="figures in the lines"),
        pytest.param("全县投入资金35亿元建成公路120公里饮水工程86处" * 6, 25, 12.0, 3.0, id="figures at the same place in each line"),
    ],
)
def test_the_grid_of_chinese_text_is_neither_columns_nor_a_table(text: str, across: int, pitch: float, between: float) -> None:
    raw = read(drawn(lambda page: grid(page, text, across, pitch, between)))
    assert raw.tables == ()
    assert "".join(raw.text.split()) == text


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[f"{n}.", f"{name}镇改造危房"] for n, name in enumerate(("东川", "西河", "南岭", "北山"), 1)], id="numbered list"),
        pytest.param([["甲方：东川镇", "乙方：西河公司"], ["代表：王伟", "代表：李强"], ["日期：3月5日", "日期：3月5日"]], id="signatures"),
        pytest.param([["第一章", "总则", "3"], ["第二章", "组织机构", "7"], ["第三章", "附则", "15"]], id="contents"),
        pytest.param([["1.1", "总则", "3"], ["1.2", "组织机构", "7"], ["1.3", "附则", "15"]], id="numbered contents"),
    ],
)
def test_lists_contents_and_signatures_are_no_tables(rows: list[list[str]]) -> None:
    def draw(page: Drawing) -> None:
        for number, row in enumerate(rows):
            for text, x in zip(row, (72, 160, 420), strict=False):
                page.text(x, 100 + 20 * number, text)

    raw = read(drawn(draw))
    assert raw.tables == ()
    assert all(text in raw.text for row in rows for text in row)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["1,234", ",567"], "1,234,567"),
        (["1,234,", "567"], "1,234,567"),
        (["12345", "67"], "1234567"),
        (["36.", "5"], "36.5"),
        (["36.5", "%"], "36.5%"),
        (["2019", "2020"], "2019 2020"),
        (["village", "road"], "village road"),
        (["1,234", "567"], "1,234 567"),
    ],
)
def test_a_number_that_a_narrow_cell_broke_is_whole_and_two_numbers_stay_two(lines: list[str], whole: str) -> None:
    def draw(page: Drawing) -> None:
        for y in (100, 120, 160):
            page.line(60, y, 184, y)
        for x in (60, 102, 144, 184):
            page.line(x, 100, x, 160)
        for x, head in ((64, "甲"), (106, "乙"), (148, "丙")):
            page.text(x, 114, head, 10)
        for number, line in enumerate(lines):
            page.text(64, 134 + 12 * number, line, 10, "Helvetica")

    assert rows_of(read(drawn(draw)))[1][0] == whole
