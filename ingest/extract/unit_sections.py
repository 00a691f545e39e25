"""Units that the outline names: headings and items, their kind by section and by wording."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.findings import UnitKind
from archive.records import Document, OutlineNode
from archive.text import Span
from ingest.extract.unit_cues import Draft, Section, cues, introduced_by, section_of, wording_of

_SHORTEST = 3
"""Code points: a shorter title is a label in a table or a broken line."""
_LONGEST_SECTION = 30
_LONGEST_NAMED_LINE = 24
_SENTENCE_MARKS = "。；，、！？;,!?"
_CHAPTER = re.compile(r"第|[一二三四五六七八九十]+、")
_NUMERAL = re.compile(r"[一二三四五六七八九十\d①-⑳]+|#\d+$")
_FIRST = re.compile(r"[（(第其]?[一1①⑴]|首先")
_LONGEST_INTRODUCTION = 90
_SENTENCE_BREAK = re.compile(r"[。；！？!?;\n]")
_ADVERB = 2
_DONE = frozenset({UnitKind.MEASURE, UnitKind.RESULT, UnitKind.EXPERIENCE})
_TITLE_MARKS = "“”\"'（）()《》 "


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands over running text: the kind of its section, None in a survey and where no section is (`known` false)."""

    kind: UnitKind | None = None
    path: str | None = None
    known: bool = False
    within_survey: bool = False

    @property
    def surveyed(self) -> bool:
        """Whether figures describe the place: in a survey, unless a lead in it says what was done."""
        return self.known and self.kind is None

    @property
    def levels(self) -> bool:
        """Whether a share without a change only tells the level: below a lead that says how things stand, in a survey."""
        return self.within_survey and self.kind is UnitKind.RESULT


@dataclass(frozen=True, slots=True)
class Stretch:
    """A node of the outline with what its place in the tree says of the text below it.

    `kind` is that of the unit that the node is, or of the section that it names; `names_only` when it is no unit itself,
    `firm` when words below do not overrule it, `surveys` when the section that holds it describes how things stand.
    """

    node: OutlineNode
    kind: UnitKind | None
    names_only: bool
    leaf: bool
    cue: str
    firm: bool = True
    surveys: bool = False


def stretches_of(doc: Document, named_lines: NamedLines) -> tuple[Stretch, ...]:
    """Every node of `doc.outline` with its kind, in the order of the text."""
    sections: dict[str, Section | None] = {}
    starts = {node.path: node.extent.start for node in doc.outline}
    parents = {node.parent for node in doc.outline if node.parent}
    worded = [wording_of(node.title) for node in doc.outline]
    agreed = _agreed(doc.outline, worded)
    ailing = {path: kind for (path, _), kind in agreed.items() if path and kind is UnitKind.PROBLEM}
    found: list[Stretch] = []
    surveys: set[str | None] = set()
    introduced: dict[tuple[str | None, str], Section | None] = {}
    for node, words in zip(doc.outline, worded, strict=True):
        above = named_lines.at(node.span.start, starts.get(node.parent or "", -1)) or (sections.get(node.parent) if node.parent else None)
        inherited = above.at(node.span.start) if above else None
        named = _named_section(doc.text, node, above)
        if named is not None:
            sections[node.path] = named
            surveys.update([node.path] if named.kind is None else ())
            found.append(Stretch(node, named.kind, True, node.path not in parents, named.cue, named.firm))
            continue
        if _FIRST.match(node.marker):
            introduced[_series(node)] = _introduced(doc.text, node)
        inherited = _narrowed(inherited, introduced.get(_series(node)))
        own = _kind_of(node.title, inherited, words, agreed.get(_series(node)) or ailing.get(node.path))
        sections[node.path] = _below(own, inherited)
        surveyed = node.parent in surveys or (inherited is not None and inherited.kind is None)
        surveys.update([node.path] if surveyed else ())
        found.append(Stretch(node, own.kind, own.kind is None, node.path not in parents, own.cue, own.firm, surveyed))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class NamedLines:
    """The lines without a mark that only name a section (主要做法, 取得成效), each with what it names and where its reach ends."""

    starts: tuple[int, ...]
    sections: tuple[Section, ...]
    limits: tuple[int, ...]

    @classmethod
    def of(cls, doc: Document) -> NamedLines:
        """A section reaches to the next such line; below a chapter (一、) no further than the chapter."""
        marked = {node.extent.start for node in doc.outline}
        chapters = [node.extent.start for node in doc.outline if _CHAPTER.match(node.marker)]
        found: list[tuple[int, int, Section]] = []
        at = 0
        for line in doc.text.split("\n"):
            words = line.strip() if len(line) <= _LONGEST_NAMED_LINE else ""
            if (
                len(words) > _SHORTEST
                and words[-1] not in _SENTENCE_MARKS
                and at + line.index(words) not in marked
                and (named := section_of(words))
            ):
                found.append((at, at + len(line), named))
            at += len(line) + 1
        starts = [start for start, _, _ in found]
        limits = [_limit(start, following, chapters) for start, following in zip(starts, [*starts[1:], len(doc.text)], strict=False)]
        sections = (
            _turning(doc.text, named, end, limit) if cues().mixed.search(doc.text, start, end) else named
            for (start, end, named), limit in zip(found, limits, strict=True)
        )
        return cls(tuple(starts), tuple(sections), tuple(limits))

    def at(self, offset: int, since: int = -1) -> Section | None:
        """The section that such a line after `since` gives to `offset` of the text."""
        index = bisect_right(self.starts, offset) - 1
        reached = index >= 0 and self.starts[index] > since and offset < self.limits[index]
        return self.sections[index].at(offset) if reached else None


def _limit(start: int, following: int, chapters: list[int]) -> int:
    index = bisect_right(chapters, start)
    return min(following, chapters[index]) if 0 < index < len(chapters) else following


def _turning(text: str, named: Section, start: int, end: int) -> Section:
    turning = cues().turning.search(text, start, end)
    return Section(UnitKind.RECOMMENDATION, True, named.cue, turning.start() if turning else None)


def _series(node: OutlineNode) -> tuple[str | None, str]:
    """What siblings of one series share: the node above them and the form of their marks."""
    return node.parent, _NUMERAL.sub("", node.path.rpartition("/")[2])


def _agreed(nodes: Sequence[OutlineNode], worded: Sequence[tuple[UnitKind, str] | None]) -> dict[tuple[str | None, str], UnitKind]:
    """The kind that the words of most of a series give it, which the rest of it then shares."""
    sizes = Counter(map(_series, nodes))
    votes: defaultdict[tuple[str | None, str], Counter[UnitKind]] = defaultdict(Counter)
    for node, words in zip(nodes, worded, strict=True):
        if words is not None:
            votes[_series(node)][words[0]] += 1
    leading = {series: counted.most_common(1)[0] for series, counted in votes.items()}
    return {series: kind for series, (kind, count) in leading.items() if 2 * count >= sizes[series] > 1}


def heading_units(stretches: Iterable[Stretch]) -> list[Draft]:
    """A draft for every heading and item that names its content."""
    return [
        Draft(
            stretch.kind,
            node.span,
            Span(node.extent.start, max(node.extent.end, node.span.end)),
            stretch.cue,
            node.marker.rstrip("，,、:： "),
            node.path,
        )
        for stretch in stretches
        if not stretch.names_only and stretch.kind is not None
        for node in (stretch.node,)
    ]


def _introduced(text: str, node: OutlineNode) -> Section | None:
    """What the sentence right before a series of items says that they are (主要存在以下问题：一是…)."""
    before = text[max(0, node.extent.start - _LONGEST_INTRODUCTION) : node.extent.start].rstrip()
    if not before or before[-1] not in "：:。，,":
        return None
    sentence = _SENTENCE_BREAK.split(before.rstrip("：:。，,"))[-1]
    return introduced_by(sentence)


def _narrowed(inherited: Section | None, introduced: Section | None) -> Section | None:
    """What holds for a series: its introduction, unless a firm section above says otherwise; problems may be told anywhere."""
    if introduced is None or inherited is None or not inherited.firm:
        return introduced or inherited
    return introduced if introduced.kind is UnitKind.PROBLEM and inherited.kind in _DONE else inherited


def _named_section(text: str, node: OutlineNode, above: Section | None) -> Section | None:
    """The section that a heading names. Below 主要做法及成效 a heading 取得的成效 is one; below 存在的问题 all stay problems."""
    if len(node.title) > _LONGEST_SECTION:
        return None
    named = section_of(node.title.strip(_TITLE_MARKS))
    if named is None:
        return None
    if cues().mixed.search(node.title):
        return _turning(text, named, node.span.end, node.extent.end)
    if above is None or not above.firm or above.turn is not None or (above.kind in _DONE and named.kind in _DONE):
        return named
    return Section(above.kind, True, above.cue)


def _kind_of(title: str, inherited: Section | None, worded: tuple[UnitKind, str] | None, agreed: UnitKind | None) -> Section:
    """What a heading with content is: by a firm section, its words, the kind its siblings agree on, the loose section, else a measure."""
    if len(title) < _SHORTEST or (inherited is not None and inherited.firm):
        return inherited if inherited is not None and len(title) >= _SHORTEST else Section(None, False, "")
    if worded is not None:
        return Section(worded[0], False, worded[1])
    acting = cues().action.search(title)
    if agreed is not None and (acting is None or acting.start() > _ADVERB):
        return Section(agreed, False, "")
    if inherited is not None and inherited.kind is not None:
        # An item that begins with a verb of action says what was done, also below a heading that says what came of it.
        done = acting is not None and (
            inherited.kind is UnitKind.MEASURE or (inherited.kind is UnitKind.RESULT and acting.start() <= _ADVERB)
        )
        return Section(UnitKind.MEASURE, False, acting.group()) if acting and done else inherited
    if acting is not None:
        return Section(UnitKind.MEASURE, False, acting.group())
    return Section(None if inherited is not None else UnitKind.MEASURE, False, "")


def _below(own: Section, inherited: Section | None) -> Section | None:
    """What a heading with content hands down: its own kind, loosely, unless a firm section stands above it."""
    if inherited is not None and inherited.firm:
        return inherited
    return Section(own.kind, False, own.cue) if own.kind is not None else inherited


def innermost(stretches: tuple[Stretch, ...]) -> list[tuple[Span, Stretch]]:
    """Disjoint spans that cover the outline, each with the innermost node that it belongs to, in the order of the text."""
    found: list[tuple[Span, Stretch]] = []
    open_: list[Stretch] = []
    at = 0
    for stretch in stretches:
        start = stretch.node.extent.start
        at = _close(open_, found, at, start)
        if open_ and at < start:
            found.append((Span(at, start), open_[-1]))
        at = start
        open_.append(stretch)
    _close(open_, found, at, stretches[-1].node.extent.end if stretches else 0, last=True)
    return found


def _close(open_: list[Stretch], found: list[tuple[Span, Stretch]], at: int, start: int, last: bool = False) -> int:
    """Close the nodes that end before `start`; gives the place up to which the text is covered."""
    while open_ and (last or open_[-1].node.extent.end <= start):
        stretch = open_.pop()
        if at < stretch.node.extent.end:
            found.append((Span(at, stretch.node.extent.end), stretch))
            at = stretch.node.extent.end
    return at
