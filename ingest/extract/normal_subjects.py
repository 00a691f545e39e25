"""A subject taken apart: the indicator that it names, and what the words around that say of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from archive.findings import Aspect, Direction
from archive.indicators import Indicator, bare, holder_of, indicator_names

_SPLITS = re.compile(r"(?<![其集初高当之空期人])中(?![心小学层间央等医共高国外草西东原华低型])")
_SHARE_OF = re.compile(r"(.{0,40}?)占(?:到|全[县市区省州旗])?(.{2,30}?)(?:的?(?:比重|比例|比|份额))?")
_SHARE_END = re.compile(r"(?:所?占比|所占比例|占|的?(?:比重|比例))$")
_AVERAGE = re.compile(r"人均|户均|亩均|平均|次均|生均|班均|村均|日均|月均|年均|每[一-龥]")
_COMPARED = re.compile(r"(?<=..)(?:比[^，]{0,10})?(?:增速[高低快慢]|[高低快慢]于)[^，]{0,14}$")


class Subject(NamedTuple):
    """A subject taken apart. `indicator` is its key; `known` the row of the thesaurus, or None. Of a bare 占总人口 the key is empty."""

    indicator: str
    known: Indicator | None
    aspect: Aspect = Aspect.LEVEL
    direction: Direction | None = None
    whole: str | None = None
    modifiers: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def take_apart(subject: str, joined: bool = False) -> Subject | None:
    """A subject by itself, without the words around its figure; None where nothing is left of it. 甲中乙 that is `joined` is a part of 甲.

    What the thesaurus does not know keeps its own words: a name that merely ends like a term of it is another indicator.
    """
    text = bare(subject)
    if not text:
        return None
    if known := _listed(text):
        return Subject(known.term, known, _named_aspect(known.term, known))
    text, compared = (text[: found.start()], True) if (found := _COMPARED.search(text)) and "的" not in text else (text, False)
    text, ends = _peeled(text, after=True)
    part, whole, shared = _share(text)
    core, starts = _peeled(part)
    core, inner = _split(core, sure=shared or joined)
    known = _listed(core)
    aspect = Aspect.SHARE if shared else _named_aspect(core, known)
    effects = [*starts, *ends]
    notes = [effect.note for effect in effects if effect.note]
    moves = [effect.move for effect in ends or starts if effect.move and (ends or aspect is not Aspect.AVERAGE)]
    if moves or compared:
        notes += ["占比"] if shared else []
        notes += ["增速"] if len(moves) > 1 or (moves and compared) else []  # 增长提高0.9个百分点: of the growth, not of the thing
        aspect = Aspect.CHANGE
    return Subject(known.term if known else core, known, aspect, moves[0] if moves else None, whole or inner, tuple(notes))


def _share(text: str) -> tuple[str, str | None, bool]:
    """What a share is of: the part, the whole where it is named, and whether the text speaks of a share at all."""
    if "占" in text and (found := _SHARE_OF.fullmatch(text)):
        return found[1], key_of(found[2]), True
    end = _SHARE_END.search(text) if text[-1] in "占比重例" else None
    if end is None or end.start() < 2 or _listed(text):
        return text, None, False
    return text[: end.start()], None, True


def _named_aspect(core: str, known: Indicator | None) -> Aspect:
    """What a name says by itself; what stands before 的 only describes what is counted (亩均税收低的企业)."""
    if _AVERAGE.search(core) and "的" not in core:
        return Aspect.AVERAGE
    return Aspect.RATE if core.endswith("率") or (known is not None and known.unit == "%") else Aspect.LEVEL


def _split(text: str, sure: bool) -> tuple[str, str | None]:
    """The part and the whole of 甲中乙, where one of the two is on the list or it is `sure` to be a share; else the text and None."""
    for at in (match.start() for match in _SPLITS.finditer(text)) if "中" in text else ():
        left, right = text[:at], text[at + 1 :]
        if min(len(left), len(right)) >= (1 if sure else 2) and (sure or _known_kind(left) or _listed(right)):
            return right, key_of(left)
    return text, None


def _known_kind(name: str) -> bool:
    return _listed(name) is not None or holder_of(name) is not None


def key_of(name: str) -> str:
    """The key of the indicator that a name without a figure of its own stands for."""
    core, _ = _peeled(name)
    known = _listed(core)
    return known.term if known else core


def _listed(name: str) -> Indicator | None:
    """The indicator of this bare name, also with a word of number behind it (党员总数)."""
    found = indicator_names().get(name)
    if found is None and name[-1:] in "数量":
        cut = (name[: -len(tail)] for tail in _tails() if name.endswith(tail))
        found = next(filter(None, map(indicator_names().get, cut)), None)
    return found


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word of normal_forms.toml does: it is noted, tells a change, only says what was done (`deed`), or is no such word (`kept`)."""

    word: str
    note: str | None
    move: Direction | None
    deed: bool
    kept: bool = False


def _peeled(text: str, after: bool = False) -> tuple[str, list[Effect]]:
    """The text without the words of the table at its beginning or its end, as long as it is not on the list and something is left."""
    effects: list[Effect] = []
    while (found := _word(text, after)) is not None and _listed(text) is None:
        effects.append(found)
        text = text[: -len(found.word)] if after else text[len(found.word) :].removeprefix("了")
    return text, effects


def _word(text: str, after: bool) -> Effect | None:
    """The longest word of the table that stands at an end of the text and leaves two characters at least."""
    table = words_around("after" if after else "before")
    edge = text[-1:] if after else text[:1]
    for length in table.lengths.get(edge, ()):
        found = table.words.get(text[-length:] if after else text[:length]) if length <= len(text) - 2 else None
        if found is not None and found.kept:
            return None
        if found is not None and not (found.deed and "的" in text):  # 安装导航的拖拉机: the verb is of the description
            return found
    return None


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("ingest.extract").joinpath("normal_forms.toml").read_text("utf-8"))


def rows() -> Mapping[str, list[dict[str, Any]]]:
    """The rows of normal_forms.toml by their side, `before` or `after`."""
    return {side: _data()[side] for side in ("before", "after")}


@cache
def generic() -> frozenset[str]:
    """Keys that say nothing alone."""
    return frozenset(_data()["generic"]["words"].split())


class Words(NamedTuple):
    """The words of one side, and how long those are, longest first, that have a character at their outer edge."""

    words: Mapping[str, Effect]
    lengths: Mapping[str, list[int]]


@cache
def words_around(side: str) -> Words:
    """The words of a side, `before` or `after`."""
    moves = {"MORE": Direction.UP, "FEWER": Direction.DOWN}
    found: dict[str, Effect] = {}
    for row in rows()[side]:
        if side == "after" and row["effect"] == "DROP":
            continue  # words of number (党员总数) come off only where a term of the list is left: see _listed
        for word in row["words"].split():
            silent = row["effect"] in ("DROP", "SCOPE", "KEEP") or (side == "after" and row["effect"] in moves)
            kept = None if silent else row.get("note", word)
            found[word] = Effect(
                word, kept, moves.get(row["effect"]), deed=side == "before" and row["effect"] != "SCOPE", kept=row["effect"] == "KEEP"
            )
    lengths: dict[str, set[int]] = {}
    for word in found:
        lengths.setdefault(word[-1 if side == "after" else 0], set()).add(len(word))
    return Words(found, {edge: sorted(all_, reverse=True) for edge, all_ in lengths.items()})


@cache
def _tails() -> tuple[str, ...]:
    return tuple(
        sorted((word for row in rows()["after"] if row["effect"] == "DROP" for word in row["words"].split()), key=len, reverse=True)
    )
