"""Gives each figure of a text its subject and its quote, looking at the figures beside it: 其中 parts, shares, changes, 分别 lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import MADE_OF, Found, change_of, joined, prefers_before, share_of, tidy, without_change
from ingest.extract.subjects_after import after
from ingest.extract.subjects_before import before, clause_before
from ingest.extract.subjects_lists import LISTED, again, headless, respective
from ingest.extract.wording import lists, words

_SENTENCE = re.compile(r"[。！？!?\n]")
_CLOSE = re.compile(r"[。；;！？!?\n]")
_TIMES = frozenset(("次", "场", "场次", "人次", "期", "轮", "回", "批", "批次", "件", "起", "户次", "项"))
_PEOPLE = frozenset("人名位")
_LONGEST = 36
_RANK = re.compile(r"(?:国家|[省市县区乡镇村州部])级")
_AMONG = re.compile(r"中(?:[仅只]?有|的)$")
_ENDS_CLAUSE = re.compile(r"[，。；,;、\n)]|$")
_RUNNING = re.compile(r"[^，。；：、,;:!?\n]{2,16}")
_CHANGES = re.compile(r"的|左右|缩|压|减|延|降|提|增|变|调|为|到(?!达)|至(?!少)")
_LEVEL = re.compile(r"(?:到|至|达到?|为)(?:\d{4}年[底末]?的?)?(?:了|近|约|超过?|不足|不到|每[^每，。；\d]{1,4}){0,2}$")


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
    waiting: list[str] = []
    size = 0  # of the list of subjects that the figure before closed
    date_at = 0
    for index, figure in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        previous = _previous(text, figure, named_)
        while date_at < len(dates) and dates[date_at].end <= figure.start - 60:
            date_at += 1
        near = [date for date in dates[date_at : date_at + 8] if date.end <= figure.start]
        start = figure.start
        if not (waiting and previous and LISTED.fullmatch(text[previous.figure.end : figure.start])):
            bases = [item.base for item in named_[-12:]]
            waiting, start = respective(text, found, index, previous.figure.end if previous else 0, bases)
            if not waiting and size > 1 and previous:
                waiting = again(text, found, index, [base or "" for base in bases[-size:]])
                start = previous.figure.end + 1 if waiting else start
            size = len(waiting)
        if waiting:
            subject = waiting.pop(0)
            named_.append(Named(figure, subject, without_change(subject), Span(start, figure.end)))
            continue
        named_.append(_named(text, figure, limit, near, named_))
    return _look_ahead(text, named_)


def _previous(text: str, figure: Figure, earlier: list[Named]) -> Named | None:
    """The figure before, when it stands in the same sentence."""
    if not earlier:
        return None
    end = earlier[-1].figure.end
    return None if figure.start - end > 160 or _SENTENCE.search(text, end, figure.start) else earlier[-1]


def _named(text: str, figure: Figure, limit: int, dates: list[Span], earlier: list[Named]) -> Named:
    previous = _previous(text, figure, earlier)
    low = max(previous.figure.end, previous.taken) if previous else 0
    if previous and previous.figure.end == figure.start and figure.measure is not Measure.PERCENT:
        return _adjacent(text, figure, limit, previous)
    left = before(text, figure, low, dates)
    bare = text[figure.start - 1 : figure.start] in ("为", "成", "等") or left.kind == "VERB"
    if limit == figure.end and bare and figure.measure is Measure.COUNT:  # 量化为4类15条标准, 带动36户120人增收: one noun behind both
        return Named(figure, None, None, Span(figure.start, figure.end))
    if figure.measure is Measure.DURATION and (run := _RUNNING.match(text, figure.end, limit)) and text.endswith("连续", 0, figure.start):
        return Named(figure, run[0], None, Span(figure.start - 2, figure.end))
    right = after(text, figure, limit)
    special = _special(text, figure, (left, right), low, earlier)
    if special:
        return special
    whole = _whole(text, figure, earlier)
    due = figure.measure is Measure.DURATION and figure.tail and right.kind != "NONE" and not _CHANGES.match(text, figure.end)
    chosen = left if prefers_before(figure, left, right) and not due else right  # 网格员在24小时内答复
    if chosen.kind == "NONE" or (chosen.kind == "VERB" and chosen is left and not _stands_alone(figure, left, tidy(left.of(text)))):
        return _said_before(text, figure, chosen, previous, low)
    subject = tidy(chosen.of(text))[-_LONGEST:] or None
    if subject and chosen is left:
        subject = MADE_OF.sub("", subject)
    if subject and chosen is left and _LEVEL.search(text, max(0, figure.start - 12), figure.start):
        subject = without_change(subject, level=True)
    subject = share_of(subject, previous.base if previous else None) if subject and figure.measure is Measure.PERCENT else subject
    if subject and previous and previous.base and _RANK.fullmatch(subject) and (rank := _RANK.match(previous.base)):
        subject += previous.base[rank.end() :]  # 国家级龙头企业2家、省级18家
    if subject and previous and chosen is left and _depends(text, figure, left, previous, subject):
        subject = f"{previous.base}{subject}"
    base = subject if chosen.kind != "VERB" or chosen is right else None
    if subject and whole and whole.base and _is_part(figure, whole, subject):
        subject = base = f"{whole.base}中{subject}"
    span = Span(min(chosen.span.start, figure.start), max(chosen.span.end, figure.end))
    if base:
        base = without_change(base)
    return Named(figure, subject, base, span, taken=chosen.span.end if chosen is right else 0)


def _depends(text: str, figure: Figure, left: Found, previous: Named, subject: str) -> bool:
    """党组织达到126个,覆盖率较上年提高6.5个百分点: a rate that is compared, of what was counted just before."""
    compared = figure.unit == "百分点" and without_change(subject) in lists().rates and previous.figure.measure is Measure.COUNT
    return compared and bool(previous.base) and text[previous.figure.end : left.span.start] in ("，", ",")


def _special(text: str, figure: Figure, sides: tuple[Found, Found], low: int, earlier: list[Named]) -> Named | None:
    """Figures whose noun stands elsewhere: clauses that end in 的, some of what was counted before, changes and shares."""
    left, right = sides
    previous = _previous(text, figure, earlier)
    clause = headless(text, figure, low) if figure.measure is Measure.PERCENT or right.kind != "NOUN" else None
    if clause:
        return _of_clause(text, figure, clause, earlier)
    if right.kind != "NONE" and _AMONG.search(text, low, figure.start) and not _names(text, right):
        base = previous.base if previous and previous.figure.unit == figure.unit else None
        base = base or (tidy(left.of(text)) if left.kind == "NOUN" else None)
        if base:
            return _one_of(text, figure, base)
    if left.kind in ("CHANGE", "SHARE") and prefers_before(figure, left, right):
        return _of_previous(text, figure, left, previous, earlier)
    return None


def _names(text: str, right: Found) -> bool:
    """Whether the words after a figure end in a true noun and close the clause: 5个贫困村, but not 5个停用 or 5家收不抵支."""
    if right.kind != "NOUN" or not _ENDS_CLAUSE.match(text, right.span.end):
        return False
    inside = words(text, *right.span)
    noun = inside[-1].tag.startswith(("n", "quote", "k")) or inside[-1].text in lists().nouns
    return noun and not any(word.verb for word in inside)


def _stands_alone(figure: Figure, left: Found, phrase: str) -> bool:
    """Whether verbs alone name what is counted: 维稳巡逻870次, 投资5000万元."""
    if figure.measure in (Measure.MONEY, Measure.DURATION, Measure.FREQUENCY):
        return True
    return (
        (figure.unit in _TIMES and (left.span.end - left.span.start > 2 or _telling(phrase)))
        or figure.unit in _PEOPLE
        or figure.unit == "户"
    )


def _telling(phrase: str) -> bool:
    """Whether a verb names what is done (坐诊, 筑坝), and does not only lead to it (开展, 累计)."""
    vocabulary = lists()
    return not any(phrase in known for known in (vocabulary.leading, vocabulary.links, vocabulary.openers, vocabulary.changes))


def _of_clause(text: str, figure: Figure, clause: tuple[str, int], earlier: list[Named]) -> Named:
    """从事养殖的占26%, 大型拖拉机…,其中安装导航系统的3600台."""
    who, start = clause
    whole = _whole(text, figure, earlier)
    if figure.measure is Measure.PERCENT:
        base = who[-_LONGEST:]
        return Named(figure, base + "占比", base, Span(start, figure.end))
    subject = f"{who}的{whole.base}" if whole and whole.base and len(whole.base) < 16 else who
    return Named(figure, subject[-_LONGEST:], subject[-_LONGEST:], Span(start, figure.end))


def _one_of(text: str, figure: Figure, base: str) -> Named:
    """31家卫生院中有5家收不抵支: some of what was counted before, told by what they do."""
    end = next((at for at in range(figure.end, min(len(text), figure.end + 7)) if _ENDS_CLAUSE.match(text, at)), figure.end)
    return Named(figure, text[figure.end : end] + base, base, Span(figure.start, end))


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
        base = clause_before(text, left.span.start, 0)
    if left.kind == "SHARE":
        more = "占比" if phrase in lists().shares else phrase
    else:
        level = bool(_LEVEL.search(text, max(0, figure.start - 12), figure.start)) or phrase.endswith(("到", "至", "为"))
        more = "" if level and base else change_of(phrase) or phrase
    subject = joined(base, more) if base else more
    return Named(figure, subject[-_LONGEST:], base, Span(left.span.start, figure.end))


def _said_before(text: str, figure: Figure, chosen: Found, previous: Named | None, low: int) -> Named:
    """A figure with no noun beside it: the clause before names what it counts, else the figure before."""
    start = min(chosen.span.start, figure.start) if chosen.kind != "NONE" else figure.start
    subject = clause_before(text, start, low) if start > low else None
    phrase = tidy(chosen.of(text)) if chosen.kind == "VERB" else ""
    if subject is None and previous and not (len(phrase) > 1 and text[figure.start - 1] == phrase[-1] and _telling(phrase)):
        subject = previous.base
    subject = subject or phrase or None
    residents = previous is not None and (previous.figure.unit, figure.unit) == ("户", "人") and figure.start - previous.figure.end < 2
    return Named(figure, subject, subject, Span(start, figure.end), residents)


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
