"""What running text tells of what is to come: plans, advice, wishes and demands."""

from __future__ import annotations

import re

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_cues import cues

OPENING = '“"‘「『'
_READ_FOR_PLAN = 120
_AHEAD = frozenset({"今后", "下一步", "下步", "下阶段", "接下来", "未来"})
_LONGEST_AHEAD = 3

Stated = tuple[UnitKind, int, str]
"""The kind of a unit, where it begins and the words that tell it."""


def intended(text: str, sentence: Span, parts: list[Span], chars: frozenset[str]) -> Stated | None:
    """The plan, the advice or the wish that a sentence with these clauses and characters tells, from the words on that tell it."""
    known = cues()
    if text[sentence.start] in OPENING:
        sentence = Span(sentence.start + 1, sentence.end)
        parts = [Span(max(part.start, sentence.start), part.end) for part in parts]
    parts = [part for part in parts if part.start < part.end]
    if not parts:
        return None
    if text[sentence.start] in known.heads["planned"] and (
        found := known.planned.match(text[sentence.start : min(sentence.end, sentence.start + _READ_FOR_PLAN)])
    ):
        return UnitKind.RECOMMENDATION, sentence.start, found.group()[:4]
    if not chars.isdisjoint(known.needs["announced"]) and (found := announced(text, sentence)):
        return UnitKind.RECOMMENDATION, sentence.start + found.end(), found[1]
    return _ahead(text, parts, chars)


def _ahead(text: str, parts: list[Span], chars: frozenset[str]) -> Stated | None:
    """The plan, the advice or the wish that a clause tells."""
    known = cues()
    if not chars.isdisjoint(known.needs["demanded"]) and (found := known.demanded.match(text[parts[0].start : parts[-1].end])):
        return UnitKind.RECOMMENDATION, parts[0].start + found.end(), found.group()[-3:-1]
    for part in parts:
        if text[part.start] in known.heads["intended"] and (found := known.intended.match(text[part.start : part.end])):
            return UnitKind.RECOMMENDATION, part.start, found.group()[:4]
    for part in parts[:-1]:
        if part.end - part.start <= _LONGEST_AHEAD and (ahead := part.of(text)) in _AHEAD and _goes_on(text, ahead, part, parts[-1]):
            return UnitKind.RECOMMENDATION, part.start, ahead
    for part in parts if not chars.isdisjoint(known.needs["willing"]) else ():
        if found := known.willing.match(text[part.start : min(parts[-1].end, part.start + _READ_FOR_PLAN)]):
            return UnitKind.RECOMMENDATION, part.start, found.group()[-4:]
    return None


def _goes_on(text: str, ahead: str, part: Span, last: Span) -> bool:
    """Whether a plan follows: 未来 tells as often what will be by itself."""
    return ahead != "未来" or cues().intended.match(text[part.start : last.end].replace("，", "", 1)) is not None


def announced(text: str, sentence: Span) -> re.Match[str] | None:
    """The words at the head of a sentence that only say who announces what is to come (负责人表示，下一步…)."""
    return cues().announced.match(text[sentence.start : min(sentence.end, sentence.start + _READ_FOR_PLAN)])


def urging(text: str, sentence: Span) -> Stated | None:
    """What a sentence of lessons or of running text urges from its first word on (要…, 必须…)."""
    found = cues().urged.match(text[sentence.start : sentence.end])
    return (UnitKind.RECOMMENDATION, sentence.start, found.group()[:1]) if found else None
