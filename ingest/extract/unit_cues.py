"""The words that make a text a unit of knowledge: rows of unit_cues.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archive.findings import UnitKind
from archive.text import Span

_ROWS = Path(__file__).with_name("unit_cues.toml")


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit before it has an id, a parent, themes and a place. Spans as in archive.findings.Unit. `holds`: others may stand below.

    `yields`: it is cut or given up where another unit stands.
    """

    kind: UnitKind
    span: Span
    extent: Span
    cue: str
    marker: str | None = None
    path: str | None = None
    holds: bool = True
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What a heading that only names its section says of all below it. `kind` None: nothing below is a unit unless its own words say so.

    `turn` is where a section of problems goes over to advice.
    """

    kind: UnitKind | None
    firm: bool
    cue: str
    turn: int | None = None

    def at(self, offset: int) -> Section:
        """What the section is at `offset` of the text."""
        return self if self.turn is None else Section(UnitKind.PROBLEM if offset < self.turn else UnitKind.RECOMMENDATION, True, self.cue)


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled rows; one pattern a table of unit_cues.toml."""

    sections: tuple[tuple[UnitKind | None, bool, re.Pattern[str]], ...]
    wordings: tuple[tuple[UnitKind, re.Pattern[str]], ...]
    introductions: tuple[tuple[UnitKind, re.Pattern[str]], ...]
    resolving: re.Pattern[str]
    action: re.Pattern[str]
    unreached: re.Pattern[str]
    promising: re.Pattern[str]
    model: re.Pattern[str]
    reached: re.Pattern[str]
    done: re.Pattern[str]
    trend: re.Pattern[str]
    full: re.Pattern[str]
    outcome: re.Pattern[str]
    existing: re.Pattern[str]
    total: re.Pattern[str]
    spoken: re.Pattern[str]
    lacking: re.Pattern[str]
    intended: re.Pattern[str]
    heard: re.Pattern[str]
    place: re.Pattern[str]
    narrative: re.Pattern[str]
    standing: re.Pattern[str]
    aside: re.Pattern[str]
    urged: re.Pattern[str]
    announcing: re.Pattern[str]
    whole: re.Pattern[str]
    mixed: re.Pattern[str]
    turning: re.Pattern[str]
    ailing: re.Pattern[str]
    planned: re.Pattern[str]
    attributing: re.Pattern[str]
    scene: re.Pattern[str]
    funding: re.Pattern[str]
    counted: re.Pattern[str]
    standing_now: re.Pattern[str]
    passing: re.Pattern[str]
    closing: re.Pattern[str]
    announced: re.Pattern[str]
    past: re.Pattern[str]
    wanting: re.Pattern[str]
    listing: re.Pattern[str]
    actor: re.Pattern[str]
    remark: re.Pattern[str]
    honoured: re.Pattern[str]
    indicator: re.Pattern[str]
    described: re.Pattern[str]
    conceding: re.Pattern[str]
    itemised: re.Pattern[str]
    acting: re.Pattern[str]
    doer: re.Pattern[str]
    deed: re.Pattern[str]
    noun: re.Pattern[str]
    ground: re.Pattern[str]
    whereby: re.Pattern[str]
    input: re.Pattern[str]
    weak: re.Pattern[str]
    willing: re.Pattern[str]
    demanded: re.Pattern[str]
    harm: re.Pattern[str]
    joining: re.Pattern[str]
    needs: Mapping[str, frozenset[str]]
    heads: Mapping[str, frozenset[str]]
    tails: Mapping[str, frozenset[str]]


WORDS = ("resolving", "action", "unreached", "promising")
PATTERNS = (
    "existing",
    *("model", "reached", "done", "trend", "full", "outcome", "total", "spoken", "lacking", "intended", "heard", "place", "narrative"),
    *("standing", "aside", "urged", "announcing", "whole", "mixed", "turning", "ailing"),
    *("planned", "attributing", "scene", "funding", "counted"),
    *("standing_now", "passing", "closing", "announced"),
    *("past", "wanting", "listing", "actor", "remark", "honoured", "indicator", "described", "conceding", "itemised"),
    *("acting", "doer", "deed", "noun", "ground", "whereby", "input", "weak", "willing", "demanded", "harm", "joining"),
)


GATES = ("needs", "heads", "tails")
"""Characters that every match of a pattern holds, begins with or ends with: a look at them is cheaper than the search."""


def rows() -> Mapping[str, Any]:
    """The tables of unit_cues.toml as they stand, for the tests of their examples."""
    return tomllib.loads(_ROWS.read_text("utf-8"))


@cache
def cues() -> Cues:
    """The compiled cue words."""
    tables = rows()
    return Cues(
        sections=tuple((_kind(row["kind"]), row["firm"], re.compile(row["pattern"])) for row in tables["section"]),
        wordings=tuple((UnitKind(row["kind"]), re.compile(row["pattern"])) for row in tables["wording"]),
        introductions=tuple((UnitKind(row["kind"]), re.compile(row["pattern"])) for row in tables["introduction"]),
        **{name: re.compile("|".join(sorted(tables[name]["words"], key=len, reverse=True))) for name in WORDS},
        **{name: re.compile(tables[name]["pattern"]) for name in PATTERNS},
        needs=_gate(tables, "needs"),
        heads=_gate(tables, "heads"),
        tails=_gate(tables, "tails"),
    )


def _gate(tables: Mapping[str, Any], gate: str) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(tables[name][gate]) for name in PATTERNS if gate in tables[name]}


def section_of(heading: str) -> Section | None:
    """The section that `heading` only names (主要做法, 存在的问题); None when it names content of its own."""
    heading = heading.strip("：: 　【】〔〕[]").removesuffix("篇")  # 成效篇 is 成效
    if "，" in heading or "," in heading:
        return None
    resolving = cues().resolving.match(heading)
    for kind, firm, pattern in cues().sections:
        found = pattern.search(heading)
        whole = found is not None and (found.start() == 0 or found.group().startswith("的"))
        if found and not (resolving and (kind is UnitKind.PROBLEM or not whole)):
            return Section(kind, firm, found.group())
    return None


def wording_of(heading: str) -> tuple[UnitKind, str] | None:
    """The kind that the words of a heading with content decide, and those words; None when they decide nothing."""
    acting = cues().action.match(heading) if "，" in heading or "," in heading else None
    for kind, pattern in cues().wordings:
        found = pattern.search(heading)
        if not found or (kind is UnitKind.PROBLEM and cues().resolving.search(heading, 0, found.start())):
            continue
        if kind is UnitKind.RESULT and acting:  # 强化师资建设，教师素质不断提高 names what was done, with its effect
            continue
        return kind, found.group()
    return None


def introduced_by(sentence: str) -> Section | None:
    """What the list is that `sentence` introduces (主要存在以下问题：); None when it introduces none."""
    sentence = sentence.rstrip("。：:，, 　\n")
    found = [(match.start(), kind, match.group()) for kind, pattern in cues().introductions if (match := pattern.search(sentence))]
    if not found:
        return None
    _, kind, words = max(found, key=lambda one: one[0])
    return Section(kind, True, words)


def _kind(name: str) -> UnitKind | None:
    return None if name == "NONE" else UnitKind(name)
