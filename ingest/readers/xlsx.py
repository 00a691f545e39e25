"""Excel workbooks of today (XLSX, XLSM): what their cells show, by their stored values and number formats. Macros are not looked at."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from archive.errors import UnreadableFile
from ingest.readers.base import ReadOptions
from ingest.readers.cell_formats import GENERAL, builtin, shown
from ingest.readers.packages import Package
from ingest.readers.sheets import Budget, Sheet, raw_text
from ingest.stages import RawText

MAX_SHEETS = 1_000
MAX_STRINGS = 2_000_000
"""Shared strings; more than the cells that are kept can name, because a workbook keeps those of all its cells."""
_LONGEST_KEPT = 24
"""Characters of a number that is kept with what it shows; a double has at most 24."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HEADER_CODE = re.compile(r'&(?:"[^"]{0,100}"|K[0-9A-Fa-f]{6}|\d{1,3}|.)')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class _Book(NamedTuple):
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool


class XlsxReader:
    """Workbooks with a `.xlsx` or `.xlsm` name."""

    name = "Excel workbook"
    extensions: Sequence[str] = (".xlsx", ".xlsm", ".xltx", ".xltm")
    media_types: Sequence[str] = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.ms-excel.sheet.macroEnabled",
        "application/vnd.ms-excel.template.macroEnabled",
    )
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The lines and tables of its sheets. Raises UnreadableFile when it is damaged, or too large to unpack."""
        package = Package(data)
        try:
            sheets, told = _sheets(package)
        except (etree.LxmlError, ValueError, KeyError, IndexError, OverflowError) as error:
            raise UnreadableFile(f"it is a damaged workbook ({type(error).__name__}); open it and save it anew") from error
        if "xl/vbaProject.bin" in package:
            told.append("its macros were not run; what only they compute is missing")
        return raw_text(self, name, data, sheets, warnings=told)


def _sheets(package: Package) -> tuple[list[Sheet], list[str]]:
    base = _workbook_path(package)
    workbook = _tree(package, base)
    targets = {row.get("Id"): row.get("Target", "") for row in _tree(package, _relations(base))}
    listed = list(workbook.iter("{*}sheet"))
    told = (
        [f"{len(listed) - MAX_SHEETS:,} sheets beyond the {MAX_SHEETS:,}th left out; split the workbook"]
        if len(listed) > MAX_SHEETS
        else []
    )
    since_1904 = any(row.get("date1904") in ("1", "true") for row in workbook.iter("{*}workbookPr"))
    folder = posixpath.dirname(base)
    book = _Book(_strings(package, f"{folder}/sharedStrings.xml"), _formats(package, f"{folder}/styles.xml"), since_1904)
    budget = Budget()
    sheets: list[Sheet] = []
    for row in listed[:MAX_SHEETS]:
        name, state = row.get("name", ""), row.get("state", "visible")
        target = targets.get(row.get(_RELATION) or row.get(_STRICT_RELATION)) or ""
        path = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target
        if state == "veryHidden" or "worksheets" not in path.lower():
            continue  # lists behind a form's menus that no menu shows; sheets of charts and macros
        sheets.append(_sheet(package.read(path), Sheet(name, hidden=state != "visible"), book, budget))
    return sheets, told


def _workbook_path(package: Package) -> str:
    for row in _tree(package, "_rels/.rels"):
        if row.get("Type", "").endswith("/officeDocument"):
            return row.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _relations(path: str) -> str:
    folder, name = posixpath.split(path)
    return f"{folder}/_rels/{name}.rels"


def _tree(package: Package, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    return etree.fromstring(package.read(path) or b"<none/>", parser)


def elements(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """The elements with these names, each gone from memory when the next one comes; no comments are left in them."""
    for _, element in etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    ):
        yield element
        element.clear()
        while element.getprevious() is not None and (parent := element.getparent()) is not None:
            del parent[0]


def _strings(package: Package, path: str) -> list[str]:
    data = package.read(path)
    found: list[str] = []
    for item in elements(data, "si") if data else ():
        found.append(_text(item))
        if len(found) > MAX_STRINGS:
            raise UnreadableFile(f"it has more than {MAX_STRINGS:,} texts; split it")
    return found


def _text(item: etree._Element) -> str:
    """The runs of a text without its phonetic readings."""
    runs = [run.text or "" for run in item.iter("{*}t") if etree.QName(run.getparent()).localname != "rPh"]
    text = "".join(runs)
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _formats(package: Package, path: str) -> list[str]:
    """The number format of each style that a cell can have."""
    tree = _tree(package, path)
    own = {row.get("numFmtId"): row.get("formatCode", GENERAL) for row in tree.iter("{*}numFmt")}
    styles = next(tree.iter("{*}cellXfs"), None)
    ids = [row.get("numFmtId", "0") for row in styles] if styles is not None else []
    return [own.get(number) or builtin(int(number)) for number in ids]


def _sheet(data: bytes, sheet: Sheet, book: _Book, budget: Budget) -> Sheet:
    row = -1
    for element in elements(data, "row", "mergeCell", "oddHeader") if data else ():
        if element.tag.endswith("mergeCell"):
            _merge(sheet.merged, element.get("ref", ""))
            continue
        if element.tag.endswith("oddHeader"):
            sheet.header = _middle(element.text or "")
            continue
        row = int(element.get("r") or row + 2) - 1
        cells = list(_row(element, sheet, book))
        if cells and element.get("hidden") in ("1", "true"):
            sheet.hidden_rows += 1
        budget.keep(sheet, row, cells)
    return sheet


def _middle(header: str) -> str:
    """The middle part of a header without the codes for fonts, sizes and page numbers; one without parts stands in the middle."""
    parts = re.split("&([LCR])", header)
    middle = parts[0] + "".join(text for side, text in zip(parts[1::2], parts[2::2], strict=True) if side == "C")
    return _HEADER_CODE.sub("", middle)


def _row(element: etree._Element, sheet: Sheet, book: _Book) -> Iterator[tuple[int, str]]:
    column = -1
    for cell in element.iterchildren("{*}c"):
        reference = _REFERENCE.match(cell.get("r") or "")
        column = _column(reference[1]) if reference else column + 1
        text = _shown(cell, sheet, book)
        if text and not text.isspace():
            yield column, text


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shown(cell: etree._Element, sheet: Sheet, book: _Book) -> str:
    value, formula, kind = None, False, cell.get("t", "n")
    for part in cell.iterchildren("{*}*"):  # no entities, which have no name
        end = part.tag[-2:]
        if end == "}v":
            value = part.text
        elif end == "}f":
            formula = True
        elif part.tag.endswith("}is"):
            return _text(part)
    if not value:
        sheet.uncounted += formula and kind != "str"
        return ""
    sheet.errors += kind == "e"
    return _number(cell, value, book) if kind == "n" else _SHOWN.get(kind, _as_it_is)(value, book)


def _number(cell: etree._Element, value: str, book: _Book) -> str:
    style = int(cell.get("s") or 0)
    code = book.formats[style] if style < len(book.formats) else GENERAL
    if len(value) > _LONGEST_KEPT:
        return shown(float(value), code, book.since_1904)
    return _shown_again(value, code, book.since_1904)


@lru_cache(maxsize=20_000)
def _shown_again(value: str, code: str, since_1904: bool) -> str:
    """What a cell shows of a number; years, shares and small counts come again and again in a sheet."""
    return shown(float(value), code, since_1904)


def _as_it_is(value: str, book: _Book) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)


_SHOWN: Mapping[str, Callable[[str, _Book], str]] = {
    "s": lambda value, book: book.strings[int(value)],
    "b": lambda value, book: "TRUE" if value == "1" else "FALSE",
    "d": lambda value, book: value.removesuffix("T00:00:00").replace("T", " "),
}
"""How a value of each kind is shown; a number has its format, and anything else is text."""


def _merge(merged: dict[tuple[int, int], tuple[int, int]], reference: str) -> None:
    ends = [(_column(found[1]), int(found[2]) - 1) for found in _REFERENCE.finditer(reference)]
    if len(ends) == 2 and len(merged) < MAX_STRINGS:
        (left, top), (right, bottom) = ends
        merged[top, left] = (bottom - top + 1, right - left + 1)
