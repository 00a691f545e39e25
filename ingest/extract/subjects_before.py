"""Finds the noun that stands before a figure (网格员350人), or the word of change or share that refers further back (增长6%)."""

from __future__ import annotations

import re

from archive.findings import Measure, Qualifier
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import NOTHING, REACH, Found
from ingest.extract.subjects_named import links, named
from ingest.extract.wording import Word, lists, words

_ITEM, _LIST = 12, 30  # characters: an item of a list of nouns, and the list
_ONLY_LINKS = re.compile(r"[底末]?的?(?:不足|不到|仅|只有|约|近|超过?)")
_SMALLER = ("低", "高", "少", "多", "增", "减", "降")
_NESTS = re.compile("[“”()（）]")
_TO_LAST_STOP = re.compile(r"(?s:.)*[，。；：！？,;:!?\n、…【】|]")
_STOP_BEFORE = "，。；：！？,;:!?\n、…【】|"


def before(text: str, figure: Figure, low: int, dates: list[Span]) -> Found:
    """The noun, or words of change or share, before a figure; `low` is where the figure before ends."""
    end = figure.start
    if figure.qualifier is not Qualifier.EXACT and text[end - 1] in "近约超逾":  # which the dictionary would take for the end of a word
        end -= 1
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
    return owner if stretch[each - 1].end == owner.span.end or links(stretch[each - 1]) else None


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
