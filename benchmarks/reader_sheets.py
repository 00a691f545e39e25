"""How fast are spreadsheets read? `python -m benchmarks.reader_sheets [--rows 5000] [--rounds 3]`.

Rows a second of a sheet of ten columns (names, counts, percentages, days): python-calamine alone, which gives raw values without number
formats; our reader, as text with the place of each cell; and the whole way to statistics. Best of the rounds, in processor seconds.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
from python_calamine import CalamineWorkbook

from ingest import readers
from ingest.pipeline import run


def workbook(rows: int) -> bytes:
    """A sheet with a title, a head and so many rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("学校")
    sheet.append(["某县2023年学校基本情况"])
    sheet.append(["学校", *[f"项目{number}（人）" for number in range(7)], "占比", "登记日期"])
    for number in range(rows):
        share = openpyxl.cell.WriteOnlyCell(sheet, number % 100 / 100)
        share.number_format = "0.0%"
        counts = [(number * 37 + column * 11) % 900 + 7 for column in range(7)]
        sheet.append([f"第{number}小学", *counts, share, date(2023, 1, 1) + timedelta(days=number % 300)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def best(rounds: int, call: Callable[[], object]) -> float:
    """The least processor seconds of so many calls."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        call()
        found.append(time.process_time() - started)
    return min(found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    data = workbook(options.rows)
    raw = readers.read("a.xlsx", data)
    ways: dict[str, Callable[[], object]] = {
        "python-calamine, raw values": lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(),
        "openpyxl, read only": lambda: list(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0].values),
        "our reader": lambda: readers.read("a.xlsx", data),
        "text to statistics": lambda: run(raw),
    }
    for name, call in ways.items():
        seconds = best(options.rounds, call)
        print(f"{name:30} {seconds:8.2f} s {options.rows / seconds:12,.0f} rows a second")


if __name__ == "__main__":
    main()
