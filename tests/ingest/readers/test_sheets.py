"""Spreadsheets: the text is what their cells show, titles and notes stand as lines around the tables, and every cell has its address."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from ingest import readers
from ingest.readers import sheets
from ingest.readers.sheets import address
from ingest.stages import RawText
from tests.ingest.readers.containers import ole, package

Fill = Callable[[Any], None]
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def workbook(*fills: Fill, name: str = "a.xlsx") -> bytes:
    """A workbook with a sheet for each of the functions that fill one."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, fill in enumerate(fills, 1):
        fill(book.create_sheet(f"表{number}"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows(*lines: list[Any]) -> Fill:
    def fill(sheet: Any) -> None:
        for line in lines:
            sheet.append(line)

    return fill


def read(data: bytes, name: str = "a.xlsx") -> RawText:
    raw = readers.read(name, data)
    for table in raw.tables:
        for cell in table.cells:
            assert "\t" not in cell.span.of(raw.text) and cell.span.of(raw.text).strip() == cell.span.of(raw.text)
    return raw


def grid(raw: RawText, number: int = 0) -> list[list[str]]:
    """The texts of a table's cells by row."""
    found: dict[int, list[str]] = {}
    for cell in raw.tables[number].cells:
        found.setdefault(cell.row, []).append(cell.span.of(raw.text))
    return [found[row] for row in sorted(found)]


def places(raw: RawText) -> dict[str, str | None]:
    return {fragment.span.of(raw.text): fragment.location.cell for fragment in raw.layout}


def test_a_sheet_is_a_table_between_the_lines_of_its_title_its_unit_and_its_notes() -> None:
    def fill(sheet: Any) -> None:
        rows(["表1 某县2023年基本情况"], ["填报单位：某局", None, "单位：万元"], ["指标", "2022年", "2023年"], ["税收", 12, 15])(sheet)
        rows([], ["注：不含省属企业。"])(sheet)
        sheet.merge_cells("A1:C1")

    raw = read(workbook(fill))
    assert raw.text.split("\n")[:3] == ["表1 某县2023年基本情况", "填报单位：某局  单位：万元", "指标\t2022年\t2023年\t"]
    assert raw.text.split("\n")[-2:] == ["注：不含省属企业。", ""]
    assert grid(raw) == [["指标", "2022年", "2023年"], ["税收", "12", "15"]]
    assert raw.meta.title == "表1 某县2023年基本情况"
    assert raw.tables[0].name == "表1"
    assert places(raw)["15"] == "表1!C4" and places(raw)["单位：万元"] == "表1!C2"


def test_percentages_dates_thousands_and_noise_come_as_the_sheet_shows_them() -> None:
    def fill(sheet: Any) -> None:
        rows(["项目", "占比", "日期", "金额", "值"], ["甲", 0.794, date(2023, 5, 6), 12345678.5, 0.1 + 0.2])(sheet)
        rows(["乙", 0.79, datetime(2023, 5, 6, 9, 30), -1200, 45000])(sheet)
        for row in (2, 3):
            sheet.cell(row, 2).number_format = "0.0%"
            sheet.cell(row, 4).number_format = "#,##0.00"

    table = grid(read(workbook(fill)))
    assert table[1] == ["甲", "79.4%", "2023-05-06", "12,345,678.50", "0.3"]
    assert table[2] == ["乙", "79.0%", "2023-05-06 9:30:00", "-1,200.00", "45000"]


def test_a_formula_without_its_value_and_an_error_are_told() -> None:
    data = workbook(rows(["项目", "数"], ["甲", 1], ["合计", "=SUM(B2:B2)"], ["错", "#REF!"]))
    raw = read(data)
    assert grid(raw)[2] == ["合计", ""]
    assert grid(raw)[3] == ["错", "#REF!"]
    assert [warning.partition(": ")[2].partition(";")[0] for warning in raw.source.warnings] == [
        "1 formula without a stored value",
        "1 cell with an error (#REF! and the like) as it is shown",
    ]


def test_a_formula_with_its_value_is_read_as_that() -> None:
    data = workbook(rows(["项目", "数"], ["合计", "=1+2"]))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    part = "xl/worksheets/sheet1.xml"
    assert b"<f>1+2</f><v></v>" in members[part] or b"<f>1+2</f><v />" in members[part]
    members[part] = members[part].replace(b"<v></v>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>")
    raw = read(package(members))
    assert grid(raw)[1] == ["合计", "3"]
    assert not raw.source.warnings


def test_merged_cells_span_their_places() -> None:
    def fill(sheet: Any) -> None:
        rows(["乡镇", "人口", None, "面积"], [None, "男", "女", None], ["甲乡", 1, 2, 3])(sheet)
        for area in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(area)

    (table,) = read(workbook(fill)).tables
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells[:5]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (0, 3, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_hidden_rows_and_sheets_are_read_and_told_but_lists_that_no_menu_shows_are_not() -> None:
    def unseen(sheet: Any) -> None:
        rows(["备选", "项"])(sheet)
        sheet.sheet_state = "veryHidden"

    def hidden(sheet: Any) -> None:
        rows(["甲", 1], ["乙", 2])(sheet)
        sheet.sheet_state = "hidden"
        sheet.row_dimensions[2].hidden = True

    raw = read(workbook(rows(["丙", 3]), hidden, unseen))
    assert "乙" in raw.text and "备选" not in raw.text
    assert raw.source.warnings == ("sheet 表2: 1 hidden row read too", "sheet 表2 is hidden and was read too")


def test_blocks_with_titles_of_their_own_are_tables_of_their_own() -> None:
    raw = read(workbook(rows(["表一"], ["甲", "乙"], ["丙", 1], [], ["表二"], ["丁", "戊"], ["己", 2])))
    assert [grid(raw, 0), grid(raw, 1)] == [[["甲", "乙"], ["丙", "1"]], [["丁", "戊"], ["己", "2"]]]


def test_a_title_above_a_head_of_its_own_begins_a_table_also_without_an_empty_row() -> None:
    first, second = [["学段", "学校"], ["小学", 96], ["初中", 22]], [["学段", "男", "女"], ["小学", 15, 14]]
    raw = read(workbook(rows(["一、学校数"], *first, ["二、学生数"], ["单位：人"], *second)))
    assert [grid(raw, 0), grid(raw, 1)] == [[[str(cell) for cell in row] for row in table] for table in (first, second)]
    assert "二、学生数\n单位：人\n" in raw.text


@pytest.mark.parametrize("section", [["其中：城镇", "万人", 5], ["教育", "所", None], ["小学", "", 5]])
def test_a_section_within_a_table_does_not_part_it(section: list[Any]) -> None:
    raw = read(workbook(rows(["指标", "单位", "数值"], ["人口", "万人", 50], ["二、教育"], section, ["初中", "所", 22])))
    assert len(raw.tables) == 1


def test_an_empty_row_within_a_table_does_not_part_it() -> None:
    raw = read(workbook(rows(["甲", "乙"], ["丙", 1], [], ["丁", 2])))
    assert grid(raw) == [["甲", "乙"], ["丙", "1"], ["丁", "2"]]


def test_a_sheet_of_one_column_is_lines() -> None:
    raw = read(workbook(rows(["关于某事的说明"], ["一、情况"], ["全县人口稳定。\n产业发展。"])))
    assert raw.text == "关于某事的说明\n一、情况\n全县人口稳定。\n产业发展。\n"
    assert raw.tables == ()


def test_rows_that_hold_nothing_are_left_out_however_many_they_are() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["B1048576"], sheet["A1048576"] = "甲", "乙", 2, "丙"

    raw = read(workbook(fill))
    assert grid(raw) == [["甲", "乙"], ["丙", "2"]]
    assert places(raw)["2"] == "表1!B1048576"


def test_cells_beyond_the_limits_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 6)
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 2)
    raw = read(workbook(rows(["甲", "乙", "丙"], ["丁", 1, 2], ["戊", 3, 4], ["己", 5, 6])))
    assert grid(raw) == [["甲", "乙"], ["丁", "1"]]
    assert [warning.partition(" beyond")[0] for warning in raw.source.warnings] == [
        "sheet 表1: 2 rows left out",
        "sheet 表1: 1 column left out",
    ]


def test_a_table_with_hardly_anything_in_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_AREA", 50)
    raw = read(workbook(rows(*([None] * number + [number, number] for number in range(9)))))
    assert len(grid(raw)) == 5
    assert "4 rows left out of a table with hardly anything in it" in raw.source.warnings[0]


def test_macros_are_not_run_and_told() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(rows(["甲", 1])))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    raw = read(package({**members, "xl/vbaProject.bin": b"macro"}), "a.xlsm")
    assert raw.source.warnings == ("its macros were not run; what only they compute is missing",)


def test_phonetic_readings_are_no_part_of_a_text_and_runs_are_joined() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(rows(["甲乙", 1], ["丙", 2])))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    part = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in members else "xl/worksheets/sheet1.xml"
    whole = members[part].decode()
    text = "<t>甲乙</t>" if "<t>甲乙</t>" in whole else "<t>&#30002;&#20057;</t>"
    members[part] = whole.replace(text, "<r><t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh>", 1).encode()
    assert grid(read(package(members)))[0] == ["甲乙", "1"]


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("77")
    with zipfile.ZipFile(io.BytesIO(workbook(rows(["甲", 1], ["丙", 2])))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    part = "xl/worksheets/sheet1.xml"
    body = members[part].replace(b"<v>1</v>", b"<v>&x;</v>")
    assert b"&x;" in body
    for entity in (f"SYSTEM '{secret.as_uri()}'", "'77'"):
        raw = read(package({**members, part: f"<!DOCTYPE a [<!ENTITY x {entity}>]>".encode() + body}))
        assert "77" not in raw.text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", workbook(rows([])), "its sheets are empty"),
        ("a.xlsx", ole("EncryptedPackage"), "password"),
        ("a.xls", ole("Workbook"), "damaged workbook"),
        ("a.ods", package({"mimetype": ODS, "content.xml": "<a"}), "damaged spreadsheet"),
        (
            "a.ods",
            package({"mimetype": ODS, "META-INF/manifest.xml": "<encryption-data/>"}),
            "password",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        readers.read(name, data)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_is_read_or_refused_in_words(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 damage, no secret
    with zipfile.ZipFile(io.BytesIO(_WORKBOOK)) as file:
        members = {name: bytearray(file.read(name)) for name in file.namelist()}
    part = members[chance.choice([name for name in sorted(members) if name.startswith("xl/")])]
    for _ in range(chance.randint(1, 8)):
        part[chance.randrange(len(part))] = chance.choice(b"<>&\"'/0AZ= ")
    try:
        assert read(package({name: bytes(data) for name, data in members.items()})).text
    except UnreadableFile as refused:
        assert len(str(refused)) > 20


_WORKBOOK = workbook(rows(["甲", "乙"], ["丙", 0.5], ["丁", "=1+2"]))


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_addresses_are_those_that_excel_prints(column: int, letters: str) -> None:
    assert address(0, column) == f"{letters}1"
