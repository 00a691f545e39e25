"""Excel workbooks of before 2007 (XLS), and those of WPS (ET), by xlrd: what their cells show, by their values and number formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code

from archive.errors import UnreadableFile
from ingest.readers.base import ReadOptions
from ingest.readers.cell_formats import shown
from ingest.readers.delimited import DelimitedReader
from ingest.readers.inside import OLE_MAGIC
from ingest.readers.sheets import Budget, Sheet, raw_text
from ingest.stages import RawText

_FAULTS = (xlrd.XLRDError, struct.error, ValueError, LookupError, AssertionError, TypeError, AttributeError, OverflowError, MemoryError)
_RAW = b"\x09"
"""What the workbooks of Excel 2 to 4 begin with, which have no container around them."""


class XlsReader:
    """Workbooks with a `.xls` or `.et` name. Many a system exports text or a web page under this name: text is read as such."""

    name = "Excel 97 workbook"
    extensions: Sequence[str] = (".xls", ".et", ".xlt", ".ett")
    media_types: Sequence[str] = ("application/vnd.ms-excel",)
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The lines and tables of its sheets. Raises UnreadableFile when it is damaged or encrypted."""
        if not data.startswith((*OLE_MAGIC, _RAW)):
            return DelimitedReader().read(name, data, options)
        log = StringIO()
        try:
            with xlrd.open_workbook(file_contents=data, logfile=log, formatting_info=True, on_demand=True, ragged_rows=True) as book:
                sheets = _sheets(book)
        except _FAULTS as error:
            if "encrypted" in str(error).lower():
                raise UnreadableFile("it is protected by a password; open it with its password and save it without one") from error
            raise UnreadableFile(f"it is a damaged workbook ({type(error).__name__}); open it and save it as .xlsx") from error
        return raw_text(self, name, data, sheets)


def _sheets(book: xlrd.Book) -> list[Sheet]:
    budget = Budget()
    found: list[Sheet] = []
    for number in range(book.nsheets):
        page = book.sheet_by_index(number)
        if page.visibility > 1:
            continue  # hidden so that no menu shows it: lists behind a form
        sheet = Sheet(page.name, hidden=page.visibility == 1)
        sheet.merged = {(top, left): (bottom - top, right - left) for top, bottom, left, right in page.merged_cells}
        for row in range(page.nrows):
            cells = list(_row(book, page, row, sheet))
            info = page.rowinfo_map.get(row)
            sheet.hidden_rows += bool(cells and info is not None and info.hidden)
            budget.keep(sheet, row, cells)
        found.append(sheet)
        book.unload_sheet(number)
    return found


def _row(book: xlrd.Book, page: xlrd.sheet.Sheet, row: int, sheet: Sheet) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(page.row(row)):
        if cell.ctype == xlrd.XL_CELL_ERROR:
            sheet.errors += 1
            text = error_text_from_code.get(cell.value, "#N/A")
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            text = "TRUE" if cell.value else "FALSE"
        elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            text = shown(cell.value, code, book.datemode == 1)
        else:
            text = str(cell.value)
        if text.strip():
            yield column, text
