"""Troubles that a measure names at its head (针对人手不足问题，…; 为破解用水难题，…): problems of their own where no other says them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_cues import Draft, cues
from ingest.extract.unit_links import telling_pairs

_TROUBLE = re.compile(
    r"(?<![^。！？；\n，])(?P<cue>针对|为了?(?:有效|切实|着力|彻底|进一步)?(?:破解|解决|化解))"
    r"(?!这|上述|以上|此|该|其|前述|存在|出现|发现|反映|群众反映|各[类种]|突出|不同|重点|每)"
    r"(?P<trouble>(?:[^，。；：\n]{4,40}?(?:问题|现象|困境)|[^，。；：\n]{2,40}?(?:难题|短板)))(?=，)"
)
_SENTENCE_END = re.compile("[。！？；\n]")
_LONGEST = 120
_SHORTEST = 6
_SAID = 0.5
"""The share of the telling words of a trouble that problems of the document say already; then it is no problem of its own."""


def with_troubles(text: str, drafts: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """`drafts` in their order, the measures quoted without the trouble at their head; and the troubles that no other draft says."""
    drafts = sorted(drafts, key=lambda draft: draft.span.start)
    starts = [draft.span.start for draft in drafts]
    said = {pair for draft in drafts if draft.kind is UnitKind.PROBLEM for pair in telling_pairs(draft.span.of(text))}
    found: list[Draft] = []
    for match in _TROUBLE.finditer(text):
        pairs = set(telling_pairs(match["trouble"]))
        acts = match.end() + 1
        at = _unit_of(text, drafts, starts, match.start())
        if pairs and len(pairs & said) >= _SAID * len(pairs):
            continue
        if at is None:
            if (measure := _act(text, drafts, starts, match, acts)) is None:
                continue
            found.append(measure)
        elif drafts[at].kind is not UnitKind.MEASURE or drafts[at].span.end < acts + _SHORTEST:
            continue
        elif drafts[at].span.start == match.start():
            drafts[at] = replace(drafts[at], span=Span(acts, drafts[at].span.end))
        trouble = Span(*match.span("trouble"))
        found.append(Draft(UnitKind.PROBLEM, trouble, trouble, match["cue"], path=None, holds=False))
        said |= pairs
    return drafts, found


def _unit_of(text: str, drafts: list[Draft], starts: list[int], offset: int) -> int | None:
    """The draft that begins at `offset` or behind it in the same sentence; None where another holds it or none does."""
    at = bisect_left(starts, offset)
    if at and drafts[at - 1].span.end > offset:
        return None
    return at if at < len(drafts) and not _SENTENCE_END.search(text, offset, starts[at]) else None


def _act(text: str, drafts: list[Draft], starts: list[int], match: re.Match[str], acts: int) -> Draft | None:
    """What is done against a trouble in a sentence that holds no other unit (为破解用水难题，修建水窖9口)."""
    at = bisect_left(starts, match.start())
    if at and drafts[at - 1].span.end > match.start():
        return None
    ended = _SENTENCE_END.search(text, acts, acts + _LONGEST)
    if ended is None or ended.start() - acts < _SHORTEST or not cues().acting.match(text[acts : ended.start()]):
        return None
    quote = Span(acts, ended.start())
    return Draft(UnitKind.MEASURE, quote, Span(match.start(), quote.end), match["cue"], holds=False)
