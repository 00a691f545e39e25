"""What every spreadsheet reader shares: sheets as their cells show themselves, and the way from there to lines and tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from archive.errors import UnreadableFile
from archive.layout import Location
from ingest.readers.base import Reader, source_of
from ingest.readers.builder import CellText, TextBuilder
from ingest.readers.table_titles import title_of
from ingest.stages import FileMeta, RawText

MAX_CELLS = 200_000
"""Cells with something in them, of all sheets together. A county's yearbook has 30,000; each costs a kilobyte on its way to the index."""

MAX_COLUMNS = 1_000
"""Columns of a sheet. Excel has 16,384; the widest return of a county that was seen has 120."""

MAX_AREA = 1_000_000
"""Places of a sheet's tables, empty ones too: a figure in every thousandth row and column is no table."""

MAX_CELL = 32_767
"""Characters of a cell: Excel's own limit."""

_LONGEST_TITLE = 60
_NUMBER = re.compile(r"[-+(（]?[\d,.，]+[%％)）]?$|[-—–/…]{1,2}$")
_NOTE = re.compile(
    r"(?:注|说明|备注|附注|(?:资料|数据)?来源|填表|填报|审核|制表|复核|单位负责人|统计负责人|联系人)[\d一二三]?\s*[:：]|[*＊※]|\d[.、．]\S"
)
_ASIDE = re.compile(r"[^:：]{1,12}[:：]|[（(]?(?:19|20)\d\d\s?年|附?表\s?[\d一二三四五六七八九十]")
_MOST_ASIDES = 6


class ShownCell(NamedTuple):
    """What a cell shows. `row` and `column` count from 0."""

    row: int
    column: int
    text: str


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells that show something, by row and column; how many rows and columns the merged ones span; what a reader of it does
    not see (`hidden` rows), formulas without a value, cells with an error, and what is printed above each page in the middle."""

    name: str
    cells: list[ShownCell] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: int = 0
    uncounted: int = 0
    errors: int = 0
    left_out_rows: int = 0
    left_out_columns: int = 0
    hidden: bool = False
    header: str = ""

    @property
    def first_column(self) -> int:
        """The first column with something in it."""
        return min((cell.column for cell in self.cells), default=0)


class Budget:
    """How many cells may still be kept, of all sheets of a file together."""

    def __init__(self, cells: int | None = None) -> None:
        self._left = MAX_CELLS if cells is None else cells

    def keep(self, sheet: Sheet, row: int, cells: Sequence[tuple[int, str]]) -> None:
        """Add the cells of a row to a sheet, as far as the limits go; the sheet counts what they leave out."""
        if not cells:
            return
        if len(cells) > self._left:
            self._left = 0
            sheet.left_out_rows += 1
            return
        self._left -= len(cells)
        for column, text in cells:
            if column < MAX_COLUMNS:
                sheet.cells.append(ShownCell(row, column, text[:MAX_CELL]))
            else:
                sheet.left_out_columns = max(sheet.left_out_columns, column + 1 - MAX_COLUMNS)


def address(row: int, column: int) -> str:
    """The place of a cell in A1 notation; both count from 0."""
    return f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=MAX_COLUMNS)
def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def raw_text(
    reader: Reader, name: str, data: bytes, sheets: Sequence[Sheet], *, warnings: Iterable[str] = (), encoding: str | None = None
) -> RawText:
    """The text of a workbook: of each sheet its tables, and the lines above and below them.

    Raises UnreadableFile when nothing stands in it.
    """
    builder = TextBuilder()
    told = list(warnings)
    for sheet in sheets:
        if builder.at and sheet.cells:
            builder.newline()
        for block in _blocks(sheet, told):
            block.put(builder)
        told += _left_out(sheet)
    built = builder.built()
    if not built.text.strip():
        raise UnreadableFile("its sheets are empty; leave it out or fetch it again")
    above = built.text[: built.tables[0].span.start] if built.tables else built.text.partition("\n")[0]
    return RawText(
        source_of(reader, name, data, told, encoding),
        built.text,
        built.layout,
        built.tables,
        built.headings,
        meta=FileMeta(title=title_of([*above.split("\n"), *(sheets[0].header.split("\n") if sheets else ())])),
        paragraphs=True,
        reader=reader.name,
    )


def _left_out(sheet: Sheet) -> Iterator[str]:
    counted = (
        (sheet.left_out_rows, "row{s} left out beyond the limits; split the workbook to have all of it"),
        (sheet.left_out_columns, f"column{{s}} left out beyond the {MAX_COLUMNS:,}th; split the sheet to have all of it"),
        (sheet.uncounted, "formula{s} without a stored value; open the workbook, let it compute and save it"),
        (sheet.errors, "cell{s} with an error (#REF! and the like) as it is shown; correct the workbook"),
        (sheet.hidden_rows, "hidden row{s} read too"),
    )
    for count, words in counted:
        if count:
            yield f"sheet {sheet.name}: {count:,} " + words.format(s="s" if count > 1 else "")
    if sheet.hidden and sheet.cells:
        yield f"sheet {sheet.name} is hidden and was read too"


class _Row(NamedTuple):
    row: int
    cells: tuple[ShownCell, ...]


class _Block(NamedTuple):
    """Rows that stand together: lines, a table, lines."""

    sheet: Sheet
    above: list[_Row]
    table: list[_Row]
    below: list[_Row]

    def put(self, builder: TextBuilder) -> None:
        """Add it to a text."""
        for row in self.above:
            self._line(builder, row)
        if self.table:
            builder.table(self._grid(), self.sheet.name)
        for row in self.below:
            self._line(builder, row)

    def _line(self, builder: TextBuilder, row: _Row) -> None:
        for number, cell in enumerate(row.cells):
            for part, line in enumerate(filter(None, map(str.strip, cell.text.split("\n")))):
                if part:
                    builder.newline()
                elif number:
                    builder.piece("  ")
                builder.piece(" ".join(line.split()), self._place(cell))
        builder.newline()

    def _place(self, cell: ShownCell) -> Location:
        return Location(None, None, None, f"{self.sheet.name}!{_letters(cell.column)}{cell.row + 1}")

    def _grid(self) -> list[list[CellText | None]]:
        """The table without its empty rows and columns; a merged cell spans those of its places that are left."""
        merged = self.sheet.merged
        columns = sorted({cell.column for row in self.table for cell in row.cells})
        at = {column: index for index, column in enumerate(columns)}
        grid: list[list[CellText | None]] = [[_EMPTY] * len(columns) for _ in self.table]
        left = MAX_AREA
        for index, row in enumerate(self.table):
            for cell in row.cells:
                place = at[cell.column]
                down, across = merged.get((cell.row, cell.column), (1, 1)) if merged and left > 0 else (1, 1)
                if down == across == 1:
                    grid[index][place] = CellText(cell.text, self._place(cell))
                    continue
                last = bisect_left(self.table, cell.row + down, key=lambda one: one.row) if down > 1 else index + 1
                end = bisect_left(columns, cell.column + across) if across > 1 else place + 1
                left -= (last - index) * (end - place) - 1
                for covered in grid[index:last]:
                    covered[place:end] = [None] * (end - place)
                grid[index][place] = CellText(cell.text, self._place(cell), last - index, end - place)
        return grid


_EMPTY = CellText("")


def _blocks(sheet: Sheet, told: list[str]) -> Iterator[_Block]:
    """The blocks of a sheet: a new one begins at a title or another line behind an empty row, or above another head."""
    rows = _rows(sheet)
    wide, first = len({cell.column for cell in sheet.cells}) > 1, sheet.first_column
    start = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and not _begins(rows, index, sheet, wide, first):
            continue
        yield _block(sheet, rows[start:index], told, first)
        start = index


def _begins(rows: Sequence[_Row], index: int, sheet: Sheet, wide: bool, first: int) -> bool:
    """Whether a block begins at a row: a line behind an empty row, or right below figures and above a head with figures below it."""
    if not _is_line(rows[index], sheet, wide, first):
        return False
    if rows[index].row > rows[index - 1].row + 1:
        return True
    below = rows[index + 1 : index + 1 + _MOST_ASIDES]
    below = below[next((number for number, row in enumerate(below) if not _is_line(row, sheet, wide, first)), len(below)) :]
    heads = list(takewhile(lambda row: not _has_number(row), below))
    if not heads or len(heads) == len(below) or not _has_number(rows[index - 1]):
        return False
    spans = ((cell.column, sheet.merged.get((cell.row, cell.column), (1, 1))[1]) for cell in heads[0].cells)
    covered = {column for start, across in spans for column in range(start, start + min(across, MAX_COLUMNS))}
    return len(heads[0].cells) > 1 and covered.issuperset(cell.column for cell in below[len(heads)].cells)


def _has_number(row: _Row) -> bool:
    return any(_NUMBER.match(cell.text.strip()) for cell in row.cells)


def _rows(sheet: Sheet) -> list[_Row]:
    found: dict[int, list[ShownCell]] = {}
    for cell in sheet.cells:
        found.setdefault(cell.row, []).append(cell)
    return [_Row(row, tuple(found[row])) for row in sorted(found)]


def _block(sheet: Sheet, rows: list[_Row], told: list[str], first: int) -> _Block:
    wide = len({cell.column for row in rows for cell in row.cells}) > 1
    above = list(takewhile(lambda row: _is_line(row, sheet, wide, first), rows))
    rest = rows[len(above) :]
    below = list(takewhile(lambda row: _is_note(row, sheet), reversed(rest)))[::-1]
    table = rest[: len(rest) - len(below)]
    columns = len({cell.column for row in table for cell in row.cells})
    most = MAX_AREA // max(1, columns)
    if len(table) > most:
        told.append(f"sheet {sheet.name}: {len(table) - most:,} rows left out of a table with hardly anything in it; split the sheet")
        table = table[:most]
    return _Block(sheet, above, table, below)


def _is_line(row: _Row, sheet: Sheet, wide: bool, first: int) -> bool:
    """Whether a row above a table is a title, a unit or another remark, and no head of it."""
    cells = row.cells
    if len(cells) == 1:
        across = sheet.merged.get((cells[0].row, cells[0].column), (1, 1))[1]
        leads = across > 1 or cells[0].column == first or bool(_ASIDE.match(cells[0].text))
        return not wide or (leads and not _NUMBER.match(cells[0].text.strip()))
    return (
        len(cells) <= _MOST_ASIDES
        and all(_ASIDE.match(cell.text.strip()) and len(cell.text) <= _LONGEST_TITLE for cell in cells)
        and any(":" in cell.text or "：" in cell.text for cell in cells)
    )


def _is_note(row: _Row, sheet: Sheet) -> bool:
    """Whether a row below a table is a note of it: a remark that begins like one, or a sentence across the sheet."""
    first = row.cells[0]
    if _NOTE.match(first.text.strip()):
        return len(row.cells) == 1 or _is_line(row, sheet, True, 0)
    across = sheet.merged.get((first.row, first.column), (1, 1))[1]
    return len(row.cells) == 1 and (across > 2 or len(first.text) > _LONGEST_TITLE) and not _NUMBER.match(first.text.strip())
