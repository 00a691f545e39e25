"""Finds the noun that a figure counts: after it (44个综合网格), before it (网格员350人), or in what was said before (占比为79.4%)."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.wording import Word, lists, words

_REACH = 44
_STOP_AFTER = re.compile(r"[，。；：！？,;:!?\n…]|--|、(?=[^，。；：！？,;:!?\n]{0,4}\d)")
_STOP_BEFORE = "，。；：！？,;:!?\n、…【】|"
_DONE = re.compile(r"(?:等|的|之|、|和|与|及|以及|或|为|了|是|在|\s)+$")
_LONG_HEAD = re.compile(r"^(?:“[^“”]{8,}”(?=.{4})|[^等的]{2,}、[^等的]{2,}等(?=.{3}))")
_TRAILS = re.compile(r"^(?:\(含\)|以上|以下|左右|上下|以内|不等|的|之)+")


class Found(NamedTuple):
    """The words that name what is counted. `kind` is NOUN, VERB (no noun beside the figure), CHANGE, SHARE or NONE."""

    kind: str
    span: Span

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.span.start : self.span.end]


_NOTHING = Found("NONE", Span(0, 0))


def after(text: str, figure: Figure, limit: int) -> Found:
    """The noun or the verb that follows a figure; `limit` is where the next figure begins."""
    end = min(len(text), figure.end + _REACH, limit)
    stop = _STOP_AFTER.search(text, figure.end, end)
    trail = _TRAILS.match(text[figure.end : figure.end + 6])
    begin = figure.end + (trail.end() if trail else 0)
    stretch = words(text, begin, _without_names_cut(text, begin, stop.start() if stop else end))
    if not stretch or stretch[0].start != begin:
        return _NOTHING
    span = _noun_after(stretch)
    if span:
        return Found("NOUN", span)
    return _verb_after(stretch)


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
        return 0 if simple is None else simple + 1
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
        if word.nominal and not (_describes(word) and index + 1 < len(stretch)):
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
    if word.tag == "digit":
        return False
    if word.text in ("、", "和", "与", "及", "以及", "或"):
        return headed and _list_goes_on(stretch, index)
    if word.text in ("的", "等", "之"):
        return on
    if word.text in lists().predicates:
        return (not headed and on and word.tag.startswith("v")) or (word.tag == "vn" and (not headed or _closes(stretch, index)))
    if word.nominal:
        return True
    if word.tag.startswith(("a", "m", "q", "t")):
        return on
    if word.tag.startswith("v"):
        return (not headed and on) or (headed and _closes(stretch, index))
    if headed and word.tag in ("d", "zg"):
        return _closes(stretch, index)
    return len(word.text) == 1 and on and word.tag not in ("p", "d", "c", "r", "y", "x", "ul", "uz", "ug", "uj")


def _closes(stretch: list[Word], index: int) -> bool:
    """Whether a verb or adverb inside a noun (搬迁村, 急难愁盼问题) is followed by one last noun and then the end."""
    rest = stretch[index:]
    vocabulary = lists()
    if len(rest) < 2 or len(rest) > 5 or not rest[-1].nominal or rest[-1].end - rest[0].start > 10:
        return False
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
        if word.tag in ("digit", "p") or word.tag.startswith("u") and word.text != "等" or word.text in lists().predicates and not commas:
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
    return _NOTHING if end is None else Found("VERB", Span(stretch[0].start, end))


def before(text: str, figure: Figure, low: int, dates: list[Span]) -> Found:
    """The noun, or words of change or share, before a figure; `low` is where the figure before ends."""
    end = figure.start
    begin = _boundary(text, max(low, end - _REACH), end)
    for date in dates:  # a date between the noun and the figure is no part of either
        if date.end <= end and date.end > begin:
            if end - date.end <= 1:
                end = date.start
                begin = _boundary(text, max(low, end - _REACH), end)
            else:
                begin = max(begin, date.end)
    stretch = words(text, begin, end)
    if figure.measure is Measure.COUNT:
        each = next((index for index, word in enumerate(stretch) if word.text.startswith("每")), 0)
        owner = named(stretch[:each])
        if owner.kind == "NOUN":  # 兼职网格员按每个网格2—3名配备
            return owner
    return named(stretch)


def _boundary(text: str, low: int, end: int) -> int:
    """The start of the phrase that ends at `end`: after a mark that stands in no quotation and in no bracket."""
    quoted = bracket = 0
    at = end
    while at > low:
        sign = text[at - 1]
        if sign == "”":
            quoted += 1
        elif sign == "“":
            if not quoted:
                break
            quoted -= 1
        elif sign in ")）":
            bracket += 1
        elif sign in "(（":
            if not bracket:
                break
            bracket -= 1
        elif not quoted and not bracket and sign in _STOP_BEFORE:
            break
        at -= 1
    return at


def named(stretch: list[Word]) -> Found:
    """What a stretch of words that ends at a figure names."""
    vocabulary = lists()
    last = len(stretch)
    while last and _links(stretch[last - 1]):
        last -= 1
    if not last:
        return _NOTHING
    first = last
    while first and not _breaks(stretch, first - 1):
        first -= 1
    first = _last_cut(stretch, first, last)
    while first < last - 1 and _leads(stretch[first], stretch[last - 1].end - stretch[first].end > 1 and any(word.nominal for word in stretch[first + 1 : last])):
        first += 1
    if first >= last:
        return _NOTHING
    span = Span(stretch[first].start, stretch[last - 1].end)
    joined = "".join(word.text for word in stretch[first:last])
    if stretch[first].text in vocabulary.shares or joined.startswith("占"):
        return Found("SHARE", span)
    if all(word.text in vocabulary.changes or word.tag in ("d", "p", "t") for word in stretch[first:last]):
        return Found("CHANGE", span)
    if not any(word.nominal for word in stretch[first:last]):
        return Found("VERB", span) if any(word.tag.startswith("v") for word in stretch[first:last]) else _NOTHING
    if last < len(stretch) and stretch[last].text in ("了", "着", "过") or stretch[last - 1].verb and stretch[last - 1].text in vocabulary.leading:
        return Found("CLAUSE", span)
    return Found("NOUN", span)


def _last_cut(stretch: list[Word], first: int, last: int) -> int:
    """The index behind the last verb that must govern what follows it; `first` where there is none, or in an average (平均每名…)."""
    if first >= last or stretch[first].text.startswith(("平均", "每", "人均", "户均")):
        return first
    for index in range(last - 2, first - 1, -1):
        rest = stretch[index + 1 : last]
        if stretch[index].text in lists().cuts and any(word.nominal for word in rest) and rest[-1].end - rest[0].start > 1:
            return index + 1
    return first


def _links(word: Word) -> bool:
    if word.text == "比":  # 存贷比74.3%
        return False
    return word.text in lists().links or word.tag in ("d", "ul", "uz", "ug", "p", "x", "y") and word.text not in lists().changes


def _breaks(stretch: list[Word], index: int) -> bool:
    """Whether a word ends the noun phrase towards the left."""
    word = stretch[index]
    if word.text == "比" and index == len(stretch) - 1:
        return False
    if word.tag in ("p", "ul", "uz", "ug", "y", "t", "digit") and word.text not in ("每", "与", "同"):
        return True
    if word.tag == "d" and word.text not in ("不", "未", "再", "人均", "户均", "年均", "最"):
        return True
    if word.tag == "r" and not word.text.startswith(("每", "各")):
        return True
    return word.tag == "x" and word.text not in ("-", "—", "·", "、")


def _leads(word: Word, more: bool) -> bool:
    """Whether a word at the head of the phrase governs the noun or only introduces it."""
    vocabulary = lists()
    if word.text in vocabulary.changes or word.text.startswith("占") or not more:
        return word.text in vocabulary.openers
    if word.text in vocabulary.modifiers or word.text in vocabulary.nouns:
        return False
    return word.text in vocabulary.leading or word.text in vocabulary.openers or word.tag in ("d", "c", "x", "uj", "ad", "ns", "f")


def prefers_before(figure: Figure, left: Found, right: Found) -> bool:
    """Whether the noun stands before the figure, when there are words on both sides."""
    if right.kind == "NONE":
        return True
    if left.kind == "NONE":
        return False
    if left.kind == "CLAUSE" and right.kind == "NOUN":
        return False
    if figure.measure is Measure.PERCENT:
        return left.kind != "VERB" or right.kind != "NOUN"
    if left.kind in ("CHANGE", "SHARE"):
        return right.kind != "NOUN" or figure.measure not in (Measure.COUNT, Measure.POPULATION)
    if right.kind == "VERB":
        times = figure.unit in ("次", "回", "轮", "遍", "趟")
        return left.kind in ("NOUN", "CLAUSE") and not times
    return figure.measure not in (Measure.COUNT, Measure.POPULATION) and left.kind in ("NOUN", "CLAUSE")


def tidy(subject: str) -> str:
    """A subject without what only leads in or trails off (等, 的, 其中)."""
    subject = _DONE.sub("", subject.replace("\n", "").strip(" -·、（("))
    if len(subject) > 14:
        subject = _LONG_HEAD.sub("", subject)
    return subject.removeprefix("其中").removeprefix("的")
