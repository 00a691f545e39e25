"""Spreadsheets of Excel 97, WPS and LibreOffice, and text under their names."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlwt

from tests.ingest.readers.containers import package
from tests.ingest.readers.test_sheets import ODS, Fill, grid, places, read


def xls(fill: Fill) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_a_workbook_of_excel_97_or_wps_shows_the_same(name: str) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_sheet("人口")
        sheet.write_merge(0, 0, 0, 2, "某县2023年人口")
        for column, text in enumerate(("乡镇", "占比", "登记日")):
            sheet.write(1, column, text)
        sheet.write(2, 0, "甲乡")
        sheet.write(2, 1, 0.794, xlwt.easyxf(num_format_str="0.0%"))
        sheet.write(2, 2, date(2023, 5, 6), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(3, 0, "乙乡")
        sheet.write(3, 1, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
        sheet.write(3, 2, True)
        sheet.row(3).hidden = True

    raw = read(xls(fill), name)
    assert raw.text.partition("\n")[0] == "某县2023年人口"
    assert grid(raw) == [["乡镇", "占比", "登记日"], ["甲乡", "79.4%", "2023-05-06"], ["乙乡", "1,234.50", "TRUE"]]
    assert places(raw)["79.4%"] == "人口!B3"
    assert raw.source.media_type == "application/vnd.ms-excel"


def test_text_under_the_name_of_a_workbook_is_read_as_text() -> None:
    raw = read("乡镇\t人口\n甲乡\t350\n".encode("gb18030"), "导出.xls")
    assert grid(raw) == [["乡镇", "人口"], ["甲乡", "350"]]


def ods(body: str, styles: str = "") -> bytes:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="人口" table:style-name="ta1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return package({"mimetype": ODS, "content.xml": content}, stored=["mimetype"])


def cell(text: str, **given_: int) -> str:
    more = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in given_.items())
    return f"<table:table-cell{more}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def test_an_open_spreadsheet_is_read_by_what_its_cells_show() -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    body = (
        f"<table:table-row>{cell('某县2023年人口', number_columns_spanned=2)}<table:covered-table-cell/></table:table-row>"
        f"<table:table-row>{cell('乡镇')}{cell('占比')}{cell('', number_columns_repeated=16000)}</table:table-row>"
        f"<table:table-row>{cell('甲乡')}<table:table-cell>{note}<text:p>79<text:s/>%</text:p></table:table-cell></table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048000">{cell("")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{cell("乙乡")}{cell("5")}</table:table-row>'
    )
    raw = read(ods(body), "a.ods")
    assert raw.text.partition("\n")[0] == "某县2023年人口"
    assert grid(raw) == [["乡镇", "占比"], ["甲乡", "79 %"], ["乙乡", "5"], ["乙乡", "5"]]
    assert places(raw)["乡镇"] == "人口!A2"


def test_a_hidden_open_sheet_is_told() -> None:
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    raw = read(ods(f"<table:table-row>{cell('甲')}{cell('1')}</table:table-row>", style), "a.ods")
    assert raw.source.warnings == ("sheet 人口 is hidden and was read too",)
