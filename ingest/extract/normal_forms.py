"""The normal form of a figure: its subject under the thesaurus's term, its aspect and modifiers, its value in the normal unit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from archive.findings import Aspect, Direction, Measure, NormalForm
from archive.indicators import Indicator, bare, holder_of, indicator_names
from archive.quantities import normal_unit

LOOK_BACK = 24
"""Code points before a number in which the words of its change or share stand."""

_SPLITS = re.compile(r"(?<![其集初高当之空期人])中(?![心小学层间央等医共高国外草西东原华低型])")
_SHARE_OF = re.compile(r"(.{2,40}?)占(?:到|全[县市区省州旗])?(.{2,30}?)(?:的?(?:比重|比例|比|份额))?")
_SHARE_END = re.compile(r"(?:所?占比|所占比例|占|的?(?:比重|比例))$")
_AVERAGE = re.compile(r"人均|户均|亩均|平均|次均|生均|班均|村均|日均|月均|年均|每[一-龥]")
_RATES = ("率", "度", "感", "比", "比例", "比重", "指数", "强度", "水平", "系数")
_FIGURES = r"(?:[\d.]{1,12}(?:[万亿]?(?:%|‰|个?百分点|倍|[元人户名个家件起亩吨斤]))?[、和及]){0,4}"
_ADVERBS = "(?:了|为|达到?|分别|各|再|不少于|不低于|不超过|超过?|突破|将近|接近|大约|[近约将仅]){0,3}"
_UP = "增长率?|增加|提高|提升|上升|上涨|增幅|增速|净增|新增|扩大|高出|增"
_DOWN = "下降|减少|降低|回落|降幅|下跌|缩短|压缩|压减|缩小|收窄|降|减"
_CHANGED = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:幅度)?{_ADVERBS}{_FIGURES}$")
_LAST = frozenset("长率加高升涨幅速增新大出降少低落跌短缩压减窄度了为达到别各再于过破近约将仅、和及")
"""What a match of _CHANGED can end with: most figures are told from a change by one character."""
_BASE = re.compile(r"(?:(?P<year>同比|[比较](?:上年|去年))|(?P<month>环比)|(?P<mean>年均))[^，。；\n]{0,8}$")
_OF_WHOLE = re.compile(r"占(?:到|了|全[县市区省州旗镇乡村])?([^，。；\n\d占]{2,12}?)的$")
_SHARED = re.compile(rf"占比?{_ADVERBS}{_FIGURES}$|占[^，。；\n\d占]{{2,12}}的$")
_CHANGE_UNITS = frozenset({"百分点", "倍"})
_NEAR = 8  # code points before a subject in which a word that leads it stands
_WHOLE_THINGS = "个"
_NAMED_COUNTS = frozenset({"人", "次"})


class Subject(NamedTuple):
    """A subject taken apart. `indicator` is its key; `known` the row of the thesaurus, or None."""

    indicator: str
    known: Indicator | None
    aspect: Aspect = Aspect.LEVEL
    direction: Direction | None = None
    whole: str | None = None
    modifiers: tuple[str, ...] = ()


def normal_form(
    subject: str | None, measure: Measure, unit: str, values: tuple[int | float, int | float | None], before: str
) -> NormalForm | None:
    """The normal form of a figure; None without a subject.

    `values` are its value and, of a range, its upper end; `before` are the LOOK_BACK code points before its number, which tell a change
    (增长8.6%) from a level that was reached (增长到8.6%).
    """
    taken = take_apart(subject) if subject else None
    if subject is None or taken is None:
        return None
    normal = normal_unit(unit)
    aspect, direction, whole, modifiers = taken.aspect, taken.direction, taken.whole, taken.modifiers
    led = _led(before, subject)
    if before[-1:] in _LAST and (changed := _CHANGED.search(before)):
        aspect, direction = Aspect.CHANGE, Direction.UP if changed["up"] else Direction.DOWN
    elif led is not None and led.move is not None and aspect is Aspect.LEVEL and measure is not Measure.PERCENT:
        aspect, direction = Aspect.CHANGE, led.move
    elif normal.name in _CHANGE_UNITS and aspect is not Aspect.CHANGE:
        aspect = Aspect.CHANGE
    elif measure is Measure.PERCENT and aspect is Aspect.LEVEL:
        aspect = _of_percent(taken, before)
        whole = whole or _whole_before(before)
    if led is not None and led.note is not None and (led.move is None or aspect is Aspect.CHANGE):
        modifiers = (led.note, *modifiers)
    if aspect is Aspect.CHANGE and (base := _BASE.search(before)):
        modifiers = (*modifiers, "同比" if base["year"] else "环比" if base["month"] else "年均")
    name = normal.name
    if name == _WHOLE_THINGS and taken.known is not None and taken.known.unit in _NAMED_COUNTS:
        name = taken.known.unit
    return NormalForm(
        indicator=taken.indicator,
        listed=taken.known is not None,
        aspect=aspect,
        value=normal.of(values[0]),
        max_value=None if values[1] is None else normal.of(values[1]),
        unit=name,
        whole=whole,
        direction=direction,
        modifiers=tuple(dict.fromkeys(modifiers)) if modifiers else (),
    )


@lru_cache(maxsize=8192)
def take_apart(subject: str) -> Subject | None:
    """A subject by itself, without the words around its figure; None where nothing is left of it.

    What the thesaurus does not know keeps its own words: a name that merely ends like a term of it is another indicator.
    """
    text = bare(subject)
    if not text:
        return None
    if known := _listed(text):
        return Subject(known.term, known, _named_aspect(known.term, known))
    text, ends = _peeled(text, after=True)
    part, whole, shared = _share(text)
    core, starts = _peeled(part)
    core, inner = _split(core, sure=shared)
    known = _listed(core)
    aspect = Aspect.SHARE if shared else _named_aspect(core, known)
    effects = [*starts, *ends]
    notes = [effect.note for effect in effects if effect.note]
    moves = [effect.move for effect in ends or starts if effect.move and (ends or aspect is not Aspect.AVERAGE)]
    if moves:
        notes += ["占比"] if shared else []
        aspect = Aspect.CHANGE
    return Subject(known.term if known else core, known, aspect, moves[0] if moves else None, whole or inner, tuple(notes))


def _share(text: str) -> tuple[str, str | None, bool]:
    """What a share is of: the part, the whole where it is named, and whether the text speaks of a share at all."""
    if "占" in text and (found := _SHARE_OF.fullmatch(text)):
        return found[1], _key(found[2]), True
    end = _SHARE_END.search(text) if text[-1] in "占比重例" else None
    if end is None or end.start() < 2 or _listed(text):
        return text, None, False
    return text[: end.start()], None, True


def _named_aspect(core: str, known: Indicator | None) -> Aspect:
    """What a name says by itself; what stands before 的 only describes what is counted (亩均税收低的企业)."""
    if _AVERAGE.search(core) and "的" not in core:
        return Aspect.AVERAGE
    return Aspect.RATE if core.endswith("率") or (known is not None and known.unit == "%") else Aspect.LEVEL


def _of_percent(taken: Subject, before: str) -> Aspect:
    """A percentage is a rate where its subject is called one, and otherwise says what part of a whole its subject is."""
    if _SHARED.search(before):
        return Aspect.SHARE
    return Aspect.RATE if taken.indicator.endswith(_RATES) else Aspect.SHARE


def _whole_before(before: str) -> str | None:
    found = _OF_WHOLE.search(before)
    return _key(found[1]) if found else None


def _led(before: str, subject: str) -> _Effect | None:
    """What the word before the subject, or before a number that the subject follows, makes of the figure (累计培训志愿者, 新增床位)."""
    at = before.rfind(subject)
    end = len(before) if at < 0 else at
    near = before[max(0, end - _NEAR) : end]
    leading = _leading()
    if leading.firsts.isdisjoint(near):
        return None
    found = leading.pattern.search(near)
    return _table("before").words[found[1]] if found else None


class _Leading(NamedTuple):
    pattern: re.Pattern[str]
    firsts: frozenset[str]


@cache
def _leading() -> _Leading:
    """The words that are noted, or tell a change, with a few others behind them in the same clause; and what they begin with."""
    words = sorted((word for word, effect in _table("before").words.items() if effect.note), key=len, reverse=True)
    pattern = re.compile(rf"({'|'.join(words)})[^，。；：、,;:\n\d（）()“”]{{0,4}}\Z")
    return _Leading(pattern, frozenset(word[0] for word in words))


def _split(text: str, sure: bool) -> tuple[str, str | None]:
    """The part and the whole of 甲中乙, where one of the two is on the list or it is `sure` to be a share; else the text and None."""
    for at in (match.start() for match in _SPLITS.finditer(text)) if "中" in text else ():
        left, right = text[:at], text[at + 1 :]
        if len(left) >= 2 and len(right) >= 2 and (sure or _known_kind(left) or _listed(right)):
            return right, _key(left)
    return text, None


def _known_kind(name: str) -> bool:
    return _listed(name) is not None or holder_of(name) is not None


def _key(name: str) -> str:
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
class _Effect:
    word: str
    note: str | None
    move: Direction | None
    deed: bool


def _peeled(text: str, after: bool = False) -> tuple[str, list[_Effect]]:
    """The text without the words of the table at its beginning or its end, as long as it is not on the list and something is left."""
    effects: list[_Effect] = []
    while (found := _word(text, after)) is not None and _listed(text) is None:
        effects.append(found)
        text = text[: -len(found.word)] if after else text[len(found.word) :]
    return text, effects


def _word(text: str, after: bool) -> _Effect | None:
    """The longest word of the table that stands at an end of the text and leaves two characters at least."""
    table = _table("after" if after else "before")
    edge = text[-1:] if after else text[:1]
    for length in table.lengths.get(edge, ()):
        found = table.words.get(text[-length:] if after else text[:length]) if length <= len(text) - 2 else None
        if found is not None and not (found.deed and "的" in text):  # 安装导航的拖拉机: the verb is of the description
            return found
    return None


@cache
def rows() -> Mapping[str, list[dict[str, Any]]]:
    """The rows of normal_forms.toml by their side, `before` or `after`."""
    return tomllib.loads(files("ingest.extract").joinpath("normal_forms.toml").read_text("utf-8"))


class _Table(NamedTuple):
    """The words of one side, and how long those are, longest first, that have a character at their outer edge."""

    words: Mapping[str, _Effect]
    lengths: Mapping[str, list[int]]


@cache
def _table(side: str) -> _Table:
    moves = {"MORE": Direction.UP, "FEWER": Direction.DOWN}
    found: dict[str, _Effect] = {}
    for row in rows()[side]:
        if side == "after" and row["effect"] == "DROP":
            continue  # words of number (党员总数) come off only where a term of the list is left: see _listed
        for word in row["words"].split():
            silent = row["effect"] in ("DROP", "SCOPE") or (side == "after" and row["effect"] in moves)
            kept = None if silent else row.get("note", word)
            found[word] = _Effect(word, kept, moves.get(row["effect"]), deed=side == "before" and row["effect"] != "SCOPE")
    lengths: dict[str, set[int]] = {}
    for word in found:
        lengths.setdefault(word[-1 if side == "after" else 0], set()).add(len(word))
    return _Table(found, {edge: sorted(all_, reverse=True) for edge, all_ in lengths.items()})


@cache
def _tails() -> tuple[str, ...]:
    return tuple(
        sorted((word for row in rows()["after"] if row["effect"] == "DROP" for word in row["words"].split()), key=len, reverse=True)
    )
