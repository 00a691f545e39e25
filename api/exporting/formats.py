"""The forms in which hits leave the archive, one row of FORMATS each."""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

import msgspec
import xlsxwriter
from anyio import CancelScope, to_thread

from api.exporting.rows import COLUMNS, Cell, row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767  # characters that a cell of a workbook takes
_CHUNK = 64 * 1024
_ROWS_AT_ONCE = 50  # some milliseconds; then others have their turn, whether or not the reader keeps up
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest that a ZIP can say: the same hits make the same file

Records = AsyncIterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Format:
    """A form: its extension, its media type, and what makes bytes of records."""

    extension: str
    media_type: str
    write: Callable[[Records], AsyncIterator[bytes]]


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection); numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


async def as_csv(records: Records) -> AsyncIterator[bytes]:
    """Comma-separated values as RFC 4180 has them, with a byte order mark: Excel takes a file without one for GBK."""
    yield "\ufeff".encode() + _csv_line([column.head for column in COLUMNS])
    async for lines in _together(_csv_line([harmless(cell) for cell in row(one)]) async for one in records):
        yield lines


async def as_jsonl(records: Records) -> AsyncIterator[bytes]:
    """An object a line; the names of the columns, enum values as GraphQL has them, nothing for what is unknown."""
    async for lines in _together(msgspec.json.encode(one) + b"\n" async for one in records):
        yield lines


async def as_xlsx(records: Records) -> AsyncIterator[bytes]:
    """A workbook; every text is a text, whatever it begins with. Rows go to the disk as they come."""
    with tempfile.TemporaryFile() as file:
        await _fill(file, records)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", as_csv),
    "jsonl": Format("jsonl", "application/jsonl; charset=utf-8", as_jsonl),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


async def _together(lines: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Lines as pieces of some; between two of them others have their turn, for a server that can send does not wait."""
    waiting: list[bytes] = []
    async for line in lines:
        waiting.append(line)
        if len(waiting) == _ROWS_AT_ONCE:
            yield b"".join(waiting)
            waiting.clear()
            await asyncio.sleep(0)
    if waiting:
        yield b"".join(waiting)


def _csv_line(cells: list[Cell] | list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


async def _fill(file: IO[bytes], records: Records) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    try:
        await _write(book, records)
    finally:  # it removes its temporary files, too; packing 50,000 rows takes 1.9 s, in which the loop must not stand still
        with CancelScope(shield=True):
            await to_thread.run_sync(book.close)


async def _write(book: xlsxwriter.Workbook, records: Records) -> None:
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("检索结果")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [column.head for column in COLUMNS], book.add_format({"bold": True}))
    number = 0
    async for one in records:
        number += 1
        if number % _ROWS_AT_ONCE == 0:
            await asyncio.sleep(0)
        for at, cell in enumerate(row(one)):
            if isinstance(cell, str):
                sheet.write_string(number, at, cell if len(cell) <= _LONGEST_CELL else f"{cell[: _LONGEST_CELL - 1]}…")
            elif cell is not None:
                sheet.write_number(number, at, cell)
    sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
