"""From blocks to the text of a file: lines and tables with their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from archive.layout import Location
from ingest.cleaning.lines import CLOSERS, SENTENCE_END, LineKind, kind_of
from ingest.readers.builder import CellText, TextBuilder
from ingest.readers.sheets import address
from ingest.readers.web.blocks import Block

_LABEL = re.compile(
    r"(?<=[^\s【（(\[|｜:：])(?=(?:(?:信息|文章)来源|(?<!信息)(?<!文章)来源|(?:发布|发表|更新)时间|发布日期|作者|(?<!责任)编辑|责任编辑|浏览次数|点击数|字体|字号)\s*[:：])"
)
"""Where a source line goes on with another label: templates put each in an element of its own, with a margin for a space."""
_LONGEST_SOURCE_LINE = 160
_LONG_LINE = 25  # characters from which on a line is a paragraph that ought to end like a sentence
_FEW = 4  # such lines tell nothing


def put(builder: TextBuilder, blocks: Sequence[Block], titles: Collection[int] = ()) -> None:
    """Add blocks; paragraphs and tables count in their order. `titles` are the places in `blocks` of lines that are the title."""
    paragraph = tables = 0
    for index, block in enumerate(blocks):
        if block.grid is not None:
            tables += 1
            paragraph = _put_table(builder, block, tables, paragraph)
            continue
        paragraph += 1
        builder.line(block.mark + _spaced(block.text), Location(paragraph=paragraph), 0 if index in titles else block.level)


def _spaced(text: str) -> str:
    is_source_line = len(text) <= _LONGEST_SOURCE_LINE and _LABEL.search(text) and kind_of(text) is LineKind.META
    return _LABEL.sub(" ", text) if is_source_line else text


def _put_table(builder: TextBuilder, block: Block, number: int, paragraph: int) -> int:
    """Add table `number`; the number of its last paragraph comes back."""
    rows: list[list[CellText | None]] = []
    for row, cells in enumerate(block.grid.rows if block.grid else ()):
        line: list[CellText | None] = []
        for column, cell in enumerate(cells):
            if cell is None:
                line.append(None)
                continue
            paragraph += bool(cell.text)
            place = Location(paragraph=paragraph if cell.text else None, cell=f"表{number}!{address(row, column)}")
            line.append(CellText(cell.text, place, cell.rows, cell.columns, cell.head))
        rows.append(line)
    builder.table(rows)
    return paragraph


def broken_off(blocks: Sequence[Block]) -> bool:
    """Whether lines break off in mid-sentence, as they do where a printed page was pasted: then they are to be joined."""
    long = [block.text for block in blocks if block.grid is None and block.level is None and len(block.text) >= _LONG_LINE]
    ended = [text for text in long if text.rstrip(CLOSERS)[-1:] in tuple(f"{SENTENCE_END}；;：:")]
    return len(long) >= _FEW and len(ended) * 2 < len(long)
