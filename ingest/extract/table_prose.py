"""Tables that hold sentences: forms, and tables that only lay a page out. What they say is for the rules that read sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.layout import Cell, Table
from ingest.extract.table_numbers import number_in

LEAST = 12
"""Characters of a sentence in a cell; shorter ones are labels with a full stop."""
_SENTENCE = re.compile(
    r"[^。；！？]{8}[^。；！？]*[。；！？]|[^，,]{4}[^，,]*[，,][^，,]{4}"
    r"|(?=.*\d)[^，,]{6}[^，,]*[，,][^，,]{6}"
)
_SHARE = 0.6
_FEW_FIGURES = 0.2


def is_sentence(text: str) -> bool:
    """Whether a cell holds prose: a sentence with its mark, or several clauses; two are enough where they tell a figure."""
    return len(text) > LEAST and _SENTENCE.search(text) is not None


def sentences(table: Table, text: str) -> Sequence[Cell]:
    """The cells of a table that hold prose, in their order."""
    return [cell for cell in table.cells if is_sentence(cell.span.of(text))]


def is_prose(table: Table, text: str) -> bool:
    """Whether a table is a form or a layout: most of its characters stand in sentences, and hardly a cell is a figure."""
    filled = [cell.span.of(text) for cell in table.cells if cell.span.start < cell.span.end]
    said = sum(len(words) for words in filled if is_sentence(words))
    figures = sum(number_in(words) is not None for words in filled if len(words) < LEAST * 2)
    return bool(filled) and said >= _SHARE * sum(map(len, filled)) and figures <= _FEW_FIGURES * len(filled)
