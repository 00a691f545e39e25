"""Finds the noun that stands before a figure (网格员350人), or the word of change or share that refers further back (增长6%)."""

from __future__ import annotations

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import NOTHING, REACH, Found
from ingest.extract.wording import Word, lists, words

_STOP_BEFORE = "，。；：！？,;:!?\n、…【】|"


def before(text: str, figure: Figure, low: int, dates: list[Span]) -> Found:
    """The noun, or words of change or share, before a figure; `low` is where the figure before ends."""
    end = figure.start
    begin = _boundary(text, max(low, end - REACH), end)
    for date in dates:  # a date between the noun and the figure is no part of either
        if date.end <= end and date.end > begin:
            if end - date.end <= 1:
                end = date.start
                begin = _boundary(text, max(low, end - REACH), end)
            else:
                begin = max(begin, date.end)
    stretch = words(text, begin, end)
    if figure.measure is Measure.COUNT:
        each = next((index for index, word in enumerate(stretch) if word.text.startswith("每")), 0)
        owner = named(stretch[:each])
        if owner.kind == "NOUN" and len(stretch) - each <= 3:  # 兼职网格员按每个网格2—3名配备
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
    last = len(stretch)
    while last and _links(stretch[last - 1]):
        last -= 1
    if not last:
        return NOTHING
    compared = _comparison(stretch, last)
    if compared is not None:
        return compared
    first = last
    while first and not _breaks(stretch, first - 1, last):
        first -= 1
    first = _last_cut(stretch, first, last)
    while first < last - 1 and _leads(stretch[first], _names_something(stretch[first + 1 : last])):
        first += 1
    return _classified(stretch, first, last) if first < last else NOTHING


def _names_something(rest: list[Word]) -> bool:
    return rest[-1].end - rest[0].start > 1 and any(word.nominal for word in rest)


def _classified(stretch: list[Word], first: int, last: int) -> Found:
    """The words `[first, last)` as a noun, as a word of change or share, or as verbs alone."""
    vocabulary = lists()
    phrase = stretch[first:last]
    span = Span(phrase[0].start, phrase[-1].end)
    if phrase[0].text in vocabulary.shares or phrase[0].text.startswith("占"):
        return Found("SHARE", span)
    if all(word.text in vocabulary.changes or word.tag in ("d", "p", "t") for word in phrase):
        return Found("CHANGE", span)
    if not any(word.nominal for word in phrase):
        if phrase[0].text.startswith("每"):  # 入股…,每股500元: said of what was named before
            return Found("CHANGE", span)
        return Found("VERB", span) if any(word.tag.startswith("v") for word in phrase) else NOTHING
    ends_in_deed = last < len(stretch) and stretch[last].text in ("了", "着", "过")
    if ends_in_deed or (phrase[-1].verb and phrase[-1].text in vocabulary.leading):
        return Found("CLAUSE", span)
    return Found("NOUN", span)


def _comparison(stretch: list[Word], last: int) -> Found | None:
    """比上年增长: the noun stands before the comparison, in this clause or in an earlier one."""
    if stretch[last - 1].text not in lists().changes:
        return None
    at = next(
        (index for index in range(last - 2, -1, -1) if stretch[index].text in ("比", "较", "与", "同") and stretch[index].tag != "c"), None
    )
    if at is None:
        return None
    owner = named(stretch[:at]) if at else NOTHING
    if owner.kind == "NOUN":
        return Found("NOUN", Span(owner.span.start, stretch[last - 1].end))
    return Found("CHANGE", Span(stretch[at].start, stretch[last - 1].end))


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
    return word.text in lists().links or (word.tag in ("d", "ul", "uz", "ug", "p", "x", "y") and word.text not in lists().changes)


def _breaks(stretch: list[Word], index: int, last: int) -> bool:
    """Whether a word ends the noun phrase towards the left."""
    word = stretch[index]
    if word.text == "比" and index == last - 1:
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
    if word.text in vocabulary.changes or word.text.startswith("占") or not more:
        return word.text in vocabulary.openers
    if word.text in vocabulary.modifiers or word.text in vocabulary.nouns:
        return False
    return word.text in vocabulary.leading or word.text in vocabulary.openers or word.tag in ("d", "c", "x", "uj", "ad", "ns", "f")
