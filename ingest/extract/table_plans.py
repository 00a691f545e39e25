"""Sentences in the cells of a table of tasks (重点任务分解表): what they say is planned, though it stands there without 将 or 计划."""

from __future__ import annotations

import re
from collections.abc import Callable

from archive.changed import changed
from archive.findings import Statistic, Status
from archive.layout import Table
from archive.records import Document

_TASKS = re.compile(r"(?:目标|计划|任务|规划|预安排)[^。，；]{0,8}(?:表|清单|台账|方案)(?:[（(][^（）()]{1,12}[)）])?$")
_DONE = re.compile(r"完成情况|进展|进度|落实情况|实绩|成效|已完成|整改")
_LONGEST_HEAD = 12


def with_plans(doc: Document, titles_of: Callable[[Table], tuple[str, ...]]) -> Document:
    """The document with figures of sentences in tables of tasks as planned ones. A table that also says what was done stays as it is.

    `titles_of` gives the titles above a table, the document's own included.
    """
    tables = [table for table in doc.tables if _of_tasks(table, doc.text, titles_of(table))]
    if not tables:
        return doc

    def told(item: Statistic) -> Statistic:
        inside = any(table.span.start <= item.span.start < table.span.end for table in tables)
        return changed(item, status=Status.PLANNED) if inside and item.status is Status.ACTUAL else item

    return changed(doc, statistics=tuple(map(told, doc.statistics)))


def _of_tasks(table: Table, text: str, titles: tuple[str, ...]) -> bool:
    if not any(_TASKS.search(title) for title in titles) or any(_DONE.search(title) for title in titles):
        return False
    short = (cell.span.of(text) for cell in table.cells if cell.span.end - cell.span.start <= _LONGEST_HEAD)
    return not any(_DONE.search(words) for words in short)
