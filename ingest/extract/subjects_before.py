"""Finds the noun that stands before a figure (网格员350人), or the word of change or share that refers further back (增长6%)."""

from __future__ import annotations

import re

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import NOTHING, REACH, Found
from ingest.extract.wording import Word, done_by_another, lists, words

_ITEM, _LIST = 12, 30  # characters: an item of a list of nouns, and the list
_BEYOND = frozenset(("高于", "低于", "高出", "超出", "快于", "慢于", "好于", "优于", "多于", "少于"))
_COMPARISONS = frozenset(("比", "较", "与", "同", "同比", "环比"))
_PROVIDES = frozenset(("配备", "设立", "设置", "建立", "建成", "配有", "设有", "落实", "安排", "确定"))
_MODALS = frozenset(("能", "可", "会", "要", "可以", "能够", "需要", "就", "便"))
_DONE_TO = frozenset(("完成", "实现", "达到", "突破", "增加", "减少", "扩大", "提高", "达", "为", "占", "有", "按", "是", "新增"))
_ONLY_LINKS = re.compile(r"[底末]?的?(?:不足|不到|仅|只有|约|近|超过?)")
_SMALLER = ("低", "高", "少", "多", "增", "减", "降")
_NESTS = re.compile("[“”()（）]")
_TO_LAST_STOP = re.compile(r"(?s:.)*[，。；：！？,;:!?\n、…【】|]")
_STOP_BEFORE = "，。；：！？,;:!?\n、…【】|"


def before(text: str, figure: Figure, low: int, dates: list[Span]) -> Found:
    """The noun, or words of change or share, before a figure; `low` is where the figure before ends."""
    end = figure.start
    begin = _boundary(text, max(low, end - REACH), end)
    since = _compared_with(text, begin, end, dates) if dates else None
    if since:  # 信访总量较上年下降
        compared = named(words(text, begin, end))
        if compared.kind == "NOUN" and compared.span.start < since.start:
            return compared
    for date in dates:  # a date between the noun and the figure is no part of either
        if date.end <= end and date.end > begin:
            if (end - date.end <= 1 and text[date.end : end] not in _SMALLER) or _ONLY_LINKS.fullmatch(text, date.end, end):
                end = date.start
                begin = _boundary(text, max(low, end - REACH), end)
            else:
                begin = max(begin, date.end + 2 * text.startswith(("同期", "相比"), date.end))
    stretch = words(text, begin, end)
    if stretch and stretch[0].text in ("距离", "距", "离"):  # 距离省定55%的要求: said of what the clause before names
        return NOTHING
    owner = _owner(stretch, figure)
    return _coordinated(text, low, begin, named(stretch)) if owner is None else owner


def _compared_with(text: str, begin: int, end: int, dates: list[Span]) -> Span | None:
    """The date that a comparison between `begin` and `end` names."""
    return next((date for date in dates if begin < date.start and date.end < end and text[date.start - 1] in "比较同与"), None)


def _owner(stretch: list[Word], figure: Figure) -> Found | None:
    """What stands before 每: 兼职网格员按每个网格2—3名配备, 供养标准由每人每月760元."""
    each = 0
    for index, word in enumerate(stretch):
        if index and word.text[0] == "每":
            each = index
            break
    if not each or figure.measure is Measure.PERCENT:
        return None
    rest = stretch[each:]
    short = len(rest) <= 3 if figure.measure is Measure.COUNT else rest[-1].end - rest[0].start <= 6 and _only_per(rest)
    if not short or all(word.text in lists().openers for word in stretch[:each]):
        return None
    owner = named(stretch[:each])
    if owner.kind not in ("NOUN", "CLAUSE"):
        return None
    if len(rest) == 2 and rest[1].text in lists().nouns:  # 冷库每座补助10万元
        return Found("NOUN", Span(owner.span.start, rest[1].end))
    if stretch[each - 1].text in lists().areas and figure.measure is Measure.COUNT:
        return Found("NOUN", Span(stretch[each - 1].start, rest[-1].end))
    return owner if stretch[each - 1].end == owner.span.end or _links(stretch[each - 1]) else None


def _only_per(rest: list[Word]) -> bool:
    """每人每月, 每立方米, 每张床位每年: nothing that would name the figure itself."""
    return rest[-1].text.startswith("每") or len(rest) <= 2


def _coordinated(text: str, low: int, begin: int, found: Found) -> Found:
    """A noun with those that are listed before it (中小学、幼儿园12所; 配备率、管理率均达到100%)."""
    if found.kind != "NOUN" or found.span.start != begin or begin <= low or text[begin - 1] != "、":
        return found
    at = begin
    for _ in range(5):
        if at - 1 <= low or text[at - 1] != "、":
            break
        head = _boundary(text, max(low, at - 1 - _ITEM), at - 1)
        piece = words(text, head, at - 1)
        item = named(piece)
        cut = head > 0 and text[head - 1] not in _STOP_BEFORE and head != low
        if cut or item.kind != "NOUN" or item.span.end != at - 1 or any(word.tag == "digit" for word in piece):
            break
        at = item.span.start
        if at != head:
            break
    return Found("NOUN", Span(at, found.span.end)) if found.span.end - at <= _LIST else found


def _boundary(text: str, low: int, end: int) -> int:
    """The start of the phrase that ends at `end`: after a mark that stands in no quotation and in no bracket."""
    if not _NESTS.search(text, low, end):
        stop = _TO_LAST_STOP.match(text, low, end)
        return stop.end() if stop else low
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
    last = len(stretch)
    while last and _links(stretch[last - 1]):
        last -= 1
    if 1 < last < len(stretch) and stretch[last].text in ("到", "至") and stretch[last - 1].verb and stretch[last - 2].tag[0] in "ndp":
        last -= 1  # 占比已跃升到
        while last and _links(stretch[last - 1]):
            last -= 1
    if last == 1 and len(stretch) > 1 and stretch[1].text in ("到", "至") and stretch[0].tag[0] == "v":  # 提升至
        return Found("CHANGE", Span(stretch[0].start, stretch[1].end))
    if not last:
        return NOTHING
    compared = _comparison(stretch, last)
    if compared is not None:
        return compared
    first = last
    while first and not _breaks(stretch, first - 1, last):
        first -= 1
    while 1 < first < last and stretch[first - 1].text in ("了", "到") and stretch[first - 2].text[0] in "占到":  # 占到了总数的一半
        first -= 2 if _of_all(stretch[first - 2]) else 1
    if first < last - 1:
        first = _last_cut(stretch, _past_receiver(stretch, first, last), last)
    while first < last - 1 and _leads(stretch[first], _names_something(stretch[first + 1 : last])) and not _measured(stretch, first, last):
        first += 1
    return _classified(stretch, first, last) if first < last else NOTHING


def _measured(stretch: list[Word], first: int, last: int) -> bool:
    """流转面积: what would be left does not say of what it is the amount."""
    vocabulary = lists()
    alone = first + 2 == last and stretch[first + 1].text in vocabulary.amounts
    return alone and stretch[first].tag[0] == "v" and stretch[first].text not in vocabulary.openers and stretch[first].text not in _DONE_TO


def _past_receiver(stretch: list[Word], first: int, last: int) -> int:
    """向社会转让房屋: behind the verb that follows whom it is done for; `first` where there is none."""
    if not first or stretch[first - 1].text not in ("向", "给", "为"):
        return first
    verb = next((index for index in range(first + 1, last - 1) if stretch[index].verb), first)
    return verb + 1 if verb > first and _names_something(stretch[verb + 1 : last]) else first


def _names_something(rest: list[Word]) -> bool:
    return rest[-1].end - rest[0].start > 1 and (rest[-1].nominal or any(word.nominal for word in rest))


def _classified(stretch: list[Word], first: int, last: int) -> Found:
    """The words `[first, last)` as a noun, as a word of change or share, or as verbs alone."""
    vocabulary = lists()
    phrase = stretch[first:last]
    span = Span(phrase[0].start, phrase[-1].end)
    if phrase[0].text in vocabulary.openers and all(word.text in vocabulary.openers for word in phrase):  # 全县三分之二的农民
        return NOTHING
    aside = phrase[0].tag == "d" and len(phrase) > 1 and phrase[1].text in vocabulary.shares  # 仅占16%
    if aside or phrase[0].text in vocabulary.shares or _of_all(phrase[0]):
        return Found("SHARE", Span(phrase[1].start if aside else span.start, span.end))
    beyond = len(phrase) > 1 and phrase[0].text in _BEYOND  # 高于全省增速
    changes = vocabulary.changes
    if beyond or (_changing(phrase[0], changes) and all(_changing(word, changes) for word in phrase)):
        return Found("CHANGE", span)
    bare = len(phrase) == 1 and phrase[0].tag == "vn" and phrase[0].text in vocabulary.leading and phrase[0].text not in vocabulary.nouns
    if bare or (not phrase[-1].nominal and not any(word.nominal for word in phrase)):
        while len(phrase) > 1 and (phrase[0].tag in ("m", "t", "uv") or phrase[0].text in _MODALS):  # 一年能挣
            phrase = phrase[1:]
        span = Span(phrase[0].start, span.end)
        kind = "CHANGE" if phrase[0].text.startswith("每") else "VERB"  # 入股…,每股500元: said of what was named before
        return Found(kind, span) if kind == "CHANGE" or any(word.tag.startswith("v") for word in phrase) else NOTHING
    return Found("CLAUSE" if _governs(stretch, phrase, last) else "NOUN", span)


def _changing(word: Word, changes: frozenset[str]) -> bool:
    return word.text in changes or word.tag in ("d", "p", "t")


def _governs(stretch: list[Word], phrase: list[Word], last: int) -> bool:
    """Whether a noun behind the figure is what the phrase before it speaks of: 发展了 (20户), 启动建设 (30亩), 村内 (2公里)."""
    if last < len(stretch) and (stretch[last].text in ("了", "着", "过") or stretch[-1].text == "的"):
        return True
    end, vocabulary = phrase[-1], lists()
    if end.verb or (end.text in vocabulary.leading and end.text not in vocabulary.nouns):
        return True
    return end.tag in ("s", "f") or (end.tag == "ns" and all(word.tag in ("ns", "s", "f", "p") for word in phrase))


def _of_all(word: Word) -> bool:
    """占, 占到: but not 占地."""
    return word.text.startswith("占") and word.text[1:2] not in ("地", "用", "道", "有", "据", "领")


def _comparison(stretch: list[Word], last: int) -> Found | None:
    """比上年增长: the noun stands before the comparison, in this clause or in an earlier one."""
    if stretch[last - 1].text not in lists().changes:
        return None
    at = next((index for index in range(last - 1, -1, -1) if stretch[index].text in _COMPARISONS and stretch[index].tag != "c"), None)
    if at is None:
        return None
    owner = named(stretch[:at]) if at else NOTHING
    if owner.kind == "NOUN":
        return Found("NOUN", Span(owner.span.start, stretch[last - 1].end))
    return Found("CHANGE", Span(stretch[at].start, stretch[last - 1].end))


def _last_cut(stretch: list[Word], first: int, last: int) -> int:
    """The index behind the last verb that must govern what follows it; `first` where there is none, or in an average (平均每名…)."""
    if first >= last or stretch[first].text.startswith(("平均", "人均", "户均")) or _of_all(stretch[first]):
        return first
    each = stretch[first].text[0] == "每"  # 每名干部联系农户12户, but 每个网格配备网格员2名
    cuts = lists().cuts
    for index in range(last - 2, first - 1, -1):
        if stretch[index].text not in (_PROVIDES if each else cuts) and (each or not done_by_another(stretch[:last], index)):
            continue
        rest = stretch[index + 1 : last]
        if _heads(stretch, index, last) or (stretch[index].text == "有" and any(word.text == "的" for word in rest)):
            continue
        if _names_something(rest) and not (index + 2 == last and _measured(stretch, index, last)):
            return index + 1
    return first


def _heads(stretch: list[Word], index: int, last: int) -> bool:
    """莲藕种植基地: the verb belongs to a compound noun."""
    noun = index > 0 and stretch[index - 1].tag.startswith(("n", "b")) and stretch[index - 1].text not in lists().openers
    return noun and stretch[index + 1].text in lists().heads and (index + 2 == last or not stretch[index + 2].nominal)


def _links(word: Word) -> bool:
    if word.text == "比":  # 存贷比74.3%
        return False
    return word.text in lists().links or (word.tag in ("d", "ul", "uz", "ug", "p", "x", "y") and word.text not in lists().changes)


def _breaks(stretch: list[Word], index: int, last: int) -> bool:
    """Whether a word ends the noun phrase towards the left."""
    word = stretch[index]
    if word.tag[0] not in "puytdrx" or (word.text == "比" and index == last - 1) or word.text in lists().modifiers:
        return False
    if word.tag in ("p", "ul", "uz", "ug", "y", "t", "digit") and word.text not in ("每", "与", "同"):
        return True
    if (
        word.tag == "d"
        and word.text in ("仅", "只", "均", "也", "已", "就")
        and index + 1 < last
        and stretch[index + 1].text.startswith("占")
    ):
        return False
    if word.tag == "d" and word.text not in ("不", "未", "再", "人均", "户均", "年均", "最"):
        return True
    if word.tag == "r" and not word.text.startswith(("每", "各")):
        return True
    return word.tag == "x" and word.text not in ("-", "—", "·", "、")


def _leads(word: Word, more: bool) -> bool:
    """Whether a word at the head of the phrase governs the noun or only introduces it."""
    vocabulary = lists()
    if word.text in vocabulary.changes or _of_all(word) or not more:
        return word.text in vocabulary.openers
    if word.text in vocabulary.modifiers or word.text in vocabulary.nouns:
        return False
    if word.text in ("不", "未", "非"):  # 不符合条件户
        return False
    return word.text in vocabulary.leading or word.text in vocabulary.openers or word.tag in ("d", "c", "x", "uj", "ad", "ns", "f")
