"""Names that stand in a list: 深入甲镇、乙镇等9个乡镇 says where somebody went, and what follows is about none of them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.text import Span
from ingest.extract.place_words import place_words

_TAIL = r"(?:[省市区县旗州盟乡镇村]|街道|社区|苏木|嘎查)"
_MORE = rf"(?:[、和及与][^\W\d_和及与]{{1,8}}?{_TAIL}){{0,9}}"  # places of the list that are not known as such
_JOINT = re.compile(rf"{_MORE}(?:[、和及与]|以及)|（[^（）\n]{{0,12}}）、?")
_OPEN_END = re.compile(rf"{_MORE}等(?![级待额于])")
_COUNTED = re.compile(rf"{_MORE}(?:这|共)?(?:\d{{1,4}}|[一二两三四五六七八九十百几数多]{{1,4}})[余多]?个?(?:{_TAIL}|[地处])")
_SAID_BEFORE = re.compile(rf"(?:\d{{1,4}}|[一二两三四五六七八九十百几数多]{{1,4}})个?(?:{_TAIL}|办)[（(]$")
_CLAUSE = re.compile(r"[，,；;。！？!?：:\n]")
_BACK = 14  # characters between the word for going and the first place: 先后到我县的


def listed(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Where those of `spans` (sorted places of names in `text`) start that stand in a list which is closed by 等 or by its number
    (甲镇、乙镇2个镇; 辖2镇（甲镇、乙镇）), or which tells where somebody went (走访甲村、乙村)."""
    found: set[int] = set()
    for run in _runs(text, spans):
        several = any(left.end < right.start for left, right in pairwise(run))
        end = run[-1].end
        bracketed = several and _SAID_BEFORE.search(text, max(0, run[0].start - _BACK), run[0].start) and text[end : end + 1] in ("）", ")")
        if _OPEN_END.match(text, end) or bracketed or (several and (_COUNTED.match(text, end) or _visited(text, run[0].start))):
            found.update(span.start for span in run)
    return frozenset(found)


def _runs(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Names that only a joint or nothing keeps apart, run by run."""
    run: list[Span] = []
    for span in spans:
        gap = text[run[-1].end : span.start] if run else ""
        if run and gap and not _JOINT.fullmatch(gap):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _visited(text: str, start: int) -> bool:
    clause = _CLAUSE.split(text[max(0, start - _BACK) : start])[-1]
    return any(word in clause for word in place_words().visit)
