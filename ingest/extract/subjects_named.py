"""Says what a stretch of words that ends at a figure names: a noun, a word of change or share, verbs alone, or nothing."""

from __future__ import annotations

from archive.text import Span
from ingest.extract.subjects import NOTHING, Found
from ingest.extract.wording import Word, done_by_another, lists, words

_BEYOND = frozenset(("高于", "低于", "高出", "超出", "快于", "慢于", "好于", "优于", "多于", "少于"))
_COMPARISONS = frozenset(("比", "较", "与", "同", "同比", "环比"))
_PROVIDES = frozenset(("配备", "设立", "设置", "建立", "建成", "配有", "设有", "落实", "安排", "确定"))
_MODALS = frozenset(("能", "可", "会", "要", "可以", "能够", "需要", "就", "便"))
_LEADS_TO = frozenset(("开展", "进行", "组织", "举行", "举办", "召开", "实施", "安排"))
"""Verbs that say nothing of what is counted, not even of times (召开2次)."""
_LONGEST_EMPTY = 10
_OFTEN = frozenset(("定期", "不定期", "按时", "经常"))
_BRINGS = frozenset(("实现", "完成"))
_DONE_TO = frozenset(("完成", "实现", "达到", "突破", "增加", "减少", "扩大", "提高", "达", "为", "占", "有", "按", "是", "新增"))


def named(stretch: list[Word]) -> Found:
    """What a stretch of words that ends at a figure names."""
    last = len(stretch)
    while last and links(stretch[last - 1]):
        last -= 1
    if 1 < last < len(stretch) and stretch[last].text in ("到", "至") and stretch[last - 1].verb and stretch[last - 2].tag[0] in "ndp":
        last -= 1  # 占比已跃升到
        while last and links(stretch[last - 1]):
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
    if first < last - 1 and _asks(stretch, first):
        first += 1
    if first < last - 1:
        first = _last_cut(stretch, _past_receiver(stretch, first, last), last)
    while first < last - 1 and _leads(stretch[first], _names_something(stretch[first + 1 : last])) and not _measured(stretch, first, last):
        first += 1
    return _classified(stretch, first, last) if first < last else NOTHING


def _asks(stretch: list[Word], index: int) -> bool:
    """建议每年组织培训 (2次): the word at `index` asks for the rest; but 建议办理率 and 建议采纳 (12条) speak of suggestions."""
    vocabulary = lists()
    following = stretch[index + 1]
    asked = following.verb or following.tag[0] in "rd" or following.text in vocabulary.leading or following.text in vocabulary.openers
    return stretch[index].text in vocabulary.asks and asked and following.text not in vocabulary.answers


def names_nothing(subject: str) -> bool:
    """Whether words only lead to what is counted and name nothing themselves: 每季度召开, 定期开展."""
    if len(subject) > _LONGEST_EMPTY:
        return False
    vocabulary = lists()
    empty = vocabulary.openers | vocabulary.asks | _LEADS_TO | _OFTEN
    return all(word.text in empty or word.tag in ("d", "r") for word in words(subject, 0, len(subject)))


def _measured(stretch: list[Word], first: int, last: int) -> bool:
    """流转面积: what would be left does not say of what it is the amount."""
    vocabulary = lists()
    alone = all(word.text in vocabulary.changes for word in stretch[first + 2 : last]) and stretch[first + 1].text in vocabulary.amounts
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
    only = phrase[0] if len(phrase) == 1 and phrase[0].tag in ("vn", "ns", "nz") else None
    bare = only is not None and only.text in vocabulary.leading and only.text not in vocabulary.nouns
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
    vocabulary = lists()
    cuts = vocabulary.cuts
    for index in range(last - 2, first - 1, -1):
        if stretch[index].text not in (_PROVIDES if each else cuts) and (each or not done_by_another(stretch[:last], index)):
            continue
        rest = stretch[index + 1 : last]
        if _heads(stretch, index, last) or (stretch[index].text == "有" and any(word.text == "的" for word in rest)):
            continue
        if index > first and stretch[index].text in _BRINGS and _sector(stretch[index - 1]) and rest[-1].text in vocabulary.sums:
            continue
        if _names_something(rest) and not (index + 2 == last and _measured(stretch, index, last)):
            return index + 1
    return first


def _sector(word: Word) -> bool:
    """Whether a word before 实现 names whose the sum is: 工业, 旅游业, but not 全市 or a place."""
    return word.tag[0] in "nljv" and word.nominal and not word.tag.startswith("ns") and word.text not in lists().openers


def _heads(stretch: list[Word], index: int, last: int) -> bool:
    """莲藕种植基地: the verb belongs to a compound noun."""
    noun = index > 0 and stretch[index - 1].tag.startswith(("n", "b")) and stretch[index - 1].text not in lists().openers
    return noun and stretch[index + 1].text in lists().heads and (index + 2 == last or not stretch[index + 2].nominal)


def links(word: Word) -> bool:
    """Whether a word only links a noun with its figure (达, 共)."""
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
    if word.text in vocabulary.leading or word.text in vocabulary.governing:
        return True
    return word.text in vocabulary.openers or word.tag in ("d", "c", "x", "uj", "ad", "ns", "f")
