"""Finds the parts of a document that speak of plans: under headings such as 下一步工作安排, and paragraphs that begin with such words."""

from __future__ import annotations

import re

from archive.records import Document
from archive.text import Span

_LINE = re.compile(r"\n[ 　]*(?=\S)")
_HEADING = re.compile(
    r"(?:(?P<chapter>第[一二三四五六七八九十]{1,3}(?:部分|章|篇)[:：、 　]{0,2})|(?P<top>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<low>[(（][一二三四五六七八九十]{1,3}[)）]))"
    r"(?P<title>[^。；\n]{2,60})|(?P<bare>(?:20\d\d年度?)?[^\s\d，。；：！？、,;:!?.(（][^\n，。；：！？,;:!?]{1,22}"
    r"(?:(?=\n)|(?=[：:]\n[ 　]*[(（]?一[)）、])|(?<=建议|对策|打算|思路)(?=[：:]\n)))"
)
_NEXT = re.compile(r"\n[ 　]{0,4}(?:[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)")
_NEAR = 600  # characters in which a numbering begins that a heading without a number stands above
_REVIEW = re.compile(r"(20\d\d)年度?[^，。；,\n]{0,16}(?:回顾|总结|完成情况|工作情况|主要成效)")
_AHEAD = re.compile(r"(20\d\d)年度?[^，。；,\n]{0,10}(?:工作|任务|重点|安排|打算|计划|思路|目标|举措)")
_BEHIND = re.compile(r"回顾|总结|情况|成效|以来|完成")
_PLAN = re.compile(
    r"(?:方案|规划|工作要点|(?:工作|行动)(?:计划|安排|打算|思路|部署)|(?:预期|主要|发展)目标|目标任务)"
    r"(?:[(（][^()（）]{0,12}[)）])?$"
)
_GOES_ON = frozenset(":：;；")
_ITEM = re.compile(r"[-—•·●◆■①-⑳\d(（]")


def is_plan(doc: Document) -> bool:
    """Whether the title says that the whole document is a plan (2025年工作要点)."""
    return bool(doc.title and _PLAN.search(doc.title) and not _BEHIND.search(doc.title))


def planned_sections(doc: Document, heading: re.Pattern[str], opening: re.Pattern[str]) -> list[Span]:
    """The parts of the text that hold plans, merged and sorted.

    `heading` tells their headings, `opening` the first words of their paragraphs.
    """
    if is_plan(doc):
        return [Span(0, len(doc.text))]
    year = _reviewed(doc)
    spans = [node.extent for node in doc.outline if _announces(node.title, heading, year)]
    text = f"\n{doc.text}\n"
    open_: list[tuple[int, int]] = []  # the rank and start of each heading of plans that is not closed
    listed = False
    for line in _LINE.finditer(text):
        start = line.end() - 1
        title = _HEADING.match(text, line.end())
        if title is not None:
            rank = _rank(title)
            spans += [Span(begun, start) for other, begun in open_ if other >= rank]
            open_ = [(other, begun) for other, begun in open_ if other < rank]
            if _announces(title["title"] or title["bare"], heading, year):
                open_.append((rank, start))
            listed = False
        elif listed or opening.match(text, line.end()):
            end = text.index("\n", line.end())
            spans.append(Span(start, end - 1))
            listed = text[end - 1] in _GOES_ON or (listed and bool(_ITEM.match(text, line.end()) and _ITEM.match(text, end + 1)))
    return _merged(sorted([*spans, *(Span(begun, len(doc.text)) for _, begun in open_)]))


def _rank(title: re.Match[str]) -> int:
    """How high a heading stands, 0 the highest; one without a number stands right above the numbering that begins below it."""
    if title["bare"] and (found := _NEXT.search(title.string, title.end(), title.end() + _NEAR)):
        first = found[0].strip()
        return 1 if first == "一、" else 3 if first[1:-1] == "一" else 5
    return next(rank for rank, name in ((0, "chapter"), (2, "top"), (4, "low"), (5, "bare")) if title[name])


def _reviewed(doc: Document) -> int:
    """The year on which the document looks back: headings that name a later one announce plans."""
    stated = _REVIEW.search(doc.title or "") or _REVIEW.search(doc.text, 0, 600)
    if stated:
        return int(stated[1])
    return int(doc.period[:4]) if doc.period and doc.period[:4].isdigit() else 9999


def planned_year(title: str) -> int | None:
    """The year for which a heading announces plans (2024年重点工作); None where it looks back or names none."""
    ahead = _AHEAD.search(title) if "年" in title else None
    return int(ahead[1]) if ahead and not _BEHIND.search(title) else None


def _announces(title: str, heading: re.Pattern[str], year: int) -> bool:
    return bool(heading.search(title)) or (planned_year(title) or 0) > year


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
