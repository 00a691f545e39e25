"""Subjects that whole clauses give: the clause before a figure that has no noun beside it, and clauses that end in 的."""

from __future__ import annotations

import re

from archive.findings import Measure
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import tidy
from ingest.extract.subjects_named import named
from ingest.extract.wording import Word, lists, words

_THAN = frozenset(("低于", "高于", "不低于", "不高于", "超过", "优于", "大于", "小于", "好于", "快于"))
_ASIDE = frozenset(("按", "按照", "据", "根据", "依照", "扣除", "剔除"))
_HEADLESS = re.compile(
    r"(?P<who>[^，。；：,;:\n]{2,24}?的)(?P<share>(?:[仅只就也已均还共约]|超过?)?占(?:比|到)?)?"
    r"(?:仅|只|就|也|已|均|还|共|有|达到?|约|为|超过?|近){0,3}$"
)
_HAPPENS = frozenset(("时有发生", "屡禁不止", "屡见不鲜", "居高不下", "多发", "频发", "层出不穷", "依然存在", "逐年增多"))
_FACTS = frozenset(("现象", "行为", "问题", "情况", "事件"))
_THEN = re.compile(r"(?:原来|原先|最初|当初|当时|现在|目前|如今|过去|以前|当前|此前|\d{2,4}年(?:[底末初]|\d{1,2}月[底末]?)?)的$")
_VAGUE = frozenset(("有的", "其他的", "其余的", "更多的", "剩余的", "最多的", "最高的", "最大的", "达到的"))
_WHERE = re.compile(r"^(?:其中|全[县市区省州旗乡镇村]|[我该本][县市区州旗乡镇村]|目前|现有)+[,，]?")


_BEHIND = re.compile(r"的(?:主要|正)?是(?P<noun>[^，。；：、,;:!?\d\n]{2,14})(?=[，。；;\n]|$)")


def told_behind(text: str, figure: Figure) -> str | None:
    """The noun that 的是 names behind a change or a share: 下降5.2个百分点的是案件发生率."""
    match = _BEHIND.match(text, figure.end)
    stretch = words(text, *match.span("noun")) if match else []
    found = named(stretch)
    whole = found.kind == "NOUN" and match is not None and found.span == match.span("noun")
    return tidy(found.of(text)) or None if whole and stretch[-1].tag != "ns" else None


_THAN_THEN = re.compile(
    r"(?:比|较|[与同](?=[^，。；]{4,10}[相对]比))(?:\d{4}年|上一?年度?|去年|前年|上个?月|上个?季度)(?:全年|同期|同月|[年月]?末|[年月]?底)?的(?:约|近)?$"
)


def compared_with(text: str, figure: Figure, low: int) -> int | None:
    """Where the comparison begins whose earlier value a figure is: 比2022年的 (100万人次)."""
    low = max(low, figure.start - 20)
    match = _THAN_THEN.search(text, low, figure.start) if text.find("的", low, figure.start) >= 0 else None
    return match.start() if match else None


def clause_before(text: str, at: int, low: int) -> str | None:
    """The noun that the clause before ends with: 壮大社区工作者队伍,现达到1795名."""
    end = at
    while end > max(0, at - 24) and text[end - 1] not in "，,：:、":
        if text[end - 1] in "。；;！？\n":
            return None
        end -= 1
    end -= 1
    if end <= 0 or text[end] not in "，,：:、":
        return None
    start = end
    while start > max(low, end - 30) and text[start - 1] not in "，,：:。；;、！？\n":
        start -= 1
    stretch = words(text, start, end)
    stretch = stretch[: next((index for index, word in enumerate(stretch) if word.tag == "digit"), len(stretch))]
    stretch = _spoken_of(stretch)
    than = next((index for index, word in enumerate(stretch) if index and word.text in _THAN), None)
    if than is not None:  # 教师工资不低于公务员工资,人均…: said of the teachers
        stretch = stretch[:than]
    while len(stretch) > 1 and stretch[-1].tag in ("a", "d", "zg", "z"):  # 供养的比例更大
        stretch = stretch[:-1]
    told = start == low > 0 and bool(stretch) and (stretch[0].verb or any(word.text == "了" for word in stretch[1:2]))  # 5户通了电
    if told or (stretch and stretch[0].text in _ASIDE):  # 按可比价格计算
        return None
    found = named(stretch)
    if found.kind == "VERB":  # 牧民已全部定居: said of the herdsmen
        stretch = [word for word in stretch if word.end <= found.span.start]
        found = named(stretch)
    if found.kind not in ("NOUN", "CLAUSE"):
        return None
    inside = [word for word in stretch if word.start >= found.span.start and word.end <= found.span.end]
    heads = lists().heads
    verbs = [position for position, word in enumerate(inside[:-1]) if word.verb and inside[position + 1].text not in heads]
    if verbs and inside[-1].text not in _FACTS:
        inside = inside[verbs[-1] + 1 :]
    subject = tidy("".join(word.text for word in inside))
    if subject in ("大关", "关口"):
        return None
    return subject if len(subject) > 1 and not any(sign.isdigit() for sign in subject) else None


def _spoken_of(stretch: list[Word]) -> list[Word]:
    """What a clause speaks of, without what is done to it or happens to it."""
    if len(stretch) > 2 and stretch[0].text in ("将", "把"):  # 将经费纳入预算,每村5万元: said of the money
        stretch = stretch[1 : next((index for index, word in enumerate(stretch) if index > 1 and word.verb), len(stretch))]
    while len(stretch) > 1 and stretch[-1].text in _HAPPENS:
        stretch = stretch[:-1]
    return stretch


def headless(text: str, figure: Figure, low: int) -> tuple[str, int] | None:
    """A clause that ends in 的 and stands for a noun before a figure: 从事养殖的占26%, 安装导航系统的3600台. Its words and its start."""
    low = max(low, figure.start - 32)
    match = _HEADLESS.search(text, low, figure.start) if text.find("的", low, figure.start) >= 0 else None
    if match is None or _THEN.search(match["who"]) or bool(match["share"]) is not (figure.measure is Measure.PERCENT):
        return None
    if figure.measure not in (Measure.PERCENT, Measure.COUNT, Measure.POPULATION):
        return None
    who = _WHERE.sub("", match["who"])
    start = match.end("who") - len(who)
    return (who.removesuffix("的"), start) if len(who) > 2 and who not in _VAGUE else None
