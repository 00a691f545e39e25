"""What names a figure: the words found beside it, which side wins, and the subject without what only leads in or trails off."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.wording import lists

REACH = 44
"""How far from a figure its noun may stand, in characters."""
_DONE = re.compile(r"(?:(?<![中高平同优初相对均])等|的|之|、|和|与|(?<![惠普涉波危])及|以及|或|为|了|是|在|\s)+$")
_MAY_TRAIL = re.compile(r"[等的之、和与及或为了是在\s]$")
_ENDS_COMPARED = tuple("长加升高大降少短小落低多增减快慢")
_COMPARED = re.compile(
    r"(?<=.)(?:同比|环比|(?<![同环])比(?![例重率值])|较(?![大多少高低])|与|同(?![学行志期]))[^，。；]{0,14}?"
    r"(?=(?:增长|增加|上升|提高|提升|扩大|下降|减少|降低|缩短|缩小|回落|[高低多少增减降快慢])$)"
)
MADE_OF = re.compile(r"^(?:[^，。；]{2,}组成|[^，。；]{2,8}为主|骨干|主体|核心|代表|支撑)的(?=.{2})")
"""What opens a subject that says of whom it is made up (干部、老党员组成的调解队)."""
_BROUGHT = re.compile(
    r"(?<=[^，。；完实]{2})(?:累计|共)?(?:实现|完成)(?=(?:增加值|总?产值|利润|税收|(?:主?营业务?|销售)收入)(?:总额)?(?:[同环]比)?(?:增长|下降)?$)"
)
"""工业实现增加值 is 工业增加值."""
_LONG_HEAD = re.compile(r"^(?:“[^“”]{8,}”(?=.{4})|[^等的]{2,}、[^等的]{2,}等(?=.{3}))")


class Found(NamedTuple):
    """The words that name what is counted. `kind` is NOUN, VERB (no noun beside the figure), CHANGE, SHARE or NONE."""

    kind: str
    span: Span

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.span.start : self.span.end]


NOTHING = Found("NONE", Span(0, 0))


_RATE = re.compile(r"(?:率|度|比例|比重|占比|指数|水平|占.{1,9})$")
_FUNDS = re.compile(r"(?:[^黄白合]金|经费|[贷专借善存]款|保费|收益|利润|利息|分红|补贴|补助|津贴|工资|报酬|积蓄|[^房地电水油]价)$")
_WORTH = ("占地", "价值", "造价")
_LOOSE = (Measure.COUNT, Measure.POPULATION)


def prefers_before(text: str, figure: Figure, left: Found, right: Found) -> bool:
    """Whether the noun stands before the figure, when there are words on both sides."""
    if "NONE" in (left.kind, right.kind):
        return right.kind == "NONE"
    if figure.measure is Measure.PERCENT:
        if left.kind in ("NOUN", "CLAUSE") and right.kind == "NOUN" and text.startswith("的", figure.end):  # 90%的农户
            return left.kind == "NOUN" and bool(_RATE.search(left.of(text)))
        return left.kind != "VERB" or right.kind != "NOUN"
    funds = figure.measure is Measure.MONEY and left.kind != "CHANGE" and _FUNDS.search(right.of(text))
    worth = text.startswith("的", figure.end) and left.of(text).endswith(_WORTH)  # 占地60亩的基地
    if right.kind == "NOUN" and (left.kind == "CLAUSE" or funds or worth):
        return False
    if left.kind in ("CHANGE", "SHARE"):
        return right.kind != "NOUN" or figure.measure not in _LOOSE
    times = figure.unit in ("次", "回", "轮", "遍", "趟")
    noun = left.kind in ("NOUN", "CLAUSE")
    return noun and (not times if right.kind == "VERB" else figure.measure not in _LOOSE)


def tidy(subject: str) -> str:
    """A subject without what only leads in or trails off (等, 的, 其中)."""
    if "\n" in subject:
        subject = subject.replace("\n", "")
    subject = subject.strip(" -·、（(")
    if _MAY_TRAIL.search(subject[-1:]):
        subject = _DONE.sub("", subject)
    if subject.endswith(_ENDS_COMPARED):
        subject = _COMPARED.sub("", subject)
    if "实现" in subject or "完成" in subject:
        subject = _BROUGHT.sub("", subject)
    if len(subject) > 14:
        subject = _LONG_HEAD.sub("", subject)
    return subject.removeprefix("其中").removeprefix("的")


_THAN = re.compile(r"^(?:同比|环比|(?:比|较|与|同)[^，。；]{0,14}?(?=增|提|上|扩|下|减|降|缩|回|高|低)|同期|上年|末|底){1,3}")
_CHANGE = ("同比增长", "同比下降", "增长", "增加", "上升", "提升", "下降", "减少", "降低", "缩短", "压缩", "提高", "降", "增")
_GROWN = ("发展", "扩展", "拓展", "壮大", "扩大", "跃升", "攀升", "调整", "稳定", "回升")
_LEVELS, _CHANGES = (*_CHANGE, *_GROWN), (*_CHANGE, "占比")


def change_of(phrase: str) -> str:
    """The word of change in the words before a figure: 比上年增长 → 增长; nothing where they lead to a level (下降到)."""
    if phrase.endswith(("到", "至", "为")):
        return ""
    phrase = tidy(_THAN.sub("", phrase))
    for ending in ("到", "至", "了", "达", "为", "约", "近"):
        phrase = phrase.removesuffix(ending)
    return phrase if phrase.removeprefix("年均").removeprefix("平均") in lists().changes else ""


def joined(base: str, more: str) -> str:
    """A subject with its change or share, once."""
    return base if not more or base.endswith(more) else base + more


def share_of(subject: str, base: str | None) -> str:
    """党员占比 after 双联户长中党员 (`base`) is a share of the latter."""
    for ending in ("占比", "占", "比例", "比重"):
        noun = subject.removesuffix(ending)
        if noun != subject:
            if base and noun and base.endswith(noun):
                noun = base
            noun = noun.rstrip("仅只均也就已约") if ending in ("比例", "比重") else noun.rstrip("仅只均也就已约的")
            return noun + ("占比" if ending == "占" else ending)
    return subject


def without_change(subject: str, level: bool = False) -> str:
    """生产总值同比增长 → 生产总值, so that the next 增长 is not added twice. Before a `level` 面积发展 (到) → 面积, but 占比 stays."""
    endings = _LEVELS if level else _CHANGES
    if not subject.endswith(endings):
        return subject
    for word in endings:
        if subject.endswith(word) and len(subject) > len(word) + 1:
            return subject.removesuffix(word)
    return subject
