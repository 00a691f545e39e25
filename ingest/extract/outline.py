"""The outline of a text: its numbered headings and items as a tree whose paths are addresses (`一/（二）/二是`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from archive.records import Document, OutlineNode
from archive.text import Span

_DIGITS = "一二三四五六七八九十"
_NUMBER = {digit: value for value, digit in enumerate(_DIGITS, 1)}


@dataclass(frozen=True, slots=True)
class Style:
    """A style of marks. Lower `rank` stands higher in the tree; `inline` marks may stand inside a paragraph, after a sentence."""

    name: str
    rank: int
    pattern: str
    address: str
    inline: bool = False


STYLES = (
    Style("chapter", 0, r"第(?P<chapter>[一二三四五六七八九十]{1,3})(?:部分|章)[:：、 \t\u3000]{0,2}", "第{}章"),
    Style("part", 1, r"第(?P<part>[一二三四五六七八九十]{1,3})节[:：、 \t\u3000]{0,2}", "第{}节"),
    Style("section", 2, r"(?P<section>[一二三四五六七八九十]{1,3})、", "{}"),
    Style("subsection", 3, r"[（(](?P<subsection>[一二三四五六七八九十]{1,3})[）)][、.．]?", "（{}）"),
    Style("point", 4, r"(?P<point>\d{1,2})(?:[.．](?!\d)|、)[ \t\u3000]?", "{}", inline=True),
    Style("subpoint", 5, r"[（(](?P<subpoint>\d{1,2})[）)]、?", "（{}）", inline=True),
    Style("circle", 6, r"(?P<circle>[①-⑳])", "{}", inline=True),
    Style("ordinal", 7, r"第(?P<ordinal>[一二三四五六七八九十])[，,、:：]", "第{}", inline=True),
    Style("item", 8, r"(?P<item>[一二三四五六七八九十])(?:是|要)(?!否|非|不是)[，,:：]?", "{}是", inline=True),
    Style("side", 8, r"(?P<side>另?一方面|首先|其次|再次|最后)[，,:：]", "{}", inline=True),
)
_BY_NAME = {style.name: style for style in STYLES}
_AT_LINE_START = "|".join(style.pattern for style in STYLES)
_INLINE = "|".join(re.sub(r"\?P<(\w+)>", r"?P<\1_>", style.pattern) for style in STYLES if style.inline)
_HEADING_LINE = r"(?P<heading>[^\s。，；：！？、,;:!?.\d][^\n。，；！？,;!?]{1,18}[^\n。，；：！？、,;:!?])(?=\n)"
_MARKS = re.compile(rf"(?m:^)(?:{_AT_LINE_START}|{_HEADING_LINE})|(?<=[。；;！？!?：:”）)])(?:{_INLINE})")
_TITLE_END = re.compile(r"[。；;！？!?\n]|[:：](?=\n|[一1（(①])")
_CLAUSE = re.compile(r"[，,]")
LONG_TITLE = 30
"""Code points. A longer lead sentence is cut to its leading clause: the longest real headings of the samples have 33 with their comma."""
_SIDES = {"一方面": 1, "另一方面": 2, "首先": 1, "其次": 2, "再次": 3, "最后": 4}


_HEADING = Style("heading", 3, "", "")
"""An unmarked heading on a line of its own (案例背景, 主要做法): no node, but it ends the items and sections of the heading before it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    style: Style
    number: int
    label: str
    start: int
    end: int


def find_outline(doc: Document) -> Document:
    """Fill `outline`."""
    return replace(doc, outline=outline_of(doc.text))


def outline_of(text: str) -> tuple[OutlineNode, ...]:
    """The outline of `text` in its order.

    A mark opens a node when it is the first of its style in its parent, or counts on from the one before; `二是` without `一是` is no mark.
    """
    nodes: list[OutlineNode] = []
    opened: list[tuple[_Mark, int]] = []  # marks whose section goes on, with the number of their node
    ends: dict[int, int] = {}
    taken: Counter[str] = Counter()
    marks = _accepted([mark for match in _MARKS.finditer(text) if (mark := _read(match))])
    for mark, following in zip_longest(marks, marks[1:]):
        while opened and opened[-1][0].style.rank >= mark.style.rank:
            ends[opened.pop()[1]] = mark.start
        if mark.style is _HEADING:
            continue
        parent = nodes[opened[-1][1]].path if opened else None
        path = f"{parent}/{_address(mark)}" if parent else _address(mark)
        taken[path] += 1
        span = _title_span(text, mark, following.start if following else len(text))
        node = OutlineNode(
            path=path if taken[path] == 1 else f"{path}#{taken[path]}",
            marker=mark.label,
            title=span.of(text),
            level=len(opened) + 1,
            span=span,
            extent=Span(mark.start, len(text)),
            parent=parent,
        )
        opened.append((mark, len(nodes)))
        nodes.append(node)
    kept = [mark for mark in marks if mark.style is not _HEADING]
    return _with_extents(text, nodes, kept, ends)


def _read(match: re.Match[str]) -> _Mark | None:
    name = next(name for name, value in match.groupdict().items() if value)
    if name == "heading":
        return _Mark(_HEADING, 1, "", match.start(), match.end())
    style, value = _BY_NAME[name.removesuffix("_")], match[name]
    number = _number(value)
    return _Mark(style, number, match.group().strip(), match.start(), match.end()) if number else None


def _number(value: str) -> int:
    if value in _SIDES:
        return _SIDES[value]
    if value.isascii():
        return int(value)
    if "①" <= value <= "⑳":
        return ord(value) - ord("①") + 1
    tens, ten, ones = value.rpartition("十")
    if not ten:
        return _NUMBER.get(value, 0)
    return (_NUMBER[tens] if tens else 1) * 10 + (_NUMBER[ones] if ones else 0) if tens in ("", *_DIGITS) and ones in ("", *_DIGITS) else 0


def _accepted(marks: list[_Mark]) -> list[_Mark]:
    """The marks that count from 1 among their siblings; one number may be missing (scrapers lose lines)."""
    kept: list[_Mark] = []
    last: dict[int, tuple[str, int]] = {}
    for mark in marks:
        style, number = last.get(mark.style.rank, ("", 0))
        expected = number + 1 if style == mark.style.name else 1
        if mark.style is _HEADING or mark.number == 1 or expected <= mark.number <= expected + (0 if mark.style.inline else 1):
            kept.append(mark)
            last = {rank: seen for rank, seen in last.items() if rank < mark.style.rank}
            last[mark.style.rank] = (mark.style.name, mark.number)
    return kept


def _address(mark: _Mark) -> str:
    if mark.style.name == "side":
        return mark.label.rstrip("，,:：")
    if mark.style.name in ("point", "subpoint"):
        return mark.style.address.format(mark.number)
    value = re.sub(r"[^一二三四五六七八九十①-⑳]", "", mark.label)
    return mark.style.address.format(value)


def _title_span(text: str, mark: _Mark, limit: int) -> Span:
    """The heading behind a mark: its line, its first sentence, or of a long sentence the leading clause with its parallels."""
    end = _TITLE_END.search(text, mark.end, limit)
    stop = end.start() if end else limit
    if stop - mark.end > LONG_TITLE:
        stop = _leading_clauses(text, mark.end, stop)
    while stop > mark.end and text[stop - 1].isspace():
        stop -= 1
    return Span(mark.end, stop)


def _leading_clauses(text: str, start: int, stop: int) -> int:
    """The end of the first clause and of those after it that are exactly as long: `抓住关键，示范带动，抓住党政…` gives two."""
    ends = [match.start() for match in _CLAUSE.finditer(text, start, stop)] + [stop]
    first = ends[0]
    for previous, end in pairwise(ends):
        if end - previous - 1 != first - start:
            return previous
    return stop if len(ends) > 1 else first


def _with_extents(text: str, nodes: list[OutlineNode], marks: list[_Mark], ends: dict[int, int]) -> tuple[OutlineNode, ...]:
    """Give every node its extent: to where its section was closed, and for an item inside a paragraph no further than that."""
    line_ends = [match.start() for match in re.finditer("\n", text)] + [len(text)]
    done: list[OutlineNode] = []
    for number, (node, mark) in enumerate(zip(nodes, marks, strict=True)):
        start, end = node.extent.start, ends.get(number, len(text))
        if mark.style.inline and start and text[start - 1] != "\n":
            end = min(end, line_ends[bisect_right(line_ends, start)])
        while end > node.span.end and text[end - 1].isspace():
            end -= 1
        done.append(replace(node, extent=Span(start, end)))
    return tuple(done)
