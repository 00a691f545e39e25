"""Units that the outline names: headings and items, their kind by section and by wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.findings import UnitKind
from archive.records import Document, OutlineNode
from archive.text import Span
from ingest.extract.unit_cues import Draft, Section, cues, section_of, wording_of

_SHORTEST = 3
"""Code points: a shorter title is a label in a table or a broken line."""
_LONGEST_SECTION = 30
_ADVERB = 2
_DONE = frozenset({UnitKind.MEASURE, UnitKind.RESULT, UnitKind.EXPERIENCE})
_TITLE_MARKS = "“”\"'（）()《》 "


@dataclass(frozen=True, slots=True)
class Stretch:
    """A node of the outline with what its place in the tree says of the text below it.

    `kind` is that of the unit that the node is, or of the section that it names; `names_only` when it is no unit itself,
    `firm` when words below do not overrule it.
    """

    node: OutlineNode
    kind: UnitKind | None
    names_only: bool
    leaf: bool
    cue: str
    firm: bool = True


def stretches_of(doc: Document) -> tuple[Stretch, ...]:
    """Every node of `doc.outline` with its kind, in the order of the text."""
    sections: dict[str, Section | None] = {}
    parents = {node.parent for node in doc.outline if node.parent}
    found: list[Stretch] = []
    for node in doc.outline:
        above = sections.get(node.parent) if node.parent else None
        inherited = above.at(node.span.start) if above else None
        named = _named_section(doc.text, node, above)
        if named is not None:
            sections[node.path] = named
            found.append(Stretch(node, named.kind, True, node.path not in parents, named.cue, named.firm))
            continue
        own = _kind_of(node.title, inherited)
        sections[node.path] = _below(own, inherited)
        found.append(Stretch(node, own.kind, own.kind is None, node.path not in parents, own.cue, own.firm))
    return tuple(found)


def heading_units(stretches: Iterable[Stretch]) -> list[Draft]:
    """A draft for every heading and item that names its content."""
    return [
        Draft(stretch.kind, node.span, node.extent, stretch.cue, node.marker.rstrip("，,、:： "), node.path)
        for stretch in stretches
        if not stretch.names_only and stretch.kind is not None
        for node in (stretch.node,)
    ]


def _named_section(text: str, node: OutlineNode, above: Section | None) -> Section | None:
    """The section that a heading names. Below 主要做法及成效 a heading 取得的成效 is one; below 存在的问题 all stay problems."""
    if len(node.title) > _LONGEST_SECTION:
        return None
    named = section_of(node.title.strip(_TITLE_MARKS))
    if named is None:
        return None
    if cues().mixed.search(node.title):
        turning = cues().turning.search(text, node.span.end, node.extent.end)
        return Section(UnitKind.RECOMMENDATION, True, named.cue, turning.start() if turning else None)
    if above is None or not above.firm or above.turn is not None or (above.kind in _DONE and named.kind in _DONE):
        return named
    return Section(above.kind, True, above.cue)


def _kind_of(title: str, inherited: Section | None) -> Section:
    """What a heading with content is: by a firm section, else by its words, else by the loose section, else a measure."""
    if len(title) < _SHORTEST:
        return Section(None, False, "")
    if inherited is not None and inherited.firm:
        return inherited
    worded = wording_of(title)
    if worded is not None:
        return Section(worded[0], False, worded[1])
    acting = cues().action.search(title)
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
