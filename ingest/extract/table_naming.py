"""What names a figure where the words beside it are a place: heads that say only how many (户数), and columns of labels that are places."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from ingest.extract.table_grid import Grid
from ingest.extract.table_numbers import is_blank
from ingest.extract.table_words import HeadText, Role, taken_apart

_NAMING = re.compile(r"(?:人|户|个|件|次)数|金额|总额|规模|(?:行政)?村|.{0,6}(?:社区|学校|企业|街道|乡镇|部门|单位)")
"""Heads that say what is counted where nothing else does; 数量 and 数值 do not."""
_AREA = re.compile(
    r"(?:所在|所属|行政|自然)?(?:村名?|村[庄屯组]|乡镇?|镇|街道|社区|村[(（]?社区[)）]?|乡[(（]镇[)）]|县|县[区市]|市县|市州|镇街|乡镇街道|地区|区域|区县)(?:名称?)?"
)
_SITE = re.compile(r"(?:项目|工程|活动)?(?:(?:建设|实施|施工|所在|举办|种植|养殖)?(?:地点|地址|位置|地区|区域)|(?:所在|坐落|建设|实施)地)")
_REGION = re.compile(r".{1,4}(?:片区?|组团|板块)")
_KNOWN = 2
"""A column is one of places where its head says so, or where one label of so many is a place that is known."""


def naming_of(heads: Sequence[HeadText]) -> str:
    """What the lowest of the heads of a column counts where it is one that names little; empty where it names nothing."""
    silent = [head.words for head in heads if head.role in (Role.NUMBER, Role.LABEL) and _NAMING.fullmatch(head.words)]
    return silent[-1] if silent else ""


def place_columns(grid: Grid, known: Container[str]) -> frozenset[int]:
    """The label columns whose labels are places, also those that no list knows."""
    return frozenset(column for column in grid.labels if _is_of_places(grid, column, known))


def site_columns(grid: Grid) -> tuple[int, ...]:
    """The columns beside the labels that say where what a row is about stands: 建设地点, 所在乡镇."""
    heads = ((column, grid.lowest_head(column)) for column in range(grid.width) if column not in grid.labels)
    return tuple(column for column, head in heads if head is not None and (_SITE.fullmatch(head.words) or _AREA.fullmatch(head.words)))


def groups_places(label: str) -> bool:
    """Whether a label beside that of a place only says to which part of the county it belongs: 东片, 沿江片区."""
    return _REGION.fullmatch(label) is not None


def _is_of_places(grid: Grid, column: int, known: Container[str]) -> bool:
    head = grid.lowest_head(column)
    if head is not None and _AREA.fullmatch(head.words):
        return True
    labels = [text for row in range(grid.data, len(grid.places)) if not is_blank(text := grid.text(row, column))]
    return bool(labels) and _KNOWN * sum(taken_apart(text).words in known for text in labels) >= len(labels)
