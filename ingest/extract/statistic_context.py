"""Gives each figure of a text its subject and its quote, looking at the figures beside it: 其中 parts, shares, changes, 分别 lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import Found, prefers_before, tidy
from ingest.extract.subjects_after import after
from ingest.extract.subjects_before import before, named
from ingest.extract.wording import lists, words

_SENTENCE = re.compile(r"[。！？!?\n]")
_CLOSE = re.compile(r"[。；;！？!?\n]")
_LISTED = re.compile(r"\s?(?:、|和|与|及|以及|,|，)?\s?")
_RESPECTIVE = re.compile(r"(?P<nouns>[^，。；：,;:\n\d%]{0,40})分别(?P<verb>[^，。；\d%]{0,10})$")
_TIMES = frozenset(("次", "场", "场次", "人次", "期", "轮", "回", "批", "批次", "件", "起", "户次", "项"))
_PARTS = re.compile(r"、|和|与|以及|及")
_PEOPLE = frozenset("人名位")
_COMPARED = re.compile(r"^(?:同比|环比|年均|平均|(?:比|较|与|同)[^，。；]{0,14}?(?=增|提|上|扩|下|减|降|缩|回)|同期|上年|末|底){1,3}")
_LONGEST = 36


@dataclass(frozen=True, slots=True)
class Named:
    """A figure with its subject. `base` is the subject without change or share, `span` the quote; `residents` are people of households."""

    figure: Figure
    subject: str | None
    base: str | None
    span: Span
    residents: bool = False
    taken: int = 0  # where the words after the figure that name it end


def name_all(text: str, found: list[Figure], dates: list[Span]) -> list[Named]:
    """The figures of a folded text with their subjects, in order."""
    named_: list[Named] = []
    respective: list[str] = []
    date_at = 0
    for index, figure in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        previous = _previous(text, figure, named_)
        while date_at < len(dates) and dates[date_at].end <= figure.start - 60:
            date_at += 1
        near = [date for date in dates[date_at : date_at + 8] if date.end <= figure.start]
        if respective and previous and _LISTED.fullmatch(text[previous.figure.end : figure.start]):
            subject = respective.pop(0)
            named_.append(Named(figure, subject, subject, Span(figure.start, figure.end)))
            continue
        respective = _respective(text, found, index, named_)
        if respective:
            subject = respective.pop(0)
            verb = _RESPECTIVE.search(text, max(0, figure.start - 60), figure.start)
            start = verb.start("verb") if verb else figure.start
            named_.append(Named(figure, subject, subject, Span(start, figure.end)))
            continue
        named_.append(_named(text, figure, limit, near, named_))
    return _look_ahead(text, named_)


def _previous(text: str, figure: Figure, earlier: list[Named]) -> Named | None:
    """The figure before, when it stands in the same sentence."""
    if not earlier:
        return None
    end = earlier[-1].figure.end
    return None if figure.start - end > 160 or _SENTENCE.search(text, end, figure.start) else earlier[-1]


def _respective(text: str, found: list[Figure], index: int, earlier: list[Named]) -> list[str]:
    """The subjects of a list such as 分别增长6%和7.4%, one a figure; empty where there is none."""
    figure = found[index]
    low = max(earlier[-1].figure.end if earlier else 0, figure.start - 60)
    match = _RESPECTIVE.search(text, low, figure.start) if text.find("分别", low, figure.start) >= 0 else None
    if match is None:
        return []
    size = 1
    while index + size < len(found) and _LISTED.fullmatch(text[found[index + size - 1].end : found[index + size].start]) and size < 12:
        size += 1
    change = _change(match["verb"])
    nouns = _nouns(text, Span(*match.span("nouns")))
    if nouns:
        parts = [part for part in _PARTS.split(nouns) if part]
        if len(parts) != size:
            return [_joined(nouns, change)] * size
        if max(map(len, parts[:-1]), default=9) <= 3 < len(parts[-1]):
            parts = [part + parts[-1][len(part) :] for part in parts[:-1]] + parts[-1:]
        return [_joined(part, change) for part in parts]
    bases = [item.base for item in earlier[-size:] if item.base]
    return [_joined(base, change) for base in bases] if len(bases) == size else []


def _nouns(text: str, span: Span) -> str:
    stretch = words(text, span.start, span.end)
    found = named(stretch)
    return tidy(found.of(text)) if found.kind == "NOUN" else ""


def _change(phrase: str) -> str:
    """The word of change in the words before a figure: 比上年增长 → 增长; nothing where they lead to a level (下降到)."""
    if phrase.endswith(("到", "至", "为")):
        return ""
    phrase = tidy(_COMPARED.sub("", phrase))
    for ending in ("到", "至", "了", "达", "为", "约", "近"):
        phrase = phrase.removesuffix(ending)
    return phrase if phrase in lists().changes else ""


def _joined(base: str, more: str) -> str:
    return base if not more or base.endswith(more) else base + more


def _named(text: str, figure: Figure, limit: int, dates: list[Span], earlier: list[Named]) -> Named:
    previous = _previous(text, figure, earlier)
    low = max(previous.figure.end, previous.taken) if previous else 0
    if previous and previous.figure.end == figure.start and figure.measure is not Measure.PERCENT:
        return _adjacent(text, figure, limit, previous)
    left = before(text, figure, low, dates)
    if limit == figure.end and text[figure.start - 1 : figure.start] in ("为", "成") and figure.measure is Measure.COUNT:
        return Named(figure, None, None, Span(figure.start, figure.end))  # 量化为4类15条标准: one noun for both, behind them
    if limit == figure.end and left.kind == "VERB" and figure.measure is Measure.COUNT:
        return Named(figure, None, None, Span(figure.start, figure.end))  # 带动36户120人增收
    right = after(text, figure, limit)
    if left.kind in ("CHANGE", "SHARE") and prefers_before(figure, left, right):
        return _of_previous(text, figure, left, previous, earlier)
    whole = _whole(text, figure, earlier)
    chosen = left if prefers_before(figure, left, right) else right
    if chosen.kind == "NONE" or (chosen.kind == "VERB" and chosen is left and not _stands_alone(figure, left)):
        return _said_before(text, figure, chosen, previous, low)
    subject = tidy(chosen.of(text))[-_LONGEST:] or None
    if subject and text[figure.start - 1 : figure.start] in ("到", "至") and chosen is left:
        subject = _without_change(subject)
    subject = _share_of(subject, previous) if subject and figure.measure is Measure.PERCENT else subject
    base = subject if chosen.kind != "VERB" or chosen is right else None
    if subject and whole and whole.base and _is_part(figure, whole, subject):
        subject = base = f"{whole.base}中{subject}"
    span = Span(min(chosen.span.start, figure.start), max(chosen.span.end, figure.end))
    if base:
        base = _without_change(base)
    return Named(figure, subject, base, span, taken=chosen.span.end if chosen is right else 0)


def _stands_alone(figure: Figure, left: Found) -> bool:
    """Whether verbs alone name what is counted: 维稳巡逻870次, 投资5000万元."""
    if figure.measure in (Measure.MONEY, Measure.DURATION, Measure.FREQUENCY):
        return True
    return (figure.unit in _TIMES and left.span.end - left.span.start > 2) or figure.unit in _PEOPLE or figure.unit == "户"


def _adjacent(text: str, figure: Figure, limit: int, previous: Named) -> Named:
    """3批次29人, 8支120余人: one noun for both; 320户1200人 counts the people of the households."""
    span = Span(previous.figure.start, figure.end)
    residents = previous.figure.unit == "户" and figure.unit == "人"
    if previous.subject:
        return Named(figure, previous.subject, previous.base, span, residents)
    right = after(text, figure, limit)
    subject = tidy(right.of(text)) or None if right.kind != "NONE" else None
    return Named(figure, subject, subject, Span(span.start, max(span.end, right.span.end)), residents, right.span.end)


def _of_previous(text: str, figure: Figure, left: Found, previous: Named | None, earlier: list[Named]) -> Named:
    """增长6%, 占比为79.4%: said of the figure before, or of what the clause before named."""
    phrase = tidy(left.of(text))
    base = previous.base if previous else None
    if base is None:
        base = _clause_before(text, left.span.start, 0)
    if left.kind == "SHARE":
        more = "占比" if phrase in lists().shares else phrase
    else:
        level = text[left.span.end : figure.start].startswith(("到", "至", "为")) or phrase.endswith(("到", "至", "为"))
        more = "" if level and base else _change(phrase) or phrase
    subject = _joined(base, more) if base else more
    return Named(figure, subject[-_LONGEST:], base, Span(left.span.start, figure.end))


def _said_before(text: str, figure: Figure, chosen: Found, previous: Named | None, low: int) -> Named:
    """A figure with no noun beside it: the clause before names what it counts, else the figure before."""
    start = min(chosen.span.start, figure.start) if chosen.kind != "NONE" else figure.start
    subject = _clause_before(text, start, low) if start > low else None
    if subject is None and previous:
        subject = previous.base
    if subject is None and chosen.kind == "VERB":
        subject = tidy(chosen.of(text)) or None
    residents = previous is not None and (previous.figure.unit, figure.unit) == ("户", "人") and figure.start - previous.figure.end < 2
    return Named(figure, subject, subject, Span(start, figure.end), residents)


def _clause_before(text: str, at: int, low: int) -> str | None:
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
    found = named(stretch)
    if found.kind != "NOUN":
        return None
    inside = [word for word in stretch if word.start >= found.span.start and word.end <= found.span.end]
    verbs = [position for position, word in enumerate(inside[:-1]) if word.verb]
    if verbs:
        inside = inside[verbs[-1] + 1 :]
    subject = tidy("".join(word.text for word in inside))
    return subject if len(subject) > 1 and not any(sign.isdigit() for sign in subject) else None


def _whole(text: str, figure: Figure, earlier: list[Named]) -> Named | None:
    """The figure whose part this one is: the last before the 其中 of its sentence."""
    low = max(0, figure.start - 120)
    at = text.rfind("其中", low, figure.start)
    if at < 0 or _CLOSE.search(text, at, figure.start):
        return None
    for item in reversed(earlier[-12:]):
        if item.figure.end <= at:
            near = at - item.figure.end < 40 and text.count("。", item.figure.end, at) + text.count("\n", item.figure.end, at) <= 1
            return item if near else None
    return None


def _is_part(figure: Figure, whole: Named, subject: str) -> bool:
    """Whether the subject must name its whole to be clear alone: 党员 of 网格员, but not 养羊合作社 of 合作社."""
    base = whole.base or ""
    if "中" in base or base in subject or len(base) > 16:
        return False
    if figure.measure is Measure.PERCENT:
        return subject.endswith("占比")
    same = figure.unit == whole.figure.unit or {figure.unit, whole.figure.unit} <= _PEOPLE
    return same and figure.value <= whole.figure.value


def _share_of(subject: str, previous: Named | None) -> str:
    """党员占比 after 双联户长中党员 is a share of the latter."""
    for ending in ("占比", "占", "比例", "比重"):
        noun = subject.removesuffix(ending)
        if noun != subject:
            if previous and previous.base and noun and previous.base.endswith(noun):
                noun = previous.base
            noun = noun.rstrip("仅只均也就已约的")
            return noun + ("占比" if ending == "占" else ending)
    return subject


def _without_change(subject: str) -> str:
    """生产总值同比增长 → 生产总值, so that the next 增长 is not added twice."""
    for word in (
        "同比增长",
        "同比下降",
        "增长",
        "增加",
        "上升",
        "提升",
        "下降",
        "减少",
        "降低",
        "缩短",
        "压缩",
        "提高",
        "占比",
        "降",
        "增",
    ):
        if subject.endswith(word) and len(subject) > len(word) + 1:
            return subject.removesuffix(word)
    return subject


def _look_ahead(text: str, items: list[Named]) -> list[Named]:
    """36户120人脱贫, 4类15条标准: a figure without a noun takes that of the figure that follows it at once."""
    for index in range(len(items) - 2, -1, -1):
        item, following = items[index], items[index + 1]
        if item.subject is None and following.subject and item.figure.end == following.figure.start:
            items[index] = item = Named(
                item.figure, following.subject, following.base, Span(item.span.start, following.figure.end), item.residents
            )
    for index in range(1, len(items)):
        item, earlier = items[index], items[index - 1]
        if (
            item.subject is None
            and earlier.base
            and item.figure.start - earlier.figure.end < 30
            and not _SENTENCE.search(text, earlier.figure.end, item.figure.start)
        ):
            items[index] = Named(item.figure, earlier.base, earlier.base, item.span, item.residents)
    return items
