"""Parts that must not exceed their whole (其中)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.findings import CheckKind, Statistic
from ingest.extract.check_terms import Finding, Sheet, bounds, same_kind, show

_CLOSED = re.compile(r"[；;]|。(?!其中)")

_OUTSIDE = re.compile(r"带动|辐射|累计|服务|覆盖|惠及|培训|联系|受益|吸纳")
"""Whoever a thing reaches may be more than the thing has: 基地500亩,其中辐射带动3000亩."""


def parts(sheet: Sheet) -> Iterator[Finding]:
    """A part named with 其中 is no more than its whole."""
    for sentence in sheet.sentences:
        for index in range(1, len(sentence)):
            whole, item = _whole_of(sheet, sentence, index), sentence[index]
            if whole is None or not same_kind(whole, item) or not sheet.adds_up(item) or not sheet.adds_up(whole):
                continue
            holds: bool | None = True if bounds(item)[1] <= bounds(whole)[0] else None
            if bounds(item)[0] > bounds(whole)[1] and not _OUTSIDE.search(sheet.lead(item)):
                holds = False
            if holds is not None:
                relation = f"{show(item.value)}<={show(whole.value)}(其中)"
                yield Finding(CheckKind.BOUND, relation, holds, (whole, item), float(item.value), float(whole.value))


def _whole_of(sheet: Sheet, sentence: tuple[Statistic, ...], index: int) -> Statistic | None:
    """The figure before the 其中 that the figure at `index` directly follows."""
    whole, item = sentence[index - 1], sentence[index]
    at = sheet.text.find("其中", whole.span.end, item.span.end)
    if not 0 <= at - whole.span.end <= 3 or _CLOSED.search(sheet.text, whole.span.end, at):
        return None
    if not sheet.is_change(whole):
        return whole
    level = sentence[index - 2] if index > 1 else None  # 1126人,比上年增加94人,其中…: of the 1126
    return level if level is not None and same_kind(whole, level) else None
