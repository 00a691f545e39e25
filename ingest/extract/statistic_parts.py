"""Parts of what was counted before (其中, 90名社员中, 公办22所 in a bracket), and the figure with its subject that they are parts of."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure

_BRACKET_ENDS = re.compile(r"[)）\n]")
_KIND = re.compile(r"(?:[公民国私自]|集体|社会)(?:[办立营]|有)|[国省市县区乡镇](?:[级属直]|管)")
_SENTENCE = re.compile(r"[。；！？\n]")
PEOPLE = frozenset("人名位")
"""Measure words of people."""
_STOP = re.compile(r"[。！？!?\n]")
_CLOSE = re.compile(r"[。；;！？!?\n]")


class Dealt(NamedTuple):
    """What 分别 deals out to one figure: a period or a place as it is printed, and the `year` where a range of years is printed."""

    span: Span
    year: str | None = None


class Named(NamedTuple):
    """A figure with its subject. `base` is the subject without change or share, `span` the quote; `residents` are people of households."""

    figure: Figure
    subject: str | None
    base: str | None
    span: Span
    residents: bool = False
    taken: int = 0  # where the words after the figure that name it end
    alone: bool = False  # what a verb of its own says, which the figure before does not name
    dealt: Dealt | None = None  # the period or the place that 分别 deals out to it
    deed: str = ""  # the verbs before it, where no noun behind the figures that follow names it


def whole_of(text: str, figure: Figure, earlier: list[Named]) -> Named | None:
    """The figure whose part this one is: the last before the 其中 of its sentence."""
    if not earlier:
        return None
    inside = figure.unit in PEOPLE and earlier[-1].figure.unit in PEOPLE
    if inside and earlier[-1].taken < figure.start and text.startswith("中", earlier[-1].taken):  # 90名社员中女性35人
        return earlier[-1]
    low = max(0, figure.start - 120)
    bracket = max(text.rfind("(", low, figure.start), text.rfind("（", low, figure.start))
    if bracket > 0 and not _BRACKET_ENDS.search(text, bracket, figure.start):  # 幼儿园63所(公办22所,民办41所)
        return next((item for item in reversed(earlier[-12:]) if item.figure.end == bracket), None)
    at = text.rfind("其中", low, figure.start)
    if at < 0 or _CLOSE.search(text, at, figure.start):
        return None
    for item in reversed(earlier[-12:]):
        if item.figure.end <= at:
            near = at - item.figure.end < 40 and text.count("。", item.figure.end, at) + text.count("\n", item.figure.end, at) <= 1
            return (_alike(text, figure, item, earlier) or item) if near else None
    return None


def _alike(text: str, figure: Figure, nearest: Named, earlier: list[Named]) -> Named | None:
    """养老机构28家,床位3260张,其中公办21家: the last figure of the sentence with the measure word of the part."""
    if figure.measure is Measure.PERCENT:
        return None
    for item in reversed(earlier[-6:]):
        if item.figure.end <= nearest.figure.end:
            if _SENTENCE.search(text, item.figure.end, nearest.figure.end):
                return None
            if item.figure.unit == figure.unit or {item.figure.unit, figure.unit} <= PEOPLE:
                return item if item.figure.value >= figure.value else None
    return None


def of_other_kind(figure: Figure, previous: Named) -> bool:
    """Whether households can be none of what was counted before (6个村民小组、426户)."""
    return figure.unit == "户" and previous.figure.unit not in PEOPLE and previous.figure.unit != "户"


_ALIKE = (
    frozenset("件起宗例"),
    PEOPLE,
    frozenset(("家", "个", "项", "所", "处", "座", "间")),
    frozenset(("场", "次", "场次", "期", "轮", "批")),
)


def may_go_on(figure: Figure, previous: Named) -> bool:
    """Whether a figure behind a bare verb (项目90个,开工60个) can count what the figure before counts; 代办事项128项,代办3.7万件 do not."""
    if figure.measure not in (Measure.COUNT, Measure.POPULATION):
        return True
    unit = previous.figure.unit
    alike = figure.unit == unit or any({figure.unit, unit} <= units for units in _ALIKE)
    return alike and previous.figure.measure in (Measure.COUNT, Measure.POPULATION)


_AREA = re.compile(r"^占(?:到了?|了|据了?)?(?P<area>全(?:国|省|市|县|区|州|旗|盟|镇|乡)|世界)(?:的)?(?P<noun>.{2,}?)的?$")


def holder_of_share(text: str, figure: Figure, phrase: str, earlier: list[Named]) -> Named | None:
    """The whole that 占全省… speaks of, where its parts stand between: 饲养量50万只,其中存栏20万只、出栏30万只,占全省饲养量的一成."""
    match = _AREA.match(phrase)
    if match is None:
        return None
    for item in reversed(earlier[-6:-1]):
        if figure.start - item.figure.end > 100 or _CLOSE.search(text, item.figure.end, figure.start):
            return None
        if item.base and match["noun"].endswith(item.base):
            same = text.find(match["area"], max(0, item.figure.start - 40), item.figure.start) >= 0
            part = abs(earlier[-1].figure.value * 100 - figure.value * item.figure.value) <= item.figure.value
            return None if same or part else item
    return None


def _is_part(figure: Figure, whole: Named, subject: str) -> bool:
    """Whether the subject must name its whole to be clear alone: 党员 of 网格员, but not 养羊合作社 of 合作社."""
    base = whole.base or ""
    if "中" in base or base in subject or len(base) > 16:
        return False
    if figure.measure is Measure.PERCENT:
        return subject.endswith("占比")
    same = figure.unit == whole.figure.unit or {figure.unit, whole.figure.unit} <= PEOPLE
    return same and figure.value <= whole.figure.value


def as_part(figure: Figure, whole: Named, subject: str) -> str:
    """The subject of a part with its whole: 网格员中党员, 公办幼儿园; the subject itself where it is clear alone."""
    if whole.base and whole.base not in subject and _KIND.fullmatch(subject):
        return subject + whole.base
    return f"{whole.base}中{subject}" if whole.base and _is_part(figure, whole, subject) else subject


def look_ahead(text: str, items: list[Named]) -> list[Named]:
    """36户120人脱贫, 4类15条标准: a figure without a noun takes that of the figure that follows it at once."""
    for index in range(len(items) - 2, -1, -1):
        item, following = items[index], items[index + 1]
        if item.subject is None and following.subject and item.figure.end == following.figure.start:
            items[index] = item = Named(
                item.figure, following.subject, following.base, Span(item.span.start, following.figure.end), item.residents
            )
    for index in range(len(items)):
        item, earlier = items[index], items[index - 1 if index else 0]
        if item.deed and item.subject is None:  # 搬迁入住30户96人
            items[index] = Named(item.figure, item.deed, item.deed, item.span, item.residents)
        elif (
            item.subject is None
            and earlier.base
            and not item.alone
            and not of_other_kind(item.figure, earlier)
            and item.figure.start - earlier.figure.end < 30
            and not _STOP.search(text, earlier.figure.end, item.figure.start)
        ):
            items[index] = Named(item.figure, earlier.base, earlier.base, item.span, item.residents)
    return items
