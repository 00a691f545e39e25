"""Finds the noun that stands after a figure: 44个综合网格, 21名未掌握…的主干, 73支A、B等专业服务团队."""

from __future__ import annotations

import re

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import NOTHING, REACH, Found
from ingest.extract.wording import Word, done_by_another, lists, words

_STOPS = frozenset("，。；：！？,;:!?\n…、")
_STOP_AFTER = re.compile(r"[，。；：！？,;:!?\n…]|--|、(?=[^，。；：！？,;:!?\n]{0,4}\d)")
_MARK = re.compile(r"(?:要求|标准|目标|规定|底线|红线|门槛|比例|速度|增速|幅度|水平)(?!化)")
_MILESTONE = re.compile(r"、|的?(?:大关|关口|门槛)")
_IS = frozenset(("是", "有", "没有", "没", "已", "被", "由", "靠", "均", "都"))
_SAYS = frozenset(("认为", "表示", "觉得", "希望", "反映", "说"))
_WHITHER = frozenset(("到", "至", "给", "为", "成", "在", "于", "了"))
_BY_RULE = re.compile(r"要求|标准(?!化)|规定|比例|规模|额度|原则|幅度")
_TRAILS = re.compile(r"(?:\(含\)|以上|以下|左右|上下|以内|不等|[长宽高深厚]的|的|之)+")


def after(text: str, figure: Figure, limit: int) -> Found:
    """The noun or the verb that follows a figure; `limit` is where the next figure begins."""
    end = min(len(text), figure.end + REACH, limit)
    if end == figure.end or text[figure.end] in _STOPS:
        return NOTHING
    stop = _STOP_AFTER.search(text, figure.end, min(len(text), end + 6))
    stop = stop if stop and stop.start() < end else None
    trail = _TRAILS.match(text, figure.end, figure.end + 6) if text[figure.end] in "(以左上不的之长宽高深厚" else None
    begin = trail.end() if trail else figure.end
    if _names_no_noun(text, figure, begin, bool(trail and trail[0].endswith("的"))):
        return NOTHING
    stretch = words(text, begin, _without_names_cut(text, begin, stop.start() if stop else end))
    if not stop and end == limit:
        stretch = _up_to_deed(_up_to_amount(stretch))
    if not stretch or stretch[0].start != begin or (len(stretch) == 1 and stretch[0].text in ("中", "里", "内")):
        return NOTHING
    moved = len(stretch) > 1 and stretch[0].tag[0] == "v" and stretch[1].text in _WHITHER
    if moved or stretch[0].text in _WHITHER or stretch[0].text in _IS:  # 5万株分到户, 由41%升至55%
        return NOTHING
    span = _noun_after(_up_to_inside(stretch))
    return Found("NOUN", span) if span else _verb_after(stretch)


def _names_no_noun(text: str, figure: Figure, begin: int, of: bool) -> bool:
    """Whether what follows at `begin` only says what kind of figure it is (a mark, a rule, a milestone), or is a list's next item."""
    if figure.measure is Measure.PERCENT and _MARK.match(text, begin):
        return True
    if of and _BY_RULE.match(text, begin) and "每" in text[max(0, figure.start - 16) : figure.start]:  # 每个网格300户左右的标准
        return True
    return text.startswith(("、", "的大", "大关", "关口", "门槛"), begin) and bool(
        _MILESTONE.match(text, begin)
    )  # 税收突破20亿元大关; 大棚1.8万座、枸杞6万亩


def _up_to_inside(stretch: list[Word]) -> list[Word]:
    """90名社员中女性: the noun ends before 中."""
    for index in range(1, len(stretch) - 1):
        if stretch[index].text in ("中", "里") and stretch[index - 1].nominal:
            return stretch[:index]
    return stretch


def _up_to_amount(stretch: list[Word]) -> list[Word]:
    """21个药材品种种植面积 (达3万亩), 86个村集体收入 (超过20万元): the amount is what the next figure is of."""
    amount = next((index for index in range(1, len(stretch)) if stretch[index].text in lists().amounts), 0)
    if not amount or not all(word.nominal or word.tag[0] == "v" for word in stretch[:amount]):
        return stretch
    return stretch[: next((index for index in range(1, amount) if stretch[index].tag[0] == "v"), 1)]


def _up_to_deed(stretch: list[Word]) -> list[Word]:
    """12个城市开设直营店 (36家): where the next figure follows at once, the verb and its noun are the next figure's."""
    for index in range(1, len(stretch) - 1):
        deed = stretch[index].text in lists().cuts and stretch[index].tag.startswith("v") and stretch[index - 1].nominal
        if deed and stretch[index + 1].text not in lists().heads:
            return stretch[:index]
    return stretch


def _without_names_cut(text: str, start: int, end: int) -> int:
    """`end`, or the end of a quotation that it would cut through."""
    open_, close = text.rfind("“", start, end), text.rfind("”", start, end)
    if open_ > close:
        closing = text.find("”", end, end + 40)
        return closing + 1 if closing >= 0 else open_
    return end


def _relative(stretch: list[Word]) -> int:
    """The index after 的 when the stretch opens with a relative clause (未掌握…的, 履职尽责不到位的), else 0."""
    if stretch[0].nominal and stretch[0].tag not in ("l", "i", "b", "z"):
        simple = next((index for index, word in enumerate(stretch[:4]) if word.text == "的"), None)
        acts = simple is None or any(word.verb for word in stretch[1:simple])  # 8名乡贤组成的调解队
        return 0 if acts or simple is None else simple + 1
    for index, word in enumerate(stretch):
        if word.text == "的":
            return index + 1
        if word.tag == "digit" or word.text in ("、", "(", "并", "均", "已") or word.start - stretch[0].start > 22:
            break
    return 0


def _noun_after(stretch: list[Word]) -> Span | None:
    """The span of the noun phrase at the start of `stretch`, or None."""
    index = _relative(stretch)
    index = _list_with_deng(stretch) or (index if index < len(stretch) else 0)
    head: int | None = None
    while index < len(stretch):
        if not _belongs(stretch, index, head is not None):
            break
        word = stretch[index]
        if word.nominal and not (word.tag == "f" and len(word.text) == 1) and not (_describes(word) and index + 1 < len(stretch)):
            head = index
        index += 1
    return None if head is None else Span(stretch[0].start, stretch[head].end)


def _describes(word: Word) -> bool:
    return word.tag in ("b", "z") or word.text in lists().modifiers or word.text.endswith("级")


def _belongs(stretch: list[Word], index: int, headed: bool) -> bool:
    """Whether the word at `index` goes on with the noun phrase after a figure; `headed` when a noun stands before it."""
    word = stretch[index]
    following = stretch[index + 1] if index + 1 < len(stretch) else None
    on = following is not None and (following.nominal or following.tag.startswith(("v", "a")))
    if word.text in ("、", "和", "与", "及", "以及", "或"):
        return headed and _list_goes_on(stretch, index)
    if word.text in ("的", "等", "之"):
        return on
    if headed and following is not None and word.text not in _SAYS:
        if following.text in lists().heads and stretch[index - 1].tag.startswith("n"):
            return True  # 3个蔬菜种植基地
        acts = (word.verb or word.text in lists().leading) and following.text in ("了", "着", "过")
        if acts or done_by_another(stretch, index):  # 70户农户种植黄精, 30户村民申报了
            return False
    if word.text in lists().predicates or word.text in lists().cuts or word.text in _SAYS:
        return (not headed and on and word.tag.startswith("v")) or (word.tag == "vn" and (not headed or _closes(stretch, index)))
    return word.nominal or _fits(stretch, index, headed, on)


def _fits(stretch: list[Word], index: int, headed: bool, on: bool) -> bool:
    """Whether a word that is no noun stands inside one; `on` when a noun or a verb follows it."""
    word = stretch[index]
    if word.tag.startswith(("a", "m", "q", "t")):
        return on
    if word.tag == "d" and not headed and len(word.text) > 1 and word.text not in lists().openers:  # 8家长期亏损企业
        return on and any(later.tag.startswith("n") for later in stretch[index + 1 : index + 3])
    if word.tag.startswith("v"):
        return _closes(stretch, index) if headed else on
    return (headed and word.tag in ("d", "zg") and _closes(stretch, index)) or _short(word, on)


def _short(word: Word, on: bool) -> bool:
    """A single character that the dictionary leaves over inside a noun."""
    return len(word.text) == 1 and on and word.tag not in ("p", "d", "c", "r", "y", "x", "ul", "uz", "ug", "uj", "digit")


def _closes(stretch: list[Word], index: int) -> bool:
    """Whether a verb or adverb inside a noun (搬迁村, 急难愁盼问题) is followed by one last noun and then the end."""
    rest = stretch[index:]
    vocabulary = lists()
    if len(rest) < 2 or len(rest) > 5 or not rest[-1].nominal or rest[-1].end - rest[0].start > 10:
        return False
    if rest[0].verb and rest[-1].text not in vocabulary.heads and any(word.tag.startswith("n") for word in rest[1:-1]):
        return False  # 路灯照亮巷道
    if rest[0].tag == "d" and (len(rest[0].text) < 2 or rest[0].text in vocabulary.openers):
        return False
    return all(not word.tag.startswith(("p", "u", "c", "r", "x", "digit", "quote")) for word in rest) and not any(
        word.text in vocabulary.predicates for word in rest[1:]
    )


def _list_with_deng(stretch: list[Word]) -> int:
    """The index after 等 when the stretch is a list that 等 closes before the noun (A、B、C等专业服务团队), else 0."""
    commas = 0
    for index, word in enumerate(stretch):
        if word.text == "等" and commas:
            return index + 1 if index + 1 < len(stretch) and stretch[index + 1].nominal else 0
        commas += word.text == "、"
        if (
            word.tag in ("digit", "p")
            or (word.tag.startswith("u") and word.text != "等")
            or (word.text in lists().predicates and not commas)
        ):
            return 0
    return 0


def _list_goes_on(stretch: list[Word], index: int) -> bool:
    """Whether a list (A、B和C; A、B等C) after a figure still names what it counts."""
    rest = stretch[index + 1 :]
    if not rest or rest[0].tag == "digit" or not (rest[0].nominal or rest[0].verb):
        return False
    if stretch[index].text != "、":
        return rest[0].nominal
    if index and len(stretch[index - 1].text) == 1:
        return True
    for word in rest:
        if word.tag == "digit" or word.text in lists().predicates:
            return False
        if word.text in ("和", "与", "及", "等"):
            return True
    return False


def _verb_after(stretch: list[Word]) -> Found:
    """实地指导, 研究解决: the first words after a count of times."""
    end = None
    for word in stretch[:3]:
        if (
            not (word.tag.startswith("v") or word.nominal or word.tag in ("ad", "a"))
            or word.tag == "digit"
            or word.text in ("为", "是", "有", "被", "让")
        ):
            break
        end = word.end
    return NOTHING if end is None else Found("VERB", Span(stretch[0].start, end))
