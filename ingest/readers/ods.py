"""OpenDocument spreadsheets (ODS). The file holds what each cell shows as text, beside its value: that text is what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from archive.errors import UnreadableFile
from ingest.readers.base import ReadOptions
from ingest.readers.packages import Package
from ingest.readers.sheets import MAX_CELLS, MAX_COLUMNS, Budget, Sheet, raw_text
from ingest.readers.xlsx import elements
from ingest.stages import RawText

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FORMULA_ERRORS = ("#", "Err:")


class OdsReader:
    """Spreadsheets of LibreOffice, and of WPS where it saves in the open format."""

    name = "OpenDocument spreadsheet"
    extensions: Sequence[str] = (".ods", ".ots")
    media_types: Sequence[str] = (
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet-template",
    )
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The lines and tables of its sheets. Raises UnreadableFile when it is damaged, encrypted or too large to unpack."""
        package = Package(data)
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableFile("it is protected by a password; open it with its password and save it without one")
        try:
            sheets = _sheets(package.read("content.xml") or b"<none/>")
        except (etree.LxmlError, ValueError, OverflowError) as error:
            raise UnreadableFile(f"it is a damaged spreadsheet ({type(error).__name__}); open it and save it anew") from error
        return raw_text(self, name, data, sheets)


def _sheets(content: bytes) -> list[Sheet]:
    budget = Budget()
    found: dict[str, Sheet] = {}
    rows: dict[str, int] = {}
    unseen: set[str] = set()
    for element in elements(content, "style", "table-row"):
        if element.tag == f"{_STYLE}style":
            if any(part.get(f"{_TABLE}display") == "false" for part in element):
                unseen.add(element.get(f"{_STYLE}name", ""))
        elif element.tag == f"{_TABLE}table-row" and (table := next(element.iterancestors(f"{_TABLE}table"), None)) is not None:
            name = table.get(f"{_TABLE}name", "")
            sheet = found.setdefault(name, Sheet(name, hidden=table.get(f"{_TABLE}style-name") in unseen))
            rows[name] = _row(element, sheet, rows.get(name, 0), budget)
    return list(found.values())


def _row(element: etree._Element, sheet: Sheet, row: int, budget: Budget) -> int:
    """Add a row, as often as it is repeated; what is returned is the number of the next one."""
    times = _number(element, "number-rows-repeated")
    cells = list(_cells(element, sheet, row))
    if cells:
        sheet.hidden_rows += element.get(f"{_TABLE}visibility", "visible") != "visible"
        for number in range(min(times, MAX_CELLS)):
            budget.keep(sheet, row + number, cells)
    return row + times


def _cells(element: etree._Element, sheet: Sheet, row: int) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = _number(cell, "number-columns-repeated")
        text = "\n".join(filter(None, (_words(part) for part in cell.iterchildren(f"{_TEXT}p"))))
        if text.strip():
            span = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            if span != (1, 1):
                sheet.merged[row, column] = span
            sheet.errors += cell.get(f"{_TABLE}formula") is not None and text.startswith(_FORMULA_ERRORS)
            for number in range(min(times, MAX_COLUMNS + 1)):
                yield column + number, text
        column += times


def _number(element: etree._Element, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}{name}", "1")))


def _words(paragraph: etree._Element) -> str:
    """The text of a paragraph; its runs of spaces are elements of their own."""
    pieces = [paragraph.text or ""]
    for part in paragraph.iterdescendants():
        pieces += [
            " " if part.tag in (f"{_TEXT}s", f"{_TEXT}tab") else "",
            (part.text or "") if isinstance(part.tag, str) else "",
            part.tail or "",
        ]
    return "".join(pieces)
