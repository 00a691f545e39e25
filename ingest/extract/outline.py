"""The outline of a text: its numbered headings and items as a tree whose paths are addresses (`一/（二）/二是`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from archive.changed import changed
from archive.layout import Heading
from archive.records import Document, OutlineNode
from archive.text import Span
from ingest.extract.unit_cues import section_of

_DIGITS = "一二三四五六七八九十"
_NUMBER = {digit: value for value, digit in enumerate(_DIGITS, 1)}


@dataclass(frozen=True, slots=True)
class Style:
    """A style of marks. Lower `rank` stands higher in the tree; `inline` marks may stand inside a paragraph, after a sentence."""

    name: str
    rank: float
    pattern: str
    address: str
    inline: bool = False


STYLES = (
    Style("chapter", 0, rf"第[{_DIGITS}]{{1,3}}(?:部分|章)[:：、 \t\u3000]{{0,2}}", "第{}章"),
    Style("part", 1, rf"第[{_DIGITS}]{{1,3}}节[:：、 \t\u3000]{{0,2}}", "第{}节"),
    Style("section", 2, rf"[{_DIGITS}]{{1,3}}(?:、(?![{_DIGITS}]{{1,3}}、)|[.．](?!\d))", "{}"),
    Style("subsection", 3, rf"[（(][{_DIGITS}]{{1,3}}[）)][、.．]?", "（{}）"),
    Style("label", 4, rf"(?:做法|措施|举措|问题|对策|建议|经验|启示|成效)[{_DIGITS}][:：、]", "{}"),
    Style("point", 4, r"\d{1,2}(?:[.．](?!\d)|、)[ \t\u3000]?", "{}", inline=True),
    Style("subpoint", 5, r"(?:[（(]\d{1,2}|(?<![\d（(])\d{1,2})[）)][、.．]?", "（{}）", inline=True),
    Style("circle", 6, r"[①-⑳⑴-⒇]", "{}", inline=True),
    Style("ordinal", 7, rf"第[{_DIGITS}][，,、:：]", "第{}", inline=True),
    Style("item", 8, rf"[{_DIGITS}](?:是|要)(?!否|非|不是)[，,:：]?", "{}是", inline=True),
    Style("side", 8, r"(?:另?一方面|首先|其次|再次|最后|其[一二三四五])[，,:：]", "{}", inline=True),
)
_BY_NAME = {style.name: style for style in STYLES}
_VALUE = re.compile(rf"另?一方面|首先|其次|再次|最后|[{_DIGITS}]+|\d+|[①-⑳⑴-⒇]")


def _marks(context: str, *names: str) -> str:
    """The patterns of the styles `names`, each as a group of its own for the `context` that it stands in."""
    return "|".join(f"(?P<{name}{context}>{_BY_NAME[name].pattern})" for name in names)


_SURE, _UNSURE, _FURTHER, _RUN = "_", "__", "___", "____"
"""Contexts inside a line: after a sentence; where a first mark counts only when a second follows; where only further ones count (一是人少，
二是钱少); behind the title of the level above, in a text that lost its line breaks (二、存在问题（一）水源不足)."""
_INLINE = tuple(style.name for style in STYLES if style.inline)
_HEADING_LINE = r"(?P<heading>[^\s。，；：！？、,;:!?.\d][^\n。，；：！？,;!?]{1,18}[^\n。，；：！？、,;:!?])(?=\n)"
_MARKS = re.compile(
    rf"(?m:^)(?:{_marks('', *_BY_NAME)}|{_HEADING_LINE})"
    rf"|(?<=[。；;！？!?：:”）)])(?:{_marks(_SURE, *_INLINE)}|[ \t\u3000]{{0,2}}(?:{_marks(_UNSURE, 'section', 'subsection', 'point')}))"
    rf"|(?<=[，,])(?:{_marks(_FURTHER, 'item')})"
)
_RUN_ON = re.compile(rf"[^\n。，；：！？、,;:!?（(]{{2,20}}?(?:{_marks(_RUN, 'subsection', 'point', 'subpoint', 'item')})")
_TITLE_END = re.compile(r"[。；;！？!?\n]|[:：](?=\n|[一1（(①])")
_RUN_IN = re.compile(
    r"(?<=[\u4e00-\u9fff]{4})(?=(?:今|近|一|去|截|20)(?:年以来|年来|[两三几五]年|[至止]目前|[至止]20|\d\d年))"
    r"|(?<=情况|概况|做法|措施|举措|现状|背景|问题|成效|成绩|建议|打算|启示)(?=[全我该][省市县区镇乡村社]|目前|自20)"
)
"""Where a title runs into its paragraph: before a span of time, or behind the name of a section before words that begin a sentence."""
_CLAUSE = re.compile(r"[，,]")
LONG_TITLE = 30
"""Code points. A longer lead sentence is cut to its leading clause: the longest real headings of the samples have 33 with their comma."""
_SIDES = {"一方面": 1, "另一方面": 2, "首先": 1, "其次": 2, "再次": 3, "最后": 4}


_SECTION, _SUBSECTION = _BY_NAME["section"].rank, _BY_NAME["subsection"].rank
_HEADING = Style("heading", 3, "", "")
"""An unmarked heading on a line of its own (案例背景, 主要做法): no node, but it ends the items and sections of the heading before it.

Where one that names a section stands over the chapters (主要做法, then 一、 二、), the next such one ends the last chapter too."""

_TITLED = "titled"
"""The style of headings that only the file marks; its rank depends on the document."""
_LONGEST_HEADING = 60
"""Code points; some give whole paragraphs the level of a heading so that they show in Word's navigation."""
_ABOVE_ALL, _STEP = -10.0, 0.05
"""Rank of the first level where no heading of the file bears a mark, and how far one level stands below the next."""


@dataclass(frozen=True, slots=True)
class _Mark:
    style: Style
    number: int
    label: str
    start: int
    end: int
    context: str = ""


def find_outline(doc: Document) -> Document:
    """Fill `outline`. Headings that the file itself marks (`doc.headings`) are nodes also where they bear no number."""
    return changed(doc, outline=outline_of(doc.text, doc.headings))


def outline_of(text: str, headings: Sequence[Heading] = ()) -> tuple[OutlineNode, ...]:
    """The outline of `text` in its order.

    A mark opens a node when it is the first of its style in its parent, or counts on from the one before; `二是` without `一是` is no mark.
    One of `headings` without a mark opens a node whose marker is empty and whose address is its title.
    """
    nodes: list[tuple[_Mark, str, str | None, int]] = []  # each with its path, its parent's and its level
    opened: list[tuple[_Mark, int]] = []  # marks whose section goes on, with the number of their node
    spans: list[Span] = []
    ends: dict[int, int] = {}
    taken: Counter[str] = Counter()
    marks = _accepted(_with_headings(_found(text), text, headings))
    titled = False
    for mark, following in zip_longest(marks, marks[1:]):
        rank = mark.style.rank
        if mark.style is _HEADING and section_of(text[mark.start : mark.end]) is not None:
            titled = titled or not opened
            rank = _SECTION if titled else rank
        while opened and opened[-1][0].style.rank >= rank:
            ends[opened.pop()[1]] = mark.start
        if mark.style is _HEADING:
            continue
        parent = nodes[opened[-1][1]][1] if opened else None
        address = _address(mark, text)
        path = f"{parent}/{address}" if parent else address
        taken[path] += 1
        named = mark.style.name == _TITLED
        spans.append(Span(mark.start, mark.end) if named else _title_span(text, mark, following.start if following else len(text)))
        opened.append((mark, len(nodes)))
        nodes.append((mark, path if taken[path] == 1 else f"{path}#{taken[path]}", parent, len(opened)))
    extents = _extents(text, [mark for mark, *_ in nodes], spans, ends)
    return tuple(
        [
            OutlineNode(path=path, marker=mark.label, title=span.of(text), level=level, span=span, extent=extent, parent=parent)
            for (mark, path, parent, level), span, extent in zip(nodes, spans, extents, strict=True)
        ]
    )


def _found(text: str) -> list[_Mark]:
    """The marks of every context, in the order of the text; those of an unsure context only where one more follows."""
    found: list[_Mark] = []
    end = len(text.rstrip())
    for match in _MARKS.finditer(text):
        mark = _read(match)
        if mark is None or mark.end >= end or (found and mark.start < found[-1].end):  # what breaks off behind a mark has no item there
            continue
        found.append(mark)
        while mark is not None and mark.style is not _HEADING and mark.style.rank <= _SUBSECTION:
            run_on = _RUN_ON.match(text, mark.end)
            mark = _read(run_on) if run_on else None
            found += [mark] if mark is not None else []
    sure: list[_Mark] = []
    following: dict[str, int] = {}
    for mark in reversed(found):
        first = mark.context in ("", _SURE) or (mark.context != _FURTHER and following.get(mark.style.name) == 2)
        if mark.number > 1 or first:
            sure.append(mark)
        following[mark.style.name] = mark.number
    return sure[::-1]


def _with_headings(marks: list[_Mark], text: str, headings: Sequence[Heading]) -> list[_Mark]:
    """The marks, and those headings of the file that bear none; such a one stands as high as marked ones of its level do."""
    wanted = [one for one in headings if one.level and one.span.end - one.span.start <= _LONGEST_HEADING]
    if not wanted:
        return marks
    marked = {mark.start: mark for mark in marks if mark.style is not _HEADING}
    ranks: dict[int, float] = {}
    for level in range(1, max(one.level for one in wanted) + 1):
        known = [marked[one.span.start].style.rank for one in wanted if one.level == level and one.span.start in marked]
        ranks[level] = min(known) if known else ranks.get(level - 1, _ABOVE_ALL) + _STEP
    added = {
        one.span.start: _Mark(Style(_TITLED, ranks[one.level], "", "{}"), 1, "", one.span.start, one.span.end)
        for one in wanted
        if one.span.start not in marked and one.span.of(text).strip()
    }
    return sorted([*(mark for mark in marks if mark.start not in added), *added.values()], key=lambda mark: mark.start)


def _read(match: re.Match[str]) -> _Mark | None:
    group = match.lastgroup or ""
    if group == "heading":
        return _Mark(_HEADING, 1, "", match.start(), match.end())
    name, label = group.rstrip("_"), match[group].strip()
    value = _VALUE.search(label)
    number = _number(value.group()) if value else 0
    return _Mark(_BY_NAME[name], number, label, match.start(group), match.end(), group[len(name) :]) if number else None


def _number(value: str) -> int:
    if value in _SIDES:
        return _SIDES[value]
    if value.isascii():
        return int(value)
    if "①" <= value <= "⒇":
        return (ord(value) - ord("①")) % 20 + 1
    tens, ten, ones = value.rpartition("十")
    if not ten:
        return _NUMBER.get(value, 0)
    return (_NUMBER[tens] if tens else 1) * 10 + (_NUMBER[ones] if ones else 0) if tens in ("", *_DIGITS) and ones in ("", *_DIGITS) else 0


def _accepted(marks: list[_Mark]) -> list[_Mark]:
    """The marks that count from 1 among their siblings; one number may be missing (scrapers lose lines)."""
    kept: list[_Mark] = []
    last: dict[float, tuple[str, int]] = {}
    for mark in marks:
        if mark.style.name == _TITLED:  # numbers go on beside it, and begin anew below it
            kept.append(mark)
            last = {rank: seen for rank, seen in last.items() if rank <= mark.style.rank}
            continue
        style, number = last.get(mark.style.rank, ("", 0))
        expected = number + 1 if style == mark.style.name else 1
        if mark.style is _HEADING or mark.number == 1 or expected <= mark.number <= expected + _missing(mark, number):
            kept.append(mark)
            last = {rank: seen for rank, seen in last.items() if rank < mark.style.rank}
            last[mark.style.rank] = (mark.style.name, mark.number)
    return kept


def _missing(mark: _Mark, before: int) -> int:
    """How many numbers may be missing before `mark`: inside a line one of 一是, 三是 when the first was there."""
    return 1 if not mark.style.inline or (mark.style.name == "item" and before) else 0


def _address(mark: _Mark, text: str) -> str:
    if mark.style.name == _TITLED:
        return " ".join(text[mark.start : mark.end].split()).replace("/", "／")
    if mark.style.name in ("side", "label"):
        return mark.label.rstrip("，,:：、")
    if mark.style.name in ("point", "subpoint"):
        return mark.style.address.format(mark.number)
    value = re.sub(r"[^一二三四五六七八九十①-⑳⑴-⒇]", "", mark.label)
    return mark.style.address.format(value)


def _title_span(text: str, mark: _Mark, limit: int) -> Span:
    """The heading behind a mark: its line, its first sentence, or of a long sentence the leading clause with its parallels."""
    end = _TITLE_END.search(text, mark.end, limit)
    stop = end.start() if end else limit
    if run_in := _RUN_IN.search(text, mark.end, min(stop, mark.end + LONG_TITLE)):
        stop = run_in.start()
    if stop - mark.end > LONG_TITLE:
        stop = _leading_clauses(text, mark.end, stop)
    while stop > mark.end and (text[stop - 1].isspace() or text[stop - 1] in "，,、"):
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


def _extents(text: str, marks: list[_Mark], spans: list[Span], ends: dict[int, int]) -> list[Span]:
    """The extent of every node: to where its section was closed, and for an item inside a paragraph no further than that."""
    line_ends = [match.start() for match in re.finditer("\n", text)] + [len(text)]
    done: list[Span] = []
    for number, (mark, span) in enumerate(zip(marks, spans, strict=True)):
        start, end = mark.start, ends.get(number, len(text))
        if mark.style.inline and start and text[start - 1] != "\n":
            end = min(end, line_ends[bisect_right(line_ends, start)])
        while end > span.end and text[end - 1].isspace():
            end -= 1
        done.append(Span(start, end))
    return done
