"""Words that take up a place without its name (全县, 该镇, 县财政, 村集体), and names that only say where a rule comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from archive.records import Mention
from archive.text import Span
from ingest.extract.place_words import place_words

_CLAUSES = re.compile(r"[，,；;。\n》]")
_TAKEN_UP = re.compile(  # a class of characters leads, so that the search skips all others at once
    r"[全我本该省州盟市县旗乡镇村](?:"
    r"(?<=[全我本该])(?<![比于过占列居是].)(?P<letter>[省州盟市县旗区乡镇村])(?!平均)"
    r"|(?<=[省州盟市县旗乡镇村])(?:[委里内]|(?<![乡镇村])[级直]|财政|政府|本级|集体|民(?![宿族营间政警兵办用生])|党支部|党总支|党委"
    r"|“?两委|支书))"
)
_NO_OWNER = re.compile(r"[\d个各每两级多余、和省市区县旗州盟乡镇城]$")


class Cue(NamedTuple):
    """Words that take up a place without its name: 全县, 我市 (`firm`), 县财政, 村集体 (what a place has)."""

    at: int
    letter: str
    own: bool
    that: bool
    firm: bool


def cues_in(text: str, span: Span, mentions: Sequence[Mention]) -> tuple[Cue, ...]:
    """The cues at `span` in their order; `mentions` are the names that the text prints there."""
    return tuple([cue for match in _TAKEN_UP.finditer(text, *span) if (cue := _cue(text, match, mentions)) is not None])


def _cue(text: str, match: re.Match[str], mentions: Sequence[Mention]) -> Cue | None:
    """The cue at a match, unless it is part of a name, of a rule's source, or speaks of any village (各村集体, 贫困村党支部)."""
    at, first, firm = match.start(), match[0][0], match["letter"] is not None
    inside = bisect_right(mentions, at, key=lambda mention: mention.span.start) - 1
    if inside >= 0 and mentions[inside].span.end > at:
        return None
    if firm:
        return Cue(at, match["letter"], first in "我本", first == "该", True)
    before = text[max(0, at - 6) : at]
    any_one = _NO_OWNER.search(before) or any(before[cut:] in place_words().kinds for cut in range(len(before)))
    if any_one or is_source(text, Span(at, at + 1)):
        return None
    return Cue(at, first, False, False, False)


def is_source(text: str, span: Span) -> bool:
    """Whether the clause before the name says that a rule, a document or an example comes from there."""
    before = text[max(0, span.start - 12) : span.start]
    clause = _CLAUSES.split(before)[-1]
    return _source_words().search(clause) is not None


@cache
def _source_words() -> re.Pattern[str]:
    """One pattern of all words that name a source: one search is ten times cheaper than a search for each."""
    return re.compile("|".join(map(re.escape, sorted(place_words().source))))
