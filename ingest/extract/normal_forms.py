"""The normal form of a figure: its subject under the thesaurus's term, its aspect and modifiers, its value in the normal unit."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from archive.findings import Aspect, Direction, Measure, NormalForm
from archive.indicators import SURVEYS, find_indicator
from archive.quantities import normal_unit
from ingest.extract.normal_subjects import Effect, Subject, generic, key_of, take_apart, words_around
from ingest.extract.statistic_figures import Figure

_LOOK_BACK = 24  # code points before a number in which the words of its change or share stand
_SENTENCE = 60  # code points to either side of a number in which its subject stands, where the text prints it as it is
_NEAR = 8  # code points before a subject in which a word that leads it stands

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
_SURVEYED = re.compile(
    r"(?:深入|走访|抽[取样]|随机选[取择]|访谈|实地(?:察看|查看|考察|踏勘)|座谈|调研(?!组|报告|室))了?"
    r"[^，。；：\n发显表有建立育推开实贯挖抓]{0,40}$"
)
_SURVEY_SIGNS = frozenset("深访抽谈察看考踏研选")
_PLACES_AND_PEOPLE = frozenset("个户人")
_DESCRIBES = re.compile(r"的[^，。；：、\n\d的]{1,14}\d")
_DESCRIBED = re.compile(r"\d[\d.]{0,8}[^\d，。；：、\n的]{1,5}的$")
_WHOLE_COUNTED = re.compile(r"占(?:到|了)?[^，。；、\d占比]{2,12}$")
_CHANGE_UNITS = frozenset({"百分点", "倍"})
_AMOUNTS = frozenset({"元", "公斤", "平方米"})  # of these, a bare percentage is no share
_WHOLE_THINGS = "个"
_NAMED_COUNTS = frozenset({"人", "次"})


def normal_form(subject: str | None, figure: Figure, text: str, place: str | None = None) -> NormalForm | None:
    """The normal form of a figure of a text; None without a subject. The name of its `place` is no part of what it counts.

    What stands before its number tells a change (增长8.6%) from a level that was reached (增长到8.6%), and a subject that was put together
    from two places of the sentence (网格员中党员) from one that is printed so.
    """
    if not subject:
        return None
    at = figure.start
    joined = "中" in subject and text.find(subject, max(0, at - _SENTENCE), at + _SENTENCE) < 0
    taken = take_apart(subject.removeprefix(place) or subject if place else subject, joined)
    if taken is None:
        return None
    before = text[max(0, at - _LOOK_BACK) : at]
    normal = normal_unit(figure.unit)
    aspect, direction, whole, modifiers = taken.aspect, taken.direction, taken.whole, taken.modifiers
    led = None if _DESCRIBES.match(text, figure.end) else _led(before, subject)  # 新建日处理200吨的厂1座: the plant is new
    if before[-1:] in _LAST and (changed := _CHANGED.search(before)):
        aspect, direction = Aspect.CHANGE, Direction.UP if changed["up"] else Direction.DOWN
    elif led is not None and led.move is not None and aspect is Aspect.LEVEL and figure.measure is not Measure.PERCENT:
        aspect, direction = Aspect.CHANGE, led.move
    elif normal.name in _CHANGE_UNITS and aspect is not Aspect.CHANGE:
        aspect = Aspect.CHANGE
    elif figure.measure is Measure.PERCENT and aspect is Aspect.LEVEL:
        aspect = _of_percent(taken, before)
        whole = whole or _whole_before(before)
    if led is not None and led.note is not None and (led.move is None or aspect is Aspect.CHANGE):
        modifiers = (led.note, *modifiers)
    if aspect is Aspect.CHANGE and (base := _BASE.search(before)):
        modifiers = (*modifiers, "同比" if base["year"] else "环比" if base["month"] else "年均")
    name = normal.name
    if name == _WHOLE_THINGS and taken.known is not None and taken.known.unit in _NAMED_COUNTS:
        name = taken.known.unit
    if aspect is Aspect.SHARE and figure.measure is not Measure.PERCENT and normal.name in _PLACES_AND_PEOPLE:
        aspect = Aspect.LEVEL  # 占应配122人 counts the whole, 其中党员占278人 the part
        if _WHOLE_COUNTED.search(before):
            taken, whole = _whole_of(taken), None
    indicator = taken.indicator if len(taken.indicator) > 1 and taken.indicator not in generic() else None
    visited = indicator is not None and aspect is Aspect.LEVEL and name in _PLACES_AND_PEOPLE and _visited(text, at)
    if indicator is not None and visited and not indicator.startswith(SURVEYS):
        indicator, modifiers = f"走访{indicator}", ("走访", *modifiers)
    direction, value = _turned(direction, normal.of(figure.value), figure.max_value is None)
    return NormalForm(
        indicator=indicator,
        listed=taken.known is not None and not visited,
        aspect=aspect,
        value=value,
        max_value=None if figure.max_value is None else normal.of(figure.max_value),
        unit=name,
        whole=whole,
        direction=direction,
        modifiers=tuple(dict.fromkeys(modifiers)) if modifiers else (),
    )


def _turned(direction: Direction | None, value: float, single: bool) -> tuple[Direction | None, float]:
    """Growth below nothing is a fall by so much: 增长-2.1% is 下降2.1%."""
    return (Direction.DOWN, -value) if direction is Direction.UP and value < 0 and single else (direction, value)


def _of_percent(taken: Subject, before: str) -> Aspect:
    """A percentage is a rate where its subject is called one, and otherwise says what part of a whole its subject is."""
    if _SHARED.search(before):
        return Aspect.SHARE
    amount = taken.known is not None and taken.known.unit in _AMOUNTS
    return Aspect.RATE if amount or taken.indicator.endswith(_RATES) else Aspect.SHARE


def _whole_before(before: str) -> str | None:
    found = _OF_WHOLE.search(before)
    return key_of(found[1]) if found else None


def _whole_of(taken: Subject) -> Subject:
    """The whole of a share as a subject of its own; an empty one where the list does not have it."""
    known = find_indicator(taken.whole) if taken.whole else None
    return Subject(known.term if known else "", known)


def _visited(text: str, at: int) -> bool:
    """Whether the number at `at` counts what a survey went to see (深入6个乡镇24个行政村), which is not what the place has."""
    before = text[max(0, at - _SENTENCE) : at]
    return not _SURVEY_SIGNS.isdisjoint(before) and _SURVEYED.search(before) is not None


def _led(before: str, subject: str) -> Effect | None:
    """What the word before the subject, or before a number that the subject follows, makes of the figure (累计培训志愿者, 新增床位)."""
    at = before.rfind(subject)
    end = len(before) if at < 0 else at
    leading = _leading()
    if described := _DESCRIBED.search(before, 0, end):
        found = leading.far.search(before, 0, described.start())
        return words_around("before").words[found[1]] if found else None
    near = before[max(0, end - _NEAR) : end]
    if leading.firsts.isdisjoint(near):
        return None
    found = leading.pattern.search(near)
    return words_around("before").words[found[1]] if found else None


class _Leading(NamedTuple):
    pattern: re.Pattern[str]
    far: re.Pattern[str]
    firsts: frozenset[str]


@cache
def _leading() -> _Leading:
    """The words that are noted, or tell a change, with a few others behind them in the same clause; and what they begin with."""
    words = sorted((word for word, effect in words_around("before").words.items() if effect.note), key=len, reverse=True)
    near, far = (re.compile(rf"({'|'.join(words)})(?!值)[^，。；：、,;:\n\d（）()“”]{{0,{reach}}}\Z") for reach in (4, 8))
    return _Leading(near, far, frozenset(word[0] for word in words))
