"""How fast are spreadsheets read? `python -m benchmarks.reader_sheets [--rows 5000] [--rounds 3]`.

Rows a second of a sheet of ten columns (names, counts, percentages, days): python-calamine alone, which gives raw values without number
formats; lxml alone, which our reader stands on, giving the elements of the sheet; openpyxl; our reader, as text with the place of each
cell, with the garbage collector as Python has it and as a process that reads a file has it; and the whole way to statistics. Best of the
rounds, in processor seconds, and our reader's share beyond each library (at most half is wanted beside openpyxl).
"""

from __future__ import annotations

import argparse
import gc
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
from python_calamine import CalamineWorkbook

from ingest import readers
from ingest.child import NEW_OBJECTS
from ingest.pipeline import run
from ingest.readers.xlsx import elements


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


def parsed(data: bytes) -> int:
    """The rows of the first sheet as lxml gives them."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(1 for _ in elements(package.read("xl/worksheets/sheet1.xml"), "row"))


def as_in_a_child(data: bytes) -> None:
    """Our reader, in a process whose collector is set as that of one that reads a file."""
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS)
    try:
        readers.read("a.xlsx", data)
    finally:
        gc.set_threshold(*before)


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
        "lxml, elements": lambda: parsed(data),
        "our reader": lambda: readers.read("a.xlsx", data),
        "our reader, as in its process": lambda: as_in_a_child(data),
        "text to statistics": lambda: run(raw),
    }
    took: dict[str, float] = {}
    for name, call in ways.items():
        seconds = took[name] = best(options.rounds, call)
        print(f"{name:30} {seconds:8.2f} s {options.rows / seconds:12,.0f} rows a second")
    ours = took["our reader, as in its process"]
    for name in list(ways)[:3]:
        print(f"our reader beside {name:30} {ours / took[name]:5.2f} times its time, share beyond it {1 - took[name] / ours:4.0%}")


if __name__ == "__main__":
    main()
