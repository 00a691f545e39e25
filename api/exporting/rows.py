"""Hits as rows of a table: the columns, in their order, with their Chinese heads and the place of their value in a hit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from schema.labels import CHINESE

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `name` in lines of JSON, its `head` in tables, and where the value is; `shown` values have Chinese names in tables."""

    name: str
    head: str
    path: str
    shown: bool = False


COLUMNS = (
    Column("type", "类型", "type", shown=True),
    Column("id", "编号", "id"),
    Column("quote", "原文", "quote"),
    Column("unitKind", "要点类别", "unitKind", shown=True),
    Column("themes", "主题", "themes"),
    Column("subject", "统计对象", "subject"),
    Column("value", "数值", "value"),
    Column("maxValue", "上限", "maxValue"),
    Column("unit", "单位", "unit"),
    Column("qualifier", "精确程度", "qualifier", shown=True),
    Column("status", "数据性质", "status", shown=True),
    Column("period", "时期", "period"),
    Column("indicator", "指标", "normal.indicator"),
    Column("normalValue", "折算数值", "normal.value"),
    Column("normalUnit", "折算单位", "normal.unit"),
    Column("confidence", "识别置信度", "confidence"),
    Column("practice", "做法名称", "name"),
    Column("practiceKind", "做法类别", "practiceKind", shown=True),
    Column("state", "应用状态", "state", shown=True),
    Column("placeName", "文中地名", "placeName"),
    Column("place", "地区", "place.name"),
    Column("placeId", "地区编号", "place.id"),
    Column("placeInferred", "地区为推断", "placeInferred"),
    Column("documentId", "文献编号", "document.id"),
    Column("documentTitle", "文献题名", "document.title"),
    Column("genre", "文体", "document.genre", shown=True),
    Column("authors", "作者", "document.authors"),
    Column("publishedOn", "发布日期", "document.publishedOn"),
    Column("file", "来源文件", "document.source.name"),
    Column("sha256", "文件校验值", "document.source.sha256"),
    Column("url", "原件地址", "document.source.url"),
    Column("start", "起", "evidence.range.start"),
    Column("end", "止", "evidence.range.end"),
)
_TYPES = {"Document": "DOCUMENT", "KnowledgeUnit": "KNOWLEDGE_UNIT", "Statistic": "STATISTIC", "Practice": "PRACTICE"}


def record(node: Mapping[str, Any], base: str) -> dict[str, Any]:
    """A hit as one flat object, by the names of the columns; what it does not have is left out. `base` goes before addresses."""
    whole = {**node, "type": _TYPES[node["__typename"]], "document": node.get("document") or node}
    found = {column.name: value for column in COLUMNS if (value := _at(whole, column.path)) not in (None, [])}
    if isinstance(found.get("themes"), list):
        found["themes"] = [theme["name"] for theme in found["themes"]]
    found["url"] = base + found["url"]
    return found


def row(found: Mapping[str, Any]) -> list[Cell]:
    """The cells of a record, in the order of the columns, as people read them."""
    return [_cell(found.get(column.name), column) for column in COLUMNS]


def _at(whole: Mapping[str, Any], path: str) -> Any:
    value: Any = whole
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _cell(value: object, column: Column) -> Cell:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if column.shown and isinstance(value, str):
        return CHINESE.get(value, value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # a lone surrogate fits into no file
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float) else None
