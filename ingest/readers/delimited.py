"""Tables as text (CSV, TSV): the encoding as for any Chinese text, the separator by which the lines have most alike."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from archive.errors import UnreadableFile
from ingest.readers.base import ReadOptions
from ingest.readers.binary import refuse_binary
from ingest.readers.encodings import ENCODINGS, decode
from ingest.readers.sheets import Budget, Sheet, raw_text
from ingest.stages import RawText

SEPARATORS = ",\t;|，"
"""What stands between cells, the commonest first."""

_SAMPLE_ROWS = 200
_LONGEST_LINES = 20
"""Line breaks in one cell above which a quotation mark was never closed; addresses and remarks have five or six."""
_MARK = "sep="


class DelimitedReader:
    """Files of rows with `.csv`, `.tsv` or `.tab` names."""

    name = "table of text"
    extensions: Sequence[str] = (".csv", ".tsv", ".tab")
    media_types: Sequence[str] = ("text/csv", "text/tab-separated-values")
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """Its lines and its table. Raises UnreadableFile when it is no text."""
        decoded = decode(data)
        if decoded is None:
            raise UnreadableFile(f"it is no text in {ENCODINGS} (binary, or too badly damaged); save it as UTF-8 text, or as .xlsx")
        refuse_binary(decoded)
        text = decoded.text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        told = [f"{decoded.damaged} damaged characters could not be decoded as {decoded.encoding}"] if decoded.damaged else []
        separator = _announced(text) or separator_of(text, PurePath(name).suffix.lower() in (".tsv", ".tab"))
        rows = _rows(text, separator, csv.QUOTE_MINIMAL)
        if rows is None:
            told.append("a quotation mark in it is never closed: its quotation marks are read as text")
            rows = _rows(text, separator, csv.QUOTE_NONE) or []
        sheet, budget = Sheet(PurePath(name).stem), Budget()
        for number, row in enumerate(rows):
            cells = [(column, _bare(cell)) for column, cell in enumerate(row)]
            budget.keep(sheet, number, [cell for cell in cells if cell[1].strip()] if row != [_MARK + separator] else [])
        return raw_text(self, name, data, [sheet], warnings=told, encoding=decoded.encoding)


def separator_of(text: str, tabs: bool = False) -> str:
    """The separator by which most rows have as many cells as most others; a comma where none parts them. `tabs` is what a name promises."""
    best, score = ("\t" if tabs else ","), 0.0
    for separator in "\t" + SEPARATORS if tabs else SEPARATORS:
        rows = [row for row in _rows(text, separator, csv.QUOTE_MINIMAL, _SAMPLE_ROWS) or () if any(row)]
        sizes = Counter(len(row) for row in rows)
        sizes.pop(1, None)
        if not sizes:
            continue
        size, count = max(sizes.items(), key=lambda item: (item[1], item[0]))
        found = count / len(rows) * (1 - 0.1 / size)
        if found > score + 1e-9:
            best, score = separator, found
    return best


def _announced(text: str) -> str | None:
    """The separator that Excel's own first line names (`sep=;`)."""
    first = text.partition("\n")[0].strip('"')
    return first[len(_MARK) :] if first.lower().startswith(_MARK) and len(first) == len(_MARK) + 1 else None


def _rows(text: str, separator: str, quoting: int, most: int | None = None) -> list[list[str]] | None:
    """The rows, or the first `most`; None where a quotation mark that is never closed takes the rest of the file for one cell."""
    lines = text.split("\n")
    given = (line + "\n" for line in lines)
    found: list[list[str]] = []
    try:
        for row in csv.reader(given, delimiter=separator, quoting=quoting):  # type: ignore[arg-type]
            if any(cell.count("\n") > _LONGEST_LINES for cell in row):
                return None
            found.append([cell.rstrip("\n") for cell in row])
            if most is not None and len(found) >= most:
                break
    except csv.Error:
        return None
    return found


def _bare(cell: str) -> str:
    """A cell without the dress that keeps Excel from taking it for a number: ="0471"."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 3 else cell
